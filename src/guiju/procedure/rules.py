"""Rules of procedure as data: states, steps, what must hold for each step and where that is written, time limits, the charter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from guiju.logic import Expr, Type
from guiju.wording import Text

Plain = bool | int | str | None
"""What a parameter of a charter or a fact of a case is: nothing is not yet known."""

Ground = Literal["norm", "charter", "practice"]
"""Where a guard or a parameter comes from: a norm of the corpus, the body's own charter, or our practice."""

If = Literal["refuse", "void", "lost"]
"""What follows where a guard does not hold: the step is not taken; what was done is held and void; the motion is not carried."""

IFS: Final[tuple[If, ...]] = ("refuse", "void", "lost")


@dataclass(frozen=True, slots=True)
class Basis:
    """Where something is written. ``unchecked``: the clause itself was not read, so it holds as the charter's default."""

    ground: Ground
    norm: str = ""
    pinpoint: Text = field(default_factory=dict)
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A choice of the charter. ``least``, ``most``: its bounds. ``other``: what the other reading of a silence says."""

    name: str
    type: Type
    default: Plain
    basis: Basis
    words: Text
    least: int | None = None
    most: int | None = None
    other: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of member the body must have, and, where ``sits``, one of whom must be at each decision."""

    name: str
    words: Text
    sits: bool
    professional: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold for a step. ``lacks`` says what is missing, ``cure`` how to mend it, ``who`` which roles can."""

    name: str
    require: Expr
    basis: Basis
    lacks: Text
    cure: Text
    who: tuple[str, ...]
    then: If


@dataclass(frozen=True, slots=True)
class Step:
    """From states to a state; by whom. ``to`` may hang on the outcome; ``back`` is the state before the one it stands in.

    ``gives``: what an act of this kind may say, and nothing else; ``sets``: facts of the case that follow from taking it.
    ``inside``: a matter of the body's own, or of experts among themselves, of which others are told by what comes of it.
    ``renews``: the outcomes by which a new round of review begins; every one of them where it gives ``anew``.
    """

    name: str
    states: tuple[str, ...]
    to: Mapping[str, str]
    by: tuple[str, ...]
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    sets: Mapping[str, Plain]
    words: Text
    basis: Basis
    inside: bool = False
    renews: tuple[str, ...] = ()

    def begins_anew(self, outcome: str) -> bool:
        """Whether a case is in a new round after it."""
        return "anew" in self.gives or outcome in self.renews

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes it chooses between; none where it leads to one state."""
        return tuple(one for one in self.to if one)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of a case: from the last of some steps to the first of others, or again and again (``every``).

    ``within`` names the parameter that holds the number, ``unit`` what it counts. ``usual``: the text says "as a rule", so what
    is later is past the usual time and not unlawful. ``when``: only for such cases. ``extended_by``: the step that states a new
    day.
    """

    name: str
    after: tuple[str, ...]
    until: tuple[str, ...]
    within: str
    unit: str
    usual: bool
    every: bool
    states: tuple[str, ...]
    when: Expr
    extended_by: str
    who: tuple[str, ...]
    words: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of procedure of one kind of body; ``place`` is whose day and calendar count.

    ``roles``: who acts, by posts and otherwise, and who can supply what lacks. ``facts`` stay with a case once an act gave them;
    ``said`` is of one act alone, and given with each. ``per_round``: facts that fall when a case is reviewed anew. ``votes``,
    ``presides``: the posts that have a vote, and those that take the chair. ``waits``: states in which a case waits for one role.
    ``objects``: the steps by which a party objects to a decision or answers it. ``edition``: the digest of what decides in them.
    """

    name: str
    title: Text
    place: str
    law: str
    posts: tuple[str, ...]
    roles: Mapping[str, Text]
    votes: tuple[str, ...]
    presides: tuple[str, ...]
    start: str
    states: Mapping[str, Text]
    final: tuple[str, ...]
    motions: tuple[str, ...]
    facts: Mapping[str, Type]
    said: Mapping[str, Type]
    per_round: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    categories: tuple[Category, ...]
    guards: Mapping[str, Guard]
    body: tuple[str, ...]
    steps: Mapping[str, Step]
    limits: tuple[Limit, ...]
    waits: Mapping[str, str]
    objects: tuple[str, ...]
    edition: str = ""

    @property
    def deciding(self) -> tuple[str, ...]:
        """The steps by which a case is decided."""
        return tuple(one.name for one in self.steps.values() if "decides" in one.gives)

    def opens(self, step: str) -> bool:
        """Whether a step begins a case that was not there before."""
        found = self.steps.get(step)
        return found is not None and self.start in found.states


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing for a step: the guard that does not hold, in words, where it is written, how it is mended and by whom.

    ``unknown``: it cannot be said whether it holds.
    """

    guard: str
    words: Text
    basis: Basis
    cure: Text
    who: tuple[str, ...]
    then: If
    unknown: bool = False
