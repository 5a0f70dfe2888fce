"""From Home to a deleted link: what a person does who has a model card and an hour."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.institutions.browser.conftest import WIDTHS
from tests.institutions.browser.hands import Hand, Keyboard

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]

CARD = Path(__file__).resolve().parents[2] / "docs" / "card.md"
MOVED = ("2026-07-26", "2026-07-27", "2026-12-01", "2026-12-02")
QUESTION = re.compile(r"/check/[\w-]+/ask/\w+/")
RESULT = re.compile(r"/check/[\w-]+/result")
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"

pytestmark = pytest.mark.slow


class Journey:
    """What a person does who has a model card and an hour: from Home to a deleted link, by one hand."""

    def __init__(self, hand: Hand, lang: str, look: Callable[[Page], None]) -> None:
        self.hand, self.page, self.lang = hand, hand.page, lang
        self.look = lambda: look(self.page)

    def begin(self) -> None:
        """From Home by the one large action to a card that was read."""
        self.page.goto(f"/{self.lang}/")
        self.look()
        self.hand.press('main a[href$="/check/"]')
        self.page.wait_for_url(f"**/{self.lang}/check/")
        self.look()
        self.hand.reach("#card")
        self.page.set_input_files("#card", CARD)  # the dialogue is the system's, not the page's
        self.hand.press("form:has(#card) button")
        self.page.wait_for_url("**/read*")
        self.look()

    def accept_all(self) -> None:
        self.hand.write("#by", "Lin Wei")
        self.hand.press('button[value="all"]')
        expect(self.page.locator(".proposal-accepted").first).to_be_visible()
        self.look()
        self.hand.press("#done a" if self.page.locator("#done a").count() else 'main a[href$="/ask"]')
        self.page.wait_for_url(QUESTION)

    def six_questions_and_back(self) -> None:
        """Six questions, back twice by the browser, forward again: nothing is lost."""
        asked = []
        for _ in range(6):
            assert QUESTION.search(self.page.url), self.page.url
            self.look()
            asked.append(self.page.url.split("?")[0])
            was = self.page.url
            self.answer()
            self.page.wait_for_url(lambda url, was=was: url != was)
        assert len(set(asked)) == 6
        self.page.go_back()
        self.page.go_back()
        assert self.page.url.split("?")[0] == asked[-2]
        assert self.page.locator("form.answer-form input:checked").count() >= 1
        self.page.go_forward()
        assert self.page.url.split("?")[0] == asked[-1]

    def answer(self) -> None:
        """Give names where they are asked for, else take the first choice; what only a person can judge is not known yet."""
        form, hand = self.page.locator("form.answer-form"), self.hand
        names, choice = "textarea[name=names], textarea[name=value]", ".choices input[type=radio], .choices input[type=checkbox]"
        if form.locator("fieldset.signed").count() or not (form.locator(names).count() or form.locator(choice).count()):
            hand.press("form.unknown button")
            return
        if form.locator(names).count():
            hand.write(f"form.answer-form :is({names})", "Chengzhou Yanban")
        else:
            hand.tick(f"form.answer-form :is({choice})")
        if form.locator("fieldset.whole").count():  # whether these are all
            hand.tick("form.answer-form fieldset.whole input")
        hand.press("form.answer-form .actions button")

    def result(self) -> None:
        self.hand.press('main a[href*="/result"]')
        self.page.wait_for_url(RESULT)
        self.look()

    def move_the_date(self) -> None:
        """The day asked for moves over two days on which the law changes; each time the page says in words what changes."""
        for day in MOVED:
            self.hand.date("#on", day)
            self.hand.press("form.days button")
            self.page.wait_for_url(f"**on={day}*")
            said = self.page.locator(".moved li")
            assert said.count() >= 1
            assert said.first.inner_text().strip()
        self.look()

    def from_duty_to_norm(self) -> None:
        """A duty opens, its clause leads to the norm, and the browser leads back to the result."""
        if not self.page.locator("ul.duties a").count():  # nothing settled by six answers: what is open has its own list
            self.hand.press('main a[href*="status=open"]')
            self.page.wait_for_url("**status=open**")
        result = self.page.url
        self.hand.press("ul.duties a")
        self.hand.press(f'main a[href*="/{self.lang}/rules/"]')
        self.page.wait_for_url(f"**/{self.lang}/rules/**")
        self.look()
        for _ in range(3):
            if self.page.url.split("#")[0] == result.split("#")[0]:
                return
            self.page.go_back()
        assert RESULT.search(self.page.url)

    def share(self) -> str:
        """The address that may be given away."""
        self.hand.press('form[action$="/share"] button')
        self.page.wait_for_url("**/links*")
        self.look()
        return self.page.locator('input.address[id^="share-"]').input_value()

    def delete_share(self) -> None:
        self.hand.press('button[value^="share-delete-"]')
        expect(self.page.locator('input.address[id^="share-"]')).to_have_count(0)


WAYS = [
    *((lang, width, javascript, Hand) for lang, width, javascript in product(("zh", "en"), WIDTHS, (True, False))),
    *((lang, width, True, Keyboard) for lang, width in product(("zh", "en"), WIDTHS)),
]


@pytest.mark.parametrize(("lang", "width", "javascript", "hand"), WAYS)
def test_from_home_to_a_deleted_link(
    visit: Visit, axe: Axe, site: str, lang: str, width: str, javascript: bool, hand: type[Hand]
) -> None:
    findings: list[str] = []

    def look(at: Page) -> None:
        assert at.locator("h1").count() == 1, at.url
        if javascript:
            assert at.evaluate(FITS), at.url
            findings.extend(axe(at))

    journey = Journey(hand(visit(lang, width, javascript)), lang, look)
    journey.begin()
    journey.accept_all()
    journey.six_questions_and_back()
    journey.result()
    journey.move_the_date()
    journey.from_duty_to_norm()
    shared = journey.share()
    assert shared.startswith(site)
    fresh = visit(lang, width, javascript)
    answered = fresh.goto(shared)
    assert answered is not None
    assert answered.status == 200
    assert "noindex" in answered.headers["x-robots-tag"]
    assert fresh.locator('form[method="post"]').count() == 0
    look(fresh)
    journey.delete_share()
    gone = fresh.goto(shared)
    assert gone is not None
    assert gone.status in (404, 410)
    look(fresh)
    assert not findings, "\n".join(findings)


PAGES = (
    "", "check/", "rules/", "rules/?q=17", "rules/?q=zzzzzz", "rules/?q=AI+Act+50&force=hard", "rules/cn/genai-measures",
    "rules/eu/ai-act", "rules/cn/genai-measures/17", "rules/cn/genai-measures/17/assessment", "rules/eu/ai-act/50.2",
    "rules/cn/algorithm-filing", "rules/cn/algorithm-provisions/adopt",
    "rules/eu/ai-act/6.3", "rules/eu/ai-act/99.4", "rules/eu/ai-act/3.3", "rules/calendar", "rules/calendar?when=2026-12",
    "rules/calendar?when=never", "rules/terms/", "rules/terms/eu.provider", "about/components", "about/this-house",
    "about/stored", "about/accessibility", "rules/cn/nowhere", "check/nothing-of-this-kind/result", "nowhere",
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
def test_the_first_key_offers_to_skip_to_the_content(visit: Visit, lang: str) -> None:
    page = visit(lang)
    page.goto(f"/{lang}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement) || location.hash === '#content'")
