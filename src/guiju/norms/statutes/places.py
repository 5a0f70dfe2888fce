"""Places in a statute, of either legal order, and how outlines and people write them.

A Chinese statute has 条 (article), 款 (paragraph), 项 (item), 目 (point) and 附件 (annex); an act of the European Union has
articles, numbered paragraphs, subparagraphs, points, points within points, and annexes with sections. One type serves both;
``numbering`` says which of the two a place belongs to. Numbers are integers in Chinese statutes; in acts of the Union they
are the signs that stand there (``1a``, ``ba``, ``iii``), and an item is a point, a point one within it.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import Any, Final

from guiju.wording import GuijuError, chinese_number

Key = int | str
"""The number of a provision within the one above it."""

CHINESE: Final = "cn"
UNION: Final = "eu"

_LEVELS: Final = {
    CHINESE: ("paragraph", "item", "point"),
    UNION: ("section", "paragraph", "subparagraph", "item", "point"),
}
_CHINESE_SIGNS: Final = ("款", "项", "目")

ORDINALS: Final = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ROMANS: Final = tuple(
    tens + ones for tens in ("", "x", "xx", "xxx") for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)[1:]
INDENT: Final = "-"
"""Unnumbered points begin with a dash; their key is a dash and their number."""


class PlaceError(GuijuError):
    """A pinpoint that names no place."""


@dataclass(frozen=True, slots=True)
class Place:
    """One provision. What a pinpoint leaves out is None: it names everything that fits the rest.

    ``subparagraph`` and ``section`` are levels of the Union's acts alone; in an article without numbered paragraphs the
    subparagraphs are its paragraphs. A level that a provision has only once is left out where the provision is written in full.
    """

    article: str
    paragraph: Key | None = None
    item: Key | None = None
    point: Key | None = None
    _: KW_ONLY
    subparagraph: int | None = None
    section: str | None = None
    numbering: str = CHINESE

    def __str__(self) -> str:
        """As an outline writes it: ``4:1:2`` is Article 4, paragraph 1, item 2; a place of the Union's in English words."""
        if self.numbering == UNION:
            return self.words("en")
        return ":".join((self.article, *(str(one) for one in self.levels if one is not None)))

    @property
    def levels(self) -> tuple[Key | None, ...]:
        """Paragraph, item and point; of the Union's acts section, paragraph, subparagraph, point and point within it."""
        if self.numbering == UNION:
            return self.section, self.paragraph, self.subparagraph, self.item, self.point
        return self.paragraph, self.item, self.point

    @property
    def annex(self) -> bool:
        """Whether it lies in an annex."""
        return self.article.startswith("annex")

    def at(self, level: str, number: Key | None) -> Place:
        """The same place with one level (a field of this class) set or left out."""
        levels: dict[str, Any] = {name: getattr(self, name) for name in _LEVELS[self.numbering]} | {level: number}
        return Place(self.article, **levels, numbering=self.numbering)

    def under(self, level: str, number: Key) -> Place:
        """The place that has one level set and none below it."""
        names = _LEVELS[self.numbering]
        levels: dict[str, Any] = {name: getattr(self, name) for name in names[: names.index(level)]} | {level: number}
        return Place(self.article, **levels, numbering=self.numbering)

    def holds(self, other: Place) -> bool:
        """Whether ``other``, written in full, is this place or lies below it."""
        if self.article != other.article or self.numbering != other.numbering:
            return False
        for mine, theirs in zip(self.levels, other.levels, strict=True):
            if not (mine is None or mine == theirs or _decimal_of(mine, theirs)):
                return False
        return True

    def above(self) -> tuple[Place, ...]:
        """The places whose opening words it hangs on, the nearest first, whether the text has them or not."""
        found: list[Place] = []
        place = self
        for level in reversed(_LEVELS[self.numbering]):
            number = getattr(place, level)
            if number is None:
                continue
            if level == "paragraph" and "." in str(number):
                place = place.at(level, str(number).rpartition(".")[0])
                found.append(place)
            place = place.at(level, None)
            found.append(place)
        return tuple(found)

    def words(self, lang: str = "") -> str:
        """In words: 第四条第一款第二项; ``Art. 6(3), second subparagraph, point (a)``.

        In the language of the law itself where none is asked for.
        """
        if self.numbering == UNION:
            return _union_zh(self) if lang == "zh" else _union_en(self)
        return _chinese_en(self) if lang == "en" else _chinese_zh(self)


