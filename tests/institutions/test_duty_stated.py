"""A rule that is not met says what the answers say of each thing it asks for."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from tests.institutions.page_words import main_of

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.checks import open_check
from guiju.subjects import dossier_from
from guiju.wording import text

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "hr-screener.yaml"


@pytest.mark.parametrize(("lang", "said"), [("zh", "6个月"), ("en", "6 months")])
def test_what_was_answered_stands_beside_what_is_asked(client: Client, lang: str, said: str) -> None:
    dossier = dossier_from(SAMPLE.read_text(), "hr-screener.yaml", site_corpus().vocabulary)
    key = open_check(dossier, name="CV screening")[1]
    address = f"/{lang}/check/{key}/result/duty?norm=eu/ai-act/19.1&object=hr-screener&party=org:acme&on=2028-08-02"
    page = main_of(client.get(address).content.decode())
    told = page.split(text("result.duty-stated", lang), 1)
    assert len(told) == 2
    assert said in told[1].split("</dd>")[0]


@pytest.mark.parametrize(("lang", "held"), [("zh", "用户甲（作为个人）"), ("en", "user A, as the individual")])
def test_a_right_is_its_holders_and_not_the_companys(client: Client, lang: str, held: str) -> None:
    sample = SAMPLE.with_name("companion-chat-cn.yaml")
    key = open_check(dossier_from(sample.read_text(), sample.name, site_corpus().vocabulary), name="Yanban")[1]
    rows = client.get(f"/{lang}/check/{key}/result?q=cn/pipl/15.1%23withdraw").content.decode()
    address = unescape(re.findall(r'<p class="what"><a href="([^"]+)"', rows)[0])
    page = main_of(client.get(address).content.decode())
    who, against = (page.split(f"<dt>{text(one, lang)}</dt>")[1] for one in ("result.duty-holder", "result.duty-against"))
    assert held in unescape(re.sub(r"<[^>]+>", "", who.split("</dd>")[0]))
    assert text("result.duty-whom", lang) not in re.findall(r"<dt>(.*?)</dt>", page)
    assert "org:" not in against.split("</dd>")[0]
