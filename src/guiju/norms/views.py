"""What an expression sees of a world: names read of a thing, of those above it, by relations, and of the party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiju.calendars import DateRange
from guiju.logic import Rows, Truth, Value
from guiju.norms.vocabulary import Declared
from guiju.norms.world import Thing

if TYPE_CHECKING:
    from guiju.norms.terms import Terms


class View:
    """What an expression sees: one thing, for one party. It answers for names by owners, relations and the party."""

    __slots__ = ("evaluation", "party", "thing")

    def __init__(self, evaluation: Terms, thing: Thing, party: Thing | None) -> None:
        self.evaluation = evaluation
        self.thing = thing
        self.party = thing if thing.kind == "party" else party

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, int]:
        return (id(self.evaluation), id(self.thing), id(self.party))

    def target(self, path: str) -> tuple[Thing | None, Declared]:
        """The thing that a path is read of, and the name read there; no thing if a relation leads nowhere known."""
        access = self.evaluation.vocabulary.access(self.thing.kind, path)
        if access.of_party:
            return self.party, access.declared
        return self.follow(access.steps), access.declared

    def follow(self, steps: tuple[str, ...]) -> Thing | None:
        """The thing that relations to one lead to, or None where one leads nowhere known."""
        thing: Thing | None = self.thing
        for step in steps:
            if thing is None:
                return None
            thing = thing.links.get(step)
        return thing

    def value(self, path: str) -> Value | None:
        """What is known of a name here (see ``Environment``)."""
        thing, declared = self.target(path)
        if thing is None:
            return None
        if declared.kind == "term":
            return self.evaluation.term(declared, thing)
        given = thing.given.get(declared.name)
        return None if given is None else given.value

    def rows(self, relation: str) -> Rows:
        """The rows of a relation to many (see ``Environment``)."""
        steps, declared = self.evaluation.vocabulary.rows(self.thing.kind, relation)
        thing = self.follow(steps)
        if thing is None:
            return Rows((), False)
        rows = [View(self.evaluation, row, self.party) for row in thing.rows.get(declared.name, ())]
        return Rows(rows, declared.name in thing.closed)

    def date_of(self, provision: str) -> DateRange | None:
        """A legal day, for this thing."""
        return self.evaluation.day(provision, self.thing)

    def norm(self, question: str, norm: str) -> Truth:
        """A question about another norm, for this thing and party."""
        return self.evaluation.asked(question, norm, self.thing, self.party)