def _decimal_of(mine: Key, theirs: Key | None) -> bool:
    """Point 4.3 lies below point 4."""
    return isinstance(mine, str) and isinstance(theirs, str) and theirs.startswith(f"{mine}.")


def _chinese_zh(place: Place) -> str:
    if place.annex:
        head = "附件" + (chinese_number(int(place.article[6:])) if len(place.article) > len("annex") else "")
    else:
        article, _, inserted = place.article.partition("-")
        head = f"第{chinese_number(int(article))}条" + (f"之{chinese_number(int(inserted))}" if inserted else "")
    signs = zip(place.levels, _CHINESE_SIGNS, strict=True)
    return head + "".join(f"第{chinese_number(int(number))}{sign}" for number, sign in signs if number is not None)


def _chinese_en(place: Place) -> str:
    levels = "".join(f"({number})" for number in place.levels if number is not None)
    if place.annex:
        annex = f"Annex {place.article.removeprefix('annex').lstrip('-')}".strip()
        return f"{annex} {levels}".strip()
    return f"Art. {place.article}{levels}"


def _union_en(place: Place) -> str:
    words = f"Annex {place.article.removeprefix('annex-').upper()}" if place.annex else f"Art. {place.article}"
    if place.section is not None:
        words += f", Section {place.section}"
    if place.paragraph is not None:
        words += f", point {place.paragraph}" if place.annex else f"({place.paragraph})"
    if place.subparagraph is not None:
        sort = "paragraph" if place.paragraph is None else "subparagraph"
        words += f", {ORDINALS[place.subparagraph - 1]} {sort}"
    if place.item is None:
        return words
    if isinstance(place.item, str) and place.item.startswith(INDENT):
        return f"{words}, {ORDINALS[int(place.item[1:]) - 1]} indent"
    points = f"({place.item})" + ("" if place.point is None else f"({place.point})")
    bare = place.subparagraph is not None or (place.annex and place.paragraph is None)
    return f"{words}, point {points}" if bare else f"{words}{points}"


def _union_zh(place: Place) -> str:
    if place.annex:
        words = f"附件{chinese_number(1 + ROMANS.index(place.article.removeprefix('annex-')))}"
    else:
        words = f"第{place.article}条"
    if place.section is not None:
        words += f"{place.section}节" if place.section.isalpha() else f"第{place.section}节"
    if place.paragraph is not None:
        words += f"第{place.paragraph}{'点' if place.annex else '款'}"
    if place.subparagraph is not None:
        words += f"第{place.subparagraph}{'款' if place.paragraph is None else '段'}"
    if place.item is not None:
        item = str(place.item)
        words += f"第{item[1:]}个破折号" if item.startswith(INDENT) else f"（{item}）项"
    if place.point is None:
        return words
    point = str(place.point)
    return f"{words}第{1 + ROMANS.index(point)}目" if point in ROMANS else f"{words}（{point}）目"


def key_after(key: Key) -> Key | None:
    """The number that follows one: 4, ``5`` after ``4``, ``b`` after ``a``; of an inserted one ``1b`` after ``1a``."""
    if isinstance(key, int):
        return key + 1
    if key.isdigit():
        return str(int(key) + 1)
    if not key or not key[-1].isalpha() or key[-1] == "z":
        return None
    return key[:-1] + chr(ord(key[-1]) + 1)


def follows(before: Key | None, key: Key | None) -> bool:
    """Whether a number is the next after another, of points within points also by their Roman numerals."""
    if before is None or key is None:
        return False
    if key_after(before) == key:
        return True
    return before in ROMANS and key in ROMANS and ROMANS.index(str(key)) == ROMANS.index(str(before)) + 1
