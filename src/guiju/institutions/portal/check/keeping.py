"""A check kept at the desk of whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from guiju.institutions.people.models import Person
from guiju.institutions.register.kept import is_kept, keep_check
from guiju.institutions.register.models import Check


def keep(request: HttpRequest, lang: str, key: str) -> HttpResponse:
    """Keep it, and on to where it stands at the desk."""
    assert isinstance(request.user, Person)
    kept = keep_check(request.user, key)
    return HttpResponseRedirect(reverse("kept-check", args=(lang, kept.public_id)))


def at_desk(request: HttpRequest, check: Check, lang: str) -> str | None:
    """Where a check stands at the reader's desk; empty where they do not keep it, None where nobody is signed in."""
    if not isinstance(request.user, Person):
        return None
    kept = is_kept(request.user, check)
    return reverse("kept-check", args=(lang, kept.public_id)) if kept else ""
