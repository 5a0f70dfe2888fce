"""Which provision a summary is most like: pairs of characters, or words, weighed by how rare they are in the text.

A summary in other words still shares the terms of its provision. Where another article is clearly more like it than the one
the norm names, the norm probably names the wrong one. Cosine of tf-idf.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping

from guiju.norms.statutes import Place, Statute, uniform

_NOT_WORDS = re.compile(r"[\W\d_]+")


def pairs(text: str) -> Counter[str]:
    """The pairs of neighbouring characters of a Chinese text."""
    runs = _NOT_WORDS.split(uniform(text))
    return Counter(run[at : at + 2] for run in runs for at in range(len(run) - 1))


class Likeness:
    """The provisions of one text, ready to be compared with summaries."""

    def __init__(self, statute: Statute, tokens: Callable[[str], Counter[str]] = pairs) -> None:
        self._tokens = tokens
        counts = {place: tokens(statute.whole(place)) for place in statute.texts}
        spread = Counter(token for one in counts.values() for token in one)
        self._rarity = {token: math.log(1 + len(counts) / count) for token, count in spread.items()}
        self._places = tuple(counts)
        self._lengths = [self._length(one) for one in counts.values()]
        self._holding: dict[str, list[tuple[int, int]]] = {}
        for at, one in enumerate(counts.values()):
            for token, count in one.items():
                self._holding.setdefault(token, []).append((at, count))

    def _length(self, counts: Mapping[str, int]) -> float:
        return math.sqrt(sum((count * self._rarity.get(token, 0.0)) ** 2 for token, count in counts.items())) or 1.0

    def to(self, summary: str) -> dict[Place, float]:
        """How like the summary is to each provision, 0 to 1."""
        counts = self._tokens(summary)
        length = self._length(counts)
        found = [0.0] * len(self._places)
        for token, count in counts.items():
            weight = count * self._rarity.get(token, 0.0) ** 2
            for at, other in self._holding.get(token, ()):
                found[at] += weight * other
        rows = zip(self._places, found, self._lengths, strict=True)
        return {place: value / (length * long) for place, value, long in rows}
