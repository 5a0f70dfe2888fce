"""What was filled in and not sent is there again after going back, with or without JavaScript; on a phone, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

SAMPLE = Path(__file__).parents[3] / "samples" / "triage.yaml"
JUDGED = "purpose/triage-patients/eu.no_significant_risk"


def begun(page: Page, lang: str) -> str:
    """A check begun with a sample; its address."""
    page.goto(f"/{lang}/check/")
    page.set_input_files("#card", SAMPLE)
    page.locator("form:has(#card) button:not([type=button])").click()
    page.wait_for_url(f"**/{lang}/check/*/**")
    return page.url.partition("/check/")[2].split("/")[0]


@pytest.mark.parametrize(("lang", "javascript"), [("zh", False), ("en", True)])
def test_what_was_not_sent_is_there_again(visit: Callable[..., Page], lang: str, javascript: bool) -> None:
    page = visit(lang, "phone", javascript)
    page.on("dialog", lambda one: one.accept())
    key = begun(page, lang)
    page.goto(f"/{lang}/check/{key}/ask/{JUDGED}")
    page.fill("#reasons", "half a reason")
    page.locator("input[name=answer][value=true]").check()
    page.goto(f"/{lang}/check/{key}/ask/answers")
    page.go_back()
    page.wait_for_function("document.querySelector('#reasons').value == 'half a reason'")
    assert page.locator("input[name=answer][value=true]").is_checked()


def test_the_pages_of_answers_and_of_colleagues_pass(visit: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = visit("zh", "phone")
    key = begun(page, "zh")
    for address in ("ask", "ask/answers", "ask/aside", f"ask/{JUDGED}"):
        page.goto(f"/zh/check/{key}/{address}")
        assert not axe(page), address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
