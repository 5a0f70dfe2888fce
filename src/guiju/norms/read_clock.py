"""The clock of a norm (language, section 9)."""

from __future__ import annotations

from guiju.calendars import Period, calendars, counting_rules, parse_day, parse_period
from guiju.logic import TRUE
from guiju.norms.fields import CorpusError, Fields, as_word
from guiju.norms.model import CLOCK_KINDS, Clock, ClockCase, Extension, Stop
from guiju.norms.read_common import expression
from guiju.norms.yaml_reader import Item, Map, Seq
from guiju.wording import GuijuError


def read_clock(item: Item | None, what: str) -> Clock | None:
    """A clock; ``clock: null`` and no clock are the same."""
    if item is None:
        return None
    f = Fields(item, f"{what}.clock")
    clock = Clock(
        kind=f.word("kind", "deadline", CLOCK_KINDS),
        start=_start(f),
        within=_period(f, "within"),
        cases=tuple(f.many("cases", _clock_case)),
        general=f.flag("general"),
        calendar=f.optional_word("calendar", among=calendars()),
        counting=f.optional_word("counting", among=_countings()),
        to=f.optional_word("to"),
        on=_day_of_year(f),
        also=_also(f),
        first=f.optional_word("first", among=("incomplete",)),
        extension=_extension(f),
        stops_while=tuple(f.many("stops_while", _stop)),
        day=f.day("day"),
        every=_period(f, "every"),
    )
    if (clock.kind == "fixed") != (clock.day is not None) or (clock.every and not clock.every.months) or _strays(clock):
        f.fail("norm.fixed-clock", got=clock.kind)
    f.done()
    return clock


def _strays(clock: Clock) -> bool:
    """Whether a clock has a recurrence and no day, or a fixed day and a beginning or a period."""
    counted = bool(clock.start or clock.within or clock.cases or clock.on)
    return clock.every is not None if clock.kind != "fixed" else counted


def _countings() -> list[str]:
    """What a clock may name to be counted by: a rule, or the place whose rule it is."""
    return [word for name, rule in counting_rules().items() for word in (name, *rule.places)]


def _day_of_year(f: Fields) -> str | None:
    """``03-31``: a day that every year has."""
    word = f.optional_word("on")
    if word is not None:
        try:
            parse_day(f"2001-{word}")
        except GuijuError:
            f.fail("data.not-a-day-of-the-year", "on", got=word)
    return word


def _start(f: Fields) -> tuple[str, ...]:
    inner = f.item("from")
    if isinstance(inner, Map):
        fields = Fields(inner, f"{f.what}.from")
        events = fields.words("earliest")
        fields.done()
        return events
    return f.words("from")


def _also(f: Fields) -> str | None:
    inner = f.inner("also")
    if inner is None:
        return None
    word = inner.word("immediately_after")
    inner.done()
    return word


def _extension(f: Fields) -> Extension | None:
    """Who may extend, by how much, and what must be stated; an extension that can be recorded says by how much."""
    inner = f.inner("extension")
    if inner is None:
        return None
    found = Extension(
        granted_by=inner.text("by"),
        longest=_period(inner, "max"),
        must_state=inner.text("must_state"),
        event=inner.optional_word("event"),
        until=inner.optional_word("until"),
    )
    inner.done()
    if found.event and not (found.longest or found.until):
        inner.fail("norm.extension-without-length", "event")
    if found.until and not found.event:
        inner.fail("norm.extension-without-event", "until")
    return found


def _stop(item: Item) -> Stop:
    """``[start, end]``: a pair of events; one event alone has no end."""
    if not isinstance(item, Seq):
        return Stop(as_word(item, "stops_while"))
    names = [as_word(child, "stops_while") for child in item.items]
    if len(names) != 2:
        raise CorpusError("norm.stop-shape", item.where, got=len(names))
    return Stop(*names)


def _period(f: Fields, key: str) -> Period | None:
    word = f.optional_word(key)
    if word is None:
        return None
    try:
        return parse_period(word)
    except GuijuError as problem:
        f.fail(problem.code, key, **{name: value for name, value in problem.fields.items() if name not in ("what", "key")})


def _clock_case(item: Item) -> ClockCase:
    f = Fields(item, "clock case")
    within = _period(f, "within")
    if within is None:
        f.fail("data.missing-key", wanted="within")
    found = ClockCase(expression(f, "when", TRUE), within)
    f.done()
    return found
