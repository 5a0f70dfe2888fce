"""Why we answer so, at first hand: the norms that decide, and what their conditions read.

Opened to the last fact, a "no" of Annex III is a hundred grounds long. So a term is opened once, to what the norms that make it
read; and so is a term that the condition of a duty reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.logic import Expr, Leaf, Name, Truth, any_of, decided_by, evaluate
from guiju.norms import Evaluation, Needs, Norm, Reason, Thing
from guiju.norms.bearers import roles
from guiju.norms.reasons import why
from guiju.norms.views import View
from guiju.wording import GuijuError

from .engine import named_missing, told_reasons


@dataclass(frozen=True)
class Grounds:
    """What decided an answer, and the norms or provisions that it rests on."""

    reasons: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


def together(several: Iterable[Grounds]) -> Grounds:
    """All of them in one, each ground and each clause once."""
    found = list(several)
    reasons = dict.fromkeys(reason for one in found for reason in one.reasons)
    return Grounds(tuple(reasons), tuple(dict.fromkeys(clause for one in found for clause in one.clauses)))


# -- terms -------------------------------------------------------------------------------------------------------------------


def of_terms(evaluation: Evaluation, names: Sequence[str]) -> Grounds:
    """Why any of some terms holds of anything; or why none does, or what that still hangs on."""
    declared = [evaluation.vocabulary.declared[name] for name in names]
    places = [(one, thing) for one in declared for thing in evaluation.world.of_kind(str(one.object))]
    found = [(one.name, thing, evaluation.term(one, thing)) for one, thing in places]
    whole = any_of(value for _, _, value in found if isinstance(value, Truth))
    deciding = [(name, thing) for name, thing, value in found if value is whole]
    if whole is Truth.UNKNOWN:
        return _open_terms(evaluation, deciding)
    return together(_of_term(evaluation, name, thing, whole) for name, thing in deciding)


def _open_terms(evaluation: Evaluation, places: Sequence[tuple[str, Thing]]) -> Grounds:
    needs = Needs(evaluation)
    clauses = []
    for name, thing in places:
        needs.of_term(evaluation.vocabulary.declared[name], thing)
        clauses += [norm.id for norm in evaluation.program.makers.get(name, ()) if not evaluation.makes(norm, thing).settled]
    names = ", ".join(dict.fromkeys(name for name, _ in places))
    return Grounds((f"{names} open: {named_missing(needs.items)}",), tuple(clauses))


def _of_term(evaluation: Evaluation, name: str, thing: Thing, value: Truth) -> Grounds:
    grounds = why(evaluation, Name(name), thing, None)
    norms = [evaluation.program.norms[one.norm] for one in grounds if one.norm and one.name == name and one.thing is thing]
    read = "; ".join(dict.fromkeys(leaf for norm in norms for leaf in _of_content(evaluation, norm, thing, None)))
    return Grounds((f"{name} = {value.value}" + (f" ({read})" if read else ""),), tuple(norm.id for norm in norms))


# -- duties ------------------------------------------------------------------------------------------------------------------


def of_duties(evaluation: Evaluation, norms: Sequence[Norm], party: Thing, provision: str) -> Grounds:
    """Why any of the norms at a provision is in scope for a party; or why none is, or what that still hangs on."""
    places = [(norm, thing) for norm in norms for thing in reached(evaluation, norm, party)]
    whole = any_of(evaluation.in_scope(norm, thing, party) for norm, thing in places)
    deciding = [(norm, thing) for norm, thing in places if evaluation.in_scope(norm, thing, party) is whole]
    clauses = tuple(dict.fromkeys(norm.id for norm, _ in deciding))
    if whole is Truth.UNKNOWN:
        needs = Needs(evaluation)
        for norm, thing in deciding:
            needs.of_scope(norm, thing, party)
        return Grounds((f"open: {named_missing(needs.items)}",), clauses)
    reasons = dict.fromkeys(one for norm, thing in deciding for one in _of_duty(evaluation, norm, thing, party, whole))
    if whole is Truth.TRUE:
        return Grounds(tuple(reasons), clauses)
    return Grounds(tuple(reasons) or ("no duty of ours stands there",), (provision,))


def reached(evaluation: Evaluation, norm: Norm, party: Thing) -> list[Thing]:
    """What a norm is asked of for a party."""
    return [party] if norm.about == "party" else evaluation.world.of_kind(norm.about)


def _of_duty(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing, scope: Truth) -> list[str]:
    """The roles and the condition by which a norm is in scope; of one that is not, those that fail."""
    bears, content = evaluation.bears(norm, thing, party), evaluation.content(norm, thing, party)
    found = _of_bearer(evaluation, norm, thing, party, scope) if bears is scope else []
    found += _of_content(evaluation, norm, thing, party, opened=True) if content is scope else []
    return found or _of_others(evaluation, norm, thing, party)


def _of_others(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing) -> list[str]:
    """The norms that go first here, with what they read, or those that bring this one in."""
    first = list(evaluation.preceding(norm, thing, party))
    appliers = evaluation.program.appliers.get(norm.id, ())
    bringing = [other for other in appliers if evaluation.applied(other, thing, party) is Truth.TRUE]
    told = [f"{other.id} goes first ({'; '.join(_of_content(evaluation, other, place, party))})" for other, place in first]
    return told or [f"{other.id} brings it in" for other in bringing]


def _of_bearer(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing, bears: Truth) -> list[str]:
    """The roles that make a party bear a duty, or that it would have to have."""
    view = evaluation.view(thing, party)
    return [f"{term} = {bears.value}" for term in roles(evaluation.program, norm) if evaluation.borne(view, term) is bears]


def _of_content(evaluation: Evaluation, norm: Norm, thing: Thing, party: Thing | None, opened: bool = False) -> list[str]:
    """What a norm's condition reads, or the exceptions that take it away."""
    view = evaluation.view(thing, party)
    excepted = [one for one in norm.unless if one.replace_require is None and evaluation.exempt(one, view) is Truth.TRUE]
    if excepted and evaluate(evaluation.condition(norm), view) is not Truth.FALSE:
        return [f"exception {one.at or norm.id} ({'; '.join(_read(one.when, view))})" for one in excepted]
    return _read(evaluation.condition(norm), view, opened)


def _read(expr: Expr, view: View, opened: bool = False) -> list[str]:
    """The names by which a condition is settled, each with its value; of a question to other norms the words alone."""
    leaves = decided_by(expr, view).leaves
    return list(dict.fromkeys(text for leaf in leaves for text in _leaf(leaf, opened)))


def _leaf(leaf: Leaf, opened: bool) -> tuple[str, ...]:
    assert isinstance(leaf.env, View)
    try:
        thing, declared = leaf.env.target(leaf.path)
        value = leaf.env.value(leaf.path)
    except GuijuError:
        return (leaf.path,)
    if value is None:
        return ()  # a list, which is closed
    evaluation = leaf.env.evaluation
    if (
        opened
        and thing is not None
        and declared.kind == "term"
        and isinstance(value, Truth)
        and isinstance(evaluation, Evaluation)
    ):
        return _of_term(evaluation, declared.name, thing, value).reasons
    return (told_reasons([Reason(leaf.path, None, value, None)]),)
