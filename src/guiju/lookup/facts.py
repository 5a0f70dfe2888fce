"""What the pages of ``guiju rules`` show, worked out of the corpus: days, force, links both ways, uses of names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from guiju.logic import TRUE, Call, Expr, Name, Quantified, children, walk
from guiju.norms import Corpus, Event, Instrument, Norm, instrument_of, natural_key, program_of
from guiju.norms.model import EVENT_KINDS, Bind, ClassDate, Clock, Targets

_STARTING = ("commence", "postpone", "correct")
_ENDING = ("expire", "repeal", "replace", "annul")
_SOFT_MODALITIES = ("encouragement", "best_efforts")

_LONGEST_ID = 200
"""Signs of the longest id of a provision that is looked for."""


@dataclass(frozen=True, slots=True)
class Days:
    """When a norm applies, class by class, and what set and moved it. ``status`` as seen for nobody in particular."""

    status: str
    classes: tuple[ClassDate, ...] = ()
    about: str | None = None
    set_by: Event | None = None
    moved: tuple[Event, ...] = ()
    until: date | None = None

    @property
    def starts(self) -> list[date]:
        """The first days, one for each class that has its own."""
        return sorted({one.on for one in self.classes})


@dataclass(frozen=True, slots=True)
class Link:
    """One typed relation between norms (or to an instrument or provision); ``other`` is the far end."""

    relation: str
    other: str
    detail: dict[str, object] = field(default_factory=dict)
    when: Expr = TRUE


class Facts:
    """One corpus on one day, as known on one day, with indexes made when first asked for."""

    def __init__(self, corpus: Corpus, on: date, known: date) -> None:
        self.corpus = corpus
        self.on = on
        self.known = known
        self.program = program_of(corpus, on, known)
        self._held_at = lru_cache(maxsize=4096)(self._find_at)

    # -- norms -------------------------------------------------------------------------------------

    @cached_property
    def norms(self) -> dict[str, Norm]:
        """The version of each norm to show: the one that is law on the day, else the first one there is."""
        return {identifier: self.program.norms.get(identifier, versions[0]) for identifier, versions in self._in_order}

    @property
    def _in_order(self) -> list[tuple[str, list[Norm]]]:
        return sorted(self.corpus.norms.items(), key=lambda item: natural_key(item[0]))

    @cached_property
    def _by_instrument(self) -> dict[str, list[Norm]]:
        found: dict[str, list[Norm]] = {}
        for norm in self.norms.values():
            found.setdefault(norm.instrument, []).append(norm)
        return found

    def of_instrument(self, instrument: str) -> list[Norm]:
        """The norms of an instrument, by clause."""
        return list(self._by_instrument.get(instrument, ()))

    def at(self, provision: str) -> list[Norm]:
        """The norms that a provision id stands for."""
        return list(self._held_at(provision)) if len(provision) <= _LONGEST_ID else []

    def _find_at(self, provision: str) -> tuple[Norm, ...]:
        whole = instrument_of(provision)  # less than an instrument's id, a place say, stands for all that begins with it
        among = self._by_instrument[whole] if whole in self._by_instrument else self.norms.values()
        return tuple(norm for norm in among if self.corpus.contents.covers(provision, norm.id))

    def force(self, norm: Norm) -> str:
        """Hard or soft by its instrument and its modality; what a dossier may add is told apart."""
        return "hard" if self.corpus.kind_of(norm).hard and norm.modality not in _SOFT_MODALITIES else "soft"

    def days(self, norm: Norm) -> Days:
        """When a norm applies, for nobody in particular."""
        events = self.program.events_on(norm.id)
        starting = [event for event in events if event.kind in _STARTING and event.dates]
        ending = [event for event in events if event.kind in _ENDING and event.on]
        until = ending[0].on if ending else None
        if not starting:
            return Days("unknown", until=until)
        last = starting[-1]
        status = "no-law-yet" if norm.active and norm.id not in self.program.norms else self._status(last, until, events)
        return Days(status, last.dates, last.about, last, tuple(starting[:-1]), until)

    def _status(self, last: Event, until: date | None, events: list[Event]) -> str:
        if until is not None and until <= self.on:
            return "ended"
        if any(event.kind == "suspend" and self._covers(event) for event in events):
            return "suspended"
        begun = [one.on <= self.on for one in last.dates]
        return "applies" if all(begun) else "by-class" if any(begun) else "upcoming"

    def _covers(self, event: Event) -> bool:
        begins = event.on or event.takes_effect
        return begins <= self.on and (event.until is None or self.on < event.until)

    # -- instruments -------------------------------------------------------------------------------

    def events_of(self, instrument: Instrument) -> list[Event]:
        """The time line of an instrument: its own events and those that touch it, known by the known day, in order."""
        found = [event for event in self.corpus.events.values() if event.known <= self.known and self._touches(event, instrument)]
        return sorted(
            found, key=lambda event: (_first_day(event), event.known, event.order or 0, EVENT_KINDS.index(event.kind), event.id)
        )

    def _touches(self, event: Event, instrument: Instrument) -> bool:
        return event.instrument == instrument.id or any(self._within(one, instrument) for one in event.targets.ids)

    @staticmethod
    def _within(identifier: str, instrument: Instrument) -> bool:
        return instrument_of(identifier) == instrument.id

    def starts_of(self, instrument: Instrument) -> list[date]:
        """Every day on which some of an instrument begins to apply."""
        days = {day for norm in self.of_instrument(instrument.id) for day in self.days(norm).starts}
        if days:
            return sorted(days)
        own = (event for event in self.events_of(instrument) if event.kind in _STARTING and not event.pending)
        return sorted(
            {one.on for event in own if any(self._within(one, instrument) for one in event.targets.ids) for one in event.dates}
        )

    def has_ended(self, instrument: Instrument) -> bool:
        """Whether every norm of an instrument has ended."""
        norms = self.of_instrument(instrument.id)
        return bool(norms) and all(self.days(norm).status == "ended" for norm in norms)

    # -- links -------------------------------------------------------------------------------------

    def links_out(self, norm: Norm) -> list[Link]:
        """What a norm says of other norms."""
        return list(_links_out(norm))

    @cached_property
    def _links_to(self) -> dict[str, list[tuple[Norm, Link]]]:
        """Every link, by the instrument into which it leads."""
        found: dict[str, list[tuple[Norm, Link]]] = {}
        for norm in self.norms.values():
            for link in _links_out(norm):
                if "/" in link.other:
                    found.setdefault(instrument_of(link.other), []).append((norm, link))
        return found

    def links_in(self, norm: Norm) -> list[Link]:
        """Links that other norms make to this one; ``other`` is the norm that makes it."""
        covers = self.corpus.contents.covers
        found = []
        for source, link in self._links_to.get(instrument_of(norm.id), ()):
            if source.id == norm.id:
                continue
            excepted = link.detail.get("except", ())
            assert isinstance(excepted, tuple)
            if covers(link.other, norm.id) and not any(covers(one, norm.id) for one in excepted):
                found.append(Link(link.relation, source.id, link.detail, link.when))
        return list({(one.relation, one.other): one for one in found}.values())

    def binders(self, norm: Norm) -> list[tuple[Norm, Bind]]:
        """What could make a soft norm binding: a norm that requires it, or one by which a declared standard binds."""
        standard = "standard" in self.corpus.instruments[norm.instrument].kind
        found = []
        for source, bind in self.program.binders:
            for target in bind.to:
                relation = self.corpus.vocabulary.declared.get(target)
                by_relation = relation is not None and relation.to == "standard" and standard
                if by_relation or ("/" in target and self.corpus.contents.covers(target, norm.id)):
                    found.append((source, bind))
                    break
        return found

    # -- names -------------------------------------------------------------------------------------

    @cached_property
    def uses(self) -> dict[str, list[tuple[str, str]]]:
        """Name -> the norms that use it, each with the place in the norm (when, unless, require ...)."""
        found: dict[str, list[tuple[str, str]]] = {}
        for norm in self.norms.values():
            seen = [(name, role) for role, expr, kind in norm_conditions(norm) for name in self.names_in(expr, kind)]
            for name, role in dict.fromkeys([*seen, *_named(norm)]):
                found.setdefault(name, []).append((norm.id, role))
        return found

    def names_in(self, expr: Expr, kind: str) -> Iterator[str]:
        """The names that a condition about an object of a kind reads."""
        vocabulary = self.corpus.vocabulary
        match expr:
            case Name(path):
                yield vocabulary.access(kind, path).declared.name
            case Quantified(_, relation, body):
                _, row = vocabulary.rows(kind, relation)
                yield row.name
                yield from self.names_in(body, row.to)
            case _:
                for child in children(expr):
                    yield from self.names_in(child, kind)

    def makers(self, term: str) -> list[Norm]:
        """The norms that make a term true."""
        return [norm for norm in self.norms.values() if term in norm.makes]

    def enders(self, term: str) -> list[Norm]:
        """The norms that end a term."""
        return [norm for norm in self.norms.values() if term in norm.ends]


def _first_day(event: Event) -> date:
    return min((one.on for one in event.dates), default=event.effect or event.known)


def norm_conditions(norm: Norm) -> Iterator[tuple[str, Expr, str]]:
    """Every condition of a norm with its role and the kind of object it is read from."""
    yield "when", norm.when, norm.about
    for exempt in norm.exceptions:
        yield from (("unless", expr, norm.about) for expr in (exempt.when, exempt.replace_require) if expr is not None)
    yield "require", norm.require, norm.about
    yield from (("cases", case.when, norm.about) for case in norm.cases)
    yield from (("readings", expr, norm.about) for reading in norm.readings for expr in (reading.when, reading.require) if expr)
    yield from (("binds", bind.when, norm.about) for bind in norm.binds)
    yield from (("yields_to", one.when, norm.about) for one in norm.yields_to)
    if norm.gives:
        yield "gives", norm.gives.require, norm.about
    if norm.clock:
        yield from (("clock", case.when, norm.about) for case in norm.clock.cases)
    if norm.sanction:
        for tier in norm.sanction.tiers:
            yield "sanction", tier.when, norm.about
            yield from (
                ("sanction", fine.share.when, norm.about) for fine in (tier.fine, tier.person_fine) if fine and fine.share
            )
        yield from (("sanction", variant.when, norm.about) for variant in norm.sanction.variants)


def _named(norm: Norm) -> Iterator[tuple[str, str]]:
    """Names that stand in a norm by themselves."""
    yield from ((name, "makes") for name in norm.makes)
    yield from ((name, "ends") for name in norm.ends)
    if norm.bearer:
        yield from ((name, "bearer") for name in norm.bearer.terms + norm.bearer.otherwise)
    yield from ((name, "right") for name in (norm.holder, norm.against, norm.upon) if name)
    for clock in (norm.clock, norm.gives.clock if norm.gives else None):
        yield from ((name, "clock") for name in _clock_events(clock))
    yield from ((name, "delays") for delay in norm.delays for name in delay.events)
    yield from ((name, "binds") for bind in norm.binds for name in bind.to if "/" not in name)
    if norm.sanction:
        shares = (fine.share for tier in norm.sanction.tiers for fine in (tier.fine, tier.person_fine) if fine)
        yield from ((share.of, "sanction") for share in shares if share)


def _clock_events(clock: Clock | None) -> Iterator[str]:
    if clock is not None:
        yield from clock.start
        yield from (name for stop in clock.stops_while for name in (stop.start, stop.end) if name)


def _links_out(norm: Norm) -> Iterator[Link]:
    yield from (Link("refers", one.to, {"how": one.how, "role": one.role}) for one in norm.refers)
    yield from _many("applies", norm.applies, {"how": norm.how})
    if norm.residual_to:
        yield Link("residual", norm.residual_to[0], {"topic": norm.residual_to[1]})
    for one in norm.displaces:
        yield from _many("displaces", one.targets, {"basis": one.basis})
    for other in norm.yields_to:
        yield from _many("yields_to", other.targets, {}, other.when)
    for delay in norm.delays:
        yield from _many("delays", delay.targets, {"days": delay.days, "events": delay.events})
    yield from (Link("opens", one) for one in norm.opens)
    for presumption in norm.presumes:
        yield from _many("presumes", presumption.targets, {})
    yield from (Link("demonstrates", one) for one in norm.demonstrates)
    yield from (Link("binds", to, {"basis": bind.basis}, bind.when) for bind in norm.binds for to in bind.to)
    for practice in norm.in_practice:
        yield Link("in_practice", practice.yardstick, {"by": practice.by, "source": practice.source, "checked": practice.checked})
    if norm.sanction:
        yield from _many("breach_of", norm.sanction.breach_of, {})
    yield from (Link("enables", one) for one in norm.enables)
    asked = {
        (str(call.function), str(call.argument)): None
        for _, expr, _ in norm_conditions(norm)
        for call in walk(expr)
        if isinstance(call, Call) and call.function in ("applies", "fulfilled", "breached")
    }
    yield from (Link("asks", provision, {"question": question}) for question, provision in asked)


def _many(relation: str, targets: Targets | None, detail: dict[str, object], when: Expr = TRUE) -> Iterator[Link]:
    if targets is not None:
        yield from (Link(relation, one, {**detail, "except": targets.excepted}, when) for one in targets.ids)
