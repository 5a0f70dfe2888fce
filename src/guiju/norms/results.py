"""Every norm answered for every object and party of a world: scope, status, met, force, sanctions, reasons, what is missing.

A norm that applies today while a term it turns on is given only by a provision that does not apply yet is answered under
both readings; an attributed reading that would change an answer is named beside it (language, sections 5 and 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from guiju.calendars import DateRange
from guiju.logic import Name, Truth, either
from guiju.norms.asking import QUESTIONS
from guiju.norms.awaiting import Awaited, awaited
from guiju.norms.bearers import roles, sharing
from guiju.norms.duties import NEVER_BREACHED, Met, met_of
from guiju.norms.evaluation import Evaluation, Mode, View, is_party_norm
from guiju.norms.fines import Breach, SanctionResult, sanction_of
from guiju.norms.force import Binding, force_of
from guiju.norms.model import Norm
from guiju.norms.presumed import Presumed, presumed_met
from guiju.norms.program import Program
from guiju.norms.readings import Alternative, ReadAnswer, alternatives_in, read_answers
from guiju.norms.reasons import Needs, decide_content, why
from guiju.norms.terms import Missing, Reason
from guiju.norms.timing import Timing, reached, timing
from guiju.norms.vocabulary import STANDING
from guiju.norms.world import Thing, World
from guiju.wording import GuijuError

ANSWERED = ("duty", "right", "power", "application")
"""Kinds that give rows of their own; status norms are read through terms, sanctions through what they threaten."""


@dataclass
class Row:
    """One norm for one object and one party on the day."""

    norm: Norm
    thing: Thing
    party: Thing | None
    evaluation: Evaluation
    in_scope: Truth
    timing: Timing
    readings: tuple[ReadAnswer, ...] = ()
    not_yet: tuple[str, ...] = field(default=())
    strictly: Evaluation | None = None

    @cached_property
    def met(self) -> Met | None:
        """Whether it is met; None for norms that have no such question."""
        if self.norm.kind != "duty":
            return None
        return met_of(self.evaluation, self.norm, self.thing, self.party)

    @cached_property
    def presumed(self) -> Presumed | None:
        """What lets it be taken as met although that is not settled; beside ``met``, and no part of it."""
        if self.met is None or self.in_scope is Truth.FALSE:
            return None
        return presumed_met(self.evaluation, self.norm, self.thing, self.party, self.met)

    @cached_property
    def shared_with(self) -> list[str]:
        """The other parties that bear it together with this one, so far as that is settled."""
        return sharing(self.evaluation, self.norm, self.thing, self.party) if self.in_scope is not Truth.FALSE else []

    @cached_property
    def force(self) -> Binding:
        """The binding force and its path."""
        return force_of(self.evaluation, self.norm, self.thing, self.party)

    @cached_property
    def sanctions(self) -> list[SanctionResult]:
        """What follows a breach, by every sanction norm that names this one."""
        if self.norm.kind != "duty" or self.norm.modality in NEVER_BREACHED:
            return []
        sanctions = self.evaluation.program.sanctions.get(self.norm.id, ())
        reached_things = [(one, self.evaluation.world.reach(self.thing, one.about)[:1]) for one in sanctions]
        breach = Breach(self.norm.id, self._breached(), self.timing)
        places = [(one, thing) for one, things in reached_things for thing in things]
        return [sanction_of(self.evaluation, one, thing, self.party, breach) for one, thing in places]

    def _breached(self) -> Truth:
        """Whether a breach stands on the day: in scope, applicable, and broken."""
        status = self.timing.status
        stands = Truth.TRUE if status == "applies" else Truth.of(None if status == "unknown" else False)
        return self.in_scope & stands & (self.met.breached if self.met else Truth.FALSE)

    @cached_property
    def because(self) -> list[Reason]:
        """The grounds of a settled scope: who bears it, what the condition rests on, exceptions; and of a settled "met"."""
        found: dict[tuple[str, int, str | None], Reason] = {}
        if self.in_scope is Truth.UNKNOWN and not self.not_yet:
            return []
        if self.in_scope is not Truth.FALSE or self.evaluation.bears(self.norm, self.thing, self.party) is Truth.FALSE:
            for reason in self._bearer_grounds(self.norm, self.thing):
                found.setdefault((reason.name, id(reason.thing), reason.norm), reason)
        applier = self.applied_by
        if applier is not None:
            norm, thing = applier
            how = "residual" if norm.residual_to else "applied"
            found.setdefault((how, id(thing), norm.id), Reason(how, thing, Truth.TRUE, None, norm.id))
            decide_content(self.evaluation, norm, thing, self.party, found, 0)
            return list(found.values())
        displacing = self._displacing()
        if displacing is not None:
            norm, thing = displacing
            found.setdefault(("displaced", id(thing), norm.id), Reason("displaced", thing, Truth.TRUE, None, norm.id))
            for reason in self._special_grounds(norm):
                found.setdefault((reason.name, id(reason.thing), reason.norm), reason)
            for reason in self._bearer_grounds(norm, thing):
                found.setdefault((reason.name, id(reason.thing), reason.norm), reason)
            decide_content(self.evaluation, norm, thing, self.party, found, 0)
            return list(found.values())
        decide_content(self.evaluation, self.norm, self.thing, self.party, found, 0)
        if self.in_scope is Truth.FALSE and self.evaluation.excepted(self.norm, self.thing, self.party) is not Truth.TRUE:
            for norm in self.evaluation.program.appliers.get(self.norm.id, ()):  # nor does another norm bring it in
                for thing in self.evaluation.world.reach(self.thing, norm.about):
                    if self.evaluation.content(norm, thing, self.party) is Truth.FALSE:
                        decide_content(self.evaluation, norm, thing, self.party, found, 0)
        return list(found.values())

    def _special_grounds(self, special: Norm) -> Iterator[Reason]:
        """The clauses, other than the norm's own, by which it gives way to a special rule."""
        for way in self.evaluation.ways_out(self.norm, self.thing, self.party):
            if way.to is special and way.by is not self.norm and way.open is Truth.TRUE:
                yield Reason("special", way.thing, Truth.TRUE, None, way.by.id)

    def _displacing(self) -> tuple[Norm, Thing] | None:
        """The norm whose text takes precedence, where it would otherwise reach this thing and party."""
        own = self.evaluation.bears(self.norm, self.thing, self.party) & self.evaluation.content(
            self.norm, self.thing, self.party
        )
        if own is Truth.FALSE or self.evaluation.displaced(self.norm, self.thing, self.party) is not Truth.TRUE:
            return None
        return next(self.evaluation.preceding(self.norm, self.thing, self.party), None)

    @cached_property
    def applied_by(self) -> tuple[Norm, Thing] | None:
        """The application norm that brings this one in, where its own condition does not."""
        own = self.evaluation.bears(self.norm, self.thing, self.party) & self.evaluation.content(
            self.norm, self.thing, self.party
        )
        if self.in_scope is not Truth.TRUE or own is Truth.TRUE:
            return None
        for norm in self.evaluation.program.appliers.get(self.norm.id, ()):
            for thing in self.evaluation.world.reach(self.thing, norm.about):
                brings_in = self.evaluation.in_scope(norm, thing, self.party) & self.evaluation.begun(norm, thing)
                if brings_in is Truth.TRUE:
                    return norm, thing
        return None

    def _bearer_grounds(self, norm: Norm, thing: Thing) -> Iterator[Reason]:
        if self.evaluation.program.bearer_of(norm) is None and norm.kind != "right":
            return
        view = self.evaluation.view(thing, self.party)
        readable = [term for term in roles(self.evaluation.program, norm) if _readable(view, term)]
        yield from why(self.evaluation, either(*(Name(term) for term in readable)), view.thing, self.party)

    @cached_property
    def missing(self) -> list[Missing]:
        """What would have to be known for scope, status and "met" to be settled."""
        if self.in_scope is Truth.FALSE:
            return []
        needs = Needs(self.evaluation, self.missing_of_scope)
        if self.met is not None and self.met.met is Truth.UNKNOWN:
            needs.of_met(self.norm, self.thing, self.party, self.met)
        return needs.items

    @cached_property
    def missing_of_scope(self) -> list[Missing]:
        """What would have to be known for scope and status to be settled, whatever has been done."""
        needs = Needs(self.evaluation)
        if self.in_scope is not Truth.FALSE:
            self._missing_scope(needs)
        return needs.items

    def _missing_scope(self, needs: Needs) -> None:
        for term in self.not_yet:
            needs.add("reading", term, self.thing)
        needs.of_scope(self.norm, self.thing, self.party)
        if self.strictly is not None:  # what the other of the two readings still hangs on
            strict = Needs(self.strictly)
            strict.of_scope(self.norm, self.thing, self.party)
            for one in strict.items:
                needs.add(one.cause, one.name, one.thing)
        if self.timing.status == "unknown":
            self._missing_status(needs)

    def _missing_status(self, needs: Needs) -> None:
        if self.timing.hangs_on is not None:
            needs.of_classes(self.timing.hangs_on.dates, self.timing.hangs_on.about, self.thing)
        for norm in self.timing.waits_for:
            for one in self.evaluation.world.reach(self.thing, norm.about):
                needs.of_bearer(norm, one, self.party)
                needs.of_content(norm, one, self.party)
                for delay in norm.delays:
                    for event in delay.events:
                        if _open_event(self.evaluation, one, event):
                            needs.add("fact", event, one)


