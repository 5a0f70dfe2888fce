"""Home: one sentence, one large action, what changed, what comes next."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from guiju.calendars import fixed

pytestmark = pytest.mark.django_db


def home(client: Client, lang: str, on: date = date(2026, 11, 22)) -> str:
    with fixed(on):
        response = client.get(f"/{lang}/")
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_heading_one_action_and_one_short_question_to_the_database(
    client: Client, lang: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):  # whether the example city is here
        page = home(client, lang)
    assert page.count("<h1") == 1
    assert page.count('class="action"') == 1
    assert f'<a class="action" href="/{lang}/check/">' in page


def test_month_without_changes_says_so_and_shows_the_next(client: Client) -> None:
    assert "No rule changed in November 2026" in home(client, "en")
    page = home(client, "zh")
    assert "2026年11月规则没有变动" in page
    assert "2026年12月2日" in page
    assert "还有 10 天" in page


def test_month_with_changes_shows_them(client: Client) -> None:
    page = home(client, "en", date(2026, 7, 31))
    assert "What changed in the rules in July 2026" in page
    assert "2 December 2027 or 2 August 2028" in page
    assert "Published 24 July 2026." in page


@pytest.mark.parametrize(("on", "changed"), [(date(2026, 7, 23), False), (date(2026, 7, 24), True)])
def test_what_is_not_yet_published_has_not_changed(client: Client, on: date, changed: bool) -> None:
    assert ("/en/rules/eu/2026-1744/postpone-113c" in home(client, "en", on)) is changed


def test_where_nothing_is_to_come_it_says_so(client: Client) -> None:
    assert "No coming change to the rules is recorded." in home(client, "en", date(2099, 1, 1))


def test_feed_is_named_in_the_head(client: Client) -> None:
    assert 'href="/zh/rules/calendar.atom"' in home(client, "zh").split("</head>")[0]
