"""Where a time limit stands (language, section 9). Days stand here by hand; the counting itself is tested with the calendars."""

from datetime import date

import pytest
from tests.norms.small import law_on, program, results, row

from guiju.calendars import NEVER, DateRange
from guiju.logic import Given, Truth

DEADLINE = "- {{id: xx/act/2, bearer: {{each: [xx.maker]}}, require: done_this, clock: {{{clock}}}}}\n"
IN_TEN_DAYS = "kind: deadline, from: opened, within: 10 days"
IN_NO_HURRY = IN_TEN_DAYS + ", general: true"


def done(first, last=None):
    return Given(Truth.TRUE, done=DateRange(date.fromisoformat(first), date.fromisoformat(last or first)))


def read(clock, act=None, on="2026-06-30", **system):
    rules = program(DEADLINE.format(clock=clock), on=on)
    conduct = {} if act is None else {"done_this": act}
    return row(results(rules, system=system, parties=[{"makes_it": True, **conduct}]), "xx/act/2").met


NOT_YET = DateRange(date(2026, 7, 1), NEVER)


@pytest.mark.parametrize(
    ("clock", "opened", "act", "state", "met", "breached"),
    [
        (IN_TEN_DAYS, None, None, "unknown", "unknown", "unknown"),
        (IN_TEN_DAYS, NOT_YET, False, "not-started", "unknown", "no"),
        (IN_TEN_DAYS, NOT_YET, done("2026-06-20"), "not-started", "yes", "no"),
        (IN_TEN_DAYS, "2026-06-22", False, "running", "unknown", "no"),
        (IN_TEN_DAYS, "2026-06-22", None, "running", "unknown", "no"),
        (IN_TEN_DAYS, "2026-06-22", True, "done", "yes", "no"),
        (IN_TEN_DAYS, "2026-06-01", done("2026-06-11"), "done", "yes", "no"),
        (IN_TEN_DAYS, "2026-06-01", done("2026-06-12"), "done-late", "no", "yes"),
        (IN_TEN_DAYS, "2026-06-01", done("2026-06-05", "2026-06-20"), "unknown", "unknown", "unknown"),
        (IN_TEN_DAYS, "2026-06-01", True, "unknown", "unknown", "unknown"),
        (IN_TEN_DAYS, "2026-06-01", None, "unknown", "unknown", "unknown"),
        (IN_TEN_DAYS, "2026-06-01", False, "overdue", "no", "yes"),
        (IN_TEN_DAYS, "2026-06", False, "unknown", "unknown", "unknown"),
        (IN_TEN_DAYS, "2026-05", False, "overdue", "no", "yes"),
        (IN_NO_HURRY, "2026-06-01", False, "past-usual", "unknown", "unknown"),
        (IN_NO_HURRY, "2026-06-22", False, "running", "unknown", "no"),
    ],
)
def test_every_state_of_a_deadline(clock, opened, act, state, met, breached):
    system = {} if opened is None else {"opened": opened}
    found = read(clock, act, **system)
    assert (found.clock.state, found.met.value, found.breached.value) == (state, met, breached)


def test_the_last_day_is_in_time_and_the_next_is_not():
    assert read(IN_TEN_DAYS, False, opened="2026-06-20").clock.state == "running"
    assert read(IN_TEN_DAYS, False, opened="2026-06-19").clock.due_day == date(2026, 6, 29)
    assert read(IN_TEN_DAYS, False, opened="2026-06-19").clock.state == "overdue"


def test_what_the_clock_needs_is_named():
    assert read(IN_TEN_DAYS).clock.missing == ("opened",)
    assert read(IN_TEN_DAYS, True, opened="2026-06-01").clock.missing == ("done",)


@pytest.mark.parametrize(
    ("opened", "act", "state", "met"),
    [
        (NOT_YET, None, "not-started", "unknown"),
        (NOT_YET, True, "done", "yes"),
        ("2026-06-10", done("2026-06-09"), "done", "yes"),
        ("2026-06-10", done("2026-06-10"), "done-late", "no"),
        ("2026-06-10", True, "unknown", "unknown"),
        ("2026-06-10", False, "overdue", "no"),
        ("2026-06-10", None, "unknown", "unknown"),
    ],
)
def test_what_has_to_be_done_before(opened, act, state, met):
    found = read("kind: before, from: opened", act, opened=opened)
    assert (found.clock.state, found.met.value) == (state, met)


def test_the_earliest_of_two_events_starts_it():
    clock = "kind: deadline, from: {earliest: [opened, changed]}, within: 10 days"
    assert read(clock, False, opened="2026-06-25", changed="2026-06-23").clock.due_day == date(2026, 7, 3)
    assert read(clock, False, opened="2026-06-25").clock.state == "unknown"
    assert read(clock, False, opened="2026-06-25", changed=NOT_YET).clock.due_day == date(2026, 7, 6)  # a Sunday is no last day


def test_an_open_case_leaves_both_periods_possible():
    clock = "kind: deadline, from: opened, within: 10 days, cases: [{when: a, within: 2 days}]"
    fixed = {"opened": "2026-06-22"}
    assert read(clock, False, **fixed, a=True).clock.due_day == date(2026, 6, 24)
    assert read(clock, False, **fixed, a=False).clock.due_day == date(2026, 7, 2)
    both = read(clock, False, **fixed)
    assert (both.clock.due, both.clock.state) == (DateRange(date(2026, 6, 24), date(2026, 7, 2)), "unknown")


