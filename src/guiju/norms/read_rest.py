"""Instruments, legal events, vocabulary, schemes and kinds of instrument, read from their files."""

from __future__ import annotations

from guiju.logic import TRUE, DateType, ExpressionError, parse_type
from guiju.norms.fields import CorpusError, Fields, shape
from guiju.norms.fields import as_text as text_item
from guiju.norms.model import (
    EVENT_KINDS,
    ClassDate,
    Event,
    Fold,
    Instrument,
    InstrumentKind,
    Part,
    Scheme,
    Targets,
)
from guiju.norms.provisions import instrument_of
from guiju.norms.read_common import expression, parse_item
from guiju.norms.read_norm import read_check
from guiju.norms.read_places import read_coverage
from guiju.norms.vocabulary import NAME_KINDS, Declared
from guiju.norms.yaml_reader import Item, Map


def read_instrument(item: Item) -> Instrument:
    """An ``instrument.yaml``."""
    f = Fields(item, "instrument")
    found = Instrument(
        id=f.word("instrument"),
        kind=f.word("kind"),
        title=f.text("title"),
        issuer=f.words("issuer"),
        territory=f.word("territory"),
        place=f.word("place"),
        authentic=f.words("authentic"),
        contents=tuple(f.many("contents", _part)),
        where=f.where,
        short=f.text("short"),
        number=f.text("number"),
        official=f.optional_word("official"),
        not_covered=f.text("not_covered"),
        coverage=read_coverage(f),
        checked=read_check(f),
    )
    f.done()
    return found


def _part(item: Item) -> Part:
    f = Fields(item, "contents")
    found = Part(f.word("id"), f.words("holds"), f.text("title"))
    f.done()
    return found


def read_event(item: Item) -> Event:
    """One entry of an ``events.yaml``."""
    f = Fields(item, "event")
    identifier = f.word("event")
    f.what = identifier
    known = f.day("known")
    if known is None:
        f.fail("data.missing-key", wanted="known")
    found = Event(
        id=identifier,
        instrument=instrument_of(identifier),
        kind=f.word("kind", among=EVENT_KINDS),
        known=known,
        targets=Targets(f.words("targets") or (instrument_of(identifier),), f.words("except")),
        dates=_dates(f),
        where=f.where,
        day=f.optional_word("day"),
        about=f.optional_word("about"),
        until=f.day("until"),
        effect=f.day("effect"),
        order=_order(f),
        pending=f.word("pending", among=("proposed", "adopted", "in_scrutiny")) if f.has("pending") else None,
        basis=f.optional_word("basis"),
        source=f.optional_word("source"),
        inserts=f.words("inserts"),
        checked=read_check(f),
        summary=f.text("summary"),
    )
    f.done()
    return found


def _dates(f: Fields) -> tuple[ClassDate, ...]:
    on = f.day("on")
    if on is not None:
        return (ClassDate(TRUE, on),)
    return tuple(f.many("dates", _class_date))


def _class_date(item: Item) -> ClassDate:
    f = Fields(item, "dates")
    on = f.day("on")
    if on is None:
        f.fail("data.missing-key", wanted="on")
    found = ClassDate(expression(f, "for", TRUE), on)
    f.done()
    return found


def _order(f: Fields) -> int | None:
    number = f.number("order")
    return None if number is None else int(number)


def read_declared(name: str, item: Item) -> Declared:
    """One entry of a vocabulary."""
    f = Fields(item, name)
    kind = f.word("kind", among=NAME_KINDS)
    relation = kind == "relation"
    written = f.optional_word("type") or ("date" if kind == "event" else "bool")
    try:
        type_ = DateType() if kind == "event" else parse_type(written)
    except ExpressionError as problem:
        place = f.item("type")
        raise CorpusError(problem.code, place.where if place else f.where, **problem.fields) from None
    members = f.item("members")
    found = Declared(
        name=name,
        kind=kind,  # type: ignore[arg-type]  # closed by `among` above
        object=f.word("object"),
        type=type_,
        type_text=written,
        ask=f.text("ask"),
        help=f.text("help"),
        label=f.text("label"),
        criteria=f.text("criteria"),
        members={key: text_item(value) for key, value in members.items.items()} if isinstance(members, Map) else {},
        needed_by=f.words("needed_by"),
        aliases=f.words("alias"),
        concept=f.optional_word("concept"),
        where=f.where,
        to=f.word("to") if relation else "",
        many=f.flag("many") if relation else False,
        owner=f.flag("owner") if relation else False,
        inverse=f.optional_word("inverse") if relation else None,
    )
    f.item("example")
    f.done()
    return found


def read_scheme(item: Item) -> Scheme:
    """One entry of a ``schemes.yaml``."""
    f = Fields(item, "scheme")
    labels = f.item("labels")
    found = Scheme(
        id=f.word("scheme"),
        answers=f.word("answers", "class", ("class", "level", "route")),
        order=f.words("order"),
        rows=_fold(f, "rows"),
        object=_fold(f, "object"),
        label=f.text("label"),
        labels={key: text_item(value) for key, value in labels.items.items()} if isinstance(labels, Map) else {},
        where=f.where,
        details=f.words("details"),
        questionnaire=f.optional_word("questionnaire"),
    )
    f.done()
    if not found.rows and not found.object:
        f.fail("scheme.empty")
    return found


def _fold(f: Fields, key: str) -> Fold | None:
    inner = f.inner(key)
    if inner is None:
        return None
    raw = inner.required("when")
    if not isinstance(raw, Map):
        inner.fail("data.not-a-map", "when", got=shape(raw))
    grades = tuple((grade, parse_item(condition, f"{f.what}.{grade}")) for grade, condition in raw.items.items())
    found = Fold(inner.word("over"), grades)
    inner.done()
    return found


def read_kinds(item: Item) -> list[InstrumentKind]:
    """``kinds:`` of one jurisdiction: the closed list of kinds of instrument with rank and force."""
    outer = Fields(item, "kinds")
    raw = outer.required("kinds")
    outer.done()
    if not isinstance(raw, Map):
        raise CorpusError("data.not-a-map", raw.where, what="kinds", got=shape(raw))
    kinds = []
    for name, entry in raw.items.items():
        f = Fields(entry, name)
        rank = f.number("rank")
        kinds.append(
            InstrumentKind(
                name, int(rank or 0), f.word("binding", among=("hard", "soft")) == "hard", f.text("label"), f.text("note")
            )
        )
        f.done()
    return kinds
