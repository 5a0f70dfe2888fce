"""What the words alone give away: nearest centroid over TF-IDF, cross-validated, with nothing of a fold in its training.

Weights, words and centroids are made anew from the training part of each fold. A baseline near our figure would say that the
texts give their labels away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log, sqrt
from random import Random

FOLDS = 5
SEED = 20261122
_WORD = re.compile(r"[a-z0-9]+")
Vector = dict[str, float]


def folds(count: int, several: int = FOLDS, seed: int = SEED) -> list[list[int]]:
    """The places of the held-out rows of each fold, by a fixed shuffle; no more folds than rows."""
    order = list(range(count))
    Random(seed).shuffle(order)
    several = min(several, count)
    return [sorted(order[start::several]) for start in range(several)]


def predicted(texts: Sequence[str], labels: Sequence[str]) -> list[str]:
    """A label for every text, from the other folds alone; with fewer than two texts there is nothing to learn from."""
    found = [""] * len(texts)
    if len(texts) < 2:
        return found
    for held in folds(len(texts)):
        kept = [place for place in range(len(texts)) if place not in set(held)]
        weights = _weights(texts[place] for place in kept)
        centroids = _centroids([(texts[place], labels[place]) for place in kept], weights)
        for place in held:
            vector = _vector(texts[place], weights)
            found[place] = max(sorted(centroids), key=lambda label: _cosine(vector, centroids[label]))
    return found


def _words(text: str) -> list[str]:
    single = _WORD.findall(text.lower())
    return single + [f"{one} {two}" for one, two in pairwise(single)]


def _weights(texts: Iterable[str]) -> Vector:
    """Inverse document frequency of every word and pair of words of the training part."""
    several = [set(_words(text)) for text in texts]
    counts = Counter(word for words in several for word in words)
    return {word: log((1 + len(several)) / (1 + count)) + 1 for word, count in counts.items()}


def _vector(text: str, weights: Vector) -> Vector:
    raw = {word: count * weights[word] for word, count in Counter(_words(text)).items() if word in weights}
    length = sqrt(sum(value * value for value in raw.values())) or 1.0
    return {word: value / length for word, value in raw.items()}


def _centroids(pairs: Sequence[tuple[str, str]], weights: Vector) -> dict[str, Vector]:
    found: dict[str, Vector] = {}
    for text, label in pairs:
        centre = found.setdefault(label, {})
        for word, value in _vector(text, weights).items():
            centre[word] = centre.get(word, 0.0) + value
    return found


def _cosine(vector: Vector, centre: Vector) -> float:
    length = sqrt(sum(value * value for value in centre.values())) or 1.0
    return sum(value * centre.get(word, 0.0) for word, value in vector.items()) / length
