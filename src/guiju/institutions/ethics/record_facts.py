"""What the record of a committee says in the words of the rules: of the committee and its unit, its meetings, its cases.

Only what an act or a seat shows is said, each with where it stands. What the record cannot show is not said, and stays unknown.
How it is said by which rules of procedure is data (``record_facts.yaml``); of rules that have no words there nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from guiju.calendars import add_months, words
from guiju.institutions.ethics.committees import unit_of
from guiju.institutions.ethics.composition import composed, kinds_held, voters
from guiju.institutions.ethics.duties import report_due
from guiju.institutions.ethics.in_words import committee_name, when_words
from guiju.institutions.ethics.meanings import Meaning, Told, acts_name, meaning_of
from guiju.institutions.ethics.models import Case, Committee, Done
from guiju.institutions.ethics.replaying import CountedBallot
from guiju.institutions.ethics.standing import CHARTER, rules_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.logic import Truth, evaluate
from guiju.procedure import Rules, Seat, Standing, day_of, rules_named
from guiju.procedure.facts import Known


class Facts:
    """Collects what is said of one object, each with where it stands."""

    def __init__(self, kind: str, identifier: str, name: str, lang: str) -> None:
        self.say = sayer(lang)
        self.said: dict[str, Any] = {"kind": kind, "id": identifier, "name": {lang: name}} if kind else {}

    def put(self, told: Told, value: Any, source: str, done: date | None = None, signed: Mapping[str, str] | None = None) -> None:
        """Say something; nothing where it is not known."""
        if value is None:
            return
        dated = {"done": str(done)} if done and told.dated else {}
        self.said.setdefault(told.section, {})[told.name] = {"value": value, "source": source, **dated, **(signed or {})}

    def put_all(self, told: Iterable[Told], known: Mapping[str, Any], source: str) -> None:
        """Say all that a part of the record answers."""
        for one in told:
            self.put(one, one.how.answer(Known(known)), source)


def meaning_for(committee: Committee) -> Meaning:
    """What the rules of procedure of a committee mean in the vocabulary."""
    return meaning_of(committee.rules, site_corpus())


# -- the committee and its unit ------------------------------------------------------------------------------------------------


def of_body(committee: Committee, standing: Standing, on: date, lang: str) -> dict[str, Any]:
    """The committee as it stood on a day: its task, its members, its charter."""
    facts = Facts("body", committee.body.public_id, committee_name(committee, lang), lang)
    known = _of_committee(committee, standing, on)
    for part, told in meaning_for(committee).body.items():
        facts.put_all(told, known, facts.say(f"ethics.from-{part}", day=words(on, lang)))
    return facts.said


def _of_committee(committee: Committee, standing: Standing, on: date) -> dict[str, Any]:
    rules, seats = rules_of(committee), standing.sitting_seats(on)
    found, held = composed(rules, seats), kinds_held(rules, seats)
    return {
        "members": found.members,
        "longest_term": max((_months(one) for one in voters(rules, seats)), default=None),
        "here": unit_of(committee).place == rules.place,
        "registered": committee.registered is not None,
        "reported": committee.reports.exists(),
        "cases.system": Case.objects.filter(committee=committee, kind="system", public_id__in=standing.cases).count(),
        **{f"posts.{post}": count for post, count in found.posts.items()},
        **{f"kinds.{kind}": there for kind, there in held.items()},
        **_acts(rules, committee.acts.values_list("step", flat=True)),
    }


def _acts(rules: Rules, done: Iterable[str]) -> dict[str, int]:
    """How often each step was taken."""
    counts = Counter(done)
    return {acts_name(step): counts[step] for step in (*rules.steps, CHARTER)}


def _months(seat: Seat) -> int:
    """The months of a term of whole days, the last one rounded up."""
    count = (seat.ends.year - seat.begins.year) * 12 + seat.ends.month - seat.begins.month
    return count if add_months(seat.begins, count) > seat.ends else count + 1


def of_unit(committee: Committee, on: date, lang: str) -> dict[str, Any]:
    """The unit that set it up: that it did, when it registered it, when it last sent a report."""
    facts = Facts("", "", "", lang)
    here, none = facts.say("ethics.from-registration"), facts.say("ethics.from-reports")
    sent = committee.reports.filter(year__lt=on.year).order_by("-year").first()
    last = facts.say("ethics.from-report", year=sent.year) if sent else none
    days = {"founded": (committee.founded, here), "registered": (committee.registered, here)}
    days["reported"] = (sent.sent if sent else None, last)
    owed = Known({"report_owed": report_due(committee, on) is not None})
    for one in meaning_for(committee).unit:
        day, source = days[one.on]
        if day is not None:
            facts.put(one, str(day) if one.section == "events" else True, source, day)
        elif evaluate(one.otherwise, owed) is Truth.TRUE:
            facts.put(one, False, source)
    return {"org": unit_of(committee).org, "name": dict(unit_of(committee).name), **facts.said}


# -- meetings ------------------------------------------------------------------------------------------------------------------


def of_ballot(committee: Committee, one: CountedBallot, standing: Standing, body: str, lang: str) -> dict[str, Any]:
    """A ballot that was counted at a meeting: who was there, how they voted; ``body``: the committee as it stood then."""
    when, meaning = when_words(rules_of(committee), one.row.at, lang), meaning_for(committee)
    facts = Facts("meeting", f"{one.meeting}.{one.number}", sayer(lang)("ethics.ballot-of", when=when), lang)
    facts.said["of"] = {"body": body}
    since = one.ballot.votes.keys() & (standing.declared(case := standing.cases[one.ballot.case]) | standing.aside(case))
    known = {**one.facts, **{f"kinds.{kind}": there for kind, there in one.kinds.items()}, "declared_since": len(since)}
    for part, told in meaning.meeting.items():
        facts.put_all(told, known, facts.say(f"ethics.from-{part}", when=when))
    rows = [
        _category(meaning, one, kind, facts.say("ethics.from-count", when=when))
        for kind in meaning.categories
        if kind in one.kinds
    ]
    if rows:
        facts.said["member_categories"] = {"exactly": rows} if len(rows) == len(one.kinds) else rows
    return facts.said


def _category(meaning: Meaning, one: CountedBallot, kind: str, source: str) -> dict[str, Any]:
    there = one.kinds[kind]
    conduct = {} if there is None else {"represented": {"value": there, "source": source}}
    row = {"id": f"{one.meeting}.{one.number}.{kind}", "facts": {"category_kind": meaning.categories[kind]}}
    return {**row, "conduct": conduct}


# -- cases ---------------------------------------------------------------------------------------------------------------------


def of_case(committee: Committee, case: Case, standing: Standing, acts: Sequence[Done], name: str, lang: str) -> dict[str, Any]:
    """A case: when it was applied for and accepted, by which procedure and when it was decided, what came after."""
    rules, played = rules_of(committee), standing.cases[case.public_id]
    facts = Facts("activity", case.public_id, name, lang)
    facts.said["of"] = {"reviewed_by": committee.body.public_id}
    counts = _acts(rules, (row.step for row in acts))
    here = Known({**played.facts, "state": played.state, "before": played.before or None, **counts})
    for one in meaning_for(committee).case:
        if not one.steps:
            facts.put(one, one.how.answer(here), facts.say("ethics.from-acts"))
            continue
        if _undone(one, acts):
            continue
        row = _shown_by(committee, one, acts)
        if row is not None:
            _put_act(facts, committee, one, row, lang)
        elif _asked(one, acts) and evaluate(one.otherwise, here) is Truth.TRUE:
            facts.put(one, False, facts.say("ethics.from-acts"))
    return facts.said


def _put_act(facts: Facts, committee: Committee, told: Told, row: Done, lang: str) -> None:
    """What an act says: on its day, and, where it is a judgement, signed by the committee whose act it is."""
    rules = rules_of(committee)
    day, source = day_of(rules, row.at), facts.say("ethics.from-act", number=row.number, when=when_words(rules, row.at, lang))
    value = told.how.answer(_of_act(committee, row))
    if told.section == "events":
        facts.put(told, str(day) if value else None, source)
    elif told.section == "judgements":
        signed = {"by": committee_name(committee, lang), "on": str(day), "reasons": facts.say("ethics.stated-in-act")}
        facts.put(told, value, source, signed=signed)
    else:
        facts.put(told, value, source, day)


def _asked(told: Told, acts: Sequence[Done]) -> bool:
    """Whether anything was done after which such an act is looked for."""
    return not told.after or any(row.step in told.after for row in acts)


def _undone(told: Told, acts: Sequence[Done]) -> bool:
    """Whether what would show it, or after which it is looked for, was taken back since: asked of whom it was not to be asked."""
    last = max((row.number for row in acts if row.step in (*told.steps, *told.after)), default=0)
    return any(row.step in told.undone and row.number > last for row in acts)


def _shown_by(committee: Committee, told: Told, acts: Sequence[Done]) -> Done | None:
    """The act that shows it: of some steps the last one, or the first, after the last of those after which it is looked for.

    An event was on the day of an act of which that holds which is asked of it.
    """
    since = max((row.number for row in acts if row.step in told.after), default=0)
    found = [row for row in acts if row.step in told.steps and row.number > since] if _asked(told, acts) else []
    if told.section == "events":
        found = [row for row in found if told.how.answer(_of_act(committee, row))]
    return next(iter(found if told.first else reversed(found)), None)


def _of_act(committee: Committee, row: Done) -> Known:
    """What an act gives, what came of it, and to which state it led by the rules by which it was done."""
    step, outcome = rules_named(committee.rules, site_corpus(), row.edition).steps[row.step], str(row.gives.get("outcome", ""))
    panel = row.gives.get("panel")
    led = {"outcome": outcome or None, "leads_to": step.to.get(outcome if step.outcomes else "")}
    return Known({**row.gives, **led, "panel": None if panel is None else len(panel)})
