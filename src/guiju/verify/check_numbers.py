"""A norm's numbers, periods, fines and dates against those of its provision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from guiju.norms import Norm, Vocabulary
from guiju.verify.findings import Finding, finding
from guiju.verify.language import Language
from guiju.verify.languages import READERS
from guiju.verify.norm_numbers import FineLimits, NormNumbers, Number, numbers_in
from guiju.verify.quantities import Quantity, TextNumbers

_SENTENCE: Final = re.compile("[;。]")
_BOUNDARY_ABOVE: Final = frozenset({">=", "<"})


def check_numbers(norm: Norm, text: str, vocabulary: Vocabulary, language: Language) -> Iterator[Finding]:
    """What of the norm's numbers the text lacks, or bounds otherwise."""
    said, has = numbers_in(norm, vocabulary, {lang: READERS[lang] for lang in language.summaries}), language.numbers_of(text)
    lang = language.code
    for number in said.numbers:
        yield from _number(norm, number, has, lang)
    for above, below in sorted(said.fractions - has.fractions):
        yield finding("number", norm, f"{above}/{below}", _told(has), lang)
    for fine in said.fines:
        if not _fine_stands(fine, _amounts(fine, text, has, language), language.fine_bounds):
            yield finding("fine", norm, f"{fine.low or 0}–{fine.high}", _told(has), lang)
    yield from _dates(norm, said, has, lang)


def _number(norm: Norm, number: Number, has: TextNumbers, lang: str) -> Iterator[Finding]:
    same = has.has(number.value, number.unit)
    shown = f"{number.part}: {number.bound or ''}{number.value} {number.unit or ''}".rstrip()
    if not same:
        if number.unit is not None or number.value != 1:  # "at least one" of things needs no numeral
            yield finding("number", norm, shown, _told(has), lang)
        return
    bounds = {one.bound for one in same}
    if number.bound and None not in bounds and not any(_fits(number.bound, bound) for bound in bounds):
        yield finding("bound", norm, shown, _told(has), lang)


def _fits(bound: str, other: str | None) -> bool:
    """``>=`` fits ``<``, its complement: both leave the number itself on the upper side."""
    return (bound in _BOUNDARY_ABOVE) == (other in _BOUNDARY_ABOVE)


def _dates(norm: Norm, said: NormNumbers, has: TextNumbers, lang: str) -> Iterator[Finding]:
    for day in sorted(said.dates - has.dates):
        yield finding("date", norm, day, ", ".join(map(str, sorted(has.dates))), lang)
    yearly = bool(has.has(Decimal(1), "year")) and not has.days_of_year  # the text says every year and no day
    for month, day_of_month in () if yearly else sorted(said.days_of_year - has.days_of_year):
        yield finding("date", norm, f"{month}-{day_of_month}", ", ".join(map(str, sorted(has.days_of_year))), lang)


def _amounts(fine: FineLimits, text: str, has: TextNumbers, language: Language) -> list[Quantity]:
    """The amounts of money in the text; those said of persons in charge are none of the organisation's."""
    plain, found, end, of_persons = language.plain(text), [], 0, False
    for one in (one for one in has.quantities if one.unit == fine.currency):
        if one.start != end:
            between = _SENTENCE.split(plain[end : one.start])[-1]
            of_persons = any(word in between for word in language.persons)
        end = one.end
        if fine.personal or not of_persons:
            found.append(one)
    return found


def _fine_stands(fine: FineLimits, amounts: list[Quantity], upper: frozenset[str | None]) -> bool:
    """Both limits stand in the text, the higher one right after the lower one; a fine without a lower limit after none."""
    for before, one, after in zip([None, *amounts], amounts, [*amounts[1:], None], strict=False):
        if fine.low is None:
            follows = before is not None and before.bound == ">=" and before.end == one.start
            if one.value == fine.high and one.bound in upper and not follows:
                return True
        elif one.value == fine.low and one.bound == ">=" and (fine.high is None or _up_to(fine.high, after)):
            return True
    return False


def _up_to(high: Decimal, after: Quantity | None) -> bool:
    return after is not None and after.value == high and after.bound == "<="


def _told(has: TextNumbers) -> str:
    return ", ".join(dict.fromkeys(f"{one.bound or ''}{one.value} {one.unit or ''}".rstrip() for one in has.quantities)) or "—"
