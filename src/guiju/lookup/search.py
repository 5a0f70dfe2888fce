"""Finding rules by number and by words in either language, best first.

Words are looked for in titles, pinpoints, summaries, subjects and names: Latin words from their beginning, Chinese by pairs
of characters. What is typed and what is looked through are folded alike (width, script, spelling); a Latin word that no
rule has is taken for the nearest one that some rule has, and the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import pairwise
from math import log
from typing import Final

from guiju.lookup.everyday import ALSO_CALLED, ASKING, MEANT, NOT_HELD, folded, tidy
from guiju.lookup.facts import Facts
from guiju.lookup.index import TITLE_OF_NORM, Document, Index, both, id_levels, index_of
from guiju.lookup.queries import Query, tokens, understood
from guiju.norms import Norm, natural_key

__all__ = ["Hit", "Query", "Search", "tidy", "understood"]

_CALLED_SO: Final = 80.0
"""What is added to something that is called just what was typed."""

_BEGINS_SO: Final = 12.0
"""What is added to an instrument one of whose names begins with what was typed."""

_BINDS: Final = 17.0
"""What is added for a duty of hard law: a little more than the words of a title."""

_GOVERNING: Final = frozenset({"act", "application", "body", "meeting", "standard"})
"""Kinds of things that only those who govern deal with."""

_LONG: Final = 7
"""From how many letters on a word may stand parted in the text: deepfake, deep fake."""

_SPELT: Final = 5
"""From how many letters on a word may be misspelt."""

_MOST_MISSPELT: Final = 4
"""How many words of one search are looked for by likeness; that takes long."""

_LETTERS_OFF: Final = 2
"""By how many letters a misspelt word may be longer or shorter."""

_ALIKE: Final = 0.8
"""How like a word of the rules what was typed must be to be taken for it."""

_TELLING: Final = 4
"""From how many letters on a Latin word is looked for by itself, where no rule has enough of the words."""

_COMMON: Final = 0.1
"""A word that more of the rules than this share have tells nothing by itself."""

_NEAR: Final = 0.7
"""What share of the best score something must have to stand beside the best, where words are looked for by themselves."""

_MOST_NEAR: Final = 10
_MOST_TOLD: Final = 40
"""How many are found so at most, and of how many words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a norm, an instrument or a name; ``exact``: at the very number or id, ``placed``: there or below."""

    kind: str
    id: str
    score: float
    exact: bool = False
    placed: bool = False


class Search:
    """Looks through one corpus."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def find(self, typed: str) -> tuple[Query, list[Hit]]:
        """What was understood and what was found, best first."""
        query = self._spelt(understood(typed))
        found: dict[tuple[str, str], Hit] = {}
        for hit in (*self._by_id(query), *self._by_place(query), *self._by_words(query)):
            key = (hit.kind, hit.id)
            if key not in found or found[key].score < hit.score:
                found[key] = hit
        order = {"instrument": 0, "norm": 1, "name": 2}
        return query, sorted(found.values(), key=lambda hit: (-hit.score, order[hit.kind], natural_key(hit.id)))

    def nearest(self, query: Query) -> list[Hit]:
        """What has some of the words, where nothing has enough of them: by how rare the words are that it has, best first."""
        asked = query.words
        if not 2 <= len(asked) <= _MOST_TOLD:
            return []
        words = [one for one in asked if one not in ASKING and _tells(one)]
        having = {word: [one for one in self._documents if _matcher(word)(one.whole)] for word in words}
        scores: dict[tuple[str, str], float] = {}
        for found in having.values():
            if found and len(found) <= len(self._documents) * _COMMON:
                for one in found:
                    scores[one.kind, one.id] = scores.get((one.kind, one.id), 0.0) + log(len(self._documents) / len(found))
        best = max(scores.values(), default=0.0)
        kept = [Hit(kind, identifier, score) for (kind, identifier), score in scores.items() if score >= best * _NEAR]
        return sorted(kept, key=lambda hit: (hit.kind == "name", -hit.score, natural_key(hit.id)))[:_MOST_NEAR]

    def not_held(self, typed: str) -> str:
        """The name in what was typed of a well-known text that is not among these rules; empty where there is none."""
        words = f" {folded(typed)} "
        for names in NOT_HELD:
            said = next((one for one in names if (f" {one} " if one.isascii() else one) in words), "")
            if said and not any(self.titled(one) for one in names):
                return said
        return ""

    def titled(self, typed: str) -> list[str]:
        """Instruments that have these very words in their title or number; of several, one whose short title it is."""
        wanted = folded(typed).strip("《》")
        if not wanted:
            return []
        instruments = self.facts.corpus.instruments.values()
        found = [one.id for one in instruments if wanted in self._index.titles[one.id]]
        exact = [
            one.id for one in instruments if wanted in {folded(words) for words in (*one.short.values(), *one.title.values())}
        ]
        return exact if len(exact) == 1 else found

    # -- what is looked through --------------------------------------------------------------------

    @cached_property
    def _index(self) -> Index:
        return index_of(self.facts.corpus)

    @cached_property
    def _norms(self) -> dict[str, Document]:
        return {norm.id: self._index.version(norm) for norm in self.facts.norms.values()}

    @cached_property
    def _documents(self) -> list[Document]:
        return [*self._index.lasting, *self._norms.values()]

    # -- what was typed ----------------------------------------------------------------------------

    def _spelt(self, query: Query) -> Query:
        """The query with words that no rule has replaced by the nearest."""
        long = [word for word in query.words if len(word) >= _SPELT and _latin(word)]
        unknown = [word for word in long if not self._known(word, query.words)][:_MOST_MISSPELT]
        near = [(word, get_close_matches(word, self._alike(word), 1, _ALIKE)) for word in unknown]
        corrected = [(word, found[0]) for word, found in near if found]
        if not corrected:
            return query
        words = tuple(dict(corrected).get(word, word) for word in query.words)
        return replace(query, words=words, corrected=tuple(corrected))

    def _alike(self, word: str) -> list[str]:
        """Words of about its length that begin as it does: few slips change a first letter."""
        return [one for one in self._index.vocabulary if one[0] == word[0] and abs(len(one) - len(word)) <= _LETTERS_OFF]

    def _known(self, word: str, words: tuple[str, ...]) -> bool:
        joined = {first + second for first, second in pairwise(words) if word in (first, second)}
        matchers = [_matcher(one) for one in (word, *joined)]
        return any(matcher(one.whole) for one in self._documents for matcher in matchers)

    # -- ways to find ------------------------------------------------------------------------------

    def _by_id(self, query: Query) -> Iterator[Hit]:
        typed = query.typed.replace(" ", "")
        if typed in self.facts.corpus.instruments:
            yield Hit("instrument", typed, 1000, exact=True)
        if typed in self.facts.corpus.vocabulary.declared:
            yield Hit("name", self.facts.corpus.vocabulary.declared[typed].name, 1000, exact=True)
        if "/" in typed:
            yield from (
                Hit("norm", norm.id, 1000, exact=norm.id == typed) for norm in self.facts.at(typed) if typed != norm.instrument
            )

    def _by_place(self, query: Query) -> Iterator[Hit]:
        """Norms at a number; where words name an instrument, only there; where they name none, those that have them first."""
        if not query.places:
            return
        words = (
            query.words if query.sure else tuple(one for one in query.words if not any(one == place[0] for place in query.places))
        )
        chosen = self._named_instruments(words)
        if words and not chosen and not query.sure:
            return
        if not (query.sure or words) and query.typed != " ".join(place[0] for place in query.places):
            return
        for norm in self.facts.norms.values():
            if chosen and norm.instrument not in chosen:
                continue
            closeness = max(_closeness(place, self._norms[norm.id].levels) for place in query.places)
            if closeness:
                own = ("zh" in self.facts.corpus.instruments[norm.instrument].authentic) is query.chinese
                here = any(place == id_levels(norm) for place in query.places)  # its own number, and not one that it also names
                law = self.facts.corpus.kind_of(norm).hard  # before a standard that has the same number
                score = 400 + 100 * closeness + chosen.get(norm.instrument, 0) + own + 2 * here + 3 * law
                score += 0 if chosen or not words else 50 * self._share(norm, words)
                yield Hit("norm", norm.id, score, exact=closeness == 1, placed=True)

    def _share(self, norm: Norm, words: tuple[str, ...]) -> float:
        """How many of some words the texts of a norm have, its title included."""
        return _held(self._norms[norm.id].whole, words) / len(words)

    def _named_instruments(self, words: tuple[str, ...]) -> dict[str, float]:
        """Instruments whose title, number or id holds all of the words, better the more of the title they are."""
        found = {}
        for one in self.facts.corpus.instruments.values():
            held = _held(self._index.titles[one.id], words)
            if words and held == len(words):
                found[one.id] = 10 * len(words) / (1 + len(list(tokens(both(one.title) + " " + both(one.short)))))
                found[one.id] += 5 * any(tuple(tokens(folded(name))) == words for name in ALSO_CALLED.get(one.id, ()))
        return found

    def _by_words(self, query: Query) -> Iterator[Hit]:
        words = query.words if not query.sure else ()
        numbers = {place[0] for place in query.places}
        if numbers.issuperset(words):
            return
        words = tuple(one for one in words if not one.isdigit()) or words
        words = tuple(one for one in words if one not in ASKING) or words
        typed = " ".join(words) if query.corrected else folded(query.typed).strip('《》“”"')
        needed = len(words) if len(words) <= 2 else len(words) * 0.6
        matchers = {word: _matcher(word) for word in words}
        joined = {first + second: (first, second) for first, second in pairwise(words) if _latin(first) and _latin(second)}
        pairs = [(_matcher(one), both) for one, both in joined.items()]
        for one in self._documents:
            score, matched, own = 0.0, set[str](), set[str]()
            for weight, shown in one.fields:
                hits = {word for word, matches in matchers.items() if matches(shown)}
                hits |= {word for matches, both in pairs if matches(shown) for word in both}
                score += weight * len(hits) / len(words)
                score += weight if typed in shown else 0
                matched |= hits
                own |= hits if weight != TITLE_OF_NORM else set()
            if len(matched) >= needed and own:
                yield Hit(one.kind, one.id, score + _called(one, typed) + self._binding(one))

    def _binding(self, one: Document) -> float:
        """What is added for a duty of hard law: it stands before a principle in which the same words are the title.

        Nothing for what those who govern have to do: whoever looks for a subject looks for what is owed in it.
        """
        norm = self.facts.norms.get(one.id) if one.kind == "norm" else None
        owed = norm is not None and norm.kind == "duty" and norm.about not in _GOVERNING
        return _BINDS if norm is not None and owed and self.facts.corpus.kind_of(norm).hard else 0


