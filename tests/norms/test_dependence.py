"""What cannot hang on how a norm is read is taken over from the text: it is what working it out again would give."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.norms import small
from tests.strategies.worlds import Case, cases

from guiju.logic import Not
from guiju.norms import Evaluation, Mode, Norm, Program, places
from guiju.norms.dependence import Dependence
from guiju.norms.model import Reading

SETTINGS = {"deadline": None, "derandomize": True, "phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}
EXAMPLES = 10

Answers = dict[tuple[str, int, int], object]


class _Everything(frozenset[str]):
    """As if anything might hang on anything."""

    def __contains__(self, name: object) -> bool:
        return True


def answers(evaluation: Evaluation) -> Answers:
    """Every scope and every term of every thing."""
    found: Answers = {
        (norm.id, id(thing), id(party)): evaluation.in_scope(norm, thing, party) for norm, thing, party in places(evaluation)
    }
    for one in evaluation.vocabulary.entries():
        if one.kind == "term":
            found |= {(one.name, id(thing), 0): evaluation.term(one, thing) for thing in evaluation.world.of_kind(one.object)}
    return found


def read_contrary(evaluation: Evaluation, norm: Norm) -> tuple[Answers, Answers]:
    """A norm read as nobody reads it, where its text says yes, no: what is taken over and what is worked out anew."""
    mode = Mode(Reading("contrary", "nobody", "none", "none", Not(norm.when), Not(norm.require)), norm.id)
    taken_over = answers(evaluation.in_mode(mode))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Dependence, "upon", lambda *_: _Everything())
        return taken_over, answers(evaluation.in_mode(mode))


# -- each way of hanging on a norm, alone --------------------------------------------------------------------------------------

SHORT = {
    "DUTY": "bearer: {each: [xx.maker]}, require: done_this",
    "UNDONE": "bearer: {each: [xx.maker]}, require: done_that",
    "GRAVE": "- {id: xx/act/2, kind: status, makes: [xx.grave], when: a}",
}
WAYS = {
    "a condition reads its term": """
        GRAVE
        - {id: xx/act/3, DUTY, when: xx.grave}
    """,
    "an exception reads its term": """
        GRAVE
        - {id: xx/act/3, DUTY, when: b, unless: [{at: xx/act/3, when: xx.grave}]}
    """,
    "an exception to an exception reads its term": """
        GRAVE
        - {id: xx/act/3, DUTY, when: b, unless: [{at: xx/act/3, when: b, unless: [{at: xx/act/4, when: xx.grave}]}]}
    """,
    "a case reads its term": """
        GRAVE
        - {id: xx/act/4, kind: status, makes: [xx.tier], cases: [{when: xx.grave, is: high}, {is: low}]}
        - {id: xx/act/3, DUTY, when: 'xx.tier == "high"'}
    """,
    "a term reads its term": """
        GRAVE
        - {id: xx/act/4, kind: status, makes: [xx.other], when: xx.grave}
        - {id: xx/act/3, DUTY, when: xx.other}
    """,
    "a row reads its term": """
        GRAVE
        - {id: xx/act/4, kind: status, about: purpose, makes: [xx.row_grave], when: row_a && xx.grave}
        - {id: xx/act/3, DUTY, when: 'some(purposes, xx.row_grave)'}
    """,
    "it ends a term": """
        - {id: xx/act/2, kind: status, ends: [xx.grave], when: a}
        - {id: xx/act/4, kind: status, makes: [xx.grave], when: b}
        - {id: xx/act/3, DUTY, when: xx.grave}
    """,
    "it says who bears": """
        - {id: xx/act/2, kind: status, about: party, makes: [xx.owner], when: makes_it}
        - {id: xx/act/3, bearer: {each: [xx.owner]}, require: done_this}
    """,
    "it says who bears if nobody else does": """
        - {id: xx/act/2, kind: status, about: party, makes: [xx.owner], when: makes_it}
        - {id: xx/act/4, kind: status, about: party, makes: [xx.seller], when: '!makes_it'}
        - {id: xx/act/3, bearer: {each: [xx.seller], otherwise: [xx.owner]}, require: done_this}
    """,
    "it takes precedence": """
        - {id: xx/act/2, UNDONE, when: a, displaces: [{norms: [xx/act/3], basis: special}]}
        - {id: xx/act/3, DUTY, when: b}
    """,
    "it brings in": """
        - {id: xx/act/2, kind: application, how: by_reference, when: a, applies: [xx/act/3]}
        - {id: xx/act/3, DUTY, when: '!b'}
    """,
    "it brings in what is left": """
        - {id: xx/act/2, kind: application, how: residual, applies: {residual_to: xx/guide, topic: emergency}, when: a}
        - {id: xx/guide/3, DUTY, when: '!b', topic: emergency}
    """,
    "it lets special rules go first": """
        - {id: xx/act/2, kind: application, how: special, when: a, applies: [xx/act/3], yields_to: [{norms: [xx/guide/9]}]}
        - {id: xx/act/3, DUTY, when: b}
        - {id: xx/guide/9, UNDONE, when: b}
    """,
    "it goes first": """
        - {id: xx/act/2, UNDONE, when: a}
        - {id: xx/act/3, DUTY, when: b, yields_to: [{norms: [xx/act/2]}]}
    """,
    "another goes first where its term holds": """
        GRAVE
        - {id: xx/act/3, DUTY, when: b, yields_to: [{norms: [xx/act/5], when: xx.grave}]}
        - {id: xx/act/5, UNDONE, when: b}
    """,
    "it is asked whether it applies": """
        - {id: xx/act/2, DUTY, when: a}
        - {id: xx/act/3, DUTY, when: 'applies("xx/act/2")'}
    """,
    "it is asked whether it is met": """
        - {id: xx/act/2, DUTY, when: a}
        - {id: xx/act/3, DUTY, when: 'fulfilled("xx/act/2")'}
    """,
    "it is asked whether it is broken": """
        - {id: xx/act/2, UNDONE, when: a}
        - {id: xx/act/3, DUTY, when: 'breached("xx/act/2")'}
    """,
}


@pytest.mark.parametrize("norms", WAYS.values(), ids=WAYS)
def test_what_hangs_on_a_norm_is_worked_out_again(norms: str) -> None:
    names = "".join(f"  {role}: {{kind: term, object: party, type: bool}}\n" for role in ("xx.owner", "xx.seller"))
    for short, long in SHORT.items():
        norms = norms.replace(short, long)
    rules = small.program(norms, names=names)
    world = small.world(
        rules.corpus,
        system={"a": True, "b": True},
        purposes=[{"row_a": True}],
        parties=[{"makes_it": True, "done_this": True, "done_that": False}],
        closed=("parties", "purposes"),
    )
    evaluation = Evaluation(rules, world)
    taken_over, worked_out = read_contrary(evaluation, rules.norms["xx/act/2"])
    assert taken_over == worked_out
    text = answers(evaluation)
    assert [key[0] for key in text if text[key] is not worked_out[key] and key[0] in ("xx/act/3", "xx/guide/3")]


# -- the rules as they are -----------------------------------------------------------------------------------------------------


def read_by_others(program: Program) -> list[list[Norm]]:
    """Norms by the way in which others hang on them."""
    ways = (program.makers | program.enders, program.displacers, program.appliers, program.yielding)
    found = [[norm for norms in way.values() for norm in norms] for way in ways]
    return [norms for norms in found if norms]


@settings(max_examples=EXAMPLES, **SETTINGS)
@given(cases(), st.data())
def test_what_is_taken_over_from_the_text_is_what_working_it_out_gives(case: Case, data: st.DataObject) -> None:
    evaluation = Evaluation(case.program, case.world)
    for norms in read_by_others(case.program):
        norm = data.draw(st.sampled_from(norms))
        taken_over, worked_out = read_contrary(evaluation, norm)
        assert taken_over == worked_out, norm.id


def test_what_hangs_on_nothing_of_a_norm_is_not_worked_out_again() -> None:
    """A reading of one exception to the duty to mark reaches that duty, and no rule of another place."""
    upon = small.law_on("2026-11-21").dependence.upon("eu/ai-act/50.2#editing")
    assert {"eu/ai-act/50.2", "eu/ai-act/50.2#editing"} <= upon
    assert not [one for one in upon if one.startswith("cn/labelling-measures")]
    assert len(upon) < 100
