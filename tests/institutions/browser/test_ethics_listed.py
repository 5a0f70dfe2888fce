"""A listed activity from its application to the follow-up, with everything going wrong on the way: in Chinese, in a browser.

The people of the example city play it, each in a browser of their own, by the pages' own forms: applicant and members on
phones, secretary, chair and authority at desks. Every refusal is asserted by what the page says: what is missing, the clause that
asks for it, and who can supply it. At the end somebody who knows nothing of the code reads the record. What is seen is kept as
pictures where the environment variable GUIJU_SHOTS names a folder.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from tests.institutions.browser.hands import go, status_of
from tests.institutions.conftest import Served
from tests.procedure import checker

from guiju.calendars import today

Visit = Callable[..., Page]
Axe = Callable[[Page], list[str]]
Look = Callable[[Page, str], None]

pytestmark = pytest.mark.slow

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
RECEIPT = re.compile(r"GJ(-[0-9A-Z]{4}){4}-[0-9A-Z*~$=]")
ETHICS = "/zh/desk/ethics/"
AT_A_DESK = ("ye-qing", "gu-huaijin", "shao-ning")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}

APPLICANT, SECRETARY, CHAIR, DEPUTY, OFFICIAL = "lu-wen", "ye-qing", "gu-huaijin", "lin-mi", "shao-ning"
NAMES = {
    "gu-huaijin": "顾怀瑾", "lin-mi": "林觅", "zheng-siyuan": "郑思源", "he-luojia": "何洛嘉", "he-yizhou": "贺一舟",
    "su-wenqu": "苏问蕖", "tang-yichen": "唐亦辰",
}  # fmt: skip
MEMBERS = tuple(NAMES)
FOUR = ("gu-huaijin", "lin-mi", "he-luojia", "su-wenqu")
"""Of every kind that must be there, and one too few."""
SIX = tuple(one for one in MEMBERS if one != CHAIR)
FOR, AGAINST, ABSTAINS = "for", "against", "abstain"
CARRY = dict(zip(SIX, (FOR, FOR, FOR, FOR, AGAINST, ABSTAINS), strict=True))
"""Two thirds of six, and no vote more."""

TITLE = "情感陪伴聊天服务的自动安慰功能"
MATTERS = ["emotion", "privacy"]
PAPERS = {
    "overview": "聊天服务发现用户情绪低落时，自动说安慰的话。",
    "plan": "先在一千名成年用户中试用。主要风险是情感依赖；连续使用一小时提醒休息。",
    "people": "由内容安全部负责，经费自筹，没有利益冲突。",
    "consent": "首次使用时单独告知并征得同意，随时可以关闭。",
    "ai-plan": "从对话判断情绪，不保存判断结果；用自愿用户的对话测试。",
    "ai-risk": "每周抽查一百段对话，出现自伤倾向立即转人工。",
}
PLEDGE = {"pledge": "承诺遵守科技伦理和科研诚信要求。承诺人：陆闻。"}
OURS = {"own_unit": "no", "entrusted": "yes"}
"""Of another unit, which entrusted the committee in writing."""
CHANGED = {"plan": "先在二百名成年用户中试用。连续使用半小时提醒休息，深夜不自动安慰。"}
REPORTED = {"people": "由内容安全部负责，负责人换为韩序。经费自筹，没有利益冲突。"}
INTEREST = "我指导的学生在申请人处实习。"
EXPERTS = ("陈一", "周二", "吴三", "郑四", "王五")
CONDITIONS = ("公布怎样关闭自动安慰的说明", "深夜不自动安慰的效果交一份报告")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("listed")


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[str]:
    """The demonstration, in the place of the site that the other files share."""
    served = Served(home, "--port", "18517", "--demo")
    yield served.url
    assert served.end() == 0


@pytest.fixture
def look(axe: Axe) -> Iterator[Look]:
    """Once at each page in each state (``page:state``); axe, which takes longest, once at each page. None scrolls sideways."""
    findings: list[str] = []
    seen: set[str] = set()
    asked: set[str] = set()
    shots = os.environ.get("GUIJU_SHOTS")

    def one(page: Page, name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        assert page.locator("h1").count() == 1, page.url
        if shots:
            page.screenshot(path=Path(shots) / f"{len(seen):02}-{name.replace(':', '-')}.png", full_page=True)
        assert page.evaluate(FITS), f"{name} scrolls sideways"
        kind = name.partition(":")[0]
        if kind in asked:
            return
        asked.add(kind)
        findings.extend(f"{name}: {one}" for one in axe(page))
        if page.viewport_size == DESK:  # the pages of a desk fit on a phone too
            page.set_viewport_size(PHONE)
            assert page.evaluate(FITS), f"{name} scrolls sideways on a phone"
            page.set_viewport_size(DESK)

    yield one
    assert not findings, "\n".join(findings)


class Hands:
    """Who is in the play: each has a browser of their own, signed in when first needed, and fills in what a page asks."""

    def __init__(self, visit: Visit, look: Look) -> None:
        self.visit, self.look = visit, look
        self.pages: dict[str, Page] = {}

    def of(self, who: str) -> Page:
        """Somebody's browser."""
        if who not in self.pages:
            page = self.visit("zh", "desktop" if who in AT_A_DESK else "phone")
            page.on("dialog", lambda one: one.accept())  # what was typed and not taken may be left
            page.goto("/zh/example/")
            self.send(page, f'main button[name=person][value="{who}"]')
            assert urlsplit(page.url).path == "/zh/desk/"
            self.pages[who] = page
        return self.pages[who]

    def open(self, who: str, path: str) -> Page:
        """A page, as somebody sees it."""
        page = self.of(who)
        go(page, path)
        assert status_of(page) == 200, page.url
        return page

    def send(self, page: Page, selector: str) -> None:
        """Press it; it leads to another page, or to this one again."""
        with page.expect_navigation(wait_until="domcontentloaded"):
            page.locator(selector).first.click()

    def fill(self, page: Page, typed: dict[str, Any]) -> None:
        """Fill in a form: text, a day, one of several, or several of them."""
        for name, value in typed.items():
            if isinstance(value, (list, tuple)):
                for one in value:
                    page.locator(f'input[name="{name}"][value="{one}"]').check()
            elif page.locator(f'input[type=radio][name="{name}"]').count():
                page.locator(f'input[name="{name}"][value="{value}"]').check()
            else:
                page.locator(f'main [id="{name}"]').fill(value)


