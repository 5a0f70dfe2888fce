"""A norm row by row: what each line of its page is called and says. The terminal and the web print the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from guiju.logic import TRUE, negation
from guiju.lookup.sources import source_words
from guiju.lookup.words import Words
from guiju.norms import Event, Instrument, Norm, reader_words
from guiju.norms.model import Case, Clock
from guiju.norms.sentences import BETWEEN, Lines, kind_words, unless_lines
from guiju.wording import in_language


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``key`` names its label (``rules.label.<key>``), ``lines`` are sentences with their depth."""

    key: str
    lines: Lines
    tree: bool = False


class NormWords:
    """Says one norm of one corpus, row by row, in one language.

    ``most``: how many users of a term are named; all where None.
    """

    def __init__(self, words: Words, most: int | None = None) -> None:
        self.words = words
        self.facts = words.facts
        self.lang = words.lang
        self.say = words.say
        self.most = most

    def rows(self, norm: Norm) -> Iterator[Row]:
        """Every row that has something to say, in the order of the page."""
        for part in (self.what, self.scope, self.content, self.clocks, self.days, self.force, self.effects, self.links):
            yield from (row for row in part(norm) if row.lines)
        yield from (row for row in (*self.readings(norm), *self.origin(norm)) if row.lines)

    # -- what it is, and who -----------------------------------------------------------------------

    def what(self, norm: Norm) -> Iterator[Row]:
        """Its kind, who owes it, to whom, who punishes."""
        words, say = self.words, self.say
        if not norm.active:
            yield _row("memory", say("memory-norm"))
        yield _row("kind", self._kind(norm))
        permitted = norm.kind == "duty" and norm.modality == "permission"
        yield _row("permitted" if permitted else "bearer", words.bearer(norm))
        yield _row("empowered" if norm.kind == "power" else "holder", words.name(norm.holder) if norm.holder else "")
        yield _row("against", words.name(norm.against) if norm.against else "")
        if norm.kind in ("duty", "right") and not norm.holder and not permitted:
            yield _row("owed-to", words.listed(map(words.name, norm.owed_to)) or say("owed-to-nobody"))
        if norm.sanction:
            yield _row("authority", words.listed(map(words.name, norm.sanction.authority)))

    def _kind(self, norm: Norm) -> str:
        phase = self.words.one_of("phase", norm.phase) if norm.phase else ""
        about = kind_words(norm.about, self.lang)
        kind = self.say("kind-status") if norm.kind == "status" else self.words.kind(norm)
        return self.say("kind-line" if phase else "kind-line-short", kind=kind, about=about, phase=phase)

    # -- when, and what ----------------------------------------------------------------------------

    def scope(self, norm: Norm) -> Iterator[Row]:
        """The condition as a sentence tree, and the exceptions to it."""
        if norm.when != TRUE or not (norm.cases or norm.sanction):
            yield Row("when", self.words.condition(norm.when, norm.about), tree=True)
        if norm.unless:
            lines = unless_lines(self.facts.corpus, norm.unless, norm.about, self.lang, norm.instrument)
            yield Row("unless", lines, tree=True)

    def content(self, norm: Norm) -> Iterator[Row]:
        """What is asked, made, ended, decided, given or threatened."""
        words = self.words
        if norm.kind == "duty" and norm.require != TRUE:
            forbids = norm.modality == "prohibition"
            label = "forbid" if forbids else "permit" if norm.modality == "permission" else "require"
            yield Row(label, words.condition(negation(norm.require) if forbids else norm.require, norm.about), tree=True)
        yield _row("makes", *map(self._term, norm.makes))
        yield _row("ends", *map(self._term, norm.ends))
        if norm.cases:
            yield Row("cases", self._cases(norm), tree=True)
        if norm.gives:
            yield Row("gives", words.condition(norm.gives.require, norm.about), tree=True)
        yield _row("upon", words.name(norm.upon) if norm.upon else "")
        yield _row("procedure", in_language(norm.procedure, self.lang))
        yield _row("expires", norm.expires or "")
        if norm.sanction:
            yield Row("sanction", words.sanction(norm), tree=True)

    def _term(self, name: str) -> str:
        return self.say("named", label=self.words.name(name), name=name)

    def _cases(self, norm: Norm) -> Lines:
        lines: Lines = [(0, self.say("cases-in-order"))]
        for case in norm.cases:
            outcome = self._outcome(norm, case)
            clause = self.words.clause(case.at, norm.instrument) if case.at else ""
            lines.append((1, self.say("case-at" if clause else "case", outcome=outcome, clause=clause)))
            condition = [(0, self.say("otherwise"))] if case.when == TRUE else self.words.condition(case.when, norm.about)
            lines += [(2 + depth, line) for depth, line in condition]
        return lines

    def _outcome(self, norm: Norm, case: Case) -> str:
        if case.unsettled is not None:
            return self.say("unsettled", why=in_language(case.unsettled, self.lang).rstrip("。."))
        if isinstance(case.outcome, bool):
            return self.say("yes" if case.outcome else "no")
        declared = self.facts.corpus.vocabulary.declared[norm.makes[0]] if norm.makes else None
        outcome = in_language(declared.members.get(str(case.outcome)), self.lang) if declared else ""
        return outcome or str(case.outcome)

    def clocks(self, norm: Norm) -> Iterator[Row]:
        """The time limit."""
        clock: Clock | None = norm.clock or (norm.gives.clock if norm.gives else None)
        if clock is not None:
            yield Row("clock", self.words.clock(clock, norm.about), tree=True)
        elif norm.kind == "duty" or norm.gives:
            yield _row("clock", self.say("clock.none"))

    # -- from which day, how binding ---------------------------------------------------------------

    def days(self, norm: Norm) -> Iterator[Row]:
        """From which day, class by class; what set that day and what moved it."""
        days = self.facts.days(norm)
        status = self.say(f"day-status.{days.status}", on=self.words.day(self.facts.on))
        lines = [(0, self.say("days-line", days=self.words.days_phrase(days), status=status))]
        for one in days.classes:
            if one.when != TRUE:
                what = self.words.inline(one.when, days.about or norm.about)
                lines.append((1, self.say("event-class", day=self.words.day(one.on), what=what)))
        if days.set_by is not None:
            lines.append((0, self.say("set-by", event=days.set_by.id, known=self.words.day(days.set_by.known))))
        for moved in reversed(days.moved):
            was = self.words.when_of(moved)
            lines.append((0, self.say("moved", was=was, known=self.words.day(moved.known), event=moved.id)))
        yield Row("days", lines, tree=True)

    def force(self, norm: Norm) -> Iterator[Row]:
        """How binding it is by itself, and what may make it more so."""
        kind = self.facts.corpus.kind_of(norm)
        force = self.words.one_of("force", self.facts.force(norm))
        label, note = in_language(kind.label, self.lang), in_language(kind.note, self.lang)
        lines = [self.words.force_line(force, label, note)]
        if kind.hard and self.facts.force(norm) == "soft":
            lines.append(self.say("soft-by-modality"))
        if not kind.hard:
            harden = self.facts.binders(norm)
            lines += [self.say(f"may-harden.{bind.basis}", clause=self.words.clause(source.id)) for source, bind in harden]
            expect = self.facts.program.yardsticks.get(norm.id, ())
            lines += [self.say("may-be-expected", clause=self.words.clause(source.id)) for source in expect]
        yield _row("force", *lines)

    def effects(self, norm: Norm) -> Iterator[Row]:
        """What follows from meeting it and from breaking it, and what would show it."""
        if norm.effect_if_met != "none":
            yield _row("if-met", self.words.one_of("if-met", norm.effect_if_met))
        sanctions = self.clauses((source.id for source in self.facts.program.sanctions.get(norm.id, ())), norm.instrument)
        lines = [self.say("sanctioned-by", clause=BETWEEN[self.lang].join(sanctions))] if sanctions else []
        if norm.effect_if_broken not in ("none", "sanctioned") or (norm.effect_if_broken == "sanctioned" and not sanctions):
            lines.insert(0, self.words.one_of("if-broken", norm.effect_if_broken))
        yield _row("if-broken", *lines)
        yield _row("evidence", *(in_language(one, self.lang) for one in norm.evidence))

    # -- links -------------------------------------------------------------------------------------

    def links(self, norm: Norm) -> Iterator[Row]:
        """What it says of other norms, and what they say of it."""
        links = self.facts.links_out(norm)
        out = [self.words.link(one, norm, inward=False) for one in links if one.relation != "breach_of"]
        if norm.sanction:
            clauses = [self.words.clause(one.other, norm.instrument) for one in links if one.relation == "breach_of"]
            out.insert(0, self.say("link.out.breach_of", clause=BETWEEN[self.lang].join(clauses)))
        yield _row("links-out", *dict.fromkeys(out))
        incoming = [self.words.link(one, norm, inward=True) for one in self.facts.links_in(norm) if one.relation != "breach_of"]
        incoming += [line for term in (*norm.makes, *norm.ends) for line in self._users(term, norm.instrument)]
        yield _row("links-in", *dict.fromkeys(incoming))

    def users(self, term: str) -> list[str]:
        """The norms that ask about a term, without those that make or end it."""
        uses = self.facts.uses.get(term, ())
        return list(dict.fromkeys(one for one, role in uses if role not in ("makes", "ends")))

    def _users(self, term: str, home: str) -> Iterator[str]:
        users = self.users(term)
        if users:
            shown = BETWEEN[self.lang].join(self.clauses(users[: self.most], home))
            code = "term-used-more" if self.most and len(users) > self.most else "term-used"
            yield self.say(code, term=self.words.name(term), clauses=shown, count=len(users))

    def clauses(self, identifiers: Iterable[str], home: str | None = None) -> list[str]:
        """Provisions in words, each once."""
        return list(dict.fromkeys(self.words.clause(one, home) for one in identifiers))

    # -- what it rests on --------------------------------------------------------------------------

    def readings(self, norm: Norm) -> Iterator[Row]:
        """Other ways to read it, each with whose it is."""
        for one in norm.readings:
            source = source_words(one.source, self.lang)
            status = self.words.one_of("reading", one.status)
            by = self.say("reading-by", by=reader_words(one.by, self.lang), status=status, source=source)
            lines: Lines = [(0, in_language(one.summary, self.lang) or one.id), (0, by)]
            for word, expr, text in (("when", one.when, norm.when), ("require", one.require, norm.require)):
                if expr is not None and expr != text:
                    body = self.words.condition(expr, norm.about)
                    lines += [(0, self.say(f"reading-{word}")), *((1 + depth, line) for depth, line in body)]
            yield Row("reading", lines, tree=True)

    def origin(self, norm: Norm) -> Iterator[Row]:
        """How much of the text it holds, against what it was checked, its versions and its digest."""
        say = self.say
        left_out = say("left-out", what=in_language(norm.left_out, self.lang)) if norm.left_out else ""
        yield _row("encoded", say(f"encoded.{norm.encoded}"), left_out)
        reviewed = say("reviewed", by=norm.reviewed) if norm.reviewed else say("not-reviewed")
        yield _row("checked", self.checked(norm), reviewed)
        versions = self.facts.corpus.norms[norm.id]
        if len(versions) > 1 or norm.since:
            current = norm.id in self.facts.program.norms
            shown = ((one, self._version(one)) for one in versions)
            yield _row("versions", *(self._current(said) if current and one is norm else said for one, said in shown))
        yield _row("digest", f"{norm.meaning[:19]}…")

    def checked(self, of: Norm | Instrument | Event) -> str:
        """Against what an entry was checked."""
        against = self.words.one_of("checked", of.checked.against)
        if not of.checked.source:
            return against
        return self.say("checked-source", against=against, source=source_words(of.checked.source, self.lang))

    def _version(self, norm: Norm) -> str:
        """Since when a version stands."""
        if norm.since is None:
            return self.say("version-first")
        event = self.facts.corpus.events[norm.since]
        return self.say("version-since", day=self.words.when_of(event), event=event.id)

    def _current(self, version: str) -> str:
        return self.say("version-current", version=version)

    def paraphrase(self, instrument: Instrument) -> str:
        """Which language prevails over what is said here."""
        languages = [self.words.one_of("language", one) for one in instrument.authentic]
        shown = languages if len(languages) <= 3 else [self.say("languages", count=len(languages))]
        return self.say("paraphrase", languages=self.words.listed(shown))


def _row(key: str, *sentences: str) -> Row:
    return Row(key, [(0, one) for one in sentences if one])
