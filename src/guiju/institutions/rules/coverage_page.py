"""How far the rules go: what became of every paragraph of the instruments accounted for, and what the rules rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.addresses import rule_address
from guiju.institutions.rules.covering import accounts, figures_of, unaccounted_words, waiting
from guiju.lookup import place_of
from guiju.norms.sentences import title_words
from guiju.verify import COLUMNS, Covered, Figures, share
from guiju.wording import fill

_CLASSES: Final = ("full-text", "excerpt", "secondary", "memory")
"""By what a rule was checked, the surest first."""

_ACCOUNT: Final = "coverage"
"""Where on the page of an instrument its account stands."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What of an instrument nothing is said of."""

    title: str
    href: str
    places: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its number in every place, and what it means for a reader."""

    name: str
    numbers: Sequence[Markup]
    meaning: str


@require_safe
def how_far(request: HttpRequest, lang: str) -> HttpResponse:
    """The account of every instrument that has one, those that have none yet, and the figures of every place."""
    say, corpus = sayer(lang), site_corpus()
    found = list(accounts().values())
    operative, encoded = sum(one.operative for one in found), sum(one.encoded for one in found)
    places = list(dict.fromkeys(place_of(one) for one in sorted(corpus.instruments)))
    title = (
        say("depth.coverage-title", count=len(found), share=share(encoded, operative)) if found else say("depth.coverage-none")
    )
    return page(
        request,
        "rules/coverage.html.jinja",
        title=title,
        canonical=request.build_absolute_uri(reverse("rules-coverage", args=(lang,))),
        crumbs=((say("hall.place-rules"), reverse("rules", args=(lang,))), (say("depth.coverage-heading"), "")),
        rows=[_row(one, lang) for one in found],
        sums=_sums(found, lang),
        gaps=[_gap(one, lang) for one in found if one.unaccounted],
        uncounted=_uncounted(lang),
        jurisdictions=[fill(f"rules.place.{place}", lang, "message", {}) for place in places],
        figures=_figures([figures_of(place) for place in places], lang),
        waiting=len(waiting()),
    )


# -- paragraph by paragraph ----------------------------------------------------------------------------------------------------


def _row(one: Covered, lang: str) -> list[object]:
    title = title_words(site_corpus().instruments[one.instrument], lang)
    link = Markup('<a href="{}#{}">{}</a>').format(rule_address(lang, one.instrument), _ACCOUNT, title)
    numbers = (len(one.units), one.aside, one.operative, *(one.counts[state] for state in COLUMNS))
    return [link, *numbers, share(one.encoded, one.operative)]


def _sums(found: Sequence[Covered], lang: str) -> list[object]:
    columns = [(len(one.units), one.aside, one.operative, *(one.counts[state] for state in COLUMNS)) for one in found]
    encoded, operative = (sum(numbers) for numbers in ((one.encoded for one in found), (one.operative for one in found)))
    name = Markup("<strong>{}</strong>").format(sayer(lang)("depth.sum"))
    return [name, *map(sum, zip(*columns, strict=True)), share(encoded, operative)]


def _gap(one: Covered, lang: str) -> Gap:
    title = title_words(site_corpus().instruments[one.instrument], lang)
    return Gap(title, f"{rule_address(lang, one.instrument)}#{_ACCOUNT}", unaccounted_words(one, lang))


def _uncounted(lang: str) -> list[tuple[str, str, str]]:
    """The instruments without an account: title, address, how many rules of each there are."""
    corpus, held = site_corpus(), accounts()
    norms = [norm.instrument for versions in corpus.norms.values() for norm in versions[-1:] if norm.active]
    return [
        (title_words(one, lang, full=True), f"{rule_address(lang, one.id)}#{_ACCOUNT}", _counted(norms.count(one.id), lang))
        for one in sorted(corpus.instruments.values(), key=lambda one: one.id)
        if one.id not in held
    ]


def _counted(count: int, lang: str) -> str:
    if not count:
        return sayer(lang)("depth.rules-none")
    return sayer(lang)("pages.rule-count-one") if count == 1 else sayer(lang)("pages.rule-count-many", count=count)


# -- the figures of the places -------------------------------------------------------------------------------------------------


def _figures(found: Sequence[Figures], lang: str) -> list[Figure]:
    say = sayer(lang)

    def part(some: int, whole: int) -> Markup:
        if not whole:
            return Markup("<span>{}</span>").format(say("depth.of-none"))
        return Markup("<span><strong>{}</strong> <small>{}</small></span>").format(
            share(some, whole), say("depth.of", part=some, whole=whole)
        )

    checked = [
        Figure(
            say(f"depth.checked-{one}"),
            [part(place.checked[one], place.checked.total()) for place in found],
            say(f"depth.means-{one}"),
        )
        for one in _CLASSES
    ]
    return [
        *checked,
        Figure(say("depth.signed"), [part(one.reviewed, one.norms) for one in found], say("depth.means-signed")),
        Figure(say("depth.shared"), [part(one.measures_shared, one.measures) for one in found], say("depth.means-shared")),
        Figure(say("depth.scope"), [part(one.scope_only, one.conditions) for one in found], say("depth.means-scope")),
        Figure(say("depth.judged"), [part(one.by_judgement, one.conditions) for one in found], say("depth.means-judged")),
    ]
