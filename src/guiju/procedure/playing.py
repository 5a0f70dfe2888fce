"""Acts one after another: what a step lacks, what it changes, and a whole record played again.

Nothing here asks a clock, a database or a person; the same acts always give the same standing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from guiju.logic import Truth, evaluate
from guiju.procedure.errors import ProcedureError, StepRefusedError
from guiju.procedure.facts import Known, known
from guiju.procedure.given import check_given
from guiju.procedure.meeting import held
from guiju.procedure.rules import Guard, Lack, Rules, Step
from guiju.procedure.standing import MEETING, Act, Case, Seat, Standing
from guiju.wording import LANGUAGES, Text, in_language, join_words

SEATED: Final = "seat"
UNSEATED: Final = "seat-ended"
APPLY: Final = "apply"
"""The step that opens a case; ``seat`` and ``seat-ended`` are the organisation's, and are asked nothing here."""


def begin(rules: Rules, charter: Mapping[str, Any] | None = None) -> Standing:
    """A body at its beginning, with a charter; what it does not say is as the rules have it.

    :raises ProcedureError: for a parameter that there is not, of another kind, or below what the law lets it be.
    """
    given = dict(charter or {})
    if unknown := [one for one in given if one not in rules.parameters]:
        raise ProcedureError("procedure.unknown-parameter", got=unknown[0], known=sorted(rules.parameters))
    values = {name: given.get(name, one.default) for name, one in rules.parameters.items()}
    for name, value in values.items():
        _require_fits(rules, name, value)
    return Standing(values)


def _require_fits(rules: Rules, name: str, value: Any) -> None:
    parameter = rules.parameters[name]
    wanted = {"bool": bool, "number": int}.get(str(parameter.type).partition("(")[0], str)
    members = getattr(parameter.type, "members", None)
    if type(value) is not wanted or (members is not None and value not in members):
        raise ProcedureError("procedure.parameter-kind", name=name, got=str(value), kind=str(parameter.type))
    least = 1 if parameter.least is None else parameter.least
    if type(value) is int and value < least:
        raise ProcedureError("procedure.parameter-low", name=name, got=value, least=least)
    if type(value) is int and parameter.most is not None and value > parameter.most:
        raise ProcedureError("procedure.parameter-high", name=name, got=value, most=parameter.most)


def day_of(rules: Rules, at: datetime) -> date:
    """The day of a moment where the body is."""
    return at.astimezone(ZoneInfo(rules.place)).date()


def lacking(rules: Rules, standing: Standing, act: Act) -> tuple[Lack, ...]:
    """What a step lacks, all of it at once; nothing where it can be taken as it stands.

    :raises ProcedureError: for a step, a case or a meeting that there is not, or one that does not follow from its state.
    """
    check_given(rules, act)
    step = _step(rules, standing, act)
    found = known(rules, standing, act, day_of(rules, act.at))
    guards = [rules.guards[name] for name in step.needs]
    return tuple(lack for guard in guards if (lack := asked(guard, found)) is not None)


def asked(guard: Guard, found: Known) -> Lack | None:
    """What a guard lacks; None where it holds. What is not known does not hold."""
    truth = evaluate(guard.require, found)
    if truth is Truth.TRUE:
        return None
    words = {lang: _filled(text, found) for lang, text in guard.lacks.items()}
    return Lack(guard.name, words, guard.basis, guard.cure, guard.who, guard.then, truth is Truth.UNKNOWN)


def _filled(text: str, found: Known) -> str:
    return re.sub(r"\{([a-z_.]+)\}", lambda name: str(found.values.get(name[1], "?")), text)


def take(rules: Rules, standing: Standing, act: Act) -> Standing:
    """The standing after an act.

    :raises StepRefusedError: where something is lacking without which the step is not taken.
    :raises ProcedureError: for a step that does not exist or does not follow.
    """
    _require_act(standing, act)
    return replace(_taken(rules, standing, act), last=act.at)


def _require_act(standing: Standing, act: Act) -> None:
    words: tuple[object, ...] = (act.step, act.by, act.about)
    kinds: tuple[tuple[object, type], ...] = (*((one, str) for one in words), (act.gives, Mapping), (act.at, datetime))
    if not all(isinstance(one, kind) for one, kind in kinds):
        raise ProcedureError("procedure.no-act", got=str(words))
    if act.at.tzinfo is None:
        raise ProcedureError("procedure.no-zone", got=act.at.isoformat())
    if standing.last is not None and act.at < standing.last:
        raise ProcedureError("procedure.backwards", got=act.at.isoformat(), last=standing.last.isoformat())
    if act.about in (standing.cases if act.step == "call" else standing.sittings if act.step == APPLY else ()):
        raise ProcedureError("procedure.name-taken", got=act.about)


def _taken(rules: Rules, standing: Standing, act: Act) -> Standing:
    if act.step in (SEATED, UNSEATED):
        check_given(rules, act)
        return _seated(rules, standing, act)
    lacks = lacking(rules, standing, act)
    refused = tuple(one for one in lacks if one.then == "refuse")
    if refused:
        raise StepRefusedError(act.step, rules.steps[act.step].words, refused)
    if act.step in MEETING:
        return held(rules, standing, act, lacks, day_of(rules, act.at))
    return _moved(rules, standing, act)


def replay(rules: Rules, acts: Iterable[Act], charter: Mapping[str, Any] | None = None) -> Standing:
    """The standing after all of a record.

    :raises ProcedureError: where an act in it could not have been taken.
    """
    standing = begin(rules, charter)
    for act in acts:
        standing = take(rules, standing, act)
    return standing


# -- who, and from where ---------------------------------------------------------------------------------------------------------


