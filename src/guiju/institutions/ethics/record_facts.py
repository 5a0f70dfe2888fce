"""What the record of a committee says in the words of the rules: of the committee and its unit, its meetings, its cases.

Only what an act or a seat shows is said, each with where it stands. What the record cannot show is not said, and stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from guiju.calendars import add_months, words
from guiju.institutions.ethics.committees import unit_of
from guiju.institutions.ethics.duties import report_due
from guiju.institutions.ethics.in_words import when_words
from guiju.institutions.ethics.models import Case, Committee, Done
from guiju.institutions.ethics.replaying import CountedBallot
from guiju.institutions.ethics.standing import CHARTER, rules_of
from guiju.institutions.hall.pages import sayer
from guiju.procedure import APPLY, Rules, Standing, Step, day_of

MAINLAND: Final = "Asia/Shanghai"
TASKS: Final[Mapping[str, str]] = {"cn-ethics": "ethics_review", "us-irb": "human_subjects_review"}
"""What the vocabulary calls the task of a committee with such rules; of others it has no word."""

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "field": ("has_field_experts", "field_expert"), "ethics": ("has_ethics_experts", "ethics_expert"),
    "law": ("has_law_experts", "law_expert"), "outside": ("has_outside_members", "outside_unit"),
    "woman": ("", "each_sex"), "man": ("", "each_sex"),
}  # fmt: skip
"""Kinds of members, as the vocabulary calls those that a committee has and those that are at a meeting."""

BOTH_SEXES: Final = ("woman", "man")
REFUSING: Final = ("approve_after_changes", "review_again_after_changes", "refuse")


class Facts:
    """Collects what is said of one object, each with where it stands."""

    def __init__(self, kind: str, identifier: str, name: str, lang: str) -> None:
        self.lang = lang
        self.said: dict[str, Any] = {"kind": kind, "id": identifier, "name": {lang: name}} if kind else {}

    def put(self, section: str, name: str, value: Any, source: str, done: date | None = None) -> None:
        """Say something; nothing where it is not known."""
        if value is None:
            return
        told = {"value": value, "source": source} | ({"done": str(done)} if done else {})
        self.said.setdefault(section, {})[name] = told

    def event(self, name: str, on: date | None, source: str) -> None:
        """Say when something happened."""
        if on is not None:
            self.said.setdefault("events", {})[name] = {"value": str(on), "source": source}


# -- the committee and its unit ------------------------------------------------------------------------------------------------


def of_body(committee: Committee, standing: Standing, on: date, name: str, lang: str) -> dict[str, Any]:
    """The committee: its task, its members, its charter."""
    rules, say = rules_of(committee), sayer(lang)
    facts = Facts("body", "committee", name, lang)
    mainland = unit_of(committee).place == MAINLAND
    facts.put("facts", "set_up_for", TASKS.get(rules.name), say("ethics.from-rules"))
    facts.put("facts", "body_in_mainland_china", True if mainland else None, say("ethics.from-place"))
    systems = Case.objects.filter(committee=committee, kind="system", public_id__in=standing.cases).exists()
    facts.put("facts", "reviews_artificial_intelligence", True if systems else None, say("ethics.from-cases"))
    seats = say("ethics.from-seats", day=words(on, lang))
    sitting = [one for one in standing.sitting_seats(on) if one.post in rules.votes]
    posts = [one.post for one in standing.sitting_seats(on)]
    facts.put("conduct", "body_members", len(sitting), seats)
    facts.put("conduct", "committee_has", _members(rules, [one.categories for one in sitting]), seats)
    if "chair" in rules.posts:
        facts.put("conduct", "committee_has_chair", posts.count("chair") == 1, seats)
    if "deputy" in rules.posts:
        facts.put("conduct", "committee_vice_chairs", posts.count("deputy"), seats)
    longest = max((_months(one.begins, one.ends) for one in sitting), default=None)
    facts.put("conduct", "committee_term", f"{longest} months" if longest else None, seats)
    if committee.acts.filter(step=CHARTER).exists():
        facts.put("conduct", "committee_rules", {"has": ["charter"]}, say("ethics.from-charter"))
    tasks = _tasks(committee, standing)
    facts.put("conduct", "committee_tasks_done", {"has": tasks} if tasks else None, say("ethics.from-acts"))
    return facts.said


def _members(rules: Rules, held: Sequence[frozenset[str]]) -> dict[str, list[str]] | None:
    """Which kinds of members it has, and which it lacks: those nobody has, once everybody has been described."""
    known = [one.name for one in rules.categories if one.name in KINDS]
    if not known:
        return None
    there = frozenset[str]().union(*held)
    described = all(one - {"outside"} for one in held)
    has = [KINDS[one][0] for one in known if one in there and KINDS[one][0]]
    lacks = [KINDS[one][0] for one in known if one not in there and KINDS[one][0]] if described else []
    if set(BOTH_SEXES) <= set(known):
        both = set(BOTH_SEXES) <= there
        has += ["has_both_sexes"] if both else []
        lacks += ["has_both_sexes"] if described and not both else []
    return {"has": has, "lacks": lacks} if has or lacks else None


def _months(begins: date, ends: date) -> int:
    """The months of a term of whole days, the last one rounded up."""
    count = (ends.year - begins.year) * 12 + ends.month - begins.month
    return count if add_months(begins, count) > ends else count + 1


def _tasks(committee: Committee, standing: Standing) -> list[str]:
    """What the acts show that it does."""
    rules = rules_of(committee)
    done = set(committee.acts.values_list("step", flat=True))
    deciding = {*rules.deciding}
    found = ["rules_made"] if CHARTER in done else []
    found += ["reviews_and_follow_up"] if done & deciding and done & {"follow_up", "reassess"} else []
    found += ["list_judged"] if any("listed" in one.facts for one in standing.cases.values()) else []
    return found + (["registered_and_reported"] if committee.registered and committee.reports.exists() else [])


def of_unit(committee: Committee, on: date, lang: str) -> dict[str, Any]:
    """The unit that set it up: that it did, when it registered it, when it last sent a report."""
    say, facts = sayer(lang), Facts("", "", "", lang)
    here = say("ethics.from-registration")
    facts.put("conduct", "ethics_committee_set_up", True, here, committee.founded)
    facts.event("ethics_committee_founded", committee.founded, here)
    registered = committee.registered is not None
    facts.put("conduct", "committee_registered", registered, here, committee.registered)
    sent = committee.reports.filter(year__lt=on.year).order_by("-year").first()
    if sent is not None:
        facts.put("conduct", "yearly_ethics_report_handed_in", True, say("ethics.from-report", year=sent.year), sent.sent)
    elif report_due(committee, on) is not None:
        facts.put("conduct", "yearly_ethics_report_handed_in", False, say("ethics.from-reports"))
    return {"org": unit_of(committee).org, "name": dict(unit_of(committee).name), **facts.said}


# -- meetings ------------------------------------------------------------------------------------------------------------------


def of_ballot(committee: Committee, one: CountedBallot, name: str, lang: str) -> dict[str, Any]:
    """A ballot that was counted at a meeting: who was there, how they voted."""
    rules, say = rules_of(committee), sayer(lang)
    facts = Facts("meeting", f"{one.meeting}.{one.number}", name, lang)
    source = say("ethics.from-count", when=when_words(rules, one.row.at, lang))
    facts.said["of"] = {"body": "committee"}
    facts.put("facts", "meeting_by_video", one.video, source)
    facts.put("conduct", "members_present", one.present, source)
    facts.put("conduct", "members_withdrawn", one.aside, source)
    facts.put("conduct", "votes_for", sum(vote == "for" for vote in one.ballot.votes.values()), source)
    facts.put("conduct", "advisers_voted", False, say("ethics.from-seated"))
    known = {name: there for name, there in one.kinds.items() if name in KINDS}
    rows = [
        {
            "id": f"{one.meeting}.{one.number}.{name}",
            "facts": {"category_kind": KINDS[name][1]},
            "conduct": {"represented": {"value": there, "source": source}},
        }
        for name, there in known.items()
    ]
    if rows:
        facts.said["member_categories"] = {"exactly": rows} if len(known) == len(one.kinds) else rows
    return facts.said


# -- cases ---------------------------------------------------------------------------------------------------------------------


def of_case(committee: Committee, case: Case, standing: Standing, acts: Sequence[Done], name: str, lang: str) -> dict[str, Any]:
    """A case: when it was applied for and accepted, by which procedure and when it was decided, what came after."""
    rules = rules_of(committee)
    facts = Facts("activity", case.public_id, name, lang)
    facts.said["of"] = {"reviewed_by": "committee"}
    _begun(facts, rules, acts, lang)
    _decided(facts, rules, acts, lang)
    _afterwards(facts, rules, acts, lang)
    played = standing.cases[case.public_id]
    route = played.facts.get("route")
    acts_say = sayer(lang)("ethics.from-acts")
    facts.put("conduct", "ethics_procedure", route if route in ("general", "simplified", "emergency") else None, acts_say)
    facts.put("conduct", "simplified_reviewers", len(played.panel) if route == "simplified" and played.panel else None, acts_say)
    expert = [row.gives["field_expert_took_part"] for row in acts if "field_expert_took_part" in row.gives]
    facts.put("conduct", "field_expert_took_part", expert[-1] if expert else None, acts_say)
    return facts.said


def _last(acts: Iterable[Done], *steps: str) -> Done | None:
    found = [row for row in acts if row.step in steps]
    return found[-1] if found else None


def _day(rules: Rules, row: Done) -> date:
    return day_of(rules, row.at)


def _from(rules: Rules, row: Done, lang: str) -> str:
    return sayer(lang)("ethics.from-act", number=row.number, when=when_words(rules, row.at, lang))


def _begun(facts: Facts, rules: Rules, acts: Sequence[Done], lang: str) -> None:
    applied, accepted = _last(acts, APPLY), _last(acts, "accept", "take_in")
    answered = accepted or _last(acts, "decline")
    if applied is not None:
        facts.put("conduct", "ethics_review_applied_for", True, _from(rules, applied, lang), _day(rules, applied))
        risk = applied.gives.get("risk_assessed")
        facts.put("conduct", "ethics_risk_assessed", risk if isinstance(risk, bool) else None, _from(rules, applied, lang))
    if answered is not None:
        facts.put("conduct", "acceptance_notified", True, _from(rules, answered, lang), _day(rules, answered))
    if accepted is not None:
        facts.event("ethics_application_accepted", _day(rules, accepted), _from(rules, accepted, lang))


def _decided(facts: Facts, rules: Rules, acts: Sequence[Done], lang: str) -> None:
    """The first decision after the last acceptance, as the time limit has it; and whether it approved."""
    accepted = _last(acts, "accept", "take_in", "take_over")
    since = accepted.number if accepted else 0
    after = [row for row in acts if row.number > since and row.step in (*rules.deciding, "pass_initially")]
    first, last = (after[0], after[-1]) if after else (None, None)
    if first is None or last is None:
        if accepted is not None and accepted.step != "take_over":
            facts.put("conduct", "ethics_decision_made", False, sayer(lang)("ethics.from-acts"))
        return
    source, outcome = _from(rules, last, lang), str(last.gives.get("outcome", ""))
    facts.put("conduct", "ethics_decision_made", True, _from(rules, first, lang), _day(rules, first))
    approved = _leads_to(rules.steps[last.step], outcome) == "approved"
    facts.put("conduct", "ethics_approved", approved, source)
    facts.put("facts", "changes_asked_or_refused", outcome in REFUSING, source)
    facts.put("conduct", "decision_states_changes_or_reasons", bool(last.gives.get("reasons_given")), source)
    if approved:
        facts.event("ethics_approval_given", _day(rules, last), source)


def _leads_to(step: Step, outcome: str) -> str:
    return step.to.get(outcome if step.outcomes else "", "")


def _afterwards(facts: Facts, rules: Rules, acts: Sequence[Done], lang: str) -> None:
    reviewing = {name for one in rules.limits if one.every for name in (*one.after, *one.until)} - {"take_over"}
    reviewed = _last(acts, *reviewing) if reviewing else None
    if reviewed is not None:
        facts.event("ethics_last_reviewed", _day(rules, reviewed), _from(rules, reviewed, lang))
        facts.put("conduct", "follow_up_review_done", False, sayer(lang)("ethics.from-last-review"))
    _answered(facts, rules, acts, "report_change", {"change_reported_to_committee": "", "risk_reassessed": "reassess"}, lang)
    objected = _last(acts, "object")
    if objected is not None:
        facts.event("ethics_objection_made", _day(rules, objected), _from(rules, objected, lang))
        _answered(facts, rules, acts, "object", {"objection_rejected_with_reasons": "reject_objection"}, lang)
        anew = _last([row for row in acts if row.number > objected.number], *rules.deciding)
        source = _from(rules, anew or objected, lang)
        facts.put("conduct", "ethics_decided_anew", anew is not None, source, _day(rules, anew) if anew else None)


def _answered(facts: Facts, rules: Rules, acts: Sequence[Done], asked: str, answers: Mapping[str, str], lang: str) -> None:
    """Whether what was asked for by a step was done by another after it."""
    first = _last(acts, asked)
    if first is None:
        return
    for name, step in answers.items():
        row = first if not step else _last([one for one in acts if one.number > first.number], step)
        source = _from(rules, row or first, lang)
        facts.put("conduct", name, row is not None, source, _day(rules, row) if row else None)
