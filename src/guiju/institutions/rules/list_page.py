"""The rules as a list: instruments by place, or what a search found, narrowed by what the address says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from guiju.institutions.hall.edition import search_on
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.addresses import term_address
from guiju.institutions.rules.dates import Chosen, Problem, chosen, problem_of
from guiju.institutions.rules.views import Views
from guiju.lookup import Hit, Query, Search, Words, instrument_status, place_of, tidy
from guiju.norms.model import NORM_KINDS
from guiju.norms.sentences import kind_words, name_words, title_words
from guiju.wording import GuijuError, in_language

PER_PAGE: Final = 20
LONGEST: Final = 200
"""Signs of the longest search."""

FACETS: Final = ("place", "kind", "force", "standing")
"""What narrows a search, in the order shown."""

_STANDINGS: Final = ("applies", "by-class", "in-steps", "upcoming", "suspended", "ended", "unknown", "no-law-yet")
_KINDS: Final = ("instrument", *NORM_KINDS, "name")

_NEWS: Final = re.compile(
    r"\b(?:new|news|latest|recent|recently|updates?|what(?: has|'s)? changed|changes)\b|最新|新规|更新|变化|变动|近期"
)
"""Words by which people ask what changed, which the calendar answers and no rule."""


class SearchError(GuijuError):
    """A search that cannot be made."""

    status = 400


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found."""

    title: str
    href: str
    summary: str
    notes: tuple[str, ...]
    force: str
    memory: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many it leaves, and the address that chooses it or lets go of it."""

    label: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument in the list."""

    title: str
    href: str
    force: str
    notes: tuple[str, ...]


def rules(request: HttpRequest, lang: str) -> HttpResponse:
    """Search box; then the instruments by place, or what was found."""
    return _List(request, lang).answer()


