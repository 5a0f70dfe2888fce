"""What a page does when the network goes, two write at once, something is left unsaved, or the rules have moved on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from tests.institutions.conftest import Served
from tests.institutions.older_edition import RULE, older_edition

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]

LANGS = ("zh", "en")
PORT = "18319"
QUESTION = re.compile(r"/check/[\w-]+/ask/\w+/")
MARKETS = "system/Two-desks/markets"
SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "cv-screening-eu.yaml"

pytestmark = pytest.mark.slow


def begin(page: Page, lang: str, name: str = "Two desks") -> str:
    """A check from the four questions; the address of its front page."""
    page.goto(f"/{lang}/check/")
    page.fill("input[name=name]", name)
    page.locator("form:has(input[name=name]) button.main").click()
    page.wait_for_url(QUESTION)
    return page.url.split("/ask")[0]


def hand_in(page: Page, address: str) -> str:
    """A dossier with every answer, handed in; it leads to its result. The address of its front page."""
    page.goto(address)
    page.set_input_files("#card", SAMPLE)
    page.locator("form:has(#card) button").click()
    page.wait_for_url(re.compile(r"/check/[\w-]+/(result|ask)"))
    own = re.split(r"/(?:result|ask)", page.url)[0]
    page.goto(f"{own}/result")
    return own


def says(page: Page, lang: str, zh: str, en: str, where: str = "main") -> None:
    expect(page.locator(where).first).to_contain_text(zh if lang == "zh" else en)


# -- wrong input -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("javascript", [True, False])
def test_the_summary_of_what_is_wrong_has_the_focus(visit: Visit, axe: Axe, lang: str, javascript: bool) -> None:
    page = visit(lang, javascript=javascript)
    page.goto(f"/{lang}/check/")
    page.locator("input[name=markets]").first.check()
    page.locator("form:has(input[name=name]) button.main").click()
    expect(page.locator("#problems")).to_be_focused()
    says(page, lang, "尚未填写系统名称。", "Give the system a name.", "#problems")
    says(page, lang, "尚未填写系统名称。", "Give the system a name.", "#name-error")
    expect(page.locator("input[name=markets]").first).to_be_checked()
    if javascript:
        assert not axe(page)


# -- offline -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_a_form_that_cannot_be_sent_is_kept_and_may_be_sent_again(visit: Visit, axe: Axe, lang: str) -> None:
    page = visit(lang)
    begin(page, lang)
    was = page.url
    page.locator("form.answer-form .choices input").first.check()
    page.locator("details.other").first.evaluate("one => one.open = true")
    page.fill("#who", "Chen Yi")
    page.context.set_offline(True)
    page.locator("form:has(#who) button").click()
    notice = page.locator(".offline")
    expect(notice).to_be_focused()
    says(page, lang, "没有提交：无法连接本站", "Not sent: the site cannot be reached", ".offline")
    says(page, lang, "已保存的：您此前提交的全部内容", "Saved: everything you sent before", ".offline")
    says(page, lang, "没有保存的：您在本页填写的内容", "Not saved: what you entered on this page", ".offline")
    assert page.url == was
    assert page.input_value("#who") == "Chen Yi"
    assert not axe(page)
    notice.get_by_role("button").click()
    expect(page.locator(".offline")).to_be_visible()
    page.context.set_offline(False)
    page.once("dialog", Dialog.accept)  # the other form of the page is unsaved
    page.locator(".offline button").click()
    page.wait_for_url("**/aside*")
    says(page, lang, "Chen Yi", "Chen Yi")


@pytest.mark.parametrize("lang", LANGS)
def test_a_rule_that_cannot_be_opened_says_so_beside_it(visit: Visit, lang: str) -> None:
    page = visit(lang)
    hand_in(page, f"/{lang}/check/")
    duty = page.locator("ul.duties a").first
    page.context.set_offline(True)
    duty.click()
    says(page, lang, "无法连接本站", "the site cannot be reached", ".offline")
    page.context.set_offline(False)
    page.locator(".offline button").click()
    expect(page.locator("ul.duties .more details").first).to_be_visible()
    assert page.locator(".offline").count() == 0


# -- drafts ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_leaving_warns_and_the_draft_comes_back(visit: Visit, lang: str) -> None:
    page = visit(lang)
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.goto(f"/{lang}/check/")
    page.locator("input[name=name]").press_sequentially("Half typed")
    page.locator("input[name=markets]").nth(1).check()
    page.goto(f"/{lang}/rules/")
    assert asked == ["beforeunload"]
    other = "en" if lang == "zh" else "zh"
    page.goto(f"/{other}/check/")
    assert page.input_value("input[name=name]") == "Half typed"
    expect(page.locator("input[name=markets]").nth(1)).to_be_checked()
    says(page, other, "尚未保存到本站。", "It is not saved on the site yet.", ".restored")
    page.locator(".restored button").click()
    expect(page.locator(".restored")).to_have_count(0)
    assert page.input_value("input[name=name]") == ""
    begin(page, lang, "Taken")
    page.goto(f"/{lang}/check/")
    assert page.input_value("input[name=name]") == ""
    assert page.locator(".restored").count() == 0


# -- two people at once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "javascript"), [("zh", True), ("zh", False), ("en", True), ("en", False)])
def test_two_browsers_on_one_question(visit: Visit, axe: Axe, lang: str, javascript: bool) -> None:
    first = visit(lang)
    question = f"{begin(first, lang)}/ask/{MARKETS}"
    second = visit(lang, javascript=javascript)
    for page in (first, second):
        page.goto(question)
    choose(first, "KR")
    first.wait_for_url(lambda url: MARKETS not in url.split("?")[0])
    choose(second, "CN")
    expect(second.locator("#problems")).to_be_focused()
    says(second, lang, "没有内容被覆盖", "Nothing was overwritten")
    says(second, lang, "现在的内容", "Stands now", "main table")
    says(second, lang, "只有韩国", "only Korea", "main table")
    says(second, lang, "只有中国内地", "only mainland China", "main table")
    if javascript:
        assert not axe(second)
        second.locator("form.unsaved a").click()  # as it stands now, with what was typed brought back
        says(second, lang, "已恢复您先前在这里填写的内容", "What you had entered here was brought back", ".restored")
        expect(second.locator("input[value=CN]").first).to_be_checked()
        expect(second.locator("input[value=KR]").first).not_to_be_checked()
        second.locator("form.answer-form button").last.click()
    else:
        second.locator("form.unsaved button").click()
    second.wait_for_url(lambda url: MARKETS not in url.split("?")[0])
    first.goto(question)
    expect(first.locator("input[value=CN]").first).to_be_checked()
    expect(first.locator("input[value=KR]").first).not_to_be_checked()


def choose(page: Page, market: str) -> None:
    """Only this market, and that it is all."""
    page.locator(f"input[name=member][value={market}]").check()
    page.locator("input[name=whole][value=yes]").check()
    page.locator("form.answer-form button").last.click()


# -- loading -----------------------------------------------------------------------------------------------------------------


WATCH = """new MutationObserver(() => {
  const words = document.querySelector(".loading")?.textContent;
  if (words) sessionStorage.setItem("seen", words);
}).observe(document, { childList: true, subtree: true })"""


@pytest.mark.parametrize("lang", LANGS)
def test_what_takes_long_says_so(visit: Visit, lang: str) -> None:
    page = visit(lang)
    page.add_init_script(WATCH)
    page.goto(f"/{lang}/")
    page.locator(f"main a[href$='/{lang}/check/']").first.click()
    page.wait_for_url("**/check/")
    page.goto(f"/{lang}/")
    page.evaluate("sessionStorage.clear()")
    page.route("**/check/", slowly)
    page.locator(f"main a[href$='/{lang}/check/']").first.click()
    page.wait_for_url("**/check/")
    wanted = "正在处理您的请求。" if lang == "zh" else "We are working on your request."
    assert page.evaluate("sessionStorage.getItem('seen')") == wanted
    assert page.locator(".loading").count() == 0


def slowly(route: Route) -> None:
    time.sleep(0.8)
    route.continue_()


# -- the site ends, and comes back with other rules --------------------------------------------------------------------------


def test_a_site_that_ends_loses_nothing_and_comes_back_with_other_rules(visit: Visit, tmp_path: Path) -> None:
    home = tmp_path / "home"
    served = Served(home, "--port", PORT, GUIJU_EDITION=str(older_edition(tmp_path)))
    try:
        page, reader = visit("en"), visit("zh")
        own, shared = share(page, served.url)
        shared = shared.replace("/en/", "/zh/")
        reader.goto(shared)
        assert reader.locator(".stale").count() == 0
        answer = reader.locator(".answer-words").inner_text()
        page.goto(f"{own}/ask/system/cv-screening-eu/markets")
        page.locator("input[name=member][value=KR]").check()
        served.end()
        page.locator("form.answer-form button").last.click()
        says(page, "en", "", "Not sent: the site cannot be reached", ".offline")
        served = Served(home, "--port", PORT)
        page.locator(".offline button").click()
        page.wait_for_url(lambda url: "/markets" not in url.split("?")[0])
        reader.goto(shared)
        assert reader.locator(".answer-words").inner_text() == answer
        says(reader, "zh", "这份结果作出以后，规则有了变化", "", ".stale")
        says(reader, "zh", "第4条第1款", "", ".stale")
        assert reader.locator(f'.stale a[href="/zh/rules/{RULE}"]').count() == 1
        reader.locator(".stale a.button").click()
        says(reader, "zh", "这不是分享的那份结果", "")
        page.goto(f"{own}/links")
        page.locator(".link .stale a").click()
        says(page, "en", "", "Your answers, then and now")
        says(page, "en", "", "The rules have changed since this result was made")
    finally:
        served.end()


def share(page: Page, site: str) -> tuple[str, str]:
    """A check, and the link to its result."""
    own = hand_in(page, f"{site}/en/check/")
    page.locator('form[action$="/share"] button').click()
    page.wait_for_url("**/links*")
    says(page, "en", "", "Next: copy its address below and pass it on.", "#done")
    return own, page.locator('input.address[id^="share-"]').input_value()
