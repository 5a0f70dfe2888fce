"""Several parties on one system: named by the one who answers for it, and asked to confirm."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.receipts import shown_once
from guiju.institutions.people.access import may, right
from guiju.institutions.people.models import Organisation
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.organisations import by_handle
from guiju.institutions.people.views.asking import Field, Typed, desk_crumb, private_page
from guiju.institutions.register import parties
from guiju.institutions.register.entries import current
from guiju.institutions.register.errors import RegisterError
from guiju.institutions.register.models import System, SystemParty
from guiju.institutions.register.parties import party_of, role_in_words
from guiju.institutions.register.results import roles_by_party
from guiju.institutions.register.systems import owner_of, system_of
from guiju.institutions.register.views.forms import asked, day_or_none, day_typed, form_of, onward, who
from guiju.institutions.register.views.party_rows import party_name, party_row
from guiju.institutions.register.views.systems import crumbs, system_name


@right(system_of, owner_of, GET="system.edit", POST="system.edit")
def new(request: HttpRequest, lang: str, system: System) -> HttpResponse:
    """Name a party: an organisation of this site by its handle, or one outside by its name."""
    say = sayer(lang)
    computed = _computed(system)
    names = sorted(parties.role_names(), key=lambda one: one not in computed)
    options = [
        (one, role_in_words(one, lang), say("registry.role-computed", who=computed[one]) if one in computed else "")
        for one in names
    ]
    fields = [
        Field("handle", say("registry.party-handle"), help=say("registry.party-handle-help"), attributes={"maxlength": 44}),
        Field("name", say("registry.party-name"), help=say("registry.party-name-help"), attributes={"maxlength": 200}),
        Field("since", say("registry.party-since"), "date", required=True),
        Field("until", say("registry.party-until"), "date", help=say("registry.party-until-help")),
        Field("roles", say("registry.party-roles"), "ticks", [], say("registry.party-roles-help"), options),
    ]
    back = reverse("system", args=(lang, system.public_id))
    form = form_of("party-new", fields, crumbs(system, lang, (say("registry.parties"), "")), back)

    def do(typed: Typed) -> HttpResponse:
        organisation = _organisation(typed["handle"])
        since, until = day_typed(typed["since"], "since"), day_or_none(typed["until"], "until")
        parties.name_party(system, organisation, typed["name"], typed["roles"], since, until)
        return onward(back)

    return asked(request, lang, form, do)


def _organisation(handle: str) -> Organisation | None:
    if not handle.strip():
        return None
    found = by_handle(handle.strip().lower().removeprefix("org:"))
    if found is None:
        raise RegisterError("registry.party-unknown", field="handle", got=handle.strip()[:44])
    return found


def _computed(system: System) -> dict[str, str]:
    """The roles that the last result gives some party, each with whose it is."""
    last = system.results.select_related("document").order_by("-number").first()
    found: dict[str, str] = {}
    for org, roles in (roles_by_party(last) if last else {}).items():
        for one in roles:
            found[one] = f"{found[one]}, {org}" if one in found else org
    return found


def _asked(party: SystemParty) -> Organisation | None:
    """Who is asked to confirm a part; of one outside, nobody of this site is."""
    return party.organisation


@right(party_of, _asked, GET="party.read", POST="party.answer")
def shown(request: HttpRequest, lang: str, party: SystemParty) -> HttpResponse:
    """What an organisation sees of a system that it was named for: its own part, and what is public."""
    system, say = party.system, sayer(lang)
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do not in ("accept", "decline"):
            raise RegisterError("registry.no-act")
        receipt = parties.answer_part(party, do == "accept", who(request))
        here = reverse("system-party", args=(lang, party.public_id))
        return shown_once(request, receipt, here, say("registry.party-answered-next"))
    entry = current(system)
    public = reverse("register-system", args=(lang, system.public_id)) if entry is not None else ""
    return private_page(
        request,
        "register/party.html.jinja",
        title=say("registry.party-title", name=system_name(system, lang)),
        crumbs=(desk_crumb(lang),),
        example=system.example,
        row=party_row(party, lang),
        owner=name_in(system.organisation.name, lang),
        public=public,
        may_answer=may(request.user, "party.answer", party.organisation),
    )


def _names(party: SystemParty) -> Organisation:
    """Whose system a party was named for."""
    return party.system.organisation


@right(party_of, _names, GET="system.edit", POST="system.edit")
def end(request: HttpRequest, lang: str, party: SystemParty) -> HttpResponse:
    """Say until when a party had its part."""
    system, say = party.system, sayer(lang)
    back = reverse("system", args=(lang, system.public_id))
    fields = [Field("until", say("registry.party-until"), "date", str(party.until or ""), required=True)]
    words_ = {"name": party_name(party, lang)}
    form = form_of("party-end", fields, crumbs(system, lang, (say("registry.parties"), "")), back, words_)

    def do(typed: Typed) -> HttpResponse:
        parties.end_part(party, day_typed(typed["until"], "until"))
        return onward(back)

    return asked(request, lang, form, do)
