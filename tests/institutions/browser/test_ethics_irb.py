"""An institutional review board of the United States, from the college that founds it to what it decided, on English pages.

Everybody has a browser of their own, 1280 px wide and without JavaScript; axe, which needs it, reads the same pages in one that
has it. Accounts are there before the site starts (``main``, run in a process of its own), as is the organisation that applies;
everything else is done on pages, by whoever does it in life. What is seen is kept as pictures where the environment variable
GUIJU_SHOTS names a folder.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.institutions.browser.hands import status_of
from tests.institutions.browser.test_people import FITS, LINK, PASSWORD, Letters
from tests.institutions.conftest import Served
from tests.institutions.postgres import run_on

from guiju.calendars import add_months, now, today, words

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]

pytestmark = pytest.mark.slow

NEW_YORK = "America/New_York"
PEOPLE = {
    "grace": "Grace Adler",
    "ruth": "Ruth Okafor",
    "ben": "Ben Sato",
    "tom": "Tom Hale",
    "paul": "Paul Reyes",
    "maria": "Maria Lind",
    "ivy": "Ivy Chen",
    "nora": "Nora Quist",
}
"""The administrator, the chairperson, four members, the secretary, and the investigator."""

SEATS = {"ruth": "chair", "ben": "member", "tom": "member", "paul": "member", "maria": "member", "ivy": "secretary"}
KINDS = {"ruth": ["scientific"], "maria": ["nonscientific"], "paul": ["scientific", "unaffiliated"]}
"""What kinds of member are described; nobody but Maria is a nonscientific one."""

LAB = "Riverside Sleep Lab"
DIARIES, HABITS = "Sleep diaries of night nurses", "Reading habits in libraries"
FACTS = ("on_expedited_list", "above_minimal_risk", "minor_change", "only_analysis")
GREATER_RISK = dict(zip(FACTS, ("no", "yes", "no", "no"), strict=True))
LISTED = dict(zip(FACTS, ("yes", "no", "no", "no"), strict=True))
PAPERS = ("protocol", "selection", "consent", "privacy", "investigators")
CHANGES = "State in the consent form that a diary can be taken back at any time."

PRESENCE = "US Common Rule, Section 46.108(b)"
ON_LIST = "US Common Rule, Section 46.110(b)(1)"
BY_REVIEWERS = "US Common Rule, Section 46.110(b)(2)"
IN_WRITING = "US Common Rule, Section 46.109(d)"
KINDS_OF_MEMBER = "US Common Rule, Section 46.107"


def address(who: str) -> str:
    """The address of mail of somebody here."""
    return f"{who}@hudson.example"


def main() -> list[str]:
    """Accounts for everybody and the organisation that applies, in a home that no site uses yet; run where Django is set up."""
    from django.core.management import call_command
    from tests.institutions.accounts import person_with_account

    from guiju.institutions.people import members, organisations

    call_command("migrate", interactive=False, verbosity=0)
    made = {who: person_with_account(address(who), name, lang="en") for who, name in PEOPLE.items()}
    lab, _ = organisations.found(made["nora"], "riverside", {"en": LAB}, "new-york")
    members.take_up(made["nora"], lab, ["editor"])
    return list(made)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which there are people."""
    made = tmp_path_factory.mktemp("irb")
    assert run_on("sqlite", made, "browser.test_ethics_irb") == list(PEOPLE)
    return made


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    """A site of its own: what stands on its public pages is this board's."""
    served = Served(home, "--port", "18421")
    yield served.url
    assert served.end() == 0


class Look:
    """Once at each page in each state; axe, which takes longest, once at each kind of page (``kind:state``)."""

    def __init__(self, axe: Axe, reader: Page) -> None:
        self.axe, self.reader = axe, reader
        self.seen: set[str] = set()
        self.kinds: set[str] = set()
        self.findings: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        if name in self.seen:
            return
        self.seen.add(name)
        assert page.locator("h1").count() == 1, page.url
        if shots := os.environ.get("GUIJU_SHOTS"):
            page.screenshot(path=Path(shots) / f"{len(self.seen):02}-{name.replace(':', '-')}.png", full_page=True)
        assert page.evaluate(FITS), f"{name} scrolls sideways at 1280 px"
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(FITS), f"{name} scrolls sideways at 390 px"
        page.set_viewport_size({"width": 1280, "height": 900})
        kind = name.partition(":")[0]
        if kind not in self.kinds and "refused" not in name:
            self.kinds.add(kind)
            self.reader.context.clear_cookies()
            self.reader.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # a cookie that is kept can be set
            self.reader.goto(page.url)
            self.findings.extend(f"{name}: {one}" for one in self.axe(self.reader))


