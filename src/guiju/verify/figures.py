"""How deep the rules of a place go: by what they were checked, how often a measure serves, what their conditions rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from guiju.logic import Call, Expr, names, walk
from guiju.logic.syntax import REFERENCES
from guiju.norms import Corpus, Declared, Norm, Vocabulary
from guiju.norms.check import conditions
from guiju.verify.names import named

SCOPE_TOPICS: Final = frozenset({"scope", "roles"})
_BINDING: Final = frozenset({"duty", "right", "power", "application"})


@dataclass(frozen=True)
class Figures:
    """Counts of the norms of one place; ``conditions`` are those of duties, rights, powers and application norms."""

    place: str
    norms: int
    checked: Counter[str]
    reviewed: int
    measures: int
    measures_shared: int
    conditions: int
    scope_only: int
    by_judgement: int


def figures(corpus: Corpus, place: str) -> Figures:
    """The figures of one place; norms from memory are counted under ``checked`` only."""
    norms = [norm for norm in corpus.all_norms() if norm.id.startswith(f"{place}/")]
    active = [norm for norm in norms if norm.active]
    serving = measures_serving(corpus, active)
    binding = [norm for norm in active if norm.kind in _BINDING and norm.of_right is None]
    scope = _scope_terms(corpus)
    judged = _resting_on_judgement(corpus)
    return Figures(
        place,
        len(active),
        Counter(norm.checked.against for norm in norms),
        sum(norm.reviewed is not None for norm in active),
        len(serving),
        sum(len(ids) > 1 for ids in serving.values()),
        len(binding),
        sum(_scope_only(norm, scope, corpus.vocabulary) for norm in binding),
        sum(any(one in judged for one in _rests_on(norm, corpus.vocabulary)) for norm in binding),
    )


def measures_serving(corpus: Corpus, norms: Iterable[Norm]) -> dict[str, set[str]]:
    """Measure -> the norms that speak of it; a duty that a right gives counts with its right."""
    found: dict[str, set[str]] = {}
    for norm in norms:
        for entry in _named_in(conditions(norm), corpus.vocabulary):
            if entry.kind == "measure":
                found.setdefault(entry.name, set()).add(norm.of_right or norm.id)
    return found


def _named_in(several: Iterable[Expr], vocabulary: Vocabulary) -> Iterator[Declared]:
    for expr in several:
        yield from (entry for path in names(expr) if (entry := named(path, vocabulary)) is not None)


def _scope_terms(corpus: Corpus) -> frozenset[str]:
    """Terms that only say whom and what an instrument is about."""
    return frozenset(term for norm in corpus.all_norms() if norm.topic in SCOPE_TOPICS for term in norm.makes)


def _scope_only(norm: Norm, scope: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether a norm's condition says no more than that its instrument is in point."""
    if norm.unless or any(isinstance(one, Call) and one.function in REFERENCES for one in walk(norm.when)):
        return False
    return all(entry.name in scope for entry in _named_in([norm.when], vocabulary))


def _rests_on(norm: Norm, vocabulary: Vocabulary) -> Iterator[str]:
    """The names that a norm's applicability hangs on."""
    yield from (entry.name for entry in _named_in([norm.when, *(one.when for one in norm.exceptions)], vocabulary))
    if norm.bearer:
        yield from norm.bearer.terms


def _resting_on_judgement(corpus: Corpus) -> frozenset[str]:
    """Judgements, and the terms that rest on one however far down."""
    resting = {entry.name for entry in corpus.vocabulary.entries() if entry.kind == "judgement"}
    made = [
        ({entry.name for entry in _named_in(conditions(norm), corpus.vocabulary)}, {*norm.makes, *norm.ends})
        for norm in corpus.all_norms()
        if norm.active and norm.kind == "status"
    ]
    while new := {term for used, terms in made if used & resting for term in terms} - resting:
        resting |= new
    return frozenset(resting)


def share(part: int, whole: int, digits: int = 0) -> str:
    """A share in per cent: 100% only of all, 0% only of none; empty where there is nothing to share."""
    if not whole:
        return ""
    if part in (0, whole):
        return f"{100 * part // whole}%"
    least = Decimal(1).scaleb(-digits)
    return f"{min(max(round(Decimal(100 * part) / whole, digits), least), 100 - least)}%"