@pytest.mark.parametrize(("on", "state", "act", "met"), [
    ("2026-03-31", "running", False, "unknown"), ("2026-04-01", "overdue", False, "no"),
    ("2026-04-01", "unknown", None, "unknown"), ("2026-02-01", "running", True, "unknown"),
])  # fmt: skip
def test_a_day_of_the_year(on, state, act, met):
    found = read("kind: yearly, on: 03-31", act, on=on)
    assert (found.clock.state, found.clock.due_day, found.met.value) == (state, date(2026, 3, 31), met)


@pytest.mark.parametrize(("on", "state"), [("2026-12-22", "running"), ("2026-12-24", "done")])
def test_what_has_to_be_kept(on, state):
    found = read("kind: retention, from: opened, within: 6 months", True, on=on, opened="2026-06-22")
    assert (found.clock.state, found.met.value) == (state, "yes")


def test_a_norm_without_a_period_has_no_clock():
    rules = program("- {id: xx/act/2, bearer: {each: [xx.maker]}, require: done_this, clock: null}\n")
    found = row(results(rules, parties=[{"makes_it": True, "done_this": False}]), "xx/act/2").met
    assert (found.clock, found.met, found.breached) == (None, Truth.FALSE, Truth.TRUE)


# -- the law's own clocks --------------------------------------------------------------------------------------------------------


def filing(act, started="2026-09-01", on="2026-09-17"):
    """Provision 16: filing within ten working days of the start."""
    system = {"markets": {"CN"}, "generates_modalities": {"text"}}
    service = {
        "offered_to_public_in_mainland_china": True, "offered_online": True, "service_started": started,
        "service_functions": {"group_chat"},
    }  # fmt: skip
    party = {"provides_service": True, "algorithm_filed": act}
    return row(results(law_on(on), system=system, service=service, parties=[party]), "cn/algorithm-provisions/24.1").met


def test_ten_working_days_after_the_start_of_the_service():
    assert filing(False).clock.due_day == date(2026, 9, 15)
    assert (filing(False).clock.state, filing(False).breached) == ("overdue", Truth.TRUE)
    assert (filing(False, on="2026-09-15").clock.state, filing(False, on="2026-09-15").breached) == ("running", Truth.FALSE)
    assert filing(done("2026-09-15")).met is Truth.TRUE
    late = filing(done("2026-09-16"))
    assert (late.clock.state, late.met, late.fulfilled, late.breached) == ("done-late", Truth.FALSE, Truth.TRUE, Truth.TRUE)


@pytest.mark.parametrize(("complete", "conduct", "on", "breached"), [
    (True, {"filing_number_published": done("2026-09-30")}, "2026-11-21", "no"),
    (False, {"applicant_told_reasons": False, "filing_number_published": False}, "2026-11-21", "yes"),
    (False, {"applicant_told_reasons": False, "filing_number_published": False}, "2026-09-20", "no"),
])  # fmt: skip
def test_the_authority_has_thirty_working_days(complete, conduct, on, breached):
    """Provision 17, with a body that bears it."""
    application = {"materials_complete": complete, "filing_materials_received": "2026-09-01", **conduct}
    norm = "cn/algorithm-provisions/25#file" if complete else "cn/algorithm-provisions/25#refuse"
    found = row(results(law_on(on), application=application), norm)
    assert found.met.breached.value == breached


BY_DAY = "kind: fixed, day: 2026-06-20"
AGAIN = BY_DAY + ", every: 4 years"


@pytest.mark.parametrize(
    ("clock", "act", "on", "state", "due", "met"),
    [
        (BY_DAY, False, "2026-06-20", "running", "2026-06-20", "unknown"),
        (BY_DAY, False, "2026-06-21", "overdue", "2026-06-20", "no"),
        (BY_DAY, done("2026-06-20"), "2026-06-30", "done", "2026-06-20", "yes"),
        (BY_DAY, done("2026-06-21"), "2026-06-30", "done-late", "2026-06-20", "no"),
        (BY_DAY, None, "2026-06-30", "unknown", "2026-06-20", "unknown"),
        (AGAIN, False, "2026-06-19", "running", "2026-06-20", "unknown"),
        (AGAIN, done("2026-06-01"), "2030-06-20", "done", "2026-06-20", "yes"),
        (AGAIN, done("2026-06-01"), "2030-06-21", "unknown", "2030-06-20", "unknown"),
        (AGAIN, done("2029-06-01"), "2030-06-21", "done", "2030-06-20", "yes"),
        (AGAIN, done("2030-06-21"), "2030-06-21", "done-late", "2030-06-20", "no"),
        (AGAIN, False, "2035-01-01", "overdue", "2034-06-20", "no"),
    ],
)
def test_a_day_that_the_text_names(clock, act, on, state, due, met):
    found = read(clock, act, on)
    assert (found.clock.state, str(found.clock.due_day), found.met.value) == (state, due, met)
