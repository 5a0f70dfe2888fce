"""From an empty account to a corrected entry in the public register: two colleagues and a stranger, each with a browser.

One journey for each language, and each stands on the pages before it: in Chinese on a phone with JavaScript, where axe looks at
every page; in English on a desktop without, where every form has to do by itself. What is seen is kept as pictures where the
environment variable GUIJU_SHOTS names a folder.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import struct
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.institutions.browser.hands import status_of
from tests.institutions.conftest import Site

from guiju.calendars import now

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "companion-chat-cn.yaml"
PASSWORD = "seven herons by the river"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
RECEIPT = re.compile(r"GJ(-[0-9A-Z]{4}){4}-[0-9A-Z*~$=]")
CODE = re.compile(r"\b\d{4}-\d{4}\b")
LINK = re.compile(r"http\S+/invitation/\S+")
ARRIVES_WITHIN = 20
"""Seconds that a letter, or a position in the record, may take on a busy machine."""

SIGN_IN = '.tools a[href*="/account/sign-in"]'
WORDS = {
    "zh": {
        "founder": "陆敏",
        "colleague": "韩越",
        "house": "澄州言伴科技有限公司",
        "body": "科技伦理委员会",
        "first": "陪人聊天的软件，每月收费二十元。",
        "then": "陪人聊天的软件，每月收费三十元。",
        "wrong": "每月收费是三十元，不是二十元。",
        "reasons": "收费已改正，见公示的第2版。",
    },
    "en": {
        "founder": "Lu Min",
        "colleague": "Han Yue",
        "house": "Chengzhou Yanban Technology Co., Ltd.",
        "body": "Ethics Committee",
        "first": "Software that chats with people, for 20 yuan a month.",
        "then": "Software that chats with people, for 30 yuan a month.",
        "wrong": "It is 30 yuan a month, not 20.",
        "reasons": "The price was put right in version 2 of the entry.",
    },
}
PARTS = {
    "zh": {
        "purpose": "陪伴独居的人聊天，不作任何决定。",
        "people": "中国内地的成年人。",
        "answers": "公司的规则办公室。",
        "complain": "写信给规则办公室，十个工作日内答复。",
        "contact": "rules@yanban.example",
    },
    "en": {
        "purpose": "Company for people who live alone; it decides nothing.",
        "people": "Adults in mainland China.",
        "answers": "The company's office for rules.",
        "complain": "Write to the office; it answers within ten working days.",
        "contact": "rules@yanban.example",
    },
}
SAID = {
    "zh": {
        "own": "您参与了撰写，应当由别人公示。",
        "refused": "您参与了这份草稿的撰写",
        "waits": "等待答复",
        "corrected": "已更正",
    },
    "en": {
        "own": "You wrote in this draft; somebody else publishes it.",
        "refused": "You wrote in this draft, so you cannot publish it. Han Yue can publish it",
        "waits": "Waits for an answer",
        "corrected": "Corrected",
    },
}


class App:
    """An app that shows codes for a secret (RFC 6238: HMAC-SHA-1, steps of 30 seconds, six digits); none of them twice."""

    def __init__(self, secret: str) -> None:
        self.key, self.used = base64.b32decode(secret), 0

    def code(self) -> str:
        """That of now; where it was used, or is over before it is typed, the next one."""
        step, past = divmod(now().timestamp(), 30)
        if step <= self.used or past > 27:
            time.sleep(30 - past + 0.1)
            step += 1
        self.used = int(step)
        digest = hmac.digest(self.key, struct.pack(">Q", self.used), "sha1")
        at = digest[-1] & 15
        return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Letters:
    """The letters of a site that has no server for them: files in its home."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "mail"
        self.read: set[Path] = set()

    def wait(self, to: str, wanted: re.Pattern[str]) -> str:
        """What is wanted of the next letter to an address."""
        until = time.monotonic() + ARRIVES_WITHIN
        while time.monotonic() < until:
            for one in sorted(set(self.folder.glob("*.eml")) - self.read):
                letter = message_from_bytes(one.read_bytes(), _class=EmailMessage, policy=policy.default)
                found = wanted.search(letter.get_content()) if letter["To"] == to else None
                if found is not None:
                    self.read.add(one)
                    return found[0]
            time.sleep(0.05)
        raise AssertionError(f"no letter to {to} with {wanted.pattern}")


