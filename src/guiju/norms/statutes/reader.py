"""Reading the text of a Chinese statute into its provisions: 编 章 节 条 款 项 目, 附件.

A file is plain UTF-8, one paragraph a line, blank lines anywhere. What stands before the first part or article is the head
(title, issuer, dates) and no provision. 【...】 marks what a copy lacks: the article it stands in is *cut*, and nothing may be
concluded from what such an article does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from guiju.norms.statutes.numerals import chinese_integer
from guiju.norms.statutes.places import CHINESE, Place
from guiju.norms.statutes.union_lines import StatuteError
from guiju.norms.yaml_reader import read_bytes
from guiju.wording import Where

_NUMBER = r"[零〇一二三四五六七八九十百]+"
_PART = re.compile(rf"第({_NUMBER})([编章节])\s+\S")
_ARTICLE = re.compile(rf"第({_NUMBER})条(?:之({_NUMBER}))?[\s　]+(.*)\Z", re.DOTALL)
_ITEM = re.compile(rf"[(（]({_NUMBER})[)）]\s*(.*)\Z", re.DOTALL)
_POINT = re.compile(r"([0-9０-９]{1,2})\s*[.．、]\s*(.*)\Z", re.DOTALL)
_LISTED = re.compile(rf"({_NUMBER})、\s*(.*)\Z", re.DOTALL)
_ANNEX = re.compile(rf"附件({_NUMBER})?\s*[:：]?\s*(.*)\Z", re.DOTALL)
_LACKING = re.compile(r"【[^】]*】")
_LONGEST_TITLE: Final = 40


@dataclass(frozen=True, slots=True)
class StatutePart:
    """A named part: ``sign`` is 编, 章 or 节; ``first`` the first article in it, None where it has none."""

    sign: str
    number: int
    title: str
    first: str | None


@dataclass
class Statute:
    """The provisions of one text, in its order. The text of a paragraph with items is that of its opening words."""

    name: str
    title: str
    texts: dict[Place, str] = field(default_factory=dict)
    parts: list[StatutePart] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    head: list[str] = field(default_factory=list)
    numbering: str = CHINESE

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The articles and annexes, in order."""
        return tuple(dict.fromkeys(place.article for place in self.texts))

    def units(self, place: Place) -> tuple[Place, ...]:
        """The provisions of the text at or below a place; none where the text has no such place."""
        found = self._units.get(place)
        if found is None:
            found = self._units[place] = units_of(self._by_article.get(place.article, ()), place)
        return found

    @cached_property
    def _units(self) -> dict[Place, tuple[Place, ...]]:
        return {}

    @cached_property
    def _by_article(self) -> dict[str, list[Place]]:
        return by_article(self.texts)

    def whole(self, place: Place) -> str:
        """The text of a place with everything below it, after the opening words of the list it stands in."""
        units = self.units(place)
        wanted = set(units) | {parent for one in units for parent in one.above()}
        here = self._by_article.get(place.article, ())
        return ("" if self.numbering == CHINESE else " ").join(self.texts[one] for one in here if one in wanted)


def read_statute(path: Path) -> Statute:
    """A text file as provisions.

    :raises StatuteError: where an article is missing, doubled or out of order, or there is none at all.
    """
    return statute_from(read_bytes(path, path.name), path.name.removesuffix(".txt"))


