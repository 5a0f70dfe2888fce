"""How deep the rules of a place go: by what they were checked, how often a measure serves, what their conditions rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from guiju.logic import TRUE, Call, Expr, names, walk
from guiju.logic.syntax import REFERENCES
from guiju.norms import Corpus, Norm
from guiju.norms.model import Exempt

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
    conditions = [norm for norm in active if norm.kind in _BINDING and norm.of_right is None]
    scope = _scope_terms(corpus)
    judged = _resting_on_judgement(corpus)
    return Figures(
        place,
        len(active),
        Counter(norm.checked.against for norm in norms),
        sum(norm.reviewed is not None for norm in active),
        len(serving),
        sum(len(ids) > 1 for ids in serving.values()),
        len(conditions),
        sum(_scope_only(norm, scope) for norm in conditions),
        sum(any(last in judged for last in _said(norm)) for norm in conditions),
    )


def measures_serving(corpus: Corpus, norms: Iterable[Norm]) -> dict[str, set[str]]:
    """Measure -> the norms that ask for it, forbid it or begin with it; a duty that a right gives counts with its right."""
    declared = corpus.vocabulary.declared
    found: dict[str, set[str]] = {}
    for norm in norms:
        for expr in _expressions(norm):
            for path in names(expr):
                entry = next((declared[tail] for tail in _tails(path) if tail in declared), None)
                if entry is not None and entry.kind == "measure":
                    found.setdefault(entry.name, set()).add(norm.of_right or norm.id)
    return found


def _expressions(norm: Norm) -> Iterator[Expr]:
    yield from (norm.when, norm.require)
    yield from (case.when for case in norm.cases)
    yield from (exempt.when for exempt in _exceptions(norm.unless))
    if norm.gives:
        yield norm.gives.require


def _exceptions(several: Iterable[Exempt]) -> Iterator[Exempt]:
    for one in several:
        yield one
        yield from _exceptions(one.unless)


def _tails(path: str) -> Iterator[str]:
    parts = path.split(".")
    return (".".join(parts[start:]) for start in range(len(parts)))


def _scope_terms(corpus: Corpus) -> frozenset[str]:
    """Terms that only say whom and what an instrument is about."""
    return frozenset(term for norm in corpus.all_norms() if norm.topic in SCOPE_TOPICS for term in norm.makes)


def _scope_only(norm: Norm, scope: frozenset[str]) -> bool:
    """Whether a norm's condition says no more than that its instrument is in point."""
    if norm.unless or any(isinstance(one, Call) and one.function in REFERENCES for one in walk(norm.when)):
        return False
    return norm.when == TRUE or all(any(tail in scope for tail in _tails(path)) for path in names(norm.when))


def _said(norm: Norm) -> Iterator[str]:
    """The names a norm's applicability rests on."""
    for expr in (norm.when, *(exempt.when for exempt in _exceptions(norm.unless))):
        for path in names(expr):
            yield from _tails(path)
    if norm.bearer:
        yield from norm.bearer.terms


def _resting_on_judgement(corpus: Corpus) -> frozenset[str]:
    """Judgements, and the terms that rest on one however far down."""
    resting = {entry.name for entry in corpus.vocabulary.entries() if entry.kind == "judgement"}
    makers = [norm for norm in corpus.all_norms() if norm.active and norm.kind == "status"]
    while True:
        new = {
            term
            for norm in makers
            if any(tail in resting for expr in _expressions(norm) for path in names(expr) for tail in _tails(path))
            for term in (*norm.makes, *norm.ends)
        }
        if new <= resting:
            return frozenset(resting)
        resting |= new