class Journey:
    """What the two and the stranger do, in the order they do it; each page is looked at once."""

    def __init__(self, visit: Callable[[], Page], lang: str, letters: Letters, look: Callable[[Page, str], None]) -> None:
        self.lang, self.letters, self.look = lang, letters, look
        self.words, self.said = WORDS[lang], SAID[lang]
        self.founder, self.colleague, self.stranger = visit(), visit(), visit()
        self.founder_at, self.colleague_at = f"lu-{lang}@example.org", f"han-{lang}@example.org"
        self.handle = f"yanban-{lang}"

    def go(self, page: Page, path: str) -> None:
        page.goto(f"/{self.lang}/{path}")
        assert status_of(page) == 200, page.url

    def press(self, page: Page, selector: str, to: str) -> None:
        """Press it, and be led to an address that has ``to`` in its path."""
        page.locator(selector).first.click()
        page.wait_for_url(lambda url: re.search(to, urlsplit(url).path) is not None)

    def receipt(self, page: Page) -> str:
        """The number of the receipt that stands on the page."""
        found = RECEIPT.search(page.locator("main section.receipt").first.inner_text())
        assert found is not None, page.url
        return found[0]

    # -- accounts --------------------------------------------------------------------------------------------------------------

    def sign_up(self, page: Page, email: str, name: str) -> None:
        page.fill("#email", email)
        page.fill("#name", name)
        page.fill("#password1", PASSWORD)
        self.look(page, "sign-up")
        self.press(page, "main button.main", "/address/confirm")
        page.fill("#code", self.letters.wait(email, CODE))
        self.look(page, "confirm")
        page.locator("main button.main").first.click()

    def open_an_account(self) -> None:
        self.go(self.founder, "")
        self.press(self.founder, SIGN_IN, "/account/sign-in$")
        self.look(self.founder, "sign-in")
        self.press(self.founder, 'main a[href*="/account/sign-up"]', "/account/sign-up")
        self.sign_up(self.founder, self.founder_at, self.words["founder"])
        self.founder.wait_for_url(lambda url: "/address/" not in url)

    def set_up_second_factor(self) -> App:
        page = self.founder
        self.go(page, "account/")
        self.look(page, "account")
        self.press(page, 'main a[href$="/second-factor"]', "/second-factor$")
        self.look(page, "factors")
        self.press(page, 'main a[href$="/second-factor/begin"]', "/account/again$")
        page.fill("#password", PASSWORD)
        self.look(page, "again")
        self.press(page, "main button.main", "/second-factor/begin$")
        self.look(page, "begin-app")
        app = App("".join(page.locator("code.secret").inner_text().split()))
        page.fill("#code", app.code())
        self.press(page, "main button.main", "/second-factor/codes$")
        self.look(page, "codes")
        return app

    def sign_in_again(self, app: App) -> None:
        """With the next code: that of the setting up is used."""
        page = self.founder
        self.press(page, ".tools form button", f"/{self.lang}/$")
        self.press(page, SIGN_IN, "/account/sign-in$")
        page.fill("#login", self.founder_at)
        page.fill("#password", PASSWORD)
        self.press(page, "main button.main", "/second-step$")
        self.look(page, "second-step")
        page.fill("#code", app.code())
        self.press(page, "main button.main", f"^/{self.lang}/(account/|desk/)?$")

    # -- an organisation -------------------------------------------------------------------------------------------------------

    def found(self) -> None:
        page = self.founder
        self.go(page, "desk/")
        self.look(page, "desk-empty")
        self.press(page, 'main a[href$="/desk/organisation"]', "/desk/organisation$")
        page.fill(f"#name-{self.lang}", self.words["house"])
        page.fill("#handle", self.handle)
        page.select_option("#place", "shanghai")
        self.look(page, "found")
        self.press(page, "main button.main", "/organisations/")
        self.receipt(page)
        self.look(page, "organisation")
        for role in ("editor", "approver"):
            self.press(page, 'main a[href$="/give-role"]', "/give-role$")
            page.locator("input[name=person]").first.check()
            page.locator(f"input[name=role][value={role}]").check()
            self.look(page, "give-role")
            self.press(page, "main button.main", f"/{self.handle}/$")

    def invite(self) -> None:
        """A colleague is invited, and comes by the link in the letter, through a new account, back to the invitation."""
        page, other = self.founder, self.colleague
        self.press(page, 'main a[href$="/invite"]', "/invite$")
        page.fill("#email", self.colleague_at)
        for role in ("editor", "approver"):
            page.locator(f"input[name=roles][value={role}]").check()
        self.look(page, "invite")
        self.press(page, "main button.main", f"/{self.handle}/$")
        link = self.letters.wait(self.colleague_at, LINK)
        other.goto(link)
        self.look(other, "invitation")
        self.press(other, 'main a[href*="/sign-up"]', "/account/sign-up")
        self.sign_up(other, self.colleague_at, self.words["colleague"])
        other.wait_for_url(link)
        self.look(other, "invitation:signed-in")
        self.press(other, "button[value=accept]", f"/{self.handle}/$")
        self.receipt(other)
        expect(other.locator("section[aria-labelledby=people]")).to_contain_text(self.words["colleague"])
        self.look(other, "organisation:colleague")

    def seat(self) -> None:
        page, other = self.founder, self.colleague
        self.press(page, 'main a[href$="/body"]', "/body$")
        page.fill(f"#name-{self.lang}", self.words["body"])
        self.look(page, "found-body")
        self.press(page, "main button.main", "/bodies/")
        self.look(page, "body")
        self.press(page, 'main a[href$="/seat"]', "/seat$")
        page.locator("input[name=post][value=secretary]").check()
        page.fill("#email", self.colleague_at)
        self.look(page, "offer")
        self.press(page, "main button.main", "/bodies/")
        link = self.letters.wait(self.colleague_at, LINK)
        self.go(other, "desk/")
        self.look(other, "desk:invited")
        expect(other.locator("section[aria-labelledby=cases]")).to_contain_text(self.words["body"])
        other.goto(link)
        self.look(other, "invitation:seat")
        self.press(other, "button[value=accept]", "/bodies/")
        expect(other.locator("section[aria-labelledby=seats]")).to_contain_text(self.words["colleague"])
        self.look(other, "body:seated")

    # -- a system --------------------------------------------------------------------------------------------------------------

    def keep_a_check(self) -> None:
        page = self.founder
        self.go(page, "check/")
        page.set_input_files("#card", SAMPLE)
        self.press(page, "form:has(#card) button", r"/check/[\w-]+/(result|ask)")
        page.goto(re.split(r"/(?:result|ask)", page.url)[0] + "/result")
        self.look(page, "result-signed-in")
        self.press(page, "#keep button", "/desk/systems/checks/")
        self.look(page, "kept")
        self.go(page, "desk/")
        self.look(page, "desk:kept")
        self.press(page, "section[aria-labelledby=checks] a", "/desk/systems/checks/")

    def enter_a_system(self) -> None:
        page = self.founder
        page.select_option("#organisation", self.handle)
        self.press(page, "button[value=system]", r"/desk/systems/\w+/$")
        self.look(page, "system")
        self.press(page, 'form[action$="/results"] button', r"/results/\d+$")
        self.look(page, "system-result")

    def write(self, what: str) -> None:
        """One of the two writes, and cannot publish: neither by the button nor past it."""
        page = self.founder
        self.go(page, "desk/")
        self.press(page, 'main a[href$="/desk/systems/"]', "/desk/systems/$")
        self.look(page, "systems")
        self.press(page, "ul.results a", r"/desk/systems/\w+/$")
        self.press(page, 'main a[href$="/public"]', "/public$")
        for part, words in {"what": what, **PARTS[self.lang]}.items():
            page.fill(f"#{part}-{self.lang}", words)
        page.locator("#result").select_option(index=1)
        self.look(page, "write")
        self.press(page, "form:has(#result) button.main", "/public/draft$")
        publish = page.locator('form[action$="/publish"] button')
        expect(publish).to_be_disabled()
        expect(page.locator("#why-not")).to_have_text(self.said["own"])
        self.look(page, "draft:own")

    def be_refused(self) -> None:
        page, draft = self.founder, self.founder.url
        page.evaluate("document.querySelector('form[action$=\"/publish\"] button').disabled = false")
        self.press(page, 'form[action$="/publish"] button', "/public/publish$")
        expect(page.locator("main")).to_contain_text(self.said["refused"])
        self.look(page, "refused")
        page.goto(draft)

    def publish(self) -> None:
        """The other reads the draft and publishes it."""
        page = self.colleague
        self.go(page, "desk/")
        self.look(page, "desk:draft")
        self.press(page, 'section[aria-labelledby=cases] a[href$="/public/draft"]', "/public/draft$")
        self.look(page, "draft:colleague")
        self.press(page, 'form[action$="/publish"] button', r"/desk/systems/\w+/$")
        self.receipt(page)
        self.look(page, "system:published")

    # -- the public ------------------------------------------------------------------------------------------------------------

    def read_the_register(self, says: str) -> None:
        page = self.stranger
        self.go(page, "")
        self.press(page, f'header nav a[href="/{self.lang}/register/"]', "/register/$")
        self.look(page, "register")
        page.locator("ol.results li", has_text=self.words["house"]).locator("a").click()
        page.wait_for_url(re.compile(r"/register/\w+$"))
        expect(page.locator("main")).to_contain_text(says)
        self.look(page, "entry")

    def ask(self) -> str:
        """A stranger without an account says what is wrong; the number of the receipt."""
        page = self.stranger
        self.press(page, "#wrong a.button", "/correction$")
        page.locator("input[name=part][value=what]").check()
        page.fill("#text", self.words["wrong"])
        page.fill("#contact", f"luo-{self.lang}@example.org")
        self.look(page, "ask")
        self.press(page, "main button.main", r"/register/\w+$")
        self.look(page, "entry:asked")
        return self.receipt(page)

    def where_is_my_case(self, number: str, name: str) -> str:
        page = self.stranger
        self.press(page, 'footer a[href$="/receipt/"]', "/receipt/$")
        self.look(page, "receipt")
        page.fill("#number", number.lower().replace("-", " "))
        page.locator("main button.main").click()
        expect(page.locator("main")).to_contain_text(number)
        self.look(page, name)
        return page.locator("main").inner_text()

    def answer(self) -> None:
        page = self.colleague
        self.go(page, "desk/")
        self.look(page, "desk:request")
        self.press(page, 'section[aria-labelledby=cases] a[href*="/corrections/"]', "/corrections/")
        expect(page.locator("blockquote")).to_contain_text(self.words["wrong"])
        page.locator("input[name=outcome][value=corrected]").check()
        page.fill("#reasons", self.words["reasons"])
        self.look(page, "correction")
        self.press(page, "main button.main", "/corrections/")
        self.receipt(page)
        self.look(page, "correction:answered")

    def be_written_to(self) -> None:
        """Whoever left an address has the answer by letter."""
        self.letters.wait(f"luo-{self.lang}@example.org", re.compile(re.escape(self.words["reasons"])))

    def verify(self, folder: Path) -> None:
        """The entry's proof is taken away as a file, and handed in again."""
        page = self.stranger
        proof = page.locator('details.because a[href*="/record/"]')
        until = time.monotonic() + ARRIVES_WITHIN
        while not proof.count() and time.monotonic() < until:  # until the next checkpoint is signed
            page.reload()
        page.locator("details.because", has=page.locator('a[href*="/record/"]')).locator("summary").click()
        self.look(page, "entry:corrected")
        self.press(page, 'details.because a[href*="/record/"]', r"/record/\d+$")
        self.look(page, "record-entry")
        with page.expect_download() as download:
            page.locator('main a[href$="/bundle.json"]').click()
        bundle = folder / "bundle.json"
        download.value.save_as(bundle)
        self.press(page, 'footer a[href$="/record/"]', "/record/$")
        self.look(page, "record")
        self.press(page, 'main a[href$="/record/verify"]', "/record/verify$")
        self.look(page, "verify")
        page.set_input_files("#file", bundle)
        page.locator("main form button.main").click()
        expect(page.locator("section.verdict.real")).to_be_visible()
        self.look(page, "verify:real")


