"""English pinpoints of acts of the European Union read.

``Art. 6(3)``; ``Art. 6(3), second subparagraph, points (a) to (d)``; ``Art. 5(1)(ba), 5(1a)(a)``; ``Art. 73(1) to (4), (9) and
(10)``; ``Art. 113, third paragraph, point (c)(i)``; ``Annex III, point 5(a)``; ``Annex VIII, Section A, points 1 to 13``.
Sentences may be named; they make no place of their own, and :func:`sentences_of` reads them. ``(2024 text)`` says which version
of the act is meant, and is read by :func:`earlier_text`. After a semicolon another act may be named. A range names the plain
numbers between its ends; inserted ones (``1a``, ``ba``) are named apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.norms.statutes.places import INDENT, ORDINALS, ROMANS, UNION, Key, Place, PlaceError, key_after

_EARLIER = re.compile(r"\s*\((\d{4}) text\)")
_ASIDE = re.compile(r"\s*\((?:[^()]|\([^()]*\))*\b(?:Art|Annex|Recital|Regulation|Directive)\b(?:[^()]|\([^()]*\))*\)\s*\Z")
_ORDINAL = "|".join(ORDINALS)
_SENTENCES = re.compile(rf",? ?(?:(?:{_ORDINAL})(?:, | and | to )?)+ sentences?")
_TOKEN: Final = re.compile(
    r"\s*(?:"
    r"(?P<art>Art(?:icle)?s?\.?(?=\s*\d))"
    r"|Annex(?:es)?\s+(?P<annex>[IVXLC]+)\b"
    r"|Sections?\s+(?P<section>[A-Z]|\d+)\b"
    rf"|(?P<ordinal>{_ORDINAL})\b(?:\s+(?P<sort>subparagraph|paragraph|indent)s?\b)?"
    r"|(?P<points>points?)\b"
    r"|(?P<number>\d+(?:\.\d+)*[a-z]{0,2})(?P<after>(?:\([0-9a-z]+\))*)"
    r"|(?P<bracket>(?:\([0-9a-z]+\))+)"
    r"|(?P<and>,?\s*\b(?:and|or)\b|,)"
    r"|(?P<to>\bto\b|–)"
    r")"
)
_NOUN_AHEAD = re.compile(rf"(?:,?\s*\b(?:and|to|{_ORDINAL})\b)*\s+(subparagraph|paragraph|indent)s\b")
_KEY = re.compile(r"\(([0-9a-z]+)\)")


def earlier_text(pinpoint: str) -> str | None:
    """The year of the earlier version that a pinpoint says it is of: ``Art. 6(1) (2024 text)``."""
    found = _EARLIER.search(pinpoint)
    return found[1] if found else None


def names_another_act(pinpoint: str) -> bool:
    """Whether a pinpoint also names a place in another act, whose words are not to be found here."""
    return any(not part.strip().startswith(("Art", "Annex")) for part in pinpoint.split(";")[1:]) or bool(_ASIDE.search(pinpoint))


def sentences_of(pinpoint: str) -> frozenset[int]:
    """The sentences that a pinpoint names, from 1; none where it names whole provisions, or sentences of several places."""
    named = _SENTENCES.findall(pinpoint)
    if len(named) != 1:
        return frozenset()
    found = [ORDINALS.index(one) + 1 for one in re.findall(rf"\b(?:{_ORDINAL})\b", named[0])]
    return frozenset(range(found[0], found[-1] + 1) if " to " in named[0] else found)


def read_english(pinpoint: str) -> tuple[Place, ...]:
    """The places an English pinpoint names.

    :raises PlaceError: where it names none, or something stands in it that is no place.
    """
    found: list[Place] = []
    for part in pinpoint.split(";"):
        plain = _SENTENCES.sub("", _ASIDE.sub("", _EARLIER.sub("", part))).strip()
        if found and not plain.startswith(("Art", "Annex")):
            continue  # another act, named after this one
        found.extend(_Reading(plain, pinpoint).places())
    return tuple(dict.fromkeys(found))


class _Reading:
    """Where one is in a pinpoint: the places found, whether bare numbers are articles or points, and ends that are awaited."""

    def __init__(self, text: str, pinpoint: str) -> None:
        self.text = text
        self.pinpoint = pinpoint
        self.found: list[Place] = []
        self.points = False
        self.to = False
        self.sort = ""

    def places(self) -> list[Place]:
        """All places, ranges filled."""
        at = 0
        for token in self._tokens():
            at = token.end()
            self._token(token)
        if not self.found or self.to or self.text[at:].strip():
            self._fail(self.text[at:] or self.text)
        return self.found

    def _tokens(self) -> Iterator[re.Match[str]]:
        at = 0
        while token := _TOKEN.match(self.text, at):
            yield token
            at = token.end()

    def _fail(self, piece: str) -> None:
        raise PlaceError("place.unreadable", got=self.pinpoint, piece=piece.strip())

    def _token(self, token: re.Match[str]) -> None:
        groups = token.groupdict()
        if groups["art"]:
            self.points = False
        elif groups["annex"]:
            self._annex(groups["annex"])
        elif groups["section"]:
            self._put("section", groups["section"])
        elif groups["ordinal"]:
            self._ordinal(token)
        elif groups["points"]:
            self.points = True
        elif groups["number"]:
            self._number(groups["number"], _KEY.findall(groups["after"]))
        elif groups["bracket"]:
            self._bracket(_KEY.findall(groups["bracket"]))
        elif groups["to"]:
            self.to = True

    @property
    def last(self) -> Place:
        """The place named last."""
        if not self.found:
            self._fail(self.text)
        return self.found[-1]

    def _annex(self, roman: str) -> None:
        if roman.lower() not in ROMANS:
            self._fail(roman)
        self.points = True
        self._add(Place(f"annex-{roman.lower()}", numbering=UNION))

    def _number(self, number: str, below: list[str]) -> None:
        """``16`` is an article, after an annex or the word ``points`` a point."""
        if self.points:
            if not self.last.annex:
                self._fail(number)
            self._put("paragraph", number)
        else:
            if "." in number:
                self._fail(number)
            self._add(Place(number, numbering=UNION))
        if below:
            self._bracket(below)

    def _ordinal(self, token: re.Match[str]) -> None:
        """``second``, with its noun now or with one of those that follow: first and second subparagraphs."""
        sort = token["sort"] or self._noun_ahead(token.end())
        number = ORDINALS.index(token["ordinal"]) + 1
        if sort == "indent":
            self._put("item", f"{INDENT}{number}")
        elif sort:
            self._put("subparagraph", number)
        else:
            self._fail(token[0])

    def _noun_ahead(self, at: int) -> str:
        found = _NOUN_AHEAD.match(self.text, at)
        return found[1] if found else ""

    def _bracket(self, keys: list[str]) -> None:
        """Each in brackets is a paragraph, a point or one within it, by its script and by what stands before."""
        for index, key in enumerate(keys):
            if key[0].isdigit():
                if index or self.last.annex:
                    self._fail(f"({key})")
                self._put("paragraph", key)
            elif self._within_point(key, index):
                self._put("point", key)
            else:
                self._put("item", key)

    def _within_point(self, key: str, index: int) -> bool:
        if self.last.item is None or key not in ROMANS:
            return False
        return index > 0 or self.last.point is not None

    def _put(self, level: str, key: Key) -> None:
        """The last place with one more level; or beside it, where it has that level already."""
        last = self.last
        place = last.under(level, key)
        if not self.to and last.under(level, key) == last.at(level, key) and getattr(last, level) is None:
            self.found[-1] = place
        else:
            self._add(place)

    def _add(self, place: Place) -> None:
        if self.to:
            self.to = False
            self.found.extend(self._between(self.last, place))
        self.found.append(place)

    def _between(self, first: Place, last: Place) -> Iterator[Place]:
        """What lies between the two ends of a range, which are of one level and under one roof."""
        level = _only_difference(first, last)
        if level is None:
            raise PlaceError("place.range", got=self.pinpoint)
        keys = _keys_between(getattr(first, level), getattr(last, level), level)
        if keys is None:
            raise PlaceError("place.range", got=self.pinpoint)
        for key in keys:
            yield Place(str(key), numbering=UNION) if level == "article" else first.at(level, key)


def _only_difference(first: Place, last: Place) -> str | None:
    names = ("article", "section", "paragraph", "subparagraph", "item", "point")
    differ = [name for name in names if getattr(first, name) != getattr(last, name)]
    return differ[0] if len(differ) == 1 and None not in (getattr(first, differ[0]), getattr(last, differ[0])) else None


def _keys_between(first: Key, last: Key, level: str) -> list[Key] | None:
    """The numbers between two; None where the second does not come after the first."""
    row = ROMANS if level == "point" or str(first).startswith("annex") else None
    if row is not None:
        ends = [str(one).removeprefix("annex-") for one in (first, last)]
        if any(one not in row for one in ends) or row.index(ends[0]) >= row.index(ends[1]):
            return None
        prefix = "annex-" if str(first).startswith("annex") else ""
        return [f"{prefix}{one}" for one in row[row.index(ends[0]) + 1 : row.index(ends[1])]]
    found: list[Key] = []
    key = _next(first)
    while key is not None and key != last:
        found.append(key)
        if len(found) > 200:
            return None
        key = _next(key)
    return found if key == last else None


def _next(key: Key) -> Key | None:
    if isinstance(key, str) and key.startswith(INDENT):
        return f"{INDENT}{int(key[1:]) + 1}"
    head, _, tail = str(key).rpartition(".")
    if head and tail.isdigit():
        return f"{head}.{int(tail) + 1}"
    return key_after(key)
