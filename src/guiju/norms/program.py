"""An edition on a day, as known on a day: the norms, events and classes in force, indexed once for any number of worlds.

``Program(corpus, on, known)`` is the only meaning of applies, met, force and grade (design, section 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from guiju.norms.corpus import Corpus
from guiju.norms.model import Bearer, Bind, Event, Norm, Targets
from guiju.norms.vocabulary import Vocabulary

ENDING: Final = ("expire", "repeal", "replace", "annul")
"""Kinds of event after which a norm is law no more."""


class Program:
    """The rules of a corpus that are law on ``on``, by what had been published by ``known``.

    ``memory``: also run norms that rest on memory alone (off by default; they are always listed apart).
    """

    def __init__(self, corpus: Corpus, on: date, known: date | None = None, memory: bool = False) -> None:
        self.corpus = corpus
        self.on = on
        self.known = known or on
        self.memory = memory
        self.norms: dict[str, Norm] = {}
        for versions in corpus.norms.values():
            chosen = self._version(versions)
            if chosen is not None:
                self.norms[chosen.id] = chosen

    def begun(self, event: str) -> bool:
        """Whether an event has taken effect by the day, as published by the known day; a pending one never has."""
        found = self.corpus.events[event]
        return not found.pending and found.known <= self.known and (found.on or found.takes_effect) <= self.on

    def bearer_of(self, norm: Norm) -> Bearer | None:
        """Who bears a norm: its own bearer, or that of the provision it names."""
        if norm.bearer is not None or norm.bearer_from is None:
            return norm.bearer
        source = self.norms.get(norm.bearer_from)
        return source.bearer if source else None

    @cached_property
    def ended(self) -> frozenset[str]:
        """Norms that are law no more on the day, for every object."""
        return frozenset(
            norm
            for norm in self.norms
            if any(event.kind in ENDING and event.on and event.on <= self.on for event in self.events_on(norm))
        )

    @cached_property
    def in_law(self) -> list[Norm]:
        """The norms that are law on the day: an ended one is still shown, but makes, applies, displaces and delays nothing."""
        return [norm for norm in self.norms.values() if norm.id not in self.ended]

    @property
    def vocabulary(self) -> Vocabulary:
        """The declared names of the corpus."""
        return self.corpus.vocabulary

    def _version(self, versions: Iterable[Norm]) -> Norm | None:
        """The version that is law on the day: the latest one whose starting event has taken effect and was published."""
        chosen: Norm | None = None
        started: tuple[date, date, int] | None = None
        for norm in versions:
            if not (norm.active or self.memory):
                continue
            start = (date.min, date.min, 0)
            if norm.since:
                event = self.corpus.events[norm.since]
                start = (event.on or event.takes_effect, event.known, event.order or 0)
                if not self.begun(norm.since):
                    continue
            if started is None or start >= started:
                chosen, started = norm, start
        return chosen

    @cached_property
    def resting_on_memory(self) -> list[Norm]:
        """Norms that are shipped but do not answer, since nothing but memory stands behind them."""
        return [norm for norm in self.corpus.all_norms() if not norm.active]

    @cached_property
    def events(self) -> list[Event]:
        """Events published by the known day that have legal effect, in their order: effect, publication, stated order."""
        found = [event for event in self.corpus.events.values() if event.known <= self.known and not event.pending]
        return sorted(found, key=lambda event: (event.takes_effect, event.known, event.order or 0, event.id))

    @cached_property
    def pending(self) -> list[Event]:
        """Events published but without effect yet: shown, changing nothing."""
        return [event for event in self.corpus.events.values() if event.pending and event.known <= self.known]

    def events_on(self, norm: str) -> list[Event]:
        """The events that target a norm, in order."""
        found = self._targeting.get(norm)
        if found is None:
            contents = self.corpus.contents
            found = self._targeting[norm] = [event for event in self.events if contents.hit(event.targets, norm)]
        return found

    @cached_property
    def _targeting(self) -> dict[str, list[Event]]:
        return {}

    @cached_property
    def makers(self) -> dict[str, list[Norm]]:
        """Term -> the status norms that make it."""
        return self._by_term(lambda norm: norm.makes)

    @cached_property
    def enders(self) -> dict[str, list[Norm]]:
        """Term -> the status norms that end it."""
        return self._by_term(lambda norm: norm.ends)

    def _by_term(self, terms: Callable[[Norm], Sequence[str]]) -> dict[str, list[Norm]]:
        found: dict[str, list[Norm]] = {}
        for norm in self.in_law:
            for term in terms(norm):
                found.setdefault(term, []).append(norm)
        return found

    @cached_property
    def waiting_terms(self) -> frozenset[str]:
        """Terms whose only makers rest on memory: never settled by silence."""
        made = set(self.makers)
        return frozenset(term for norm in self.resting_on_memory for term in norm.makes if term not in made)

    @cached_property
    def displacers(self) -> dict[str, list[Norm]]:
        """Norm -> the norms whose text takes precedence over it."""
        return self._pointing(lambda norm: [one.targets for one in norm.displaces])

    @cached_property
    def appliers(self) -> dict[str, list[Norm]]:
        """Norm -> application norms that make it apply a second way."""
        return self._pointing(lambda norm: [norm.applies] if norm.applies and norm.kind == "application" else [])

    @cached_property
    def delayers(self) -> dict[str, list[Norm]]:
        """Norm -> transitional norms that put off its application."""
        return self._pointing(lambda norm: [one.targets for one in norm.delays])

    @cached_property
    def sanctions(self) -> dict[str, list[Norm]]:
        """Norm -> the sanction norms for its breach."""
        return self._pointing(lambda norm: [norm.sanction.breach_of] if norm.sanction else [])

    @cached_property
    def yardsticks(self) -> dict[str, list[Norm]]:
        """Norm -> the norms in whose practice an authority uses it as its yardstick."""
        contents = self.corpus.contents
        found: dict[str, list[Norm]] = {}
        for norm in self.in_law:
            for practice in norm.in_practice:
                for target in self.norms:
                    if contents.covers(practice.yardstick, target):
                        found.setdefault(target, []).append(norm)
        return found

    @cached_property
    def binders(self) -> list[tuple[Norm, Bind]]:
        """Every link that makes a soft text binding, with its norm."""
        return [(norm, bind) for norm in self.norms.values() for bind in norm.binds]

    def _pointing(self, targets_of: Callable[[Norm], Sequence[Targets]]) -> dict[str, list[Norm]]:
        contents = self.corpus.contents
        found: dict[str, list[Norm]] = {}
        for norm in self.in_law:
            for targets in targets_of(norm):
                for target in self.norms:
                    if target != norm.id and contents.hit(targets, target):
                        found.setdefault(target, []).append(norm)
        return found
