"""Values, reasons and missing things as plain JSON data, and as words for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from guiju.calendars import DateRange, Duration, duration_words, words
from guiju.logic import UNSETTLED, Interval, OneOf, SetOf, Truth, Value
from guiju.norms import QUESTIONS, Corpus, Declared, Missing, Program, Reason, Thing, settled_day
from guiju.norms.sentences import clause_words, number_words, provision_words, title_words
from guiju.subjects import Proposal, value_of
from guiju.subjects.given import read_given
from guiju.subjects.plain import as_typed
from guiju.subjects.values import number_text
from guiju.wording import Where, fill, in_language, join_words

SECOND_WAYS: Final = ("applied", "residual", "displaced", "special")
"""Grounds that name a norm by which another applies or gives way; each has a sentence of its own."""


def day_json(day: date | None) -> str | None:
    """An ISO day, or None."""
    return None if day is None else day.isoformat()


def value_json(value: Value | Decimal | None) -> Any:
    """Settled values plainly; what is known in part as what is known. Decimals beyond exact JSON numbers are strings."""
    match value:
        case None | Truth.UNKNOWN:
            return None
        case Truth():
            return value is Truth.TRUE
        case Decimal():
            if value == value.to_integral_value() and abs(value) < 2**53:
                return int(value)
            return str(Decimal(number_text(value)))  # one text for one number, however it was written
        case OneOf(members):
            return next(iter(members)) if len(members) == 1 else {"one_of": sorted(members)}
        case SetOf(has, lacks, closed):
            return {"exactly": sorted(has)} if closed else {"has": sorted(has), "lacks": sorted(lacks)}
        case Interval(low, high):
            return value_json(low) if value.settled else {"min": value_json(low), "max": value_json(high)}
        case _:
            return str(value)


def because_json(program: Program, reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Each ground with its clause or source, and a sentence in both languages."""
    return [
        {
            "kind": _kind(reason),
            "name": reason.name,
            "object": reason.thing.id if reason.thing else None,
            "value": value_json(reason.value),
            "source": reason.given.source if reason.given else None,
            "by": reason.given.by if reason.given else None,
            "norm": reason.norm,
            "text": {lang: sentence(program, reason, lang) for lang in ("zh", "en")},
        }
        for reason in reasons
    ]


def _kind(reason: Reason) -> str:
    if reason.name.startswith("exception"):
        return reason.name
    if reason.name in SECOND_WAYS or _asked(reason):
        return reason.name
    return "term" if reason.norm else "fact"


def _asked(reason: Reason) -> bool:
    """Whether a ground is the state of a norm that a condition asked about."""
    return reason.norm is not None and reason.name in QUESTIONS


def missing_json(one: Missing) -> dict[str, Any]:
    """A missing thing with its cause and the object it is missing of."""
    return {"cause": one.cause, "name": one.name, "object": one.thing.id if one.thing else None}


def sentence(program: Program, reason: Reason, lang: str) -> str:
    """One ground in words, with its clause."""
    clause = clause_of(program, reason.norm, lang) if reason.norm else ""
    if reason.name.startswith("exception"):
        return fill(f"assess.{reason.name}-holds", lang, "message", {"clause": clause})
    if reason.name in SECOND_WAYS:
        return fill(f"assess.{reason.name}-by", lang, "message", {"clause": clause})
    if _asked(reason):
        return fill(f"assess.{reason.name}-{'yes' if reason.value is Truth.TRUE else 'no'}", lang, "message", {"clause": clause})
    declared = program.vocabulary.declared.get(reason.name)
    if declared is None:
        return fill("assess.ground", lang, "message", {"name": reason.name, "value": "", "clause": clause, "source": ""})
    value = value_words(declared, reason.value, lang)
    if reason.norm:
        return fill("assess.ground-term", lang, "message", {"name": label_of(declared, lang), "value": value, "clause": clause})
    source = reason.given.source if reason.given else None
    code = "assess.ground-label" if declared.label else "assess.ground"
    if source:
        code += "-sourced"
    return fill(code, lang, "message", {"name": label_of(declared, lang), "value": value, "source": source or ""})


def label_of(declared: Declared, lang: str) -> str:
    """What a name is called: its label, else its question without the question mark, else the name."""
    shown = in_language(declared.label or declared.ask, lang)
    return shown or declared.name


