"""Pages for one thing: a norm, several norms at a provision, an instrument, a name, a legal event, a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.cli._screen import Page
from guiju.logic import BoolType
from guiju.lookup.facts import Facts
from guiju.lookup.norm_words import NormWords
from guiju.lookup.words import Words
from guiju.norms import Declared, Event, Instrument, Norm, Scheme
from guiju.norms.sentences import BETWEEN, Lines, kind_words, name_words, title_words
from guiju.wording import in_language

MOST_LINKS = 8
"""Links of one sort shown on a page; --json has all."""

IN_FULL = 4
"""How many norms of one provision are shown in full."""


class Show:
    """Prints pages about one corpus on one day."""

    def __init__(self, facts: Facts, lang: str) -> None:
        self.facts = facts
        self.lang = lang
        self.words = Words(facts, lang)
        self.say = self.words.say
        self.rows = NormWords(self.words, MOST_LINKS)
        self.page = Page(lang)

    # -- norms -------------------------------------------------------------------------------------

    def provision(self, identifier: str, norms: Sequence[Norm]) -> None:
        """All norms that a provision id stands for: in full if they are few, else a list."""
        if len(norms) == 1:
            self.norm(norms[0])
        else:
            self.page.title(self.words.clause(identifier), identifier)
            in_full = len(norms) <= IN_FULL
            self.page.note(self.say("provision-in-full" if in_full else "provision-listed", count=len(norms)))
            for norm in norms:
                self.page.blank()
                if in_full:
                    self.page.line()
                    self.norm(norm)
                else:
                    self.listed(norm)
        self.foot(norms[0].instrument)

    def listed(self, norm: Norm) -> None:
        """One norm in a list: where, what, since when, in a sentence."""
        head = self.say("listed", place=self._place(norm), kind=self.words.kind(norm), days=self.words.days(norm))
        self.page.title(head, norm.id, 2)
        self.page.text(in_language(norm.summary, self.lang), 4)
        if norm.encoded == "partly":
            self.page.note(self.say("left-out", what=in_language(norm.left_out, self.lang)), 4)

    def norm(self, norm: Norm) -> None:
        """One norm in full."""
        self.page.title(self.words.titled(norm), norm.id)
        self.page.text(in_language(norm.summary, self.lang))
        self.page.blank()
        for row in self.rows.rows(norm):
            lines = row.lines
            if row.key in ("links-out", "links-in"):
                lines = [(0, one) for one in self._short([line for _, line in row.lines])]
            self.page.tree(self.say(f"label.{row.key}"), lines, marks=row.tree)

    def _clauses(self, identifiers: Iterable[str], home: str | None = None) -> list[str]:
        return self.rows.clauses(identifiers, home)

    def _short(self, lines: Sequence[str]) -> list[str]:
        unique = list(dict.fromkeys(lines))
        rest = len(unique) - MOST_LINKS
        return unique if rest <= 0 else [*unique[:MOST_LINKS], self.say("and-more", count=rest)]

    def foot(self, instrument: str) -> None:
        """Which language prevails, and the edition."""
        self.page.blank()
        self.page.note(self.rows.paraphrase(self.facts.corpus.instruments[instrument]))
        self.page.note(self.say("edition", edition=self.facts.corpus.edition))

    # -- instruments -------------------------------------------------------------------------------

    def instrument(self, instrument: Instrument) -> None:
        page, say = self.page, self.say
        kind = self.facts.corpus.kinds[f"{instrument.id.split('/')[0]}/{instrument.kind}"]
        page.title(title_words(instrument, self.lang, full=True), instrument.id)
        status = self.words.status(instrument)
        page.text(status[:1].upper() + status[1:])
        page.blank()
        page.row(say("label.number"), in_language(instrument.number, self.lang))
        force = self.words.one_of("force", "hard" if kind.hard else "soft")
        note = in_language(kind.note, self.lang)
        page.row(say("label.instrument-kind"), self.words.force_line(force, in_language(kind.label, self.lang), note))
        page.row(say("label.issuer"), self.words.listed(map(self.words.name, instrument.issuer)))
        page.row(say("label.official"), instrument.official or "")
        page.row(say("label.checked"), self.rows.checked(instrument))
        self._time_line(instrument)
        self._coverage(instrument)
        self.foot(instrument.id)

    def _time_line(self, instrument: Instrument) -> None:
        self.page.heading(self.say("time-line", known=self.words.day(self.facts.known)))
        for event in self.facts.events_of(instrument):
            self.page.title(self.words.when_of(event), event.id, 2)
            first, *rest = self.words.event(event)
            self.page.text(first, 4)
            for line in rest:
                self.page.text(line, 6, mark="· ")
            self.page.note(self.say("event-known", known=self.words.day(event.known), checked=self.rows.checked(event)), 4)

    def _coverage(self, instrument: Instrument) -> None:
        page, say = self.page, self.say
        norms = self.facts.of_instrument(instrument.id)
        answering = [norm for norm in norms if norm.active]
        partly = [norm for norm in answering if norm.encoded == "partly"]
        memory = [norm for norm in norms if not norm.active]
        page.heading(say("coverage"))
        page.text(say("covered", count=len(answering), id=instrument.id) if norms else say("covered-none"), 2)
        if answering:
            places = dict.fromkeys(map(self._place, answering))
            page.note(BETWEEN[self.lang].join(places), 4)
        if partly:
            page.text(say("covered-partly", count=len(partly)), 2)
            for norm in partly:
                page.text(say("inline", head=self._place(norm), line=in_language(norm.left_out, self.lang)), 4, mark="· ")
        if memory:
            page.text(say("covered-memory", count=len(memory)), 2)
            for norm in memory:
                page.text(say("inline", head=self._place(norm), line=in_language(norm.summary, self.lang)), 4, mark="· ")
        if instrument.not_covered:
            page.text(say("not-covered"), 2)
            page.text(in_language(instrument.not_covered, self.lang), 4)

    def _place(self, norm: Norm) -> str:
        return in_language(norm.pinpoint, self.lang) or norm.id

    # -- names, events, schemes --------------------------------------------------------------------

    def declared(self, one: Declared) -> None:
        page, say = self.page, self.say
        page.title(name_words(one, self.lang), one.name)
        kind = self.words.one_of("name-kind", one.kind)
        page.text(say("name-line", kind=kind, about=kind_words(one.object, self.lang)))
        page.blank()
        if one.ask and one.label:
            page.row(say("label.ask"), in_language(one.ask, self.lang))
        page.row(say("label.help"), in_language(one.help, self.lang))
        page.row(say("label.criteria"), in_language(one.criteria, self.lang))
        page.row(say("label.judged"), say("judged") if one.kind == "judgement" else "")
        if one.kind == "relation":
            page.row(say("label.leads-to"), say("many" if one.many else "single", to=kind_words(one.to, self.lang)))
        else:
            answers = [say("named", label=in_language(label, self.lang), name=member) for member, label in one.members.items()]
            page.row(say("label.answers"), *(answers or [say("yes-no") if isinstance(one.type, BoolType) else self._type(one)]))
        page.row(say("label.aliases"), self.words.listed(one.aliases))
        page.row(say("label.needed-by"), *self._short(self._clauses(one.needed_by)))
        if one.kind == "term":
            page.row(say("label.made-by"), *self._clause_ids(norm.id for norm in self.facts.makers(one.name)))
            page.row(say("label.ended-by"), *self._clause_ids(norm.id for norm in self.facts.enders(one.name)))
        self._uses(one.name)
        page.blank()
        page.note(say("edition", edition=self.facts.corpus.edition))

    def _type(self, one: Declared) -> str:
        kind, _, unit = one.type_text.partition("(")
        return self.say(f"type-{kind}", unit=self.words.one_of("unit-name", unit.rstrip(")")))

    def _clause_ids(self, identifiers: Iterable[str]) -> list[str]:
        return [self.say("named", label=self.words.clause(one), name=one) for one in identifiers]

    def _uses(self, name: str) -> None:
        found = [(one, role) for one, role in self.facts.uses.get(name, ()) if role not in ("makes", "ends")]
        if not found:
            self.page.row(self.say("label.used-by"), self.say("used-by-none"))
            return
        places: dict[str, dict[str, list[str]]] = {}
        for identifier, role in found:
            norm = self.facts.norms[identifier]
            places.setdefault(role, {}).setdefault(norm.instrument, []).append(self._place(norm))
        lines: Lines = []
        for role, homes in places.items():
            lines.append((0, self.say("head", head=self.words.one_of("use", role))))
            for home, inside in homes.items():
                title = title_words(self.facts.corpus.instruments[home], self.lang)
                lines.append((1, self.say("inline", head=title, line=BETWEEN[self.lang].join(dict.fromkeys(inside)))))
        self.page.tree(self.say("label.used-by"), lines)

    def event(self, event: Event) -> None:
        page, say = self.page, self.say
        first, *rest = self.words.event(event)
        page.title(first, event.id)
        page.blank()
        page.row(say("label.day"), self.words.when_of(event))
        page.row(say("label.classes"), *rest)
        page.row(say("label.known"), self.words.day(event.known))
        page.row(say("label.effect"), self.words.day(event.effect) if event.effect else "")
        page.row(say("label.targets"), self.words.listed(self._clauses(event.targets.ids)))
        page.row(say("label.except"), self.words.listed(self._clauses(event.targets.excepted)))
        page.row(say("label.checked"), self.rows.checked(event))

    def scheme(self, scheme: Scheme) -> None:
        page, say = self.page, self.say
        page.title(in_language(scheme.label, self.lang) or scheme.id, scheme.id)
        grades = [in_language(scheme.labels.get(one), self.lang) or one for one in scheme.order]
        page.text(say("scheme-order", grades=" → ".join(grades)))
        page.blank()
        for fold in (scheme.rows, scheme.object):
            if fold is None:
                continue
            relation = self.facts.corpus.vocabulary.declared.get(fold.over) if fold is scheme.rows else None
            kind = relation.to if relation else fold.over
            for grade, condition in fold.when:
                label = in_language(scheme.labels.get(grade), self.lang) or grade
                head = say("graded-row" if relation else "graded", grade=label, about=kind_words(kind, self.lang))
                lines = self.words.condition(condition, kind)
                page.tree(say("label.grade"), [(0, say("head", head=head)), *((1 + depth, line) for depth, line in lines)])
