"""What the page of a name tells, in a reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from guiju.institutions.rules.addresses import rule_address, term_address
from guiju.institutions.rules.comparing import beside, peers
from guiju.institutions.rules.linking import Linked, Linker
from guiju.logic import BoolType, Expr
from guiju.lookup import Facts, NormWords, Words
from guiju.norms import Declared, Norm
from guiju.norms.sentences import kind_words, name_words, title_words, unless_lines
from guiju.wording import codes, fill, in_language

_ASPECTS: Final = ("who", "what", "thresholds", "exclusions")
"""In what respects counterparts are told apart."""

_NAMED_LAWS: Final = 2
"""How many laws a title names; of more it says the number."""

_SIDE_BY_SIDE: Final = 3
"""How many counterparts are put beside a term at once; of more, one at a time is chosen."""


class Namer:
    """Tells names of one corpus in one language."""

    def __init__(self, facts: Facts, lang: str) -> None:
        self.facts = facts
        self.lang = lang
        self.words = Words(facts, lang)
        self.rows = NormWords(self.words)
        self.linker = Linker(self.words)

    def say(self, code: str, **fields: object) -> str:
        """A text of the catalogue."""
        return fill(code, self.lang, "message", fields)

    def title(self, one: Declared) -> str:
        """Whose definition of what; who asks it, where a name is asked."""
        label = name_words(one, self.lang)
        if one.kind == "term":
            laws = self.words.listed(dict.fromkeys(self._law(norm) for norm in self.facts.makers(one.name)))
            return self.say("terms.title-of", label=label, laws=laws) if laws else label
        if one.kind == "relation":
            return label
        used = (self.facts.norms[norm] for norm, _ in self.facts.uses.get(one.name, ()))
        asking = list(dict.fromkeys(map(self._law, used)))
        if not asking:
            return label
        laws = self.words.listed(asking) if len(asking) <= _NAMED_LAWS else self.say("terms.several-laws", count=len(asking))
        return self.say("terms.title-asked", label=label, laws=laws)

    def _law(self, norm: Norm) -> str:
        return title_words(self.facts.corpus.instruments[norm.instrument], self.lang)

    def told(self, one: Declared) -> dict[str, Any]:
        """All parts of the page but the comparison."""
        facts, lang = self.facts, self.lang
        return {
            "name": one.name,
            "kind": one.kind,
            "kind_words": self.words.one_of("name-kind", one.kind),
            "about": kind_words(one.object, lang),
            "ask": in_language(one.ask, lang) if one.ask and one.label else "",
            "help": in_language(one.help, lang) if one.help else "",
            "criteria": in_language(one.criteria, lang) if one.criteria else "",
            "answers": self._answers(one),
            "aliases": one.aliases,
            "makers": [self.made(norm) for norm in facts.makers(one.name)],
            "enders": [self.made(norm) for norm in facts.enders(one.name)],
            "uses": self.uses(one.name),
        }

    def _answers(self, one: Declared) -> list[str]:
        """What may be answered: the members, yes or no, a number of what."""
        if one.kind == "relation":
            return [self.say("terms.rows-of" if one.many else "terms.row-of", to=kind_words(one.to, self.lang))]
        if one.members:
            return [in_language(label, self.lang) or member for member, label in one.members.items()]
        if isinstance(one.type, BoolType):
            return [] if one.kind == "term" else [self.say("terms.yes-or-no")]
        kind, _, unit = one.type_text.partition("(")
        return [self.say("terms.number-of", unit=self.words.one_of("unit-name", unit.rstrip(")")))] if kind == "number" else []

    def made(self, norm: Norm) -> dict[str, Any]:
        """A norm that makes or ends a term: its clause, sentence, condition and exceptions as trees, and what it rests on."""
        instrument = norm.instrument
        mentions = self.linker.mentions(norm, self.rows)
        exceptions = unless_lines(self.facts.corpus, norm.unless, norm.about, self.lang, instrument)
        return {
            "clause": self.words.titled(norm),
            "href": rule_address(self.lang, norm.id),
            "summary": in_language(norm.summary, self.lang),
            "tree": self._tree(norm.when, norm.about),
            "unless": self.linker.lines(exceptions, mentions),
            "cases": [self._case(case.when, case.outcome, norm) for case in norm.cases],
            "days": self.words.days(norm),
            "force": self.facts.force(norm),
            "checked": self.words.one_of("checked", norm.checked.against),
            "reviewed": norm.reviewed or "",
            "memory": not norm.active,
            "left_out": in_language(norm.left_out, self.lang) if norm.left_out else "",
        }

    def _case(self, when: Expr, outcome: str | bool | None, norm: Norm) -> dict[str, Any]:
        return {"is": self._outcome(outcome, norm), "tree": self._tree(when, norm.about)}

    def _outcome(self, outcome: str | bool | None, norm: Norm) -> str:
        if outcome is None:
            return self.say("terms.left-open")
        if isinstance(outcome, bool):
            return self.say("terms.holds" if outcome else "terms.holds-not")
        members = (self.facts.corpus.vocabulary.declared[name].members.get(outcome) for name in norm.makes)
        label = next((one for one in members if one), None)
        return in_language(label, self.lang) if label else outcome

    def uses(self, name: str) -> list[dict[str, Any]]:
        """Where it is used: by law, each norm with the part of it that uses the name."""
        homes: dict[str, dict[str, dict[str, None]]] = {}
        for identifier, role in self.facts.uses.get(name, ()):
            if role not in ("makes", "ends"):
                instrument = self.facts.norms[identifier].instrument
                homes.setdefault(instrument, {}).setdefault(identifier, {})[self.words.one_of("use", role)] = None
        return [
            {
                "title": title_words(self.facts.corpus.instruments[home], self.lang),
                "href": rule_address(self.lang, home),
                "norms": [self._use(identifier, roles) for identifier, roles in norms.items()],
            }
            for home, norms in homes.items()
        ]

    def _use(self, identifier: str, roles: Iterable[str]) -> dict[str, str]:
        norm = self.facts.norms[identifier]
        return {
            "clause": in_language(norm.pinpoint, self.lang) or identifier,
            "href": rule_address(self.lang, identifier),
            "summary": in_language(norm.summary, self.lang),
            "roles": self.words.listed(roles),
        }

    # -- beside another ----------------------------------------------------------------------------

    def partners(self, one: Declared) -> list[tuple[str, str]]:
        """Terms that may be put beside this one: those of the same kind of object, of other laws first."""
        if one.kind != "term":
            return []
        place = one.name.split(".")[0]
        found = [
            (other.name.split(".")[0] == place, self._with_law(other), other.name)
            for other in self.facts.corpus.vocabulary.entries()
            if other.kind == "term" and other.object == one.object and other.name != one.name
        ]
        return [(name, label) for _, label, name in sorted(found)]

    def _with_law(self, one: Declared) -> str:
        makers = self.facts.makers(one.name)
        label = name_words(one, self.lang)
        return self.say("terms.of-law", label=label, law=self._law(makers[0])) if makers else label

    def counterparts(self, one: Declared) -> dict[str, Any]:
        """What a term has in common with its counterparts in other laws, in what they differ in words, and which they are."""
        code = f"terms.concept-{one.concept}"
        declared = self.facts.corpus.vocabulary.declared
        others = [declared[name] for name in peers(self.facts).get(one.name, ()) if declared[name].concept == one.concept]
        if not one.concept or not others or f"{code}-name" not in codes(self.lang):
            return {}
        aspects = [(self.say(f"terms.aspect-{aspect}"), f"{code}-{aspect}") for aspect in _ASPECTS]
        return {
            "name": self.say(f"terms.concept-{one.concept}-name"),
            "differ": [(label, fill(told, self.lang, "message", {})) for label, told in aspects],
            "others": [(self._with_law(other), term_address(self.lang, other.name), other.name) for other in others],
        }

    def compared(self, one: Declared, chosen: Declared | None) -> list[dict[str, Any]]:
        """The comparisons: with the term that the reader chose, else with every term of the same concept or label."""
        if one.kind != "term":
            return []
        declared = self.facts.corpus.vocabulary.declared
        found = peers(self.facts).get(one.name, ())
        others = [chosen] if chosen else [declared[name] for name in found] if len(found) <= _SIDE_BY_SIDE else []
        return [self._beside(one, other) for other in others if other.kind == "term" and other.name != one.name]

    def _beside(self, one: Declared, other: Declared) -> dict[str, Any]:
        found = beside(self.facts, one, other)
        first, second = self._with_law(one), self._with_law(other)
        return {
            "first": first,
            "second": second,
            "href": term_address(self.lang, other.name),
            "reason": found.reason,
            "mode": found.mode,
            "verdict": found.verdict,
            "ends": found.ends,
            "partly": found.partly,
            "shared": [self._tree(part, one.object) for part in found.shared],
            "only_first": [self._tree(part, one.object) for part in found.first],
            "only_second": [self._tree(part, other.object) for part in found.second],
            "differently": [
                (self._tree(mine, one.object), self._tree(theirs, other.object)) for mine, theirs in found.differently
            ],
            "makers": (self._makers(one), self._makers(other)),
        }

    def _makers(self, one: Declared) -> list[dict[str, Any]]:
        return [self.made(norm) for norm in self.facts.makers(one.name)]

    def _tree(self, part: Expr, kind: str) -> Linked:
        """A condition about objects of a kind, everything it mentions a link."""
        return self.linker.lines(self.words.condition(part, kind), self.linker.of_condition(part, kind))
