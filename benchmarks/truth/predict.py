"""Our answer to the question that is put of an example, in the words of its set.

Which norms decide stands here by provision; nothing here is about any one example. Where the rules leave it open the answer
is ``abstained``, unless the set has a class for what hangs on a judgement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from guiju.logic import Name, Truth, evaluate
from guiju.norms import Norm, Thing

from .engine import Asked, Engine, Told, named_missing
from .scores import ABSTAINED
from .sets import Raw

Predict = Callable[[Engine, Asked, Raw], Told]

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN

HIGH_RISK = "eu.annex_iii_high_risk"
LISTED = "eu.annex_iii_use"
DEROGATED = "eu.covered_by_derogation"
IN_SCOPE = "eu.in_scope"
ACT = "eu/ai-act/2"


class UnknownQuestionError(Exception):
    """A row asks for something that no norm of ours is named for."""


# -- Annex III ---------------------------------------------------------------------------------------------------------------


def highrisk(engine: Engine, asked: Asked, raw: Raw) -> Told:
    """``within`` the named point of Annex III and high-risk, ``filtered`` by Article 6(3), or ``outside`` the point."""
    point = str(raw["annex_iii_point"]).partition(":")[0]
    provision = "eu/ai-act/annex-iii." + point.replace("(", ".").replace(")", "")
    norms = [one for one in engine.below(provision, makes=LISTED) if one.about == "purpose"]
    if not norms:
        raise UnknownQuestionError(f"no norm about uses stands at {provision}")
    if outside := _outside_the_act(asked):
        return Told("outside", ACT, outside)
    return _worst([_of_point(asked, norms, purpose) for purpose in asked.things("purpose")], ("within", ABSTAINED, "filtered"))


def _of_point(asked: Asked, norms: list[Norm], purpose: Thing) -> Told:
    """One use under the norms of one point."""
    holds = asked.holds(norms, purpose)
    if holds is NO:
        return Told("outside", _ids(norms), " | ".join(asked.grounds(norm, purpose) for norm in norms))
    if holds is OPEN:
        return _left_open(asked, norms, purpose)
    deciding = next(norm for norm in norms if asked.evaluation.content(norm, purpose, None) is YES)
    grounds = asked.grounds(deciding, purpose)
    return _after_filter(asked, purpose, deciding.id, grounds)


def _after_filter(asked: Asked, purpose: Thing, clause: str, grounds: str) -> Told:
    """A use that is listed: high-risk, or taken out by the derogation, or open."""
    high = asked.term(HIGH_RISK, purpose)
    if high is YES:
        return Told("within", clause, grounds)
    if high is OPEN:
        missing = asked.open_of(HIGH_RISK, purpose)
        return Told(ABSTAINED, "eu/ai-act/6.2", f"{grounds} | open: {named_missing(missing)}", missing)
    if asked.term(DEROGATED, purpose) is YES:
        found = asked.why(asked.evaluation.program.norms["eu/ai-act/6.3"].when, purpose)
        return Told("filtered", "eu/ai-act/6.3", f"{grounds} | {found}")
    return Told("outside", "eu/ai-act/6.2", f"{grounds} | listed, not high-risk, and not by Article 6(3)")


def filter_or_scope(asked: Asked) -> Told:
    """The test of Article 6(3) whatever the point: ``filtered``, ``not_filtered`` or ``outside`` Annex III."""
    found = []
    for purpose in asked.things("purpose"):
        listed = asked.term(LISTED, purpose)
        if listed is YES:
            told = _after_filter(asked, purpose, "eu/ai-act/6.2", f"{LISTED} = yes")
            found.append(Told("not_filtered", told.clause, told.reason) if told.answer == "within" else told)
        elif listed is NO:
            found.append(Told("outside", "eu/ai-act/annex-iii", f"{LISTED} = no"))
        else:
            found.append(_filter_alone(asked, purpose))
    return _worst(found, ("not_filtered", ABSTAINED, "filtered"))


def _filter_alone(asked: Asked, purpose: Thing) -> Told:
    """The test is that of the filter: where it is settled, it is answered although the point of Annex III is not told."""
    if asked.term(DEROGATED, purpose) is NO:
        return Told("not_filtered", "eu/ai-act/6.3", asked.why(Name(DEROGATED), purpose))
    missing = asked.open_of(LISTED, purpose)
    return Told(ABSTAINED, "eu/ai-act/annex-iii", f"open: {named_missing(missing)}", missing)


# -- Article 5 ---------------------------------------------------------------------------------------------------------------

EACH_USE = {"eu/ai-act/5.1.h#practice": "eu/ai-act/5.1.h"}
"""Practices that are prohibited unless each use meets conditions -> the prohibition, which is asked of each use."""


def prohibited(engine: Engine, asked: Asked, raw: Raw) -> Told:
    """``prohibited``, ``not_prohibited``, or ``conditional``: only judgements are missing, or each use has to be looked at."""
    provision = "eu/ai-act/" + str(raw["provision"]).replace("(", ".").replace(")", "")
    norms = engine.named((f"{provision}#practice",))
    if not norms:
        raise UnknownQuestionError(f"no practice norm stands at {provision}")
    if outside := _outside_the_act(asked):
        return Told("not_prohibited", ACT, outside)
    order = ("prohibited", "conditional", ABSTAINED)
    return _worst([_practice(engine, asked, norm, thing) for norm in norms for thing in asked.things(norm.about)], order)


def _practice(engine: Engine, asked: Asked, norm: Norm, thing: Thing) -> Told:
    """One practice norm at one thing."""
    holds = asked.holds([norm], thing)
    if holds is NO:
        return Told("not_prohibited", norm.id, asked.grounds(norm, thing))
    if holds is OPEN:
        return _conditional(_left_open(asked, [norm], thing))
    if norm.id not in EACH_USE:
        return Told("prohibited", norm.id, asked.grounds(norm, thing))
    duties = engine.named((EACH_USE[norm.id],))
    found = [_one_use(asked, duty, use, party) for duty in duties for use, party in _places(asked, duty)]
    if not found:
        return Told("conditional", norm.id, f"{asked.grounds(norm, thing)} | no single use is told")
    return _worst(found, ("prohibited", "conditional", ABSTAINED))


def _one_use(asked: Asked, duty: Norm, use: Thing, party: Thing | None) -> Told:
    """One use under a prohibition that lets uses with certain conditions pass; while those are open, the grade is conditional."""
    scope = asked.evaluation.in_scope(duty, use, party)
    if scope is OPEN:
        missing = asked.needs(duty, use, party)
        return Told("conditional", duty.id, f"prohibited unless authorised; open: {named_missing(missing)}", missing)
    return Told("prohibited" if scope is YES else "not_prohibited", duty.id, asked.grounds(duty, use, party))


def _conditional(told: Told) -> Told:
    """What is open for want of judgements alone is an answer of its own."""
    return Told("conditional", told.clause, told.reason, told.missing) if told.only_judgements else told


# -- Article 50 --------------------------------------------------------------------------------------------------------------

TRANSPARENCY: dict[str, tuple[str, ...]] = {
    "50(1)": ("eu/ai-act/50.1",),
    "50(2)": ("eu/ai-act/50.2",),
    "50(3)": ("eu/ai-act/50.3",),
    "50(4)": ("eu/ai-act/50.4", "eu/ai-act/50.4#text"),
}
SPOKEN_OF = {
    "eu/ai-act/50.4": frozenset(
        {"generated_or_changed_by_ai", "shows_existing_person_place_or_event", "could_plausibly_exist", "realistic_form"}
    ),
    "eu/ai-act/50.4#text": frozenset({"text_generated_or_changed_by_ai", "published_to_inform_public", "text_topic"}),
}
"""Article 50(4) holds two duties: one is asked of content only if one of these facts is stated of it, where any is."""


def art50(engine: Engine, asked: Asked, raw: Raw) -> Told:
    """``applies``, ``attenuated``, ``exempt`` by an exception of the norm, or ``out_of_scope`` by its condition or bearer."""
    norms = engine.named(TRANSPARENCY.get(str(raw["provision"]), ()))
    if not norms:
        raise UnknownQuestionError(f"no duty is named for Article {raw['provision']}")
    places = [(norm, thing, party) for norm in norms for thing, party in _places(asked, norm)]
    spoken = [one for one in places if set(one[1].given) & SPOKEN_OF.get(one[0].id, set(one[1].given))]
    found = [_duty(asked, norm, thing, party) for norm, thing, party in spoken or places]
    if not found:
        kinds = ", ".join(sorted({norm.about for norm in norms}))
        return Told(ABSTAINED, _ids(norms), f"the dossier names no {kinds}")
    return _worst(found, ("applies", ABSTAINED, "attenuated", "exempt"))


def _places(asked: Asked, norm: Norm) -> list[tuple[Thing, Thing | None]]:
    """The things a duty is about with the parties that are named; None where the dossier names no party."""
    parties: list[Thing | None] = [one for one in asked.things("party") if not one.anonymous]
    return [(thing, party) for thing in asked.things(norm.about) for party in parties or [None]]


def _duty(asked: Asked, norm: Norm, thing: Thing, party: Thing | None) -> Told:
    """One duty at one thing for one party; who bears it is not asked where the dossier names nobody."""
    ev = asked.evaluation
    if party is None:
        party = next(iter(ev.world.parties_of(thing)), None)
        bears = YES
    else:
        bears = ev.bears(norm, thing, party)
    view = ev.view(thing, party)
    when = evaluate(ev.condition(norm), view)
    if outside := _outside_the_act(asked):
        return Told("out_of_scope", ACT, outside)
    if when is NO or bears is NO:
        reason = asked.grounds(norm, thing, party) if when is NO else f"{party.id if party else '-'} does not bear it"
        return Told("out_of_scope", norm.id, reason)
    excepted = [(one, ev.exempt(one, view)) for one in norm.unless]
    spared = next((one for one, state in excepted if state is YES and one.replace_require is None), None)
    if spared is not None and bears is YES:  # whatever else turns out to be so, the duty does not arise
        return Told("exempt", spared.at or norm.id, asked.why(spared.when, thing))
    if (when & bears) is OPEN or any(state is OPEN for _, state in excepted):
        missing = asked.needs_of_duty(norm, thing, party, bears, [one for one, state in excepted if state is OPEN])
        return Told(ABSTAINED, norm.id, f"open: {named_missing(missing)}", missing)
    milder = next((one for one, state in excepted if state is YES), None)
    if milder is not None:
        return Told("attenuated", milder.at or norm.id, asked.why(milder.when, thing))
    return Told("applies", norm.id, asked.grounds(norm, thing, party))


# -- definitions -------------------------------------------------------------------------------------------------------------

TERMS = {
    "art 3(1) ai system": ("eu.ai_system", "system", "AI_system", "eu/ai-act/3.1"),
    "art 3(14) safety component": ("eu.safety_component", "system", "safety_component", "eu/ai-act/3.14"),
    "art 3(63) gpai model": ("eu.gpai_model", "model", "GPAI", "eu/ai-act/3.63"),
}
"""Test -> the term that answers it, of what, its class, and the definition; the other class is ``not_`` before it."""


def definition(engine: Engine, asked: Asked, raw: Raw) -> Told:
    """A class by the name of the test: a term and its opposite, or the filter of Article 6(3)."""
    test = " ".join(str(raw["test"]).lower().split())
    if test.startswith("art 6(3) filter"):
        return filter_or_scope(asked)
    if test not in TERMS:
        raise UnknownQuestionError(f"no term is named for the test “{raw['test']}”")
    name, kind, label, clause = TERMS[test]
    declared = engine.corpus.vocabulary.declared.get(name)
    if declared is None:
        raise UnknownQuestionError(f"the vocabulary has no term {name}")
    found = [_defined(asked, name, thing, label, clause) for thing in asked.things(declared.object or kind)]
    return _worst(found, (label, ABSTAINED))


def _defined(asked: Asked, name: str, thing: Thing, label: str, clause: str) -> Told:
    value = asked.term(name, thing)
    if value is OPEN:
        missing = asked.open_of(name, thing)
        return Told(ABSTAINED, clause, f"open: {named_missing(missing)}", missing)
    return Told(label if value is YES else f"not_{label}", clause, asked.why(Name(name), thing))


# -- shared ------------------------------------------------------------------------------------------------------------------


def _worst(found: Iterable[Told], order: tuple[str, ...]) -> Told:
    """The gravest of several answers; what is open comes before what is milder, since it may turn out graver."""
    several = list(found)
    if not several:
        return Told(ABSTAINED, "", "the dossier names nothing that the rule speaks of")
    for answer in order:
        for one in several:
            if one.answer == answer:
                return one
    return several[0]


def _outside_the_act(asked: Asked) -> str:
    """The grounds on which Article 2 leaves every system of the dossier out of the Act; empty unless that is settled."""
    systems = asked.things("system")
    if not systems or any(asked.term(IN_SCOPE, one) is not NO for one in systems):
        return ""
    return asked.why(Name(IN_SCOPE), systems[0])


def _left_open(asked: Asked, norms: list[Norm], thing: Thing) -> Told:
    open_norms = [norm for norm in norms if asked.evaluation.content(norm, thing, None) is OPEN]
    missing = tuple(dict.fromkeys(one for norm in open_norms for one in asked.needs(norm, thing)))
    return Told(ABSTAINED, _ids(open_norms), f"open: {named_missing(missing)}", missing)


def _ids(norms: Iterable[Norm]) -> str:
    return ", ".join(norm.id for norm in norms)
