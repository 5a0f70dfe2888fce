"""What a check needs to know of the language a text is in; one for each legal order's texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from guiju.verify.quantities import TextNumbers
from guiju.verify.said import Said

Parties = re.Pattern[str]
"""All words by which the texts of a legal order name somebody who has to do something."""


@dataclass(frozen=True)
class Language:
    """How one language says numbers, modality, parties and sanctions.

    ``plain`` makes words comparable, ``party`` a word for a party with what ``modal_words`` finds; ``stop`` ends a sentence.
    ``summaries``: the languages of a norm's summary whose numbers are held against the text; ``told_in``: those other languages
    whose summary is held against its modality, each with what finds modal words in it. ``like_enough``: how like its
    provision a summary must be, as a share of the likeness to the provision that it is most like, by the number of its words.
    ``impersonal``: sentences often leave out who owes what. ``nobody``: parties of plain texts that owe nothing themselves;
    ``persons``: words after which an amount of money is one of natural persons'; ``fine_bounds``: how the upper limit of a fine
    may be bounded.
    """

    code: str
    plain: Callable[[str], str]
    stop: str
    numbers_of: Callable[[str], TextNumbers]
    modal_words: Callable[[str, Parties, frozenset[str]], list[Said]]
    last_spoken_of: Callable[[str, Parties], frozenset[str]]
    agents: Callable[[str, Parties], frozenset[str]]
    mentioned: Callable[[str, Parties], frozenset[str]]
    party: Callable[[str], str]
    modals_in: Callable[[str], frozenset[str]]
    summary_fits: Callable[[str, str], bool]
    fits_without_modal: Callable[[str, str], bool]
    party_pattern: Callable[[Iterable[str]], Parties]
    tokens: Callable[[str], Counter[str]]
    summaries: tuple[str, ...]
    told_in: tuple[tuple[Callable[[str], frozenset[str]], str], ...]
    sanctions: Mapping[str, tuple[str, ...]]
    forbidding: tuple[str, ...]
    like_enough: Callable[[int], float]
    impersonal: bool = False
    nobody: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    fine_bounds: frozenset[str | None] = frozenset({"<="})
