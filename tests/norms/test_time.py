"""When a norm applies: classes, known and valid time, transitions, both readings (language, section 8)."""

from datetime import date

import pytest
from tests.norms import small
from tests.norms.small import law_on, program, results, row

from guiju.calendars import NEVER, DateRange
from guiju.logic import Truth
from guiju.norms import Evaluation

DUTY = "- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this}\n"
MAKER = [{"makes_it": True}]
CLASSES = """
- {id: xx/act/12, bearer: {each: [xx.maker]}, require: done_this}
- {id: xx/act/13, kind: status, about: purpose, makes: [xx.row_grave], when: row_a}
- {id: xx/act/14, bearer: {each: [xx.maker]}, about: purpose, require: done_that}
"""
BY_CLASS = """
events:
  - {event: xx/act#commence, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-1, xx/act/13], on: 2020-02-01}
  - event: xx/act#by-class
    kind: commence
    known: 2020-01-01
    about: purpose
    day: xx/act/99
    targets: [xx/act/12, xx/act/14]
    dates: [{for: row_b, on: 2028-01-01}, {for: xx.row_grave, on: 2026-01-01}]
"""


def status(rules, norm="xx/act/2", number=0, **facts):
    timing = row(results(rules, parties=MAKER, **facts), norm, number).timing
    return timing.status, timing.from_day


def on(day, rules=DUTY, **more):
    return program(rules, on=day, **more)


# -- classes -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"row_a": True, "row_b": True}], DateRange.on(date(2026, 1, 1))),
        ([{"row_a": False, "row_b": True}], DateRange.on(date(2028, 1, 1))),
        ([{"row_a": False, "row_b": False}], DateRange.on(NEVER)),
        ([{"row_a": False}], DateRange(date(2028, 1, 1), NEVER)),
        ([{"row_b": True}], DateRange(date(2026, 1, 1), date(2028, 1, 1))),
        ([{"row_b": False}], DateRange(date(2026, 1, 1), NEVER)),
        ([{"row_a": False, "row_b": True}, {"row_a": True, "row_b": False}], DateRange.on(date(2026, 1, 1))),
        ([], DateRange.on(NEVER)),
    ],
)
def test_the_earliest_class_that_holds(rows, expected):
    rules = on("2027-01-01", CLASSES, base_events=BY_CLASS)
    world = small.world(rules.corpus, purposes=rows, closed=("purposes",))
    assert Evaluation(rules, world).day("xx/act/99", world.root) == expected


def test_open_rows_may_hold_any_class():
    rules = on("2027-01-01", CLASSES, base_events=BY_CLASS)
    world = small.world(rules.corpus, purposes=[{"row_a": False, "row_b": True}])
    assert Evaluation(rules, world).day("xx/act/99", world.root) == DateRange(date(2026, 1, 1), date(2028, 1, 1))


def test_for_a_row_only_its_own_class_counts():
    rules = on("2027-01-01", CLASSES, base_events=BY_CLASS)
    rows = [{"row_a": True, "row_b": False}, {"row_a": False, "row_b": True}]
    assert status(rules, "xx/act/14", 0, purposes=rows) == ("applies", date(2026, 1, 1))
    assert status(rules, "xx/act/14", 1, purposes=rows) == ("upcoming", date(2028, 1, 1))


def test_an_open_class_leaves_the_status_open_only_between_its_days():
    rules = {day: on(day, CLASSES, base_events=BY_CLASS) for day in ("2025-01-01", "2027-01-01", "2028-01-01")}
    open_class = {"purposes": [{"row_b": True}]}
    assert [status(one, "xx/act/12", **open_class)[0] for one in rules.values()] == ["upcoming", "unknown", "applies"]


def test_a_class_that_never_holds_is_upcoming_without_a_day():
    rules = on("2040-01-01", CLASSES, base_events=BY_CLASS)
    assert status(rules, "xx/act/12", purposes=[{"row_a": False, "row_b": False}], closed=("purposes",)) == ("upcoming", None)


# -- events ------------------------------------------------------------------------------------------------------------------


def event(kind, **words):
    written = ", ".join(f"{key}: {value}" for key, value in words.items())
    return f"  - {{event: xx/act#{kind}, kind: {kind}, targets: [xx/act/2], {written}}}\n"


@pytest.mark.parametrize(
    ("day", "events", "expected"),
    [
        ("2020-01-31", "", "upcoming"),
        ("2020-02-01", "", "applies"),
        ("2024-01-01", event("repeal", known="2023-01-01", on="2024-01-01"), "ended"),
        ("2023-12-31", event("repeal", known="2023-01-01", on="2024-01-01"), "applies"),
        ("2024-01-01", event("suspend", known="2023-01-01", on="2024-01-01", until="2024-06-01"), "suspended"),
        ("2024-06-01", event("suspend", known="2023-01-01", on="2024-01-01", until="2024-06-01"), "applies"),
        ("2024-01-01", event("postpone", known="2023-01-01", on="2025-01-01"), "upcoming"),
        ("2024-01-01", event("postpone", known="2023-01-01", on="2025-01-01", pending="proposed"), "applies"),
    ],
)
def test_what_events_make_of_it(day, events, expected):
    assert status(on(day, events=events))[0] == expected


