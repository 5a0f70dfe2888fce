"""The interview: what is asked next of a dossier, and why; what the answers have settled.

A library without a screen. One question at a time, the one that pays most (``ranking``); facts before judgements, what
somebody does last. "I don't know yet" and "someone else knows" take a question out of the row without answering it. After
an answer only what hung on it is worked out again (``ranking_memo``); ``result`` assesses the dossier as a whole.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Final

from guiju.assess.document import Assessment, assess
from guiju.assess.questions import Question, question_of
from guiju.assess.ranking import Ranking, is_settled
from guiju.assess.ranking_memo import EVERYTHING, Watch, WatchedEvaluation, rows_of, watched
from guiju.assess.ranking_settling import Key, Settling
from guiju.logic import Truth
from guiju.norms import Corpus, Declared, Norm, Program, Row, Thing, grades_of, places, program_of, row_of
from guiju.norms.terms import Mode
from guiju.subjects import Answer, Asked, Dossier, bare, with_answers, with_asked

Place = tuple[Norm, Thing, Thing | None]
Address = tuple[str, str, str]

IN_PART: Final = "in_part"
"""Stands among what was asked: answered as far as it is known, and not asked again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the interview is: rules that apply on the day, rules that are settled, rules that are open."""

    applies: int
    settled: int
    open: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What can be taken back: the dossier before, what had been answered and put aside, and the address of the question."""

    dossier: Dossier
    done: frozenset[Address]
    parked: frozenset[Address]
    address: Address


