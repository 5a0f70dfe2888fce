"""From Home to a deleted link: what a person does who has a model card and an hour."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]

CARD = Path(__file__).resolve().parents[2] / "docs" / "card.md"
MOVED = ("2026-07-26", "2026-07-27", "2026-12-01", "2026-12-02")
QUESTION = re.compile(r"/check/[\w-]+/ask/\w+/")
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
RESULT = re.compile(r"/check/[\w-]+/result")

pytestmark = pytest.mark.slow


def begin(page: Page, lang: str) -> str:
    """From Home by the one large action to a card that was read; the address of what was read."""
    page.goto(f"/{lang}/")
    page.locator("main").get_by_role("link").first.click()
    page.wait_for_url(f"**/{lang}/check/")
    page.set_input_files("#card", CARD)
    page.locator("form:has(#card) button").click()
    page.wait_for_url("**/read*")
    return page.url


def accept_all(page: Page) -> None:
    page.fill("#by", "Lin Wei")
    page.locator('button[value="all"], button[value^="accept-"]').first.click()
    expect(page.locator(".proposal-accepted").first).to_be_visible()
    page.locator('main a[href$="/ask"]').last.click() if page.locator("#done a").count() == 0 else page.locator("#done a").click()
    page.wait_for_url(QUESTION)


def answer(page: Page) -> None:
    """Give names where they are asked for, else take the first choice; what only a person can judge is not known yet."""
    form = page.locator("form.answer-form")
    names = form.locator("textarea[name=names], textarea[name=value]")
    choice = form.locator(".choices input[type=radio], .choices input[type=checkbox]")
    if form.locator("fieldset.signed").count() or not (names.count() or choice.count()):
        page.locator("form.unknown button").click()
        return
    if names.count():
        names.first.fill("Chengzhou Yanban")
    else:
        choice.first.check()
    if form.locator("fieldset.whole").count():  # whether these are all
        form.locator("fieldset.whole input").first.check()
    form.locator("button").last.click()


def go_on(page: Page, was: str) -> None:
    """A question put aside, or answered in part, may show a page between."""
    page.wait_for_url(lambda url: url != was)


@pytest.mark.parametrize(("lang", "width", "javascript"), list(product(("zh", "en"), ("desktop", "phone"), (True, False))))
def test_from_home_to_a_deleted_link(visit: Visit, axe: Axe, site: str, lang: str, width: str, javascript: bool) -> None:
    page = visit(lang, width, javascript)
    findings: list[str] = []

    def look(at: Page = page) -> None:
        assert at.locator("h1").count() == 1, at.url
        if javascript:
            assert at.evaluate(FITS), at.url
            findings.extend(axe(at))

    begin(page, lang)
    look()
    accept_all(page)
    six_questions_and_back(page, look)
    page.locator('main a[href*="/result"]').first.click()
    page.wait_for_url(RESULT)
    look()
    move_the_date(page)
    look()
    from_duty_to_norm(page, lang, look)
    page.locator('form[action$="/share"] button').click()
    page.wait_for_url("**/links*")
    look()
    shared = page.locator('input.address[id^="share-"]').input_value()
    assert shared.startswith(site)
    fresh = visit(lang, width, javascript)
    answered = fresh.goto(shared)
    assert answered is not None
    assert answered.status == 200
    assert "noindex" in answered.headers["x-robots-tag"]
    assert fresh.locator('form[method="post"]').count() == 0
    look(fresh)
    page.locator('button[value^="share-delete-"]').click()
    page.wait_for_load_state()
    gone = fresh.goto(shared)
    assert gone is not None
    assert gone.status in (404, 410)
    assert not findings, "\n".join(findings)


def six_questions_and_back(page: Page, look: Callable[[], None]) -> None:
    """Six questions, back twice by the browser, forward again: nothing is lost."""
    asked = []
    for _ in range(6):
        assert QUESTION.search(page.url), page.url
        look()
        asked.append(page.url.split("?")[0])
        was = page.url
        answer(page)
        go_on(page, was)
    assert len(set(asked)) == 6
    page.go_back()
    page.go_back()
    assert page.url.split("?")[0] == asked[-2]
    assert page.locator("form.answer-form input:checked").count() >= 1
    page.go_forward()
    assert page.url.split("?")[0] == asked[-1]


def move_the_date(page: Page) -> None:
    """The day asked for moves over two days on which the law changes; each time the page says in words what changes."""
    for day in MOVED:
        page.fill("#on", day)
        page.locator("form.days button").click()
        page.wait_for_url(f"**on={day}*")
        said = page.locator(".moved li")
        assert said.count() >= 1
        assert said.first.inner_text().strip()


def from_duty_to_norm(page: Page, lang: str, look: Callable[[], None]) -> None:
    """A duty opens, its clause leads to the norm, and the browser leads back to the result."""
    result = page.url
    page.locator("ul.duties a").first.click()
    page.locator(f'main a[href*="/{lang}/rules/"]').first.click()
    page.wait_for_url(f"**/{lang}/rules/**")
    look()
    for _ in range(3):
        if page.url.split("#")[0] == result.split("#")[0]:
            return
        page.go_back()
    assert RESULT.search(page.url)


PAGES = (
    "", "check/", "rules/", "rules/?q=17", "rules/?q=zzzzzz", "rules/cn/genai-measures", "rules/cn/genai-measures/17",
    "rules/cn/genai-measures/17/assessment", "rules/eu/ai-act/50.2", "rules/calendar", "rules/terms/", "rules/terms/eu.provider",
    "about/components", "about/stored", "about/accessibility", "nowhere",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_public_pages(visit: Visit, axe: Axe, lang: str, width: str, scheme: str) -> None:
    page = visit(lang, width, color_scheme=scheme)
    findings = []
    for one in PAGES:
        page.goto(f"/{lang}/{one}")
        assert page.evaluate(FITS), page.url
        findings += axe(page)
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_by_keyboard_alone(visit: Visit, lang: str) -> None:
    """The skip link comes first; the large action, the start form and a question are reached and used with Tab, Space, Enter."""
    page = visit(lang)
    page.goto(f"/{lang}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reach(page, f'main a[href$="/{lang}/check/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{lang}/check/")
    reach(page, "input[name=name]")
    page.keyboard.type("Keyboard")
    reach(page, "form:has(input[name=name]) button.main")
    page.keyboard.press("Enter")
    page.wait_for_url(QUESTION)
    reach(page, "form.answer-form input")
    page.keyboard.press("Space")
    reach(page, "form.answer-form button")
    was = page.url
    page.keyboard.press("Enter")
    go_on(page, was)


def reach(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; it must be visible."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            hidden = page.evaluate("document.activeElement.matches('input[type=radio], input[type=checkbox]')")
            assert outline != "none" or hidden, selector
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
