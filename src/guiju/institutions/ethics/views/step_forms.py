"""The form of a step, made from what the rules let the step say; and what was typed into it, read for the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from django.db.models import Q

from guiju.calendars import parse_day
from guiju.institutions.ethics import conditions
from guiju.institutions.ethics.casework import Said
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.experts import agreeing, opinions_of, seats_to_name
from guiju.institutions.ethics.in_words import basis_words, outcome_words, person_names
from guiju.institutions.ethics.models import Case
from guiju.institutions.ethics.papers import handed_in, items_of, missing
from guiju.institutions.ethics.precedents import departs, precedents
from guiju.institutions.ethics.standing import rules_of, standing_of
from guiju.institutions.hall.pages import sayer
from guiju.institutions.people.models import Person
from guiju.institutions.people.naming import name_in
from guiju.institutions.people.organisations import by_handle
from guiju.institutions.people.views.asking import Field, Typed
from guiju.logic import BoolType, EnumType, names
from guiju.procedure import AGAINST, AGREES, APPLY, Basis, Offer, Rules, Step, day_of
from guiju.wording import LANGUAGES, in_language

OPINIONS: Final = ("agree", "against", "doubt", "meeting")
WORKED_OUT: Final = frozenset({"reasons_given", "conditions_open", "items_missing", "departs", "departure_explained", "digest"})
"""What is not asked for by its own name: it follows from something else that is typed."""

GROUNDS: Final = ("norm", "charter", "practice")
LONGEST: Final = 4000
LONGEST_NAME: Final = 120


Fielder = Callable[[Case, Step, str], list[Field]]


def fields_for(case: Case, offer: Offer, lang: str) -> list[Field]:
    """The fields of a step's form, in the order in which the rules name what it says."""
    step, fields = offer.step, []
    say = sayer(lang)
    if offer.outcomes:
        options = [(one, outcome_words(one, lang), "") for one in offer.outcomes]
        fields.append(Field("outcome", say("ethics.field-outcome"), "radio", options=options))
    for name in step.gives:
        fields.extend(_fields(case, step, name, lang))
    return fields


def _fields(case: Case, step: Step, name: str, lang: str) -> list[Field]:
    made = _FIELDS.get(name)
    if made is not None:
        return made(case, step, lang)
    rules = rules_of(case.committee)
    kind = rules.facts.get(name) or rules.said.get(name)
    return [] if name in WORKED_OUT or kind is None else [_asked(name, kind, lang)]


def _reasons(_case: Case, step: Step, lang: str) -> list[Field]:
    asked = _area("reasons", lang, required=not step.inside or "reasons" in step.needs)
    return [replace(asked, help=sayer(lang)("ethics.field-reasons-within"))] if step.inside else [asked]


def _missing(case: Case, _step: Step, lang: str) -> list[Field]:
    options = [(one.id, in_language(one.words, lang), "") for one in items_of(case)]
    lacking = [one.id for one in missing(case)]
    label = sayer(lang)("ethics.field-missing")
    return [Field("missing", label, "ticks", lacking, options=options), _area("missing_more", lang)]


def _digest(case: Case, step: Step, lang: str) -> list[Field]:
    """What whoever decides was shown; what applicants hand in is the draft, and later ones come with a word to the committee."""
    if set(step.by) == {"applicant"}:
        return [] if step.name == APPLY else [_area("answer", lang)]
    return [Field("digest", "", "hidden", standing_of(case.committee).cases[case.public_id].digest)]


def _panel(case: Case, _step: Step, lang: str) -> list[Field]:
    return [Field("panel", sayer(lang)("ethics.field-panel"), "ticks", [], options=_seats(case, lang))]


def _opinion(_case: Case, _step: Step, lang: str) -> list[Field]:
    say = sayer(lang)
    options = [(one, say(f"ethics.opinion-{one}"), "") for one in OPINIONS]
    return [Field("opinion", say("ethics.field-opinion"), "radio", options=options), _area("comment", lang)]


