"""The sign-off queue: the rules that no named person has read against the text, or has not since either changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup, escape

from guiju.institutions.hall.edition import facts_on, site_corpus, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.covering import queue_address, waiting
from guiju.institutions.rules.dates import Problem, problem_of
from guiju.institutions.rules.versions import versions_of
from guiju.institutions.rules.views import Views
from guiju.lookup import Words
from guiju.norms import Norm
from guiju.norms.sentences import title_words
from guiju.verify import Waiting
from guiju.wording import GuijuError, in_language, nearest

PER_PAGE: Final = 50
_LONGEST: Final = 100
"""Signs of what was typed that are said again."""


_NAME: Final = "\0"
_CHINESE: Final = re.compile("[\u3400-\u9fff]")


class QueueError(GuijuError):
    """An instrument that the rules do not hold."""

    status = 400


@dataclass(frozen=True, slots=True)
class WaitingView:
    """One rule that waits; ``fell``: who signed it when, and why that stands no longer; ``version``: which of several it is."""

    id: str
    title: str
    href: str
    summary: str
    force: str
    notes: Sequence[str]
    fell: Markup
    version: str


@require_safe
def queue(request: HttpRequest, lang: str) -> HttpResponse:
    """What waits for a named reader, fallen sign-offs first, fifty a page."""
    return _Queue(request, lang).answer()


class _Queue:
    """The queue in one language, of all instruments or of one."""

    def __init__(self, request: HttpRequest, lang: str) -> None:
        self.request = request
        self.lang = lang
        self.say = sayer(lang)
        self.corpus = site_corpus()
        self.words = Words(facts_on(site_today(), site_today()), lang)
        self.views = Views(self.words)
        typed = request.GET.get("instrument", "").strip()
        self.problem = None if not typed or typed in self.corpus.instruments else self._problem(typed)
        self.instrument = "" if self.problem else typed
        self.found = [one for one in waiting() if self.instrument in ("", one.norm.instrument)]

    def answer(self) -> HttpResponse:
        """The page."""
        last = max(1, -(-len(self.found) // PER_PAGE))
        number = self._page_number(last)
        start = (number - 1) * PER_PAGE
        shown = self.found[start : start + PER_PAGE]
        fallen = [one for one in shown if one.last is not None]
        signed, norms = self._signed()
        base = queue_address(self.lang, self.instrument)
        return page(
            self.request,
            "rules/signoff.html.jinja",
            title=self._title(number, last),
            status=400 if self.problem else 200,
            noindex=bool(self.problem),
            canonical=self.request.build_absolute_uri(queue_address(self.lang, self.instrument, number)),
            crumbs=self._crumbs(),
            problems=[self.problem] if self.problem else [],
            here=reverse("rules-signoff", args=(self.lang,)),
            instrument=self.instrument,
            instrument_title=self._instrument_title(),
            head=self._head(),
            choices=self._choices(),
            signed=signed,
            norms=norms,
            fallen=[self._view(one) for one in fallen],
            fallen_total=sum(one.last is not None for one in self.found),
            never=[self._view(one) for one in shown if one.last is None],
            total=len(self.found),
            start=start + 1,
            sample=next((one.norm.id for one in self.found), ""),
            number=number,
            last=last,
            pages_href=base + ("&" if "?" in base else "?") + "page=",
        )

    def _problem(self, typed: str) -> Problem:
        near = nearest(typed[:_LONGEST], self.corpus.instruments, limit=1)
        if near:
            title = title_words(self.corpus.instruments[near[0]], self.lang)
            found = QueueError("depth.no-such-instrument-but", got=typed[:_LONGEST], near=title)
        else:
            found = QueueError("depth.no-such-instrument", got=typed[:_LONGEST])
        return problem_of(found, "instrument", self.lang)

    def _title(self, number: int, last: int) -> str:
        total, titled = len(self.found), self._instrument_title()
        if not total:
            title = self.say("depth.signoff-none-of", title=titled) if titled else self.say("depth.signoff-none")
        elif titled:
            title = self.say("depth.signoff-title-of", count=total, title=titled)
        else:
            title = self.say("depth.signoff-title", count=total)
        return self.say("depth.title-page", title=title, number=number, last=last) if number > 1 else title

    def _head(self) -> str:
        total, titled = len(self.found), self._instrument_title()
        return self.say("depth.queue-of", title=titled, count=total) if titled else self.say("depth.queue", count=total)

    def _instrument_title(self) -> str:
        return title_words(self.corpus.instruments[self.instrument], self.lang) if self.instrument else ""

    def _crumbs(self) -> list[tuple[str, str]]:
        found = [(self.say("hall.place-rules"), reverse("rules", args=(self.lang,)))]
        if self.instrument:
            own = (self.say("depth.signoff-heading"), reverse("rules-signoff", args=(self.lang,)))
            return [*found, own, (self._instrument_title(), "")]
        return [*found, (self.say("depth.signoff-heading"), "")]

    def _choices(self) -> list[tuple[str, str]]:
        """Every instrument with rules to sign off: its id, and its title with how many of them wait."""
        held = {norm.instrument for norm in self._norms()}
        waits = [one.norm.instrument for one in waiting()]
        instruments = (one for one in sorted(self.corpus.instruments.values(), key=lambda one: one.id) if one.id in held)
        return [
            (one.id, self.say("depth.choice", title=title_words(one, self.lang), count=waits.count(one.id)))
            for one in instruments
        ]

    def _norms(self) -> list[Norm]:
        """What is signed off: every version of a rule, but none that rests on memory, nor the duty that a right gives."""
        return [norm for norm in self.corpus.all_norms() if norm.active and norm.of_right is None]

    def _signed(self) -> tuple[int, int]:
        norms = [norm for norm in self._norms() if self.instrument in ("", norm.instrument)]
        return sum(norm.reviewed is not None for norm in norms), len(norms)

    def _page_number(self, last: int) -> int:
        typed = self.request.GET.get("page", "1")
        return max(1, min(int(typed), last)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1

    def _view(self, one: Waiting) -> WaitingView:
        norm = one.norm
        since, href = self._version(norm)
        return WaitingView(
            id=norm.id,
            title=self.words.titled(norm),
            href=href,
            summary=in_language(norm.summary, self.lang),
            force=self.words.facts.force(norm),
            notes=(
                self.words.kind(norm),
                self.say("pages.chip-checked", what=self.words.one_of("checked", norm.checked.against)),
            ),
            fell=self._fell(one),
            version=since,
        )

    def _fell(self, one: Waiting) -> Markup:
        if one.last is None:
            return Markup("")
        said = self.say(f"depth.fell-{one.why}", by=_NAME, day=self.words.day(one.last.on))
        return self._person(one.last.by).join(escape(part) for part in said.split(_NAME))

    def _person(self, name: str) -> Markup:
        """A name, marked where it is not written as the page is."""
        written = "zh" if _CHINESE.search(name) else "en"
        return escape(name) if written == self.lang else Markup('<bdi lang="{}">{}</bdi>').format(written, name)

    def _version(self, norm: Norm) -> tuple[str, str]:
        """Since when this version stands, where the rule has several, and the address at which it is read."""
        for one, view in zip(self.corpus.norms[norm.id], versions_of(self.words, norm), strict=False):
            if one is norm:
                return view.since, view.href
        return "", self.views.linker.href(norm.id)
