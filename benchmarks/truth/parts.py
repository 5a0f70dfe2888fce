"""Dossiers put together from named parts: what several cases share is written once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from guiju.norms import Item, Map, read_file
from guiju.wording import Where


def merged(base: Item | None, more: Item | None) -> Item:
    """Two items in one: maps key by key, everything else as the later one says."""
    if isinstance(base, Map) and isinstance(more, Map):
        shared = {key: merged(base.items[key], one) for key, one in more.items.items() if key in base.items}
        return Map({**base.items, **more.items, **shared}, {**base.keys, **more.keys}, more.where)
    found = more if more is not None else base
    return found if found is not None else Map({}, {}, Where("-"))


def put_together(parts: Map, names: Iterable[str], more: Item | None = None) -> Item:
    """The named parts, one after another, and what is said beside them."""
    found: Item = Map({}, {}, parts.where)
    for name in names:
        found = merged(found, parts.items[name])
    return merged(found, more)


def read_map(path: Path) -> Map:
    """A file of ours that holds a map."""
    found = read_file(path, path.name)
    if not isinstance(found, Map):
        raise TypeError(f"{path.name} holds no map")
    return found


def as_map(item: Item) -> Map:
    """An item of a file of ours that has to be a map."""
    if not isinstance(item, Map):
        raise TypeError(f"{item.where}: no map")
    return item
