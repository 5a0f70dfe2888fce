"""The definitions of the law, and the page of every name: what it means, who defines it, where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.institutions.hall.edition import facts_on, search_on, site_today
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.rules.addresses import term_address
from guiju.institutions.rules.naming import Namer
from guiju.lookup import Facts, Words, place_of, tidy
from guiju.norms import Declared, natural_key
from guiju.norms.sentences import kind_words, name_words, title_words
from guiju.wording import GuijuError, nearest

_KINDS: Final = ("term", "judgement", "fact", "measure", "event", "position", "relation")
_ON_A_PAGE: Final = 100
_LONGEST: Final = 200


class UnknownNameError(GuijuError):
    """A name that the rules do not hold."""

    status = 404


class FilterError(GuijuError):
    """A filter that there is not."""

    status = 400


@require_safe
def definitions(request: HttpRequest, lang: str) -> HttpResponse:
    """The definitions by law; facts, measures and judgements by kind; found by words where some are typed."""
    today = site_today()
    facts, say = facts_on(today, today), sayer(lang)
    typed = request.GET.get("q", "").strip()[:_LONGEST]
    kind, place = request.GET.get("kind", ""), request.GET.get("place", "")
    if kind and kind not in _KINDS:
        raise FilterError("terms.no-such-kind", got=kind)
    if place and place not in {place_of(one) for one in facts.corpus.instruments}:
        raise FilterError("coming.no-such-place", got=place)
    found = _found(facts, typed) if typed else sorted(facts.corpus.vocabulary.entries(), key=lambda one: natural_key(one.name))
    found = [one for one in found if not place or place in _places_of(facts, one)]
    counts = {one: sum(entry.kind == one for entry in found) for one in _KINDS}
    shown_kind = kind or ("" if typed else "term")
    found = [one for one in found if not shown_kind or one.kind == shown_kind]
    number, last = _page(request.GET.get("page", "1"), len(found))
    base = reverse("terms", args=(lang,))
    chosen = {"q": typed, "place": place, "kind": kind}

    def address(**other: str) -> str:
        kept = {key: value for key, value in {**chosen, **other}.items() if value}
        return base + (f"?{urlencode(kept)}" if kept else "")

    rows = found[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE] if shown_kind != "term" else found
    words = Words(facts, lang)
    return page(
        request,
        "rules/terms.html.jinja",
        title=_list_title(lang, typed, shown_kind, len(found)),
        crumbs=((say("hall.place-rules"), reverse("rules", args=(lang,))), (say("terms.name"), "")),
        typed=typed,
        kind=kind,
        chosen_place=place,
        here=base,
        kinds=[(one, words.one_of("name-kind", one), counts[one], address(kind=one)) for one in _KINDS if counts[one]],
        everything=address(kind=""),
        all_places=[(one, words.one_of("place", one)) for one in sorted({place_of(one) for one in facts.corpus.instruments})],
        groups=_by_law(facts, rows, lang) if shown_kind == "term" else [("", "", _rows(facts, rows, lang))] if rows else [],
        number=number,
        last=1 if shown_kind == "term" else last,
        pages_href=address() + ("&" if "?" in address() else "?") + "page=",
        shown_kind=shown_kind,
    )


def _found(facts: Facts, typed: str) -> list[Declared]:
    declared = facts.corpus.vocabulary.declared
    _, hits = search_on(facts.on, facts.known).find(typed)
    return [declared[hit.id] for hit in hits if hit.kind == "name"]


def _places_of(facts: Facts, one: Declared) -> set[str]:
    """The places whose rules use a name, or whose law the name says it is of."""
    used = {place_of(norm) for norm, _ in facts.uses.get(one.name, ())}
    return used or {one.name.split(".")[0]}


def _page(typed: str, total: int) -> tuple[int, int]:
    last = max(1, -(-total // _ON_A_PAGE))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return min(max(number, 1), last), last


def _list_title(lang: str, typed: str, kind: str, count: int) -> str:
    say = sayer(lang)
    if typed:
        return say("terms.title-found" if count else "terms.title-nothing", typed=typed, count=count)
    if kind == "term":
        return say("terms.title-terms", count=count)
    return say("terms.title-kind", count=count, kind=Words(facts_on(site_today(), site_today()), lang).one_of("name-kind", kind))


def _by_law(facts: Facts, found: Iterable[Declared], lang: str) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """The terms under the law that makes them; one of no law stands last."""
    groups: dict[str, list[Declared]] = {}
    for one in found:
        makers = facts.makers(one.name)
        groups.setdefault(makers[0].instrument if makers else "", []).append(one)
    order = [one for one in facts.corpus.instruments if one in groups] + ([""] if "" in groups else [])
    instruments = facts.corpus.instruments
    return [
        (identifier, title_words(instruments[identifier], lang) if identifier else "", _rows(facts, groups[identifier], lang))
        for identifier in order
    ]


def _rows(facts: Facts, found: Iterable[Declared], lang: str) -> list[dict[str, Any]]:
    words = Words(facts, lang)
    return [
        {
            "label": name_words(one, lang),
            "href": term_address(lang, one.name),
            "kind": words.one_of("name-kind", one.kind),
            "about": kind_words(one.object, lang),
            "clauses": words.listed(dict.fromkeys(words.clause(norm.id, norm.instrument) for norm in facts.makers(one.name))),
            "used": len({norm for norm, role in facts.uses.get(one.name, ()) if role not in ("makes", "ends")}),
        }
        for one in found
    ]


@require_safe
def one_name(request: HttpRequest, lang: str, name: str) -> HttpResponse:
    """One name of the rules, with another beside it where ``with`` names one or a law defines the same concept."""
    today = site_today()
    facts, say = facts_on(today, today), sayer(lang)
    one = _declared(facts, name)
    if one.name != name:
        return HttpResponseRedirect(term_address(lang, one.name))
    other = request.GET.get("with", "").strip()
    namer = Namer(facts, lang)
    return page(
        request,
        "rules/term.html.jinja",
        title=namer.title(one),
        crumbs=(
            (say("hall.place-rules"), reverse("rules", args=(lang,))),
            (say("terms.name"), reverse("terms", args=(lang,))),
            (name_words(one, lang), ""),
        ),
        **namer.told(one),
        compared=namer.compared(one, _declared(facts, other) if other else None),
        counterparts=namer.counterparts(one),
        partners=namer.partners(one),
        chosen=other,
        here=term_address(lang, one.name),
    )


def _declared(facts: Facts, name: str) -> Declared:
    declared = facts.corpus.vocabulary.declared
    if name not in declared:
        raise UnknownNameError(
            "terms.unknown", got=name[:_LONGEST], near=nearest(tidy(name[:_LONGEST]), sorted(declared), limit=3)
        )
    return declared[name]
