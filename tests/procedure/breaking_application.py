"""Plays of the committee, of applications and of cases that came another way: each breaks one guard alone, and meets it."""

from datetime import timedelta
from typing import Any

from tests.procedure.breaking import Plays, body_lacks, registry
from tests.procedure.committee import APPLICANT, Play

PLAYS: Plays = {}
breaks = registry(PLAYS)


# -- the committee ---------------------------------------------------------------------------------------------------------------


@breaks("enough_members")
def six_members(play: Play, ok: bool) -> list[str]:
    if not ok:
        play.do("seat-ended", "unit", "yi", on="2026-09-01")
    return body_lacks(play)


@breaks("one_chair")
def two_chairs(play: Play, ok: bool) -> list[str]:
    if not ok:
        play.seat("wen", "chair")
    return body_lacks(play)


@breaks("a_deputy")
def no_deputy(play: Play, ok: bool) -> list[str]:
    play.seat("wen", "member", ["ethics"])
    if not ok:
        play.do("seat-ended", "unit", "lin", on="2026-09-01")
    return body_lacks(play)


@breaks("all_categories")
def nobody_of_ethics(play: Play, ok: bool) -> list[str]:
    play.do("seat-ended", "unit", "lin", on="2026-09-01")
    play.seat("wen", "deputy", ["ethics"] if ok else ["field"])
    return body_lacks(play)


@breaks("terms_within")
def a_term_of_five_years_and_a_day(play: Play, ok: bool) -> list[str]:
    play.seat("wen", begins="2026-02-01", ends="2031-01-31" if ok else "2031-02-01")
    return body_lacks(play)


# -- application and acceptance --------------------------------------------------------------------------------------------------


@breaks("no_state_secret")
def a_state_secret(play: Play, ok: bool) -> list[str]:
    return play.lacks("apply", APPLICANT, digest="sha256:1", risk_assessed=True, state_secret=not ok)


@breaks("risk_assessed")
def no_assessment(play: Play, ok: bool) -> list[str]:
    return play.lacks("apply", APPLICANT, digest="sha256:1", risk_assessed=ok, state_secret=False)


@breaks("missing_named")
def nothing_named(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("tell_incomplete", "ye", items_missing=2 if ok else 0)


@breaks("told_once")
def told_twice(play: Play, ok: bool) -> list[str]:
    play.applied()
    if not ok:
        play.do("tell_incomplete", "ye", items_missing=1)
        play.do("complete", APPLICANT, digest="sha256:2")
    return play.lacks("tell_incomplete", "ye", items_missing=1)


@breaks("papers_complete")
def papers_missing(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("accept", "ye", items_missing=0 if ok else 1, route="general", reasons_given=True)


@breaks("reasons")
def no_reasons(play: Play, ok: bool) -> list[str]:
    play.applied()
    return play.lacks("accept", "ye", items_missing=0, route="general", **({"reasons_given": True} if ok else {}))


@breaks("simplified_fits")
def simplified_for_more_than_minimal_risk(play: Play, ok: bool) -> list[str]:
    play.applied(not_above_minimal_risk=ok)
    return play.lacks("accept", "ye", items_missing=0, route="simplified", reasons_given=True)


@breaks("listed_not_simplified")
def listed_by_simplified(play: Play, ok: bool) -> list[str]:
    play.applied(not_above_minimal_risk=True, listed=not ok)
    return play.lacks("accept", "ye", items_missing=0, route="simplified", reasons_given=True)


@breaks("emergency_fits")
def no_emergency(play: Play, ok: bool) -> list[str]:
    play.applied(urgent=ok)
    return play.lacks("accept", "ye", items_missing=0, route="emergency", reasons_given=True)


@breaks("limit_stated")
def no_limit(play: Play, ok: bool) -> list[str]:
    play.accepted()
    stated = {"until": "2026-10-20"} if ok else {}
    return play.lacks("extend", "gu", reasons_given=True, **stated)


def extended(play: Play, *days: str) -> list[str]:
    """What the last of some extensions lacks; the limit of the case is 8 October."""
    play.accepted()
    return [play.lacks("extend", "gu", reasons_given=True, until=day) for day in days][-1]


@breaks("extension_bounded")
def an_extension_of_more_than_thirty_days(play: Play, ok: bool) -> list[str]:
    return extended(play, "2026-11-07" if ok else "2026-11-08")


@breaks("extensions_left")
def extended_a_third_time(play: Play, ok: bool) -> list[str]:
    return extended(play, "2026-10-20", "2026-11-10", *([] if ok else ["2026-12-01"]))


@breaks("unit_or_entrusted")
def of_another_unit_without_entrustment(play: Play, ok: bool) -> list[str]:
    play.applied(own_unit=False, entrusted=ok)
    return play.lacks("accept", "ye", items_missing=0, route="general", reasons_given=True)


# -- cases taken over, and decisions of others -----------------------------------------------------------------------------------


def taken_over(play: Play, **given: Any) -> list[str]:
    whole = {
        "outcome": "approved",
        "decided_before_on": "2026-08-03",
        "parties": {"applicant": ["org:yanban"]},
        "digest": "sha256:1",
    }
    return play.lacks("take_over", "ye", **{name: one for name, one in (whole | given).items() if one is not None})


@breaks("take_over_in_time")
def taken_over_after_a_year(play: Play, ok: bool) -> list[str]:
    play.at += timedelta(days=90 if ok else 91)
    return taken_over(play)


@breaks("earlier_day")
def approved_on_a_day_to_come(play: Play, ok: bool) -> list[str]:
    return taken_over(play, decided_before_on="2026-09-01" if ok else "2026-09-02")


@breaks("taken_over_whole")
def taken_over_under_review_by_no_procedure(play: Play, ok: bool) -> list[str]:
    since = {"decided_before_on": None, "accepted_before_on": "2026-08-03"}
    return taken_over(play, outcome="accepted", listed=False, **since, **({"route": "general"} if ok else {}))


def recognised(play: Play, **given: Any) -> list[str]:
    whole = {"recognised_decision": "university 2026-17", "digest": "sha256:1", "reasons_given": True}
    return play.lacks("recognise", "gu", **{name: one for name, one in (whole | given).items() if one is not None})


@breaks("recognition_allowed")
def recognised_without_a_word_in_the_charter(play: Play, ok: bool) -> list[str]:
    if ok:
        play.do("charter", "unit", "body", recognises=True)
    play.applied()
    return recognised(play)


@breaks("other_decision_named")
def recognised_without_saying_what(play: Play, ok: bool) -> list[str]:
    play.applied()
    return recognised(play, **({} if ok else {"recognised_decision": None}))


@breaks("recognised_not_listed")
def a_listed_activity_recognised(play: Play, ok: bool) -> list[str]:
    play.applied(listed=not ok)
    return recognised(play)


@breaks("never_reviewed")
def recognised_after_a_refusal(play: Play, ok: bool) -> list[str]:
    play.accepted() if not ok else play.applied()
    if not ok:
        play.carried("refuse")
        assert play.decided("refuse") == []
        play.do("object", APPLICANT, reasons_given=True)
        play.do("uphold_objection", "lin", reasons_given=True)
    return recognised(play)
