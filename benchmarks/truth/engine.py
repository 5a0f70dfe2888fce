"""Asking the engine: one edition read by its text and by one body, dossiers evaluated once, and grounds in one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from guiju.assess.plain import value_json
from guiju.logic import Expr, OneOf, Truth, any_of
from guiju.norms import Corpus, CorpusError, Evaluation, Exempt, Missing, Needs, Norm, Program, Reason, Thing, read_by
from guiju.norms.reasons import decide_content, why
from guiju.subjects import Dossier

TEXT = "text"
COMMISSION = "European Commission"


@dataclass(frozen=True)
class Told:
    """An answer of ours: a class of the set (or abstained), the clause that decided, the grounds, and what is missing."""

    answer: str
    clause: str = ""
    reason: str = ""
    missing: tuple[Missing, ...] = ()

    @property
    def only_judgements(self) -> bool:
        """Whether nothing but what a person has to judge is missing."""
        return bool(self.missing) and all(one.cause == "judgement" for one in self.missing)


class Engine:
    """The rules of a corpus on a day, as one reader reads them."""

    def __init__(self, corpus: Corpus, on: date, reader: str = TEXT) -> None:
        self.reader = reader
        self.corpus = corpus if reader == TEXT else read_by(corpus, reader)
        self.program = Program(self.corpus, on)
        self._worlds: dict[str, Asked] = {}

    def asked(self, dossier: Dossier) -> Asked:
        """The world of a dossier; two dossiers that say the same are one world."""
        if dossier.digest not in self._worlds:
            self._worlds[dossier.digest] = Asked(Evaluation(self.program, dossier.world))
        return self._worlds[dossier.digest]

    def below(self, provision: str, kinds: tuple[str, ...] = ("status",), makes: str | None = None) -> list[Norm]:
        """The norms in law at or below a provision, of some kinds; those that make a term, where any does."""
        covers = self.corpus.contents.covers
        found = [norm for norm in self.program.in_law if norm.kind in kinds and covers(provision, norm.id)]
        making = [norm for norm in found if makes in norm.makes]
        return making or found

    def named(self, identifiers: Iterable[str]) -> list[Norm]:
        """The norms in law of exactly these ids; those that are not there are left out."""
        law = {norm.id: norm for norm in self.program.in_law}
        return [law[one] for one in identifiers if one in law]


def engines(corpus: Corpus, on: date) -> tuple[list[Engine], list[str]]:
    """The corpus by its text and as the Commission reads it; a note where it has no readings of the Commission."""
    found = [Engine(corpus, on)]
    try:
        found.append(Engine(corpus, on, COMMISSION))
    except CorpusError as problem:
        return found, [f"not read as the {COMMISSION} reads it: {problem.message('en')}"]
    return found, []


class Asked:
    """One world, ready to be asked."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    @cached_property
    def _earlier(self) -> list[Thing]:
        return [one.links["earlier"] for one in self.evaluation.world.things if "earlier" in one.links]

    def things(self, kind: str) -> list[Thing]:
        """The things of a kind that are not of the system as it was before."""
        world = self.evaluation.world
        return [one for one in world.of_kind(kind) if one not in self._earlier and world.home(one) not in self._earlier]

    def named(self, kind: str) -> bool:
        """Whether the dossier itself names something of this kind."""
        return any(not one.anonymous for one in self.things(kind))

    def holds(self, norms: Iterable[Norm], thing: Thing) -> Truth:
        """Whether the content of any of the norms reaches a thing."""
        return any_of(self.evaluation.content(norm, thing, None) for norm in norms if norm.about == thing.kind)

    def term(self, name: str, thing: Thing) -> Truth:
        """A yes-or-no term of a thing; unknown where it has no such answer."""
        value = self.evaluation.term(self.evaluation.vocabulary.declared[name], thing)
        return value if isinstance(value, Truth) else Truth.UNKNOWN

    # -- grounds -----------------------------------------------------------------------------------------------------------

    def grounds(self, norm: Norm, thing: Thing, party: Thing | None = None) -> str:
        """What decided the content of a norm, or what it still needs."""
        if not self.evaluation.content(norm, thing, party).settled:
            return "open: " + named_missing(self.needs(norm, thing, party))
        found: dict[tuple[str, int, str | None], Reason] = {}
        decide_content(self.evaluation, norm, thing, party, found, 0)
        return told_reasons(found.values())

    def needs(self, norm: Norm, thing: Thing, party: Thing | None = None) -> tuple[Missing, ...]:
        """What the content of a norm still needs."""
        needs = Needs(self.evaluation)
        needs.of_content(norm, thing, party)
        return tuple(needs.items)

    def needs_of_duty(
        self, norm: Norm, thing: Thing, party: Thing | None, bears: Truth, open_exceptions: Iterable[Exempt]
    ) -> tuple[Missing, ...]:
        """What is still needed to say whether a duty's condition holds, which of its exceptions do, and if open who bears it."""
        needs = Needs(self.evaluation)
        if not bears.settled:
            needs.of_bearer(norm, thing, party)
        needs.of_expr(self.evaluation.condition(norm), thing, party)
        for one in open_exceptions:
            needs.of_exempt(one, thing, party)
        return tuple(needs.items)

    def why(self, expr: Expr, thing: Thing) -> str:
        """What decided a condition."""
        return told_reasons(why(self.evaluation, expr, thing, None))

    def open_of(self, name: str, thing: Thing) -> tuple[Missing, ...]:
        """What a term still needs."""
        needs = Needs(self.evaluation)
        needs.of_term(self.evaluation.vocabulary.declared[name], thing)
        return tuple(needs.items)


def told_reasons(reasons: Iterable[Reason]) -> str:
    """Grounds in one line: ``domain = employment; eu.profiling = yes [eu/ai-act/3.52]``."""
    return "; ".join(dict.fromkeys(_told(one) for one in reasons))


def _told(reason: Reason) -> str:
    value = reason.value
    shown = value.value if isinstance(value, Truth) else "not stated" if value is None else _short(value_json(value))
    return f"{reason.name} = {shown}" + (f" [{reason.norm}]" if reason.norm else "")


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_short(one)}" for key, one in value.items() if one) or "nothing"
    if isinstance(value, list):
        return "/".join(map(str, value))
    return str(value)


def named_missing(missing: Iterable[Missing]) -> str:
    """What is missing, by cause: ``fact domain; judgement eu.significant_harm``."""
    return "; ".join(dict.fromkeys(f"{one.cause} {one.name}" for one in missing))


def one_of(value: object) -> str | None:
    """The one member that is left of an enum; None where several are."""
    return next(iter(value.members)) if isinstance(value, OneOf) and len(value.members) == 1 else None
