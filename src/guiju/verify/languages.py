"""The two languages that texts are held against in: Chinese for Chinese statutes, English for acts of the Union."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from guiju.norms.statutes import CHINESE, UNION, uniform
from guiju.verify import chinese, english, english_modals, english_numbers, english_text, modals, quantities
from guiju.verify.language import Language
from guiju.verify.likeness import pairs
from guiju.verify.quantities import TextNumbers


def _mentioned(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    return frozenset(parties.findall(text))


def _told_in_chinese(summary: str) -> frozenset[str]:
    return modals.modals_in(uniform(summary))


ZH: Final = Language(
    code="zh",
    plain=uniform,
    stop="。",
    numbers_of=quantities.numbers_of,
    modal_words=modals.modal_words,
    last_spoken_of=modals.last_spoken_of,
    agents=modals.agents,
    mentioned=_mentioned,
    party=str,
    modals_in=_told_in_chinese,
    summary_fits=lambda _summary, _modality: True,
    fits_without_modal=modals.fits_without_modal,
    party_pattern=modals.party_pattern,
    tokens=pairs,
    summaries=("zh",),
    told_in=(),
    sanctions=chinese.SANCTIONS,
    forbidding=("不得",),
    like_enough=lambda _words: 0.75,
    nobody=chinese.NOBODY_IN_PARTICULAR,
    persons=chinese.PERSONS_IN_CHARGE,
)

EN: Final = Language(
    code="en",
    plain=english_text.plain,
    stop=". ",
    numbers_of=english_numbers.numbers_of,
    modal_words=english_modals.modal_words,
    last_spoken_of=english_modals.last_spoken_of,
    agents=english_modals.agents,
    mentioned=english_modals.mentioned,
    party=lambda word: english_text.plain(word).lower(),
    modals_in=english_modals.modals_in,
    summary_fits=english_modals.summary_fits,
    fits_without_modal=english_modals.fits_without_modal,
    party_pattern=english_modals.party_pattern,
    tokens=english_text.tokens,
    summaries=("en", "zh"),
    told_in=((_told_in_chinese, "zh"),),
    sanctions=english.SANCTIONS,
    forbidding=english.FORBIDDING,
    like_enough=lambda words: min(0.5, words / 60),
    impersonal=True,
    fine_bounds=frozenset({"<=", None}),
)

LANGUAGES: Final[Mapping[str, Language]] = MappingProxyType({CHINESE: ZH, UNION: EN})
"""By the legal order that a text belongs to."""

READERS: Final[Mapping[str, Callable[[str], TextNumbers]]] = MappingProxyType({one.code: one.numbers_of for one in (ZH, EN)})
"""What reads the numbers of a summary, by its language."""
