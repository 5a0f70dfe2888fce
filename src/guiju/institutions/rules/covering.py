"""How far the rules go, made ready for the pages: what became of every paragraph, the figures, who has signed what off.

Each is worked out once for an edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from types import MappingProxyType
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.rules.linking import Linker
from guiju.institutions.rules.place_words import PlaceWords
from guiju.institutions.rules.titles import short_words
from guiju.norms import Instrument
from guiju.verify import Covered, Figures, Unit, Waiting, coverage, figures, signoff_queue
from guiju.wording import in_language


def accounts() -> Mapping[str, Covered]:
    """Instrument -> its coverage, for those accounted for paragraph by paragraph in this site's edition."""
    return _accounts(site_corpus().edition)


def waiting() -> tuple[Waiting, ...]:
    """The whole sign-off queue of this site's edition."""
    return _waiting(site_corpus().edition)


def figures_of(place: str) -> Figures:
    """The figures of one place of this site's edition."""
    return _figures(site_corpus().edition, place)


@lru_cache(maxsize=2)
def _accounts(_edition: str) -> Mapping[str, Covered]:
    return MappingProxyType({one.instrument: one for one in coverage(site_corpus())})


@lru_cache(maxsize=2)
def _waiting(_edition: str) -> tuple[Waiting, ...]:
    return tuple(signoff_queue(site_corpus()))


@lru_cache(maxsize=16)
def _figures(_edition: str, place: str) -> Figures:
    return figures(site_corpus(), place)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring paragraphs or items of one article of which the same became: their name, state, reason, what covers them."""

    places: str
    state: str
    note: str
    by: tuple[Markup, ...]


def runs(one: Covered, linker: Linker) -> list[Run]:
    """Every paragraph and item of an instrument, in the order of the text."""
    instrument, names = linker.corpus.instruments[one.instrument], _names(one, linker.lang)
    found = []
    for (_, state, by, note), units in groupby(one.units, key=lambda unit: _traits(unit, instrument, linker.lang)):
        places = names.named([unit.place for unit in units])
        found.append(Run(places, state, note, tuple(_links(by, instrument, linker))))
    return found


@dataclass(frozen=True, slots=True)
class Account:
    """What the page of an instrument says of its paragraphs; ``queue``: where those of its rules stand that wait for sign-off."""

    units: int
    operative: int
    encoded: int
    counts: Mapping[str, int]
    unaccounted: str
    runs: Sequence[Run]
    waiting: int
    queue: str


def account_of(instrument: str, linker: Linker) -> Account | None:
    """The account of an instrument; None where it has none."""
    one = accounts().get(instrument)
    if one is None:
        return None
    return Account(
        units=len(one.units),
        operative=one.operative,
        encoded=one.encoded,
        counts=one.counts,
        unaccounted=unaccounted_words(one, linker.lang),
        runs=runs(one, linker),
        waiting=sum(each.norm.instrument == instrument for each in waiting()),
        queue=queue_address(linker.lang, instrument),
    )


def queue_address(lang: str, instrument: str = "", number: int = 1) -> str:
    """A page of the sign-off queue: of all instruments or of one."""
    parts = {"instrument": instrument, "page": str(number) if number > 1 else ""}
    query = urlencode({key: value for key, value in parts.items() if value}, safe="/")
    return reverse("rules-signoff", args=(lang,)) + (f"?{query}" if query else "")


def unaccounted_words(one: Covered, lang: str) -> str:
    """The paragraphs and items of which nothing is said; empty where there are none."""
    return _names(one, lang).named(one.unaccounted)


def _names(one: Covered, lang: str) -> PlaceWords:
    return PlaceWords([unit.place for unit in one.units], lang)


def _traits(unit: Unit, instrument: Instrument, lang: str) -> tuple[str, str, tuple[str, ...], str]:
    """What neighbours must share to stand in one line: what nothing covers may reach beyond its article."""
    return unit.place.article if unit.by else "", unit.state, unit.by, _note(unit, instrument, lang)


def _note(unit: Unit, instrument: Instrument, lang: str) -> str:
    """What the instrument says beside its reason for not encoding a provision."""
    for entry in instrument.coverage.not_encoded if instrument.coverage else ():
        if entry.why == unit.state and any(place.holds(unit.place) for place in entry.at):
            return in_language(entry.note, lang)
    return ""


def _links(identifiers: Iterable[str], home: Instrument, linker: Linker) -> list[Markup]:
    """What covers a provision, each as a link; what would read alike in short is said whole."""
    said = [(one, _sentence(one, home, linker)) for one in identifiers]
    short = Counter(short_words(sentence, linker.lang) for _, sentence in said)
    return [_link(one, sentence, short, linker) for one, sentence in said]


def _sentence(identifier: str, home: Instrument, linker: Linker) -> str:
    """What an event does, or what a rule of the same instrument says; empty for all else, which is named and not told."""
    corpus = linker.corpus
    if identifier in corpus.events:
        return in_language(corpus.events[identifier].summary, linker.lang)
    if identifier in corpus.norms and corpus.norms[identifier][-1].instrument == home.id:
        return in_language(corpus.norms[identifier][-1].summary, linker.lang)
    return ""


def _link(identifier: str, sentence: str, short: Mapping[str, int], linker: Linker) -> Markup:
    if identifier in linker.corpus.vocabulary.declared:
        return linker.name(identifier)
    if not sentence:
        return linker.clause(identifier)
    shown = short_words(sentence, linker.lang)
    shown = shown if short[shown] == 1 else sentence.rstrip("。.")
    return Markup('<a class="rule" href="{}">{}</a>').format(linker.href(identifier), shown)