class Board:
    """What is done, in the order in which it is done; ``page[who]`` is the browser of somebody."""

    def __init__(self, visit: Callable[[], Page], letters: Letters, look: Look) -> None:
        self.letters, self.look = letters, look
        self.page = {who: visit() for who in (*PEOPLE, "stranger")}
        self.body = ""

    # -- hands -----------------------------------------------------------------------------------------------------------------

    def go(self, who: str, path: str, status: int = 200) -> Page:
        page = self.page[who]
        page.goto(f"/en/{path}")
        assert status_of(page) == status, page.url
        return page

    def press(self, page: Page, selector: str, to: str) -> None:
        """Press it, and be led to an address that has ``to`` in its path."""
        page.locator(selector).first.click()
        page.wait_for_url(lambda url: re.search(to, urlsplit(url).path) is not None)

    def write(self, page: Page, typed: Mapping[str, str | Sequence[str]]) -> None:
        """Fill the fields of a form, by name: words where they are typed, else what is chosen."""
        for name, said in typed.items():
            field = page.locator(f'main [name="{name}"]')
            if field.first.get_attribute("type") in ("radio", "checkbox"):
                for one in [said] if isinstance(said, str) else said:
                    page.locator(f'main [name="{name}"][value="{one}"]').check()
            else:
                assert isinstance(said, str)
                field.fill(said)

    def say(self, page: Page, *told: str) -> None:
        """The page says all of it."""
        for one in told:
            expect(page.locator("main")).to_contain_text(one)

    def sign_in(self, who: str) -> None:
        page = self.go(who, "account/sign-in")
        self.write(page, {"login": address(who), "password": PASSWORD})
        self.press(page, "main button.main", "^/en/(account/|desk/)?$")

    # -- the board -------------------------------------------------------------------------------------------------------------

    def found(self) -> None:
        """A college, a body of it, and what makes it a review board: its rules, and the choices of its charter."""
        page = self.go("grace", "desk/organisation")
        self.write(page, {"name-en": "Hudson College", "handle": "hudson"})
        page.select_option("#place", "new-york")
        self.press(page, "main button.main", "/organisations/hudson/$")
        self.press(page, 'main a[href$="/body"]', "/body$")
        page.fill("#name-en", "Institutional Review Board")
        self.press(page, "main button.main", "/bodies/")
        self.go("grace", "desk/ethics/")
        self.look(page, "ethics")
        self.press(page, 'main a[href$="/set-up"]', "/set-up$")
        self.write(page, {"rules": "us-irb", "founded": str(today(NEW_YORK))})
        self.look(page, "set-up")
        self.press(page, "main button.main", "/set-up$")
        for name in ("withdrawn_leave_quorum", "withdrawn_leave_base"):
            expect(page.locator(f'input[name="{name}"][value="yes"]')).to_be_checked()
        self.say(page, "The other reading: The text is silent; they can also be read as counting.")
        self.say(page, "The other reading: The text is silent; they can also be read as staying in it")
        expect(page.locator("#members_least")).to_have_value("5")
        page.fill("#members_least", "4")
        page.locator("main button.main").click()
        self.say(page, "It must be at least 5.")
        self.look(page, "charter:refused")
        page.fill("#members_least", "5")
        self.look(page, "charter")
        self.press(page, "main button.main", r"/committees/[\w-]+/$")
        self.body = urlsplit(page.url).path.rstrip("/").rpartition("/")[2]
        self.look(page, "board:empty")

    def offer_seats(self) -> None:
        """Each seat is offered by letter, and taken by whoever it is offered to."""
        page = self.go("grace", f"desk/ethics/committees/{self.body}/members")
        self.say(page, "the number of members is 0, at least 5 are needed", "there must be one chairperson, there are 0")
        self.look(page, "members:empty")
        for who, post in SEATS.items():
            self.press(page, 'main a[href$="/seat"]', "/seat$")
            self.write(page, {"post": post, "email": address(who)})
            if who == "paul":
                page.locator("main input[name=outside]").check()
            self.look(page, "offer")
            self.press(page, "main button.main", "/bodies/")
            other = self.page[who]
            self.sign_in(who)
            other.goto(self.letters.wait(address(who), LINK))
            self.look(other, "invitation")
            self.press(other, "button[value=accept]", "/bodies/")

    def describe(self) -> None:
        """Until there is a nonscientific and an unaffiliated member, the page of members says that a kind is missing."""
        page = self.go("grace", f"desk/ethics/committees/{self.body}/members")
        self.look(page, "members:incomplete")
        lacks = page.locator("section.refusal")
        wanted = ["scientific areas", "nonscientific areas", "not affiliated with the institution"]
        for who, kinds in KINDS.items():
            for one in ("a kind of member that must be there is not", KINDS_OF_MEMBER, "Missing:", *wanted):
                expect(lacks).to_contain_text(one)
            page.locator("main table tr", has_text=PEOPLE[who]).locator('a[href*="/members/"]').click()
            self.write(page, {"categories": kinds})
            self.look(page, "describe")
            self.press(page, "main button.main", "/members$")
            wanted = wanted[1:]
        expect(lacks).to_have_count(0)
        self.say(page, "nothing that the rules ask for is missing")
        self.look(page, "members")

    def open_to_others(self) -> None:
        """It takes cases of other organisations, and everybody sees it."""
        page = self.go("grace", f"desk/ethics/committees/{self.body}/registration")
        self.say(page, "The rules of this committee rest on no clause that asks for a registration.")
        self.write(page, {"open": ["outside", "public"]})
        self.look(page, "registration")
        self.press(page, "form:has([name=open]) button", "/registration$")

    # -- a case ----------------------------------------------------------------------------------------------------------------

    def apply(self, title: str, facts: Mapping[str, str]) -> str:
        """The investigator writes the papers and hands them in; the case's own part of its address."""
        page = self.go("nora", "desk/ethics/")
        self.press(page, 'main a[href$="/of/riverside/apply"]', "/apply$")
        self.write(page, {"title": title, "kind": "activity"})
        self.look(page, "new")
        self.press(page, "main button.main", "/papers$")
        self.write(page, dict.fromkeys(PAPERS, "As the protocol has it."))
        self.look(page, "papers")
        self.press(page, "button[value=apply]", "/apply$")
        self.write(page, facts)
        self.look(page, "apply")
        self.press(page, "main button.main", r"/applications/[\w-]+/$")
        self.look(page, "application:handed-in")
        return urlsplit(page.url).path.rstrip("/").rpartition("/")[2]

    def begin_step(self, who: str, case: str, step: str, typed: Mapping[str, str | Sequence[str]]) -> Page:
        """Go to a case, choose a step and fill in its form; nothing is sent."""
        page = self.go(who, f"desk/ethics/{'applications' if who == 'nora' else 'cases'}/{case}/")
        self.press(page, f'main a[href$="?step={step}"]', "/step$")
        self.write(page, typed)
        return page

    def refused(self, who: str, case: str, step: str, typed: Mapping[str, str | Sequence[str]], *told: str) -> None:
        """A step that is not taken: the page says why, and on what that rests."""
        page = self.begin_step(who, case, step, typed)
        page.locator("main button.main").click()
        expect(page.locator("#problems")).to_be_visible()
        self.say(page, *told)
        self.look(page, f"step:{step}-refused")

    def closed(self, who: str, case: str, step: str, outcome: str, *told: str) -> None:
        """An outcome that a step's form does not offer: the form says why, and on what that rests."""
        page = self.begin_step(who, case, step, {})
        expect(page.locator('main [name="outcome"]').first).to_be_visible()
        expect(page.locator(f'main [name="outcome"][value="{outcome}"]')).to_have_count(0)
        self.say(page, "cannot be chosen now.", *told)
        self.look(page, f"step:{step}-not-{outcome}")

    def take(self, who: str, case: str, step: str, typed: Mapping[str, str | Sequence[str]], *told: str) -> None:
        """A step that is taken; what stands on the page of the case afterwards."""
        page = self.begin_step(who, case, step, typed)
        self.look(page, f"step:{step}")
        self.press(page, "main button.main", rf"/{case}/$")
        self.say(page, *told)
        self.look(page, f"case:{step}")

    # -- meetings --------------------------------------------------------------------------------------------------------------

    def call(self, case: str) -> str:
        """The secretary calls a meeting on a case, in an hour; its address."""
        page = self.go("ivy", f"desk/ethics/committees/{self.body}/")
        self.press(page, 'main a[href$="/new"]', "/new$")
        begins = now().astimezone(ZoneInfo(NEW_YORK)) + timedelta(hours=1)
        self.write(page, {"day": f"{begins:%Y-%m-%d}", "time": f"{begins:%H:%M}", "where": "Room 2"})
        expect(page.locator(f'[name="agenda"][value="{case}"]')).to_be_checked()
        self.look(page, "call")
        self.press(page, "main button.main", r"/meetings/[\w-]+/$")
        self.look(page, "meeting:called")
        return urlsplit(page.url).path.removeprefix("/en/")

    def person(self, page: Page, who: str) -> Locator:
        """What a meeting's page says of somebody."""
        return page.locator("section[aria-labelledby=people] li", has_text=PEOPLE[who])

    def open(self, meeting: str, present: Sequence[str]) -> None:
        page = self.go("ivy", meeting)
        for who in present:
            page.locator("main label", has_text=PEOPLE[who]).locator("input[name=present]").check()
        page.locator("main label", has_text=PEOPLE["ruth"]).locator("input[name=chair]").check()
        self.press(page, "button[value=open]", "/meetings/")

    def note(self, meeting: str, who: str, step: str) -> None:
        """The secretary notes that somebody arrives or departs."""
        page = self.go("ivy", meeting)
        self.person(page, who).locator(f'button[value="{step}"]').click()
        expect(page.locator("main section.receipt").first).to_be_visible()

    def ballot(self, meeting: str, motion: str, votes: Mapping[str, str]) -> Page:
        """The chair puts a motion, each member present votes on a page of their own, and the secretary counts."""
        chair = self.go("ruth", meeting)
        chair.locator("aside select").select_option(motion)
        chair.locator("button[value=put]").click()
        self.say(chair, "The motion that is being voted on:")
        for who, vote in votes.items():
            page = self.go(who, meeting)
            page.locator(f"#vote-{vote}").click()
            self.say(page, "Your vote is noted.")
            self.look(page, "meeting:voted")
        secretary = self.go("ivy", meeting)
        self.look(secretary, f"meeting:{motion}-{len(votes)}")
        secretary.locator("#count").click()
        expect(secretary.locator("section[aria-labelledby=held] > ul > li").first).to_contain_text("counted as present")
        return secretary

    def close(self, meeting: str) -> None:
        page = self.go("ivy", meeting)
        page.locator("details:has(button[value=close]) summary").click()
        page.locator("button[value=close]").click()
        self.say(page, "The chair issues each decision on the page of its case.")
        self.look(page, "meeting:closed")

    def last_ballot(self, page: Page) -> Locator:
        """The ballot that was counted last, as the meeting's page tells it."""
        return page.locator("section[aria-labelledby=held] > ul > li").first


