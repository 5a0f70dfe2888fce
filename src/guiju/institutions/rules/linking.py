"""Sentences about rules with what they mention made into links.

The sentences come from ``lookup`` as plain text. Whoever made them knows which provisions, names and events they mention;
each of those is looked for in the text as the same words would say it, the longest first, and becomes a link to its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from guiju.institutions.rules.addresses import rule_address, term_address
from guiju.logic import Call, Expr, walk
from guiju.lookup import Facts, NormWords, Words, norm_conditions
from guiju.norms import Norm, instrument_of
from guiju.norms.sentences import Lines, provision_words
from guiju.wording import in_language

Linked = list[tuple[int, Markup]]

_SHORTEST = 2
"""A name of one sign is not looked for in a sentence."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What stands for some words of a sentence: an address, and the words shown."""

    href: str
    shown: str
    kind: str = "rule"


class Linker:
    """Knows the address of everything that a page may mention, on the days of the page."""

    def __init__(self, words: Words, query: str = "") -> None:
        self.words = words
        self.facts = words.facts
        self.corpus = words.corpus
        self.lang = words.lang
        self.query = query

    def href(self, identifier: str) -> str:
        """The page of a provision, instrument, event or scheme; that of its instrument where no rule stands there."""
        corpus = self.corpus
        held = identifier in corpus.instruments or identifier in corpus.events or identifier in corpus.schemes
        if not held and not self.facts.at(identifier):
            identifier = instrument_of(identifier)
            if identifier not in corpus.instruments:
                return ""
        return rule_address(self.lang, identifier) + self.query

    def name_href(self, name: str) -> str:
        """The page of a declared name."""
        return term_address(self.lang, name) + self.query if name in self.corpus.vocabulary.declared else ""

    def clause(self, identifier: str, home: str | None = None) -> Markup:
        """A provision in words, as a link."""
        return _link(self.href(identifier), self.words.clause(identifier, home))

    def name(self, name: str) -> Markup:
        """A declared name in words, as a link."""
        return _link(self.name_href(name), self.words.name(name), "name")

    def lines(self, lines: Lines, mentions: Mapping[str, Mention]) -> Linked:
        """Lines with their mentions as links."""
        return [(depth, linked(line, mentions)) for depth, line in lines]

    # -- what a norm mentions ----------------------------------------------------------------------

    def mentions(self, norm: Norm, rows: NormWords) -> dict[str, Mention]:
        """Everything that the sentences about a norm may mention: words -> where they lead."""
        found: dict[str, Mention] = {}
        for identifier in self._provisions(norm, rows):
            for home in (None, norm.instrument):
                found |= self.provision(identifier, home)
        for name in self._names(norm):
            found |= self.named(name)
        days = self.facts.days(norm)
        moving = [*([days.set_by] if days.set_by else []), *days.moved]
        since = [one.since for one in self.corpus.norms[norm.id] if one.since]
        for event in (*(one.id for one in moving), *since):
            found |= self.event(event)
        return found

    def of_condition(self, expr: Expr, kind: str) -> dict[str, Mention]:
        """Everything that a condition about an object of a kind may mention."""
        found: dict[str, Mention] = {}
        for name in self.facts.names_in(expr, kind):
            found |= self.named(name)
        for one in walk(expr):
            if isinstance(one, Call) and "/" in str(one.argument):
                found |= self.provision(str(one.argument))
        return found

    def provision(self, identifier: str, home: str | None = None) -> dict[str, Mention]:
        """A provision as it is said; nothing where it has no page."""
        said, href = provision_words(self.corpus, identifier, self.lang, home), self.href(identifier)
        return {said: Mention(href, said)} if href and said else {}

    def named(self, name: str) -> dict[str, Mention]:
        """A declared name as it is said: by its label, its question, or with its id behind it."""
        href = self.name_href(name)
        declared = self.corpus.vocabulary.declared.get(name)
        if not href or declared is None:
            return {}
        label = self.words.name(name)
        ways = {label, in_language(declared.ask, self.lang), in_language(declared.label, self.lang)}
        ways |= {one.rstrip("?？") for one in ways}
        found = {one: Mention(href, one, "name") for one in ways if len(one) >= _SHORTEST}
        return {**found, self.words.say("named", label=label, name=name): Mention(href, label, "name")}

    def event(self, identifier: str) -> dict[str, Mention]:
        """A legal event, said by its id, shown by what it is."""
        event = self.corpus.events[identifier]
        shown = in_language(event.summary, self.lang).rstrip("。.") or self.words.one_of("event", event.kind)
        return {identifier: Mention(self.href(identifier), self.words.say("quoted", name=shown))}

    def _provisions(self, norm: Norm, rows: NormWords) -> Iterator[str]:
        facts = self.facts
        yield from (one.other for one in (*facts.links_out(norm), *facts.links_in(norm)) if "/" in one.other)
        yield from (one.id for one in facts.program.sanctions.get(norm.id, ()))
        yield from (one.id for one in facts.program.yardsticks.get(norm.id, ()))
        yield from (source.id for source, _ in facts.binders(norm))
        yield from (one.at for one in norm.exceptions)
        yield from (case.at for case in norm.cases if case.at)
        yield from (one for one in (norm.bearer_from, norm.expires) if one and "/" in one)
        yield from (one.at for one in (norm.sanction.variants if norm.sanction else ()))
        yield from (user for term in (*norm.makes, *norm.ends) for user in rows.users(term))
        for link in facts.links_out(norm):
            excepted = link.detail.get("except", ())
            if isinstance(excepted, tuple):
                yield from excepted
        for _, expr, _ in norm_conditions(norm):
            calls = (one for one in walk(expr) if isinstance(one, Call))
            yield from (str(one.argument) for one in calls if "/" in str(one.argument))

    def _names(self, norm: Norm) -> Iterator[str]:
        yield from names_of(self.facts).get(norm.id, ())
        yield from norm.owed_to
        clock = norm.clock or (norm.gives.clock if norm.gives else None)
        yield from (one for one in ((clock.also, clock.to) if clock else ()) if one)


@lru_cache(maxsize=24)
def names_of(facts: Facts) -> dict[str, list[str]]:
    """Norm -> the names that it uses, on the days of the facts."""
    found: dict[str, list[str]] = {}
    for name, uses in facts.uses.items():
        for norm, _ in uses:
            found.setdefault(norm, []).append(name)
    return found


def linked(words: str, mentions: Mapping[str, Mention]) -> Markup:
    """A sentence with its mentions as links, everything else escaped."""
    if not mentions:
        return escape(words)
    pattern = "|".join(_pattern(one) for one in sorted(mentions, key=len, reverse=True))
    done, at = Markup(""), 0
    for found in re.finditer(pattern, words):
        mention = mentions[found[0]]
        done += escape(words[at : found.start()]) + _link(mention.href, mention.shown, mention.kind)
        at = found.end()
    return done + escape(words[at:])


def _pattern(said: str) -> str:
    """The words as they stand, not as the beginning of a longer number or word: Art. 5 is not in Art. 50."""
    before = r"(?<![0-9A-Za-z])" if said[0].isascii() and said[0].isalnum() else ""
    after = r"(?![0-9A-Za-z]|\([0-9a-z])" if said[-1].isascii() and (said[-1].isalnum() or said[-1] == ")") else "(?!第)"
    return before + re.escape(said) + after


def _link(href: str, shown: str, kind: str = "rule") -> Markup:
    if not href:
        return escape(shown)
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, href, shown)
