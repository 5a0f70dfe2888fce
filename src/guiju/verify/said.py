"""A modal word of a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One modal word of a text with the parties that can be its subject, and where the word stands.

    ``impersonal``: it may be owed by somebody who is not its subject (the documentation shall be drawn up); ``limited``: the
    sentence also says what must not be, or on which conditions something may be.
    """

    modality: str
    word: str
    subjects: frozenset[str]
    start: int
    impersonal: bool = False
    limited: bool = False
