"""What differs between two editions: norms by version, events, names, instruments and schemes; meaning apart from wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from guiju.norms.corpus import Corpus, natural_key
from guiju.norms.meaning import WORDING, meaning_of
from guiju.norms.model import Norm

What = Literal["instrument", "norm", "event", "name", "scheme"]
How = Literal["added", "removed", "changed", "reworded"]

WHATS: Final[tuple[What, ...]] = ("instrument", "norm", "event", "name", "scheme")
_SILENT: Final = frozenset({"where", "places", "meaning", "type_text"})
_WORDING: Final = WORDING | {
    "ask", "help", "label", "labels", "criteria", "members", "needed_by", "aliases", "concept", "short", "number", "official",
    "not_covered",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One part of an entry: what it was and what it is, as plain data; None where it was not, or is no more."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs. ``version`` is the event that a norm's version starts with, where it has several."""

    what: What
    how: How
    id: str
    version: str | None = None
    fields: tuple[FieldChange, ...] = ()


def changes(before: Corpus, after: Corpus) -> list[Change]:
    """Everything that differs, in the order of ids; an entry changed only in wording is ``reworded``."""
    found: list[Change] = []
    for what, entries in _KINDS.items():
        old, new = entries(before), entries(after)
        for key in sorted({*old, *new}, key=lambda one: (natural_key(one[0]), one[1] or "")):
            change = _change(what, key, old.get(key), new.get(key))
            if change is not None:
                found.append(change)
    return found


def _change(what: What, key: tuple[str, str | None], old: Any, new: Any) -> Change | None:
    if old is None or new is None:
        return Change(what, "added" if old is None else "removed", key[0], key[1])
    parts = tuple(_fields(old, new))
    if not parts:
        return None
    return Change(what, "reworded" if all(one.field in _WORDING for one in parts) else "changed", key[0], key[1], parts)


def _fields(old: Any, new: Any) -> Iterable[FieldChange]:
    for one in fields(old):
        if one.name in _SILENT:
            continue
        before, after = (_plain(getattr(entry, one.name), one.name) for entry in (old, new))
        if before != after:
            yield FieldChange(one.name, before, after)


def _plain(value: Any, name: str) -> Any:
    """As data: expressions in their print, texts as they stand."""
    return dict(value) if isinstance(value, Mapping) and name in _WORDING else meaning_of(value, name)


def _norms(corpus: Corpus) -> dict[tuple[str, str | None], Norm]:
    return {(norm.id, norm.since): norm for norm in corpus.all_norms()}


_KINDS: Final[dict[What, Callable[[Corpus], Mapping[tuple[str, str | None], Any]]]] = {
    "instrument": lambda corpus: {(one, None): entry for one, entry in corpus.instruments.items()},
    "norm": _norms,
    "event": lambda corpus: {(one, None): entry for one, entry in corpus.events.items()},
    "name": lambda corpus: {(entry.name, None): entry for entry in corpus.vocabulary.entries()},
    "scheme": lambda corpus: {(one, None): entry for one, entry in corpus.schemes.items()},
}