def _experts_named(case: Case, _step: Step, lang: str) -> list[Field]:
    """Who has a seat with the authority; those who are experts already are ticked."""
    say, options = sayer(lang), {}
    for one in seats_to_name(case):
        assert one.person is not None
        told = f"{name_in(one.body.name, lang)} · {say(f'people.post-{one.post}')}"
        options[one.person.public_id] = (one.person.public_id, one.person.shown_name, told)
    held = [one for one in opinions_of(case) if one in options]
    return [
        Field(
            "experts",
            say("ethics.field-group"),
            "ticks",
            held,
            say("ethics.field-experts-help"),
            [*options.values()],
            required=True,
        )
    ]


def _expert_opinion(_case: Case, _step: Step, lang: str) -> list[Field]:
    say = sayer(lang)
    options = [(one, say(f"ethics.opinion-{one}"), "") for one in (AGREES, AGAINST)]
    label, told = say("ethics.field-opinion"), say("ethics.field-expert_opinion-help")
    return [Field("expert_opinion", label, "radio", help=told, options=options)]


def _written_in(name: str) -> Fielder:
    """Experts by name; nothing to write, where they say themselves whether they agree."""
    return lambda case, _step, lang: [] if opinions_of(case) else [_area(name, lang, required=True)]


def _agrees(case: Case, _step: Step, lang: str) -> list[Field]:
    """Whether the group agrees; filled in by what experts said themselves."""
    asked, said = _asked("rereview_agrees", BoolType(), lang), opinions_of(case)
    return [replace(asked, value="yes" if 3 * len(agreeing(said)) >= 2 * len(said) else "no")] if said else [asked]


def _line(name: str, field: str, kind: Literal["text", "date"] = "text") -> Fielder:
    def made(_case: Case, _step: Step, lang: str) -> list[Field]:
        say = sayer(lang)
        return [Field(field, say(f"ethics.field-{name}"), kind, help=say(f"ethics.field-{name}-help"), required=True)]

    return made


def _departure(case: Case, _step: Step, lang: str) -> list[Field]:
    return [_area("departure", lang)] if any(one.near for one in precedents(case)) else []


def _lines(name: str, *, required: bool = True) -> Fielder:
    return lambda _case, _step, lang: [_area(name, lang, required=required)]


def _area(name: str, lang: str, *, required: bool = False) -> Field:
    say = sayer(lang)
    return Field(name, say(f"ethics.field-{name}"), "area", help=say(f"ethics.field-{name}-help"), required=required)


def _asked(name: str, kind: Any, lang: str) -> Field:
    say = sayer(lang)
    label, told = say(f"ethics.fact-{name}"), say(f"ethics.fact-{name}-help")
    if isinstance(kind, EnumType):
        options = [(one, say(f"ethics.value-{one}"), "") for one in kind.members]
        return Field(name, label, "radio", help=told, options=options)
    if isinstance(kind, BoolType):
        return Field(name, label, "radio", help=told, options=[("yes", say("ethics.yes"), ""), ("no", say("ethics.no"), "")])
    return Field(name, label, help=told)


def _conditions(case: Case, step: Step, lang: str) -> list[Field]:
    say = sayer(lang)
    wanted = [_area("conditions", lang)] if "decides" in step.gives else []
    held = conditions.open_ones(case)
    if not held:
        return wanted
    options = [(str(one.number), one.text, "") for one in held]
    fields = [*wanted, Field("met", say("ethics.field-met"), "ticks", [], options=options), _area("evidence", lang)]
    files = [("", say("ethics.evidence-no-file"), ""), *((one["digest"], one["name"], "") for one in handed_in(case))]
    return [*fields, Field("evidence_file", say("ethics.field-evidence_file"), "select", options=files)] if files[1:] else fields


