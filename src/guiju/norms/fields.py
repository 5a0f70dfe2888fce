"""Taking data apart strictly: unknown keys, wrong shapes and missing values are refused where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NoReturn, TypeVar

from guiju.calendars import parse_day
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.wording import GuijuError, Text, Where, nearest

T = TypeVar("T")

LANGUAGE_KEYS = frozenset({"zh", "en"})


class CorpusError(GuijuError):
    """A rule file that cannot be loaded as it stands."""


class Fields:
    """One mapping of a file, read key by key; ``done`` refuses what nobody asked for."""

    def __init__(self, item: Item, what: str, error: type[GuijuError] = CorpusError) -> None:
        self._error = error
        self.what = what
        if not isinstance(item, Map):
            raise error("data.not-a-map", item.where, what=what, got=shape(item))
        self.map = item
        self._asked: set[str] = set()

    @property
    def where(self) -> Where:
        """The place of the mapping in its file."""
        return self.map.where

    def has(self, key: str) -> bool:
        """Whether a key is written."""
        return key in self.map.items

    def fail(self, code: str, key: str | None = None, **fields: object) -> NoReturn:
        """Raise this reader's error at a key, or at the mapping."""
        raise self._failure(code, key, **fields)

    def _failure(self, code: str, key: str | None, **fields: object) -> GuijuError:
        item = self.map.items.get(key) if key else None
        return self._error(code, item.where if item else self.where, what=self.what, key=key, **fields)

    def item(self, key: str) -> Item | None:
        """The raw item of a key; a key written without a value counts as absent."""
        self._asked.add(key)
        found = self.map.items.get(key)
        return None if isinstance(found, Scalar) and found.value is None else found

    def required(self, key: str) -> Item:
        """The raw item of a key that has to be there."""
        found = self.item(key)
        if found is None:
            self.fail("data.missing-key", wanted=key)
        return found

    def word(self, key: str, default: str | None = None, among: Iterable[str] | None = None) -> str:
        """A plain word; ``among`` closes the list of words."""
        found = self.item(key)
        if found is None:
            if default is None:
                self.fail("data.missing-key", wanted=key)
            return default
        word = as_word(found, self.what, self._error)
        if among is not None and word not in (known := sorted(among)):
            self.fail("data.not-among", key, got=word, known=known, near=nearest(word, known))
        return word

    def optional_word(self, key: str, among: Iterable[str] | None = None) -> str | None:
        """A plain word, or None where none is written; ``among`` closes the list of words."""
        return None if self.item(key) is None else self.word(key, among=among)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; a single word counts as a list of one."""
        return tuple(self.many(key, lambda item: as_word(item, self.what, self._error)))

    def many(self, key: str, read: Callable[[Item], T]) -> list[T]:
        """Each item of a list read by ``read``; a single item counts as a list of one."""
        found = self.item(key)
        if found is None:
            return []
        return [read(child) for child in (found.items if isinstance(found, Seq) else (found,))]

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        found = self.item(key)
        if found is None:
            return default
        if isinstance(found, Scalar) and isinstance(found.value, bool):
            return found.value
        raise self._failure("data.not-true-or-false", key, got=shape(found))

    def number(self, key: str) -> Decimal | None:
        """An exact decimal, or None."""
        found = self.item(key)
        if found is None:
            return None
        if isinstance(found, Scalar) and isinstance(found.value, Decimal):
            return found.value
        raise self._failure("data.not-a-number", key, got=shape(found))

    def day(self, key: str) -> date | None:
        """A civil day, or None."""
        found = self.item(key)
        return None if found is None else as_day(found, self.what, self._error)

    def text(self, key: str) -> Text:
        """A text in several languages."""
        found = self.item(key)
        return {} if found is None else as_text(found, self._error)

    def texts(self, key: str) -> tuple[Text, ...]:
        """Several texts."""
        return tuple(self.many(key, lambda item: as_text(item, self._error)))

    def inner(self, key: str, what: str | None = None) -> Fields | None:
        """A mapping inside, to be read by itself."""
        found = self.item(key)
        return None if found is None else Fields(found, what or f"{self.what}.{key}", self._error)

    def done(self) -> None:
        """Refuse keys that nobody asked for."""
        for key, place in self.map.keys.items():
            if key not in self._asked:
                near = nearest(key, self._asked)
                raise self._error("data.unknown-key", place, what=self.what, got=key, near=near, known=sorted(self._asked))


def as_word(item: Item, what: str, error: type[GuijuError] = CorpusError) -> str:
    """A scalar as the word that stands in the file."""
    if isinstance(item, Scalar) and item.value is not None:
        return item.text
    raise error("data.not-a-word", item.where, what=what, got=shape(item))


def as_day(item: Item, what: str, error: type[GuijuError] = CorpusError) -> date:
    """A scalar as a civil day."""
    word = as_word(item, what, error)
    try:
        return parse_day(word)
    except GuijuError as problem:
        raise error(problem.code, item.where, **problem.fields) from None


def as_text(item: Item, error: type[GuijuError] = CorpusError) -> Text:
    """A scalar or a ``{zh, en}`` mapping as a text."""
    if isinstance(item, Scalar):
        return {"und": item.text}
    if isinstance(item, Map) and item.items and set(item.items) <= LANGUAGE_KEYS | {"original"}:
        return {lang: as_word(words, "text", error) for lang, words in item.items.items()}
    raise error("data.not-a-text", item.where, got=shape(item))


def shape(item: Item) -> str:
    """What stands there, for an error: the text of a scalar, or the kind of collection."""
    if isinstance(item, Scalar):
        return "(nothing)" if item.value is None else item.text[:80]
    return "[...]" if isinstance(item, Seq) else "{...}"
