"""Acts one after another: what a step lacks, what it changes, and a whole record played again.

Nothing here asks a clock, a database or a person; the same acts always give the same standing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from guiju.logic import Truth, evaluate
from guiju.procedure.errors import ProcedureError, StepRefusedError
from guiju.procedure.facts import Known, known
from guiju.procedure.given import EARLIER, check_given
from guiju.procedure.meeting import held
from guiju.procedure.organising import ORGANISES, begin, organised
from guiju.procedure.roles import case_of, day_of, parties_after, roles_of
from guiju.procedure.rules import Guard, Lack, Rules, Step
from guiju.procedure.standing import MEETING, Act, Case, Standing
from guiju.wording import LANGUAGES, Text, in_language, join_words

APPLY: Final = "apply"
"""The step by which a case is applied for."""


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
    _require_act(rules, standing, act)
    return replace(_taken(rules, standing, act), began=standing.began or act.at, last=act.at)


def _require_act(rules: Rules, standing: Standing, act: Act) -> None:
    words: tuple[object, ...] = (act.step, act.by, act.about, act.behalf)
    kinds: tuple[tuple[object, type], ...] = (*((one, str) for one in words), (act.gives, Mapping), (act.at, datetime))
    if not all(isinstance(one, kind) for one, kind in kinds):
        raise ProcedureError("procedure.no-act", got=str(words))
    if act.at.tzinfo is None:
        raise ProcedureError("procedure.no-zone", got=act.at.isoformat())
    if standing.last is not None and act.at < standing.last:
        raise ProcedureError("procedure.backwards", got=act.at.isoformat(), last=standing.last.isoformat())
    if act.about in (standing.cases if act.step == "call" else standing.sittings if rules.opens(act.step) else ()):
        raise ProcedureError("procedure.name-taken", got=act.about)


def _taken(rules: Rules, standing: Standing, act: Act) -> Standing:
    if act.step in ORGANISES:
        return organised(rules, standing, act)
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
        if not rules.opens(act.step):
            raise ProcedureError("procedure.no-case", got=act.about)
        return rules.start
    return standing.cases[act.about].state


# -- what changes ----------------------------------------------------------------------------------------------------------------


def _moved(rules: Rules, standing: Standing, act: Act) -> Standing:
    step, given = rules.steps[act.step], act.gives
    case = case_of(rules, standing, act)
    assert case is not None
    outcome = str(given.get("outcome", "")) if step.outcomes else ""
    to = step.to[outcome]
    state = case.before if to == "back" else case.state if to == "same" else to
    mine = frozenset(one.id for one in standing.seats_of(act.by, day_of(rules, act.at)))
    digest = str(given.get("digest") or case.digest)
    changed = replace(
        _anew(rules, case) if step.begins_anew(outcome) else case,
        state=state,
        before=case.state if state != case.state else case.before,
        digest=digest,
        parties=parties_after(step, case, act),
        conflicted=case.conflicted | mine if "aside" in step.gives else case.conflicted,
        decided=outcome if "decides" in step.gives else case.decided,
        decided_on=digest if "decides" in step.gives or "decided_before_on" in given else case.decided_on,
    )
    changed = replace(
        changed,
        facts={**changed.facts, **{name: given[name] for name in rules.facts if name in given}, **step.sets},
        taken={**case.taken, act.step: _moment(rules, act)},
        counted={**changed.counted, act.step: case.counted.get(act.step, 0) + 1},
        panel=_panel(changed, case, act, mine),
        dissent=changed.dissent | mine if given.get("opinion", "agree") != "agree" else changed.dissent,
        group=frozenset(map(str, given["group"])) if "group" in given else changed.group,
        group_for=frozenset(map(str, given["group_for"])) if "group_for" in given else changed.group_for,
        experts=_experts(step, changed, act),
        until={**case.until, **({act.step: date.fromisoformat(given["until"])} if "until" in given else {})},
    )
    return replace(standing, cases={**standing.cases, act.about: changed})


def _anew(rules: Rules, case: Case) -> Case:
    """A case in a new round: what was voted, opined and found in the one before no longer counts."""
    facts = {name: value for name, value in case.facts.items() if name not in rules.per_round}
    nobody = frozenset[str]()
    fresh = replace(case, round=case.round + 1, facts=facts, counted={}, last=None)
    return replace(fresh, panel={}, dissent=nobody, group=nobody, group_for=nobody, experts={})


def _moment(rules: Rules, act: Act) -> datetime:
    """From when time runs after an act: from when it is done, or, where a case is taken over, from the day it states."""
    stated = next((act.gives[given] for given in EARLIER.values() if given in act.gives), None)
    return datetime.combine(date.fromisoformat(stated), time(), ZoneInfo(rules.place)) if stated else act.at


def _panel(changed: Case, case: Case, act: Act, mine: frozenset[str]) -> Mapping[str, str]:
    if "panel" in act.gives:
        return {str(one): "" for one in act.gives["panel"]}
    if "digest" in act.gives and act.gives["digest"] != case.digest:
        return dict.fromkeys(changed.panel, "")  # nobody has read the new papers
    if "opinion" not in act.gives:
        return changed.panel
    return {**changed.panel, **{one: str(act.gives["opinion"]) for one in mine & changed.panel.keys()}}


def _experts(step: Step, case: Case, act: Act) -> Mapping[str, str]:
    """The experts and what each said last: who is named again keeps it; where the authority declines there are none."""
    if "unasked" in step.gives:
        return {}
    if "experts" in act.gives:
        return {one: case.experts.get(one, "") for one in map(str, act.gives["experts"])}
    if "expert_opinion" not in act.gives:
        return case.experts
    return {**case.experts, act.by: str(act.gives["expert_opinion"])}