_FIELDS: Final[Mapping[str, Fielder]] = {
    "reasons_given": _reasons,
    "items_missing": _missing,
    "conditions_open": _conditions,
    "digest": _digest,
    "panel": _panel,
    "opinion": _opinion,
    "parties": _line("authority", "authority"),
    "recognised_decision": _line("recognised_decision", "recognised_decision"),
    "until": _line("until", "until", "date"),
    "aside": _lines("interest", required=False),
    "departs": _departure,
    "group": _written_in("group"),
    "group_for": _written_in("group_for"),
    "rereview_agrees": _agrees,
    "experts": _experts_named,
    "expert_opinion": _expert_opinion,
}
"""What is asked for otherwise than by its own name."""


def _seats(case: Case, lang: str) -> list[tuple[str, str, str]]:
    rules, standing = rules_of(case.committee), standing_of(case.committee)
    assert standing.last is not None
    running = [one for one in standing.seats.values() if one.runs(day_of(rules, standing.last)) and one.post in rules.votes]
    names = person_names(one.person for one in running)
    return [(one.id, names.get(one.person, one.person), in_language(rules.roles[one.post], lang)) for one in running]


# -- what was typed --------------------------------------------------------------------------------------------------------------


def read_said(case: Case, step: Step, typed: Typed) -> Said:
    """What a form said of a step.

    :raises EthicsError: for something that is none of what can be chosen, a day that is none, or words too long.
    :raises CalendarError: for a day that is none.
    """
    gives: dict[str, Any] = {}
    words: dict[str, Any] = {}
    outcome = str(typed.get("outcome", ""))
    if step.outcomes:
        if outcome not in step.outcomes:
            raise EthicsError("ethics.no-choice", "outcome")
        gives["outcome"] = outcome
    for name in ("reasons", "answer", "comment", "interest", "departure", "evidence"):
        if text := _text(typed, name):
            words[name] = text
    for name in step.gives:
        _read(case, step, name, typed, gives, words)
    if "departs" in step.gives:
        gives["departs"] = departs(case, outcome)
        gives["departure_explained"] = bool(words.get("departure"))
    wanted = None
    if "conditions_open" in step.gives and "decides" in step.gives:
        wanted = conditions.read(_text(typed, "conditions"))
        words["conditions"] = [one.text for one in wanted]
    asked = {str(one) for one in typed.get("met", ())}
    _require_judged(case, step, gives)
    met = [one.number for one in conditions.open_ones(case) if str(one.number) in asked] if asked else []
    if step.gives == ("conditions_open",) and not met:
        raise EthicsError("ethics.none-met", "met")
    if met and (file := next((one for one in handed_in(case) if one["digest"] == typed.get("evidence_file")), None)):
        words["evidence_file"] = {"name": file["name"], "digest": file["digest"]}
    return Said(gives, words, wanted, met)


def _require_judged(case: Case, step: Step, gives: Mapping[str, Any]) -> None:
    """What an applicant said of the activity the committee judges itself: it says so, and takes nothing over in silence."""
    rules = rules_of(case.committee)
    if "applicant" in step.by or APPLY not in rules.steps:
        return
    stated = standing_of(case.committee).cases[case.public_id].facts
    for name in step.gives:
        said = name in rules.steps[APPLY].gives and name in stated
        if said and isinstance(rules.facts.get(name), BoolType) and name not in gives:
            clauses = {lang: basis_words(_asks(rules, step, name), lang)["words"] for lang in LANGUAGES}
            raise EthicsError("ethics.judge-it", name, clause=clauses)


def _asks(rules: Rules, step: Step, fact: str) -> Basis:
    """Where it is written that a step has to know a fact: in what must hold for it, a norm before our practice; else its own."""
    guards = (rules.guards[one] for one in step.needs)
    asking = [one.basis for one in guards if fact in names(one.require)]
    return min(asking, key=lambda one: GROUNDS.index(one.ground), default=step.basis)


