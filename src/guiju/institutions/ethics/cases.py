"""What of ethics review waits for somebody: time limits of cases, papers to complete, the days of committees themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse

from guiju.calendars import now, today, words
from guiju.institutions.ethics.clocks import running_in
from guiju.institutions.ethics.duties import registration_due, report_due
from guiju.institutions.ethics.experts import asked_of
from guiju.institutions.ethics.in_words import (
    basis_words,
    case_title,
    committee_name,
    heading,
    in_working_days,
    left_words,
    state_words,
    when_words,
)
from guiju.institutions.ethics.meetings import next_of
from guiju.institutions.ethics.models import Case as Row
from guiju.institutions.ethics.models import Committee, Condition, Publication
from guiju.institutions.ethics.standing import rules_of, standings_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.access import organisations_where
from guiju.institutions.people.access.roles import current_seats
from guiju.institutions.people.cases import Case, cases
from guiju.institutions.people.models import Keeper, Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.register.limits import calendar_in_words
from guiju.procedure import Running, Standing, day_of


@cases
def ways(person: Person, lang: str) -> Iterator[Case]:
    """The way to ethics review, for whoever has to do with it."""
    seated = current_seats().filter(person=person, body__committee__isnull=False).exists()
    if seated or organisations_where(person, "application.read").exists() or asked_of(person):
        yield Case(key="ethics", title=sayer(lang)("ethics.title"), href=reverse("ethics", args=(lang,)), section="way")


@cases
def limits_of_cases(person: Person, lang: str) -> Iterator[Case]:
    """Time limits that run in cases of one's committees, for the posts that have to act."""
    for seat in current_seats().filter(person=person, body__committee__isnull=False).select_related("body__committee"):
        committee = Committee.objects.select_related("body__organisation").get(body_id=seat.body_id)
        standing, rules = standings_of([committee]).get(committee.pk), rules_of(committee)
        if standing is None:
            continue
        posts = {seat.post} if seat.post in rules.votes else {*rules.posts}  # a secretary looks after them all
        held = {one.public_id: one for one in Row.objects.filter(committee=committee).select_related("applicant")}
        aside = {one.id for one in standing.seats.values() if one.person == person.public_id}
        for name in running_in(committee, standing):
            if name not in held or standing.aside(standing.cases[name]) & aside:
                continue
            held[name].committee = committee
            yield from _running(held[name], standing, posts, "ethics-case", lang)


@cases
def limits_of_applications(person: Person, lang: str) -> Iterator[Case]:
    """What waits for the applicant: papers to complete or change, and limits that are theirs."""
    for one, standing in _asked(
        Row.objects.filter(applicant__in=organisations_where(person, "application.write"), number__gt="")
    ):
        yield from _running(one, standing, {"applicant"}, "application", lang)
        yield from _waiting(one, standing, "applicant", "application", lang)


@cases
def limits_of_rereviews(person: Person, lang: str) -> Iterator[Case]:
    """Re-reviews that were asked of one's organisation."""
    for one, standing in _asked(Row.objects.filter(authority__in=organisations_where(person, "re-review.answer"))):
        yield from _running(one, standing, {"authority"}, "re-review", lang)


@cases
def opinions_of_experts(person: Person, lang: str) -> Iterator[Case]:
    """Re-reviews in which somebody is named as an expert and has said nothing yet; in the time of the authority's answer."""
    for one, standing in asked_of(person):
        if not standing.cases[one.public_id].experts[person.public_id]:
            for found in _running(one, standing, {"authority"}, "re-review-opinion", lang):
                yield replace(found, key=f"{found.key}:expert")


@cases
def conditions_due(person: Person, lang: str) -> Iterator[Case]:
    """Conditions with a day, for the applicant."""
    mine = Condition.objects.filter(met_by=None, dropped_by=None, due__isnull=False)
    mine = mine.filter(case__applicant__in=organisations_where(person, "application.write"))
    for one in mine.select_related("case__committee__body__organisation"):
        rules = rules_of(one.case.committee)
        yield Case(
            key=f"ethics:{one.case.public_id}:condition:{one.number}",
            title=sayer(lang)("ethics.due-condition", text=one.text, case=case_title(one.case, lang)),
            href=reverse("application", args=(lang, one.case.public_id)),
            due=one.due,
            organisation=committee_name(one.case.committee, lang),
            place=rules.place,
        )


@cases
def meetings_next(person: Person, lang: str) -> Iterator[Case]:
    """Meetings of one's committees that are open, or called for a day to come."""
    for one in next_of(person):
        committee = one.meeting.committee
        rules, name = rules_of(committee), committee_name(committee, lang)
        day = day_of(rules, one.meeting.planned)
        if not one.open and day < today(rules.place):
            continue
        yield Case(
            key=f"ethics:meeting:{one.meeting.public_id}",
            title=sayer(lang)("ethics.meeting-title", committee=name, day=words(day, lang)),
            href=reverse("meeting", args=(lang, one.meeting.public_id)),
            due=day,
            state=sayer(lang)("ethics.meeting-open") if one.open else when_words(rules, one.meeting.planned, lang),
            organisation=one.meeting.where,
            place=rules.place,
        )