def test_a_board_is_set_up_and_decides(visit: Visit, axe: Axe, home: Path) -> None:
    look = Look(axe, visit("en"))
    board = Board(lambda: visit("en", "desktop", False), Letters(home), look)
    for who in ("grace", "nora"):
        board.sign_in(who)
    board.found()
    board.offer_seats()
    board.describe()
    board.open_to_others()
    diaries = decided_by_the_convened_board(board)
    turned_over_by_reviewers(board)
    is_read(board, diaries)
    assert not look.findings, "\n".join(look.findings)


def decided_by_the_convened_board(board: Board) -> str:
    """A case above minimal risk: two void ballots, changes required, handed in and confirmed."""
    case = board.apply(DIARIES, GREATER_RISK)
    taken_in = {**GREATER_RISK, "route": "expedited"}
    del taken_in["only_analysis"]
    not_expedited = "it is not on the list, or above minimal risk, and no minor change of approved research"
    board.refused("ivy", case, "take_in", taken_in, not_expedited, ON_LIST, "Review it at a convened meeting.")
    board.take("ivy", case, "take_in", {**taken_in, "route": "convened"}, "under review")

    meeting = board.call(case)
    board.open(meeting, ["ruth", "maria"])
    page = board.ballot(meeting, "approve", {"ruth": "for", "maria": "for"})
    for one in ("void", "members who count as present: 2, which is no majority of 5", PRESENCE):
        expect(board.last_ballot(page)).to_contain_text(one)
    board.look(page, "meeting:too-few")
    board.close(meeting)

    meeting = board.call(case)
    board.open(meeting, ["ruth", "ben", "tom", "paul"])
    page = board.ballot(meeting, "require_changes", dict.fromkeys(("ruth", "ben", "tom", "paul"), "for"))
    for one in ("void", "nobody who takes part is primarily concerned with nonscientific areas", PRESENCE):
        expect(board.last_ballot(page)).to_contain_text(one)
    board.look(page, "meeting:no-nonscientific")
    board.note(meeting, "maria", "arrive")
    votes = {**dict.fromkeys(("ruth", "ben", "paul", "maria"), "for"), "tom": "against"}
    page = board.ballot(meeting, "require_changes", votes)
    expect(board.last_ballot(page)).to_contain_text("carried")
    expect(board.last_ballot(page)).to_contain_text("4 for, 1 against, 0 abstained")
    board.look(page, "meeting:carried")
    board.close(meeting)

    not_carried = "the decision is not the motion that was carried"
    board.closed("ruth", case, "decide", "approve", not_carried, "Decide as it was carried.")
    decision = {"outcome": "require_changes", "reasons": "The consent form leaves something out.", "conditions": CHANGES}
    decision |= {"criteria_met": "no", "told_in_writing": "no", "chance_to_respond": "yes", "continuing_kept": "yes"}
    board.refused("ruth", case, "decide", decision, "investigator and institution are not told in writing", IN_WRITING)
    board.take("ruth", case, "decide", {**decision, "told_in_writing": "yes"}, "changes required to secure approval", CHANGES)

    board.refused("nora", case, "hand_in_changes", {}, "no new papers are handed in", "Hand in the changed papers.")
    confirm = {"outcome": "approve", "criteria_met": "yes", "told_in_writing": "yes"}
    board.refused("ruth", case, "confirm_changes", confirm, "the required changes are not handed in yet")
    page = board.go("nora", f"desk/ethics/applications/{case}/papers")
    page.fill("#consent", "A diary can be taken back at any time.")
    board.press(page, "button[value=save]", "/papers$")
    board.take("nora", case, "hand_in_changes", {}, "changes required to secure approval")
    board.take("ruth", case, "confirm_changes", confirm, "Approved", "Review again", "about 12 months left")
    return case


