"""The result of a check as pages and files: its day, its filters, its rules, and what is shared of it."""

import html
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

from guiju.assess import assess, to_json
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register.changes_in_words import stale_in_words
from guiju.institutions.register.checks import check_by_key, dossier_of, open_check, shares_of
from guiju.subjects import read_dossier

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "samples"
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("hall.edition", "hall.pages", "portal.check.held"):
        monkeypatch.setattr(f"guiju.institutions.{module}.site_today", lambda: ON)


def opened(name: str) -> str:
    return open_check(read_dossier(SAMPLES / f"{name}.yaml", site_corpus().vocabulary))[1]


def words_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_page_is_private_and_tells_the_answer_first(client: Client) -> None:
    response = client.get(f"/zh/check/{opened('companion-chat-cn')}/result")
    page = response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex' in page
    places = [page.index(f'id="{one}"') for one in ("answer", "grades", "next", "duties", "unknown", "lacking", "files")]
    assert places == sorted(places)


def test_another_day_says_in_words_what_changes(client: Client) -> None:
    chat, screening = opened("companion-chat-cn"), opened("cv-screening-eu")
    back = words_of(client, f"/zh/check/{chat}/result?on=2026-07-27")
    assert "2026年7月27日与2026年11月22日之间" in back
    assert "是否做到，前后不同" in back
    on = words_of(client, f"/en/check/{screening}/result?on=2027-12-02")
    assert re.search(r"\d+ rules begin to apply: AI Act, Art. 8\(1\)", on)
    assert "High-risk (Article 6): “high-risk” takes effect." in on
    near = words_of(client, f"/en/check/{screening}/result?on=2026-12-02")
    assert "Nothing changes for this system between 22 November 2026 and 2 December 2026." in near


def test_the_next_days_of_change_can_be_followed(client: Client) -> None:
    page = client.get(f"/en/check/{opened('cv-screening-eu')}/result").content.decode()
    assert "on=2027-12-02" in page


def test_a_day_that_cannot_be_read_stays_beside_its_field(client: Client) -> None:
    response = client.get(f"/zh/check/{opened('cv-screening-eu')}/result?on=2026-02-30")
    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="2026-02-30"' in page
    assert 'href="#on"' in page
    assert 'id="on-error"' in page


def test_filters_show_what_they_say(client: Client) -> None:
    key = opened("companion-chat-cn")
    address = f"/zh/check/{key}/result"
    whole = client.get(address).content.decode()
    count = int(re.search(r"共 (\d+) 条</p>", whole)[1])  # type: ignore[index]
    unmet = client.get(f"{address}?met=no&force=hard").content.decode()
    assert 0 < int(re.search(r"共 (\d+) 条</p>", unmet)[1]) < count  # type: ignore[index]
    assert "answer-met-yes" not in unmet
    assert "没有符合筛选条件的规则" in client.get(f"{address}?q=没有这样的字").content.decode()
    assert "没有符合筛选条件的规则" in client.get(f"{address}?status=nonsense").content.decode()
    second = client.get(f"{address}?page=2").content.decode()
    assert "第 21 至" in second


def test_a_rule_opens_as_a_page_and_in_place(client: Client) -> None:
    key = opened("cv-screening-eu")
    page = client.get(f"/en/check/{key}/result").content.decode()
    for href in map(html.unescape, re.findall(r'hx-get="([^"]+)"', page)[:5]):
        assert "<h1>" in client.get(href).content.decode()
        part = client.get(href, headers={"HX-Request": "true"}).content.decode()
        assert part.lstrip().startswith("<details")
    assert client.get(f"/en/check/{key}/result/duty?norm=eu/ai-act/1").status_code == 404


def test_the_page_asks_the_database_once(client: Client, django_assert_max_num_queries: Any) -> None:
    key = opened("companion-chat-cn")
    with django_assert_max_num_queries(3):
        client.get(f"/zh/check/{key}/result")


def test_the_json_is_what_the_command_line_writes(client: Client) -> None:
    key = opened("cv-screening-eu")
    answer = client.get(f"/en/check/{key}/result.json")
    made = answer.content
    assert re.fullmatch(rf'attachment; filename="guiju-[\w.-]+-{ON}\.json"', answer.headers["Content-Disposition"])
    wanted = to_json(assess(dossier_of(check_by_key(key)), site_corpus(), ON, ON))
    assert made.decode() == json.dumps(wanted, ensure_ascii=False, indent=1) + "\n"


def test_the_other_files_open(client: Client) -> None:
    key = opened("cv-screening-eu")
    book = load_workbook(io.BytesIO(client.get(f"/zh/check/{key}/result.xlsx").content))
    assert len(book.sheetnames) == 4
    book.close()
    assert Calendar.from_ical(client.get(f"/zh/check/{key}/result.ics").content).walk("VEVENT")
    assert "言选简历筛选" in client.get(f"/zh/check/{key}/result.html").content.decode()
    assert client.get(f"/zh/check/{key}/result.pdf").status_code in (200, 409)
    assert client.get(f"/zh/check/{key}/result.exe").status_code == 404
    assert client.get(f"/zh/check/{key}/result.json?on=yesterday").status_code == 400


def test_a_shared_result_is_read_only_and_stays_as_it_was(client: Client) -> None:
    key = opened("cv-screening-eu")
    assert client.get(f"/en/check/{key}/result/share").status_code == 405
    assert client.post(f"/en/check/{key}/result/share", {"on": "2027-12-02"}).status_code == 302
    token = shares_of(check_by_key(key), key)[0][1]
    page = client.get(f"/en/check/result/{token}").content.decode()
    assert "2 December 2027" in page
    assert "This is a shared result" in page
    assert 'content="noindex' in page
    assert key not in page
    assert "/ask/" not in page
    assert '<form method="post"' not in page
    duty = html.unescape(re.findall(r'hx-get="([^"]+)"', page)[0])
    assert client.get(duty).status_code == 200
    assert json.loads(client.get(f"/en/check/result/{token}/result.json").content)["on"] == "2027-12-02"
    assert client.get(f"/en/check/result/{token}/result.ics").status_code == 200


def test_a_result_of_an_older_edition_says_which_rules_read_differently() -> None:
    found = to_json(assess(read_dossier(SAMPLES / "cv-screening-eu.yaml", site_corpus().vocabulary), site_corpus(), ON))
    assert stale_in_words(site_corpus(), found, "en") == ["No rule in it has changed its meaning."]
    first = found["duties"][0]["norm"]
    for row in found["duties"]:
        row["version"] = "sha256:another" if row["norm"] == first else row["version"]
    assert stale_in_words(site_corpus(), found, "en")[0].startswith("1 rule in it reads differently now: ")