def value_words(declared: Declared, value: Value | None, lang: str) -> str:
    """A value in words of the reader's language."""
    match value:
        case None | Truth.UNKNOWN:
            return fill("assess.not-known", lang, "message", {})
        case Truth():
            return fill("assess.yes" if value is Truth.TRUE else "assess.no", lang, "message", {})
        case OneOf(members):
            return join_words([_member(declared, one, lang) for one in sorted(members)], lang, "or")
        case SetOf(has, lacks, closed):
            return _set_words(declared, has, lacks, closed, lang)
        case Interval(low, high):
            return _number_words(low, high, declared, lang)
        case Duration():
            return duration_words(value, lang)
        case DateRange():
            day = settled_day(value)
            if day is not None:
                return words(day, lang)
            if str(value.latest) == "never":
                return fill(
                    "assess.not-before",
                    lang,
                    "message",
                    {"day": words(value.earliest, lang) if isinstance(value.earliest, date) else ""},
                )
            return str(value)


def proposal_words(declared: Declared, proposal: Proposal, lang: str) -> str:
    """What a proposal itself says, in words; not what stands in the world, where others may say something else."""
    if declared.kind == "relation":
        return proposal.value
    given = read_given(as_typed(value_of(proposal), Where(proposal.name)), declared)
    return value_words(declared, given.value, lang) if given else proposal.value


def named(thing: Thing, lang: str) -> str:
    """The name that somebody gave a thing, else its id; the "org:" of a party's id is for programs."""
    return in_language(thing.label, lang) or thing.id.removeprefix("org:")


def called(thing: Thing, lang: str, corpus: Corpus) -> str:
    """The name of a thing; the title where nobody named it and it is a standard of the corpus."""
    instrument = None if thing.label else corpus.instruments.get(thing.id)
    return title_words(instrument, lang) if instrument is not None else named(thing, lang)


def _set_words(declared: Declared, has: frozenset[str], lacks: frozenset[str], closed: bool, lang: str) -> str:
    members = [_member(declared, one, lang) for one in sorted(has)]
    if closed:
        if not members:
            return fill("assess.none-of-them", lang, "message", {})
        return fill("assess.only", lang, "message", {"members": members})
    if lacks:
        without = [_member(declared, one, lang) for one in sorted(lacks)]
        if members:
            return fill("assess.has-and-lacks", lang, "message", {"members": members, "without": without})
        return fill("assess.lacks", lang, "message", {"without": without})
    return fill("assess.rest-open", lang, "message", {"members": members})


def _member(declared: Declared, member: str, lang: str) -> str:
    if not member:
        return fill("assess.no-outcome", lang, "message", {})
    if member == UNSETTLED:
        return fill("assess.law-leaves-open", lang, "message", {})
    label = declared.members.get(member)
    return in_language(label, lang) if label else member


def _number_words(low: Decimal | None, high: Decimal | None, declared: Declared, lang: str) -> str:
    """A number with its unit in words; one that is known in part by its bounds."""
    unit = str(declared.type).removeprefix("number(").removesuffix(")")
    least, most = ("" if one is None else number_words(one, unit, lang) for one in (low, high))
    if low is not None and low == high:
        return least
    code = "between" if least and most else "at-least" if least else "at-most" if most else "not-known"
    return fill(f"assess.{code}", lang, "message", {"low": least, "high": most})


def money(low: Decimal | None, high: Decimal, currency: str, lang: str) -> str:
    """An amount or a range with its currency in words: ``EUR 15,000,000``, 1500万欧元, 1万元至10万元."""
    name = fill(f"assess.currency-{currency}", lang, "message", {})
    said = [f"{number_words(one, '', lang)}{name}" if lang == "zh" else number(one) for one in (low, high) if one is not None]
    amounts = said[0] if len(said) == 1 else fill("assess.from-to", lang, "message", {"low": said[0], "high": said[1]})
    return amounts if lang == "zh" else f"{name} {amounts}"


def number(value: Decimal) -> str:
    """Digits in groups of three; very large numbers with an exponent."""
    if abs(value) >= Decimal(10) ** 15:
        return f"{value.normalize():E}".replace("E+", "e")
    return f"{value:,f}"


def clause_of(program: Program, identifier: str, lang: str) -> str:
    """The short title of the instrument and the pinpoint of a norm or provision; of an instrument the title alone."""
    norm = program.norms.get(identifier)
    place = in_language(norm.pinpoint, lang) if norm else ""
    if norm is None or not place:
        return provision_words(program.corpus, identifier, lang)
    return clause_words(program.corpus.instruments[norm.instrument], place, lang)