class Interview:
    """An interview on one dossier under one edition on one day.

    Proposals that nobody accepted say nothing here. ``again``: also ask what somebody could not answer before.
    """

    def __init__(
        self,
        dossier: Dossier,
        corpus: Corpus,
        on: date,
        known: date | None = None,
        party: str | None = None,
        memory: bool = False,
        again: bool = False,
    ) -> None:
        self.corpus = corpus
        self.program = program_of(corpus, on, known, memory)
        self.party = party
        self.dossier = bare(dossier)
        notes = () if again else dossier.asked
        self._done: frozenset[Address] = _addresses(one for one in notes if one.answer == IN_PART)
        self._parked: frozenset[Address] = _addresses(one for one in notes if one.answer != IN_PART)
        self._steps: list[_Step] = []
        self._state = _State(self.program, self.dossier, party)

    # -- what is asked -----------------------------------------------------------------------------------------------------

    def next(self) -> Question | None:
        """The question that pays most; None when nothing is left that can be asked."""
        best = self._state.ranking.best(self._aside())
        return None if best is None else question_of(best)

    def questions(self) -> list[Question]:
        """The row as it stands, the next one first."""
        return [question_of(one) for one in self._state.ranking.candidates(self._aside())]

    def for_person(self, who: str) -> list[Question]:
        """What somebody was said to know, as far as it is still open; in the order of the row."""
        named = [one for one in self.dossier.asked if one.answer == "someone_else" and one.who is not None]
        wanted = _addresses(one for one in named if same_person(one.who or "", who))
        return [one for one in self._every() if one.address in wanted]

    def put_aside(self) -> list[tuple[Question, Asked]]:
        """What was asked in vain and is still open, with what was answered; in the order of the row."""
        notes = {(one.kind, one.id, one.name): one for one in self.dossier.asked}
        return [(one, notes[one.address]) for one in self._every() if one.address in notes]

    def find(self, kind: str, identifier: str, name: str) -> Question | None:
        """The question about a name of an object, if it is open."""
        return next((one for one in self._every() if one.address == (kind, identifier, name)), None)

    def axes(self, question: Question) -> list[str]:
        """The schemes whose grade hangs on a question."""
        return self._state.axes().get((question.name, id(question.thing)), [])

    def bearing(self, address: Address) -> tuple[int, int]:
        """How many rules turn on an answer that was given, and how many of those are hard: none, and it no longer counts."""
        thing = self._state.thing(*address[:2])
        return (0, 0) if thing is None else self._state.bearing(thing, address[2])

    def idle(self) -> list[Address]:
        """The answers that stand in the dossier and on which no rule turns as things are, in the order of the dossier."""
        things = list(self._state.things.values())
        return [(one.kind, one.id, name) for one in things for name in list(one.given) if self._state.is_idle(one, name)]

    def _every(self) -> list[Question]:
        """All open questions, also those that were put aside or answered in part."""
        ranked = self._state.ranking.candidates((), self._aside())
        return [question_of(one) for one in ranked]

    def _aside(self) -> set[Key]:
        return self._keys(self._done | self._parked)

    def _keys(self, addresses: frozenset[Address]) -> set[Key]:
        found = ((name, self._state.thing(kind, one)) for kind, one, name in addresses)
        return {(name, id(thing)) for name, thing in found if thing is not None}

    # -- what is answered --------------------------------------------------------------------------------------------------

    def answer(self, answer: Answer) -> None:
        """Take an answer; the same question is not asked again.

        :raises DossierError: for what a dossier could not hold; nothing has changed then.
        """
        dossier = noted_in_part(with_answers(self.dossier, [answer], self.corpus.vocabulary), answer)
        address = (answer.kind, answer.object, answer.name)
        self._remember(address)
        self._done = self._done - {address} if answer.value is None else self._done | {address}
        self._parked -= {address}
        self._take(dossier, address)

    def set_aside(self, question: Question, who: str | None = None, by: str | None = None, on: date | None = None) -> None:
        """Nobody here knows yet, or (``who``) someone else does: out of the row, and noted in the dossier.

        What had been answered is taken back: whoever does not know says nothing.
        """
        kind, identifier, name = question.address
        note = Asked(
            kind, identifier, name, "someone_else" if who else "not_known", who, by, on.isoformat() if on is not None else None
        )
        dossier = self.dossier
        if is_answered(dossier, question.address):
            dossier = with_answers(dossier, [Answer(kind, identifier, name, None)], self.corpus.vocabulary)
        self._remember(question.address)
        self._done -= {question.address}
        self._parked |= {question.address}
        self._take(with_asked(dossier, [note]), question.address)

    @property
    def can_go_back(self) -> bool:
        """Whether something can be taken back."""
        return bool(self._steps)

    def back(self) -> Question | None:
        """Take back the last answer, or the last time somebody did not know; the question is the next one to ask."""
        if not self._steps:
            return None
        last = self._steps.pop()
        address = last.address
        self._done, self._parked = last.done, last.parked
        self._take(last.dossier, address)
        return self.find(*address)

    def _remember(self, address: Address) -> None:
        self._steps.append(_Step(self.dossier, self._done, self._parked, address))

    def _take(self, dossier: Dossier, address: Address) -> None:
        before, self.dossier = self.dossier, dossier
        if dossier.world is before.world:
            return
        kind, identifier, name = address
        declared = self.corpus.vocabulary.declared.get(name)
        assert declared is not None
        if declared.kind != "relation":
            self._state.take(dossier, (kind, identifier), declared.name)
        elif self.party is not None or not self._state.list_rows(dossier, (kind, identifier), declared):
            self._state = _State(self.program, dossier, self.party)

    # -- how far it is -----------------------------------------------------------------------------------------------------

    @property
    def counts(self) -> Counts:
        """Rules that apply, settled and open."""
        return self._state.counts()

    def result(self) -> Assessment:
        """The assessment of the dossier as it stands now, worked out afresh."""
        return assess(self.dossier, self.corpus, self.program.on, self.program.known, self.party, self.program.memory)


