"""The engine asked once for each different dossier: what the comparison with a decision tree reads of its answer, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from guiju.logic import Truth
from guiju.norms import Corpus, Evaluation, Norm, Program, Thing, builtin, read_by
from guiju.subjects import dossier_from

from .mapping import PARTY

INSTRUMENT = "eu/ai-act/"
_NUMBER = re.compile(r"(\d+)(?![\da-z])")

Terms = dict[str, Truth]
TERMS = {
    "system": (
        "eu.ai_system", "eu.in_scope", "eu.free_open_system", "eu.high_risk", "eu.annex_i_high_risk", "eu.annex_i_product",
        "eu.annex_i_section_b", "eu.prohibited_imagery_system", "eu.prohibited_child_abuse_system",
    ),
    "party": ("eu.provider", "eu.gpai_provider", "eu.deployer", "eu.importer", "eu.distributor"),
    "model": ("eu.gpai_model", "eu.systemic_risk", "eu.open_source_model"),
    "purpose": (
        "eu.annex_iii_use", "eu.annex_iii_high_risk", "eu.concluded_not_high_risk", "eu.meets_derogation_condition",
        "eu.prohibited_practice", "eu.live_identification_by_police",
    ),
}  # fmt: skip
"""What is read of each kind of object."""


@dataclass(frozen=True)
class Seen:
    """Our answer: terms by kind of object (of purposes: of any of them), and the norms of the Act by the article they stand in.

    ``duties``: in scope for the party; ``open``: not settled; ``referred``: articles that the duties in scope refer to.
    """

    terms: Terms = field(default_factory=dict)
    duties: dict[int, list[str]] = field(default_factory=dict)
    open: dict[int, list[str]] = field(default_factory=dict)
    referred: dict[int, list[str]] = field(default_factory=dict)

    def is_so(self, name: str) -> bool:
        return self.terms.get(name, Truth.FALSE) is Truth.TRUE

    def is_not(self, name: str) -> bool:
        return self.terms.get(name, Truth.FALSE) is Truth.FALSE


@dataclass
class Engine:
    """The built-in rules on a day, as known on a day; equal dossiers are answered once."""

    corpus: Corpus
    program: Program
    seen: dict[str, Seen] = field(default_factory=dict)

    def ask(self, dossier: str, duties: bool = True) -> Seen:
        """Our answer to a dossier: terms, and unless told otherwise the duties of the Act for the party who is asked."""
        found = self.seen.get(dossier)
        if found is None:
            world = dossier_from(dossier, "answers of a tree", self.corpus.vocabulary).world
            found = self.seen[dossier] = self._seen(Evaluation(self.program, world), duties)
        return found

    def _seen(self, evaluation: Evaluation, duties: bool) -> Seen:
        world = evaluation.world
        seen = Seen()
        for kind, names in TERMS.items():
            for name in names:
                seen.terms[name] = any_of(self._term(evaluation, name, thing) for thing in world.of_kind(kind))
        (party,) = (thing for thing in world.of_kind("party") if thing.id == PARTY)
        for number, norm in self._duties if duties else ():
            things = [party] if norm.about == "party" else world.of_kind(norm.about)
            scope = any_of(evaluation.in_scope(norm, thing, party) for thing in things)
            if scope is Truth.TRUE:
                seen.duties.setdefault(number, []).append(norm.id)
                for other in filter(None, (article(reference.to) for reference in norm.refers)):
                    seen.referred.setdefault(other, []).append(norm.id)
            elif scope is Truth.UNKNOWN:
                seen.open.setdefault(number, []).append(norm.id)
        return seen

    @cached_property
    def _duties(self) -> list[tuple[int, Norm]]:
        """The duties of the Act that are law on the day, with the article each stands in."""
        own = [norm for norm in self.program.norms.values() if norm.kind == "duty" and norm.bearer is not None]
        return [(number, norm) for norm in own if (number := article(norm.id)) is not None]

    def _term(self, evaluation: Evaluation, name: str, thing: Thing) -> Truth:
        value = evaluation.term(self.corpus.vocabulary.declared[name], thing)
        assert isinstance(value, Truth), name
        return value


def engine_of(on: date, known: date | None, reader: str | None = None) -> Engine:
    """The built-in rules, ready to be asked: by their text, or as a body reads them."""
    corpus = builtin() if reader is None else read_by(builtin(), reader)
    return Engine(corpus, Program(corpus, on, known))


def any_of(values: Iterable[Truth]) -> Truth:
    found = Truth.FALSE
    for value in values:
        found = found | value
    return found


def article(identifier: str) -> int | None:
    """The number of the article a norm or provision of the Act stands in; None for annexes and for articles put in between."""
    found = _NUMBER.match(identifier.removeprefix(INSTRUMENT))
    return int(found[1]) if found and identifier.startswith(INSTRUMENT) else None