@pytest.mark.parametrize(("lang", "width", "javascript"), [("zh", "phone", True), ("en", "desktop", False)])
def test_from_an_account_to_a_corrected_entry(
    visit: Visit, axe: Axe, served_site: Site, tmp_path: Path, lang: str, width: str, javascript: bool
) -> None:
    findings: list[str] = []
    seen: set[str] = set()
    asked: set[str] = set()
    shots = os.environ.get("GUIJU_SHOTS")

    def look(page: Page, name: str) -> None:
        """Once at each page in each state; axe, which takes longest, once at each page (``page:state``)."""
        if name in seen:
            return
        seen.add(name)
        assert page.locator("h1").count() == 1, page.url
        if shots:
            page.screenshot(path=Path(shots) / f"{lang}-{len(seen):02}-{name.replace(':', '-')}.png", full_page=True)
        kind = name.partition(":")[0]
        if javascript and kind not in asked:
            asked.add(kind)
            findings.extend(f"{name}: {one}" for one in axe(page))
        if not javascript:
            page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(FITS), f"{name} scrolls sideways"
        if not javascript:
            page.set_viewport_size({"width": 1280, "height": 900})

    journey = Journey(lambda: visit(lang, width, javascript), lang, Letters(served_site.home), look)
    words, said = journey.words, journey.said
    journey.open_an_account()
    app = journey.set_up_second_factor()
    journey.found()
    journey.invite()
    journey.seat()
    journey.keep_a_check()
    journey.enter_a_system()
    journey.write(words["first"])
    journey.be_refused()
    journey.publish()
    journey.read_the_register(words["first"])
    number = journey.ask()
    assert said["waits"] in journey.where_is_my_case(number, "case:waits")
    journey.sign_in_again(app)
    journey.write(words["then"])
    journey.publish()
    journey.answer()
    journey.be_written_to()
    told = journey.where_is_my_case(number, "case:answered")
    assert said["corrected"] in told
    assert words["reasons"] in told
    journey.read_the_register(words["then"])
    journey.verify(tmp_path)
    assert not findings, "\n".join(findings)
