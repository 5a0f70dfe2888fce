"""What of the register waits for somebody: time limits of filings, requests to answer, drafts to read, parts to confirm."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from guiju.calendars import today
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import may
from guiju.institutions.people.cases import Case, cases
from guiju.institutions.people.models import Organisation, Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.places import zone_of
from guiju.institutions.register import corrections
from guiju.institutions.register.filing_kinds import KINDS
from guiju.institutions.register.kept import kept_by, name_of
from guiju.institutions.register.limits import CN, calendar_in_words, clause_of, left_in_words, limits_of
from guiju.institutions.register.models import Correction, Entry, Filing, SystemParty, SystemResult
from guiju.institutions.register.systems import organisations_of, systems_of


def _where(person: Person, action: str) -> list[Organisation]:
    """The organisations in which somebody may do something."""
    return [one for one in organisations_of(person) if may(person, action, one)]


@cases
def systems_of_organisations(person: Person, lang: str) -> Iterator[Case]:
    """The way to the systems of one's organisations."""
    if organisations_of(person).exists():
        yield Case(
            key="systems", title=sayer(lang)("registry.systems-title"), href=reverse("systems", args=(lang,)), section="way"
        )


@cases
def filings(person: Person, lang: str) -> Iterator[Case]:
    """Time limits of filings that run or are over."""
    say, day = sayer(lang), today(CN)
    found = Filing.objects.filter(system__organisation__in=_where(person, "system.edit"))
    for one in found.select_related("system__organisation").prefetch_related("steps"):
        name = name_in(one.system.name, lang)
        for limit in limits_of(KINDS[one.kind], list(one.steps.all()), day):
            if not limit.open:
                continue
            yield Case(
                key=f"filing:{one.public_id}:{limit.step.pk}",
                title=say(f"registry.case-{limit.step.kind}", name=name),
                href=reverse("system-filing", args=(lang, one.public_id)),
                due=limit.day,
                state="" if limit.settled else say("registry.due-open"),
                clause=clause_of(limit.norm, lang),
                organisation=name_in(one.system.organisation.name, lang),
                calendar=calendar_in_words(limit.calendar, lang) if limit.calendar else "",
                left=left_in_words(limit.day, day, limit.calendar, lang) if limit.day else "",
                place=CN,
            )


@cases
def requests(person: Person, lang: str) -> Iterator[Case]:
    """Requests for correction that await an answer, where this person did not give the first one."""
    say = sayer(lang)
    found = Correction.objects.filter(entry__system__organisation__in=_where(person, "correction.answer"), closed=None)
    for one in found.exclude(answers__by=person).select_related("entry__system__organisation"):
        organisation = one.entry.system.organisation
        zone, code = zone_of(organisation.place), one.counted_by
        yield Case(
            key=f"correction:{one.public_id}:{2 if one.objected else 1}",
            title=say(
                "registry.case-correction", name=name_in(one.entry.system.name, lang), number=corrections.short_number(one)
            ),
            href=reverse("correction", args=(lang, one.public_id)),
            due=one.due,
            clause=say("registry.our-practice"),
            organisation=name_in(organisation.name, lang),
            calendar=calendar_in_words(code, lang),
            left=left_in_words(one.due, today(zone), code, lang),
            place=zone,
        )


@cases
def drafts(person: Person, lang: str) -> Iterator[Case]:
    """Drafts of public parts that somebody else wrote and this person may publish."""
    say = sayer(lang)
    found = Entry.objects.filter(system__organisation__in=_where(person, "system.publish"), published=None)
    for one in found.exclude(writers=person).select_related("system__organisation"):
        yield Case(
            key=f"draft:{one.system.public_id}:{one.number}",
            title=say("registry.case-draft", name=name_in(one.system.name, lang)),
            href=reverse("system-draft", args=(lang, one.system.public_id)),
            organisation=name_in(one.system.organisation.name, lang),
        )


@cases
def parts(person: Person, lang: str) -> Iterator[Case]:
    """Parts in others' systems that an organisation was named for and has not confirmed."""
    say = sayer(lang)
    found = SystemParty.objects.filter(organisation__in=_where(person, "party.answer"), answer="")
    for one in found.select_related("system", "organisation"):
        assert one.organisation is not None
        yield Case(
            key=f"party:{one.public_id}",
            title=say("registry.case-party", name=name_in(one.system.name, lang)),
            href=reverse("system-party", args=(lang, one.public_id)),
            organisation=name_in(one.organisation.name, lang),
        )


@cases
def systems(person: Person, lang: str) -> Iterator[Case]:
    """The systems of somebody's organisations, with whether their last result still holds."""
    say, edition = sayer(lang), site_corpus().edition
    last = Prefetch("results", SystemResult.objects.select_related("version").order_by("-number"))
    for one in systems_of(person).prefetch_related(last, "versions"):
        results = list(one.results.all())
        newest = max((each.number for each in one.versions.all()), default=0)
        state = "no-version" if not newest else "no-result" if not results else ""
        if results and results[0].edition_id != edition:
            state = "rules-changed"
        elif results and results[0].version.number != newest:
            state = "facts-changed"
        yield Case(
            key=f"system:{one.public_id}",
            title=name_in(one.name, lang),
            href=reverse("system", args=(lang, one.public_id)),
            state=say(f"registry.is-{state}") if state else "",
            organisation=name_in(one.organisation.name, lang),
            section="system",
        )


@cases
def checks(person: Person, lang: str) -> Iterator[Case]:
    """The checks that somebody keeps."""
    say = sayer(lang)
    for one in kept_by(person):
        yield Case(
            key=f"check:{one.public_id}",
            title=name_of(one, lang) or say("registry.kept-nameless"),
            href=reverse("kept-check", args=(lang, one.public_id)),
            section="check",
        )
