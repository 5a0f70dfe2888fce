"""The example city: who is in it, the results to look at, and a check of one's own begun from an example."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guiju.calendars import parse_day, words
from guiju.institutions.demo.models import ExampleCheck
from guiju.institutions.demo.world import world
from guiju.institutions.hall.example_world import Entry, System
from guiju.institutions.hall.limits import limited
from guiju.institutions.hall.pages import page, sayer
from guiju.institutions.people import examples as people
from guiju.institutions.register import checks
from guiju.wording import GuijuError, in_language, join_words

STARTS_A_MINUTE: Final = 20
"""How many checks one client may begin from examples in a minute."""


class ExampleError(GuijuError):
    """An example that this database does not hold."""

    status = 404


@require_safe
def example(request: HttpRequest, lang: str) -> HttpResponse:
    """The page; there is none where the example world is not in this database.

    :raises ExampleError: where it is not.
    """
    here = {(one.system, one.lang): one for one in ExampleCheck.objects.all()}
    if not here:
        raise ExampleError("demo.no-world")
    found = [(one, here.get((one.entry.id, lang)) or here.get((one.entry.id, ""))) for one in world().systems]
    return page(
        request,
        "demo/example.html.jinja",
        title=sayer(lang)("demo.title", city=in_language(world().city.name, lang)),
        example=True,
        noindex=True,
        city=world().city,
        systems=[_system(one, seeded, lang) for one, seeded in found if seeded],
        cast=_cast(),
        committee=world().committee,
        seats=_seats(lang),
        secretary=world().person(world().committee.secretary),
        sign_in=world().people if may_sign_in(request) else (),
    )


@require_POST
@limited("check-example", STARTS_A_MINUTE)
def begin(request: HttpRequest, lang: str, system: str) -> HttpResponse:  # noqa: ARG001  # Django's signature
    """A check of the visitor's own, with what the example holds; the example stays as it is.

    :raises ExampleError: where this database holds no such example.
    """
    found = ExampleCheck.objects.filter(system=system, lang__in=(lang, "")).select_related("check_of__dossier").first()
    if found is None:
        raise ExampleError("demo.no-system")
    entry = next(one.entry for one in world().systems if one.entry.id == system)
    given = found.check_of
    name = in_language(entry.name, lang)
    _, key = checks.open_check(checks.dossier_of(given), checks.source_of(given), given.source_name, name)
    return HttpResponseRedirect(reverse("check-home", args=[lang, key]))


def may_sign_in(request: HttpRequest) -> bool:
    """Whether a visitor may sign in as somebody of the city: only in a demonstration, and only from this machine."""
    try:
        here = ip_address(request.META.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        here = False
    return bool(settings.DEMO) and here


@require_POST
def sign_in(request: HttpRequest, lang: str) -> HttpResponse:
    """The visitor is signed in as somebody of the city.

    :raises ExampleError: where this is no demonstration, or the city has nobody of that name.
    """
    person = people.person_of(request.POST.get("person", ""))
    if person is None or not may_sign_in(request):
        raise ExampleError("demo.no-sign-in")
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return HttpResponseRedirect(reverse("desk", args=[lang]))


def _system(one: System, seeded: ExampleCheck, lang: str) -> dict[str, Any]:
    results = [
        {**found, "day": words(parse_day(found["on"]), lang), "href": reverse("shared-result", args=[lang, found["token"]])}
        for found in seeded.results
    ]
    return {
        "entry": one.entry,
        "owner": world().organisation(one.entry.of),
        "results": results,
        "start": reverse("example-start", args=[lang, one.entry.id]),
        "card": bool(one.cards),
    }


def _cast() -> list[tuple[Entry, list[Entry]]]:
    """Organisations with their people, then who belongs to none; those of the committee stand with their seats."""
    seated = {one.person for one in world().committee.seats} | {world().committee.secretary}
    people = [one for one in world().people if one.id not in seated]
    found = [(one, [each for each in people if each.of == one.id]) for one in world().organisations]
    return found + [(one, []) for one in people if not one.of]


def _seats(lang: str) -> list[list[str]]:
    """The rows of the table of seats: who and what they are, as what, for which field, from where."""
    say = sayer(lang)
    rows = []
    for one in world().committee.seats:
        person = world().person(one.person)
        fields = join_words([say(f"demo.field-{field}") for field in one.fields], lang)
        outside = say("demo.from-outside" if one.outside else "demo.from-inside")
        about = in_language(person.about, lang)
        rows.append(
            [say("demo.seat", name=in_language(person.name, lang), about=about), say(f"demo.post-{one.post}"), fields, outside]
        )
    return rows
