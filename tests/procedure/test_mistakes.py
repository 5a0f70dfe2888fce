"""Careless and hostile acts, charters and rule files: each is refused by a word that says what to do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.procedure.committee import APPLICANT, MEMBERS, Play, rules

from guiju.norms import builtin
from guiju.procedure import Act, ProcedureError, StepRefusedError, begin, builtin_rules, day_of, read_rules, rules_named, take
from guiju.wording import GuijuError

CN = Path(__file__).parents[2] / "src/guiju/procedure/data/cn-ethics.yaml"


def refused(code: str, do: Callable[..., object], *given: Any, **more: Any) -> GuijuError:
    with pytest.raises(GuijuError) as told:
        do(*given, **more)
    assert told.value.code == code
    assert all(told.value.message(lang) and told.value.hint(lang) for lang in ("zh", "en"))
    return told.value


# -- charters --------------------------------------------------------------------------------------------------------------------

CHARTERS: dict[str, tuple[dict[str, Any], str]] = {
    "quorum-of-four": ({"quorum": 4}, "procedure.parameter-low"),
    "six-members": ({"members_least": 6}, "procedure.parameter-low"),
    "words-for-a-number": ({"quorum": "five"}, "procedure.parameter-kind"),
    "yes-for-a-number": ({"quorum": True}, "procedure.parameter-kind"),
    "no-such-reading": ({"quorum_categories": "some"}, "procedure.parameter-kind"),
    "misspelt": ({"qourum": 5}, "procedure.unknown-parameter"),
}


@pytest.mark.parametrize("mistake", CHARTERS)
def test_a_charter_that_cannot_be_is_refused(mistake: str) -> None:
    charter, code = CHARTERS[mistake]
    refused(code, begin, rules(), charter)


def test_a_charter_may_ask_for_more_than_the_law() -> None:
    play = Play(rules(), {"quorum": 6})
    play.accepted()
    meeting = play.met(["gu", "lin", "he", "su", "tang"])
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(["gu", "lin", "he", "su", "tang"], "for"))
    assert play.counted(meeting) == ["quorate"]


# -- acts ------------------------------------------------------------------------------------------------------------------------


def test_acts_that_do_not_follow_are_refused() -> None:
    play = Play(rules())
    refused("procedure.no-case", play.do, "accept", "ye", items_missing=0)
    refused("procedure.unknown-step", play.do, "approve", "gu")
    play.applied()
    refused("procedure.out-of-turn", play.do, "decide", "gu", outcome="approve", reasons_given=True)
    refused("procedure.out-of-turn", play.do, "apply", APPLICANT, digest="x", risk_assessed=True)
    refused("procedure.not-yours", play.do, "accept", "he", items_missing=0)
    refused("procedure.not-yours", play.do, "complete", "he", digest="x") if play.case.state == "incomplete" else None
    refused("procedure.not-asked-for", play.do, "accept", "ye", items_missing=0, risk_assessed=True)
    refused("procedure.no-meeting", play.do, "open", "ye", "m9", present=[], chair="gu")
    refused("procedure.seat-twice", play.seat, "gu")
    refused("procedure.no-seat", play.do, "seat-ended", "unit", "nobody", on="2026-09-01")
    refused("procedure.no-seat", play.do, "seat-described", "unit", "nobody", categories=["law"])
    refused("procedure.value-missing", play.do, "seat-described", "unit", "gu")
    refused("procedure.parameter-low", play.do, "charter", "unit", "body", quorum=4)
    refused("procedure.unknown-parameter", play.do, "charter", "unit", "body", qourum=5)
    refused("procedure.no-act", take, play.rules, play.standing, Act("accept", play.at, "ye", "case", {}, 7))  # type: ignore[arg-type]
    naive = Act("accept", datetime(2026, 9, 1, 9), "ye", "case", {})  # noqa: DTZ001  # that is the mistake
    refused("procedure.no-zone", take, play.rules, play.standing, naive)
    play.do("accept", "ye", items_missing=0, route="general", reasons_given=True)
    play.do("call", "ye", "m1", agenda=["case"])
    refused("procedure.no-seat", play.do, "open", "ye", "m1", present=["nobody"], chair="gu")
    play.do("open", "ye", "m1", present=MEMBERS, chair="gu")
    refused("procedure.no-case", play.do, "declare", "he", "m1", seat="he", case="another", withdraws=True)
    refused("procedure.no-case", play.do, "preside", "ye", "m1", seat="lin", case="another")
    refused("procedure.value-missing", play.do, "preside", "ye", "m1")
    refused("procedure.no-motion", play.do, "put", "gu", "m1", case="case", motion="applaud", digest="sha256:1")
    play.put("m1")
    refused("procedure.no-vote", play.do, "vote", "he", "m1", seat="he", vote="perhaps")
    play.voted("m1", dict.fromkeys(MEMBERS, "for"))
    play.counted("m1")
    refused("procedure.no-outcome", play.do, "decide", "gu", outcome="applaud", reasons_given=True)


GIVEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "a-word-for-yes": ("apply", {"digest": "x", "risk_assessed": "yes"}, "procedure.bad-value"),
    "a-number-for-yes": ("apply", {"digest": "x", "risk_assessed": 1}, "procedure.bad-value"),
    "papers-without-a-name": ("apply", {"digest": ""}, "procedure.bad-value"),
    "a-list-for-papers": ("apply", {"digest": ["x"]}, "procedure.bad-value"),
    "a-day-that-is-none": ("seat-ended", {"on": "2026-02-30"}, "procedure.bad-value"),
    "a-seat-without-a-term": ("seat", {"person": "a", "post": "chair"}, "procedure.value-missing"),
    "a-meeting-about-nothing": ("call", {}, "procedure.value-missing"),
    "one-letter-for-a-list": ("call", {"agenda": "case"}, "procedure.bad-value"),
    "minus-one": ("tell_incomplete", {"items_missing": -1}, "procedure.bad-value"),
    "half-a-paper": ("tell_incomplete", {"items_missing": 1.5}, "procedure.bad-value"),
    "no-such-route": ("accept", {"route": "quick"}, "procedure.bad-value"),
    "nobody-knows-it": ("apply", {"digest": "x", "colour": "red"}, "procedure.bad-value"),
    "an-applicant-named-later": ("ask_rereview", {"parties": {"applicant": ["he"]}}, "procedure.bad-value"),
    "an-authority-at-once": ("take_over", {"outcome": "applied", "parties": {"authority": ["bureau"]}}, "procedure.bad-value"),
    "nobody-applied": ("take_over", {"outcome": "applied"}, "procedure.value-missing"),
    "a-party-of-nobody": ("take_over", {"outcome": "applied", "parties": {"applicant": []}}, "procedure.bad-value"),
    "an-earlier-day-that-is-none": ("take_over", {"decided_before_on": "2026-02-30"}, "procedure.bad-value"),
    "a-decision-without-a-name": ("recognise", {"recognised_decision": ""}, "procedure.bad-value"),
    "waived-without-a-finding": ("waive_rereview", {"already_regulated": True}, "procedure.value-missing"),
    "a-post-that-is-described": ("seat-described", {"post": "chair"}, "procedure.bad-value"),
    "a-category-that-there-is-not": ("seat-described", {"categories": ["poets"]}, "procedure.bad-value"),
    "parties-without-people": ("ask_rereview", {"parties": ["bureau"]}, "procedure.bad-value"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", GIVEN)
def test_what_is_of_another_kind_is_refused_before_anything_is_asked(mistake: str) -> None:
    step, gives, code = GIVEN[mistake]
    play = Play(rules())
    refused(code, play.do, step, "ye", "thing", **gives)


def test_a_refusal_changes_nothing_and_names_everything_that_lacks() -> None:
    play = Play(rules())
    before = play.standing
    told = refused("procedure.refused", play.do, "apply", APPLICANT, digest="x")
    assert isinstance(told, StepRefusedError)
    assert {one.guard for one in told.lacks} == {"no_state_secret", "risk_assessed"}
    assert all(one.unknown for one in told.lacks)
    assert "没有先做伦理风险评估" in told.message("zh")
    assert play.standing is before


def test_two_vote_at_once_and_each_counts_once() -> None:
    play = Play(rules())
    play.accepted()
    meeting = play.met()
    play.put(meeting)
    play.at += timedelta(minutes=1)
    for who in ("he", "yi"):
        play.standing = take(play.rules, play.standing, Act("vote", play.at, who, meeting, {"seat": who, "vote": "for"}))
    assert dict(play.sitting.ballots[-1].votes) == {"he": "for", "yi": "for"}
    assert play.lacks("vote", "he", meeting, seat="he", vote="against") == ["voter_once"]
    assert play.sitting.ballots[-1].votes["he"] == "for"


def test_nobody_votes_after_the_count_or_after_the_meeting() -> None:
    play = Play(rules())
    play.accepted()
    play.met()
    play.put("m1")
    play.voted("m1", dict.fromkeys(MEMBERS[:6], "for"))
    play.counted("m1")
    assert "ballot_open" in play.lacks("vote", "tang", "m1", seat="tang", vote="for")
    play.put("m1", "refuse")
    play.do("close", "ye", "m1")
    refused("procedure.out-of-turn", play.do, "vote", "tang", "m1", seat="tang", vote="for")
    assert [one.came for one in play.sitting.ballots] == ["carried"]


def test_a_seat_that_expires_during_the_meeting_votes_no_more_and_is_not_counted() -> None:
    play = Play(rules())
    play.seat("wen", "member", ["law"], ends="2026-09-01")
    play.accepted()
    play.at = play.at.replace(hour=23, minute=50)
    meeting = play.met(["wen", "gu", "lin", "su", "zheng"])
    play.put(meeting)
    play.voted(meeting, dict.fromkeys(["wen", "gu", "lin", "su"], "for"))
    play.at = play.at.replace(day=2, hour=0, minute=5)
    told = refused("procedure.not-yours", play.do, "vote", "wen", meeting, seat="wen", vote="against")
    assert "主任委员" in told.message("zh")
    assert play.lacks("vote", "gu", meeting, seat="wen", vote="against") == ["voter_there", "voter_once"]
    play.voted(meeting, {"zheng": "for"})
    assert play.counted(meeting) == ["quorate", "same_members"]


def test_a_meeting_held_on_the_other_side_of_the_world_counts_by_the_day_of_the_body() -> None:
    play = Play(rules())
    play.seat("wen", "member", ["law"], ends="2026-09-01")
    at = datetime.fromisoformat("2026-09-01T20:00:00-07:00")  # the morning of 2 September in Shanghai
    assert play.standing.seats_of("wen", day_of(play.rules, at)) == []
    assert len(play.standing.seats_of("wen", day_of(play.rules, at - timedelta(days=1)))) == 1


# -- rule files ------------------------------------------------------------------------------------------------------------------

WHO = "    who: [applicant]\n"
NORM = "cn/ethics-review-2023"
FILES: dict[str, tuple[str, str, str]] = {
    "another-schema": ("guiju.procedure/1", "guiju.procedure/2", "procedure.schema"),
    "unknown-guard": ("needs: [no_state_secret,", "needs: [no_secret, no_state_secret,", "procedure.unknown-guard"),
    "idle-guard": ("body: [enough_members, one_chair,", "body: [enough_members,", "procedure.idle-guard"),
    "unknown-outcome": ("renews: [review_anew]", "renews: [review_again]", "procedure.unknown-outcome"),
    "unknown-state": ("to: incomplete, by", "to: incompleted, by", "procedure.unknown-state"),
    "unknown-role": ("by: [authority]", "by: [bureau]", "procedure.unknown-role"),
    "unknown-given": ("gives: [opinion]", "gives: [opinions]", "procedure.unknown-given"),
    "two-grounds": (f"{WHO}  risk_assessed:", f"{WHO}    charter: true\n  risk_assessed:", "procedure.no-basis"),
    "unknown-norm": (f"norm: {NORM}/10\n", f"norm: {NORM}/100\n", "procedure.unknown-norm"),
    "unread-norm": (f"charter: true\n    stands_for: {NORM}/22", f"norm: {NORM}/22", "procedure.unread-norm"),
    "unknown-name": ("counted >= charter.quorum", "counting >= charter.quorum", "expression.unknown-name"),
    "a-list-of-states": ("states:\n  new:", "states: []\nstate:\n  new:", "procedure.not-a-map"),
    "unknown-post": ("votes: [chair, deputy, member]", "votes: [chair, deputy, members]", "procedure.no-post"),
    "after-the-end": ("final: [not_accepted,", "final: [refused, not_accepted,", "procedure.after-final"),
    "unknown-fact": ("per_round: [route,", "per_round: [routes,", "procedure.unknown-fact"),
    "unknown-key": ("law: CN", "law: CN\nlaws: CN", "data.unknown-key"),
}


@pytest.mark.parametrize("mistake", FILES)
def test_rules_that_cannot_be_taken_are_refused_at_their_place(mistake: str, tmp_path: Path) -> None:
    before, after, code = FILES[mistake]
    text = CN.read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "rules.yaml").write_text(text.replace(before, after, 1), encoding="utf-8")
    told = refused(code, read_rules, tmp_path / "rules.yaml", builtin())
    assert told.where is not None
    assert told.where.file == "rules.yaml"


def test_rules_are_asked_for_by_name() -> None:
    assert "cn-ethics" in builtin_rules()
    refused("procedure.unknown-rules", rules_named, "cn-ethic", builtin())
    with pytest.raises(ProcedureError):
        rules_named("../cn-ethics", builtin())