@cases
def texts_to_publish(person: Person, lang: str) -> Iterator[Case]:
    """What a committee of one's organisation proposes to make public, for whoever publishes."""
    waiting = Publication.objects.filter(published=None, returned="").exclude(writers=person)
    mine = waiting.filter(case__committee__body__organisation__in=organisations_where(person, "committee.publish"))
    for one in mine.select_related("case__committee__body__organisation"):
        here = (lang, one.case.committee.body.public_id, one.case.public_id)
        yield Case(
            key=f"ethics:{one.case.public_id}:publish:{one.number}:{one.revision}",
            title=sayer(lang)("ethics.due-publish", number=one.case.number),
            href=reverse("ethics-release", args=here),
            organisation=committee_name(one.case.committee, lang),
        )


@cases
def committees_own(person: Person, lang: str) -> Iterator[Case]:
    """What a committee itself owes: its registration and its report of the year."""
    say = sayer(lang)
    seats = current_seats().filter(person=person, post__in=("secretary", "chair"), body__committee__isnull=False)
    for committee in Committee.objects.filter(body__in=seats.values("body")).select_related("body__organisation"):
        rules, name = rules_of(committee), committee_name(committee, lang)
        here = (lang, committee.body.public_id)
        due = registration_due(committee)
        if due is not None:
            key, href = f"ethics:{committee.body.public_id}:registration", reverse("committee-registration", args=here)
            title = say("ethics.due-registration", committee=name)
            yield Case(key=key, title=title, href=href, due=due, organisation=name, place=rules.place)
        report = report_due(committee, today(rules.place))
        if report is not None:
            year, day = report
            key, href = f"ethics:{committee.body.public_id}:report:{year}", reverse("committee-report", args=(*here, year))
            title = say("ethics.due-report", committee=name, year=year)
            yield Case(key=key, title=title, href=href, due=day, organisation=name, place=rules.place)


@cases
def unplayable(person: Person, lang: str) -> Iterator[Case]:
    """Committees whose acts cannot be played, for who runs the site: nobody else can mend that."""
    if not Keeper.objects.filter(person=person).exists():
        return
    found = list(Committee.objects.select_related("body__organisation").order_by("pk"))
    played = standings_of(found)
    for one in found:
        if one.pk not in played:
            name = committee_name(one, lang)
            title = sayer(lang)("ethics.due-unplayable", committee=name)
            yield Case(key=f"ethics:{one.body.public_id}:unplayable", title=title, href=reverse("keeping", args=[lang]))


def _asked(found: QuerySet[Row]) -> Iterator[tuple[Row, Standing]]:
    """The cases that were handed in, each with how its committee stands."""
    rows = list(found.select_related("committee__body__organisation", "applicant"))
    standings = standings_of(one.committee for one in rows)
    for one in rows:
        standing = standings.get(one.committee_id)
        if standing is not None and one.public_id in standing.cases:
            yield one, standing


def _running(case: Row, standing: Standing, roles: set[str], address: str, lang: str) -> Iterator[Case]:
    for one in running_in(case.committee, standing).get(case.public_id, ()):
        if roles & {*one.limit.who}:
            yield _case(case, one, address, lang)


def _case(case: Row, one: Running, address: str, lang: str) -> Case:
    rules = rules_of(case.committee)
    say, basis = sayer(lang), basis_words(one.limit.basis, lang)
    over, day = one.over(now(), rules.place), today(rules.place)
    return Case(
        key=f"ethics:{case.public_id}:{one.limit.name}",
        title=say("ethics.due-step", what=heading(one.limit.words, lang), case=case_title(case, lang)),
        href=reverse(address, args=(lang, case.public_id)),
        due=one.due,
        state=say("ethics.past-usual") if over and one.limit.usual else "",
        clause=basis["words"],
        organisation=name_in(case.applicant.name, lang) if address == "ethics-case" else committee_name(case.committee, lang),
        calendar=calendar_in_words(rules.law, lang) if in_working_days(one, day) else "",
        left=left_words(one, day, rules.law, lang),
        place=rules.place,
    )


def _waiting(case: Row, standing: Standing, role: str, address: str, lang: str) -> Iterator[Case]:
    """A case in a state that only this party moves on."""
    rules, stands = rules_of(case.committee), standing.cases[case.public_id]
    if rules.waits.get(stands.state) == role:
        yield Case(
            key=f"ethics:{case.public_id}:{stands.state}:{stands.round}",
            title=case_title(case, lang),
            href=reverse(address, args=(lang, case.public_id)),
            state=state_words(rules, stands.state, lang),
            organisation=committee_name(case.committee, lang),
        )
