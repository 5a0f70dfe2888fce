"""Reading the text of an act of the European Union into its provisions: paragraphs, subparagraphs, points, points within them.

The lines of an article are flat: ``1. ...``, ``(a) ...``, ``(i) ...``, or without a sign. Whether ``(i)`` is the ninth point or
the first one within a point is told by what stands before it. A line without a sign is the next subparagraph; one that goes on
in small letters closes the list it follows; in an annex one that follows a heading belongs to it. Amendments quoted from
other acts belong to the point that makes them. Points that an annex runs on within one line are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from guiju.norms.statutes.places import INDENT, ORDINALS, ROMANS, UNION, Key, Place, follows
from guiju.norms.statutes.reader import Statute
from guiju.norms.statutes.union_lines import ARTICLES, Provision, StatuteError, read_formex, read_json
from guiju.wording import Where

_SECTION = re.compile(r"Section ([A-Z]|\d+)\b[\s.—–-]*(.*)\Z", re.DOTALL)
_PARAGRAPH = re.compile(r"(\d+[a-z]{0,2}(?:\.\d+)*)\.(?:\s+(.*))?\Z", re.DOTALL)
_DEFINITION = re.compile(r"\((\d+[a-z]{0,2})\)\s+(.*)\Z", re.DOTALL)
_POINT = re.compile(r"\(([a-z]{1,5})\)\s+(.*)\Z", re.DOTALL)
_LETTER = re.compile(r"([a-z])\.\s+(.*)\Z", re.DOTALL)
_DASH = re.compile(r"[—–]\s*(.*)\Z", re.DOTALL)
_BARE = re.compile(r"(?:[‘“]?\(?\d+[a-z]{0,2}[.)]|[—–])\Z")
_LIST_WITHIN = re.compile(r"(?<=:) (?=\(a\) )")
_ENDS: Final = (".", ";", ":", ",", ".’", "’.", ".”", "; or", "; and")
_QUOTES: Final = ("‘", "“")


def read_union(path: Path) -> Statute:
    """A file of articles (with the annexes beside it), or a folder of Formex files, as provisions.

    :raises StatuteError: where it is neither, or numbers stand twice or do not run on.
    """
    if path.is_dir():
        return union_from(read_formex(path), path.name)
    return union_from(read_json(path), path.name.removesuffix(ARTICLES))


def union_from(provisions: list[Provision], name: str) -> Statute:
    """The provisions of an act from its articles and annexes; ``name`` is how outlines and findings call it."""
    found = Statute(name, name, numbering=UNION)
    before = ""
    for one in provisions:
        if not _in_order(before, one.number):
            raise StatuteError("statute.out-of-order", Where(name), got=one.number, before=before)
        if one.number.startswith("annex-") and one.number.removeprefix("annex-") not in ROMANS:
            raise StatuteError("statute.no-name", Where(name), got=one.number, most=len(ORDINALS))
        before = one.number
        found.texts.update(_Reading(name, one).texts())
    return found


def _in_order(before: str, number: str) -> bool:
    keys = [_order(one) for one in (before, number)]
    return not before or keys[0] < keys[1]


def _order(number: str) -> tuple[int, int, str]:
    """Articles before annexes; 6, 6a, 7."""
    if number.startswith("annex-"):
        roman = number.removeprefix("annex-")
        return 1, ROMANS.index(roman) if roman in ROMANS else -1, ""
    found = re.fullmatch(r"(\d+)([a-z]*)", number)
    return (0, int(found[1]), found[2]) if found else (0, -1, number)


class _Reading:
    """One article or annex: where one is in it. Subparagraphs are counted from 1, and left out afterwards where there is one."""

    def __init__(self, name: str, provision: Provision) -> None:
        self.name = name
        self.lines = provision.lines
        self.annex = provision.number.startswith("annex-")
        self.at = Place(provision.number, subparagraph=1, numbering=UNION)
        self.found: dict[Place, str] = {}
        self.last = ""

    def texts(self) -> dict[Place, str]:
        """The places of the article with their words."""
        for line in self._whole_lines():
            for part in _LIST_WITHIN.split(line, maxsplit=1) if self.annex else [line]:
                for piece in _run_on(part) if part.startswith("(a) ") and self.annex else [part]:
                    self._line(piece)
        several = {(one.section, one.paragraph) for one in self.found if one.subparagraph != 1}
        return {
            one if (one.section, one.paragraph) in several else replace(one, subparagraph=None): text
            for one, text in self.found.items()
        }

    def _whole_lines(self) -> Iterator[str]:
        """A sign that stands alone belongs to the line after it."""
        sign = ""
        for line in self.lines:
            if _BARE.match(line):
                sign = f"{sign}{line} "
            elif line:
                yield sign + line
                sign = ""

    def _line(self, line: str) -> None:
        if self.annex and (section := _SECTION.match(line)):
            self._put(Place(self.at.article, subparagraph=1, section=section[1], numbering=UNION), section[2])
        elif paragraph := (_PARAGRAPH.match(line) or _DEFINITION.match(line)):
            self._paragraph(paragraph[1], paragraph[2] or "")
        elif point := (_POINT.match(line) or (_LETTER.match(line) if self.annex else None)):
            self._point(point[1], point[2])
        elif dash := _DASH.match(line):
            self._indent(dash[1])
        else:
            self._unnumbered(line)

    def _paragraph(self, number: str, text: str) -> None:
        before = self.at.paragraph
        if before is not None and _decimals(str(before)) >= _decimals(number):
            raise StatuteError("statute.out-of-order", Where(self.name), got=f"{self.at.article}({number})", before=str(self.at))
        self._put(Place(self.at.article, number, subparagraph=1, section=self.at.section, numbering=UNION), text)

    def _point(self, key: str, text: str) -> None:
        if self._within(key):
            self._put(replace(self.at, point=key), text)
            return
        self._put(replace(self._list_of(key), item=key, point=None), text)

    def _within(self, key: str) -> bool:
        """Whether a sign is the next point within the point that is being read."""
        if self.at.item is None:
            return False
        if self.at.point is not None:
            return follows(self.at.point, key) if self.at.point in ROMANS and key in ROMANS else False
        return key == ROMANS[0] and self.last.endswith(":")

    def _list_of(self, key: str) -> Place:
        """The subparagraph whose list a point goes on with: this one, or an earlier one of which it is the next."""
        items = [one for one in self.found if _same_paragraph(one, self.at) and one.item is not None]
        here = [one.item for one in items if one.subparagraph == self.at.subparagraph]
        if not here and key != "a":
            for one in reversed(items):
                if follows(one.item, key):
                    return one
        if here and _letters(here[-1]) >= _letters(key):
            raise StatuteError("statute.out-of-order", Where(self.name), got=f"({key})", before=str(self.at))
        return self.at

    def _indent(self, text: str) -> None:
        number = int(str(self.at.item)[1:]) if str(self.at.item).startswith(INDENT) else 0
        self._put(replace(self.at, item=f"{INDENT}{number + 1}", point=None), text)

    def _unnumbered(self, line: str) -> None:
        if not self.found:
            self._put(self.at, line)
        elif line.startswith(_QUOTES) or (self.annex and not self.last.endswith(_ENDS)):
            self._join(self.at, line)
        elif line[0].islower():
            self.at = replace(self.at, item=None, point=None)
            self._join(self.at, line)
        else:
            same = [one.subparagraph or 0 for one in self.found if _same_paragraph(one, self.at)]
            self._put(replace(self.at, subparagraph=max(same, default=0) + 1, item=None, point=None), line)

    def _put(self, place: Place, text: str) -> None:
        if place in self.found:
            raise StatuteError("statute.item-twice", Where(self.name), got=place.words())
        self._nameable(place)
        self.at = place
        self.found[place] = self.last = text

    def _nameable(self, place: Place) -> None:
        """Every place is written in words sooner or later: what has no words is refused while it is read."""
        indent = str(place.item).removeprefix(INDENT) if str(place.item).startswith(INDENT) else "1"
        lines = max(place.subparagraph or 1, int(indent))
        within = place.point is not None and str(place.item).startswith(INDENT)
        if lines > len(ORDINALS) or within:
            raise StatuteError("statute.no-name", Where(self.name), got=f"{place.article}, {lines}", most=len(ORDINALS))

    def _join(self, place: Place, text: str) -> None:
        self.found[place] = f"{self.found.get(place, '')} {text}".strip()
        self.last = text


def _same_paragraph(one: Place, other: Place) -> bool:
    return (one.section, one.paragraph) == (other.section, other.paragraph)


def _run_on(text: str) -> Iterator[str]:
    """Points that follow each other within one line: each begins with the letter that is next, after a stop."""
    key, rest = "a", text
    while (after := chr(ord(key) + 1)) <= "z":
        found = re.search(rf"(?:(?<=[;.,])|(?<=; and)|(?<=; or)) (?=\({after}\) )", rest)
        if found is None:
            break
        yield rest[: found.start()]
        key, rest = after, rest[found.end() :]
    yield rest


def _decimals(number: str) -> tuple[tuple[int, str], ...]:
    """``4.3`` after ``4.2``, ``1b`` after ``1a``."""
    return tuple((int(found[1]), found[2]) for part in number.split(".") if (found := re.fullmatch(r"(\d+)([a-z]*)", part)))


def _letters(key: Key | None) -> tuple[str, str]:
    """``ba`` after ``b`` and before ``c``."""
    return str(key)[:1], str(key)[1:]
