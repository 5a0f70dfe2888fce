"""Filings: steps that fit together, and time limits that are the law's own, day for day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.institutions.systems import House, house, system

from guiju.calendars import fixed, parse_day
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.people.cases import cases_of
from guiju.institutions.register import filings
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.filing_kinds import KINDS
from guiju.institutions.register.limits import left_in_words, limits_of, notes_in_words, status_of
from guiju.institutions.register.models import Filing, FilingStep
from guiju.norms.yaml_reader import plain, read_file

LAW = Path(__file__).parents[1] / "law" / "50-change-and-cancellation-of-a-filing.yaml"
EVENTS = {"filing_information_changed": "information-changed", "service_ended": "service-ended"}
ACTS = {"filing_change_registered": "change-registered", "filing_cancelled": "cancelled", "closing_arrangements_made": "arranged"}
ALGORITHM = KINDS["cn-algorithm"]


def step(kind: str, on: date) -> FilingStep:
    return FilingStep(kind=kind, on=on, at=datetime(2026, 11, 1, tzinfo=UTC))


# -- the law's own cases -------------------------------------------------------------------------------------------------------


@dataclass
class Asked:
    name: str
    steps: list[FilingStep]
    norm: str
    on: date
    expect: dict[str, Any]


def asked() -> Iterator[Asked]:
    """Every answer that the law test of Article 24 expects, with its dossier as the steps of a filing."""
    data: Any = plain(read_file(LAW, LAW.name))
    for case in data["cases"]:
        dossier = case["dossier"]
        (party,) = dossier["parties"]["exactly"]
        happened = dossier.get("service", {}).get("events", {})
        steps = [step("granted", date(2025, 3, 10))] if party["conduct"]["algorithm_filed"] else []
        steps += [step(EVENTS[name], parse_day(day)) for name, day in happened.items()]
        for name, said in party["conduct"].items():
            if isinstance(said, dict):
                steps.append(step(ACTS[name], parse_day(said["done"])))
        for one in case["answers"]:
            yield Asked(case["name"], steps, one["norm"], parse_day(one["on"]), one["expect"])


@pytest.mark.parametrize("one", list(asked()), ids=lambda one: f"{one.name} {one.on}")
def test_limits_are_those_of_the_law(one: Asked) -> None:
    found = [each for each in limits_of(ALGORITHM, one.steps, one.on) if each.norm == one.norm]
    if one.expect.get("in_scope") == "no" or one.expect.get("clock") == "not-started":
        assert found == []
        return
    (limit,) = found
    due = one.expect.get("due", "not asked")
    assert due == "not asked" or str(limit.day) == due
    assert "clock" not in one.expect or limit.state == one.expect["clock"]
    if one.expect.get("met") in ("yes", "no"):
        assert (limit.state == "done") is (one.expect["met"] == "yes")


def test_every_norm_of_every_kind_is_in_the_corpus_with_its_clock() -> None:
    corpus = site_corpus()
    for kind in KINDS.values():
        assert not kind.clause or kind.clause in corpus.norms, kind.id
        for timed in kind.limits.values():
            (norm,) = corpus.norms[timed.norm]
            assert norm.clock is not None
            assert norm.clock.start == (timed.event,)
            assert {corpus.vocabulary.declared[one].kind for one in timed.measures} == {"measure"}


def test_where_the_calendar_ends_the_last_day_lies_between_two() -> None:
    (limit,) = limits_of(
        ALGORITHM, [step("granted", date(2025, 3, 10)), step("service-ended", date(2026, 12, 20))], date(2026, 12, 21)
    )
    assert limit.due is not None
    assert not limit.settled
    assert limit.day == limit.due.earliest
    assert limit.due.earliest < limit.due.latest
    assert any("CN" in one for one in notes_in_words(limit, "en"))
    assert all(one for lang in ("zh", "en") for one in notes_in_words(limit, lang))


@settings(max_examples=25, deadline=None)
@given(start=st.dates(date(2026, 1, 5), date(2026, 11, 1)), later=st.integers(0, 40))
def test_what_is_done_by_the_last_day_is_in_time_and_on_no_day_after_it(start: date, later: int) -> None:
    granted, changed = step("granted", date(2025, 3, 10)), step("information-changed", start)
    on = start + timedelta(60)
    (open_one,) = limits_of(ALGORITHM, [granted, changed], on)
    assert open_one.state == "overdue"
    assert open_one.day is not None
    done = start + timedelta(later)
    (limit,) = limits_of(ALGORITHM, [granted, changed, step("change-registered", done)], on)
    assert limit.day == open_one.day
    assert limit.state == ("done" if done <= open_one.day else "done-late")


def test_a_second_change_has_a_time_of_its_own() -> None:
    steps = [
        step("granted", date(2025, 3, 10)),
        step("information-changed", date(2026, 9, 18)),
        step("change-registered", date(2026, 9, 25)),
        step("information-changed", date(2026, 9, 28)),
    ]
    first, second = limits_of(ALGORITHM, steps, date(2026, 10, 17))
    assert (first.state, second.state) == ("done", "overdue")
    assert str(second.day) == "2026-10-16"


@pytest.mark.parametrize(
    ("day", "words"), [("2026-10-16", "today"), ("2026-10-15", "1 day ago"), ("2026-10-20", "2 working days left")]
)
def test_time_left_is_told_in_working_days(day: str, words: str) -> None:
    assert left_in_words(parse_day(day), date(2026, 10, 16), "CN", "en") == words


def test_time_left_past_the_end_of_the_calendar_is_told_in_days() -> None:
    assert left_in_words(date(2027, 1, 12), date(2026, 12, 31), "CN", "en") == "12 days left"


# -- steps ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def home(db: None) -> House:
    return house()


@pytest.fixture
def filing(home: House) -> Filing:
    found = filings.take_up(system(home), "cn-algorithm", "  GA 1 ")
    with fixed(date(2026, 11, 20)):
        filings.enter_step(found, "granted", date(2025, 3, 10), "notice", home.editor)
    return found


def enter(filing: Filing, kind: str, day: str, home: House) -> FilingStep:
    with fixed(date(2026, 11, 20)):
        return filings.enter_step(filing, kind, parse_day(day), "", home.editor)


WRONG = [
    ("unknown", "married", "2026-01-01", "registry.step-cannot-follow"),
    ("refused-after-granted", "refused", "2026-01-01", "registry.step-cannot-follow"),
    ("tomorrow", "information-changed", "2026-11-21", "registry.step-future"),
    ("long-ago", "information-changed", "2009-01-01", "registry.step-too-early"),
    ("before-it-was-granted", "information-changed", "2025-03-09", "registry.step-order"),
    ("registered-without-a-change", "change-registered", "2026-01-01", "registry.step-no-change"),
]


@pytest.mark.parametrize(("kind", "day", "code"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_step_that_cannot_be(filing: Filing, home: House, kind: str, day: str, code: str) -> None:
    with pytest.raises(RegisterError) as caught:
        enter(filing, kind, day, home)
    assert caught.value.code == code
    assert all(caught.value.message(lang) and caught.value.hint(lang) for lang in ("zh", "en"))
    assert filing.steps.count() == 1


def test_a_kind_that_there_is_not_and_a_number_that_is_too_long(home: House) -> None:
    made = system(home)
    for kind, number, code in (("none", "", "registry.filing-kind"), ("other", "9" * 121, "registry.too-long")):
        with pytest.raises(RegisterError) as caught:
            filings.take_up(made, kind, number)
        assert caught.value.code == code


def test_a_step_is_struck_out_and_stays(filing: Filing, home: House) -> None:
    changed = enter(filing, "information-changed", "2026-09-28", home)
    enter(filing, "change-registered", "2026-10-09", home)
    assert status_of(filing.steps.all()) == "changed"
    granted = filing.steps.get(kind="granted")
    with pytest.raises(RegisterError) as caught:
        filings.strike(granted)
    assert caught.value.code == "registry.step-needed"
    filings.strike(filing.steps.get(kind="change-registered"))
    filings.strike(changed)
    assert filing.steps.count() == 3
    with fixed(date(2026, 11, 20)):
        assert filings.limits_today(filing) == []
    assert status_of(filing.steps.all()) == "granted"


def test_a_change_that_was_registered_is_not_struck_out_alone(filing: Filing, home: House) -> None:
    changed = enter(filing, "information-changed", "2026-09-28", home)
    registered = enter(filing, "change-registered", "2026-10-09", home)
    with pytest.raises(RegisterError) as caught:
        filings.strike(changed)
    assert caught.value.code == "registry.step-needed"
    filings.strike(registered)
    filings.strike(changed)


def test_forms_that_were_sent_twice_enter_once(filing: Filing, home: House) -> None:
    assert enter(filing, "information-changed", "2026-09-28", home) == enter(filing, "information-changed", "2026-09-28", home)
    assert filing.steps.count() == 2
    assert filings.take_up(filing.system, "other", "1") == filings.take_up(filing.system, "other", " 1 ")
    assert filings.take_up(filing.system, "cn-algorithm", "GA 1") != filing  # something has happened with that one


def test_after_the_end_only_what_is_left_to_do_can_follow(filing: Filing, home: House) -> None:
    enter(filing, "service-ended", "2026-09-16", home)
    enter(filing, "cancelled", "2026-10-12", home)
    assert filings.may_follow(filing) == ["arranged"]
    with fixed(date(2026, 11, 20)):
        (limit,) = filings.limits_today(filing)
        assert limit.state == "overdue"  # cancelled, without proper arrangements
    enter(filing, "arranged", "2026-10-20", home)
    with fixed(date(2026, 11, 20)):
        (limit,) = filings.limits_today(filing)
    assert limit.state == "done"
    assert str(limit.day) == "2026-10-20"


def test_a_running_limit_waits_at_the_desk_of_those_who_can_enter_it(filing: Filing, home: House) -> None:
    enter(filing, "information-changed", "2026-11-16", home)
    with fixed(date(2026, 11, 20)):
        for lang, law in (("en", "Art. 24(2)"), ("zh", "第二十四条第二款")):
            (case,) = [one for one in cases_of(home.editor, lang) if one.key.startswith("filing:")]
            assert law in case.clause
            assert case.due == date(2026, 11, 30)
            assert case.place == "Asia/Shanghai"
            assert "6" in case.left
        assert not [one for one in cases_of(home.approver, "en") if one.key.startswith("filing:")]
    enter(filing, "change-registered", "2026-11-19", home)
    with fixed(date(2026, 11, 20)):
        assert not [one for one in cases_of(home.editor, "en") if one.key.startswith("filing:")]