def _open_event(evaluation: Evaluation, thing: Thing, event: str) -> bool:
    """Whether it is open if an event had happened by the day asked for."""
    value = evaluation.view(thing).value(event)
    return not isinstance(value, DateRange) or reached(evaluation.program.on, value) is Truth.UNKNOWN


def _readable(view: View, term: str) -> bool:
    try:
        view.target(term)
    except GuijuError:
        return False
    return True


@dataclass
class Results:
    """All rows of a world under a program."""

    program: Program
    world: World
    evaluation: Evaluation
    rows: list[Row]
    alternatives: Sequence[Alternative] = ()

    @cached_property
    def awaited(self) -> list[Awaited]:
        """The rows that reach nobody only because a right is not claimed, or nothing is broken."""
        return awaited(self.program, self.evaluation, self.rows)

    @cached_property
    def readiness(self) -> dict[str, int]:
        """What must stand ready, counted by kind.

        Norms about occurrences that have not been reported, by the kind of occurrence; duties of rights that nobody has
        claimed (``right``); norms that hang on a breach (``breach``). What a right gives counts once, with the right.
        """
        counts: dict[str, int] = {}
        present = {thing.kind for thing in self.world.things}
        for norm in self.program.norms.values():
            if norm.kind in ("duty", "right") and norm.about not in STANDING and norm.about not in present and not norm.of_right:
                counts[norm.about] = counts.get(norm.about, 0) + 1
        for kind in ("right", "breach"):
            ids = {one.row.norm.id for one in self.awaited if one.kind == kind}
            counts.update({kind: len(ids)} if ids else {})
        return counts


