"""Finding rules by number (第十七条, 暂行办法 17, Art 50(2), 50.2) and by words in either language.

Numbers are read out of what was typed, whatever the width of its digits and brackets; the other words are looked for in
titles, pinpoints, summaries and names: Latin words from their beginning, Chinese by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from guiju.lookup.facts import Facts
from guiju.norms import Declared, Instrument, Norm, local, natural_key
from guiju.wording import Text

_NUMERALS: Final = "零〇一二三四五六七八九十百两"
_N: Final = rf"[0-9]+[a-z]?|[{_NUMERALS}]+"
_CHINESE_ARTICLE: Final = re.compile(
    rf"第\s*(?P<article>{_N})\s*条(?P<rest>(?:\s*第?\s*[（(]?\s*(?:{_N}|[a-z]{{1,2}})\s*[）)]?\s*[款项目点])*)"
)
_CHINESE_LEVEL: Final = re.compile(rf"第?\s*[（(]?\s*({_N}|[a-z]{{1,2}})\s*[）)]?\s*[款项目点]")
_LATIN_ARTICLE: Final = re.compile(
    r"(?<![\w.])(?P<word>art(?:icles?|s)?\b\.?\s*|§\s*)?(?P<article>[0-9]{1,3}[a-z]?)(?P<rest>(?:\s*\(\s*[0-9a-z]{1,5}\s*\)|\.[0-9a-z]{1,5})*)(?![\w/])"
)
_ANNEX: Final = re.compile(
    rf"(?:annex|附件)\s*(?P<number>[ivx]+|{_N})(?:\s*[,，]?\s*(?:point|第)?\s*(?P<point>[0-9]+)\s*点?(?P<rest>(?:\s*[（(]\s*[a-z]\s*[）)])*))?"
)
_LEVEL: Final = re.compile(r"[0-9a-z]+")
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv")
_IDLE: Final = frozenset(
    {"the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "is", "are", "be", "by", "with", "what", "which"}
    | {"的", "了", "和", "与", "或", "是", "在", "有", "及", "对", "什么", "哪些"}
)
_TITLE_OF_NORM: Final = 2.5
"""What a word in the title of its instrument adds to a norm that some other word has found."""

_LONG: Final = 7
"""From how many letters on a word may stand parted in the text: deepfake, deep fake."""

_HAN: Final = re.compile(r"[一-鿿]+")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9_\-]*")


def tidy(words: str) -> str:
    """Full-width digits and brackets made half-width, lower case, one space where there are several."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


@dataclass(frozen=True, slots=True)
class Query:
    """What was understood: provisions by number (each as its levels), and words."""

    typed: str
    places: tuple[tuple[str, ...], ...] = ()
    sure: bool = False
    words: tuple[str, ...] = ()
    chinese: bool = False
    """Whether the number was written the Chinese way (第五十条); texts in that language then come first, else the others."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: a norm, an instrument or a name; ``exact``: at the very number or id, ``placed``: there or below."""

    kind: str
    id: str
    score: float
    exact: bool = False
    placed: bool = False


def understood(typed: str) -> Query:
    """Numbers and words of a search."""
    rest = tidy(typed)
    places: list[tuple[str, ...]] = []
    sure = chinese = False
    for pattern, read in ((_ANNEX, _annex), (_CHINESE_ARTICLE, _chinese), (_LATIN_ARTICLE, _latin)):
        for found in pattern.finditer(rest):
            place = read(found)
            if place:
                places.append(place)
                sure = sure or pattern is not _LATIN_ARTICLE or bool(found["word"] or found["rest"])
        if places:
            rest = pattern.sub(" ", rest) if sure else rest
            chinese = pattern is _CHINESE_ARTICLE
            break
    return Query(tidy(typed), tuple(places), sure, tuple(_tokens(rest)), chinese)


def _annex(found: re.Match[str]) -> tuple[str, ...]:
    number = found["number"]
    roman = number if set(number) <= set("ivx") else _ROMAN[min(int(_arabic(number) or 0), len(_ROMAN) - 1)]
    inner = _LEVEL.findall(found["rest"] or "")
    return (f"annex-{roman}", *((found["point"],) if found["point"] else ()), *inner)