def statute_from(text: str, name: str) -> Statute:
    """The provisions of a text; ``name`` is how outlines and findings call it."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise StatuteError("statute.no-article", Where(name))
    found = Statute(name, lines[0][1])
    reading = _Reading(found)
    for number, line in lines:
        reading.line(number, line)
    if not found.texts:
        raise StatuteError("statute.no-article", Where(name))
    return found


class _Reading:
    """Where one is in a text: the article, the paragraph, the item read last; and whether the copy said that it lacks some."""

    def __init__(self, statute: Statute) -> None:
        self.statute = statute
        self.at: Place | None = None
        self.lacking = False

    def line(self, number: int, line: str) -> None:
        part = _PART.match(line)
        if part and len(line) <= _LONGEST_TITLE:
            self._part(part[2], part[1], line)
        elif article := _ARTICLE.match(line):
            self._article(number, article)
        elif (annex := _ANNEX.match(line)) and self.at is not None:
            self._annex(annex)
        elif self.at is not None:
            self._below(number, line)
        else:
            self.statute.head.append(line)

    def _part(self, sign: str, number: str, line: str) -> None:
        title = line.split(None, 1)[1].strip()
        self.statute.parts.append(StatutePart(sign, chinese_integer(number) or 0, title, None))

    def _article(self, number: int, match: re.Match[str]) -> None:
        article = chinese_integer(match[1])
        inserted = chinese_integer(match[2]) if match[2] else None
        name = f"{article}" if inserted is None else f"{article}-{inserted}"
        self._in_order(number, article or 0, inserted)
        self.at = Place(name, 1)
        for index, part in enumerate(self.statute.parts):
            if part.first is None:
                self.statute.parts[index] = StatutePart(part.sign, part.number, part.title, name)
        self._put(self.at, match[3])

    def _in_order(self, number: int, article: int, inserted: int | None) -> None:
        """Articles are numbered through; only where the copy says that it lacks some may a number be left out."""
        if self.at is None:
            return
        last, _, last_inserted = self.at.article.partition("-")
        if inserted is not None:
            follows = last == str(article) and inserted == int(last_inserted or 0) + 1
        else:
            follows = last.isdigit() and (article == int(last) + 1 or (self.lacking and article > int(last)))
        if not follows:
            where = Where(self.statute.name, number)
            raise StatuteError("statute.out-of-order", where, got=article, before=self.at.words())
        self.lacking = False

    def _annex(self, match: re.Match[str]) -> None:
        number = f"-{chinese_integer(match[1])}" if match[1] else ""
        self.at = Place(f"annex{number}", 1)
        self._put(self.at, match[2])

    def _below(self, number: int, line: str) -> None:
        assert self.at is not None
        if _LACKING.fullmatch(line):
            self.lacking = True
            return
        item = _ITEM.match(line) or (_LISTED.match(line) if self.at.article.startswith("annex") else None)
        point = _POINT.match(line) if self.at.item is not None else None
        if item:
            self.at = Place(self.at.article, self.at.paragraph, chinese_integer(item[1]))
            self._once(number)
            self._put(self.at, item[2])
        elif point:
            self.at = Place(self.at.article, self.at.paragraph, self.at.item, chinese_integer(point[1]) or int(point[1]))
            self._once(number)
            self._put(self.at, point[2])
        else:
            self.at = Place(self.at.article, int(self.at.paragraph or 0) + 1)
            self._put(self.at, line)

    def _once(self, number: int) -> None:
        assert self.at is not None
        if self.at in self.statute.texts:
            raise StatuteError("statute.item-twice", Where(self.statute.name, number), got=self.at.words())

    def _put(self, place: Place, text: str) -> None:
        if _LACKING.search(text):
            self.statute.cut.add(place.article)
            self.lacking = True
        self.statute.texts[place] = _LACKING.sub("", text).strip()


def by_article(places: Iterable[Place]) -> dict[str, list[Place]]:
    """The places of each article, in their order."""
    found: dict[str, list[Place]] = {}
    for one in places:
        found.setdefault(one.article, []).append(one)
    return found


def units_of(places: Iterable[Place], place: Place) -> tuple[Place, ...]:
    """Those of the places that are ``place`` or lie below it.

    A point of the Union's acts that is named without its subparagraph is that of the first subparagraph that has it.
    """
    found = tuple(one for one in places if place.holds(one))
    if place.numbering == CHINESE or place.item is None or place.subparagraph is not None:
        return found
    return tuple(one for one in found if one.subparagraph == found[0].subparagraph)


def leaves(places: Iterable[Place]) -> list[Place]:
    """The places that have nothing below them: what is to be accounted for one by one."""
    everything = list(places)
    parents = {parent for place in everything for parent in place.above()}
    return [place for place in everything if place not in parents]
