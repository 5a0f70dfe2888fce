"""Lists that no system has empty, and the names that people give in them."""

from __future__ import annotations

from html import unescape

import pytest
from tests.institutions.asking import SMALL, Desk, desk_on
from tests.institutions.page_words import main_of

from guiju.wording import text

pytestmark = pytest.mark.django_db

BARE = "system: {id: chat, name: {zh: 客服助手, en: help desk}}\nfacts: {markets: {exactly: [CN]}}\n"
PARTIES, PURPOSES = ("system", "chat", "parties"), ("system", "chat", "purposes")


@pytest.fixture(params=["zh", "en"])
def desk(request: pytest.FixtureRequest) -> Desk:
    found = desk_on(BARE)
    found.lang = request.param
    return found


@pytest.mark.parametrize("address", [PARTIES, PURPOSES])
def test_nobody_and_nothing_is_no_answer_that_would_settle_rules(desk: Desk, address: tuple[str, str, str]) -> None:
    page = main_of(desk.get(*address))
    assert 'name="none"' not in page
    answer = desk.post(address, none="1", whole="yes")
    assert answer.status_code == 422
    assert text("question.names-needed", desk.lang) in unescape(main_of(answer.content.decode()))
    assert not desk.dossier.subject.closed & {"parties", "purposes"}


def test_it_can_be_left_unknown(desk: Desk) -> None:
    assert desk.post(PARTIES, do="unknown").status_code == 303


def test_an_organisation_is_called_what_was_typed(desk: Desk) -> None:
    desk.post(PARTIES, value="澄州聊天公司\nAcme", whole="yes")
    page = main_of(desk.get("party", "org:Acme", "provides_service"))
    assert "Acme" in page
    assert "org:" not in page.split("<form")[0].split("</nav>")[-1]
    assert "org:" not in main_of(desk.get(*PARTIES)).replace('value="org:', "")


@pytest.mark.parametrize("typed", ["Beta\nGamma\nBeta", "acme"])
def test_a_name_that_stands_twice_is_told_in_plain_words(desk: Desk, typed: str) -> None:
    kept = {"kept": ["org:acme"]} if typed == "acme" else {}
    answer = desk.post(PARTIES, value=typed, whole="yes", **kept)
    assert answer.status_code == 422
    page = unescape(main_of(answer.content.decode()))
    name = {
        "zh": f"“{typed.split(maxsplit=1)[0]}”写了不止一次",
        "en": f"“{typed.split(maxsplit=1)[0]}” stands here more than once",
    }[desk.lang]
    assert name in page
    assert "two objects" not in page


def test_a_party_without_a_name_is_shown_without_the_prefix_of_its_id() -> None:
    desk = desk_on(SMALL.replace(", name: Acme", ""))
    page = main_of(desk.client.get(f"/en/check/{desk.key}/result").content.decode())
    assert "acme" in page
    assert ">org:acme<" not in page


def test_who_saved_second_reads_the_name_of_the_system_and_not_its_id(desk: Desk) -> None:
    address = ("system", "chat", "markets")
    version = "1"
    desk.post(address, member="EU", whole="yes")
    late = desk.client.post(desk.address(*address), {"do": "answer", "version": version, "member": "KR", "whole": "yes"})
    assert late.status_code == 409
    page = unescape(main_of(late.content.decode()))
    assert {"zh": "客服助手", "en": "help desk"}[desk.lang] in page
    assert "chat”" not in page
