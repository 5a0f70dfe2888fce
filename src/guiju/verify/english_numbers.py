"""Numbers, periods, amounts and dates of an English text.

A power of ten loses its superscript in plain text: ``10(^25)`` becomes ``10 25`` or ``1025``. In a sentence about floating
point operations such a number is read as the power, and only as that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from guiju.verify.english import BOUNDS_AFTER, BOUNDS_BEFORE, EVERY, FRACTIONS, MONTHS, NUMBER_WORDS, SCALES, UNITS
from guiju.verify.english_text import plain
from guiju.verify.quantities import Quantity, TextNumbers

THINGS: Final = "things"
"""The unit of a number that counts what the sentence speaks of."""


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


_NUMBER = rf"\d{{1,3}}(?:[ ,]\d{{3}})+(?!\d)|\d+(?:[.,]\d+)?|(?:{_any(NUMBER_WORDS)})\b"
_CHAIN = (
    r"\(?\d++(?:/\d+)*+[a-z]{0,2}+\)?(?:\([0-9a-z]+\))*+"  # possessive: "and 30 days" is not read as "and 3"
    r"(?!\s*(?:\d{3}\b|EUR|persons?|times|million|minutes?|working|calendar|days?|weeks?|months?|years?|hours?|%|per cent))"
)
_REFERENCES = re.compile(
    rf"\b(?:Articles?|Arts?\.?|paragraphs?|points?|Sections?|Chapters?|[Rr]ecitals?|Annex(?:es)?|Clauses?|No)\s+{_CHAIN}"
    rf"(?:(?:,| to| and| or|, and|, or)\s+{_CHAIN})*"
    r"|\(OJ [^)]*\)|\d+/\d+(?:/[A-Z]{2,})?|\(\d+[a-z]*\)"
)
_DATE = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?\b")
_OPERATIONS = re.compile(r"floating[- ]point operation|\bFLOPs?\b", re.IGNORECASE)
_POWER = re.compile(r"\b10\s?(?:\(\^(?P<marked>\d{1,2})\)|\^(?P<raised>\d{1,2})|(?P<lost>\d{2}))(?![\d)])")
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_PLAIN = re.compile(
    rf"(?:\b(?P<before>{_any(BOUNDS_BEFORE)})\s+(?:(?:a|an|the|its|that)\s+)?(?:further\s+)?"
    r"(?:(?:period|total|maximum|term|fine|fines)\s+of\s+)?)?(?P<age>(?:the\s+)?age\s+of\s+)?"
    rf"(?P<money>EUR\s*)?(?<![\w.])(?P<number>{_NUMBER})(?:\s+(?P<scale>{_any(SCALES)}))?"
    r"(?:\s+(?P<paid>EUR)\b|[\s-]*(?:calendar\s+|consecutive\s+|further\s+)?"
    rf"(?P<unit>{_any(one for one in UNITS if one != '%')})s?\b|\s*(?P<percent>%))?"
    rf"(?:\s+(?P<after>{_any(BOUNDS_AFTER)})\b)?",
    re.IGNORECASE,
)
_EVERY = re.compile(rf"(?:\b(?P<before>{_any(BOUNDS_BEFORE)})\s+)?\b(?P<every>{_any(EVERY)})\b", re.IGNORECASE)


def numbers_of(text: str) -> TextNumbers:
    """The numbers, periods, amounts, fractions and dates of an English text."""
    rest = _blanked(_REFERENCES, plain(text))
    dates, yearly, rest = _dates(rest)
    fractions = frozenset(value for words, value in FRACTIONS.items() if re.search(rf"\b{words}\b", rest, re.IGNORECASE))
    powers, rest = _powers(rest)
    return TextNumbers((*powers, *_plain(rest), *_every(rest)), dates, yearly, fractions)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "_" * len(found[0]), text)


def _dates(text: str) -> tuple[frozenset[date], frozenset[tuple[int, int]], str]:
    dates, yearly = set(), set()
    for one in _DATE.finditer(text):
        day, month = int(one["day"]), MONTHS.index(one["month"]) + 1
        if one["year"] is None:
            yearly.add((month, day))
            continue
        try:
            dates.add(date(int(one["year"]), month, day))
        except ValueError:
            continue
    return frozenset(dates), frozenset(yearly), _blanked(_DATE, text)


def _powers(text: str) -> tuple[list[Quantity], str]:
    """Powers of ten: marked ones anywhere, those that lost their mark where floating point operations are spoken of."""
    found, sentences, start = [], [], 0
    for sentence in _SENTENCE.split(text):
        of_operations = _OPERATIONS.search(sentence) is not None
        for one in _POWER.finditer(sentence):
            exponent = one["marked"] or one["raised"] or (one["lost"] if of_operations else None)
            if exponent is not None:
                bound = _bound_before(sentence[: one.start()])
                found.append(Quantity(Decimal(10) ** int(exponent), THINGS, bound, start + one.start(), start + one.end()))
        read = [one for one in _POWER.finditer(sentence) if of_operations or not one["lost"]]
        sentences.append(_without(sentence, read))
        start += len(sentence) + 1
    return found, " ".join(sentences)


def _without(text: str, found: Iterable[re.Match[str]]) -> str:
    for one in found:
        text = text[: one.start()] + "_" * len(one[0]) + text[one.end() :]
    return text


def _bound_before(text: str) -> str | None:
    found = re.search(rf"\b({_any(BOUNDS_BEFORE)})\s*\Z", text, re.IGNORECASE)
    return BOUNDS_BEFORE[found[1].lower()] if found else None


def _plain(text: str) -> Iterator[Quantity]:
    for one in _PLAIN.finditer(text):
        value = number_of(one["number"]) * SCALES.get((one["scale"] or "").lower(), 1)
        bound = _bound(one["before"], one["after"])
        unit = _unit(one)
        yield Quantity(value, unit, bound, one.start(), one.end())
        if unit == "week":
            yield Quantity(7 * value, "day", bound, one.start(), one.end())


def _unit(one: re.Match[str]) -> str:
    if one["money"] or one["paid"]:
        return "EUR"
    if one["percent"]:
        return "percent"
    if one["unit"]:
        return UNITS[" ".join(one["unit"].lower().split())]
    return "year" if one["age"] else THINGS


def number_of(word: str) -> Decimal:
    """``35 000 000``, ``7,500,000``, ``3.5``, ``six``."""
    spelt = NUMBER_WORDS.get(word.lower())
    if spelt is not None:
        return Decimal(spelt)
    if re.fullmatch(r"\d{1,3}(?:[ ,]\d{3})+", word):
        return Decimal(re.sub("[ ,]", "", word))
    return Decimal(word.replace(",", "."))


def _every(text: str) -> Iterator[Quantity]:
    """``annually``, ``each year``: one year."""
    for one in re.finditer(r"\b(once|twice)\b", text, re.IGNORECASE):
        yield Quantity(Decimal(1 + (one[1].lower() == "twice")), THINGS, None, one.start(), one.end())
    for one in _EVERY.finditer(text):
        yield Quantity(Decimal(1), EVERY[one["every"].lower()], _bound(one["before"], None), one.start(), one.end())


def _bound(before: str | None, after: str | None) -> str | None:
    if before:
        return BOUNDS_BEFORE[" ".join(before.lower().split())]
    return BOUNDS_AFTER[" ".join(after.lower().split())] if after else None
