"""Rule files written over again: entries in another order, other words, other numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from guiju.norms import Item, Map, Scalar, Seq, load_book, read_text
from guiju.norms.books import builtin_folders

Books = list[tuple[str, list[tuple[str, str]]]]


def builtin_books() -> Books:
    return [(name, load_book(folder, name)) for name, folder in builtin_folders().items()]


def norm_items() -> Iterator[Map]:
    """Every norm of the built-in corpus as it was read."""
    for _, files in builtin_books():
        for shown, text in files:
            item = read_text(text, shown)
            if isinstance(item, Seq):
                for norm in item:
                    assert isinstance(norm, Map)
                    yield norm


def shuffled(books: Books, seed: int) -> Books:
    """The same rules, files and entries in another order."""
    chance = random.Random(seed)
    found = []
    for name, files in chance.sample(books, len(books)):
        found.append((name, [(shown, entries_shuffled(text, chance)) for shown, text in chance.sample(files, len(files))]))
    return found


def entries_shuffled(text: str, chance: random.Random) -> str:
    """A list of norms, or of events, with its entries in another order; comments go with the entry before them."""
    for start in (r"(?m)^(?=- )", r"(?m)^(?=  - (?:event|scheme):)"):
        head, *entries = re.split(start, text if text.endswith("\n") else text + "\n")
        if len(entries) > 1:
            return head + "".join(chance.sample(entries, len(entries)))
    return text


def changed(item: Item, change: Callable[[str, Scalar], Scalar], key: str = "") -> Item:
    """The item with every plain value passed through a function that knows the key it stands under."""
    if isinstance(item, Scalar):
        return change(key, item)
    if isinstance(item, Seq):
        return Seq(tuple(changed(child, change, key) for child in item), item.where)
    return Map({name: changed(child, change, name) for name, child in item.items.items()}, item.keys, item.where)


def reversed_keys(item: Item) -> Item:
    """The item with the keys of every mapping in the opposite order."""
    if isinstance(item, Seq):
        return Seq(tuple(map(reversed_keys, item)), item.where)
    if isinstance(item, Map):
        return Map({key: reversed_keys(child) for key, child in reversed(item.items.items())}, item.keys, item.where)
    return item


def written(scalar: Scalar, text: str) -> Scalar:
    return replace(scalar, text=text, value=text)


def scalars(item: Item, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Every plain value with the keys that lead to it."""
    if isinstance(item, Scalar):
        yield path, item
    elif isinstance(item, Seq):
        for child in item:
            yield from scalars(child, path)
    else:
        for key, child in item.items.items():
            yield from scalars(child, (*path, key))


def with_scalar(item: Item, old: Scalar, new: Scalar) -> Item:
    """The item with one plain value put in place of another."""
    return changed(item, lambda _, scalar: new if scalar is old else scalar)