def said(page: Page) -> str:
    """What a page says."""
    return page.locator("main").inner_text()


def says(page: Page, *words: str) -> None:
    """Whether it says all of this."""
    told = said(page)
    lacking = [one for one in words if one not in told]
    assert not lacking, f"{page.url} does not say {lacking}:\n{told}"


def done(page: Page, *words: str) -> str:
    """What was sent was taken: the number of its receipt, of which the page says all of this too."""
    says(page, *words)
    found = RECEIPT.search(page.locator("main section.receipt").first.inner_text())
    assert found is not None, page.url
    return found[0]


def refused(page: Page, *words: str) -> None:
    """What was sent was not taken, and the page says why."""
    assert not page.locator("main section.receipt").count(), said(page)
    assert page.locator("main [role=alert]").count(), said(page)
    says(page, *words)


class Review:
    """The case on its way; the steps of its three sides, and its meetings."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.look = hands, hands.look
        self.case = self.committee = self.meeting = ""

    # -- a case from its three sides -------------------------------------------------------------------------------------------

    def side(self, who: str) -> str:
        """The address of the case from somebody's side."""
        return f"{ETHICS}{ {APPLICANT: 'applications', OFFICIAL: 're-reviews'}.get(who, 'cases') }/{self.case}/"

    def see(self, who: str, name: str, *words: str) -> Page:
        """The page of the case, as somebody sees it."""
        page = self.hands.open(who, self.side(who))
        says(page, *words)
        self.look(page, name)
        return page

    def step(self, who: str, step: str, **typed: Any) -> Page:
        """Open the form of a step from the page of the case, fill it in, send it."""
        page = self.hands.open(who, self.side(who))
        self.hands.send(page, f'main a[href$="?step={step}"]')
        return self.again(page, **typed)

    def again(self, page: Page, **typed: Any) -> Page:
        """Fill in the form that is there, and send it: also once more, after it was refused."""
        self.hands.fill(page, typed)
        self.hands.send(page, "main form button.main")
        return page

    def leave(self, page: Page) -> None:
        """Leave a form without sending it."""
        self.hands.send(page, "main form p.actions a.button")
        assert urlsplit(page.url).path.endswith(f"/{self.case}/")

    def kept(self, who: str, step: str, title: str, *words: str) -> None:
        """A step that cannot be taken whatever is typed: it stands on the page with what is missing, and at its own address."""
        page = self.hands.open(who, self.side(who))
        offer = page.locator("section[aria-labelledby=can] > ul > li", has_text=title)
        assert "还不能办理" in offer.inner_text()
        assert all(one in offer.inner_text() for one in words), offer.inner_text()
        go(page, f"{self.side(who)}step?step={step}")
        assert status_of(page) == 409
        refused(page, *words)
        self.look(page, "kept")

    # -- 1: an application -----------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Draft an application from the desk on."""
        page = self.hands.of(APPLICANT)
        self.hands.send(page, 'main a[href="/zh/desk/ethics/"]')
        self.look(page, "cases-of-ours")
        self.hands.send(page, 'main a.button[href$="/apply"]')
        self.look(page, "begin")
        self.again(page, title=TITLE, kind="system")
        self.case = page.url.split("/")[-2]

    def apply(self) -> str:
        """A paper is forgotten, nothing is said of State secrets, and then it is handed in; the number of the receipt."""
        page = self.hands.of(APPLICANT)
        self.hands.fill(page, {**PAPERS, "matters": MATTERS})
        self.look(page, "papers")
        self.hands.send(page, "main button[value=apply]")
        self.look(page, "apply")
        facts = {"risk_assessed": "yes", **OURS}
        self.again(page, **facts, state_secret="no")
        refused(page, "还缺：承诺。")
        self.look(page, "apply:paper-missing")
        self.leave(page)
        self.hands.send(page, 'main a.button[href$="/papers"]')
        says(page, "还缺：", "承诺")
        self.hands.fill(page, PLEDGE)
        self.hands.send(page, "main button[value=apply]")
        page.locator(".restored button").click()  # what was refused was brought back, "no" to State secrets with it
        expect(page.locator(".restored")).to_have_count(0)
        self.again(page, **facts)
        refused(page, "涉及国家秘密的活动不能在这里申请", "可以由申请人办理")
        self.look(page, "apply:state-secret")
        self.again(page, state_secret="no")
        number = done(page, "申请已提交", "已申请")
        self.look(page, "application")
        return number

    def edit(self, changed: dict[str, str]) -> None:
        """Change the draft of the papers."""
        page = self.hands.open(APPLICANT, f"{self.side(APPLICANT)}papers")
        self.hands.fill(page, changed)
        self.hands.send(page, "main button[value=save]")

    # -- 2: accepted -----------------------------------------------------------------------------------------------------------

    def find(self) -> None:
        """The secretary finds the case from the desk on."""
        page = self.hands.of(SECRETARY)
        self.hands.send(page, 'main a[href="/zh/desk/ethics/"]')
        self.hands.send(page, 'main a[href*="/ethics/committees/"]')
        self.committee = urlsplit(page.url).path
        self.look(page, "board")
        page.locator("main ul.cases a", has_text=TITLE).click()
        page.wait_for_url(f"**{self.side(SECRETARY)}")
        self.look(page, "case")

    def accept(self, **typed: Any) -> Page:
        """Accepted by the secretary; as listed, by the general procedure, where nothing else is said."""
        given = {"route": "general", "reasons": "材料齐全，属于清单内的活动。", "listed": "yes", "not_above_minimal_risk": "no"}
        return self.step(SECRETARY, "accept", **(given | OURS | typed))

    def accept_wrongly_first(self) -> None:
        """What the applicant said is not judged; nothing said of the list; the simplified procedure for a listed activity."""
        page = self.step(SECRETARY, "accept", route="simplified", reasons="材料齐全。", not_above_minimal_risk="yes")
        refused(page, "这一项由委员会自己判断，还没有填写")
        self.again(page, **OURS)
        refused(page, "没有写明是否属于清单内的活动", "第五条", "可以由秘书和主任委员办理")
        self.look(page, "accept:refused")
        self.again(page, listed="yes")
        refused(page, "清单内的活动不适用简易程序")
        self.again(page, route="general", not_above_minimal_risk="no")
        done(page, "已受理，待审查")

    def extend(self) -> None:
        """Without a stated limit; with one no later than the limit as it stands; with a day."""
        day = today("Asia/Shanghai")
        reasons = "等候申请人补充测试结果。"
        page = self.step(SECRETARY, "extend", reasons=reasons)
        refused(page, "没有写明延长到哪一天", "第十七条", "可以由主任委员和秘书办理")
        self.look(page, "extend:no-limit")
        self.again(page, until=str(day + timedelta(days=9)))
        refused(page, "不晚于现有期限")
        self.again(page, until=str(day + timedelta(days=60)))
        done(page, "已延长")
        self.look(page, "case:extended")

    # -- meetings --------------------------------------------------------------------------------------------------------------

    def call(self) -> None:
        """The secretary calls a meeting on the case."""
        page = self.hands.open(SECRETARY, self.committee)
        self.hands.send(page, 'main a[href$="/new"]')
        self.look(page, "call")
        for one in page.locator("input[name=agenda]").all():
            one.set_checked(one.get_attribute("value") == self.case)
        self.again(page, day=str(today("Asia/Shanghai") + timedelta(days=1)), time="14:00", where="行政楼 305")
        done(page, "会议已召集")
        self.meeting = urlsplit(page.url).path
        self.look(page, "meeting")

    def meet(self, present: tuple[str, ...], chair: str) -> Page:
        """A meeting is called and opened."""
        self.call()
        page = self.hands.of(SECRETARY)
        for one in present:
            page.locator("label.choice:has(input[name=present])", has_text=NAMES[one]).locator("input").check()
        page.locator("label.choice:has(input[name=chair])", has_text=NAMES[chair]).locator("input").check()
        self.hands.send(page, "button[value=open]")
        done(page, "正在开会")
        return page

    def put(self, who: str, motion: str = "approve") -> Page:
        """Put a motion."""
        page = self.hands.open(who, self.meeting)
        page.locator(f"#motion-{self.case}").select_option(motion)
        self.hands.send(page, "button[value=put]")
        done(page)
        self.look(page, "meeting:put")
        return page

    def vote(self, votes: dict[str, str]) -> None:
        """Each votes, on their own page."""
        for who, vote in votes.items():
            page = self.hands.open(who, self.meeting)
            self.look(page, "meeting:vote")
            self.hands.send(page, f"#vote-{vote}")
            done(page, "您的票已经记录")
        self.look(page, "meeting:voted")

    def count(self, *words: str) -> Page:
        """The secretary counts."""
        page = self.hands.open(SECRETARY, self.meeting)
        self.look(page, "meeting:count")
        self.hands.send(page, "#count")
        done(page, *words)
        return page

    def close(self) -> None:
        """The secretary closes the meeting."""
        page = self.hands.open(SECRETARY, self.meeting)
        page.locator("summary", has_text="散会").click()
        self.hands.send(page, "button[value=close]")
        done(page, "已散会")
        self.look(page, "meeting:closed")

    def carried(self, votes: dict[str, str]) -> None:
        """A meeting as it should be: six without an interest, the deputy in the chair, two thirds for it."""
        page = self.meet(SIX, DEPUTY)
        says(page, "计入到会 6 人", "现在可以形成决定", "同意 4 票以上，动议通过；基数是 6 人")
        self.put(DEPUTY)
        self.vote(votes)
        cast = [list(votes.values()).count(one) for one in (FOR, AGAINST, ABSTAINS)]
        page = self.count("动议通过", "同意 {} 票，反对 {} 票，弃权 {} 票；计入到会 6 人，基数 6 人".format(*cast))
        self.look(page, "meeting:carried")
        self.close()

    # -- 3 to 5: meetings that fail, and the cure ------------------------------------------------------------------------------

    def meet_too_few(self) -> None:
        page = self.meet(FOUR, CHAIR)
        page = self.hands.of("su-wenqu")
        self.look(page, "desk")
        self.hands.send(page, f'main a[href="{self.meeting}"]')
        says(page, "计入到会 4 人，需要 5 人", "现在不能形成决定")
        self.look(page, "meeting:too-few")
        self.put(CHAIR)
        self.vote(dict.fromkeys(FOUR, FOR))
        page = self.count("表决无效", "计入到会的委员 4 人，至少要 5 人", "第十四条", "人数足够时重新表决，或者另行开会")
        self.look(page, "meeting:void")
        self.close()
        self.kept(CHAIR, "decide", "作出审查决定", "没有一项有效表决通过", "第十六条", "可以由委员办理")

    def meet_without_ethics(self) -> None:
        """The chair withdraws: the one expert of ethics, and whoever presides."""
        self.meet(MEMBERS, CHAIR)
        page = self.hands.open(CHAIR, self.meeting)
        page.locator("summary", has_text="声明利益关系").click()
        page.fill("#interest", INTEREST)
        page.locator("input[name=withdraws][value=yes]").check()
        self.look(page, "meeting:declare")
        self.hands.send(page, "button[value=declare]")
        done(page, "缺少的类别：伦理学专家", "没有可以主持这个案件的人", f"回避：{self.number(page)}")
        self.look(page, "meeting:withdrawn")
        page = self.hands.open(SECRETARY, self.meeting)
        lacks = "由主任委员或者其指定的副主任委员主持"
        says(page, "回避 1 人", "现在不能形成决定", "参加表决的委员缺少应当有的类别", lacks)
        self.hands.send(page, 'button[id^="chair-"]')
        done(page, f"由{NAMES[DEPUTY]}", "缺少的类别：伦理学专家")
        assert lacks not in said(page)
        self.look(page, "meeting:deputy")
        self.put(DEPUTY)
        self.vote(dict.fromkeys(SIX[:5], FOR))
        page = self.count("表决无效", "参加表决的委员缺少应当有的类别", "第十四条", "该类委员到会并且不回避时重新表决")
        self.look(page, "meeting:void-category")
        page = self.hands.open(CHAIR, self.meeting)
        assert not page.locator("#shown-restored").count(), "what was declared is no draft any more"
        self.close()

    def number(self, page: Page) -> str:
        """The number of the case, as the pages name it."""
        found = re.search(rf"\d{{4}}-\d{{3}}(?= {TITLE})", said(page))
        assert found is not None, page.url
        return found[0]

    def describe(self) -> None:
        """Another member is an expert of ethics too, and the secretary says so."""
        page = self.hands.open(SECRETARY, self.committee)
        self.hands.send(page, 'main a[href$="/members"]')
        self.look(page, "members")
        page.locator("tr", has_text=NAMES["tang-yichen"]).locator("a").click()
        page.wait_for_url("**/members/*")
        self.look(page, "describe")
        self.again(page, categories=["ethics"])
        done(page, "委员的类别已记录")

    # -- deciding --------------------------------------------------------------------------------------------------------------

    def pass_initially(self) -> None:
        page = self.step(DEPUTY, "pass_initially", outcome="approve", reasons="风险可控，同意报请专家复核。")
        done(page, "初步审查通过，待专家复核")
        self.look(page, "case:initially-passed")

    def ask_rereview(self) -> None:
        page = self.step(APPLICANT, "ask_rereview", authority="chengzhou-cyberspace-office")
        done(page, "专家复核中")

    def answer(self, agreeing: int, agrees: str) -> Page:
        """The authority answers with five experts."""
        group = {"group": "\n".join(EXPERTS), "group_for": "\n".join(EXPERTS[:agreeing])}
        return self.step(OFFICIAL, "answer_rereview", **group, rereview_agrees=agrees, centre_reviewed_it="no")

    # -- 6: the re-review disagrees --------------------------------------------------------------------------------------------

    def answer_wrongly_first(self) -> None:
        """With a member of the committee among the experts; against the votes; then as it should be."""
        page = self.hands.of(OFFICIAL)
        self.hands.send(page, f'main a[href="{self.side(OFFICIAL)}"]')
        self.look(page, "re-review")
        ours = "\n".join(("tang-yichen@chengzhou.example", *EXPERTS[1:]))
        agreed = "\n".join(EXPERTS[1:4])
        page = self.step(OFFICIAL, "answer_rereview", group=ours, group_for=agreed, rereview_agrees="no", centre_reviewed_it="no")
        refused(page, "有 1 名专家是原委员会的委员", "第二十八条", "可以由组织复核的主管部门办理")
        self.look(page, "answer:refused")
        self.again(page, group="\n".join(EXPERTS), rereview_agrees="yes")
        refused(page, "复核意见和票数不一致：全体复核专家 5 人，同意的 3 人", "第三十条")
        self.again(page, rereview_agrees="no")
        done(page, "专家复核已答复，待决定", "专家组是否同意初步审查意见？ 否")

    def refuse(self) -> None:
        """Approval cannot be chosen, and is not taken past the form either; refused with reasons, also for the departure."""
        page = self.hands.open(DEPUTY, self.side(DEPUTY))
        self.hands.send(page, 'main a[href$="?step=decide_rereviewed"]')
        assert [one.get_attribute("value") for one in page.locator("input[name=outcome]").all()] == ["refuse"]
        says(page, "现在不能选“批准”", "决定和专家复核意见不一致")
        reasons = "专家组认为情感依赖的风险没有办法控制。"
        page.evaluate("document.querySelector('input[name=outcome]').value = 'approve'")
        self.again(page, outcome="approve", reasons=reasons)
        refused(page, "决定和专家复核意见不一致", "第三十二条", "可以由主任委员办理")
        self.look(page, "decide:as-re-reviewed")
        self.again(page, outcome="refuse")
        refused(page, "没有写明是否不同于以往相近的决定，或者不同而没有说明", "写明为什么不同")
        self.look(page, "decide:departure")
        self.again(page, departure="以往的案件由用户自己确认，这一次由程序自动安慰。")
        done(page, "不予批准")
        self.letter(DEPUTY, "不予批准", reasons, "第三十二条", "第十八条")

    def letter(self, who: str, *words: str) -> None:
        """The letter of the decision, from the page of the case on."""
        page = self.hands.open(who, self.side(who))
        self.hands.send(page, 'main a[href*="/letters/"]')
        says(page, "审查决定书", *words)
        self.look(page, f"letter:{words[0]}")

    # -- 7: objection, anew, approved on conditions ----------------------------------------------------------------------------

    def object(self) -> None:
        page = self.step(APPLICANT, "object", reasons="已经缩小试用范围，深夜不再自动安慰，请重新审查。")
        done(page, "已申诉，待答复")
        self.look(page, "application:objected")
        page = self.step(DEPUTY, "uphold_objection", reasons="方案有重大修改，重新审查。")
        done(page, "已申请")

    def replace(self) -> None:
        """The same papers are none that are new; then changed ones."""
        page = self.step(APPLICANT, "replace_papers")
        refused(page, "没有提交新的材料", "可以由申请人办理")
        self.edit(CHANGED)
        done(self.step(APPLICANT, "replace_papers"), "更换材料")

    def approve(self) -> None:
        """On two conditions, one of them with a day."""
        day = today("Asia/Shanghai") + timedelta(days=40)
        page = self.step(
            DEPUTY,
            "decide_rereviewed",
            outcome="approve",
            reasons="专家组同意，风险可控。",
            conditions=f"{CONDITIONS[0]}\n{CONDITIONS[1]} | 下个月",
        )
        refused(page, "下个月 不是有效日期")
        self.again(page, conditions=f"{CONDITIONS[0]}\n{CONDITIONS[1]} | {day}")
        done(page, "已批准", *CONDITIONS)
        self.look(page, "case:approved")
        self.letter(APPLICANT, "批准", *CONDITIONS, f"{day.month}月{day.day}日以前")

    # -- 8: a change, reopened, followed up ------------------------------------------------------------------------------------

    def change(self) -> None:
        """Other papers are reported: it cannot just go on, it is reviewed anew."""
        done(self.step(APPLICANT, "register_listed"), "登记清单内活动")
        self.edit(REPORTED)
        done(self.step(APPLICANT, "report_change"), "已报告变化，待重新评估")
        page = self.hands.open(DEPUTY, self.side(DEPUTY))
        self.hands.send(page, 'main a[href$="?step=reassess"]')
        assert not page.locator("input[name=outcome][value=continue]").count()
        self.look(page, "reassess")
        self.again(page, outcome="review_anew", reasons="换了负责人，按较小修改重新审查。")
        done(page, "已申请")

    def approve_by_two(self) -> None:
        """A minor change of what was decided before goes the short way, listed or not: two reviewers, and the deputy decides."""
        page = self.accept(route="simplified", minor_change="yes", reasons="只换负责人，方案和风险不变。")
        done(page, "已受理，待审查")
        page = self.hands.open(DEPUTY, self.side(DEPUTY))
        self.hands.send(page, 'main a[href$="?step=name_panel"]')
        self.look(page, "name-panel")
        for one in (CHAIR, "he-luojia"):
            page.locator("label.choice", has_text=NAMES[one]).locator("input").check()
        self.again(page)
        refused(page, "有 1 名审查委员没有席位或者有利益关系", "可以由主任委员办理")
        page.locator("label.choice", has_text=NAMES[CHAIR]).locator("input").uncheck()
        page.locator("label.choice", has_text=NAMES["zheng-siyuan"]).locator("input").check()
        self.again(page)
        done(page, "还没有提出意见")
        for one in ("he-luojia", "zheng-siyuan"):
            done(self.step(one, "opine", opinion="agree", comment="只换负责人，同意。"))
        done(self.step(DEPUTY, "decide_simplified", outcome="approve", reasons="两名委员都同意。"), "已批准")

    def follow_up(self) -> None:
        """Suspended; not resumed before the conditions are met, one by one."""
        page = self.step(SECRETARY, "meet_condition", met=["1"], evidence="说明已经在应用内公布。")
        done(page, "已落实", "未落实")
        self.look(page, "case:condition-met")
        done(self.step(DEPUTY, "follow_up", outcome="suspend", reasons="抽查发现深夜仍有自动安慰。"), "已暂停")
        page = self.step(DEPUTY, "resume", reasons="已经改正。")
        refused(page, "还有 1 项条件没有落实", "可以由申请人办理")
        self.look(page, "resume:refused")
        self.leave(page)
        done(self.step(SECRETARY, "meet_condition", met=["2"], evidence="收到效果报告。"), "已落实")
        done(self.step(DEPUTY, "resume", reasons="已经改正，条件都已落实。"), "已批准")

    # -- 9: a number, and nothing else -----------------------------------------------------------------------------------------

    def where_is_my_case(self, stranger: Page, number: str, state: str) -> None:
        stranger.goto("/zh/receipt/")
        stranger.fill("#number", number)
        stranger.locator("main button.main").click()
        stranger.locator("main ol.steps").wait_for()
        says(stranger, "澄州大学科技伦理委员会的案件", state, "申诉成立，重新审查", "恢复")
        told = said(stranger)
        assert not any(one in told for one in (TITLE, "陆闻", "言伴", *NAMES.values(), INTEREST)), told
        assert "声明利益关系并回避" not in told
        self.look(stranger, "receipt")


