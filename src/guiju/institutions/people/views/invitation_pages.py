"""An invitation, opened by its link: read by whoever has the link, answered by whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from guiju.calendars import words
from guiju.institutions.hall.limits import limited
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people import invitations
from guiju.institutions.people.access import may
from guiju.institutions.people.errors import GoneError, PeopleError
from guiju.institutions.people.models import Invitation
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.views.asking import private_page, who
from guiju.institutions.people.views.words import name_of, organisation_href, post_in_words, term_in_words

TRIES_A_MINUTE = 60
"""How many invitations one client may open or answer in a minute: links cannot be guessed at leisure."""


@limited("invitation", TRIES_A_MINUTE)
def invitation(request: HttpRequest, lang: str, token: str) -> HttpResponse:
    """The page; once answered, on to what was taken up. Who is not signed in is led there and back."""
    mine = invitations.by_token(token)
    if mine is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, lang, mine)
    if not request.user.is_authenticated:
        back = urlencode({"next": request.path})
        return HttpResponseRedirect(f"{reverse('account_login')}?{back}")
    try:
        return _answered(request, lang, mine)
    except GoneError:
        return _shown(request, lang, Invitation.objects.get(pk=mine.pk))
    except PeopleError as problem:
        return _shown(request, lang, mine, problem)


def _answered(request: HttpRequest, lang: str, mine: Invitation) -> HttpResponse:
    say = sayer(lang)
    if request.POST.get("answer") == "decline":
        return shown_once(request, invitations.decline(mine, who(request)), f"/{lang}/desk/", say("people.declined-next"))
    if request.POST.get("answer") != "accept":
        raise PeopleError("people.answer-missing")
    receipt = invitations.accept(mine, who(request))
    if mine.seat is not None and not may(who(request), "body.read", mine.seat.body):
        to = f"/{lang}/desk/"  # a term that begins later: until then its body is closed to who took it
    elif mine.seat is not None:
        to = reverse("body", args=[lang, mine.seat.body.public_id])
    else:
        to = organisation_href(mine.organisation, lang)
    return shown_once(request, receipt, to, say("people.accepted-next"))


def _shown(request: HttpRequest, lang: str, mine: Invitation, problem: PeopleError | None = None) -> HttpResponse:
    """What it offers and until when; of one that is answered or over, who can give a new one."""
    say, state = sayer(lang), invitations.state_of(mine)
    organisation = name_in(mine.organisation.name, lang)
    fields: dict[str, Any] = {"organisation": organisation, "who": name_of(mine.by, lang)}
    if state != "open":
        gone = GoneError(f"people.invitation-{state}", **fields)
        status, title = 410, gone.message(lang)
        context = {"todo": gone.hint(lang)}
    else:
        offered = "people.invitation-seat-title" if mine.seat else "people.invitation-title"
        status, title = (getattr(problem, "status", 422) if problem else 200), say(offered, **fields)
        context = {"todo": ""}
    back = urlencode({"next": request.path})
    errors = [{"message": problem.message(lang), "hint": problem.hint(lang)}] if problem else []
    return private_page(
        request,
        "people/invitation.html.jinja",
        title=title,
        status=status,
        state=state,
        errors=errors,
        who=fields["who"],
        organisation=organisation,
        what=invitations.what_it_offers(mine, lang),
        seat=(post_in_words(mine.seat, lang), term_in_words(mine.seat, lang)) if mine.seat else None,
        until=words(mine.expires.date(), lang),
        account=who(request).email if request.user.is_authenticated else "",
        invited=mine.email,
        sign_in=f"{reverse('account_login')}?{back}",
        sign_up=f"{reverse('account_signup')}?{back}",
        **context,
    )
