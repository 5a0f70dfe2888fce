"""Message catalogues: one TOML file per room and language, read once.

An entry is ``["section.key"]`` with ``message`` and, for errors, ``hint``; fields are written ``{name}``.
Both languages hold the same keys with the same fields (a test walks them); neither is made from the other.
"""

from __future__ import annotations

import os
import re
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@cache
def _catalogue(lang: str) -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = {}
    folder = files("guiju.wording").joinpath("messages", lang)
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not item.name.endswith(".toml"):
            continue
        for key, value in tomllib.loads(item.read_text(encoding="utf-8")).items():
            if key in entries:
                raise RuntimeError(f"catalogue key {key!r} stands twice for {lang}")
            entries[key] = cast(dict[str, str], value)
    return entries


@cache
def codes(lang: str) -> frozenset[str]:
    """All keys of the catalogue of one language."""
    return frozenset(_catalogue(lang))


def fields_of(code: str, lang: str) -> frozenset[str]:
    """The names in braces of an entry, over its message and hint."""
    entry = _catalogue(lang)[code]
    return frozenset(name for part in entry.values() for _, name, _, _ in string.Formatter().parse(part) if name)


def text(code: str, lang: str, **fields: object) -> str:
    """One message in one language with its fields filled in."""
    return fill(code, lang, "message", fields)


def fill(code: str, lang: str, part: str, fields: Mapping[str, object]) -> str:
    """The ``message`` or ``hint`` of an entry; a part that the entry lacks is the empty string.

    Values that are texts in several languages (a mapping ``{"zh": ..., "en": ...}``) are shown in ``lang``, lists as lists.
    """
    template = _catalogue(lang)[code].get(part, "")
    if "{" not in template and "}" not in template:
        return template
    template = _without_near(template, fields)
    return template.format_map(_Shown({name: _in_words(value, lang) for name, value in fields.items()}))


def _without_near(template: str, fields: Mapping[str, object]) -> str:
    """Where nothing is near, nothing is asked: the sentence with ``{near}`` is left out."""
    if "{near}" not in template or fields.get("near"):
        return template
    kept = [part for part in re.split(r"(?<=[.?!])\s+|(?<=[。？！])", template) if "{near}" not in part]
    return " ".join(kept) if template.isascii() else "".join(kept)


class _Shown(dict[str, str]):
    """A field that nobody gave is shown as empty rather than failing while an error is being told."""

    def __missing__(self, key: str) -> str:
        return ""


def _in_words(value: object, lang: str) -> str:
    if type(value) is str:
        return value
    if isinstance(value, dict):
        return str(value.get(lang) or next(iter(value.values()), ""))
    if isinstance(value, (list, tuple)):
        from guiju.wording.phrases import join_words  # here, since phrases speak through the catalogue

        return join_words([_in_words(item, lang) for item in value], lang)
    return str(value)


def language(wanted: str | None = None) -> Language:
    """The reader's language: the one asked for, else ``GUIJU_LANG``, else the locale's, else English."""
    candidates = (
        wanted,
        os.environ.get("GUIJU_LANG"),
        os.environ.get("LC_ALL"),
        os.environ.get("LC_MESSAGES"),
        os.environ.get("LANG"),
    )
    for candidate in candidates:
        prefix = (candidate or "").lower()[:2]
        if prefix in LANGUAGES:
            return "zh" if prefix == "zh" else "en"
    return "en"