def answer(program: Program, world: World) -> Results:
    """Every norm for every object of its kind and every party that may bear it."""
    evaluation = Evaluation(program, world)
    today = evaluation.in_mode(Mode(only_applicable=True))
    alternatives = alternatives_in(evaluation, lambda norm, thing: _parties(evaluation, norm, thing))
    rows = [row_of(evaluation, today, *place, alternatives) for place in places(evaluation)]
    return Results(program, world, evaluation, rows, alternatives)


def places(evaluation: Evaluation) -> Iterator[tuple[Norm, Thing, Thing | None]]:
    """Every norm that gives rows, with each object of its kind and each party it is answered for."""
    for norm in evaluation.program.norms.values():
        if norm.kind in ANSWERED:
            for thing in evaluation.world.of_kind(norm.about):
                for party in _parties(evaluation, norm, thing):
                    yield norm, thing, party


def _parties(evaluation: Evaluation, norm: Norm, thing: Thing) -> list[Thing | None]:
    if norm.about == "party":
        return [thing]
    if not is_party_norm(evaluation, norm):
        return [None]
    return list(evaluation.world.parties_of(thing))


def row_of(
    evaluation: Evaluation,
    today: Evaluation,
    norm: Norm,
    thing: Thing,
    party: Thing | None,
    alternatives: Sequence[Alternative] = (),
) -> Row:
    """One norm for one object and one party; ``today`` is the same world with only such terms as already apply."""
    scope = evaluation.in_scope(norm, thing, party)
    timed = timing(evaluation, norm, thing, party)
    not_yet: tuple[str, ...] = ()
    readings = []
    strictly = None
    if timed.status in ("applies", "unknown"):
        strict = today.in_scope(norm, thing, party)
        if strict is not scope and (scope.settled or strict is Truth.TRUE):
            readings.append(ReadAnswer("by-content", "text", scope))
            readings.append(ReadAnswer("only-provisions-that-apply", "text", strict))
            strictly = today
            if scope.settled:
                not_yet = _waiting(evaluation, norm, thing, party)
            scope = Truth.UNKNOWN
        elif strict is Truth.UNKNOWN:
            strictly = today
    readings += read_answers(alternatives, evaluation, norm, thing, party, timed)
    return Row(norm, thing, party, evaluation, scope, timed, tuple(readings), not_yet, strictly)


def _waiting(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None) -> tuple[str, ...]:
    """The provisions whose terms decided the row by content, though they do not apply yet."""
    found: dict[tuple[str, int, str | None], Reason] = {}
    decide_content(evaluation, norm, thing, party, found, 0)
    names = []
    for reason in found.values():
        if (
            reason.norm
            and not reason.name.startswith("exception")
            and reason.name not in QUESTIONS
            and reason.thing is not None
            and reason.norm in evaluation.program.norms
        ):
            source = evaluation.program.norms[reason.norm]
            if evaluation.begun(source, reason.thing) is not Truth.TRUE and source.id not in names:
                names.append(source.id)
    return tuple(names) or (norm.id,)
