"""The axes of a report: what each grading scheme answers, between which bounds, and which row or object decides it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from guiju.assess.parts import detail_words
from guiju.assess.report_duty import DutyTeller
from guiju.assess.report_parts import Axis, Ground, Reading
from guiju.logic import Truth
from guiju.norms import Grade, Scheme, Thing, details_of

MOST_NEEDS = 4


def axes_of(teller: DutyTeller, documents: list[dict[str, Any]]) -> Iterable[Axis]:
    """Every grade of the assessment with its JSON."""
    return (_axis(teller, grade, data) for grade, data in zip(teller.a.grades, documents, strict=True))


def _axis(teller: DutyTeller, grade: Grade, data: dict[str, Any]) -> Axis:
    w, scheme = teller.w, grade.scheme
    decided = grade.at_least != scheme.order[0]
    several = sum(1 for one in teller.a.grades if one.scheme is scheme) > 1
    rows = [(_name(teller, one), _result(teller, scheme, one)) for one in data.get("rows", ())]
    return Axis(
        scheme=scheme.id,
        label=w.text(scheme.label) or scheme.id,
        answers=scheme.answers,
        result=_result(teller, scheme, data),
        settled=grade.settled,
        decided_by=w.named(grade.thing) if decided or several else "",
        days=_days(teller, grade) if decided else "",
        details=tuple(_details(teller, grade)),
        because=_grounds(teller, grade),
        needs=tuple(_needs(teller, grade)),
        rows=tuple(rows) if len(rows) > 1 else (),
        readings=tuple(_readings(teller, scheme, data)),
    )


def _grounds(teller: DutyTeller, grade: Grade) -> tuple[Ground, ...]:
    return teller.grounds(grade.because)


def _label(teller: DutyTeller, scheme: Scheme, grade: str) -> str:
    return teller.w.text(scheme.labels.get(grade)) or grade


def _result(teller: DutyTeller, scheme: Scheme, data: dict[str, Any]) -> str:
    """Floor and ceiling in words; a settled grade by itself."""
    low, high = (_label(teller, scheme, data[key]) for key in ("at_least", "at_most"))
    if data["at_least"] == data["at_most"]:
        return low
    if data["at_least"] == scheme.order[0]:
        return teller.say("grade-open", high=high)
    return teller.say("grade-between", low=low, high=high)


def _days(teller: DutyTeller, grade: Grade) -> str:
    """Since or from when, and what moved the day."""
    timed = grade.timing
    if timed is None:
        return ""
    day = timed.until_day if timed.status == "ended" else timed.from_day
    said = teller.say(f"since-{timed.status}{'' if day else '-open'}", day=teller.w.day(day) if day else "")
    if isinstance(day, date) and day > teller.a.program.on:
        said = teller.w.joined((said, teller.left((day - teller.a.program.on).days, day)))
    moved = teller.say("moved", by=teller.w.clause(timed.moved_by)) if timed.moved_by else ""
    return teller.w.joined((said, moved))


def _name(teller: DutyTeller, data: dict[str, Any]) -> str:
    thing = _thing(teller, data["object"])
    return teller.w.named(thing) if thing else teller.w.code(data["object"])


def _thing(teller: DutyTeller, identifier: str) -> Thing | None:
    return next((one for one in teller.a.results.world.things if one.id == identifier and not one.anonymous), None)


def _details(teller: DutyTeller, grade: Grade) -> Iterable[str]:
    """Names whose value is shown with what decides: route, row, filter."""
    for one in details_of(teller.a.results.evaluation, grade.scheme, grade.thing):
        if one.value is not None and one.value is not Truth.UNKNOWN:
            yield teller.w.dressed(detail_words(one, teller.w.lang))


def _needs(teller: DutyTeller, grade: Grade) -> Iterable[str]:
    if grade.settled:
        return
    texts = list(dict.fromkeys(teller.need(one).text for one in grade.missing))
    yield from texts[:MOST_NEEDS]
    if len(texts) > MOST_NEEDS:
        yield teller.say("and-more", count=len(texts) - MOST_NEEDS)


def _readings(teller: DutyTeller, scheme: Scheme, data: dict[str, Any]) -> Iterable[Reading]:
    """Readings under which the grade would be another."""
    for one in data.get("depends_on_reading") or ():
        if "at_least" in one and "at_most" in one:
            norm, _, name = str(one["id"]).partition("!")
            known = next((each for each in teller.a.program.norms[norm].readings if each.id == name), None) if name else None
            text = teller.w.text(known.summary) if known and known.summary else teller.w.code(one["id"])
            by = teller.w.said(one.get("by") or "")
            yield Reading(text, by, one.get("source") or "", _result(teller, scheme, one))
