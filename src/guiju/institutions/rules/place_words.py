"""Paragraphs and items of a statute as a reader names them: 第四条第一款、第二款; Art. 4(1), (2); 第五条至第八条.

Places in acts of the Union are named whole, for their subparagraphs and points read badly without what they hang on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final, TypeVar

from guiju.norms.statutes import UNION, Place, follows

T = TypeVar("T")

_FROM_THREE: Final = 3
"""So many provisions that follow each other are named by the first and the last."""

_AND: Final = {"zh": "、", "en": ", "}
_TO: Final = {"zh": "至", "en": " to "}


class PlaceWords:
    """Names provisions of one statute, of which all paragraphs without items and all items are given."""

    def __init__(self, leaves: Sequence[Place], lang: str) -> None:
        self.lang = lang
        self._below = Counter(above for leaf in leaves for above in _above(leaf))
        several = {leaf.article for leaf in leaves if leaf.paragraph not in (None, 1)}
        self._alone = frozenset(leaf.article for leaf in leaves) - several

    def named(self, leaves: Sequence[Place]) -> str:
        """Provisions in the order of the text: an article or paragraph by its own name where all below it are meant."""
        below = Counter(above for leaf in leaves for above in _above(leaf))
        whole = {above for above, count in below.items() if count == self._below[above]}
        highest = dict.fromkeys(next((one for one in _above(leaf) if one in whole), leaf) for leaf in leaves)
        if any(one.numbering == UNION for one in highest):
            return _AND[self.lang].join(self._in_union(list(highest)))
        places = [replace(one, paragraph=None) if one.article in self._alone else one for one in highest]
        return _AND[self.lang].join(self._said(places))

    def _said(self, places: Sequence[Place]) -> Iterator[str]:
        articles = [list(same) for _, same in groupby(places, key=lambda place: place.article)]
        for group in _runs(articles, _next_article):
            if len(group) >= _FROM_THREE:
                first, last = (self._words(group[end][0]) for end in (0, -1))
                yield f"{first.replace('Art. ', 'Arts ')}{_TO[self.lang]}{last.removeprefix('Art. ')}"
            else:
                yield from map(self._article, group)

    def _in_union(self, places: Sequence[Place]) -> Iterator[str]:
        """Places of an act of the Union; three or more that follow each other by the first and the last."""
        for group in _runs(places, _next_beside):
            if len(group) < _FROM_THREE:
                yield from (one.words(self.lang) for one in group)
                continue
            roof = group[-1].above()[0].words(self.lang) if group[-1].above() else "Art. " if self.lang == "en" else ""
            last = group[-1].words(self.lang).removeprefix(roof).lstrip(", ")
            yield f"{group[0].words(self.lang)}{_TO[self.lang]}{last}"

    def _article(self, places: Sequence[Place]) -> str:
        """Provisions of one article, which is named once."""
        head = self._words(Place(places[0].article))
        found: list[str] = []
        before = ""
        for group in _runs(places, _next_within):
            for part in [group] if len(group) >= _FROM_THREE else [[one] for one in group]:
                said, stem = self._from_to(part), self._stem(part[0])
                found.append(said.removeprefix(stem if stem == before else head).strip() if found else said)
                before = stem
        return _AND[self.lang].join(found)

    def _from_to(self, group: Sequence[Place]) -> str:
        first = self._words(group[0])
        if len(group) == 1:
            return first
        return f"{first}{_TO[self.lang]}{self._words(group[-1]).removeprefix(self._stem(group[-1])).strip()}"

    def _stem(self, place: Place) -> str:
        """What neighbours leave out: the article, in Chinese with its paragraph."""
        above = replace(place, item=None) if self.lang == "zh" and place.item is not None else Place(place.article)
        return self._words(above)

    def _words(self, place: Place) -> str:
        return place.words(self.lang)


def _above(leaf: Place) -> tuple[Place, ...]:
    """What a provision hangs on, the article first."""
    return tuple(reversed(leaf.above()))


def _runs(items: Iterable[T], follows: Callable[[T, T], bool]) -> list[list[T]]:
    """Items in runs of such as follow each other."""
    found: list[list[T]] = []
    for item in items:
        if found and follows(found[-1][-1], item):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _next_article(before: Sequence[Place], places: Sequence[Place]) -> bool:
    """Whether both are whole articles, the second next after the first."""
    first, second = before[0].article, places[0].article
    if [*before, *places] != [Place(first), Place(second)]:
        return False
    return first.isdigit() and second.isdigit() and int(second) == int(first) + 1


def _next_within(before: Place, place: Place) -> bool:
    """Whether a paragraph, or an item of the same paragraph, is next after another."""
    if follows(before.paragraph, place.paragraph):
        return before.item is None and place.item is None
    return before.paragraph == place.paragraph and follows(before.item, place.item)


def _next_beside(before: Place, place: Place) -> bool:
    """Whether a place of an act of the Union is next after another of the same kind and under the same roof."""
    if [*before.above()][:1] != [*place.above()][:1]:
        return False
    if not before.above():
        return not before.annex and follows(before.article, place.article)
    keys = [(one, other) for one, other in zip(before.levels, place.levels, strict=True) if one != other]
    return len(keys) == 1 and follows(*keys[0])
