"""Keeping the site: identifiers that wait to be confirmed, and organisations that are one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from guiju.calendars import words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import merging, organisations
from guiju.institutions.people.access import opened, right
from guiju.institutions.people.models import Identifier
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import Field, Form, Typed, asked, desk_crumb, private_page, who
from guiju.institutions.people.views.words import identifier_in_words, organisation_href

MOST_SHOWN = 200


def _crumb(lang: str) -> tuple[str, str]:
    return sayer(lang)("people.keeping-title"), f"/{lang}/desk/keeping/"


@right(lambda: None, GET="site.keep")
def keeping(request: HttpRequest, lang: str, _site: None) -> HttpResponse:
    """What waits for a keeper."""
    waiting = Identifier.objects.filter(confirmed=None).select_related("organisation").order_by("declared")[:MOST_SHOWN]
    return private_page(
        request,
        "people/keeping.html.jinja",
        title=sayer(lang)("people.keeping-title"),
        crumbs=[desk_crumb(lang)],
        waiting=[
            {
                "id": one.pk,
                "words": identifier_in_words(one, lang),
                "organisation": name_in(one.organisation.name, lang),
                "org": one.organisation.org,
                "since": words(one.declared.date(), lang),
            }
            for one in waiting
        ],
    )


def _find(number: int) -> Identifier:
    found: Identifier = opened(Identifier.objects.select_related("organisation").filter(pk=number).first())
    return found


@right(_find, lambda _: None, GET="identifier.confirm", POST="identifier.confirm")
def confirm(request: HttpRequest, lang: str, one: Identifier) -> HttpResponse:
    """Confirm an identifier, with what was looked at."""
    say = sayer(lang)
    ground = Field(
        "ground",
        say("people.ground"),
        help=say("people.ground-help"),
        required=True,
        attributes={"maxlength": organisations.LONGEST_GROUND},
    )
    told = {"organisation": name_in(one.organisation.name, lang), "identifier": identifier_in_words(one, lang)}
    form = Form("confirm", [ground], [desk_crumb(lang), _crumb(lang)], _crumb(lang)[1], told)

    def do(typed: Typed) -> HttpResponse:
        return shown_once(request, organisations.confirm(one, who(request), typed["ground"]), _crumb(lang)[1])

    return asked(request, lang, form, do)


@right(lambda: None, GET="organisation.merge", POST="organisation.merge")
def merge(request: HttpRequest, lang: str, _site: None) -> HttpResponse:
    """Merge two organisations that are one: named, then shown once more, then done."""
    say = sayer(lang)
    plain = {"maxlength": 44, "autocapitalize": "none", "spellcheck": "false"}
    fields = [
        Field("one", say("people.merge-one"), help=say("people.merge-one-help"), required=True, attributes=plain),
        Field("into", say("people.merge-into"), help=say("people.merge-into-help"), required=True, attributes=plain),
        Field("ground", say("people.ground"), help=say("people.merge-ground-help"), required=True, attributes={"maxlength": 200}),
        Field("sure", say("people.merge-sure"), "ticks", [], options=[("1", say("people.merge-sure-yes"), "")]),
    ]
    form = Form("merge", fields, [desk_crumb(lang), _crumb(lang)], _crumb(lang)[1])

    def do(typed: Typed) -> HttpResponse:
        one, into = merging.read_pair(typed["one"], typed["into"])
        receipt = merging.merge(one, into, who(request), typed["ground"], sure=bool(typed["sure"]))
        return shown_once(request, receipt, organisation_href(into, lang))

    return asked(request, lang, form, do)