class _List:
    """The list on the days asked for."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        self.request = request
        self.lang = lang
        self.say = sayer(lang)
        self.days: Chosen = chosen(request, lang)
        self.facts = self.days.facts
        self.corpus = self.facts.corpus
        self.words = Words(self.facts, lang)
        self.views = Views(self.words, self.days.query)
        self.typed = request.GET.get("q", "").strip()
        self.filters = {one: value for one in FACETS if (value := request.GET.get(one, ""))}

    def answer(self) -> HttpResponse:
        """The page."""
        problems = [*self.days.problems, *self._problems()]
        asks = bool(tidy(self.typed)) or bool(self.filters)
        context = self._results() if asks and not problems else self._overview()
        heading = self.say("pages.rules-heading")
        return page(
            self.request,
            "rules/list.html.jinja",
            title=self._title(context),
            status=400 if problems else 200,
            noindex=asks or bool(problems),
            heading=heading,
            typed=self.typed,
            filters=self.filters,
            days=self.days,
            problems=problems,
            typed_error=next((one.beside for one in problems if one.field == "q"), ""),
            canonical=self.request.build_absolute_uri(f"/{self.lang}/rules/"),
            **context,
        )

    def _title(self, context: dict[str, object]) -> str:
        if "found" not in context:
            norms = sum(norm.active for norm in self.facts.norms.values())
            return self.say("pages.rules-title", instruments=len(self.corpus.instruments), norms=norms)
        if not tidy(self.typed):
            return self.say("pages.listed-title", count=context["total"])
        if self._is_near:
            return self.say("pages.found-near", query=self.typed)
        return self.say("pages.found-title" if context["total"] else "pages.found-none", query=self.typed, count=context["total"])

    def _problems(self) -> list[Problem]:
        found = []
        if len(self.typed) > LONGEST:
            found.append(problem_of(SearchError("pages.too-long", most=LONGEST), "q", self.lang))
        for facet, value in self.filters.items():
            if value not in self._values(facet):
                found.append(problem_of(SearchError("pages.unknown-filter", got=value), "", self.lang))
        return found

    def _values(self, facet: str) -> Sequence[str]:
        if facet == "place":
            return [*dict.fromkeys(place_of(one) for one in self.corpus.instruments), "base"]
        return {"kind": _KINDS, "force": ("hard", "soft"), "standing": _STANDINGS}[facet]

    # -- the instruments by place ------------------------------------------------------------------

    def _overview(self) -> dict[str, object]:
        found: dict[str, list[InstrumentView]] = {}
        for one in sorted(self.corpus.instruments.values(), key=lambda one: one.id):
            kind = self.corpus.kinds[f"{place_of(one.id)}/{one.kind}"]
            norms = self.facts.of_instrument(one.id)
            active = sum(norm.active for norm in norms)
            notes = [in_language(kind.label, self.lang), self.words.status(one)]
            counted = self.say("pages.rule-count-one") if active == 1 else self.say("pages.rule-count-many", count=active)
            notes.append(counted if norms else self.words.say("covered-none"))
            if active < len(norms):
                notes.append(self.words.say("memory-count", count=len(norms) - active))
            view = InstrumentView(
                title_words(one, self.lang, full=True),
                self.views.linker.href(one.id),
                "hard" if kind.hard else "soft",
                tuple(notes),
            )
            found.setdefault(place_of(one.id), []).append(view)
        schemes = [
            (in_language(one.label, self.lang) or one.id, self.views.linker.href(one.id)) for one in self.corpus.schemes.values()
        ]
        groups = [(place, self.words.one_of("place", place), views) for place, views in found.items()]
        return {"groups": groups, "schemes": schemes}

    # -- what was found ----------------------------------------------------------------------------

    def _results(self) -> dict[str, object]:
        hits = self._hits()
        traits = {(hit.kind, hit.id): self._traits(hit) for hit in hits}
        kept = [hit for hit in hits if self._fits(traits[hit.kind, hit.id])]
        last = max(1, -(-len(kept) // PER_PAGE))
        number = self._page_number(last)
        shown = kept[(number - 1) * PER_PAGE : number * PER_PAGE]
        return {
            "found": [self._found(hit) for hit in shown],
            "total": len(kept),
            "number": number,
            "last": last,
            "pages_href": self._address(self.filters, end="page="),
            "facets": [(self.say(f"pages.facet-{facet}"), self._choices(facet, list(traits.values()))) for facet in FACETS],
            "unfiltered": self._address({}) if self.filters else "",
            "outside": len(hits) - len(kept),
            "tries": [(words, f"/{self.lang}/rules/?{urlencode({'q': words})}") for words in self._tries()],
            "placed": self.words.listed(".".join(place) for place in self._query().places),
            "noted": self._noted(),
            "asks_what_is_new": bool(_NEWS.search(tidy(self.typed))),
        }

    def _noted(self) -> list[str]:
        """What has to be said of the search before what it found: words taken for others, what is not here, what is only near."""
        found = [self.words.say("corrected", typed=typed, near=near) for typed, near in self._query().corrected]
        if name := self._search.not_held(self.typed):
            at = tidy(self.typed).find(name)
            shown = self.typed[at : at + len(name)] if at >= 0 and len(tidy(self.typed)) == len(self.typed) else name
            found.append(self.say("pages.not-held", name=shown))
        return [*found, *([self.say("pages.only-near")] if self._is_near else [])]

    def _tries(self) -> tuple[str, ...]:
        return tuple(self.say(f"pages.try-{one}") for one in ("number", "place", "words"))

    def _query(self) -> Query:
        return self._searched[0]

    @cached_property
    def _search(self) -> Search:
        return search_on(self.days.on, self.days.known)

    @cached_property
    def _searched(self) -> tuple[Query, list[Hit], bool]:
        """The query, what was found, and whether that has only some of its words, since nothing has enough of them."""
        query, hits = self._search.find(self.typed)
        near = [] if hits or query.places else self._search.nearest(query)
        return query, hits or near, bool(near)

    @property
    def _is_near(self) -> bool:
        return self._searched[2]

    def _hits(self) -> list[Hit]:
        if tidy(self.typed):
            return self._searched[1]
        instruments = [Hit("instrument", one, 0) for one in sorted(self.corpus.instruments)]
        norms = [Hit("norm", one, 0) for one in self.facts.norms]
        names = [Hit("name", one.name, 0) for one in self.corpus.vocabulary.entries()]
        return [*instruments, *norms, *(names if self.filters.get("kind") == "name" else ())]

    def _traits(self, hit: Hit) -> dict[str, str]:
        """What facets ask about one thing found; a facet that says nothing of it is left out."""
        if hit.kind == "norm":
            norm = self.facts.norms[hit.id]
            return {
                "place": place_of(hit.id),
                "kind": norm.kind,
                "force": self.facts.force(norm),
                "standing": self.facts.days(norm).status,
            }
        if hit.kind == "instrument":
            one = self.corpus.instruments[hit.id]
            hard = self.corpus.kinds[f"{place_of(one.id)}/{one.kind}"].hard
            standing = instrument_status(self.facts, one)
            return {"place": place_of(hit.id), "kind": "instrument", "force": "hard" if hard else "soft", "standing": standing}
        prefix = hit.id.partition(".")[0] if "." in hit.id else "base"
        return {"place": prefix, "kind": "name"}

    def _fits(self, traits: dict[str, str], but: str = "") -> bool:
        return all(traits.get(facet) == value for facet, value in self.filters.items() if facet != but)

    def _choices(self, facet: str, traits: Sequence[dict[str, str]]) -> list[Choice]:
        found = [one[facet] for one in traits if facet in one and self._fits(one, facet)]
        current = self.filters.get(facet)
        choices = []
        for value in self._values(facet):
            if value in found or value == current:
                others = {name: one for name, one in self.filters.items() if name != facet}
                href = self._address(others if value == current else {**others, facet: value})
                choices.append(Choice(self._label(facet, value), found.count(value), href, value == current))
        return choices

    def _label(self, facet: str, value: str) -> str:
        if facet == "kind":
            return self.say(f"pages.kind-{value}") if value in ("instrument", "name") else self.words.one_of("kind", value)
        if facet == "standing":
            return self.say("pages.in-steps") if value == "in-steps" else self.words.one_of("status-word", value)
        return self.words.one_of(facet, value)

    def _address(self, filters: dict[str, str], end: str = "") -> str:
        parts = {**({"q": self.typed} if self.typed else {}), **filters, **self.days.given}
        query = urlencode(parts)
        return f"/{self.lang}/rules/?{query}{'&' if query and end else ''}{end}"

    def _page_number(self, last: int) -> int:
        typed = self.request.GET.get("page", "1")
        return max(1, min(int(typed), last)) if typed.isdecimal() and len(typed) < 6 else 1

    def _found(self, hit: Hit) -> Found:
        if hit.kind == "norm":
            norm = self.facts.norms[hit.id]
            brief = self.views.brief(norm)
            notes = (brief.kind, brief.days, *((self.words.say("memory-short"),) if brief.memory else ()))
            return Found(self.words.clause(norm.id), brief.href, brief.summary, notes, brief.force, brief.memory)
        if hit.kind == "instrument":
            one = self.corpus.instruments[hit.id]
            kind = self.corpus.kinds[f"{place_of(one.id)}/{one.kind}"]
            notes = (in_language(kind.label, self.lang), self.words.status(one))
            title = title_words(one, self.lang, full=True)
            return Found(title, self.views.linker.href(one.id), "", notes, "hard" if kind.hard else "soft", memory=False)
        declared = self.corpus.vocabulary.declared[hit.id]
        kind_of_name = self.words.one_of("name-kind", declared.kind)
        note = self.words.say("name-line", kind=kind_of_name, about=kind_words(declared.object, self.lang))
        address = term_address(self.lang, declared.name) + self.days.query
        return Found(name_words(declared, self.lang), address, "", (note,), "", memory=False)
