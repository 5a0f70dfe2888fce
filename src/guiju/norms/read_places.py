"""What a rule file says of places in a statute: coverage of an instrument, differences of a norm that are explained."""

from __future__ import annotations

from guiju.norms.accounts import EXPLANATIONS, NOT_ENCODED_REASONS, Carried, Coverage, Explained, NotEncoded
from guiju.norms.fields import Fields
from guiju.norms.statutes.pinpoints import read_places
from guiju.norms.statutes.places import Place, PlaceError
from guiju.norms.yaml_reader import Item


def read_coverage(f: Fields) -> Coverage | None:
    """What stands under ``coverage``; an instrument without it makes no claim to be covered whole."""
    inner = f.inner("coverage")
    if inner is None:
        return None
    found = Coverage(tuple(inner.many("carried", _carried)), tuple(inner.many("not_encoded", _not_encoded)))
    inner.done()
    return found


def _carried(item: Item) -> Carried:
    f = Fields(item, "carried")
    found = Carried(_places(f), f.words("by"))
    if not found.by:
        f.fail("data.missing-key", wanted="by")
    f.done()
    return found


def _not_encoded(item: Item) -> NotEncoded:
    f = Fields(item, "not_encoded")
    found = NotEncoded(_places(f), f.word("why", among=NOT_ENCODED_REASONS), f.optional_word("in"), f.text("note"))
    if (found.why == "definition") != (found.defined_in is not None):
        f.fail("coverage.definition-where", "why")
    f.done()
    return found


def _places(f: Fields) -> tuple[Place, ...]:
    written = f.word("at")
    try:
        return read_places(written)
    except PlaceError as problem:
        f.fail(problem.code, "at", **problem.fields)


def read_explained(item: Item) -> Explained:
    """One entry of a norm's ``explained``: signed twice, by two."""
    f = Fields(item, "explained")
    where = f.where
    span = [f.number(key) for key in ("from", "to")]
    if any(one is None or one < 0 or one != one.to_integral_value() for one in span):
        f.fail("explained.span")
    start, end = (int(one or 0) for one in span)
    found = Explained(
        finding=f.word("finding"),
        reason=f.word("reason", among=EXPLANATIONS),
        at=_one_place(f),
        start=start,
        end=end,
        norm_has=f.word("norm_has"),
        by=f.word("by"),
        second=f.word("second"),
        where=where,
    )
    if start >= end:
        f.fail("explained.span")
    if found.by == found.second:
        f.fail("explained.one-signature", "second")
    f.done()
    return found


def _one_place(f: Fields) -> Place:
    places = _places(f)
    if len(places) != 1:
        f.fail("explained.one-place", "at")
    return places[0]
