"""The engine against the reference evaluator, as checks that a property test can run and a seeded fault must break."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.norms.reference import OPEN, NotAskedError, Reference, three

from guiju.logic import UNSETTLED, OneOf, Truth
from guiju.norms import Evaluation, Norm, Program, Thing, World
from guiju.norms.bearers import roles
from guiju.norms.evaluation import is_party_norm

LEFT_TO_THE_ENGINE = {
    "cn/standardization-law/36",  # asks whether other norms are breached
    "cn/civil-code/577",  # the same
    "eu/ai-act/20.1",  # asks whether other norms are breached
    "eu/ai-act/20.1#inform",  # the same
    "eu/ai-act/5.1.h",  # asks whether other norms are fulfilled
    "eu/ai-act/111.2",  # compares with a day of the law
    "eu/ai-act/111.2#public-authorities",  # the same
    "eu/ai-act/30.4",  # hangs on a standstill
    "eu/ai-act/60.4.b",  # the same
    "eu/ai-act/60.4.b#tacit",  # the same
    "eu/ai-act/36.8",  # counts months from a day
    "eu/ai-act/52.5#again",  # the same
    "eu/ai-act/52.5#earliest",  # the same
    "eu/ai-act/50.5#content",  # asks whether another norm applies
    "eu/ai-act/50.5#exposure",  # the same
    "eu/ai-act/50.5#interaction",  # the same
    "eu/gdpr/33.1#delay",  # asks whether another norm is breached
}


def agree(program: Program, world: World) -> set[str]:
    """Every term and the content of every norm are the same in both; the norms that the reference does not answer."""
    evaluation, reference = Evaluation(program, world), Reference(program)
    for declared in program.vocabulary.entries():
        if declared.kind == "term":
            for thing in world.of_kind(declared.object):
                try:
                    theirs = reference.term(declared.name, thing)
                except NotAskedError:  # a standstill, or what hangs on one
                    continue
                ours = plainly(evaluation.term(declared, thing))
                assert ours == theirs, f"{declared.name} of {thing!r}: {ours}, by the nested form {theirs}"
    skipped = set()
    for norm, thing, party in cases(evaluation):
        try:
            same_content(evaluation, reference, norm, thing, party)
        except NotAskedError:
            skipped.add(norm.id)
    return skipped


def cases(evaluation: Evaluation) -> Iterator[tuple[Norm, Thing, Thing | None]]:
    """Every norm with everything it speaks of, and each party."""
    for norm in evaluation.program.norms.values():
        for thing in evaluation.world.of_kind(norm.about):
            for party in evaluation.world.parties_of(thing) if is_party_norm(evaluation, norm) else [None]:
                yield norm, thing, party


def same_content(evaluation: Evaluation, reference: Reference, norm: Norm, thing: Thing, party: Thing | None) -> None:
    written = reference.chosen[norm.id]
    content = reference.content(written, thing, party)
    assert three(evaluation.content(norm, thing, party)) is content, f"{norm.id} of {thing!r}: the nested form says {content}"
    if norm.id not in reference_free(evaluation.program) or (party is None and is_party_norm(evaluation, norm)):
        return
    parts = (reference.bears(written, thing, party), content, reference.arisen(written, thing, party))
    scope = False if False in parts else None if None in parts else True
    assert three(evaluation.in_scope(norm, thing, party)) is scope, f"{norm.id} of {thing!r} for {party!r}: in scope {scope}"


@cache
def reference_free(program: Program) -> set[str]:
    """Norms whose scope is their own: parties bear them, and no other norm applies, displaces or takes precedence."""
    return {
        norm.id
        for norm in program.norms.values()
        if norm.id not in program.appliers and norm.id not in program.displacers and not norm.yields_to
        and norm.id not in program.yielding
        and all(program.vocabulary.declared[term].object == "party" for term in roles(program, norm))
    }  # fmt: skip


def plainly(value: Any) -> Any:
    """A value of the engine in the words of the reference."""
    if isinstance(value, OneOf):
        return {OPEN if one == UNSETTLED else one for one in value.members}
    return three(value) if isinstance(value, Truth) else value


def nothing_open(program: Program, world: World) -> None:
    """In a world of which all is known every term is settled, save what the law leaves open or nobody has checked."""
    evaluation = Evaluation(program, world)
    for declared in program.vocabulary.entries():
        if declared.kind != "term" or declared.name in program.waiting_terms or declared.name not in program.makers:
            continue
        for thing in world.of_kind(declared.object):
            value = evaluation.term(declared, thing)
            settled = len(value.members) == 1 if isinstance(value, OneOf) else value is not Truth.UNKNOWN
            assert settled, f"{declared.name} of {thing!r} is {value}"
