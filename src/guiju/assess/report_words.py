"""The words of a report: clauses, names, days and counts in one language; names and ids as marked runs within sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from guiju.assess.document import Assessment
from guiju.calendars import words
from guiju.logic import Expr
from guiju.norms import Norm, Thing
from guiju.norms.sentences import (
    BETWEEN,
    Lines,
    clause_words,
    condition_lines,
    kind_words,
    name_words,
    provision_words,
    title_words,
    unless_lines,
)
from guiju.wording import Text, codes, fill, join_words

_OPEN, _SPLIT, _CLOSE = "\ue000", "\ue001", "\ue002"
_RUN: Final = re.compile(f"{_OPEN}([a-z]+){_SPLIT}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_ID: Final = re.compile(
    r'date_of\("([^"]+)"\)|(?<![\w./])((?:ca|cn|eu|kr)[./][\w./#-]*\w)|\b([A-Z]{2}/\d{4}|[a-z]+_[a-z_]+)\b', re.ASCII
)
"""Ids that prose made elsewhere may hold: the day of a provision, a name or clause of a place, a calendar, a plain name."""

_MARKS: Final = {ord(one): None for one in (_OPEN, _SPLIT, _CLOSE)}
_MARK: Final = re.compile(f"[{_OPEN}{_SPLIT}{_CLOSE}]")


def marked(kind: str, words_: object) -> str:
    """A run within a sentence: ``name`` and ``said`` as a person wrote them, ``code`` for ids, a language code for its text."""
    return f"{_OPEN}{kind}{_SPLIT}{str(words_).translate(_MARKS)}{_CLOSE}"


def has_marks(sentence: str) -> bool:
    """Whether a sentence is more than plain prose."""
    return _MARK.search(sentence) is not None


def runs(sentence: str) -> Iterator[tuple[str, str]]:
    """The pieces of a sentence with their kind; plain prose has the empty kind."""
    at = 0
    for run in _RUN.finditer(sentence):
        if run.start() > at:
            yield "", sentence[at : run.start()].translate(_MARKS)
        yield run[1], run[2]
        at = run.end()
    if at < len(sentence):
        yield "", sentence[at:].translate(_MARKS)


def plain(sentence: str) -> str:
    """The sentence without its marks."""
    return "".join(words_ for _, words_ in runs(sentence))


class Words:
    """Says the parts of one assessment in one language."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        self.a = assessment
        self.corpus = assessment.corpus
        self.lang = lang

    def say(self, code: str, **fields: object) -> str:
        """A text of the report."""
        return fill(f"report.{code}", self.lang, "message", fields)

    def page(self, code: str, **fields: object) -> str:
        """A word that the page on the terminal has too."""
        return fill(f"assess.{code}", self.lang, "message", fields)

    def counted(self, code: str, count: int) -> str:
        """A text that differs for none, one and many."""
        number = "none" if count == 0 else "one" if count == 1 else "many"
        return self.say(f"{code}-{number}", count=count)

    def one_of(self, family: str, word: str | None) -> str:
        """A word of a closed list in the reader's language, or as an id where there is none."""
        code = f"rules.{family}.{word}"
        return fill(code, self.lang, "message", {}) if code in codes(self.lang) else marked("code", word) if word else ""

    def text(self, value: Text | None) -> str:
        """A text in the reader's language, else as a run in the language it has."""
        if not value:
            return ""
        if self.lang in value:
            return value[self.lang]
        lang, words_ = next(iter(value.items()))
        return marked("name" if lang == "und" else lang, words_)

    def said(self, words_: object) -> str:
        """What a person wrote, as written."""
        return marked("said", words_)

    def dressed(self, sentence: str) -> str:
        """A sentence made elsewhere with the ids in it in words, or else kept apart."""
        pieces = ((_ID.sub(self._in_words, words_) if not kind else marked(kind, words_)) for kind, words_ in runs(sentence))
        return "".join(pieces)

    def _in_words(self, found: re.Match[str]) -> str:
        if found[1]:
            return fill("rules.day-of", self.lang, "message", {"clause": self.clause(found[1])})
        if found[2]:
            return self.clause(found[2]) if "/" in found[2] else self.term(found[2])
        return self.asked(found[3]) if found[3] in self.corpus.vocabulary.declared else self.code(found[3])

    def code(self, identifier: object) -> str:
        """An id, kept apart from prose."""
        return marked("code", identifier)

    def day(self, day: date) -> str:
        """A day in words."""
        return words(day, self.lang)

    def listed(self, items: Iterable[str], last: str = "and") -> str:
        """A list in words, each once."""
        return join_words(list(dict.fromkeys(items)), self.lang, last)

    def joined(self, items: Iterable[str]) -> str:
        """Parts of a line, without the empty ones."""
        return self.page("joiner").join(one for one in items if one)

    # -- rules and names ---------------------------------------------------------------------------------------------------------

    def clause(self, identifier: str) -> str:
        """Short title and place of a provision; a legal event by what it does."""
        event = self.corpus.events.get(identifier)
        if event is not None:
            return self.event(identifier)
        norm = self.a.program.norms.get(identifier)
        return self.titled(norm) if norm is not None else provision_words(self.corpus, identifier, self.lang)

    def titled(self, norm: Norm) -> str:
        """Short title and place of this version of a norm."""
        place = norm.pinpoint.get(self.lang)
        if place is None:
            return provision_words(self.corpus, norm.id, self.lang)
        return clause_words(self.corpus.instruments[norm.instrument], place, self.lang)

    def clauses(self, identifiers: Iterable[str]) -> str:
        """Several clauses, the title of an instrument once."""
        home, found = None, []
        for identifier in dict.fromkeys(identifiers):
            found.append(provision_words(self.corpus, identifier, self.lang, home))
            home = identifier.split("#", maxsplit=1)[0].rsplit("/", 1)[0]
        return BETWEEN[self.lang].join(dict.fromkeys(found))

    def event(self, identifier: str) -> str:
        """A legal event: what it does, and since when that was known."""
        event = self.corpus.events[identifier]
        kind = self.one_of("event", event.kind)
        summary = self.text(event.summary).rstrip("。. ") or kind
        return self.say("event", summary=summary, day=self.day(event.known))

    def term(self, name: str) -> str:
        """A declared name or a body by what it is called."""
        declared = self.corpus.vocabulary.declared.get(name)
        if declared is not None:
            return name_words(declared, self.lang)
        return self.one_of("body", name.replace(".", "-"))

    def asked(self, name: str) -> str:
        """What is asked when a name is missing; a clause where the name is one."""
        declared = self.corpus.vocabulary.declared.get(name)
        if declared is None:
            return self.clause(name) if "/" in name else self.term(name)
        if declared.many:
            return self.page("ask-list", list=name_words(declared, self.lang))
        return self.text(declared.ask or declared.label) or name_words(declared, self.lang)

    def condition(self, expr: Expr, kind: str) -> Lines:
        """A condition as a sentence tree."""
        return [(depth, self.dressed(line)) for depth, line in condition_lines(self.corpus, expr, kind, self.lang)]

    def exceptions(self, norm: Norm) -> Lines:
        """The exceptions of a norm as a sentence tree."""
        lines = unless_lines(self.corpus, norm.unless, norm.about, self.lang, norm.instrument)
        return [(depth, self.dressed(line)) for depth, line in lines]

    # -- things ------------------------------------------------------------------------------------------------------------------

    def thing(self, thing: Thing) -> str:
        """An object by its name, else by its id, else by its kind."""
        if thing.anonymous:
            return kind_words(thing.kind, self.lang)
        return self.text(thing.label) if thing.label and self.lang in thing.label else self.own_name(thing)

    def own_name(self, thing: Thing) -> str:
        """The name it has in some language, else the title of the standard it is, else its id."""
        if not thing.label and (instrument := self.corpus.instruments.get(thing.id)) is not None:
            return title_words(instrument, self.lang)
        return self.text(thing.label) if thing.label else self.code(thing.id.removeprefix("org:"))

    def named(self, thing: Thing) -> str:
        """A name that somebody gave, kept apart from the sentence around it."""
        if thing.anonymous or not thing.label:
            return self.thing(thing)
        return marked("name", plain(self.text(thing.label)))
