"""Letters of decision and the templates of a unit: what a letter says, who reads it, and what no template can do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.institutions.ethics import house as at
from tests.institutions.page_words import body, words_of
from tests.institutions.people import client_of

from guiju.calendars import words
from guiju.institutions.ethics.acting import do
from guiju.institutions.ethics.casework import Said, move
from guiju.institutions.ethics.conditions import read
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.letters import KINDS, Block, built_in, check, filled, names_for
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.papers import hand_in
from guiju.institutions.people.places import day_in
from guiju.wording import LANGUAGES

LETTER = {"number": "2027-001", "conditions": ["One.", "Two."], "reasons": "Because.", "objection": ""}


def letter_of(case: Case, lang: str = "en", side: str = "") -> str:
    return f"/{lang}/desk/ethics/meetings/letters/{side}{case.public_id}"


def texts(blocks: list[Block]) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in blocks]


# -- filling -----------------------------------------------------------------------------------------------------------------


def test_a_name_of_several_lines_gives_a_paragraph_each() -> None:
    text = "# Of {number}\nConditions: {conditions}\n{conditions}"
    assert texts(filled("letter", text, LETTER, "en")) == [
        ("heading", "Of 2027-001"),
        ("paragraph", "Conditions: One.; Two."),
        ("paragraph", "One."),
        ("paragraph", "Two."),
    ]


def test_what_stands_for_nothing_is_left_out_with_its_heading() -> None:
    text = "# Letter\n{number}\n# How to object\n{objection}\n\n# Reasons\n{reasons}"
    assert [one for one in texts(filled("letter", text, LETTER, "en")) if one[0] != "space"] == [
        ("heading", "Letter"),
        ("paragraph", "2027-001"),
        ("heading", "Reasons"),
        ("paragraph", "Because."),
    ]


def test_names_may_be_written_in_chinese() -> None:
    assert texts(filled("letter", "编号：{编号}", LETTER, "zh")) == [("paragraph", "编号：2027-001")]


def test_what_stands_for_a_name_is_not_read_again() -> None:
    blocks = filled("letter", "{reasons}", {"reasons": "{number} # {{ 7 * 7 }}"}, "en")
    assert texts(blocks) == [("paragraph", "{number} # {{ 7 * 7 }}")]


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_templates_use_only_names_that_there_are(kind: Any) -> None:
    for lang in LANGUAGES:
        assert check(kind, built_in(kind, lang), "x")
    assert len({one["zh"] for one in names_for(kind).values()}) == len(names_for(kind))


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("# A\n{nmber}", "ethics.template-name", 2),
        ("{{ 7 * 7 }}", "ethics.template-brace", 1),
        ("{{number}}", "ethics.template-brace", 1),
        ("ok\n\n{number", "ethics.template-brace", 3),
        ("number}", "ethics.template-brace", 1),
        ("{% for x in y %}", "ethics.template-brace", 1),
        ("{number.__class__}", "ethics.template-name", 1),
        ("{number!r}", "ethics.template-name", 1),
        ("x" * 2001, "ethics.template-line", 1),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    with pytest.raises(EthicsError) as refused:
        check("letter", text, "letter-en")
    assert refused.value.code == code
    assert str(line) in refused.value.message("en")
    assert refused.value.hint("zh")


# -- letters -----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_there_is_no_letter_before_a_decision() -> None:
    home = at.house()
    case = at.accepted(home)
    at.carried(home, case)
    assert client_of(home.people["ye"]).get(letter_of(case)).status_code == 404
    assert client_of(home.applicant.editor).get(letter_of(case, "en", "applications/")).status_code == 404


@pytest.mark.django_db
def test_a_letter_says_what_was_decided_on_what_why_and_how_to_object() -> None:
    home = at.house()
    case = at.accepted(home)
    at.carried(home, case)
    gives = {"outcome": "approve", "reasons_given": True, "field_expert_took_part": True, "departs": False}
    words = {"reasons": "The risks are met.\nNobody is harmed."}
    move(case, home.people["chair"], "decide", Said(gives, words, read("Publish the notice | 2027-01-31\nReport each year")))
    told = words_of(body(client_of(home.people["he"]), letter_of(case)))
    for part in (
        f"Number: {case.number}", "Applicant: Unico", f"Title: {case.title}", "Procedure: the general procedure, at a meeting",
        f"Digest of the papers: {at.stands(case).digest}", "Decision approved", "(1) Publish the notice (by 31 January 2027)",
        "(2) Report each year", "The risks are met. Nobody is harmed.", "Art. 16", "Art. 14", "object in writing", "Art. 18",
    ):  # fmt: skip
        assert part in told, part
    zh = words_of(body(client_of(home.applicant.editor), letter_of(case, "zh", "applications/")))
    for part in (
        "伦理委员会审查决定书",
        "决定 批准",
        "第十六条",
        "（1）Publish the notice（2027年1月31日以前）",
        "申请人可以书面申诉",
    ):
        assert part in zh, part
    assert "说明" not in zh


@pytest.mark.django_db
def test_a_letter_is_of_the_papers_that_were_decided_on() -> None:
    home = at.house()
    case = at.decided(home)
    decided_on = at.stands(case).digest
    at.written(case, "Another plan.")
    at.by_applicant(home, case, "report_change")
    assert at.stands(case).digest != decided_on
    told = words_of(body(client_of(home.people["he"]), letter_of(case)))
    assert decided_on in told
    assert "change reported" in told


@pytest.mark.django_db
def test_each_decision_keeps_its_letter_and_the_case_lists_them_with_their_days() -> None:
    home = at.house()
    case = at.decided(home, "refuse", reasons="The risks are not met.")
    at.by_applicant(home, case, "object", {"reasons_given": True}, {"reasons": "They are."})
    at.by(home, "chair", case, "uphold_objection", {"reasons_given": True}, {"reasons": "Look again."})
    at.decided(home, case=at_acceptance(home, case), reasons="Now they are.")
    day = words(day_in("Asia/Shanghai"), "en")
    for who, side in ((home.people["he"], ""), (home.applicant.editor, "applications/")):
        client = client_of(who)
        page = body(client, reverse("ethics-case" if not side else "application", args=("en", case.public_id)))
        links = re.findall(rf'<a href="({letter_of(case, "en", side)}\?act=\d+)">([^<]+)</a> <small>{day}</small>', page)
        assert [title for _, title in links] == ["Approved", "Not approved"]  # the last first
        last, first = (words_of(body(client, href)) for href, _ in links)
        assert "Decision not approved" in first
        assert "The risks are not met." in first
        assert f"A later decision was made on {day}" in first
        assert "Decision approved" in last
        assert "A later decision" not in last
        assert words_of(body(client, letter_of(case, "en", side))) == last
        assert client.get(letter_of(case, "en", side) + "?act=1").status_code == 404  # an act, and no decision


def at_acceptance(home: at.House, case: Case) -> Case:
    """A case that goes through acceptance again."""
    gives = {"items_missing": 0, "route": "general", "reasons_given": True, **at.APPLIES}
    at.by(home, "ye", case, "accept", gives, {"reasons": "Everything is there."})
    return case


@pytest.mark.django_db
def test_a_letter_tells_of_the_re_review_of_its_round_alone() -> None:
    home = at.house()
    case = at.accepted(home, listed=True)
    rereviewed(home, case, agreeing=3)
    refuse = {"outcome": "refuse", "reasons_given": True, "conditions_open": 0, "departs": False}
    at.by(home, "chair", case, "decide_rereviewed", refuse, {"reasons": "The experts do not agree."})
    told = words_of(body(client_of(home.people["he"]), letter_of(case)))
    day = words(day_in("Asia/Shanghai"), "en")
    for part in (
        f"Expert re-review Organised by Unibureau. The opinion was given on {day}.",
        "It does not agree with the initial opinion of the committee.", "Experts: 5; agreeing: 3; not agreeing: 2.",
    ):  # fmt: skip
        assert part in told, part
    zh = words_of(body(client_of(home.applicant.editor), letter_of(case, "zh", "applications/")))
    assert "专家复核 由" in zh
    assert "复核专家 5 人，同意 3 人，不同意 2 人。" in zh
    for name in ("Expert a", "Expert b"):
        assert name not in told  # who they were is between the authority and the committee

    at.by_applicant(home, case, "object", {"reasons_given": True}, {"reasons": "They are wrong."})
    at.by(home, "chair", case, "uphold_objection", {"reasons_given": True}, {"reasons": "Look again."})
    at.decided(home, case=at_acceptance(home, case))  # judged not to be listed this time
    assert "Organised by" not in words_of(body(client_of(home.people["he"]), letter_of(case)))


def rereviewed(home: at.House, case: Case, agreeing: int) -> None:
    """A listed case that passed the initial review and was re-reviewed by five experts."""
    at.carried(home, case)
    approve = {"outcome": "approve", "reasons_given": True, "departs": False, "field_expert_took_part": True}
    at.by(home, "chair", case, "pass_initially", approve, {"reasons": "The risks are met."})
    org = home.authority.organisation.org
    at.by_applicant(home, case, "ask_rereview", {"parties": {"authority": [org]}})
    experts = [f"Expert {one}" for one in "abcde"]
    agrees = 3 * agreeing >= 2 * len(experts)
    given = {"group": experts, "group_for": experts[:agreeing], "rereview_agrees": agrees, "centre_reviewed_it": False}
    move(case, home.authority.approver, "answer_rereview", Said(given), org)


@pytest.mark.django_db
def test_a_letter_is_read_by_the_committee_and_the_applicant_only() -> None:
    home = at.house()
    case = at.decided(home)
    other = at.house("other")
    for who in (home.applicant.editor, home.unit.admin, other.people["chair"], None):
        assert client_of(who).get(letter_of(case)).status_code in (302, 403)
    for who in (home.people["he"], other.applicant.editor, home.authority.editor):
        assert client_of(who).get(letter_of(case, "en", "applications/")).status_code in (302, 403)


# -- templates ---------------------------------------------------------------------------------------------------------------


def templates_of(home: at.House, lang: str = "en") -> str:
    return f"/{lang}/desk/ethics/meetings/of/{home.body.public_id}/templates"


def typed(**own: str) -> dict[str, str]:
    """What a form sends, with some of its fields written anew."""
    found = {f"{kind}-{lang}": built_in(kind, lang) for kind in KINDS for lang in LANGUAGES}
    return found | {name.replace("_", "-"): text for name, text in own.items()}


@pytest.mark.django_db
def test_a_units_own_template_makes_its_letters_and_minutes() -> None:
    home = at.house()
    case = at.decided(home)
    admin = client_of(home.unit.admin)
    own = typed(letter_en="# We, {committee}\nhave <b>decided</b>: {decision}.", minutes_en="# Protocol\n{motions}")
    assert admin.post(templates_of(home), {"do": "keep", **own}).status_code == 303
    page = body(client_of(home.people["he"]), letter_of(case))
    assert "<h1>We, Ethics Committee</h1>" in page
    assert "have &lt;b&gt;decided&lt;/b&gt;: approved." in page
    assert "审查决定书" in body(client_of(home.people["he"]), letter_of(case, "zh"))
    meeting = home.committee.meetings.get()
    minutes = f"/en/desk/ethics/meetings/{meeting.public_id}/minutes"
    assert "<h1>Protocol</h1>" in body(client_of(home.people["he"]), minutes)
    home.committee.refresh_from_db()
    assert set(home.committee.letter) == {"en"}
    assert admin.post(templates_of(home), {"do": "keep", **typed(letter_en="", minutes_en="")}).status_code == 303
    home.committee.refresh_from_db()
    assert home.committee.letter == {}


@pytest.mark.django_db
def test_a_template_is_tried_before_it_is_kept() -> None:
    home = at.house()
    admin = client_of(home.unit.admin)
    own = typed(letter_zh="# 决定\n编号 {编号}，申请人 {申请人}")
    tried = admin.post(templates_of(home, "zh"), {"do": "preview", **own})
    assert tried.status_code == 200
    assert "编号 2027-001，申请人 （例：申请人）" in words_of(tried.content.decode())
    case = at.decided(home)
    tried = admin.post(templates_of(home, "zh"), {"do": "preview", **own})
    assert "编号 2027-001，申请人 （例：申请人）" in words_of(tried.content.decode())  # no seat: an example, whatever was decided
    assert case.number not in words_of(tried.content.decode())
    home.committee.refresh_from_db()
    assert home.committee.letter == {}


@pytest.mark.django_db
def test_a_wrong_template_is_told_beside_its_field_and_what_was_typed_stays() -> None:
    home = at.house()
    admin = client_of(home.unit.admin)
    for button in ("keep", "preview"):
        answer = admin.post(templates_of(home), {"do": button, **typed(letter_en="Dear {friend}\n")})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert 'id="letter-en-error">Line 1: there is no name “friend”.' in page
        assert "Dear {friend}" in page
    assert admin.post(templates_of(home), {"do": "keep", **typed()}).status_code == 409
    assert admin.post(templates_of(home), {"do": "keep"}).status_code == 409
    assert client_of(home.people["chair"]).get(templates_of(home)).status_code == 403


@pytest.mark.django_db
def test_a_letter_says_that_the_case_was_taken_over_from_earlier_records() -> None:
    home = at.house()
    case = at.drafted(home)
    digest = hand_in(case, home.applicant.editor).document_id
    earlier = str(day_in("shanghai") - timedelta(days=3))
    gives = {
        "outcome": "accepted", "parties": {"applicant": [home.applicant.organisation.org]}, "digest": digest, "route": "general",
        "listed": False, "conditions_open": 0, "accepted_before_on": earlier,
    }  # fmt: skip
    do(home.committee, home.people["ye"], "take_over", case.public_id, gives)
    assert client_of(home.people["he"]).get(letter_of(case)).status_code == 404
    at.decided(home, case=case)
    told = words_of(body(client_of(home.people["he"]), letter_of(case)))
    assert "taken over from earlier records" in told
    assert "承接" not in told
