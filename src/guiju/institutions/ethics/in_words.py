"""How committees, cases, steps and what they rest on are told on pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse

from guiju.calendars import now, words
from guiju.institutions.ethics.experts import said_themselves
from guiju.institutions.ethics.models import Case, Committee, Done
from guiju.institutions.ethics.standing import rules_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.pages import sayer
from guiju.institutions.hall.rule_addresses import rule_address
from guiju.institutions.people.models import Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.register.limits import calendar_in_words, clause_of, left_in_words
from guiju.procedure import Basis, Lack, ProcedureError, Rules, Running, StepRefusedError
from guiju.wording import Text, in_language, join_words

A_MONTH: Final = 31
"""Days. What is further off is not counted in working days, unless the limit itself is."""

TO_ALL: Final = ("reasons", "answer", "evidence", "origin")
WITHIN: Final = ("interest", "departure", "comment")
"""What an act says in words to everybody in the case, and what within the committee alone, as it may speak of other cases."""


def committee_name(committee: Committee, lang: str) -> str:
    """What a committee is called."""
    return name_in(committee.body.name, lang) or committee.body.public_id


def case_title(case: Case, lang: str) -> str:
    """The number of a case and what it is about."""
    return f"{case.number} {case.title}" if case.number else sayer(lang)("ethics.draft-of", title=case.title)


def heading(words: Text, lang: str) -> str:
    """What the rules call a step or a choice, as a heading or a button has it."""
    return capital(in_language(words, lang))


def capital(said: str) -> str:
    """Words at the head of a line: with a capital, which Chinese does not have."""
    return said[:1].upper() + said[1:]


def state_words(rules: Rules, state: str, lang: str) -> str:
    """A state of a case, as its rules call it."""
    return in_language(rules.states.get(state, {}), lang) or state


def role_words(rules: Rules, roles: Iterable[str], lang: str) -> str:
    """Roles, as the rules call them."""
    return join_words([in_language(rules.roles.get(one, {}), lang) or one for one in roles], lang)


def outcome_words(outcome: str, lang: str) -> str:
    """What came of something."""
    return sayer(lang)(f"ethics.outcome-{outcome}")


def basis_words(basis: Basis, lang: str) -> dict[str, str]:
    """What something rests on: the clause with its address, the charter, or our practice; and whether the clause was read."""
    say = sayer(lang)
    clause = clause_of(basis.norm, lang) if basis.norm else ""
    href = rule_address(lang, basis.norm) if clause and basis.norm in site_corpus().norms else ""
    if basis.ground == "norm":
        return {"words": clause or basis.norm, "href": href, "note": ""}
    if basis.ground == "practice":
        return {"words": say("ethics.basis-practice"), "href": "", "note": ""}
    if not clause:
        return {"words": say("ethics.basis-charter"), "href": "", "note": ""}
    note = say("ethics.basis-unread") if basis.unchecked else ""
    return {"words": say("ethics.basis-charter-for", clause=clause), "href": href, "note": note}


def lack_words(rules: Rules, lack: Lack, lang: str) -> dict[str, str]:
    """What is missing, where it is written, how it is mended and by whom."""
    say = sayer(lang)
    basis = basis_words(lack.basis, lang)
    told = in_language(lack.words, lang) or lack.guard
    return {
        "words": say("ethics.lack-unknown", words=told) if lack.unknown else told,
        "clause": basis["words"],
        "href": basis["href"],
        "note": basis["note"],
        "cure": in_language(lack.cure, lang) or "",
        "who": say("ethics.can-supply", who=role_words(rules, lack.who, lang)),
    }


def refusal_words(rules: Rules, problem: ProcedureError, lang: str) -> list[dict[str, str]]:
    """Everything that a refused step lacks; nothing where it was refused for another reason."""
    return [lack_words(rules, one, lang) for one in problem.lacks] if isinstance(problem, StepRefusedError) else []


def in_working_days(one: Running, on: date) -> bool:
    """Whether the time that is left is told in working days: where the limit counts them, or it is a month at most."""
    return one.limit.unit == "working-day" or (one.due - on).days <= A_MONTH


def left_words(one: Running, on: date, law: str, lang: str) -> str:
    """How much time is left: in working days, where they are told, else in days or about how many months."""
    days = (one.due - on).days
    if in_working_days(one, on):
        return left_in_words(one.due, on, law, lang)
    if days <= 2 * A_MONTH:
        return sayer(lang)("report.left-many", count=days)
    return sayer(lang)("ethics.left-months", count=round(12 * days / 365.25))


def clock_words(rules: Rules, one: Running, lang: str) -> dict[str, Any]:
    """A time limit that runs: what for, until when, how long that is, by which calendar and clause."""
    say = sayer(lang)
    at = now()
    there = at.astimezone(ZoneInfo(rules.place))
    over = one.over(at, rules.place)
    basis = basis_words(one.limit.basis, lang)
    due = words(one.due, lang)
    if one.moment is not None and not one.extended:
        local = one.moment.astimezone(ZoneInfo(rules.place))
        due = say("ethics.moment", day=words(local.date(), lang), time=f"{local:%H:%M}")
    state = "overdue" if over and not one.limit.usual else "unknown" if over else "running"
    return {
        "what": heading(one.limit.words, lang),
        "who": role_words(rules, one.limit.who, lang),
        "due": due,
        "left": left_words(one, there.date(), rules.law, lang),
        "calendar": calendar_in_words(rules.law, lang) if in_working_days(one, there.date()) else "",
        "clause": basis["words"],
        "href": basis["href"],
        "note": basis["note"],
        "state": state,
        "usual": say("ethics.past-usual") if over and one.limit.usual else "",
        "extended": say("ethics.extended-to") if one.extended else "",
    }


def when_words(rules: Rules, at: datetime, lang: str) -> str:
    """A moment at the committee's place."""
    there = at.astimezone(ZoneInfo(rules.place))
    return sayer(lang)("ethics.moment", day=words(there.date(), lang), time=f"{there:%H:%M}")