def _step(rules: Rules, standing: Standing, act: Act) -> Step:
    step = rules.steps.get(act.step)
    if step is None:
        raise ProcedureError("procedure.unknown-step", got=act.step, known=sorted(rules.steps))
    state = _state(rules, standing, act)
    if state not in step.states:
        states: Text = {lang: in_language(rules.states.get(state, {}), lang) or state for lang in LANGUAGES}
        raise ProcedureError("procedure.out-of-turn", step=step.words, state=states)
    if not set(step.by) & roles_of(rules, standing, act):
        who = {lang: join_words([in_language(rules.roles[one], lang) for one in step.by], lang) for lang in LANGUAGES}
        raise ProcedureError("procedure.not-yours", step=step.words, who=who)
    if act.step not in MEETING:
        allowed = {*step.gives, *(("outcome",) if step.outcomes else ())}
        for name in act.gives:
            if name not in allowed:
                raise ProcedureError("procedure.not-asked-for", step=step.words, got=name, known=sorted(allowed))
    if step.outcomes and act.gives.get("outcome") not in step.outcomes:
        raise ProcedureError("procedure.no-outcome", step=step.words, known=list(step.outcomes))
    return step


def _state(rules: Rules, standing: Standing, act: Act) -> str:
    if act.step in MEETING:
        if act.step == "call":
            return "" if act.about not in standing.sittings else standing.sittings[act.about].state
        if act.about not in standing.sittings:
            raise ProcedureError("procedure.no-meeting", got=act.about)
        return standing.sittings[act.about].state
    if act.about not in standing.cases:
        if act.step != APPLY:
            raise ProcedureError("procedure.no-case", got=act.about)
        return rules.start
    return standing.cases[act.about].state


def roles_of(rules: Rules, standing: Standing, act: Act) -> set[str]:
    """What somebody is when they act: the posts of their seats that run, and their part in the case."""
    on = day_of(rules, act.at)
    found = {one.post for one in standing.seats_of(act.by, on)} | {"anyone"}
    case = standing.cases.get(act.about)
    if case is None:
        return found | ({"applicant"} if act.step == APPLY else set())
    return found | {role for role, who in case.parties.items() if act.by in who and role not in rules.posts}


# -- what changes ----------------------------------------------------------------------------------------------------------------


def _seated(rules: Rules, standing: Standing, act: Act) -> Standing:
    seats = dict(standing.seats)
    if act.step == UNSEATED:
        if act.about not in seats:
            raise ProcedureError("procedure.no-seat", got=act.about)
        seats[act.about] = replace(seats[act.about], ended=date.fromisoformat(str(act.gives["on"])))
        return replace(standing, seats=seats)
    if act.about in seats:
        raise ProcedureError("procedure.seat-twice", got=act.about)
    given = act.gives
    if given["post"] not in rules.posts:
        raise ProcedureError("procedure.no-post", got=str(given["post"]), known=list(rules.posts))
    begins, ends = date.fromisoformat(str(given["begins"])), date.fromisoformat(str(given["ends"]))
    if any(one.person == given["person"] and one.meets(begins, ends) for one in seats.values()):
        raise ProcedureError("procedure.person-twice", got=str(given["person"]))
    trained = given.get("trained_until")
    seats[act.about] = Seat(
        act.about,
        str(given["person"]),
        str(given["post"]),
        frozenset(map(str, given.get("categories", ()))),
        begins,
        ends,
        None,
        date.fromisoformat(str(trained)) if trained else None,
    )
    return replace(standing, seats=seats)


def _moved(rules: Rules, standing: Standing, act: Act) -> Standing:
    step = rules.steps[act.step]
    case = standing.cases.get(act.about) or Case(act.about, rules.start, parties={"applicant": frozenset([act.by])})
    outcome = str(act.gives.get("outcome", "")) if step.outcomes else ""
    to = step.to[outcome]
    state = case.before if to == "back" else case.state if to == "same" else to
    given = act.gives
    mine = frozenset(one.id for one in standing.seats_of(act.by, day_of(rules, act.at)))
    anew = "anew" in step.gives
    decided = outcome if "decides" in step.gives else case.decided
    changed = replace(
        case,
        state=state,
        before=case.state if state != case.state else case.before,
        facts={**case.facts, **{name: given[name] for name in rules.facts if name in given}, **step.sets},
        digest=str(given.get("digest") or case.digest),
        taken={**case.taken, act.step: act.at},
        counted={**({} if anew else case.counted), act.step: case.counted.get(act.step, 0) + 1},
        round=case.round + anew,
        parties={**case.parties, **{role: frozenset(map(str, who)) for role, who in given.get("parties", {}).items()}},
        conflicted=case.conflicted | mine if "aside" in step.gives else case.conflicted,
        panel={} if anew else _panel(case, act, mine),
        group=frozenset() if anew else frozenset(map(str, given["group"])) if "group" in given else case.group,
        group_for=frozenset() if anew else frozenset(map(str, given["group_for"])) if "group_for" in given else case.group_for,
        until={**case.until, **({act.step: date.fromisoformat(str(given["until"]))} if "until" in given else {})},
        decided=decided,
        decided_on=case.digest if "decides" in step.gives else case.decided_on,
        last=None if anew else case.last,
    )
    return replace(standing, cases={**standing.cases, act.about: changed})


def _panel(case: Case, act: Act, mine: frozenset[str]) -> Mapping[str, str]:
    if "panel" in act.gives:
        return {str(one): "" for one in act.gives["panel"]}
    if "digest" in act.gives and act.gives["digest"] != case.digest:
        return dict.fromkeys(case.panel, "")  # nobody has read the new papers
    if "opinion" not in act.gives:
        return case.panel
    return {**case.panel, **{one: str(act.gives["opinion"]) for one in mine & case.panel.keys()}}