def turned_over_by_reviewers(board: Board) -> None:
    """A small case in expedited review, which cannot disapprove: whoever wants to turns it over to the board."""
    case = board.apply(HABITS, LISTED)
    taken_in = {name: said for name, said in LISTED.items() if name != "only_analysis"}
    board.take("ivy", case, "take_in", {**taken_in, "route": "expedited"}, "under review")
    page = board.go("ruth", f"desk/ethics/cases/{case}/")
    board.press(page, 'main a[href$="?step=name_panel"]', "/step$")
    page.locator("main label", has_text=PEOPLE["ben"]).locator("input").check()
    board.write(page, {"reviewers_experienced": "yes"})
    board.press(page, "main button.main", rf"/{case}/$")
    board.take("ben", case, "opine", {"opinion": "against", "comment": "It should not be done at all."}, "Ben Sato · against")
    kept = ("expedited review may not disapprove", BY_REVIEWERS, "Turn it over to the convened board.")
    board.closed("ruth", case, "decide", "disapprove", *kept)
    agreeing = ("reviewers who do not agree to approve: 1", "Require changes, or turn it over to the convened board.")
    board.closed("ruth", case, "decide", "approve", *agreeing)
    board.take("ruth", case, "to_board", {}, "the case is not in expedited review", "no valid ballot has carried it")
    page = board.go("ivy", f"desk/ethics/meetings/of/{board.body}/new")
    expect(page.locator(f'[name="agenda"][value="{case}"]')).to_be_checked()