def _called(one: Document, typed: str) -> float:
    """What is added where something is called what was typed, or an instrument begins so."""
    if typed in one.called:
        return _CALLED_SO
    return _BEGINS_SO if one.kind == "instrument" and any(name.startswith(typed) for name in one.called) else 0


def _closeness(place: tuple[str, ...], found: frozenset[tuple[str, ...]]) -> float:
    """1 where a norm stands at that number, less where it lies below it, 0 elsewhere."""
    if place in found:
        return 1
    return 0.8 if any(levels[: len(place)] == place for levels in found) else 0


def _held(shown: str, words: tuple[str, ...]) -> int:
    return sum(_matcher(word)(shown) for word in words)


def _tells(word: str) -> bool:
    return not word.isascii() or len(word) >= _TELLING


def _latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


@lru_cache(maxsize=2048)
def _matcher(word: str) -> Callable[[str], bool]:
    """A Chinese pair anywhere; a Latin word at the beginning of one, in the singular or the plural, a long one also parted.

    A word that people use for one of the rules' own stands for that one too.
    """
    if word in MEANT:
        ways = [_plain_matcher(one) for one in (word, *MEANT[word])]
        return lambda shown: any(matches(shown) for matches in ways)
    return _plain_matcher(word)


def _plain_matcher(word: str) -> Callable[[str], bool]:
    if not word.isascii():
        return lambda shown: word in shown
    stem = word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    spelt = "[ -]?".join(stem) if len(stem) >= _LONG and stem.isalpha() else re.escape(stem).replace(r"\-", "[ -]?")
    pattern, head = re.compile(rf"(?<![a-z0-9]){spelt}"), stem[:2]
    return lambda shown: head in shown and pattern.search(shown) is not None