class _State:
    """The rows of a dossier, kept up to date answer by answer."""

    def __init__(self, program: Program, dossier: Dossier, party: str | None) -> None:
        self.watch = Watch()
        self.world = watched(dossier.world, self.watch)
        self.text = WatchedEvaluation(program, self.world, watch=self.watch)
        self.today = self.text.in_mode(Mode(only_applicable=True))
        self.settling = Settling(self.text)
        self.ranking = Ranking(program, self.world)
        self.absent = dossier.world.absent
        self.things = {(thing.kind, thing.id): thing for thing in reversed(list(_everything(self.world)))}
        self.places: list[Place] = [one for one in places(self.text) if _wanted(one, party)]
        self._axes: dict[Key, list[str]] | None = None
        self.rows: list[Row] = []
        self.read: list[int] = []
        for number, place in enumerate(self.places):
            row, read = self._work_out(number, place)
            self.rows.append(row)
            self.read.append(read)

    def thing(self, kind: str, identifier: str) -> Thing | None:
        """The thing at an address; the only one of its kind under that kind's word, as somebody may have named it since."""
        found = self.things.get((kind, identifier))
        if found is None and identifier == kind:
            alike = [one for one in self.things.values() if one.kind == kind]
            return alike[0] if len(alike) == 1 else None
        return found

    def _work_out(self, number: int, place: Place) -> tuple[Row, int]:
        def work() -> Row:
            row = row_of(self.text, self.today, *place)
            self.ranking.put(number, row, self.settling.of_row(row) if row.in_scope is Truth.UNKNOWN else None)
            return row

        return self.watch.during(work)

    def take(self, dossier: Dossier, address: tuple[str, str], name: str) -> None:
        """One name of one object has another value, or none any more."""
        thing = self.things[address]
        source = next(one for one in _everything(dossier.world) if (one.kind, one.id) == address)
        given = source.given.get(name)
        if given is None:
            thing.given.pop(name, None)
        else:
            thing.given[name] = given
        self._renew(self.watch.bit(id(thing), name) | self.watch.bit(id(thing), EVERYTHING))

    def list_rows(self, dossier: Dossier, address: tuple[str, str], relation: Declared) -> bool:
        """A list was closed, or the row that nobody had named now has a name; False for more than that."""
        owner = self.things[address]
        source = next(one for one in _everything(dossier.world) if (one.kind, one.id) == address)
        rows = source.rows.get(relation.name, [])
        if relation.name in owner.closed and relation.name not in source.closed:
            return False
        if len(rows) != len(owner.rows.get(relation.name, [])) and not self._named(owner, relation, rows):
            return False
        if {
            (one.kind, one.id) for one in _everything(dossier.world)
        } != self.things.keys() or self.absent != dossier.world.absent:
            return False
        owner.closed |= source.closed & {relation.name}
        self._renew(self.watch.bit(id(owner), rows_of(relation.name)))
        return True

    def _named(self, owner: Thing, relation: Declared, rows: list[Thing]) -> bool:
        """Give the row that stood in the name of the only row there is now."""
        nameless = [one for one in self.world.of_kind(relation.to) if one.anonymous and owner in one.links.values()]
        if len(rows) != 1 or len(nameless) != 1 or owner.rows.get(relation.name):
            return False
        named, row = rows[0], nameless[0]
        if named.given != dict(row.given) or named.rows or named.closed or (named.kind, named.id) in self.things:
            return False
        del self.things[row.kind, row.id]
        row.id, row.label, row.anonymous = named.id, dict(named.label), False
        self.things[row.kind, row.id] = row
        owner.rows[relation.name] = [row]
        return True

    def _renew(self, changed: int) -> None:
        """Work out again what read any of these."""
        self._axes = None
        self.watch.forget(changed)
        self.ranking.forget()
        for number, read in enumerate(self.read):
            if read & changed:
                self.rows[number], self.read[number] = self._work_out(number, self.places[number])

    def bearing(self, thing: Thing, name: str) -> tuple[int, int]:
        """How many rules turn on a name that has a value, and how many of those are hard."""
        readers = self._readers(thing, name)
        rows = [self.rows[one] for one in readers if self.rows[one].in_scope is not Truth.FALSE]
        if not rows:
            rows = [row for row in self._without(thing, name, readers) if row.in_scope is not Truth.FALSE]
        return len(rows), sum(1 for row in rows if row.force.force in ("hard", "hardened"))

    def is_idle(self, thing: Thing, name: str) -> bool:
        """Whether no rule would be another one's if nothing were said of a name."""
        readers = self._readers(thing, name)
        if any(self.rows[one].in_scope is not Truth.FALSE for one in readers):
            return False
        with closing(self._without(thing, name, readers)) as rows:
            return all(row.in_scope is Truth.FALSE for row in rows)

    def _readers(self, thing: Thing, name: str) -> list[int]:
        bits = self.watch.bit(id(thing), name) | self.watch.bit(id(thing), rows_of(name))
        return [number for number, read in enumerate(self.read) if read & bits]

    def _without(self, thing: Thing, name: str, readers: list[int]) -> Generator[Row, None, None]:
        """The rows as they would be if nothing were said of a name; a list is left as it is."""
        given = dict.get(thing.given, name)
        if given is None:
            yield from (self.rows[one] for one in readers)
            return
        bit = self.watch.bit(id(thing), name)
        del thing.given[name]
        self.watch.forget(bit)
        try:
            for one in readers:
                yield row_of(self.text, self.today, *self.places[one])
        finally:
            thing.given[name] = given
            self.watch.forget(bit)

    def axes(self) -> dict[Key, list[str]]:
        """The schemes that hang on each name."""
        if self._axes is None:
            self._axes = {}
            for grade in grades_of(self.text):
                for one in grade.missing:
                    known = self._axes.setdefault((one.name, id(one.thing)), [])
                    if grade.scheme.id not in known:
                        known.append(grade.scheme.id)
        return self._axes

    def counts(self) -> Counts:
        applies = sum(1 for row in self.rows if row.in_scope is Truth.TRUE and row.timing.status == "applies")
        open_rows = sum(1 for row in self.rows if row.missing)
        return Counts(applies, len(self.rows) - open_rows, open_rows)