def test_the_end_comes_before_the_suspension():
    events = event("repeal", known="2023-01-01", on="2024-01-01") + event("suspend", known="2023-01-01", on="2023-06-01")
    assert status(on("2024-02-01", events=events))[0] == "ended"


def test_a_moratorium_stops_only_enforcement():
    events = event("moratorium", known="2023-01-01", on="2024-01-01", until="2025-01-01")
    timing = {
        day: row(results(on(day, events=events), parties=MAKER), "xx/act/2").timing
        for day in ("2023-12-31", "2024-06-01", "2025-01-01")
    }
    assert [one.status for one in timing.values()] == ["applies"] * 3
    assert [one.enforced for one in timing.values()] == [True, False, True]


def test_a_pending_event_is_shown():
    rules = on("2024-01-01", events=event("postpone", known="2023-01-01", on="2025-01-01", pending="proposed"))
    assert [one.id for one in rules.pending] == ["xx/act#postpone"]


def test_known_time_is_not_valid_time():
    """On one and the same day the law is another by what had been published."""
    events = event("postpone", known="2023-05-01", on="2025-01-01")
    before, after = (program(DUTY, on="2024-01-01", known=known, events=events) for known in ("2023-04-30", "2023-05-01"))
    assert status(before) == ("applies", date(2020, 2, 1))
    assert status(after) == ("upcoming", date(2025, 1, 1))
    assert row(results(after, parties=MAKER), "xx/act/2").timing.moved_by == "xx/act#postpone"


def test_a_version_is_law_from_its_event_and_known_from_its_publication():
    rules = DUTY + "- {id: xx/act/2, since: xx/act#amend, bearer: {each: [xx.maker]}, require: done_that}\n"
    events = event("amend", known="2023-05-01", on="2024-01-01")
    versions = {
        (day, known): program(rules, on=day, known=known, events=events).norms["xx/act/2"].since
        for day, known in (("2023-12-31", None), ("2024-01-01", None), ("2024-01-01", "2023-04-30"))
    }
    assert versions == {("2023-12-31", None): None, ("2024-01-01", None): "xx/act#amend", ("2024-01-01", "2023-04-30"): None}


def test_chapter_three_has_two_days_and_had_others():
    """Provision 6 of the work list."""
    judged = ("narrow_procedural_task", "improves_completed_activity", "pattern_detection_with_review", "preparatory_task")
    proctoring = {"domain": "education", "task": "proctor", "subject_kind": {"natural_person"}, "output_role": "assesses"}
    proctoring |= {f"eu.{one}": False for one in judged}
    facts = {
        "system": {"markets": {"EU"}, "placed_on_market": "2027-12-05"},
        "purposes": [proctoring],
        "closed": ("purposes",),
        "parties": [{}],
    }
    assert status_of("2028-01-10", None, facts) == ("applies", date(2027, 12, 2))
    assert status_of("2028-01-10", "2026-07-23", facts) == ("applies", date(2026, 8, 2))
    assert status_of("2026-08-02", "2026-07-24", facts) == ("upcoming", date(2027, 12, 2))
    lift = {"markets": {"EU"}, "product_kind": "lift", "intended_to_prevent_risk": True}
    lift["third_party_assessment"] = "for_health_or_safety"
    facts = {
        "system": lift,
        "purposes": [{"domain": "other", "task": "other", "uses_biometric_data": False}],
        "closed": ("purposes",),
        "parties": [{}],
    }
    assert status_of("2028-01-10", None, facts) == ("upcoming", date(2028, 8, 2))


def status_of(day, known, facts):
    timing = row(results(law_on(day, known), **facts), "eu/ai-act/9").timing
    return timing.status, timing.from_day


# -- transitions -------------------------------------------------------------------------------------------------------------

DELAYED = (
    DUTY
    + """
- {id: xx/act/15, kind: application, how: transition, when: a && opened < date("2026-01-01"),
   delays: [{norm: xx/act/2, until: {earliest: [changed, 2030-01-01]}}]}
"""
)
OLD = {"a": True, "opened": "2025-06-01"}


@pytest.mark.parametrize(
    ("facts", "expected", "until"),
    [
        ({"changed": DateRange(date(2026, 7, 1), NEVER)}, "transitional", date(2030, 1, 1)),
        ({"changed": "2026-07-01"}, "transitional", date(2026, 7, 1)),
        ({"changed": DateRange.on(NEVER)}, "transitional", date(2030, 1, 1)),
        ({"changed": "2026-06-01"}, "applies", None),
        ({"changed": "2026-06"}, "unknown", None),
        ({}, "unknown", None),
        ({"a": False}, "applies", None),
        ({"opened": "2026-01-01"}, "applies", None),
        ({"opened": "2025"}, "unknown", None),
        ({"opened": DateRange(date(2025, 1, 1), NEVER), "changed": DateRange.on(NEVER)}, "unknown", None),
    ],
)
def test_a_delay_until_an_event_or_a_day(facts, expected, until):
    """Happened, not happened, not known; the day of the event, the fixed day, neither."""
    timing = row(results(program(DELAYED, on="2026-06-01"), system=OLD | facts, parties=MAKER), "xx/act/2").timing
    assert (timing.status, timing.until_day) == (expected, until)
    assert timing.moved_by == ("xx/act/15" if expected == "transitional" else timing.moved_by)


