"""How far an answer goes: on what a "met" rests and by whom it was done, what readings would change, what stands ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from guiju.assess.plain import clause_of, day_json
from guiju.calendars import words
from guiju.logic import Truth
from guiju.norms import Grade, Program, ReadAnswer, Results, Row, reader_words, reading_named
from guiju.wording import fill, in_language, join_words


def met_json(row: Row) -> str | None:
    """``yes``, ``no``, ``unknown``; what is presumed or demonstrated to be met is a "yes" whose basis says so."""
    if row.met is None or row.met.met is None:
        return None
    return Truth.TRUE.value if row.presumed else row.met.met.value


def basis_json(row: Row) -> dict[str, Any] | None:
    """On what a "met" rests: its kind, the class of evidence or the norm that lets it be presumed, who says so, who did it."""
    basis = row.met.basis if row.met else None
    presumed = row.presumed
    if presumed is not None:
        by = presumed.basis.by if presumed.basis else None
        return {"kind": presumed.how, "class": presumed.norm.id, "by": by, "extent": dict(presumed.extent)}
    if basis is None:
        return None
    found: dict[str, Any] = {"kind": basis.kind, "class": basis.detail, "by": basis.by}
    return {**found, "performed_by": list(basis.performed_by)} if basis.performed_by else found


def bearer_json(row: Row) -> dict[str, Any] | None:
    """Who owes it, as the norm says."""
    bearer = row.norm.bearer
    if bearer is None:
        return None
    return {"how": bearer.how, "terms": list(bearer.terms), "otherwise": list(bearer.otherwise)}


def readings_json(row: Row) -> list[dict[str, Any]]:
    """The readings under which the row would be another: scope, status, "met", and the clock where it has one."""
    return [
        {
            "id": one.id,
            "by": one.by,
            "in_scope": one.in_scope.value,
            "status": one.status,
            "met": None if one.met is None else one.met.value,
            "clock": one.clock.state if one.clock else None,
            "due": day_json(one.clock.due_day) if one.clock else None,
            "source": one.source,
        }
        for one in row.readings
    ]


def grade_readings_json(grade: Grade) -> list[dict[str, Any]]:
    """The readings under which floor or ceiling would be another, with both."""
    return [
        {"id": one.id, "by": one.by, "at_least": one.at_least, "at_most": one.at_most, "source": one.source}
        for one in grade.readings
    ]


def awaited_json(results: Results) -> list[dict[str, Any]]:
    """Rows out of scope only because a right is not claimed (``right``) or nothing is broken (``breach``)."""
    return [
        {
            "kind": one.kind,
            "norm": one.row.norm.id,
            "object": one.row.thing.id,
            "party": None if one.row.party is None or one.row.party.anonymous else one.row.party.id,
            "upon": one.row.norm.upon if one.kind == "right" else None,
        }
        for one in results.awaited
    ]


# -- for people ------------------------------------------------------------------------------------------------------------


def _say(code: str, lang: str, **fields: object) -> str:
    return fill(f"assess.{code}", lang, "message", fields)


def met_words(row: Row, program: Program, lang: str, org: Callable[[str], str] = str) -> str:
    """Whether it is met, on what basis, and by whom (``org``: a party's id as a name); a presumption is told as one."""
    met = row.met
    if met is None or met.met is None:
        return ""
    if row.presumed is not None:
        extent = in_language(row.presumed.extent, lang) if row.presumed.extent else ""
        said = _say(f"met-{row.presumed.how}", lang, clause=clause_of(program, row.presumed.norm.id, lang))
        return said + (_say("met-extent", lang, extent=extent) if extent else "")
    said = _say(f"met-{met.met.value}", lang)
    basis = met.basis
    if met.met.settled and basis is not None:
        said += _say(f"basis-{basis.kind}", lang, by=basis.by or "", detail=basis.detail or "")
        if basis.performed_by:
            said += _say("done-by-others", lang, orgs=join_words(list(map(org, basis.performed_by)), lang))
    return said


def shared_words(row: Row, lang: str, org: Callable[[str], str] = str) -> str:
    """Who else owes it together with this party."""
    return _say("shared-with", lang, orgs=join_words(list(map(org, row.shared_with)), lang)) if row.shared_with else ""


def reading_words(answer: ReadAnswer, program: Program, lang: str) -> str:
    """How a row would be answered under a reading."""
    said = _say(f"in-scope-{answer.in_scope.value}", lang)
    if answer.met is not None:
        said += _say("joiner", lang) + _say(f"met-{answer.met.value}", lang)
    if answer.clock is not None and answer.clock.due_day is not None:
        said += _say("joiner", lang) + _say("reading-due", lang, due=words(answer.clock.due_day, lang))
    if answer.by == "text":
        return _say(f"reading-{answer.id}", lang, answer=said)
    return _reading(answer.id, answer.by, program, lang, said)


def grade_reading_lines(grade: Grade, program: Program, lang: str) -> Iterator[str]:
    """How a scheme would grade under each reading that differs."""
    for one in grade.readings:
        low, high = (in_language(grade.scheme.labels[name], lang) if name in grade.scheme.labels else name
                     for name in (one.at_least, one.at_most))  # fmt: skip
        code = "reading-grade" if one.at_least == one.at_most else "reading-grade-between"
        yield _reading(one.id, one.by, program, lang, _say(code, lang, low=low, high=high))


def _reading(id_: str, by: str, program: Program, lang: str, answer: str) -> str:
    """What a reading says, in its own words where it has any, whose it is, and what it would answer."""
    norm, name = id_.split("!", 1)
    known = reading_named(program.norms[norm], id_)
    text = in_language(known.summary, lang).rstrip(".。") if known and known.summary else name
    return _say("reading", lang, clause=clause_of(program, norm, lang), id=text, by=reader_words(by, lang), answer=answer)
