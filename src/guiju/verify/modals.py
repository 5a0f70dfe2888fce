"""Who has to do what, in the words of the text: the subject of a sentence and its modal word.

Chinese statutes put the modal word (应当, 不得, 可以, 鼓励) after its subject. The subject is the first party of the modal word's
own clause that no preposition stands before, with those it is joined to; else that of the sentence; a sentence without one
goes on with that of the sentence before it, also across the paragraphs of an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from guiju.verify.chinese import (
    BEFORE_OBJECTS,
    DUTY_WITHOUT_MODAL,
    ENCOURAGEMENT,
    JOINTS,
    MODALS,
    NO_MODALS,
    NO_PARTIES,
    OBLIGATION,
    TASK_OF_THE_STATE,
)
from guiju.verify.said import Said

_MODAL: Final = re.compile("|".join(sorted((word for words in MODALS.values() for word in words), key=len, reverse=True)))
_CLASS_OF: Final = {word: modality for modality, words in MODALS.items() for word in words}
_SENTENCE: Final = re.compile(r"[。;；:：]")


def modal_words(text: str, parties: re.Pattern[str], before: frozenset[str] = frozenset()) -> list[Said]:
    """Every modal word of a text, with its subjects among the words for parties; ``before``: who was spoken of last."""
    found: list[Said] = []
    start = 0
    sentences = zip(_SENTENCE.split(_blanked(NO_PARTIES, text)), _SENTENCE.split(_blanked(NO_MODALS, text)), strict=True)
    for sentence, spoken in sentences:
        named = _named(sentence, parties)
        for modal in _MODAL.finditer(spoken):
            subjects = _subjects(sentence, modal.start(), named) or before
            before = subjects
            if _CLASS_OF[modal[0]] == ENCOURAGEMENT:
                subjects |= _encouraged(sentence, modal.end(), parties)
            found.append(Said(_CLASS_OF[modal[0]], modal[0], subjects, start + modal.start()))
        before = before or _group(sentence, named, 0)
        start += len(sentence) + 1
    return found


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with what only looks like a modal word, or like a party, blanked out, at the same length."""
    return pattern.sub(lambda found: "＿" * len(found[0]), text)


def _named(sentence: str, parties: re.Pattern[str]) -> list[re.Match[str]]:
    """The parties of a sentence that can be a subject: no preposition or verb of telling stands right before them."""
    return [one for one in parties.finditer(sentence) if not sentence[: one.start()].endswith(BEFORE_OBJECTS)]


def _subjects(sentence: str, modal: int, named: list[re.Match[str]]) -> frozenset[str]:
    """The first party of the modal word's clause, else of the sentence, with those it is joined to."""
    clause = sentence.rfind(",", 0, modal) + 1
    inside = [index for index, one in enumerate(named) if clause <= one.start() and one.end() <= modal]
    earlier = [index for index, one in enumerate(named) if one.end() <= modal]
    chosen = inside or earlier
    return _group(sentence, named, chosen[0]) if chosen else frozenset()


def _encouraged(sentence: str, after: int, parties: re.Pattern[str]) -> frozenset[str]:
    """Who is encouraged stands behind the word, where who encourages stands before it."""
    clause = sentence[after:].split(",", maxsplit=1)[0]
    return _group(clause, list(parties.finditer(clause)), 0)


def _group(sentence: str, named: list[re.Match[str]], first: int) -> frozenset[str]:
    group = named[first : first + 1]
    for one in named[first + 1 :]:
        if sentence[group[-1].end() : one.start()] not in JOINTS:
            break
        group.append(one)
    return frozenset(one[0] for one in group)


def modals_in(words: str) -> frozenset[str]:
    """The modalities that a summary says in so many words."""
    return frozenset(_CLASS_OF[one[0]] for one in _MODAL.finditer(_blanked(NO_MODALS, words)))


def agents(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    """The parties of a text without modal words that can be its subjects: at the head of a clause, or after 由."""
    plain = _blanked(NO_PARTIES, text)
    heads = (one for one in parties.finditer(plain) if one.start() == 0 or plain[one.start() - 1] in ",;:。、\n由和及＿")
    return frozenset(one[0] for one in heads)


def last_spoken_of(text: str, parties: re.Pattern[str]) -> frozenset[str]:
    """Who a sentence that followed this text without a subject of its own would speak of."""
    spoken = modal_words(text, parties)
    plain = _blanked(NO_PARTIES, text)
    return spoken[-1].subjects if spoken else _group(plain, _named(plain, parties), 0)


def party_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """The longest of the words that stand for parties, at each place of a text."""
    return re.compile("|".join(re.escape(one) for one in sorted(set(words), key=len, reverse=True)))


def fits_without_modal(text: str, modality: str) -> bool:
    """Whether a sentence without a modal word can carry the modality: a bare verb of duty, a task of the State."""
    if modality == OBLIGATION:
        return any(word in text for word in (*DUTY_WITHOUT_MODAL, *TASK_OF_THE_STATE))
    if modality == "best_efforts":
        return any(word in text for word in TASK_OF_THE_STATE)
    if modality == ENCOURAGEMENT:
        return "国家" in text and any(word in text for word in TASK_OF_THE_STATE)
    return False
