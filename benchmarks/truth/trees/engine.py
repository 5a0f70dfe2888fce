"""The engine asked once for each different dossier: what the comparison with a decision tree reads of its answer, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from guiju.logic import Truth, any_of
from guiju.norms import Corpus, Evaluation, Norm, Program, Thing, builtin, read_by
from guiju.subjects import dossier_from
from truth.grounds import Grounds, of_duties, of_terms, reached, together

from .mapping import PARTY

INSTRUMENT = "eu/ai-act/"
_NUMBER = re.compile(r"(\d+)(?![\da-z])")

Terms = dict[str, Truth]
PROHIBITED = ("eu.prohibited_practice", "eu.prohibited_imagery_system", "eu.prohibited_child_abuse_system")
HIGH = ("eu.annex_iii_high_risk", "eu.annex_i_high_risk")
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

    ``law``: the duties that stand in each article; of these ``duties``: in scope for the party; ``open``: not settled.
    ``referred``: articles that the duties in scope refer to.
    """

    evaluation: Evaluation
    party: Thing
    law: Mapping[int, Sequence[Norm]]
    terms: Terms = field(default_factory=dict)
    duties: dict[int, list[str]] = field(default_factory=dict)
    open: dict[int, list[str]] = field(default_factory=dict)
    referred: dict[int, list[str]] = field(default_factory=dict)

    def is_so(self, name: str) -> bool:
        return self.terms.get(name, Truth.FALSE) is Truth.TRUE

    def is_not(self, name: str) -> bool:
        return self.terms.get(name, Truth.FALSE) is Truth.FALSE

    def any_is(self, names: Iterable[str]) -> Truth:
        """Whether any of several terms holds."""
        return any_of(self.terms.get(name, Truth.FALSE) for name in names)

    def why(self, groups: Iterable[Sequence[str]]) -> Grounds:
        """Why any of the terms of each group holds, or none."""
        return together(of_terms(self.evaluation, names) for names in dict.fromkeys(map(tuple, groups)))

    def why_article(self, number: int) -> Grounds:
        """Why a duty that stands in an article is in scope, or none."""
        return of_duties(self.evaluation, self.law.get(number, ()), self.party, f"{INSTRUMENT}{number}")


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
        (party,) = (thing for thing in world.of_kind("party") if thing.id == PARTY)
        seen = Seen(evaluation, party, self._law)
        for kind, names in TERMS.items():
            for name in names:
                seen.terms[name] = any_of(self._term(evaluation, name, thing) for thing in world.of_kind(kind))
        for number, norm in ((number, norm) for number, norms in self._law.items() for norm in norms if duties):
            scope = any_of(evaluation.in_scope(norm, thing, party) for thing in reached(evaluation, norm, party))
            if scope is Truth.TRUE:
                seen.duties.setdefault(number, []).append(norm.id)
                for other in filter(None, (article(reference.to) for reference in norm.refers)):
                    seen.referred.setdefault(other, []).append(norm.id)
            elif scope is Truth.UNKNOWN:
                seen.open.setdefault(number, []).append(norm.id)
        return seen

    @cached_property
    def _law(self) -> dict[int, list[Norm]]:
        """The duties of the Act that are law on the day, by the article they stand in."""
        found: dict[int, list[Norm]] = {}
        for norm in self.program.norms.values():
            number = article(norm.id)
            if number is not None and norm.kind == "duty" and norm.bearer is not None:
                found.setdefault(number, []).append(norm)
        return found

    def _term(self, evaluation: Evaluation, name: str, thing: Thing) -> Truth:
        value = evaluation.term(self.corpus.vocabulary.declared[name], thing)
        assert isinstance(value, Truth), name
        return value


def engine_of(on: date, known: date | None, reader: str | None = None) -> Engine:
    """The built-in rules, ready to be asked: by their text, or as a body reads them."""
    corpus = builtin() if reader is None else read_by(builtin(), reader)
    return Engine(corpus, Program(corpus, on, known))


def article(identifier: str) -> int | None:
    """The number of the article a norm or provision of the Act stands in; None for annexes and for articles put in between."""
    found = _NUMBER.match(identifier.removeprefix(INSTRUMENT))
    return int(found[1]) if found and identifier.startswith(INSTRUMENT) else None