def test_after_the_change_it_applies_from_that_day():
    timing = row(
        results(program(DELAYED, on="2026-06-01"), system=OLD | {"changed": "2026-03-01"}, parties=MAKER), "xx/act/2"
    ).timing
    assert (timing.status, timing.from_day, timing.moved_by) == ("applies", date(2026, 3, 1), "xx/act/15")


def test_what_an_open_delay_needs_is_named():
    missing = row(results(program(DELAYED, on="2026-06-01"), system={"opened": "2025-06-01"}, parties=MAKER), "xx/act/2").missing
    assert {(one.cause, one.name) for one in missing} >= {("fact", "a"), ("fact", "changed")}


@pytest.mark.parametrize(("launched", "day", "expected"), [
    ("2026-06-01", "2026-11-21", "transitional"), ("2026-06-01", "2026-12-02", "applies"),
    ("2026-08-15", "2026-11-21", "applies"),
])  # fmt: skip
def test_the_two_chatbots(launched, day, expected):
    """Provision 5 of the work list."""
    system = {"markets": {"EU"}, "generates_modalities": {"text"}, "placed_on_market": launched}
    party = {"developed_or_commissioned": True, "placed_under_own_name": True}
    purpose = {"domain": "consumer", "task": "evaluate_candidates"}
    facts = {
        "system": system | {"product_kind": "machinery"},
        "purposes": [purpose],
        "parties": [party],
        "closed": ("purposes", "parties"),
    }
    assert row(results(law_on(day), **facts), "eu/ai-act/50.2").timing.status == expected


# -- both readings -------------------------------------------------------------------------------------------------------------

TERM_LATER = """
- {id: xx/act/2, bearer: {each: [xx.maker]}, when: xx.grave, require: done_this}
- {id: xx/act/3, bearer: {each: [xx.maker]}, when: '!xx.grave', require: done_this}
- {id: xx/act/12, kind: status, makes: [xx.grave], when: a}
"""
TWO_DAYS = """
events:
  - {event: xx/act#commence, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-1], on: 2020-02-01}
  - {event: xx/act#later, kind: commence, known: 2020-01-01, targets: [xx/act/chapter-2], on: 2028-02-01}
"""


@pytest.mark.parametrize("norm", ["xx/act/2", "xx/act/3"])
def test_a_term_whose_provision_does_not_apply_yet_gives_both_readings(norm):
    found = row(results(program(TERM_LATER, on="2026-06-01", base_events=TWO_DAYS), system={"a": True}, parties=MAKER), norm)
    by_content = Truth.of(norm == "xx/act/2")
    assert found.in_scope is Truth.UNKNOWN
    assert [(one.id, one.in_scope) for one in found.readings] == [
        ("by-content", by_content),
        ("only-provisions-that-apply", ~by_content),
    ]
    assert found.not_yet == ("xx/act/12",)
    assert [one.name for one in found.missing if one.cause == "reading"] == ["xx/act/12"]


@pytest.mark.parametrize(("day", "facts"), [("2028-02-01", {"a": True}), ("2026-06-01", {"a": False})])
def test_one_reading_where_both_agree(day, facts):
    found = row(results(program(TERM_LATER, on=day, base_events=TWO_DAYS), system=facts, parties=MAKER), "xx/act/2")
    assert found.in_scope is Truth.of(facts["a"])
    assert found.readings == ()


def test_a_norm_that_does_not_apply_yet_uses_terms_by_their_content():
    rules = TERM_LATER.replace("xx/act/2,", "xx/act/11,")
    found = row(results(program(rules, on="2026-06-01", base_events=TWO_DAYS), system={"a": True}, parties=MAKER), "xx/act/11")
    assert (found.in_scope, found.timing.status, found.readings) == (Truth.TRUE, "upcoming", ())


def test_the_registration_of_a_tool_held_not_to_be_high_risk():
    """Provision 2, case C: Article 49 applies since 2026-08-02, Article 6(3) only from 2027-12-02."""
    purpose = {
        "domain": "employment",
        "reserved_for": "ordinary_use",
        "task": "filter_applications",
        "subject_kind": {"natural_person"},
        "eu.provider_holds_not_high_risk": True,
    }
    party = {"developed_or_commissioned": True, "placed_under_own_name": True}
    facts = {
        "system": {"markets": {"EU"}, "interacts_directly_with_natural_persons": True},
        "purposes": [purpose],
        "parties": [party],
    }
    found = row(results(law_on("2026-11-21"), closed=("purposes", "parties"), **facts), "eu/ai-act/49.2")
    assert found.in_scope is Truth.UNKNOWN
    assert {one.in_scope for one in found.readings} == {Truth.TRUE, Truth.FALSE}
    assert "eu/ai-act/6.3#view" in found.not_yet
