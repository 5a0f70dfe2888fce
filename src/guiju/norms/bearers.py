"""Who bears a norm, and who bears it with them (language, section 6).

    each             everyone who has one of the roles owes it, each for himself
    jointly          everyone owes the whole; what one has done counts for all
    one_of           one of them suffices: done by one, met for all
    by_agreement     those named owe it together; ``otherwise`` owe it where nobody has a role of the first list

Abstaining is nobody's to do for another: a prohibition is kept or broken by each for himself, however it is borne.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from guiju.logic import Call, Expr, Name, Quantified, Truth, any_of, children
from guiju.norms.model import Norm
from guiju.norms.vocabulary import PARTY_KINDS, Vocabulary
from guiju.norms.world import Thing, World

if TYPE_CHECKING:
    from guiju.norms.program import Program
    from guiju.norms.terms import Terms

TOGETHER: Final = ("jointly", "one_of", "by_agreement")

DoneBy = Callable[[Thing, Thing | None, date], Truth]
"""Whether what a norm asks had been done for a thing, by a party, by a day."""


def roles(program: Program, norm: Norm) -> tuple[str, ...]:
    """The roles a norm is computed for: of its bearers, or of the two sides of a right or power so far as they are parties."""
    bearer = program.bearer_of(norm)
    if bearer is not None:
        return bearer.terms + bearer.otherwise
    declared = program.vocabulary.declared
    sides = [one for one in (norm.against, norm.holder) if one]
    return tuple(one for one in sides if declared[one].object in PARTY_KINDS) or tuple(sides)


def bears(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
    """Whether a party bears the norm; with no bearer named, everyone concerned does."""
    bearer = evaluation.program.bearer_of(norm)
    if bearer is None:
        return _one_side(evaluation, norm, thing, party) if norm.kind == "right" else Truth.TRUE
    first = _has(evaluation, thing, party, bearer.terms)
    if not bearer.otherwise or first is Truth.TRUE:
        return first
    nobody = ~any_of(somebody(evaluation, norm, thing, bearer.terms))
    return first | (_has(evaluation, thing, party, bearer.otherwise) & nobody)


def _one_side(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> Truth:
    """A right is shown to the one it is against and to its holder, so far as these are parties."""
    declared = evaluation.vocabulary.declared
    sides = [one for one in (norm.against, norm.holder) if one and declared[one].object in PARTY_KINDS]
    return _has(evaluation, thing, party, sides) if sides else Truth.TRUE


def _has(evaluation: Terms, thing: Thing, party: Thing | None, terms: Iterable[str]) -> Truth:
    view = evaluation.view(thing, party)
    return any_of(evaluation.borne(view, term) for term in terms)


def somebody(evaluation: Terms, norm: Norm, thing: Thing, terms: tuple[str, ...]) -> Iterator[Truth]:
    """Whether each party of the object has one of the roles; open as long as there may be more parties."""
    for one, party in places(evaluation.world, norm, thing):
        yield _has(evaluation, one, party, terms)
    if parties_open(evaluation.world, thing) is not None:
        yield Truth.UNKNOWN


def places(world: World, norm: Norm, thing: Thing) -> list[tuple[Thing, Thing]]:
    """The parties a norm is computed for, each with the object it is read of (a norm about parties: the party itself)."""
    return [(party if norm.about == "party" else thing, party) for party in world.parties_of(thing)]


def parties_open(world: World, thing: Thing) -> tuple[str, Thing | None] | None:
    """The list of parties (its relation and holder) where it is not closed; None where these are all."""
    home = world.home(thing)
    if home is None:
        return "parties", None
    for relation in world.vocabulary.relations(home.kind):
        if relation.many and relation.to == "party":
            return None if relation.name in home.closed else (relation.name, home)
    return "parties", home


# -- what one has done for all ---------------------------------------------------------------------------------------------


def others(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> list[tuple[Thing, Thing]]:
    """The other parties whose doing would count, if they bear the norm too."""
    bearer = evaluation.program.bearer_of(norm)
    if bearer is None or bearer.how not in TOGETHER or norm.modality == "prohibition" or party is None:
        return []
    return [(one, other) for one, other in places(evaluation.world, norm, thing) if other is not party]


def open_others(evaluation: Terms, norm: Norm, thing: Thing, contents: Iterable[Expr]) -> tuple[str, Thing | None] | None:
    """The open list of parties, where a party nobody has named may bear the norm too and have done what it asks."""
    bearer = evaluation.program.bearer_of(norm)
    if bearer is None or bearer.how not in TOGETHER or norm.modality == "prohibition":
        return None
    if not any(of_party(evaluation.vocabulary, norm.about, expr) for expr in contents):
        return None
    return parties_open(evaluation.world, thing)


def done_by_others(
    evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None, contents: Iterable[Expr], done: DoneBy, day: date
) -> Truth:
    """Whether another who bears the norm together with the party had done what it asks by a day."""
    truths = [
        evaluation.in_scope(norm, one, other) & done(one, other, day) for one, other in others(evaluation, norm, thing, party)
    ]
    if open_others(evaluation, norm, thing, contents) is not None:
        truths.append(Truth.UNKNOWN)
    return any_of(truths)


def sharing(evaluation: Terms, norm: Norm, thing: Thing, party: Thing | None) -> list[str]:
    """The other parties that bear the norm together with this one, settled, by their ids."""
    found = others(evaluation, norm, thing, party)
    return sorted(other.id for one, other in found if evaluation.in_scope(norm, one, other) is Truth.TRUE)


def reads_party(evaluation: Terms, norm: Norm) -> bool:
    """Whether it depends on the party if what a norm asks has been done."""
    contents = [evaluation.required(norm), *(one.replace_require for one in norm.unless if one.replace_require is not None)]
    return any(of_party(evaluation.vocabulary, norm.about, expr) for expr in contents)


def of_party(vocabulary: Vocabulary, kind: str, expr: Expr) -> bool:
    """Whether it matters to an expression for which party it is read."""
    match expr:
        case Name(path):
            return vocabulary.access(kind, path).declared.object in PARTY_KINDS
        case Quantified(_, relation, body):
            row = vocabulary.rows(kind, relation)[1].to
            return row not in PARTY_KINDS and of_party(vocabulary, row, body)
        case Call("applies" | "fulfilled" | "breached"):
            return True
        case _:
            return any(of_party(vocabulary, kind, child) for child in children(expr))
