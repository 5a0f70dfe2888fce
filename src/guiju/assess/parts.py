"""Parts of the assessment document: clocks, sanctions, acts under powers, details of grades, second ways to apply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from guiju.assess.plain import clause_of, day_json, missing_json, value_json, value_words
from guiju.calendars import DateRange
from guiju.logic import Truth, Value, show
from guiju.norms import Act, ClockReading, Detail, Program, Row, SanctionResult, TierResult, Void, reached, settled_day
from guiju.norms.model import Clock
from guiju.wording import LANGUAGES, fill, in_language, join_words

# -- clocks --------------------------------------------------------------------------------------------------------------------


def clock_json(row: Row) -> dict[str, Any] | None:
    """Where a clock stands, and what was used to work it out."""
    reading = row.met.clock if row.met else None
    clock = row.norm.clock
    if reading is None:
        return None
    found: dict[str, Any] = {
        "state": reading.state,
        "due": day_json(reading.due_day),
        "calendar": reading.calendar,
        "to": clock.to if clock else None,
        "notes": list(reading.notes),
    }
    found.update(_due_bounds(reading))
    if clock is not None:
        found.update(_used(row, clock, reading))
    return found


def _due_bounds(reading: ClockReading) -> dict[str, Any]:
    """Both ends of a last day that is open; an end that nobody knows is left out of the bounds."""
    due = reading.due
    if due is None or reading.due_day is not None:
        return {}
    found: dict[str, Any] = {"due_between": [str(due.earliest), str(due.latest)]}
    if isinstance(due.earliest, date) and due.earliest > date.min and not isinstance(due.latest, date):
        found["due_at_least"] = str(due.earliest)
    if due.earliest == date.min and isinstance(due.latest, date):
        found["due_at_most"] = str(due.latest)
    return found


def _used(row: Row, clock: Clock, reading: ClockReading) -> dict[str, Any]:
    """The events, the period, the counting rule, stops and extension; parts that a clock does not have are left out."""
    counted = reading.counted
    found: dict[str, Any] = {"kind": clock.kind, "from": [_event(row, name) for name in clock.start]}
    if clock.day:
        found["day"] = str(clock.day)
        found["every"] = str(clock.every) if clock.every else None
    if counted is not None:
        found["within"] = [str(period) for period in counted.periods]
        found["counting"] = counted.rule
    if clock.general:
        found["general"] = True
    if clock.also:
        found["also"] = {"immediately_after": clock.also, **_event(row, clock.also)}
    if clock.first:
        found["first"] = clock.first
    if clock.stops_while:
        least, most = counted.stopped if counted else (0, None)
        found["stopped"] = {"days_at_least": least, "days_at_most": most}
        found["stops_while"] = [[_event(row, name) for name in (stop.start, stop.end) if name] for stop in clock.stops_while]
    if clock.extension:
        longest = clock.extension.longest
        found["extension"] = {
            "by": dict(clock.extension.granted_by),
            "max": str(longest) if longest else None,
            "must_state": dict(clock.extension.must_state),
            "event": clock.extension.event,
            "extended": counted.extended.value if counted and clock.extension.event else None,
        }
    return found


def _event(row: Row, name: str) -> dict[str, Any]:
    value = row.evaluation.view(row.thing, row.party).value(name)
    return {"event": name, "happened": happened(row, value).value, "day": day_json(_day_of(value))}


def _day_of(value: Value | None) -> date | None:
    return settled_day(value) if isinstance(value, DateRange) else None


def happened(row: Row, value: Value | None) -> Truth:
    """Whether an event had happened by the day asked for."""
    return reached(row.evaluation.program.on, value) if isinstance(value, DateRange) else Truth.UNKNOWN


# -- sanctions -----------------------------------------------------------------------------------------------------------------


def sanction_json(result: SanctionResult) -> dict[str, Any]:
    """A sanction as a function's value: "up to", "at least", "at most"; never a forecast."""
    sanction = result.norm.sanction
    assert sanction is not None
    order, standing = result.order, result.standing
    return {
        "norm": result.norm.id,
        "pinpoint": dict(result.norm.pinpoint),
        "route": sanction.route,
        "on": sanction.on,
        "no_own_fine": sanction.no_own_fine,
        "open": result.open.value,
        "order": None
        if order is None
        else {
            "given": {"name": order.order.given, "is": order.given.value},
            "obeyed": {"name": order.order.obeyed, "is": order.obeyed.value},
        },
        "tiers": [_tier(one) for one in result.tiers],
        "after_order": [_tier(one) for one in result.after_order],
        "cure": dict(sanction.cure) if sanction.cure else None,
        "factors": [dict(one) for one in sanction.factors],
        "yields_to": [
            {
                "norms": list(one.clause.targets.ids),
                "law": dict(one.clause.law),
                "when": show(one.clause.when),
                "holds": one.holds.value,
            }
            for one in result.yields
        ],
        "status": standing.timing.status if standing else None,
        "enforced": standing.enforced if standing else None,
        "enforced_from": day_json(standing.enforced_from) if standing else None,
        "missing": [missing_json(one) for one in result.missing],
    }


