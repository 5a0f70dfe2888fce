"""Parts of a clock: stops, extensions, several starts, hours, what must be done at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.norms import small

from guiju.assess.parts import clock_json
from guiju.calendars import NEVER, DateRange
from guiju.logic import Given, Truth

NAMES = """
  asked_back: {kind: event, object: system}
  answered: {kind: event, object: system}
  extended: {kind: event, object: system}
  extended_to: {kind: event, object: system}
  extension_told: {kind: measure, object: party, type: bool}
  linked: {kind: event, object: system}
"""


def clock(written, on="2026-06-01", done=None, party=None, **system):
    norm = f"- {{id: xx/act/2, bearer: {{each: [xx.maker]}}, require: done_this, clock: {{{written}}}}}\n"
    act = {} if done is None else {"done_this": Given(Truth.TRUE, done=DateRange.on(date.fromisoformat(done)))}
    parties = [{"makes_it": True, **act, **(party or {})}]
    rules = small.program(norm, on, names=NAMES)
    return small.row(small.results(rules, system=system, parties=parties, closed=("parties",)), "xx/act/2")


def due(written, **more):
    found = clock_json(clock(written, **more))
    return found["due"] or tuple(found["due_between"])


def not_by(day):
    return DateRange(date.fromisoformat(day) + timedelta(1), NEVER)


DAYS = "from: opened, within: 30 days, calendar: generic"
STOPPED = DAYS + ", stops_while: [[asked_back, answered]]"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"asked_back": not_by("2026-06-01")}, "2026-06-09"),
        ({"asked_back": "2026-05-20", "answered": "2026-05-28"}, "2026-06-17"),
        ({"asked_back": "2026-05-01", "answered": "2026-05-28"}, "2026-06-29"),
        ({"asked_back": "2026-06-20", "answered": "2026-06-28"}, "2026-06-09"),
        ({"asked_back": DateRange(date(2026, 5, 20), NEVER), "answered": "2026-05-30"}, ("2026-06-09", "2026-06-19")),
        ({"asked_back": "2026-05-28", "answered": "2026-05-20"}, "2026-06-09"),
        ({"asked_back": "2026-05-20", "answered": not_by("2026-06-01")}, ("2026-06-22", "never")),
        ({"asked_back": "2026-05-20"}, ("2026-06-09", "never")),
        ({"answered": "2026-05-20"}, ("2026-06-09", "2026-06-19")),
        ({}, ("2026-06-09", "never")),
        ({"asked_back": "2026-05-20", "answered": DateRange(date(2026, 5, 22), date(2026, 5, 25))}, ("2026-06-11", "2026-06-15")),
    ],
)
def test_the_time_it_stands_still_is_added(facts, expected):
    assert due(STOPPED, opened="2026-05-10", **facts) == expected


def test_an_open_stop_gives_the_least_and_the_names_it_hangs_on():
    row = clock(STOPPED, on="2026-07-01", opened="2026-05-10", asked_back="2026-05-20")
    found = clock_json(row)
    assert (found["state"], found["due_at_least"], found["stopped"]) == (
        "unknown",
        "2026-06-09",
        {"days_at_least": 0, "days_at_most": None},
    )
    assert [one.name for one in row.missing] == ["done_this", "answered"]
    open_stop = clock_json(
        clock(STOPPED, on="2026-07-01", opened="2026-05-10", asked_back="2026-05-20", answered=not_by("2026-07-01"))
    )
    assert (open_stop["state"], open_stop["due_at_least"]) == ("running", "2026-07-22")


def test_a_stop_that_never_ends():
    never = DAYS + ", stops_while: [asked_back]"
    assert due(never, opened="2026-05-10", asked_back=not_by("2026-06-01")) == "2026-06-09"
    row = clock(never, on="2026-09-01", opened="2026-05-10", asked_back="2026-05-20")
    assert (row.met.clock.state, row.met.breached) == ("running", Truth.FALSE)
    late = clock(never, on="2026-09-01", opened="2026-05-10", asked_back="2026-06-20", party={"done_this": False})
    assert late.met.breached is Truth.TRUE


def test_working_days_in_a_stop_are_counted_again():
    written = "from: opened, within: 10 working-days, calendar: CN, stops_while: [[asked_back, answered]]"
    assert due(written, opened="2026-06-01", asked_back=not_by("2026-07-01")) == "2026-06-15"
    assert due(written, on="2026-06-10", opened="2026-06-01", asked_back="2026-06-05", answered="2026-06-07") == "2026-06-15"
    assert due(written, on="2026-06-10", opened="2026-06-01", asked_back="2026-06-05", answered="2026-06-08") == "2026-06-16"


def test_two_stops():
    written = DAYS + ", stops_while: [[asked_back, answered], [linked, changed]]"
    facts = {"opened": "2026-05-10", "asked_back": "2026-05-12", "answered": "2026-05-14"}
    assert due(written, **facts, linked="2026-05-20", changed="2026-05-26") == "2026-06-17"
    assert due(written, **facts, linked="2026-05-13", changed="2026-05-19") == "2026-06-16"


DAY = st.dates(date(2026, 1, 1), date(2026, 9, 1))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    DAY, DAY, st.integers(0, 60), st.sampled_from(["30 days", "2 months", "12 working-days", "48 hours"]), DAY, st.integers(0, 40)
)
def test_a_stop_never_makes_a_last_day_earlier(opened, first, length, within, second, longer):
    def last(*stops):
        pairs = "[[asked_back, answered], [linked, changed]]"
        names = [("asked_back", "answered"), ("linked", "changed")]
        facts = {name: not_by("2027-12-31") for pair in names for name in pair}
        for (start, end), (begins, lasts) in zip(names, stops, strict=False):
            facts |= {start: DateRange.on(begins), end: DateRange.on(begins + timedelta(lasts))}
        written = f"from: opened, within: {within}, calendar: CN, stops_while: {pairs}"
        return clock(written, on="2026-12-31", opened=DateRange.on(opened), **facts).met.clock.due

    none, one, two = last(), last((first, length)), last((first, length), (second, longer))
    for before, after in ((none, one), (one, two)):
        assert before.earliest <= after.earliest
        assert before.latest <= after.latest
    unknown = clock(
        f"from: opened, within: {within}, calendar: CN, stops_while: [[asked_back, answered]]",
        on="2026-12-31", opened=DateRange.on(opened), asked_back=DateRange.on(first),
    ).met.clock.due  # fmt: skip
    assert unknown.earliest <= one.earliest
    assert one.latest <= unknown.latest


TOLD = "by: {zh: 主管机关, en: the authority}, max: 1 month, must_state: {zh: 理由, en: the reasons}"
EXTENDED = f"{DAYS}, extension: {{{TOLD}, event: extended}}"


@pytest.mark.parametrize(
    ("on", "facts", "expected", "extended", "state"),
    [
        ("2026-06-05", {"extended": not_by("2026-06-05")}, "2026-06-09", "no", "running"),
        ("2026-06-05", {"extended": "2026-06-01"}, "2026-07-09", "yes", "running"),
        ("2026-07-01", {"extended": "2026-06-01"}, "2026-07-09", "yes", "running"),
        ("2026-07-01", {"extended": "2026-06-20"}, "2026-06-09", "no", "overdue"),
        ("2026-07-01", {}, ("2026-06-09", "2026-07-09"), "unknown", "unknown"),
        ("2026-07-20", {}, ("2026-06-09", "2026-07-09"), "unknown", "overdue"),
        ("2026-06-05", {"extended": "2026-06-06"}, "2026-06-09", "no", "running"),
    ],
)
def test_a_recorded_extension_moves_the_last_day(on, facts, expected, extended, state):
    row = clock(EXTENDED, on=on, opened="2026-05-10", party={"done_this": False}, **facts)
    found = clock_json(row)
    assert (found["due"] or tuple(found["due_between"]), found["extension"]["extended"], found["state"]) == (
        expected,
        extended,
        state,
    )


def test_what_an_extension_must_say_is_told():
    found = clock_json(clock(EXTENDED, opened="2026-05-10"))["extension"]
    assert (found["by"]["en"], found["max"], found["must_state"]["zh"], found["event"]) == (
        "the authority",
        "1 month",
        "理由",
        "extended",
    )


def test_an_extension_to_a_day_of_its_own():
    written = EXTENDED.replace("event: extended", "event: extended, until: extended_to")
    facts = {"opened": "2026-05-10", "extended": "2026-06-01"}
    assert due(written, **facts, extended_to="2026-06-20") == "2026-06-20"
    assert due(written, **facts, extended_to="2026-12-20") == "2026-07-09"
    assert due(written, **facts) == ("2026-06-09", "2026-07-09")


def test_a_measure_may_record_an_extension():
    written = EXTENDED.replace("event: extended", "event: extension_told")
    told = {"extension_told": Given(Truth.TRUE, done=DateRange.on(date(2026, 6, 2)))}
    assert due(written, on="2026-06-05", opened="2026-05-10", party=told) == "2026-07-09"
    assert due(written, opened="2026-05-10", party={"extension_told": False}) == "2026-06-09"
    assert due(written, on="2026-07-01", opened="2026-05-10", party={"extension_told": True}) == ("2026-06-09", "2026-07-09")


def test_the_earliest_of_several_starts():
    written = "from: {earliest: [opened, changed]}, within: 12 days, calendar: generic"
    assert due(written, opened="2026-05-20", changed="2026-05-25") == "2026-06-01"
    assert due(written, opened="2026-05-20", changed=not_by("2026-06-01")) == "2026-06-01"
    late = clock(written, on="2026-06-05", opened="2026-05-20", party={"done_this": False})
    assert (late.met.clock.state, clock_json(late)["due_at_most"]) == ("overdue", "2026-06-01")
    early = clock(written, on="2026-05-28", opened="2026-05-20", party={"done_this": False})
    assert (early.met.clock.state, [one.name for one in early.missing]) == ("unknown", ["changed"])


def test_hours_from_a_day_alone():
    assert due("from: opened, within: 24 hours", opened="2026-05-20", on="2026-05-20") == "2026-05-21"


def test_what_was_used_is_said():
    found = clock_json(
        clock(DAYS + ", also: {immediately_after: linked}, first: incomplete", opened="2026-05-10", linked="2026-05-12")
    )
    assert found["kind"] == "deadline"
    assert found["from"] == [{"event": "opened", "happened": "yes", "day": "2026-05-10"}]
    assert found["within"] == ["30 days"]
    assert found["also"] == {"immediately_after": "linked", "event": "linked", "happened": "yes", "day": "2026-05-12"}
    assert found["first"] == "incomplete"
    assert found["counting"]
