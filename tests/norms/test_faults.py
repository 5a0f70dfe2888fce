"""Faults put into the engine on purpose: each must be caught by a law or a check, or the tests are worth nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.norms import test_clocks, test_fines, test_force, test_grades, test_scope, test_time
from tests.norms.agreement import agree
from tests.norms.laws import law_of_information
from tests.strategies.narrowing import pairs
from tests.strategies.wishing import program_on
from tests.strategies.worlds import cases

from guiju.calendars import NEVER, DateRange
from guiju.logic import Interval, Rows, SetOf, Truth
from guiju.norms import Evaluation, Program, View, clocks, duties, fines, force, grades, results, terms

EVALUATE = sys.modules["guiju.logic.evaluate"]
TIMING = sys.modules["guiju.norms.timing"]
"""Modules whose name in their package is that of a function."""

Fault = Callable[[pytest.MonkeyPatch], None]
Check = Callable[[], None]


def hunted(check: Callable[[Any], None], strategy: st.SearchStrategy[Any], examples: int) -> Check:
    """A property run over so many worlds, the same ones every time, without looking for the smallest."""

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def hunt(drawn: Any) -> None:
        check(drawn)

    return hunt


def information(*among: str, on: str | None = None) -> Check:
    """The law of information, in worlds around these norms."""
    return hunted(law_of_information, pairs(among, program_on(on) if on else None), examples=300)


def nested(*among: str) -> Check:
    """Agreement with the second evaluator, in worlds known in part and known wholly."""
    return hunted(lambda case: agree(case.program, case.world) and None, cases(among) | cases(among, fully=True), examples=300)


# -- the faults ----------------------------------------------------------------------------------------------------------------


def unknown_or_false_is_false(patch: pytest.MonkeyPatch) -> None:
    for module in (EVALUATE, terms):
        patch.setattr(module, "any_of", lambda truths: Truth.of(Truth.TRUE in list(truths)))


def unknown_and_true_is_true(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EVALUATE, "all_of", lambda truths: Truth.of(Truth.FALSE not in list(truths)))


def open_rows_are_closed(patch: pytest.MonkeyPatch) -> None:
    rows = View.rows
    patch.setattr(View, "rows", lambda self, relation: Rows(rows(self, relation).items, True))


def unknown_exceptions_do_not_hold(patch: pytest.MonkeyPatch) -> None:
    excepted = Evaluation.excepted
    patch.setattr(Evaluation, "excepted", lambda *args: Truth.of(excepted(*args) is Truth.TRUE))


def nothing_is_given_back(patch: pytest.MonkeyPatch) -> None:
    """An exception to an exception is not looked at."""
    exempt = Evaluation.exempt
    patch.setattr(Evaluation, "exempt", lambda self, one, view: exempt(self, replace(one, unless=()), view))


def latest_class(patch: pytest.MonkeyPatch) -> None:
    def faulty(self, event, thing):
        days = [one.on for one in event.dates if self.of_class(one.when, event.about, thing) is not Truth.FALSE]
        return DateRange.on(max(days)) if days else DateRange.on(NEVER)

    patch.setattr(Evaluation, "class_day", faulty)


def open_delays_are_passed_over(patch: pytest.MonkeyPatch) -> None:
    method = TIMING._delayed
    applies = TIMING.Timing

    def faulty(*args):
        found, timed = method(*args), args[-1]
        return applies("applies", timed.start, timed.end, timed.moved_by, timed.enforced) if found.waits_for else found

    patch.setattr(TIMING, "_delayed", faulty)


def sets_are_closed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(SetOf, "contains", lambda self, member: Truth.of(member in self.has))


def narrowed_enum_is_settled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(EVALUATE, "_among", lambda value, wanted: Truth.of(bool(value.members & wanted)))


def late_is_met(patch: pytest.MonkeyPatch) -> None:
    method = duties._by_clock

    def faulty(clock, fulfilled, kind, *more):
        return (Truth.TRUE, Truth.FALSE) if clock.state == "done-late" else method(clock, fulfilled, kind, *more)

    patch.setattr(duties, "_by_clock", faulty)


def more_than_is_at_least(patch: pytest.MonkeyPatch) -> None:
    method = EVALUATE._numbers
    patch.setattr(EVALUATE, "_numbers", lambda left, op, right: method(left, ">=" if op == ">" else op, right))


def half_an_interval_is_enough(patch: pytest.MonkeyPatch) -> None:
    """A number known to lie above a bound is taken to be that bound."""
    method = EVALUATE._numbers
    patch.setattr(
        EVALUATE, "_numbers", lambda left, op, right: method(Interval(left.low or left.high, left.low or left.high), op, right)
    )


def higher_and_lower_are_swapped(patch: pytest.MonkeyPatch) -> None:
    method = fines._combined
    patch.setattr(
        fines, "_combined", lambda fixed, shared, combine: method(fixed, shared, "lower" if combine == "higher" else "higher")
    )


def nothing_is_displaced(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Evaluation, "displaced", lambda *args: Truth.FALSE)


def anything_hardens(patch: pytest.MonkeyPatch) -> None:
    """A text lends force that it does not have."""
    method = force.force_of

    def faulty(*args):
        return force.Binding("hard", ()) if len(args) == 5 and args[4] else method(*args)

    patch.setattr(force, "force_of", faulty)


def open_lists_have_no_ceiling(patch: pytest.MonkeyPatch) -> None:
    """A grade over open rows is taken from the rows at hand."""
    method = grades._rows
    patch.setattr(grades, "_rows", lambda *args: (method(*args)[0], True))


def the_last_day_is_late(patch: pytest.MonkeyPatch) -> None:
    """Every clock is read a day ahead."""
    method = clocks.read_clock_of
    patch.setattr(duties, "read_clock_of", lambda run, *rest: method(_tomorrow(run), *rest))


def _tomorrow(run: Evaluation) -> Evaluation:
    rules = Program(run.program.corpus, run.program.on + timedelta(days=1), run.program.known)
    return Evaluation(rules, run.world)


def news_is_known_before_it_is_published(patch: pytest.MonkeyPatch) -> None:
    def faulty(self):
        found = [event for event in self.corpus.events.values() if not event.pending]
        return sorted(found, key=lambda event: (event.takes_effect, event.known, event.order or 0, event.id))

    patch.setattr(Program, "events", property(faulty))


def one_reading_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(results, "_waiting", lambda *args: ())


def everybody_bears_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Evaluation, "bears", lambda *args: Truth.TRUE)


# -- each is caught ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caught:
    fault: Fault
    check: Check

    def __str__(self) -> str:
        return self.fault.__name__


CAUGHT = (
    Caught(unknown_or_false_is_false, information()),
    Caught(unknown_and_true_is_true, information()),
    Caught(open_rows_are_closed, information("eu/ai-act/9", "eu/ai-act/16", "eu/ai-act/25.2#cooperation")),
    Caught(unknown_exceptions_do_not_hold, nested("eu/ai-act/3.40", "eu/ai-act/5.1.f#practice")),
    Caught(nothing_is_given_back, nested("eu/ai-act/6.2", "eu/ai-act/53.1.a")),
    Caught(
        latest_class,
        lambda: [test_time.test_the_earliest_class_that_holds([{"row_a": True, "row_b": True}], DateRange.on(date(2026, 1, 1)))],
    ),
    Caught(open_delays_are_passed_over, information("eu/ai-act/50.2", on="2026-11-21")),
    Caught(sets_are_closed, information("eu/ai-act/2.1", "eu/ai-act/3.39", "eu/ai-act/53.2")),
    Caught(narrowed_enum_is_settled, nested()),
    Caught(late_is_met, test_clocks.test_ten_working_days_after_the_start_of_the_service),
    Caught(more_than_is_at_least, lambda: test_scope.test_open_models_and_their_threshold("1e25", ["no", "no", "yes", "yes"])),
    Caught(
        half_an_interval_is_enough,
        lambda: test_scope.test_a_number_known_in_part_settles_what_all_of_it_settles((2, 5), "unknown"),
    ),
    Caught(higher_and_lower_are_swapped, test_fines.test_a_range_of_turnover_gives_a_range_of_maxima),
    Caught(nothing_is_displaced, test_scope.test_content_without_label_on_request),
    Caught(anything_hardens, test_force.test_two_soft_texts_harden_nothing),
    Caught(open_lists_have_no_ceiling, lambda: test_grades.test_open_rows_may_hold_anything_graver([False], False)),
    Caught(the_last_day_is_late, test_clocks.test_the_last_day_is_in_time_and_the_next_is_not),
    Caught(news_is_known_before_it_is_published, test_time.test_known_time_is_not_valid_time),
    Caught(everybody_bears_it, nested()),
)


@pytest.mark.parametrize("caught", CAUGHT, ids=str)
def test_a_fault_is_caught(monkeypatch, caught):
    caught.fault(monkeypatch)
    with pytest.raises(AssertionError):
        caught.check()


def test_every_check_holds_without_a_fault():
    """The checks that are no random hunts; the hunts are the properties of the other files."""
    for check in (one.check for one in CAUGHT if not hasattr(one.check, "hypothesis")):
        check()


def test_one_reading_only_is_caught(monkeypatch):
    one_reading_only(monkeypatch)
    with pytest.raises(AssertionError):
        test_time.test_a_term_whose_provision_does_not_apply_yet_gives_both_readings("xx/act/2")
