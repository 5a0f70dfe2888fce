"""What of the register is public: systems with an entry that was published, looked through by words, place and state."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery

from guiju.institutions.people.places import PLACES
from guiju.institutions.register.entries import current
from guiju.institutions.register.models import Entry, System
from guiju.wording import LANGUAGES

__all__ = ["STATES", "current", "matching", "published_systems", "state_of"]

STATES: Final = ("public", "withdrawn", "ended")


def published_systems() -> QuerySet[Any]:
    """Systems with a public part, also a withdrawn one (``withdrawn``), with the name that was published (``public_name``).

    The newest first, examples last.
    """
    newest = Entry.objects.filter(system=OuterRef("pk"), published__isnull=False).order_by("-number")
    found = System.objects.annotate(
        entry=Subquery(newest.values("pk")[:1]),
        withdrawn=Subquery(newest.values("withdrawn")[:1]),
        public_name=Subquery(newest.values("name")[:1]),
    )
    return found.filter(entry__isnull=False).select_related("organisation").order_by("example", "-created", "pk")


def matching(words: str = "", place: str = "", state: str = "") -> QuerySet[Any]:
    """Those that have each of the words in a published name or are it by handle or id, at a place, in a state."""
    found = published_systems()
    for word in words.replace("\0", "").split():
        named, owner = Q(), Q(organisation__handle__icontains=word)
        for lang in LANGUAGES:
            named |= Q(**{f"name__{lang}__icontains": word})
            owner |= Q(**{f"organisation__name__{lang}__icontains": word})
        named_so = Q(entry__in=Entry.objects.filter(named).values("pk"))
        found = found.filter(named_so | owner | Q(public_id=word.lower()))
    if place:
        zone = PLACES.get(place, "?")
        found = found.filter(organisation__place__in=("", "UTC") if zone == "UTC" else (zone,))
    match state:
        case "":
            return found
        case "public":
            return found.filter(withdrawn__isnull=True, ended__isnull=True)
        case "withdrawn":
            return found.filter(withdrawn__isnull=False)
        case "ended":
            return found.filter(ended__isnull=False)
    return found.none()


def state_of(system: Any) -> str:
    """How a system of :func:`published_systems` stands."""
    if not hasattr(system, "withdrawn"):
        entry = current(system)
        system.withdrawn = entry.withdrawn if entry else None
    return "withdrawn" if system.withdrawn else "ended" if system.ended else "public"