def who_words(row: Done, lang: str) -> str:
    """Who did something: by name while there is an account."""
    if not row.by:
        return sayer(lang)("ethics.by-unit")
    return row.person.shown_name if row.person is not None and row.person.is_active else sayer(lang)("ethics.somebody")


def done_words(row: Done, lang: str, *, named: bool = True) -> dict[str, Any]:
    """An act in the list of what happened.

    :param named: with the names of people of the committee and with what is said within it; parties are told neither.
    """
    rules = rules_of(row.committee)
    step = rules.steps.get(row.step)
    outcome = str(row.gives.get("outcome", ""))
    said = [line for name in (*TO_ALL, *(WITHIN if named else ())) for line in str(row.words.get(name, "")).split("\n") if line]
    said.extend(_of_experts(row, lang))
    return {
        "row": row,
        "title": heading(step.words, lang) if step else capital(sayer(lang)(f"ethics.step-{row.step}")),
        "outcome": outcome_words(outcome, lang) if outcome else "",
        "when": when_words(rules, row.at, lang),
        "who": who_words(row, lang) if named or row.behalf else committee_name(row.committee, lang),
        "said": said,
        "missing": list(row.words.get("missing", ())),
    }


def _of_experts(row: Done, lang: str) -> list[str]:
    """What an act says of the experts of a re-review: what one of them thinks, how many are named, what they came to."""
    say = sayer(lang)
    if "expert_opinion" in row.gives:
        return [say(f"ethics.opinion-{row.gives['expert_opinion']}")]
    if "experts" in row.gives:
        return [say("ethics.experts-named", count=len(set(row.gives["experts"])))]
    if "rereview_agrees" not in row.gives:
        return []
    agrees = f"{say('ethics.fact-rereview_agrees')} {say('ethics.yes' if row.gives['rereview_agrees'] else 'ethics.no')}"
    return [agrees, *counted_experts(row, lang)]


def counted_experts(answer: Done, lang: str) -> list[str]:
    """How many experts agree by an answer of the authority, none by name, and whether they said so themselves."""
    say = sayer(lang)
    experts, agreed = (set(answer.gives.get(name, ())) for name in ("group", "group_for"))
    return [
        say("ethics.letter-rereview-votes", count=len(experts), agreed=len(agreed), others=len(experts - agreed)),
        say("ethics.rereview-by-experts" if said_themselves(answer) else "ethics.rereview-by-authority"),
    ]


def person_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of people by their opaque names."""
    return {one.public_id: one.shown_name for one in Person.objects.filter(public_id__in=list(ids), is_active=True)}


def committee_crumbs(committee: Committee, lang: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """The way from the desk."""
    say = sayer(lang)
    return (
        (say("hall.place-desk"), f"/{lang}/desk/"),
        (say("ethics.title"), reverse("ethics", args=(lang,))),
        (committee_name(committee, lang), reverse("committee", args=(lang, committee.body.public_id))),
        *more,
    )
