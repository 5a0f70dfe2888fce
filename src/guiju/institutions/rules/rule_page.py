"""Whatever one id names: an instrument, a norm, a provision with several norms, a legal event, a scheme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.addresses import identifier_at, rule_address
from guiju.institutions.rules.article import ArticleView, article_of, is_article
from guiju.institutions.rules.coming import moved_by
from guiju.institutions.rules.covering import account_of
from guiju.institutions.rules.dates import Chosen, chosen
from guiju.institutions.rules.views import IN_FULL, RowView, Views
from guiju.lookup import Words, place_of, tidy
from guiju.norms import Event, Instrument, Norm, Scheme, instrument_of, natural_key
from guiju.norms.model import Fold
from guiju.norms.provisions import within
from guiju.norms.sentences import kind_words, title_words
from guiju.wording import in_language, nearest

_CLOSING: Final = re.compile(r"[)\s]+$|\)")
_BETWEEN_LEVELS: Final = re.compile(r"\s*[/(]\s*")


def rule(request: HttpRequest, lang: str, identifier: str) -> HttpResponse:
    """One rule; an address where nothing stands says what is near."""
    if identifier.endswith("/"):
        return HttpResponsePermanentRedirect(rule_address(lang, identifier.rstrip("/")))
    return _Page(request, lang, identifier_at(identifier)).answer()


def _dotted(identifier: str) -> str:
    """``eu/ai-act/50/2`` and ``eu/ai-act/50(2)``, as people write a paragraph, as the id: ``eu/ai-act/50.2``."""
    place, _, rest = identifier.partition("/")
    instrument, _, number = rest.partition("/")
    levels = _BETWEEN_LEVELS.sub(".", _CLOSING.sub("", tidy(number)).replace("annex ", "annex-"))
    return f"{place}/{instrument}/{levels}"


class _Page:
    """The page of one id on the days asked for."""

    def __init__(self, request: HttpRequest, lang: str, identifier: str) -> None:
        self.request = request
        self.lang = lang
        self.identifier = identifier
        self.days: Chosen = chosen(request, lang)
        self.facts = self.days.facts
        self.corpus = self.facts.corpus
        self.words = Words(self.facts, lang)
        self.views = Views(self.words, self.days.query)
        self.say = sayer(lang)

    def answer(self) -> HttpResponse:
        """The page of what the id names."""
        wanted, corpus = self.identifier, self.corpus
        if wanted in corpus.instruments:
            return self.instrument(corpus.instruments[wanted])
        norms = self.facts.at(wanted) if "/" in wanted else []
        if len(norms) == 1:
            return self.norm(norms[0])
        own = next((one for one in norms if one.id == wanted), None)
        if own is not None and len(norms) > IN_FULL:  # else its own page could not be reached
            return self.norm(own, [one for one in norms if one is not own])
        if norms:
            return self.provision(norms)
        if wanted in corpus.events:
            return self.event(corpus.events[wanted])
        if wanted in corpus.schemes:
            return self.scheme(corpus.schemes[wanted])
        if any(place_of(one) == wanted for one in corpus.instruments):
            return HttpResponseRedirect(f"{reverse('rules', args=[self.lang])}?place={wanted}")
        dotted = _dotted(wanted)
        if dotted != wanted and self.facts.at(dotted):
            return HttpResponseRedirect(rule_address(self.lang, dotted) + self.days.query)
        return self.nothing()

    def page(self, template: str, *, title: str, about: str, crumbs: Sequence[tuple[str, str]], **context: Any) -> HttpResponse:
        """A page with its canonical address, its days and its place in the site."""
        canonical = self.request.build_absolute_uri(rule_address(self.lang, self.identifier))
        return page(
            self.request,
            template,
            title=title,
            status=self.days.status,
            about=about,
            canonical=canonical,
            crumbs=crumbs,
            days=self.days,
            identifier=self.identifier,
            noindex=bool(self.days.problems),
            **context,
        )

    def crumbs(self, instrument: Instrument | None = None, place: str = "") -> list[tuple[str, str]]:
        """Rules, the place, the instrument."""
        place = place or place_of(self.identifier)
        rules = f"/{self.lang}/rules/{self.days.query}"
        found = [(self.say("hall.place-rules"), rules)]
        if place in {place_of(one) for one in self.corpus.instruments}:
            found.append((self.words.one_of("place", place), f"{rules}#{place}"))
        if instrument is not None:
            found.append((title_words(instrument, self.lang), self.views.linker.href(instrument.id)))
        return found

    # -- norms -------------------------------------------------------------------------------------

    def norm(self, norm: Norm, beside: Sequence[Norm] = ()) -> HttpResponse:
        """One norm, with everything; ``beside``: what else stands in the provision that it has its id from."""
        full = self.views.full(norm)
        title = self.say("pages.norm-title", clause=full.titled, what=self.views.short(full.brief.summary), since=full.since)
        crumbs = [*self.crumbs(self.corpus.instruments[norm.instrument]), (full.brief.place, "")]
        whole = self._article([norm, *beside])
        others = [self.views.brief(one) for one in beside]
        return self.page(
            "rules/norm.html.jinja",
            title=title,
            about=full.brief.summary,
            crumbs=crumbs,
            norm=full,
            article=whole,
            beside=others,
        )

    def _article(self, norms: Sequence[Norm]) -> ArticleView | None:
        """What is said of an article as a whole; nothing on the page of a single paragraph."""
        return article_of(self.words, self.views.linker, self.identifier, norms) if is_article(self.identifier) else None

    def provision(self, norms: Sequence[Norm]) -> HttpResponse:
        """Several norms at one address: in full if they are few, else a list."""
        clause = self.words.clause(self.identifier)
        instrument = self.corpus.instruments[instrument_of(self.identifier)]
        briefs = [self.views.brief(one) for one in norms]
        return self.page(
            "rules/provision.html.jinja",
            title=self.say("pages.provision-title", clause=clause, count=len(norms), what=self.views.short(briefs[0].summary)),
            about=briefs[0].summary,
            crumbs=[*self.crumbs(instrument), (self.words.clause(self.identifier, instrument.id), "")],
            clause=clause,
            article=self._article(norms),
            full=[self.views.full(one) for one in norms] if len(norms) <= IN_FULL else [],
            briefs=briefs,
            paraphrase=self.views.rows.paraphrase(instrument),
        )

    # -- instruments -------------------------------------------------------------------------------

    def instrument(self, instrument: Instrument) -> HttpResponse:
        """An instrument: its state, its events, what of it is here, its norms by clause."""
        kind = self.corpus.kinds[f"{place_of(instrument.id)}/{instrument.kind}"]
        heading, status = title_words(instrument, self.lang, full=True), self.words.status(instrument)
        norms = [self.views.brief(one) for one in self.facts.of_instrument(instrument.id)]
        answering = [one for one in norms if not one.memory]
        return self.page(
            "rules/instrument.html.jinja",
            title=self.say("pages.instrument-title", title=heading, status=status),
            about=self.say("pages.instrument-title", title=heading, status=status),
            crumbs=[*self.crumbs(), (title_words(instrument, self.lang), "")],
            heading=heading,
            standing=status[:1].upper() + status[1:],
            force="hard" if kind.hard else "soft",
            number=in_language(instrument.number, self.lang),
            kind=in_language(kind.label, self.lang),
            kind_note=in_language(kind.note, self.lang),
            issuer=self.words.listed(map(self.words.name, instrument.issuer)),
            official=instrument.official or "",
            checked=self.views.rows.checked(instrument),
            time_line=self.views.time_line(instrument),
            norms=answering,
            parts_of=self.views.contents(instrument, answering) if instrument.contents else [],
            partly=[one for one in answering if one.left_out],
            memory=[one for one in norms if one.memory],
            not_covered=in_language(instrument.not_covered, self.lang),
            account=account_of(instrument.id, self.views.linker),
            paraphrase=self.views.rows.paraphrase(instrument),
        )

    # -- events and schemes ------------------------------------------------------------------------

    def event(self, event: Event) -> HttpResponse:
        """A legal event: what it does, on which days, to which rules."""
        instrument = self.corpus.instruments[event.instrument]
        _, *rest = self.words.event(event)
        first = self.views.what_happens(event)
        when, views = self.words.when_of(event), self.views
        links = views.linker
        rows = (
            views.row("event-kind", self.words.one_of("event", event.kind)),
            views.row("day", when),
            views.row("classes", *rest),
            views.row("known", self.words.day(event.known)),
            views.row("effect", self.words.day(event.effect) if event.effect else ""),
            views.row("targets", *(links.clause(one) for one in dict.fromkeys(event.targets.ids))),
            views.row("except", *(links.clause(one) for one in dict.fromkeys(event.targets.excepted))),
            RowView(self.say("pages.basis"), views.clauses([event.basis]), tree=False) if event.basis else None,
            views.row("checked", views.rows.checked(event)),
        )
        void, later = self.facts.program.void.get(event.id), moved_by(self.facts).get(event.id)
        moved = later and self.say("coming.moved", days=self.words.when_of(later), known=self.words.day(later.known))
        return self.page(
            "rules/event.html.jinja",
            title=self._event_title(event, when),
            about=first,
            crumbs=[*self.crumbs(instrument), (self.words.one_of("event", event.kind), "")],
            heading=self.say("pages.event-heading", title=title_words(instrument, self.lang), what=first),
            rows=[one for one in rows if one],
            not_yet=event.known > self.days.known,
            void=bool(void),
            moved=(moved, self.views.linker.href(later.id)) if moved and later else None,
            paraphrase=views.rows.paraphrase(instrument),
        )

    def _event_title(self, event: Event, when: str) -> str:
        """What happens to which instrument, and on which day where that is not said already."""
        what = self.views.what_happens(event)
        code = "pages.event-heading" if when in what else "pages.event-title"
        title = title_words(self.corpus.instruments[event.instrument], self.lang)
        return self.say(code, title=title, what=self.views.short(what), day=when)

    def scheme(self, scheme: Scheme) -> HttpResponse:
        """A scheme: its grades from the mildest to the gravest, each with its condition."""
        label = in_language(scheme.label, self.lang) or scheme.id
        grades = [in_language(scheme.labels.get(one), self.lang) or one for one in scheme.order]
        rows = [row for fold in (scheme.rows, scheme.object) if fold for row in self._grades(scheme, fold)]
        return self.page(
            "rules/scheme.html.jinja",
            title=self.say("pages.scheme-title", label=label, count=len(grades)),
            about=self.words.say("scheme-order", grades=" → ".join(grades)),
            crumbs=[*self.crumbs(place="eu" if scheme.id.startswith("eu") else ""), (label, "")],
            heading=label,
            grades=grades,
            rows=rows,
        )

    def _grades(self, scheme: Scheme, fold: Fold) -> list[RowView]:
        relation = self.corpus.vocabulary.declared.get(fold.over) if fold is scheme.rows else None
        kind = relation.to if relation else fold.over
        found = []
        for grade, condition in fold.when:
            label = in_language(scheme.labels.get(grade), self.lang) or grade
            head = self.say("pages.graded-row" if relation else "pages.graded", grade=label, about=kind_words(kind, self.lang))
            mentions = self.views.linker.of_condition(condition, kind)
            found.append(RowView(head, self.views.linker.lines(self.words.condition(condition, kind), mentions), tree=True))
        return found

    # -- nothing -----------------------------------------------------------------------------------

    def nothing(self) -> HttpResponse:
        """Status 404, with what stands near: the norms beside it, or rules whose ids are alike."""
        home = self.corpus.instruments.get(instrument_of(self.identifier))
        near = self._beside(home) if home else nearest(self.identifier, [*self.corpus.instruments, *self.corpus.norms], limit=5)
        asked = self.words.clause(self.identifier) if home else self.identifier
        links = [self.views.linker.clause(one) for one in near]
        return page(
            self.request,
            "rules/nothing.html.jinja",
            title=self.say("pages.nothing-title", asked=asked),
            status=404,
            noindex=True,
            crumbs=self.crumbs(home),
            not_covered=in_language(home.not_covered, self.lang) if home else "",
            official=(home.official or "") if home else "",
            home=self.views.linker.clause(home.id) if home else Markup(""),
            near=links,
        )

    def _beside(self, home: Instrument) -> list[str]:
        norms = [norm.id for norm in self.facts.of_instrument(home.id)]
        article = self.identifier.partition("#")[0].partition(".")[0]
        same = [one for one in norms if within(one, article)]
        ordered = sorted([*norms, self.identifier], key=natural_key)
        at = ordered.index(self.identifier)
        return same[:5] or [*ordered[max(0, at - 2) : at], *ordered[at + 1 : at + 3]]