def _tier(tier: TierResult) -> dict[str, Any]:
    entry: dict[str, Any] = {"holds": tier.holds.value, "measures": list(tier.measures)}
    for key, fine in (("fine", tier.fine), ("person_fine", tier.person_fine)):
        if fine is not None:
            amount = {"bound": fine.bound, "amount": value_json(fine.amount), "currency": fine.currency}
            if fine.low is not None:
                amount["from"] = value_json(fine.low)
            if fine.per is not None:
                amount["per"] = fine.per
            entry[key] = amount
    return entry


# -- second ways to apply ------------------------------------------------------------------------------------------------------


def applied_json(row: Row) -> dict[str, Any] | None:
    """The application norm that brings a norm in where its own condition does not, and how."""
    found = row.applied_by
    if found is None:
        return None
    norm, thing = found
    how = "residual" if norm.residual_to else norm.how
    return {"norm": norm.id, "how": how, "object": thing.id, "pinpoint": dict(norm.pinpoint)}


def power_json(row: Row) -> dict[str, Any] | None:
    """What a power enables, by which procedure, until when; None for other norms."""
    norm = row.norm
    if norm.kind != "power":
        return None
    return {
        "holder": norm.holder,
        "enables": list(norm.enables),
        "procedure": dict(norm.procedure),
        "expires": norm.expires,
    }


# -- acts under powers ---------------------------------------------------------------------------------------------------------


def acts_json(program: Program, shown: Iterable[str]) -> list[dict[str, Any]]:
    """Events that rest on a power or have no effect yet: those pending or void, and those that touch a norm shown."""
    norms = list(dict.fromkeys(shown))
    hit = program.corpus.contents.hit
    return [
        _act(program, act)
        for act in program.acts
        if act.state in ("pending", "void") or any(hit(act.event.targets, norm) for norm in norms)
    ]


def _act(program: Program, act: Act) -> dict[str, Any]:
    event = act.event
    return {
        "event": event.id,
        "kind": event.kind,
        "basis": event.basis,
        "state": act.state,
        "stage": event.pending,
        "known": day_json(event.known),
        "on": day_json(event.on),
        "targets": list(event.targets.ids),
        "why": None if act.void is None else _why(program, act.void),
        "summary": dict(event.summary),
    }


def _why(program: Program, void: Void) -> dict[str, Any]:
    return {
        "how": void.how,
        "targets": list(void.targets),
        "ended": day_json(void.ended),
        "text": {lang: void_words(program, void, lang) for lang in LANGUAGES},
    }


def void_words(program: Program, void: Void, lang: str) -> str:
    """Why an act is void, in words."""
    places = join_words([clause_of(program, one, lang) for one in void.targets], lang)
    fields = {"power": clause_of(program, void.power, lang), "places": places, "day": str(void.ended or "")}
    return fill(f"assess.void-{void.how}", lang, "message", fields)


# -- details of grades ---------------------------------------------------------------------------------------------------------


def details_json(details: Iterable[Detail]) -> list[dict[str, Any]]:
    """What a scheme shows beside a grade, with words in both languages."""
    return [
        {
            "name": one.declared.name,
            "object": one.thing.id if one.thing else None,
            "value": value_json(one.value),
            "text": {lang: detail_words(one, lang) for lang in LANGUAGES},
        }
        for one in details
    ]


def detail_words(detail: Detail, lang: str) -> str:
    """One detail as "label: value"."""
    label = in_language(detail.declared.label or detail.declared.ask, lang) or detail.declared.name
    asked = any(sign in label for sign in "?？")
    fields = {"label": label, "value": value_words(detail.declared, detail.value, lang)}
    return fill("assess.detail-asked" if asked else "assess.detail", lang, "message", fields)