def _text(typed: Typed, name: str) -> str:
    text = str(typed.get(name, "")).replace("\0", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise EthicsError("ethics.too-long", name, most=LONGEST)
    return text


def _read(case: Case, step: Step, name: str, typed: Typed, gives: dict[str, Any], words: dict[str, Any]) -> None:
    rules = rules_of(case.committee)
    match name:
        case "reasons_given":
            gives[name] = bool(words.get("reasons"))
        case "items_missing":
            words["missing"] = _named_missing(case, typed)
            gives[name] = len(words["missing"])
        case "digest":
            if set(step.by) != {"applicant"}:
                gives[name] = str(typed.get("digest", ""))[:80]
        case "aside":
            gives[name] = True
        case "group" | "group_for" if said := opinions_of(case):
            gives[name] = list(said) if name == "group" else agreeing(said)
        case "until" if not _text(typed, name):
            pass  # the rules say why a day is needed
        case _ if name in _READERS:
            gives[name] = _READERS[name](typed)
        case _:
            _read_fact(rules.facts.get(name) or rules.said.get(name), name, typed, gives)


def _named_missing(case: Case, typed: Typed) -> list[Any]:
    known = {one.id: one.words for one in items_of(case)}
    named: list[Any] = [known[one] for one in typed.get("missing", ()) if one in known]
    return [*named, *(one for one in _text(typed, "missing_more").splitlines() if one.strip())]


def _chosen(name: str, among: Sequence[str]) -> Callable[[Typed], str]:
    def read(typed: Typed) -> str:
        if typed.get(name) not in among:
            raise EthicsError("ethics.no-choice", name)
        return str(typed[name])

    return read


def _experts(name: str) -> Callable[[Typed], list[str]]:
    return lambda typed: [_expert(one) for one in dict.fromkeys(_text(typed, name).splitlines()) if one.strip()]


def _authority(typed: Typed) -> str:
    found = by_handle(_text(typed, "authority").removeprefix("org:").strip().lower())
    if found is None:
        raise EthicsError("ethics.no-authority", "authority", got=_text(typed, "authority")[:60] or "–")
    return found.org


def _expert(line: str) -> str:
    """An expert by name; one with an account here by their opaque name, so that a member of the committee is known as one."""
    words = " ".join(line.split())
    found = Person.objects.filter(Q(email__iexact=words) | Q(name__iexact=words), is_active=True).order_by("pk").first()
    return found.public_id if found else words[:80]


_READERS: Final[Mapping[str, Callable[[Typed], Any]]] = {
    "panel": lambda typed: list(typed.get("panel", ())),
    "opinion": _chosen("opinion", OPINIONS),
    "expert_opinion": _chosen("expert_opinion", (AGREES, AGAINST)),
    "experts": lambda typed: list(typed.get("experts", ())),
    "parties": lambda typed: {"authority": [_authority(typed)]},
    "recognised_decision": lambda typed: _text(typed, "recognised_decision")[:LONGEST_NAME],
    "until": lambda typed: str(parse_day(_text(typed, "until"))),
    "group": _experts("group"),
    "group_for": _experts("group_for"),
}


def _read_fact(kind: Any, name: str, typed: Typed, gives: dict[str, Any]) -> None:
    given = str(typed.get(name, ""))
    if name in WORKED_OUT or kind is None or not given:
        return
    if isinstance(kind, BoolType):
        if given not in ("yes", "no"):
            raise EthicsError("ethics.no-choice", name)
        gives[name] = given == "yes"
    elif isinstance(kind, EnumType):
        if given not in kind.members:
            raise EthicsError("ethics.no-choice", name)
        gives[name] = given
    elif given.isascii() and given.isdigit() and len(given) < 7:
        gives[name] = int(given)
    else:
        raise EthicsError("ethics.no-choice", name)


def offer_named(offers: Sequence[Offer], step: str) -> Offer | None:
    """The offer of a step, where the person may take it."""
    return next((one for one in offers if one.step.name == step and one.mine), None)
