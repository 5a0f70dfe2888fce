"""Our own dossier: this system as a tool of governing, by the questions it asks of others; read strictly from ``own.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from guiju.institutions.ethics.paper_items import items_for, matters
from guiju.wording import LANGUAGES, Text

_DATA: Final = Path(__file__).parent / "own.yaml"
RULES: Final = "cn-ethics"
KIND: Final = "tool"
STATUSES: Final = ("not-reviewed",)
"""How it stands: reviewed by no committee. Another status is added with the page that shows the review."""

Paragraphs = tuple[Text, ...]


class OwnError(RuntimeError):
    """The file of our own dossier does not say what it has to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the questions, and what is answered to it, paragraph by paragraph."""

    id: str
    question: Text
    norm: str
    said: Paragraphs


@dataclass(frozen=True, slots=True)
class Impact:
    """Who may be harmed and how, what is done about it, and what is left of it."""

    id: str
    name: Text
    harm: Text
    done: Text
    left: Text


@dataclass(frozen=True, slots=True)
class Point:
    """An open point or a figure, and the file of this project in which it stands."""

    words: Text
    where: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """All of it. ``written``: the day on which somebody last read it through."""

    title: Text
    lead: Text
    status: str
    written: date
    matters: tuple[Text, ...]
    answers: tuple[Answer, ...]
    impacts: tuple[Impact, ...]
    figures: tuple[Point, ...]
    open: tuple[Point, ...]


@cache
def own_dossier() -> OwnDossier:
    """Our own dossier, as it is shipped."""
    return read(_DATA.read_text(encoding="utf-8"))


def read(text: str) -> OwnDossier:
    """The dossier that a text holds.

    :raises OwnError: where something is missing, unknown, in one language alone, or a question is not answered.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as problem:
        raise OwnError(f"no YAML: {problem}") from problem
    keys = ("title", "lead", "status", "written", "matters", "answers", "impacts", "figures", "open")
    found = _keys(data, "own.yaml", keys)
    if found["status"] not in STATUSES:
        raise OwnError(f"status: {found['status']}")
    if type(found["written"]) is not date:
        raise OwnError("written: no day")
    touched = _rows(found["matters"], "matters")
    if unknown := [one for one in touched if one not in matters()]:
        raise OwnError(f"matters: {unknown[0]}")
    return OwnDossier(
        _text(found["title"], "title"),
        _text(found["lead"], "lead"),
        found["status"],
        found["written"],
        tuple(matters()[one] for one in touched),
        _answers(found["answers"]),
        tuple(_impact(one) for one in _rows(found["impacts"], "impacts")),
        tuple(_point(one, "figures", "figure") for one in _rows(found["figures"], "figures")),
        tuple(_point(one, "open") for one in _rows(found["open"], "open")),
    )


def _answers(given: Any) -> tuple[Answer, ...]:
    """An answer to every question that is asked of a tool of governing, in the order in which they are asked."""
    items = items_for(RULES, KIND)
    needed = tuple(one.id for one in items if not one.optional)
    said = _keys(given, "answers", needed)
    return tuple(
        Answer(one.id, one.words, one.norm, tuple(_text(part, f"answers.{one.id}") for part in _rows(said[one.id], one.id)))
        for one in items
        if one.id in said
    )


def _impact(given: Any) -> Impact:
    found = _keys(given, "impacts", ("id", "name", "harm", "done", "left"))
    if not isinstance(found["id"], str) or not found["id"]:
        raise OwnError("impacts: no id")
    told = (_text(found[name], f"impacts.{found['id']}.{name}") for name in ("name", "harm", "done", "left"))
    return Impact(found["id"], *told)


def _point(given: Any, at: str, *more: str) -> Point:
    found = _keys(given, at, ("words", "where", *more))
    for name in ("where", *more):
        if not isinstance(found[name], str) or not found[name].strip():
            raise OwnError(f"{at}.{name}: {found[name]}")
    return Point(_text(found["words"], at), found["where"], found["figure"] if more else "")


def _keys(given: Any, at: str, wanted: Sequence[str]) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise OwnError(f"{at}: no mapping")
    if lacking := [one for one in wanted if one not in given]:
        raise OwnError(f"{at}: {lacking[0]} is missing")
    if unknown := [one for one in given if one not in wanted]:
        raise OwnError(f"{at}: {unknown[0]} is unknown")
    return given


def _rows(given: Any, at: str) -> list[Any]:
    if not isinstance(given, list) or not given:
        raise OwnError(f"{at}: no list")
    return given


def _text(given: Any, at: str) -> Text:
    """A text that stands in every language, and in no other."""
    found = _keys(given, at, LANGUAGES)
    for lang in LANGUAGES:
        if not isinstance(found[lang], str) or not found[lang].strip():
            raise OwnError(f"{at}: nothing in {lang}")
    return {lang: found[lang].strip() for lang in LANGUAGES}
