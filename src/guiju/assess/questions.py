"""Questions: what could be asked next of a dossier, in the order in which asking pays (``ranking``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from guiju.assess.ranking import Candidate, Ranking, Stage
from guiju.assess.ranking_settling import Settling
from guiju.logic import Truth
from guiju.norms import Declared, Row, Thing
from guiju.wording import Text

Expects = Literal["yes-no", "one-of", "some-of", "number", "duration", "day", "rows"]

_EXPECTS: dict[str, Expects] = {
    "BoolType": "yes-no", "EnumType": "one-of", "SetType": "some-of", "NumberType": "number", "DurationType": "duration",
    "DateType": "day",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A name to ask, of which thing; how many open rules it bears on, how many of those are hard, how many it may settle alone.

    ``declared`` has the texts, the members and the clauses; None for a name that is not declared.
    """

    name: str
    thing: Thing | None
    cause: str
    settles: int
    hard: int
    text: Text
    alone: int = 0
    stage: Stage = "facts"
    declared: Declared | None = None

    @property
    def expects(self) -> Expects:
        """What kind of answer it takes."""
        if self.declared is None or self.declared.kind == "relation":
            return "rows"
        return _EXPECTS[type(self.declared.type).__name__]

    @property
    def takes_day(self) -> bool:
        """Whether a yes says more with the day on which it was done: time limits turn on it."""
        return self.declared is not None and self.declared.kind == "measure" and self.expects == "yes-no"

    @property
    def address(self) -> tuple[str, str, str]:
        """Kind and id of the object, and the name."""
        return (self.thing.kind if self.thing else "", self.thing.id if self.thing else "", self.name)


def question_of(one: Candidate) -> Question:
    """A candidate with its words."""
    declared = one.declared
    text = declared.ask or declared.label
    cause = "judgement" if declared.kind == "judgement" else "fact"
    return Question(one.name, one.thing, cause, one.settles, one.hard, text, one.alone, one.stage, declared)


def questions_of(rows: Iterable[Row]) -> list[Question]:
    """Every open name of the rows that can be asked, the one that pays most first."""
    listed = list(rows)
    if not listed:
        return []
    evaluation = listed[0].evaluation
    ranking, settling = Ranking(evaluation.program, evaluation.world), Settling(evaluation)
    for number, row in enumerate(listed):
        ranking.put(number, row, settling.of_row(row) if row.in_scope is Truth.UNKNOWN else None)
    return [question_of(one) for one in ranking.candidates()]
