"""Parties of a system in words."""

from __future__ import annotations

from typing import Any

from guiju.calendars import words
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.naming import name_in
from guiju.institutions.register.models import SystemParty
from guiju.institutions.register.parties import role_in_words
from guiju.wording import join_words


def party_name(party: SystemParty, lang: str) -> str:
    """What a party is called."""
    if party.organisation is None:
        return party.name
    return name_in(party.organisation.name, lang)


def party_row(party: SystemParty, lang: str) -> dict[str, Any]:
    """A party in words: its roles, since when, and whether it has confirmed them."""
    say = sayer(lang)
    state = "outside" if party.organisation is None else party.answer or "asked"
    return {
        "party": party,
        "name": party_name(party, lang),
        "roles": join_words([role_in_words(one, lang) for one in party.roles], lang),
        "since": words(party.since, lang),
        "until": words(party.until, lang) if party.until else "",
        "state": say(f"registry.party-{state}"),
    }