def is_read(board: Board, case: str) -> None:
    """Letter, minutes, the board with its clocks, duties, and what everybody sees."""
    for who, path in (("ruth", case), ("nora", f"applications/{case}")):
        page = board.go(who, f"desk/ethics/meetings/letters/{path}")
        board.say(page, "Decision of Institutional Review Board", LAB, DIARIES, "approved")
        board.look(page, f"letter:{who}")
    page = board.go("ivy", f"desk/ethics/committees/{board.body}/")
    due = words(add_months(today(NEW_YORK), 12), "en")
    row = page.locator("ul.cases > li", has_text=DIARIES)
    for one in ("Approved", "Review again", due):
        expect(row).to_contain_text(one)
    board.look(page, "board")
    board.press(page, 'main a[href*="/meetings/"]:not([href*="/of/"])', "/meetings/")
    board.press(page, 'main a[href$="/minutes"]', "/minutes$")
    board.say(page, "Maria Lind", "void", "carried", PRESENCE)
    board.look(page, "minutes")
    page = board.go("ivy", f"desk/ethics/committees/{board.body}/duties")
    board.look(page, "duties")
    page = board.go("stranger", f"ethics/committees/{board.body}/")
    board.say(page, "Hudson College", "Procedure of a US institutional review board")
    expect(page.locator("main")).not_to_contain_text(DIARIES)
    expect(page.locator("main")).not_to_contain_text(PEOPLE["maria"])
    board.look(page, "public")
