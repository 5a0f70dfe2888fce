"""Two terms of the law beside each other: what both ask, what only one asks, what they ask differently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from guiju.logic import TRUE, And, Expr, Or, both, either, names, negation
from guiju.lookup import Facts
from guiju.norms import Declared, Exempt, Norm

Mode = Literal["all", "one"]
Verdict = Literal["same", "first-asks-more", "second-asks-more", "first-wider", "second-wider", "neither"]

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two conditions part by part. ``reason`` says why they cannot be compared in words; the parts are then empty.

    ``mode``: the parts must ``all`` hold, or ``one`` of them suffices.
    """

    reason: Literal["", "kinds", "outcomes", "undefined", "nothing-shared"] = ""
    mode: Mode = "all"
    verdict: Verdict = "neither"
    shared: tuple[Expr, ...] = ()
    first: tuple[Expr, ...] = ()
    second: tuple[Expr, ...] = ()
    differently: tuple[tuple[Expr, Expr], ...] = ()
    ends: bool = False
    """One of them may also end by another norm: no verdict is then given."""
    partly: bool = False
    """Something of one definition is not written here: no verdict is then given."""


@lru_cache(maxsize=8)
def peers(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Term -> the other terms of the same concept or the same label, in another law."""
    groups: dict[str, list[str]] = {}
    terms = [one for one in facts.corpus.vocabulary.entries() if one.kind == "term"]
    for one in terms:
        keys = {f"label {lang} {_folded(label)}" for lang, label in one.label.items()}
        for key in keys | ({f"concept {one.concept}"} if one.concept else set()):
            groups.setdefault(key, []).append(one.name)
    found: dict[str, dict[str, None]] = {}
    for group in groups.values():
        for name in group:
            found.setdefault(name, {}).update((other, None) for other in group if other != name)
    return {name: tuple(others) for name, others in found.items() if others}


def _folded(label: str) -> str:
    """A label without what it says in brackets, its width and its case."""
    return _BRACKETED.sub("", unicodedata.normalize("NFKC", label).casefold()).strip()


def beside(facts: Facts, first: Declared, second: Declared) -> Compared:
    """The two compared by the structure of their conditions, as far as that can honestly be said in words."""
    if first.object != second.object:
        return Compared("kinds")
    makers = [[norm for norm in facts.makers(one.name) if norm.active] for one in (first, second)]
    if not all(makers):
        return Compared("undefined")
    if any(norm.cases for norms in makers for norm in norms):
        return Compared("outcomes")
    (mode, here), (other, there) = (_parts(norms) for norms in makers)
    if mode != other:
        mode, here, there = "all", _together(mode, here), _together(other, there)
    if not _names(here) & _names(there):
        return Compared("nothing-shared")
    found = _sorted(mode, here, there)
    ends = any(norm.active for one in (first, second) for norm in facts.enders(one.name))
    partly = any(norm.encoded == "partly" for norms in makers for norm in norms)
    return replace(found, ends=ends, partly=partly, verdict="neither" if ends or partly else found.verdict)


def _sorted(mode: Mode, here: list[Expr], there: list[Expr]) -> Compared:
    shared = [one for one in here if one in there]
    first = [one for one in here if one not in there]
    second = [one for one in there if one not in here]
    pairs = []
    for one in list(first):
        match = next((other for other in second if names(one) and names(one) == names(other)), None)
        if match is not None:
            pairs.append((one, match))
            first.remove(one)
            second.remove(match)
    return Compared(
        mode=mode,
        verdict=_verdict(mode, bool(first), bool(second), bool(pairs)),
        shared=tuple(shared),
        first=tuple(first),
        second=tuple(second),
        differently=tuple(pairs),
    )


def _verdict(mode: Mode, first: bool, second: bool, differently: bool) -> Verdict:
    if differently or (first and second):
        return "neither"
    if not first and not second:
        return "same"
    if mode == "all":
        return "first-asks-more" if first else "second-asks-more"
    return "first-wider" if first else "second-wider"


def _parts(norms: list[Norm]) -> tuple[Mode, list[Expr]]:
    conditions = [both(norm.when, *(_not(one) for one in norm.unless)) for norm in norms]
    whole = either(*conditions)
    match whole:
        case Or(items):
            return "one", list(dict.fromkeys(items))
        case And(items):
            return "all", list(dict.fromkeys(items))
        case _:
            return "all", [whole] if whole != TRUE else []


def _not(one: Exempt) -> Expr:
    """That an exception does not hold, the exceptions to it counted."""
    return negation(both(one.when, *(_not(inner) for inner in one.unless)))


def _together(mode: Mode, parts: list[Expr]) -> list[Expr]:
    return [either(*parts)] if mode == "one" else parts


def _names(parts: Iterable[Expr]) -> set[str]:
    return {name for part in parts for name in names(part)}
