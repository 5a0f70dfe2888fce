"""The assessment as a page a person reads: the answer first, then what to do, what is unknown, what is not covered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from guiju.assess.consequence_words import clock_words, factor_lines, sanction_lines
from guiju.assess.document import Assessment, not_covered, warnings
from guiju.assess.met_words import grade_reading_lines, met_words, reading_words, shared_words
from guiju.assess.parts import detail_words, void_words
from guiju.assess.plain import clause_of, named, proposal_words, sentence
from guiju.calendars import words
from guiju.logic import Truth
from guiju.norms import Grade, Row, details_of, natural_key, place_words
from guiju.norms.sentences import title_words
from guiju.wording import fill, in_language, join_words

MOST_QUESTIONS: Final = 8
MOST_REASONS: Final = 4
FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a page: how far it is indented, and what it is (heading, item, note ...)."""

    text: str
    indent: int = 0
    role: str = "text"


def page_lines(assessment: Assessment, lang: str, everything: bool = False) -> Iterator[Line]:
    """The whole page, paragraph by paragraph."""
    page = _Page(assessment, lang, everything)
    yield from page.head()
    yield from page.proposals()
    yield from page.grades()
    yield from page.duties()
    yield from page.questions()
    yield from page.open()
    yield from page.acts()
    yield from page.readiness()
    yield from page.foot()


