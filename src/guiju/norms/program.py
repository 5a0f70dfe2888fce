"""An edition on a day, as known on a day: the norms, events and classes in force, indexed once for any number of worlds.

``Program(corpus, on, known)`` is the only meaning of applies, met, force and grade (design, section 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Final, Literal

from guiju.norms.acts import Act, ActState, Void, void_of
from guiju.norms.corpus import Corpus
from guiju.norms.dependence import Dependence
from guiju.norms.model import Bearer, Bind, Event, Norm, Targets
from guiju.norms.second_ways import gives_way, residual_targets
from guiju.norms.vocabulary import Vocabulary
from guiju.wording import Text

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
        self._duties_at: dict[str, tuple[Norm, ...]] = {}
        for versions in corpus.norms.values():
            chosen = self._version(versions)
            if chosen is not None and self._published(chosen):
                self.norms[chosen.id] = chosen

    def _published(self, norm: Norm) -> bool:
        """Whether anything of it had been published by the known day; a norm that no event speaks of is taken as published."""
        events = self.corpus.touching.get(norm.id)
        return not events or any(event.known <= self.known for event in events)

    def begun(self, event: str) -> bool:
        """Whether an event has taken effect by the day, as published by the known day; a pending or void one never has."""
        found = self.corpus.events[event]
        without_effect = found.pending or event in self.void
        return not without_effect and found.known <= self.known and (found.on or found.takes_effect) <= self.on

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

    def duties_at(self, provision: str) -> tuple[Norm, ...]:
        """The duties in law that a provision id stands for."""
        if provision not in self._duties_at:
            covers = self.corpus.contents.covers
            self._duties_at[provision] = tuple(one for one in self.in_law if one.kind == "duty" and covers(provision, one.id))
        return self._duties_at[provision]

    @cached_property
    def dependence(self) -> Dependence:
        """Which scopes and terms hang on which norms."""
        return Dependence(self)

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
    def published(self) -> list[Event]:
        """Every event published by the known day: with effect, pending or void."""
        return [event for event in self.corpus.events.values() if event.known <= self.known]

    @cached_property
    def events(self) -> list[Event]:
        """Events published by the known day that have legal effect, in their order: effect, publication, stated order."""
        found = [event for event in self.published if not event.pending and event.id not in self.void]
        return sorted(found, key=lambda event: (event.takes_effect, event.known, event.order or 0, event.id))

    @cached_property
    def pending(self) -> list[Event]:
        """Events published but without effect yet: shown, changing nothing."""
        return [event for event in self.published if event.pending and event.id not in self.void]

    @cached_property
    def void(self) -> dict[str, Void]:
        """The events published by the known day that go beyond the power they rest on, with the reason; they change nothing."""
        return {event.id: void for event in self.published if (void := void_of(self.corpus, event, self.known))}

    @cached_property
    def acts(self) -> list[Act]:
        """The events published by the known day that rest on a power or have no effect yet, by the day they were known."""
        found = [
            Act(event, self._state(event), self.void.get(event.id)) for event in self.published if event.basis or event.pending
        ]
        return sorted(found, key=lambda act: (act.event.known, act.event.id))

    def _state(self, event: Event) -> ActState:
        if event.id in self.void:
            return "void"
        return "pending" if event.pending else "in-effect" if event.takes_effect <= self.on else "not-yet"

    def events_on(self, norm: str) -> list[Event]:
        """The events that target a norm, in order."""
        found = self._targeting.get(norm)
        if found is None:
            touching = {event.id for event in self.corpus.touching.get(norm, ())}
            found = self._targeting[norm] = [event for event in self.events if event.id in touching] if touching else []
        return found

    @cached_property
    def _targeting(self) -> dict[str, list[Event]]:
        return {}

    def named(self, targets: Targets) -> list[Norm]:
        """The norms in law that targets stand for, in order."""
        return [self.norms[one] for one in self.corpus.hit_by(targets) if one in self.norms and one not in self.ended]

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
        return self._pointing(self._applied_by)

    def _applied_by(self, norm: Norm) -> list[Targets]:
        if norm.kind != "application" or gives_way(norm):
            return []
        residual = tuple(residual_targets(norm, self.in_law, self.norms.values()))
        return [*([norm.applies] if norm.applies else []), *([Targets(residual)] if residual else [])]

    @cached_property
    def yielding(self) -> dict[str, list[Norm]]:
        """Norm -> the application norms by which it gives way to special rules."""
        return self._pointing(lambda norm: [norm.applies] if norm.applies and gives_way(norm) else [])

    @cached_property
    def delayers(self) -> dict[str, list[Norm]]:
        """Norm -> transitional norms that put off its application."""
        return self._pointing(lambda norm: [one.targets for one in norm.delays])

    @cached_property
    def presumers(self) -> dict[str, list[tuple[Literal["presumed", "demonstrated"], Norm, Text]]]:
        """Norm -> the norms whose fulfilment speaks for its being met: how, by which one, how far."""
        found: dict[str, list[tuple[Literal["presumed", "demonstrated"], Norm, Text]]] = {}
        for norm in self.in_law:
            for one in norm.presumes:
                for target in self._hit(one.targets, norm):
                    found.setdefault(target, []).append(("presumed", norm, one.to_the_extent))
            for target in self._hit(Targets(norm.demonstrates), norm) if norm.demonstrates else ():
                found.setdefault(target, []).append(("demonstrated", norm, {}))
        return found

    def _hit(self, targets: Targets, but: Norm) -> list[str]:
        return [target for target in self.corpus.hit_by(targets) if target != but.id and target in self.norms]

    @cached_property
    def sanctions(self) -> dict[str, list[Norm]]:
        """Norm -> the sanction norms for its breach."""
        return self._pointing(lambda norm: [norm.sanction.breach_of] if norm.sanction else [])

    @cached_property
    def yardsticks(self) -> dict[str, list[Norm]]:
        """Norm -> the norms in whose practice an authority uses it as its yardstick."""
        found: dict[str, list[Norm]] = {}
        for norm in self.in_law:
            for practice in norm.in_practice:
                for target in self.corpus.hit_by(Targets((practice.yardstick,))):
                    if target in self.norms:
                        found.setdefault(target, []).append(norm)
        return found

    @cached_property
    def binders(self) -> list[tuple[Norm, Bind]]:
        """Every link that makes a soft text binding, with its norm."""
        return [(norm, bind) for norm in self.norms.values() for bind in norm.binds]

    def _pointing(self, targets_of: Callable[[Norm], Sequence[Targets]]) -> dict[str, list[Norm]]:
        found: dict[str, list[Norm]] = {}
        for norm in self.in_law:
            for targets in targets_of(norm):
                for target in self._hit(targets, norm):
                    found.setdefault(target, []).append(norm)
        return found


@lru_cache(maxsize=12)
def program_of(corpus: Corpus, on: date, known: date | None = None, memory: bool = False) -> Program:
    """``Program``, the same one for all who ask of the same day: what it holds of the rules is worked out once."""
    return Program(corpus, on, known, memory)
