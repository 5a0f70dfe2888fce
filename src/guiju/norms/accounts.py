"""What the encoders account for: the paragraphs no norm names, differences from the text, and who has read what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from guiju.norms.statutes.places import Place
from guiju.wording import Text, Where

NOT_ENCODED_REASONS: Final = ("purpose", "definition", "state", "repealed", "scope")
EXPLANATIONS: Final = ("understood", "implied", "counted", "referred", "narrower")


@dataclass(frozen=True, slots=True)
class Carried:
    """Places whose content stands elsewhere: in legal events, terms, or norms of another instrument."""

    at: tuple[Place, ...]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotEncoded:
    """Places that are not encoded, with one of ``NOT_ENCODED_REASONS``; ``defined_in``: where a definition is carried."""

    at: tuple[Place, ...]
    why: str
    defined_in: str | None = None
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an instrument of the first rank says of the paragraphs that no norm of its own names."""

    carried: tuple[Carried, ...] = ()
    not_encoded: tuple[NotEncoded, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a norm and its text may differ in one respect: one of ``EXPLANATIONS``, the characters concerned, and two who say so.

    ``start`` and ``end`` count the characters of the provision at ``at``, from 0, ``end`` not included. ``norm_has`` is what was
    looked at, as a finding tells it: of a norm that has something else nothing is explained.
    """

    finding: str
    reason: str
    at: Place
    start: int
    end: int
    norm_has: str
    by: str
    second: str
    where: Where


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who read a norm against its text and when; ``meaning`` and ``text``: the digests of what was read."""

    by: str
    on: date
    meaning: str
    text: str
    where: Where
