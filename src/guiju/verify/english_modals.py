"""Who has to do what, in an English text: the subject of a sentence and its modal word.

The subject stands before the modal word: a party of its own clause that no preposition stands before, with those it is
joined to; where the clause has no subject or a pronoun, the first such party of the sentence, else of the sentence before it.
Something that cannot owe anything (the documentation shall, the report shall) and the passive make a sentence impersonal: it may
be owed by anybody whom the article names. By whom it shall be done, and who is ordered to do it, counts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from guiju.verify.chinese import ENCOURAGEMENT, OBLIGATION, PERMISSION, PROHIBITION
from guiju.verify.english import (
    BEFORE_OBJECTS,
    BINDS,
    DETERMINERS,
    DUTY_WITHOUT_MODAL,
    EFFORTS,
    ELLIPSIS,
    FORBIDDING_WITHOUT_MODAL,
    FREES_FIRST,
    JOINT,
    LIMITS,
    MODALS,
    NEGATED,
    NO_MODALS,
    ORDERING,
    RIGHT_WITHOUT_MODAL,
    SUMMARY_WORDS,
    TOLD,
)
from guiju.verify.english_text import plain
from guiju.verify.said import Said

_MODAL: Final = re.compile(
    rf"\b(?:{'|'.join(sorted((word for words in MODALS.values() for word in words), key=len, reverse=True))})\b", re.IGNORECASE
)
_CLASS_OF: Final = {word: modality for modality, words in MODALS.items() for word in words}
_TOLD_AS: Final = {word: modality for modality, words in TOLD.items() for word in words}
_TOLD: Final = re.compile(rf"\b(?:{'|'.join(sorted(_TOLD_AS, key=len, reverse=True))})\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[;:](?=\s|\Z)|\.(?=\s|\Z)")
_OBJECT: Final = re.compile(rf"\b(?:{'|'.join(BEFORE_OBJECTS)})\s+(?:(?:{'|'.join(DETERMINERS)})\s+)*\Z", re.IGNORECASE)
_PASSIVE: Final = re.compile(
    r"\s*,?\s*(?:[^,;]{0,40},\s*)?(?:be|only be|also be|not be)\s+(?!able|responsible|liable|entitled|capable)"
)
_ORDERED: Final = re.compile(
    rf"\b(?:require|requires|request|order|oblige|ask|invite)\s+(?:(?:{'|'.join(DETERMINERS)})\s+)*\Z", re.IGNORECASE
)
_ORDERED_AFTER: Final = re.compile(
    r"[^,;.]{0,40}\b(?:require|request|order|oblige|ask|invite)s?\s+(?:it|them)\s+to\b", re.IGNORECASE
)
_ELLIPSIS: Final = re.compile(rf"\s*(?:(?:{'|'.join(ELLIPSIS)})\b\s*)*", re.IGNORECASE)
_BY: Final = re.compile(rf"\bby\s+(?:(?:{'|'.join(DETERMINERS)})\s+)*\Z", re.IGNORECASE)


def modal_words(text: str, parties: re.Pattern[str], before: frozenset[str] = frozenset()) -> list[Said]:
    """Every modal word of a text, with its subjects among the words for parties; ``before``: who was spoken of last."""
    found: list[Said] = []
    start = 0
    for sentence in _SENTENCE.split(text):
        spoken = NO_MODALS.sub(lambda one: "_" * len(one[0]), sentence)
        limited = bool(LIMITS.search(sentence))
        for modal in _MODAL.finditer(spoken):
            subjects, impersonal = _subjects(sentence, modal, parties, before)
            before = before if impersonal else subjects
            word = " ".join(modal[0].lower().split())
            found.append(Said(_modality(sentence, word), word, subjects, start + modal.start(), impersonal, limited))
        start += len(sentence) + 1
    return found


def _modality(sentence: str, word: str) -> str:
    """No decision may be taken: forbidden."""
    negated = word in ("may", "shall") and sentence.lstrip().lower().startswith(NEGATED)
    return PROHIBITION if negated else _CLASS_OF[word]


def _subjects(
    sentence: str, modal: re.Match[str], parties: re.Pattern[str], before: frozenset[str]
) -> tuple[frozenset[str], bool]:
    """The subjects of a modal word; whether it may be owed by somebody whom the sentence does not name as its subject."""
    named = list(parties.finditer(sentence))
    free = [index for index, one in enumerate(named) if not _OBJECT.search(sentence[: one.start()])]
    clause = sentence.rfind(",", 0, modal.start()) + 1
    earlier = [index for index in free if named[index].end() <= modal.start()]
    inside = [index for index in earlier if named[index].start() >= clause]
    others = _agents_after(sentence[modal.end() :], parties)
    if "prohibited" in modal[0].lower() and not inside:
        return others, True
    passive = bool(_PASSIVE.match(sentence, modal.end()))
    if not inside and not _ELLIPSIS.fullmatch(sentence[clause : modal.start()]):
        return others, True
    if chosen := inside or earlier:
        return _group(sentence, named, chosen[0]) | others, passive
    return before | others, passive or not before


def _agents_after(rest: str, parties: re.Pattern[str]) -> frozenset[str]:
    """By whom something shall be done, and who is ordered to do it."""
    found = list(parties.finditer(rest))
    first = next((index for index, one in enumerate(found) if _acts(rest, one)), None)
    return frozenset() if first is None else _group(rest, found, first)


def _acts(rest: str, party: re.Match[str]) -> bool:
    """By the party; requests the party to; informs the party and requests it to."""
    before = rest[: party.start()]
    return bool(_BY.search(before) or _ORDERED.search(before) or _ORDERED_AFTER.match(rest, party.end()))


def _group(sentence: str, named: list[re.Match[str]], chosen: int) -> frozenset[str]:
    """A party with those it is joined to, on either side."""
    first = last = chosen
    while first > 0 and JOINT.match(sentence[named[first - 1].end() : named[first].start()]):
        first -= 1
    while last + 1 < len(named) and JOINT.match(sentence[named[last].end() : named[last + 1].start()]):
        last += 1
    return frozenset(one[0].lower() for one in named[first : last + 1])


def modals_in(words: str) -> frozenset[str]:
    """What a summary says in so many words: that something is owed, or forbidden."""
    spoken = NO_MODALS.sub(lambda one: "_" * len(one[0]), plain(words))
    return frozenset(_TOLD_AS[one[0].lower()] for one in _TOLD.finditer(spoken))


def summary_fits(summary: str, modality: str) -> bool:
    """Whether a summary can be one of this modality: it frees, or denies, where it has to."""
    if modality == OBLIGATION and FREES_FIRST.match(summary) and not BINDS.search(summary):
        return False
    wanted = SUMMARY_WORDS.get(modality)
    return wanted is None or not summary or wanted.search(summary) is not None


def mentioned(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    """Every party a text names."""
    return frozenset(one[0].lower() for one in parties.finditer(text))


def agents(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    """The parties of a text that can be its subjects."""
    free = (one for one in parties.finditer(text) if not _OBJECT.search(text[: one.start()]))
    return frozenset(one[0].lower() for one in free)


def last_spoken_of(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    """Who a sentence that followed this text without a subject of its own would speak of."""
    spoken = [one for one in modal_words(text, parties) if not one.impersonal]
    return spoken[-1].subjects if spoken else frozenset()


def party_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The longest of the words that stand for parties, at each place of a text."""
    listed = sorted(set(words), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(plain(one)) for one in listed)})\b" if listed else r"(?!)", re.IGNORECASE)


def fits_without_modal(text: str, modality: str) -> bool:
    """Whether a sentence without the modal word can carry the modality: by its verb."""
    lower = text.lower()
    if modality == OBLIGATION:
        return any(word in lower for word in DUTY_WITHOUT_MODAL) or bool(ORDERING.search(text))
    if modality == PROHIBITION:
        return any(word in lower for word in FORBIDDING_WITHOUT_MODAL)
    if modality == PERMISSION:
        return any(word in lower for word in RIGHT_WITHOUT_MODAL)
    return modality in (ENCOURAGEMENT, "best_efforts") and any(word in lower for word in EFFORTS)
