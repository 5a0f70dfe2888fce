"""The decision of a case as an official document: what was decided, on which papers, why, on what it rests, how to object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiju.calendars import words as day_words
from guiju.institutions.ethics.casework import acts_of, decision_of
from guiju.institutions.ethics.in_words import (
    basis_words,
    committee_name,
    counted_experts,
    outcome_words,
    role_words,
    when_words,
)
from guiju.institutions.ethics.letters import Block, Value, filled, names_for, template_of
from guiju.institutions.ethics.models import Case, Done
from guiju.institutions.ethics.papers import papers_of, read
from guiju.institutions.ethics.standing import rules_at
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.organisations import by_handle
from guiju.procedure import Rules, day_of
from guiju.wording import in_language

EARLIER = ("accepted_before_on", "decided_before_on")
"""What an act says that takes a case over from earlier records."""


def letter(case: Case, decision: Done, lang: str) -> list[Block]:
    """The letter of a decision, by the committee's own template or ours."""
    return filled("letter", template_of(case.committee, "letter", lang), values(case, decision, lang), lang)


def values(case: Case, decision: Done, lang: str) -> Mapping[str, Value]:
    """What the names of a template of a letter stand for."""
    rules, say = rules_at(case.committee, decision.edition), sayer(lang)
    step = rules.steps[decision.step]
    rows = [one for one in acts_of(case) if one.number <= decision.number]
    digest = _digest(rows)
    held = papers_of(case, digest) if digest else None
    outcome = str(decision.gives.get("outcome", ""))
    papers = say("ethics.letter-papers", number=held.number, when=when_words(rules, held.at, lang)) if held else ""
    return {
        "committee": committee_name(case.committee, lang),
        "unit": name_in(case.committee.body.organisation.name, lang),
        "number": case.number,
        "applicant": name_in(case.applicant.name, lang),
        "title": read(held)["title"] if held else case.title,
        "kind": say(f"ethics.kind-{case.kind}"),
        "digest": digest,
        "papers": papers,
        "procedure": _procedure(rules, rows, lang),
        "meeting": _meeting(case, rules, decision, lang),
        "step": in_language(step.words, lang),
        "decision": outcome_words(outcome, lang) if outcome else in_language(step.words, lang),
        "conditions": _conditions(case, decision, lang),
        "reasons": str(decision.words.get("reasons", "")),
        "rereview": _rereview(case, rules, rows, lang),
        "clauses": _clauses(rules, decision, _carried(case, decision) is not None, lang),
        "objection": _objection(rules, decision, lang),
        "earlier": say("ethics.letter-earlier") if any(name in one.gives for one in rows for name in EARLIER) else "",
        "date": day_words(day_of(rules, decision.at), lang),
    }


def _digest(rows: Sequence[Done]) -> str:
    """The papers that were there when it was decided: those named last before."""
    return next((str(one.gives["digest"]) for one in reversed(rows) if one.gives.get("digest")), "")


def _procedure(rules: Rules, rows: Sequence[Done], lang: str) -> str:
    """The one that was named last, by an act or by what a step sets."""
    named = ({**one.gives, **rules.steps[one.step].sets}.get("route") for one in reversed(rows) if one.step in rules.steps)
    route = next((str(one) for one in named if one), "")
    return sayer(lang)(f"ethics.value-{route}") if route else in_language(rules.title, lang)


def _rereview(case: Case, rules: Rules, rows: Sequence[Done], lang: str) -> list[str]:
    """Who had it re-reviewed in the round in which it was decided, what the experts said, and when; nothing where nobody had."""
    for one in reversed(rows):
        if "rereview_agrees" in one.gives:
            return _rereviewed(case, rules, one, lang)
        if one.step in rules.steps and rules.steps[one.step].begins_anew(str(one.gives.get("outcome", ""))):
            break
    return []


def _rereviewed(case: Case, rules: Rules, answer: Done, lang: str) -> list[str]:
    say = sayer(lang)
    organised = by_handle(answer.behalf.removeprefix("org:")) or case.authority
    who = name_in(organised.name, lang) if organised else answer.behalf
    return [
        say("ethics.letter-rereview", who=who, day=day_words(day_of(rules, answer.at), lang)),
        say("ethics.letter-rereview-agrees" if answer.gives["rereview_agrees"] else "ethics.letter-rereview-differs"),
        *counted_experts(answer, lang),
    ]


def _carried(case: Case, decision: Done) -> Done | None:
    """The count of the motion that the decision issues, where one was carried on the case."""
    puts: dict[str, str] = {}
    found: Done | None = None
    rows = case.committee.acts.filter(step__in=("put", "count"), number__lt=decision.number).order_by("number")
    for row in rows:
        if row.step == "put":
            puts[row.about] = str(row.gives["case"])
        elif puts.get(row.about) == case.public_id:
            found = None if row.words.get("lacking") else row
    needs = rules_at(case.committee, decision.edition).steps[decision.step].needs
    return found if "carried" in needs else None


def _meeting(case: Case, rules: Rules, decision: Done, lang: str) -> str:
    count = _carried(case, decision)
    return day_words(day_of(rules, count.at), lang) if count else ""


def _conditions(case: Case, decision: Done, lang: str) -> list[str]:
    say = sayer(lang)
    found = []
    for place, one in enumerate(case.conditions.filter(set_by=decision).order_by("number"), 1):
        code = "ethics.letter-condition-due" if one.due else "ethics.letter-condition"
        fields = {"place": place, "text": one.text, **({"day": day_words(one.due, lang)} if one.due else {})}
        found.append(say(code, **fields))
    return found


def _clauses(rules: Rules, decision: Done, at_meeting: bool, lang: str) -> list[str]:
    """The clauses of the step and of all that was asked for it, at the meeting too; each once, none of our own practice."""
    steps = [rules.steps[decision.step], *([rules.steps["count"]] if at_meeting else [])]
    bases = [basis for step in steps for basis in (step.basis, *(rules.guards[name].basis for name in step.needs))]
    found = [basis_words(one, lang)["words"] for one in bases if one.norm]
    return list(dict.fromkeys(found))


def _objection(rules: Rules, decision: Done, lang: str) -> str:
    """How to object, where the rules have such a step from the state to which the decision led."""
    step = rules.steps[decision.step]
    to = step.to.get(str(decision.gives.get("outcome", "")), step.to.get("", ""))
    objects = next((rules.steps[one] for one in rules.objects if to in rules.steps[one].states), None)
    if objects is None:
        return ""
    who = role_words(rules, objects.by, lang)
    what = in_language(objects.words, lang)
    return sayer(lang)("ethics.letter-objection", who=who, what=what, clause=basis_words(objects.basis, lang)["words"])


def example(lang: str) -> Mapping[str, Value]:
    """What a preview is filled with where no case was decided yet."""
    say = sayer(lang)
    told = {name: say("ethics.example-value", what=words[lang]) for name, words in names_for("letter").items()}
    return {**told, "number": "2027-001", "kind": say("ethics.kind-system"), "decision": outcome_words("approve", lang)}


def newest_decision(cases: Sequence[Case]) -> tuple[Case, Done] | None:
    """The newest decision among cases."""
    held = [(one, row) for one in cases if (row := decision_of(one)) is not None]
    return max(held, key=lambda pair: pair[1].number, default=None)