def _chinese(found: re.Match[str]) -> tuple[str, ...]:
    levels = _CHINESE_LEVEL.findall(found["rest"] or "")
    return (_arabic(found["article"]), *map(_arabic, levels))


def _latin(found: re.Match[str]) -> tuple[str, ...]:
    return (found["article"], *_LEVEL.findall(found["rest"] or ""))


def _arabic(numeral: str) -> str:
    """十七 -> 17; digits and letters as they are."""
    if not numeral or numeral[0] not in _NUMERALS:
        return numeral
    total = held = 0
    for sign in numeral:
        if sign in "十百":
            total += (held or 1) * (10 if sign == "十" else 100)
            held = 0
        else:
            held = held * 10 + {"零": 0, "〇": 0, "两": 2}.get(sign, "零一二三四五六七八九".find(sign))
    return str(total + held)


def _tokens(words: str) -> Iterator[str]:
    """Latin words, and pairs of Chinese characters."""
    for run in _HAN.findall(words):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        yield from (pair for pair in pairs if pair not in _IDLE)
    yield from (word for word in _WORD.findall(words) if word not in _IDLE)


class Search:
    """Looks through one corpus."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def find(self, typed: str) -> tuple[Query, list[Hit]]:
        """What was understood and what was found, best first."""
        query = understood(typed)
        found: dict[tuple[str, str], Hit] = {}
        for hit in (*self._by_id(query), *self._by_place(query), *self._by_words(query)):
            key = (hit.kind, hit.id)
            if key not in found or found[key].score < hit.score:
                found[key] = hit
        order = {"instrument": 0, "norm": 1, "name": 2}
        return query, sorted(found.values(), key=lambda hit: (-hit.score, order[hit.kind], natural_key(hit.id)))

    def titled(self, typed: str) -> list[str]:
        """Instruments that have these very words in their title or number; of several, one whose short title it is."""
        wanted = tidy(typed).strip("《》")
        if not wanted:
            return []
        instruments = self.facts.corpus.instruments.values()
        found = [one.id for one in instruments if wanted in _title_text(one)]
        exact = [one.id for one in instruments if wanted in {tidy(words) for words in (*one.short.values(), *one.title.values())}]
        return exact if len(exact) == 1 else found

    def _by_id(self, query: Query) -> Iterator[Hit]:
        typed = query.typed.replace(" ", "")
        if typed in self.facts.corpus.instruments:
            yield Hit("instrument", typed, 1000, exact=True)
        if typed in self.facts.corpus.vocabulary.declared:
            yield Hit("name", self.facts.corpus.vocabulary.declared[typed].name, 1000, exact=True)
        if "/" in typed:
            yield from (
                Hit("norm", norm.id, 1000, exact=norm.id == typed) for norm in self.facts.at(typed) if typed != norm.instrument
            )

    def _by_place(self, query: Query) -> Iterator[Hit]:
        """Norms at a number; where words name an instrument, only there."""
        if not query.places:
            return
        words = (
            query.words if query.sure else tuple(one for one in query.words if not any(one == place[0] for place in query.places))
        )
        chosen = self._named_instruments(words)
        if words and not chosen:
            return
        if not (query.sure or words) and query.typed != " ".join(place[0] for place in query.places):
            return
        for norm in self.facts.norms.values():
            if words and norm.instrument not in chosen:
                continue
            closeness = max(_closeness(place, norm) for place in query.places)
            if closeness:
                own = ("zh" in self.facts.corpus.instruments[norm.instrument].authentic) is query.chinese
                score = 400 + 100 * closeness + chosen.get(norm.instrument, 0) + own
                yield Hit("norm", norm.id, score, exact=closeness == 1, placed=True)

    def _named_instruments(self, words: tuple[str, ...]) -> dict[str, float]:
        """Instruments whose title, number or id holds all of the words, better the more of the title they are."""
        found = {}
        for one in self.facts.corpus.instruments.values():
            held = _held(_title_text(one), words)
            if words and held == len(words):
                found[one.id] = 10 * len(words) / (1 + len(list(_tokens(_title_text(one)))))
        return found

    def _by_words(self, query: Query) -> Iterator[Hit]:
        numbers = {place[0] for place in query.places}
        words = query.words if not query.sure else ()
        if numbers.issuperset(words):
            return
        needed = len(words) if len(words) <= 2 else len(words) * 0.6
        for kind, identifier, fields in self._documents():
            score = 0.0
            matched: set[str] = set()
            own: set[str] = set()
            for weight, shown in fields:
                hits = {word for word in words if _contains(shown, word)} | _joined(shown, words)
                score += weight * len(hits) / len(words)
                score += weight if query.typed in shown else 0
                matched |= hits
                own |= hits if weight != _TITLE_OF_NORM else set()
            if len(matched) >= needed and own:
                yield Hit(kind, identifier, score)

    def _documents(self) -> Iterator[tuple[str, str, list[tuple[float, str]]]]:
        for one in self.facts.corpus.instruments.values():
            yield "instrument", one.id, [(30, _title_text(one)), (3, _both(one.not_covered))]
        for norm in self.facts.norms.values():
            title = _title_text(self.facts.corpus.instruments[norm.instrument])
            yield (
                "norm",
                norm.id,
                [
                    (15, _both(norm.summary)),
                    (5, tidy(f"{norm.id} {norm.topic or ''}")),
                    (_TITLE_OF_NORM, title),
                    (4, _both(norm.pinpoint)),
                ],
            )
        for entry in self.facts.corpus.vocabulary.entries():
            yield "name", entry.name, list(_name_fields(entry))


def _name_fields(entry: Declared) -> Iterator[tuple[float, str]]:
    yield 12, _both(entry.label)
    yield 9, _both(entry.ask)
    yield 8, tidy(f"{entry.name} {entry.name.replace('_', ' ').replace('.', ' ')}")
    yield 2, _both(entry.help) + " " + _both(entry.criteria)
    yield 3, " ".join(map(_both, entry.members.values()))


def _closeness(place: tuple[str, ...], norm: Norm) -> float:
    """1 where the norm stands at that number, less where it lies below it, 0 elsewhere."""
    best = 0.0
    for levels in {tuple(local(norm.id).split("#")[0].split(".")), *_pinpoint_levels(norm)}:
        if levels == place:
            return 1
        if levels[: len(place)] == place:
            best = max(best, 0.8)
    return best


def _pinpoint_levels(norm: Norm) -> Iterable[tuple[str, ...]]:
    """The numbers in a norm's own pinpoint, as far as they can be read."""
    for lang, pattern, read in (("zh", _CHINESE_ARTICLE, _chinese), ("en", _LATIN_ARTICLE, _latin)):
        for found in pattern.finditer(tidy(norm.pinpoint.get(lang, ""))):
            yield read(found)


def _title_text(one: Instrument) -> str:
    return " ".join(
        (_both(one.title), _both(one.short), _both(one.number), tidy(one.id), tidy(one.id.replace("-", " ").replace("/", " ")))
    )


def _both(words: Text) -> str:
    return tidy(" ".join(words.values()))


def _held(shown: str, words: tuple[str, ...]) -> int:
    return sum(_contains(shown, word) for word in words)


def _joined(shown: str, words: tuple[str, ...]) -> set[str]:
    """Latin words that stand there written as one: deep fake, where the text has deepfake."""
    pairs = [pair for pair in pairwise(words) if all(one.isascii() and one.isalpha() for one in pair)]
    return {word for pair in pairs if _contains(shown, "".join(pair)) for word in pair}


def _contains(shown: str, word: str) -> bool:
    """A Chinese pair anywhere; a Latin word at the beginning of one, in the singular or the plural, a long one also parted."""
    if not word.isascii():
        return word in shown
    stem = word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    spelt = "[ -]?".join(stem) if len(stem) >= _LONG and stem.isalpha() else re.escape(stem).replace(r"\-", "[ -]?")
    return re.search(rf"(?<![a-z0-9]){spelt}", shown) is not None
