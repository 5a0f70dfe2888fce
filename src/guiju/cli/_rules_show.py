"""Pages for one thing: a norm, several norms at a provision, an instrument, a name, a legal event, a scheme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiju.cli._screen import Page
from guiju.logic import TRUE, BoolType, negation
from guiju.lookup.facts import Facts
from guiju.lookup.words import Words
from guiju.norms import Declared, Event, Instrument, Norm, Scheme
from guiju.norms.model import Clock
from guiju.norms.sentences import BETWEEN, Lines, kind_words, name_words, title_words, unless_lines
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
        page, say = self.page, self.say
        page.title(self.words.titled(norm), norm.id)
        page.text(in_language(norm.summary, self.lang))
        page.blank()
        if not norm.active:
            page.row(say("label.memory"), say("memory-norm"))
        page.row(say("label.kind"), self._kind(norm))
        self._who(norm)
        self._scope(norm)
        self._content(norm)
        self._clocks(norm)
        self._days(norm)
        self._force(norm)
        self._effects(norm)
        self._links(norm)
        self._readings(norm)
        self._origin(norm)

    def _kind(self, norm: Norm) -> str:
        phase = self.words.one_of("phase", norm.phase) if norm.phase else ""
        about = kind_words(norm.about, self.lang)
        kind = self.say("kind-status") if norm.kind == "status" else self.words.kind(norm)
        return self.say("kind-line" if phase else "kind-line-short", kind=kind, about=about, phase=phase)

    def _who(self, norm: Norm) -> None:
        page, say = self.page, self.say
        page.row(say("label.bearer"), self.words.bearer(norm))
        page.row(say("label.holder"), self.words.name(norm.holder) if norm.holder else "")
        page.row(say("label.against"), self.words.name(norm.against) if norm.against else "")
        if norm.kind in ("duty", "right") and not norm.holder:
            owed = self.words.listed(map(self.words.name, norm.owed_to))
            page.row(say("label.owed-to"), owed or say("owed-to-nobody"))
        if norm.sanction:
            page.row(say("label.authority"), self.words.listed(map(self.words.name, norm.sanction.authority)))

    def _scope(self, norm: Norm) -> None:
        page, say = self.page, self.say
        if norm.when != TRUE or not (norm.cases or norm.sanction):
            page.tree(say("label.when"), self.words.condition(norm.when, norm.about))
        if norm.unless:
            page.tree(say("label.unless"), unless_lines(self.facts.corpus, norm.unless, norm.about, self.lang, norm.instrument))

    def _content(self, norm: Norm) -> None:
        page, say = self.page, self.say
        if norm.kind == "duty" and norm.require != TRUE:
            forbids = norm.modality == "prohibition"
            expr = negation(norm.require) if forbids else norm.require
            label = "forbid" if forbids else "permit" if norm.modality == "permission" else "require"
            page.tree(say(f"label.{label}"), self.words.condition(expr, norm.about))
        page.row(say("label.makes"), *map(self._term, norm.makes))
        page.row(say("label.ends"), *map(self._term, norm.ends))
        if norm.cases:
            page.tree(say("label.cases"), self._cases(norm))
        if norm.gives:
            page.tree(say("label.gives"), self.words.condition(norm.gives.require, norm.about))
        page.row(say("label.upon"), self.words.name(norm.upon) if norm.upon else "")
        page.row(say("label.procedure"), in_language(norm.procedure, self.lang))
        page.row(say("label.expires"), norm.expires or "")
        if norm.sanction:
            page.tree(say("label.sanction"), self.words.sanction(norm))

    def _term(self, name: str) -> str:
        return self.say("named", label=self.words.name(name), name=name)

    def _cases(self, norm: Norm) -> Lines:
        declared = self.facts.corpus.vocabulary.declared[norm.makes[0]] if norm.makes else None
        lines: Lines = [(0, self.say("cases-in-order"))]
        for case in norm.cases:
            if case.unsettled is not None:
                outcome = self.say("unsettled", why=in_language(case.unsettled, self.lang).rstrip("。."))
            elif isinstance(case.outcome, bool):
                outcome = self.say("yes" if case.outcome else "no")
            else:
                outcome = in_language(declared.members.get(str(case.outcome)), self.lang) if declared else ""
                outcome = outcome or str(case.outcome)
            clause = self.words.clause(case.at, norm.instrument) if case.at else ""
            lines.append((1, self.say("case-at" if clause else "case", outcome=outcome, clause=clause)))
            condition = [(0, self.say("otherwise"))] if case.when == TRUE else self.words.condition(case.when, norm.about)
            lines += [(2 + depth, line) for depth, line in condition]
        return lines

    def _clocks(self, norm: Norm) -> None:
        clock: Clock | None = norm.clock or (norm.gives.clock if norm.gives else None)
        if clock is not None:
            self.page.tree(self.say("label.clock"), self.words.clock(clock, norm.about))
        elif norm.kind == "duty" or norm.gives:
            self.page.row(self.say("label.clock"), self.say("clock.none"))

    def _days(self, norm: Norm) -> None:
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
        self.page.tree(self.say("label.days"), lines)

    def _force(self, norm: Norm) -> None:
        corpus = self.facts.corpus
        kind = corpus.kind_of(norm)
        force = self.words.one_of("force", self.facts.force(norm))
        lines = [
            self.say("force-line", force=force, kind=in_language(kind.label, self.lang), note=in_language(kind.note, self.lang))
        ]
        if kind.hard and self.facts.force(norm) == "soft":
            lines.append(self.say("soft-by-modality"))
        if not kind.hard:
            harden = self.facts.binders(norm)
            lines += [self.say(f"may-harden.{bind.basis}", clause=self.words.clause(source.id)) for source, bind in harden]
            expect = self.facts.program.yardsticks.get(norm.id, ())
            lines += [self.say("may-be-expected", clause=self.words.clause(source.id)) for source in expect]
        self.page.row(self.say("label.force"), *lines)

    def _effects(self, norm: Norm) -> None:
        if norm.effect_if_met != "none":
            self.page.row(self.say("label.if-met"), self.words.one_of("if-met", norm.effect_if_met))
        sanctions = self._clauses((source.id for source in self.facts.program.sanctions.get(norm.id, ())), norm.instrument)
        lines = [self.say("sanctioned-by", clause=BETWEEN[self.lang].join(sanctions))] if sanctions else []
        if norm.effect_if_broken not in ("none", "sanctioned") or (norm.effect_if_broken == "sanctioned" and not sanctions):
            lines.insert(0, self.words.one_of("if-broken", norm.effect_if_broken))
        self.page.row(self.say("label.if-broken"), *lines)
        self.page.row(self.say("label.evidence"), *(in_language(one, self.lang) for one in norm.evidence))

    def _links(self, norm: Norm) -> None:
        out = [self.words.link(one, norm, inward=False) for one in self.facts.links_out(norm) if one.relation != "breach_of"]
        if norm.sanction:
            clauses = [
                self.words.clause(one.other, norm.instrument) for one in self.facts.links_out(norm) if one.relation == "breach_of"
            ]
            out.insert(0, self.say("link.out.breach_of", clause=BETWEEN[self.lang].join(clauses)))
        self.page.row(self.say("label.links-out"), *self._short(out))
        incoming = [self.words.link(one, norm, inward=True) for one in self.facts.links_in(norm) if one.relation != "breach_of"]
        for term in (*norm.makes, *norm.ends):
            users = [one for one, role in self.facts.uses.get(term, ()) if role not in ("makes", "ends")]
            users = list(dict.fromkeys(users))
            if users:
                shown = BETWEEN[self.lang].join(self._clauses(users[:MOST_LINKS], norm.instrument))
                code = "term-used-more" if len(users) > MOST_LINKS else "term-used"
                incoming.append(self.say(code, term=self.words.name(term), clauses=shown, count=len(users)))
        self.page.row(self.say("label.links-in"), *self._short(incoming))

    def _clauses(self, identifiers: Iterable[str], home: str | None = None) -> list[str]:
        return list(dict.fromkeys(self.words.clause(one, home) for one in identifiers))

    def _short(self, lines: Sequence[str]) -> list[str]:
        unique = list(dict.fromkeys(lines))
        rest = len(unique) - MOST_LINKS
        return unique if rest <= 0 else [*unique[:MOST_LINKS], self.say("and-more", count=rest)]

    def _readings(self, norm: Norm) -> None:
        for one in norm.readings:
            by = self.say("reading-by", by=one.by, status=self.words.one_of("reading", one.status), source=one.source)
            lines: Lines = [(0, in_language(one.summary, self.lang) or one.id), (0, by)]
            for word, expr, text in (("when", one.when, norm.when), ("require", one.require, norm.require)):
                if expr is not None and expr != text:
                    body = self.words.condition(expr, norm.about)
                    lines += [(0, self.say(f"reading-{word}")), *((1 + depth, line) for depth, line in body)]
            self.page.tree(self.say("label.reading"), lines)

    def _origin(self, norm: Norm) -> None:
        page, say = self.page, self.say
        whole = say(f"encoded.{norm.encoded}")
        page.row(
            say("label.encoded"), whole, say("left-out", what=in_language(norm.left_out, self.lang)) if norm.left_out else ""
        )
        page.row(
            say("label.checked"), self._checked(norm), say("reviewed", by=norm.reviewed) if norm.reviewed else say("not-reviewed")
        )
        versions = self.facts.corpus.norms[norm.id]
        if len(versions) > 1 or norm.since:
            page.row(say("label.versions"), *(self._version(one, one is norm) for one in versions))
        page.row(say("label.digest"), f"{norm.meaning[:19]}…")

    def _checked(self, of: Norm | Instrument | Event) -> str:
        against = self.words.one_of("checked", of.checked.against)
        return self.say("checked-source", against=against, source=of.checked.source) if of.checked.source else against

    def _version(self, norm: Norm, current: bool) -> str:
        if norm.since is None:
            said = self.say("version-first")
        else:
            event = self.facts.corpus.events[norm.since]
            said = self.say("version-since", day=self.words.when_of(event), event=event.id)
        return self.say("version-current", version=said) if current and norm.id in self.facts.program.norms else said

    def foot(self, instrument: str) -> None:
        """Which language prevails, and the edition."""
        authentic = self.facts.corpus.instruments[instrument].authentic
        languages = [self.words.one_of("language", one) for one in authentic]
        shown = languages if len(languages) <= 3 else [self.say("languages", count=len(languages))]
        self.page.blank()
        self.page.note(self.say("paraphrase", languages=self.words.listed(shown)))
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
        page.row(say("label.instrument-kind"), say("force-line", force=force, kind=in_language(kind.label, self.lang), note=note))
        page.row(say("label.issuer"), self.words.listed(map(self.words.name, instrument.issuer)))
        page.row(say("label.official"), instrument.official or "")
        page.row(say("label.checked"), self._checked(instrument))
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
            self.page.note(self.say("event-known", known=self.words.day(event.known), checked=self._checked(event)), 4)

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
        page.row(say("label.checked"), self._checked(event))

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
