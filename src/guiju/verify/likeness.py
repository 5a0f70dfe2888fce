"""Which provision a summary is most like: pairs of characters, weighed by how rare they are in the text.

A summary in other words still shares the terms of its provision. Where another article is clearly more like it than the one
the norm names, the norm probably names the wrong one. Cosine of tf-idf over character pairs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

from guiju.norms.statutes import Place, Statute, uniform

_NOT_WORDS = re.compile(r"[\W\d_]+")


def _pairs(text: str) -> Counter[str]:
    runs = _NOT_WORDS.split(uniform(text))
    return Counter(run[at : at + 2] for run in runs for at in range(len(run) - 1))


class Likeness:
    """The articles of one text, ready to be compared with summaries."""

    def __init__(self, statute: Statute) -> None:
        self._counts: dict[Place, Counter[str]] = {place: _pairs(statute.whole(place)) for place in statute.texts}
        spread = Counter(pair for counts in self._counts.values() for pair in counts)
        self._rarity = {pair: math.log(1 + len(self._counts) / count) for pair, count in spread.items()}
        self._lengths = {place: self._length(counts) for place, counts in self._counts.items()}

    def _length(self, counts: Mapping[str, int]) -> float:
        return math.sqrt(sum((count * self._rarity.get(pair, 0.0)) ** 2 for pair, count in counts.items())) or 1.0

    def to(self, summary: str) -> dict[Place, float]:
        """How like the summary is to each provision, 0 to 1."""
        counts = _pairs(summary)
        length = self._length(counts)
        return {
            place: sum(count * other[pair] * self._rarity[pair] ** 2 for pair, count in counts.items() if pair in other)
            / (length * self._lengths[place])
            for place, other in self._counts.items()
        }