def record(home: Path) -> list[dict[str, Any]]:
    """Every act of the committee, as the database has it."""
    with closing(sqlite3.connect(f"file:{home / 'guiju.sqlite3'}?mode=ro", uri=True)) as there:
        rows = there.execute("select step, at, by, behalf, about, gives from ethics_done order by number").fetchall()
    names = ("step", "at", "by", "behalf", "about", "gives")
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [one | {"at": f"{one['at']}+00:00", "gives": json.loads(one["gives"])} for one in found]


def test_a_listed_activity_to_its_follow_up(visit: Visit, look: Look, home: Path) -> None:
    hands = Hands(visit, look)
    review = Review(hands)
    review.begin()
    number = review.apply()
    review.find()
    review.accept_wrongly_first()
    review.extend()
    review.meet_too_few()
    review.meet_without_ethics()
    review.describe()
    review.carried(CARRY)
    review.kept(DEPUTY, "decide", "作出审查决定", "初步审查通过后要先经专家复核", "第二十六条", "可以由主任委员办理")
    review.pass_initially()
    review.ask_rereview()
    review.answer_wrongly_first()
    review.refuse()
    review.object()
    review.replace()
    done(review.accept(), "已受理，待审查")
    review.carried(dict.fromkeys(SIX[:4], FOR))
    review.pass_initially()
    review.ask_rereview()
    done(review.answer(4, "yes"), "专家复核已答复，待决定")
    review.approve()
    review.change()
    review.approve_by_two()
    review.follow_up()
    review.where_is_my_case(visit("zh", "phone"), number, "已批准")
    acts = record(home)
    assert not [(step, wrong) for step, wrong in checker.faults(acts) if wrong]
    assert checker.approvals(acts)[review.case] == "decided"