class _Page:
    def __init__(self, assessment: Assessment, lang: str, everything: bool) -> None:
        self.a = assessment
        self.lang = lang
        self.everything = everything
        self._said: list[str] = []

    def say(self, code: str, **fields: object) -> str:
        return fill(f"assess.{code}", self.lang, "message", fields)

    def clause(self, identifier: str) -> str:
        return clause_of(self.a.program, identifier, self.lang)

    def head(self) -> Iterator[Line]:
        subject = self.a.dossier.subject
        name = in_language(subject.label, self.lang) if subject.label else subject.id
        if self.a.dossier.example:
            yield Line(fill("report.example-mark", self.lang, "message", {}), role="note")
        yield Line(self.say("title", name=name), role="title")
        rows = self._owed(self.a.in_question)
        sure = [row for row in rows if row.in_scope is Truth.TRUE]
        now = [row for row in sure if row.timing.status == "applies"]
        later = [row for row in sure if row.timing.status in ("upcoming", "transitional")]
        hard = [row for row in now if row.force.force in ("hard", "hardened")]
        unmet = self.a.unmet(also_unknown=False)
        open_rows = [row for row in rows if row not in now and row not in later]
        yield Line(
            self.say(
                "answer",
                on=words(self.a.program.on, self.lang),
                now=len(now),
                hard=len(hard),
                later=len(later),
                open=len(open_rows),
                unmet=len(unmet),
            )
        )
        if self.a.program.known != self.a.program.on:
            yield Line(self.say("known", known=words(self.a.program.known, self.lang)))
        for party in self.a.results.world.of_kind("party"):
            if not party.anonymous and self.a.party in (None, party.id):
                yield self._party(party.id)

    def _owed(self, rows: list[Row]) -> list[Row]:
        """Rows that someone owes or may claim; norms that only make others apply are told where they do."""
        return [row for row in rows if row.norm.kind != "application"]

    def _party(self, org: str) -> Line:
        thing = next(one for one in self.a.results.world.of_kind("party") if one.id == org)
        terms = [entry for entry in self.a.corpus.vocabulary.entries() if entry.kind == "term" and entry.object == "party"]
        held = [entry for entry in terms if self.a.results.evaluation.term(entry, thing) is Truth.TRUE]
        roles = [in_language(entry.label, self.lang) or entry.name for entry in held]
        code = "party" if roles else "party-without-role"
        return Line(self.say(code, org=named(thing, self.lang), roles=join_words(roles, self.lang)))

    def proposals(self) -> Iterator[Line]:
        if not self.a.dossier.proposals:
            return
        yield Line(self.say("proposals"), role="heading")
        for one in self.a.dossier.proposals:
            declared = self.a.corpus.vocabulary.declared[one.name]
            label = in_language(declared.label or declared.ask, self.lang)
            confidence = self.say(f"confidence-{one.confidence}")
            value = proposal_words(declared, one, self.lang)
            yield Line(self.say("proposal", label=label, value=value, line=one.line, confidence=confidence), 2, "item")
            yield Line(f"“{one.excerpt}”" if self.lang == "zh" else f'"{one.excerpt}"', 4, "note")

    # -- grades --------------------------------------------------------------------------------------------------------------

    def grades(self) -> Iterator[Line]:
        if not self.a.grades:
            return
        yield Line(self.say("grades"), role="heading")
        for grade in self.a.grades:
            yield Line(self._grade(grade), 2, "item")
            said = [sentence(self.a.program, reason, self.lang) for reason in grade.because[:MOST_REASONS]]
            details = details_of(self.a.results.evaluation, grade.scheme, grade.thing)
            said += [detail_words(one, self.lang) for one in details if one.value not in (None, Truth.UNKNOWN)]
            yield from (Line(one, 4, "note") for one in dict.fromkeys(said))
            yield from (Line(one, 4, "note") for one in grade_reading_lines(grade, self.a.program, self.lang))
            if not grade.settled and grade.missing:
                yield Line(self.say("hangs-on", names=self._names([one.name for one in grade.missing])), 4, "note")

    def _grade(self, grade: Grade) -> str:
        label = in_language(grade.scheme.label, self.lang) or grade.scheme.id
        low, high = (self._grade_label(grade, one) for one in (grade.at_least, grade.at_most))
        if grade.settled:
            said = self.say("grade", scheme=label, grade=low)
        elif grade.at_least == grade.scheme.order[0]:
            said = self.say("grade-open", scheme=label, high=high)
        else:
            said = self.say("grade-between", scheme=label, low=low, high=high)
        several = sum(1 for one in self.a.grades if one.scheme is grade.scheme) > 1
        decided = grade.at_least != grade.scheme.order[0]
        if (several or decided) and not grade.thing.anonymous:
            said += self.say("decided-by" if decided else "grade-of", thing=named(grade.thing, self.lang))
        if grade.timing and grade.timing.status != "applies":
            said += self._status_words(grade.timing.status, grade.timing.from_day, grade.timing.moved_by)
        return said

    def _grade_label(self, grade: Grade, name: str) -> str:
        label = grade.scheme.labels.get(name)
        return in_language(label, self.lang) if label else name

    def _status_words(self, status: str, day: object, moved_by: str | None) -> str:
        shown = words(day, self.lang) if isinstance(day, date) else self.say("no-day")
        return self.say(f"status-{status}", day=shown) + (self.say("moved-by", by=moved_by) if moved_by else "")

    # -- duties --------------------------------------------------------------------------------------------------------------

    def duties(self) -> Iterator[Line]:
        rows = [row for row in self._owed(self.a.rows) if self.everything or row.in_scope is Truth.TRUE]
        groups: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            groups.setdefault((self._group(row), row.force.force), []).append(row)
        for (group, force), members in sorted(
            groups.items(), key=lambda item: _GROUPS.index(item[0][0]) * 10 + _FORCES.index(item[0][1])
        ):
            yield Line(self.say(f"group-{group}", force=self.say(f"force-{force}"), count=len(members)), role="heading")
            for row in members:
                yield from self._duty(row)
        yield from self._weighed([row for row in rows if self._may_be_punished(row)])

    def _may_be_punished(self, row: Row) -> bool:
        """Whether what may follow a breach is told."""
        return row.met is not None and row.met.met is not Truth.TRUE and row.presumed is None

    def _weighed(self, rows: list[Row]) -> Iterator[Line]:
        """What weighs in when a penalty is set, once for all rules above."""
        results = [result for row in rows if row.in_scope is not Truth.FALSE for result in row.sanctions]
        for clause, text in factor_lines(self.a.program, results, self.lang):
            yield Line(self.say("factors", clause=clause, text=text), 2, "note")

    def open(self) -> Iterator[Line]:
        unsettled = [row for row in self._owed(self.a.in_question) if row.in_scope is Truth.UNKNOWN]
        if unsettled and not self.everything:
            yield from self._unsettled(unsettled)

    def _group(self, row: Row) -> str:
        if row.in_scope is Truth.FALSE:
            return "outside"
        return row.timing.status if row.in_scope is Truth.TRUE else "unsettled"

    def _duty(self, row: Row) -> Iterator[Line]:
        summary = in_language(row.norm.summary, self.lang)
        mark = self.say(f"mark-{row.force.force}")
        yield Line(f"{mark} {self.clause(row.norm.id)}  {summary}", 2, "item")
        if row.in_scope is Truth.FALSE:
            yield Line(self._because(row), 5, "because")
            return
        clock = clock_words(row, self.lang, self._names)
        met = met_words(row, self.a.program, self.lang, self._org)
        facts = [part for part in (self._who(row), shared_words(row, self.lang, self._org), met, self._when(row), clock) if part]
        yield Line(self.say("joiner").join(facts), 5, "note")
        for path in self._path(row):
            yield Line(path, 5, "note")
        yield from (Line(reading_words(answer, self.a.program, self.lang), 5, "note") for answer in row.readings)
        if row.in_scope is Truth.TRUE:
            yield Line(self._because(row), 5, "because")
        if self._may_be_punished(row):
            said = [one for result in row.sanctions for one in sanction_lines(self.a.program, result, self.lang, self._names)]
            yield from (Line(one, 5, "note") for one in dict.fromkeys(said) if one)
        missing = [one.name for one in row.missing]
        if missing:
            yield Line(self.say("hangs-on", names=self._names(missing)), 5, "note")

    def _because(self, row: Row) -> str:
        """The grounds in one paragraph; the same grounds as the rule before are not said again."""
        sentences = [sentence(self.a.program, reason, self.lang) for reason in row.because]
        if sentences and sentences == self._said:
            return self.say("because-as-above")
        self._said = sentences
        shown = self.say("joiner").join(sentences[:MOST_REASONS])
        more = self.say("and-more-grounds", count=len(sentences) - MOST_REASONS) if len(sentences) > MOST_REASONS else ""
        return self.say("because", sentence=shown + more)

    def _org(self, identifier: str) -> str:
        """A party by its name, else by its id."""
        found = next((one for one in self.a.results.world.of_kind("party") if one.id == identifier), None)
        return named(found, self.lang) if found else identifier

    def _who(self, row: Row) -> str:
        party = row.party
        if party is None or party.anonymous:
            terms = row.norm.bearer.terms if row.norm.bearer else ()
            labels = [in_language(self.a.corpus.vocabulary.declared[term].label, self.lang) or term for term in terms]
            return self.say("owed-by-role", roles=join_words(labels, self.lang, "or")) if labels else ""
        return self.say("owed-by", org=named(party, self.lang))

    def _when(self, row: Row) -> str:
        status = row.timing.status
        if status == "applies":
            day = row.timing.from_day
            return self.say("since", day=words(day, self.lang)) if day else ""
        return self._status_words(status, row.timing.from_day, row.timing.moved_by).strip("，, ")

    def _path(self, row: Row) -> Iterator[str]:
        """How a soft text binds or is expected; a path that is still open is not told as if it held."""
        for step in row.force.path if row.force.force in ("hardened", "expected") else ():
            if step.how in ("required", "declared", "contract", "practice"):
                yield self.say(
                    f"path-{step.how}", clause=self.clause(step.by), source=step.source or "", checked=step.checked or ""
                )

    def _unsettled(self, rows: list[Row]) -> Iterator[Line]:
        """Open rules: those that hang on little or on readings one by one, the rest as a list of clauses by instrument."""
        yield Line(self.say("group-unsettled", count=len(rows), force=""), role="heading")
        near = [row for row in rows if row.readings or len({one.name for one in row.missing}) <= FEW]
        for row in near:
            mark = self.say(f"mark-{row.force.force}")
            yield Line(f"{mark} {self.clause(row.norm.id)}  {in_language(row.norm.summary, self.lang)}", 2, "item")
            wanted = [one.name for one in row.missing if one.cause != "reading"]
            if wanted:
                yield Line(self.say("hangs-on", names=self._names(wanted)), 5, "note")
            for answer in row.readings:
                yield Line(reading_words(answer, self.a.program, self.lang), 5, "note")
        far: dict[str, list[str]] = {}
        for row in sorted(rows, key=lambda one: natural_key(one.norm.id)):
            if row not in near:
                place = in_language(row.norm.pinpoint, self.lang) or place_words(row.norm.id, self.lang)
                places = far.setdefault(row.norm.instrument, [])
                if place not in places:
                    places.append(place)
        for instrument, places in far.items():
            title = title_words(self.a.corpus.instruments[instrument], self.lang, full=True)
            yield Line(self.say("open-clauses", title=title, places=self.say("joiner").join(places)), 2, "item")
        if far:
            yield Line(self.say("open-details"), 2, "note")

    def _names(self, wanted: list[str]) -> str:
        unique = list(dict.fromkeys(wanted))
        shown = [self._ask(name) for name in unique[:3]]
        more = self.say("and-more", count=len(unique) - 3) if len(unique) > 3 else ""
        return self.say("between-names").join(shown) + more

    def _ask(self, name: str) -> str:
        declared = self.a.corpus.vocabulary.declared.get(name)
        if declared is None:
            return self.clause(name) if "/" in name else name
        return in_language(declared.label or declared.ask, self.lang) or name

    # -- the end -------------------------------------------------------------------------------------------------------------

    def questions(self) -> Iterator[Line]:
        if not self.a.questions:
            return
        yield Line(self.say("questions"), role="heading")
        for one in self.a.questions[:MOST_QUESTIONS]:
            cause = self.say(f"cause-{one.cause}")
            text = in_language(one.text, self.lang) or one.name
            if self._is_list(one.name):
                text = self.say("ask-list", list=text)
            yield Line(self.say("question", text=text, settles=one.settles, hard=one.hard, cause=cause, name=one.name), 2, "item")
        rest = len(self.a.questions) - MOST_QUESTIONS
        if rest > 0:
            yield Line(self.say("more-questions", count=rest), 2, "note")

    def _is_list(self, name: str) -> bool:
        declared = self.a.corpus.vocabulary.declared.get(name)
        return declared is not None and declared.many

    def acts(self) -> Iterator[Line]:
        """Acts that have no effect yet, or never will; those in effect are told by what they changed."""
        told = [act for act in self.a.program.acts if act.state in ("pending", "void")]
        if told:
            yield Line(self.say("acts"), role="heading")
        for act in told:
            title = in_language(act.event.summary, self.lang) or act.event.id
            if act.void is not None:
                yield Line(self.say("act-void", title=title, why=void_words(self.a.program, act.void, self.lang)), 2, "note")
            else:
                targets = join_words([self.clause(one) for one in act.event.targets.ids], self.lang)
                yield Line(self.say("act-pending", title=title, targets=targets), 2, "note")

    def readiness(self) -> Iterator[Line]:
        counts = self.a.results.readiness
        if counts:
            kinds = [self.say("of-kind", count=count, kind=self.say(f"kind-{kind}")) for kind, count in sorted(counts.items())]
            yield Line(self.say("readiness", total=sum(counts.values()), kinds=join_words(kinds, self.lang)))

    def foot(self) -> Iterator[Line]:
        yield Line(self.say("limits"), role="heading")
        for one in warnings(self.a):
            said = one["text"][self.lang] if "text" in one else fill(str(one["code"]), self.lang, "message", one)
            yield Line(said, 2, "note")
        lacking = not_covered(self.a)
        parts = [one for one in lacking if "norm" in one and not one.get("memory")]
        if parts:
            yield Line(self.say("partly", count=len(parts)), 2, "note")
        for one in lacking:
            if "instrument" in one:
                title = title_words(self.a.corpus.instruments[one["instrument"]], self.lang, full=True)
                yield Line(self.say("instrument-lacks", title=title, text=in_language(one["text"], self.lang)), 2, "note")
        yield Line(self.say("edition", edition=self.a.corpus.edition[:19], dossier=self.a.dossier.digest[:19]), role="note")


_GROUPS: Final = ("applies", "unknown", "transitional", "suspended", "upcoming", "ended", "unsettled", "outside")
_FORCES: Final = ("hard", "hardened", "expected", "unknown", "soft")
