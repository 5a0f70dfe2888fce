"""Faults as a hasty encoder makes them, drawn at random, to see whether holding rules against texts finds them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta

from guiju.calendars import Period
from guiju.logic import Call, Compared, Expr, Literal
from guiju.logic.syntax import And, Not, Or
from guiju.norms import Corpus, Event, Norm
from guiju.norms.model import Bearer, ClassDate, Clock, Fine
from guiju.norms.provisions import pinpointed, version_of
from guiju.norms.statutes import CHINESE, Place, Statute
from guiju.verify import TextCheck, covered, verified

CLASSES = ("number", "unit", "working-day", "article", "paragraph", "modality", "bearer", "date", "stale")
LONG = 1000
"""Of a text of more provisions only the faulty norm is checked again, and the coverage."""

FLIPS = {
    "obligation": ("prohibition", "permission", "encouragement"),
    "prohibition": ("obligation", "permission"),
    "permission": ("prohibition", "obligation"),
    "encouragement": ("obligation", "prohibition"),
}


@dataclass(frozen=True)
class Fault:
    """One fault: its class, whose norm, what was done, and what the check then says that it did not say before."""

    kind: str
    norm: str
    what: str
    caught: tuple[str, ...]


class Sowing:
    """Sound rules and their texts, into which one fault at a time is put."""

    def __init__(
        self, corpus: Corpus, statutes: dict[str, Statute], seed: int, earlier: dict[str, Statute] | None = None
    ) -> None:
        self.corpus = corpus
        self.statutes = statutes
        self.earlier = earlier or {}
        self.random = random.Random(seed)
        self.norms = [
            norm
            for norm in corpus.all_norms()
            if norm.instrument in statutes
            and norm.active
            and norm.of_right is None
            and version_of(norm, corpus.outlines[norm.instrument]) is corpus.outlines[norm.instrument]
            and pinpointed(norm, statutes[norm.instrument].numbering)
            and TextCheck(corpus, norm.instrument, statutes[norm.instrument]).held(norm)
        ]
        open_ = {one.norm for each in statutes for one in verified(corpus, each, statutes[each]).open}
        self.norms = [norm for norm in self.norms if norm.id not in open_]
        self.bearers: dict[str, set[str]] = {}
        for norm in self.norms:
            self.bearers.setdefault(norm.instrument, set()).update(norm.bearer.terms if norm.bearer else ())
        self.checks = {one: TextCheck(corpus, one, statutes[one]) for one in statutes}
        self.sound = {one: self._says(corpus, one, statutes[one]) for one in statutes}

    def _says(self, corpus: Corpus, instrument: str, statute: Statute) -> frozenset[tuple[str, str, str]]:
        found = {(one.kind, one.norm, one.place) for one in verified(corpus, instrument, statute).open}
        return frozenset(found | self._unaccounted(corpus, instrument))

    def _unaccounted(self, corpus: Corpus, instrument: str) -> set[tuple[str, str, str]]:
        described = corpus.instruments[instrument]
        if described.coverage is None:
            return set()
        return {("coverage", "", str(place)) for place in covered(corpus, described, corpus.outlines[instrument]).unaccounted}

    def _says_of(self, corpus: Corpus, faulty: Norm) -> set[tuple[str, str, str]]:
        """What the check says of one norm, and of the coverage: of a long text, where all the others are as they were."""
        sound = self.checks[faulty.instrument]
        check = TextCheck(corpus, faulty.instrument, sound.statute)
        for part in ("likeness", "parties"):
            check.__dict__[part] = getattr(sound, part)
        explained = {(one.finding, one.norm_has) for one in faulty.explained}
        found = {(one.kind, one.norm, one.place) for one in check.of_norm(faulty) if (one.kind, one.got) not in explained}
        return found | self._unaccounted(corpus, faulty.instrument)

    def faults(self, number: int) -> Iterator[Fault]:
        """So many faults, the classes in turn."""
        for index in range(number):
            kind = CLASSES[index % len(CLASSES)]
            yield self._one(kind)

    def _one(self, kind: str) -> Fault:
        if kind == "date":
            return self._date()
        if kind == "stale":
            return self._stale()
        makers: dict[str, Callable[[Norm], tuple[Norm, str] | None]] = {
            "number": self._number,
            "unit": self._unit,
            "working-day": self._working_day,
            "article": self._article,
            "paragraph": self._paragraph,
            "modality": self._modality,
            "bearer": self._bearer,
        }
        candidates = [(norm, changed) for norm in self.norms if (changed := makers[kind](norm)) is not None]
        norm, (faulty, what) = self.random.choice(candidates)
        return Fault(kind, norm.id, what, self._caught(norm, faulty))

    def _caught(self, norm: Norm, faulty: Norm) -> tuple[str, ...]:
        sown = copy(self.corpus)
        sown.norms = {key: versions for key, versions in self.corpus.norms.items() if key != norm.id}
        sown.norms[faulty.id] = [*sown.norms.get(faulty.id, []), faulty]
        sown.__dict__.pop("contents", None)
        long = len(self.statutes[norm.instrument].texts) > LONG
        now = self._says_of(sown, faulty) if long else self._says(sown, norm.instrument, self.statutes[norm.instrument])
        return tuple(sorted({kind for kind, _, _ in now - self.sound[norm.instrument]}))

    # -- the classes -------------------------------------------------------------------------------------------

    def _number(self, norm: Norm) -> tuple[Norm, str] | None:
        if norm.sanction and any(tier.fine and tier.fine.high for tier in norm.sanction.tiers):
            tiers = list(norm.sanction.tiers)
            at = next(index for index, tier in enumerate(tiers) if tier.fine and tier.fine.high)
            fine = tiers[at].fine
            assert isinstance(fine, Fine)
            assert fine.high is not None
            tiers[at] = replace(tiers[at], fine=replace(fine, high=fine.high * self.random.choice((2, 5, 10))))
            return replace(norm, sanction=replace(norm.sanction, tiers=tuple(tiers))), "another fine"
        if norm.clock and norm.clock.within:
            within = norm.clock.within
            other = self.random.choice(
                [
                    one
                    for one in (within.amount + 1, within.amount * 2, within.amount + 5, max(1, within.amount - 1))
                    if one != within.amount
                ]
            )
            return replace(norm, clock=replace(norm.clock, within=Period(other, within.unit))), f"{within} -> {other}"
        changed = _other_constant(norm.require, self.random)
        return None if changed == norm.require else (replace(norm, require=changed), "another constant")

    def _unit(self, norm: Norm) -> tuple[Norm, str] | None:
        within = norm.clock and norm.clock.within
        if not within or within.unit == "working-day":
            return None
        other = self.random.choice([unit for unit in ("hour", "day", "month", "year") if unit != within.unit])
        return self._with_period(norm, Period(within.amount, other)), f"{within} -> {other}"

    def _working_day(self, norm: Norm) -> tuple[Norm, str] | None:
        within = norm.clock and norm.clock.within
        if not within or within.unit not in ("working-day", "day"):
            return None
        other = Period(within.amount, "day" if within.unit == "working-day" else "working-day")
        return self._with_period(norm, other), f"{within} -> {other}"

    def _with_period(self, norm: Norm, period: Period) -> Norm:
        assert isinstance(norm.clock, Clock)
        return replace(norm, clock=replace(norm.clock, within=period))

    def _places(self, norm: Norm) -> tuple[Place, ...]:
        return pinpointed(norm, self.statutes[norm.instrument].numbering)

    def _article(self, norm: Norm) -> tuple[Norm, str] | None:
        statute = self.statutes[norm.instrument]
        places = self._places(norm)
        if len(places) != 1 or not places[0].article.isdigit():
            return None
        others = [one for one in statute.articles if one.isdigit() and one != places[0].article]
        other = replace(places[0], article=self.random.choice(others))
        if not statute.units(other):
            other = Place(other.article, numbering=other.numbering)
        return self._moved(norm, places[0], other)

    def _paragraph(self, norm: Norm) -> tuple[Norm, str] | None:
        statute = self.statutes[norm.instrument]
        places = self._places(norm)
        if len(places) != 1:
            return None
        place = places[0]
        level = "item" if place.item is not None else "paragraph"
        if getattr(place, level) is None:
            return None
        here = (
            statute.units(place.at(level, None))
            if level == "item"
            else statute.units(Place(place.article, numbering=place.numbering))
        )
        numbers = dict.fromkeys(getattr(one, level) for one in here)
        others = [
            one
            for number in numbers
            if number not in (None, getattr(place, level)) and statute.units(one := place.at(level, number))
        ]
        return self._moved(norm, place, self.random.choice(others)) if others else None

    def _moved(self, norm: Norm, place: Place, other: Place) -> tuple[Norm, str]:
        """The norm at another place; every second time its id says so too, as of one who misread the number."""
        identifier = norm.id
        if self.random.random() < 0.5:
            levels = ".".join(str(one) for one in (other.paragraph, other.item, other.point) if one is not None)
            identifier = f"{norm.instrument}/{other.article}{'.' if levels else ''}{levels}#moved"
        pinpoint = {"zh": other.words("zh"), "en": other.words("en")}
        return replace(norm, id=identifier, pinpoint=pinpoint), f"{place} -> {other} ({identifier})"

    def _modality(self, norm: Norm) -> tuple[Norm, str] | None:
        if norm.kind != "duty" or norm.modality not in FLIPS:
            return None
        other = self.random.choice(FLIPS[norm.modality])
        return replace(norm, modality=other), f"{norm.modality} -> {other}"

    def _bearer(self, norm: Norm) -> tuple[Norm, str] | None:
        if norm.kind != "duty" or norm.bearer is None:
            return None
        others = sorted(self.bearers[norm.instrument] - set(norm.bearer.terms))
        if not others:
            return None
        other = self.random.choice(others)
        return replace(norm, bearer=Bearer(norm.bearer.how, (other,))), f"{'/'.join(norm.bearer.terms)} -> {other}"

    def _date(self) -> Fault:
        events = [
            one
            for one in self.corpus.events.values()
            if one.instrument in self.statutes and one.kind == "commence" and one.checked.against == "full-text" and one.dates
        ]
        event = self.random.choice(events)
        shift = self.random.choice((-31, -1, 1, 30, 365))
        dates = tuple(ClassDate(one.when, one.on + timedelta(shift)) for one in event.dates)
        sown = copy(self.corpus)
        changed: Event = replace(event, dates=dates)
        sown.events = {**self.corpus.events, event.id: changed}
        texts = [one[event.instrument] for one in (self.statutes, self.earlier) if event.instrument in one]
        checks = [TextCheck(sown, event.instrument, text) for text in texts]
        now = {(one.kind, one.norm, one.place) for check in checks for one in check.of_event(changed)}
        caught = tuple(sorted({kind for kind, _, _ in now - self.sound[event.instrument]}))
        return Fault("date", event.id, f"{event.dates[0].on} {shift:+d} days", caught)

    def _stale(self) -> Fault:
        """One character of a provision is another, or gone: the text was amended after the norm was written."""
        norm = self.random.choice(self.norms)
        statute = self.statutes[norm.instrument]
        unit = self.random.choice([one for place in self._places(norm) for one in statute.units(place)])
        text = statute.texts[unit]
        at = self.random.choice([at for at, one in enumerate(text) if not one.isspace()])
        put = ("", "并", "不") if statute.numbering == CHINESE else ("", "s", "not ")
        changed = text[:at] + self.random.choice([one for one in put if one != text[at]]) + text[at + 1 :]
        amended = replace(statute, texts={**statute.texts, unit: changed})
        now = {(one.kind, one.norm, one.place) for one in TextCheck(self.corpus, norm.instrument, amended).of_norm(norm)}
        caught = {kind for kind, _, _ in now - self.sound[norm.instrument]}
        return Fault("stale", norm.id, f"{unit} character {at}", tuple(sorted(caught)))


def _other_constant(expr: Expr, chance: random.Random) -> Expr:
    """The expression with its first number another, the same where it has none."""
    match expr:
        case Compared(left, op, Literal(value)) if not isinstance(value, bool | str):
            return Compared(left, op, Literal(value + chance.choice((1, 5, 10))))
        case Compared(left, op, Call(function, argument)) if function in ("hours", "days", "months", "years"):
            return Compared(left, op, Call(function, int(argument) + chance.choice((1, 2, 6))))
        case And(items) | Or(items):
            for index, one in enumerate(items):
                changed = _other_constant(one, chance)
                if changed != one:
                    return type(expr)((*items[:index], changed, *items[index + 1 :]))
            return expr
        case Not(item):
            return Not(_other_constant(item, chance))
        case _:
            return expr
