"""Pages of accounts that are the house's own: the account, its details, its sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiju.institutions.people.accounts import has_second_factor, notices, oidc
from guiju.institutions.people.accounts.forms import Details
from guiju.institutions.people.accounts.pages import account_page
from guiju.institutions.people.accounts.sessions import end_others, end_session, sessions_of
from guiju.institutions.people.accounts.words import said

if TYPE_CHECKING:
    from guiju.institutions.people.models import Person


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """What the account is, and where each part of it is changed."""
    person = cast("Person", request.user)
    waiting = EmailAddress.objects.filter(user=person, verified=False).first()
    context = {
        "second_factor": has_second_factor(person),
        "waiting": waiting.email if waiting else "",
        "elsewhere": oidc.places(),
        "sessions": len(sessions_of(request, person)),
        "has_password": person.has_usable_password(),
    }
    return account_page(request, "overview", "overview", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def details(request: HttpRequest) -> HttpResponse:
    """Name, and language of letters."""
    person = cast("Person", request.user)
    form = Details(request.POST if request.method == "POST" else None, initial={"name": person.name, "lang": person.lang})
    if form.is_valid():
        person.name, person.lang = form.cleaned_data["name"], form.cleaned_data["lang"]
        person.save(update_fields=["name", "lang"])
        notices.leave(request, "", said("accounts.told-details"))
        return HttpResponseRedirect(reverse("account"))
    return account_page(request, "details", "details", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; one session or all others can be ended."""
    person = cast("Person", request.user)
    if request.method == "POST":
        which = request.POST.get("end", "")
        if which == "others":
            end_others(request, person)
            notices.leave(request, "", said("accounts.told-sessions-ended"))
        elif which.isdecimal() and len(which) < 19 and end_session(person, int(which)):
            notices.leave(request, "", said("accounts.told-session-ended"))
        return HttpResponseRedirect(reverse("usersessions_list"))
    return account_page(request, "sessions", "sessions", {"listed": sessions_of(request, person)})