def _everything(world: object) -> Iterator[Thing]:
    """The things of a world and those of an earlier state."""
    seen: set[int] = set()
    waiting = list(getattr(world, "things", ()))
    for thing in waiting:
        if id(thing) not in seen:
            seen.add(id(thing))
            waiting += [*thing.links.values(), *(row for rows in thing.rows.values() for row in rows)]
            yield thing


def _wanted(place: Place, party: str | None) -> bool:
    owed_by = place[2]
    return party is None or owed_by is None or owed_by.id == party or owed_by.anonymous


def _addresses(asked: Iterable[Asked]) -> frozenset[Address]:
    return frozenset((one.kind, one.id, one.name) for one in asked)


def thing_of(dossier: Dossier, kind: str, identifier: str) -> Thing | None:
    """An object of the dossier, of its present state before an earlier one; the only one of its kind under that kind's word."""
    found = next((one for one in _everything(dossier.world) if (one.kind, one.id) == (kind, identifier)), None)
    alike = [one for one in dossier.world.things if one.kind == kind]
    return found or (alike[0] if identifier == kind and len(alike) == 1 else None)


def is_answered(dossier: Dossier, address: Address) -> bool:
    """Whether anything is said of a name of an object: a value, rows of a list, or that the list is whole."""
    kind, identifier, name = address
    thing = thing_of(dossier, kind, identifier)
    if thing is None:
        return False
    return name in thing.given or name in thing.closed or any(not row.anonymous for row in thing.rows.get(name, ()))


def noted_in_part(dossier: Dossier, answer: Answer) -> Dossier:
    """The dossier, with a note where an answer leaves something open, so that nobody is asked for the rest again."""
    thing = thing_of(dossier, answer.kind, answer.object)
    if thing is None or answer.value is None:
        return dossier
    given = thing.given.get(answer.name)
    declared = dossier.world.vocabulary.declared[answer.name]
    if declared.kind == "relation":
        whole = answer.name in thing.closed or not declared.many
    else:
        whole = given is None or is_settled(given.value)
    if whole:
        return dossier
    return with_asked(dossier, [Asked(answer.kind, answer.object, answer.name, IN_PART, by=answer.by, on=answer.on)])


def same_person(one: str, two: str) -> bool:
    """Whether two names of a person are one, whatever their spaces and capitals."""
    return "".join(one.split()).casefold() == "".join(two.split()).casefold()
