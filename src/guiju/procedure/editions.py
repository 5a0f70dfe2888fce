"""Editions of rules of procedure: what decides in a file, under its digest. A later one stands beside the earlier, never instead.

An act is played by the edition by which it was done, for ever. Wording, and where a thing is written, are mended within an
edition; whatever may change what an act comes to makes another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from guiju.logic import Expr, Type, show
from guiju.norms import Fields, Item, digest, read_file
from guiju.procedure.errors import ProcedureError

if TYPE_CHECKING:
    from guiju.procedure.rules import Rules

SHELF: Final = Path(__file__).parent / "data"
"""The files of the house: one of each name, in ``superseded`` those that were it before; ``editions.yaml`` lists them."""

WORDING: Final = frozenset({"title", "words", "lacks", "cure", "other", "basis", "edition"})
NAMED: Final = frozenset({"roles", "states"})
"""Parts of which only the names decide."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of rules of procedure: its digest, the day since which the house ships it, and its file."""

    id: str
    since: date
    path: Path


How = Literal["new", "changed", "gone"]
PARTS: Final = ("guards", "steps", "parameters", "categories", "limits")
"""The parts of which it is told one by one what differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the rules that a later edition adds, changes or leaves out; ``name`` is empty for whatever has no parts."""

    part: str
    name: str
    how: How


def edition_of(rules: Rules) -> str:
    """``sha256:...`` of what decides in rules of procedure: of everything but wording and where it is written."""
    return digest(_deciding(rules))


def _deciding(value: Any) -> Any:
    if isinstance(value, Expr):
        return show(value)
    if isinstance(value, Type):
        return str(value)
    if is_dataclass(value):
        named = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in WORDING}
        return {name: sorted(part) if name in NAMED else _deciding(part) for name, part in named.items()}
    if isinstance(value, Mapping):
        return {name: _deciding(part) for name, part in value.items()}
    return [_deciding(part) for part in value] if isinstance(value, (tuple, list)) else value


@lru_cache(maxsize=4)
def shipped(shelf: Path) -> Mapping[str, tuple[Edition, ...]]:
    """The editions of each rules of procedure on a shelf, the oldest first; the last one is that of today.

    :raises ProcedureError: where the list of them cannot be read.
    """
    listed = Fields(read_file(shelf / "editions.yaml", "editions.yaml"), "editions", ProcedureError)
    found: dict[str, tuple[Edition, ...]] = {}
    for name in listed.map.items:
        pairs = listed.many(name, _pair)
        last = len(pairs) - 1
        found[name] = tuple(
            Edition(one, since, shelf / (f"{name}.yaml" if place == last else f"superseded/{name}.{short(one)}.yaml"))
            for place, (one, since) in enumerate(pairs)
        )
    return found


def _pair(item: Item) -> tuple[str, date]:
    fields_of = Fields(item, "edition", ProcedureError)
    since = fields_of.day("since")
    if since is None:
        fields_of.fail("data.missing-key", wanted="since")
    pair = fields_of.word("edition"), since
    fields_of.done()
    return pair


def short(edition: str) -> str:
    """The first twelve letters of a digest, as files and pages name it."""
    return edition.removeprefix("sha256:")[:12]


def lost(earlier: Rules, later: Rules) -> dict[str, list[str]]:
    """The names that a later edition no longer has, by part: it may leave a step to nobody, and must still know what it was.

    What was begun under the earlier one goes on under the later, and what was done is told in the words of the later.
    """
    parts = ("posts", "roles", "states", "motions", "facts", "said", "parameters", "steps")
    found = {name: sorted({*getattr(earlier, name)} - {*getattr(later, name)}) for name in parts}
    found["categories"] = sorted({one.name for one in earlier.categories} - {one.name for one in later.categories})
    found["outcomes"] = sorted(
        f"{one.name} {outcome}"
        for one in earlier.steps.values()
        for outcome in {*one.outcomes} - {*(later.steps[one.name].outcomes if one.name in later.steps else ())}
    )
    return {name: gone for name, gone in found.items() if gone}


def differences(earlier: Rules, later: Rules) -> tuple[Difference, ...]:
    """What decides otherwise in a later edition, part by part."""
    before, after = _deciding(earlier), _deciding(later)
    found = [one for part in PARTS for one in _differences(part, _by_name(before.pop(part)), _by_name(after.pop(part)))]
    return (*found, *((Difference("rest", "", "changed"),) if before != after else ()))


def _by_name(plain: Any) -> Mapping[str, Any]:
    return plain if isinstance(plain, Mapping) else {one["name"]: one for one in plain}


def _differences(part: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield Difference(part, name, "new" if name not in before else "changed" if name in after else "gone")
