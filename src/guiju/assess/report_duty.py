"""One rule as a report shows it: who owes what to whom, since and until when, how binding, met on what basis, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from guiju.assess.consequence_words import clock_words, factor_lines, sanction_lines
from guiju.assess.plain import clause_of, sentence
from guiju.assess.report_parts import Due, Duty, Ground, Lacking, Need, Penalty, Reading, Tree
from guiju.assess.report_words import Words
from guiju.calendars import CalendarError, calendar
from guiju.logic import TRUE, Truth
from guiju.logic.syntax import names
from guiju.norms import Missing, ReadAnswer, Reason, Row, SanctionResult, Step, Thing, reader_words, reading_named
from guiju.norms.sentences import kind_words, name_words, title_words
from guiju.norms.vocabulary import PARTY_KINDS
from guiju.wording import codes, text

_NOT_YET: Final = ("upcoming", "transitional", "suspended", "ended")
_LATE: Final = ("overdue", "past-usual", "done-late")
"""Nothing can be late under a rule that does not bind yet, or no more."""


class DutyTeller:
    """Tells the rows of one assessment as duties of a report; ``data`` is the row's own JSON."""

    def __init__(self, words: Words) -> None:
        self.w = words
        self.a = words.a
        self.say = words.say
        self._told: dict[tuple[Ground, ...], str] = {}
        self._punished: list[SanctionResult] = []

    def duty(self, row: Row, data: dict[str, Any], anchor: str) -> Duty:
        """The whole duty."""
        w, norm = self.w, row.norm
        because, clause = self.grounds(row.because), w.titled(norm)
        instrument = w.corpus.instruments[norm.instrument]
        return Duty(
            anchor=anchor,
            norm=norm.id,
            version=norm.meaning,
            kind=norm.kind,
            permitted=norm.kind == "duty" and norm.modality == "permission",
            kind_words=w.one_of("modality", norm.modality) if norm.kind == "duty" else w.one_of("kind", norm.kind),
            phase=norm.phase or "",
            clause=clause,
            instrument=title_words(instrument, w.lang, full=True),
            instrument_kind=w.text(w.corpus.kind_of(norm).label),
            official=instrument.official if (instrument.official or "").startswith(("https://", "http://")) else None,
            summary=w.text(norm.summary),
            about=kind_words(norm.about, w.lang),
            object=w.named(row.thing),
            party=data["party"],
            owed_by=self._side(row, norm.holder) if norm.kind == "right" and norm.holder else self._owed_by(row, data),
            owed_to=self._side(row, norm.against) if norm.against else w.listed(map(w.term, norm.owed_to)),
            force=row.force.force,
            path=tuple(self._path(row)),
            scope=row.in_scope.value,
            status=row.timing.status,
            since=self._since(row, data),
            from_day=row.timing.from_day,
            moved=w.clause(row.timing.moved_by) if row.timing.moved_by else "",
            met=data["met"],
            met_words=self.say(f"met-{data['met']}") if data["met"] else "",
            basis=self._basis(data),
            due=self._due(row),
            because=because,
            same_as=self._told.setdefault(because, clause) if because else "",
            needs=tuple(map(self.need, row.missing)),
            readings=tuple(map(self.reading, row.readings)),
            asked=self._asked(row),
            stated=self._stated(row),
            evidence=tuple(w.text(one) for one in norm.evidence),
            changes=self._changes(row),
            effects=tuple(self._effects(row)),
            penalties=self._penalties(row),
            left_out=w.text(norm.left_out),
            checked=w.one_of("checked", norm.checked.against),
            checked_source=norm.checked.source or "",
            reviewed=norm.reviewed or "",
        )

    # -- who ---------------------------------------------------------------------------------------------------------------------

    def _owed_by(self, row: Row, data: dict[str, Any]) -> str:
        """The party with the role by which it owes; else the roles alone."""
        bearer = row.norm.bearer
        terms = bearer.terms if bearer else ()
        if row.norm.holder:
            terms = (row.norm.holder,)
        roles = self.w.listed(map(self.w.term, terms), "or")
        if row.party is None or row.party.anonymous:
            return self._shared(roles, data)
        held = [term for term in terms if self._holds(row, term)]
        party = self._called(row.party)
        said = self.say("party-as", party=party, roles=self.w.listed(map(self.w.term, held))) if held else party
        return self._shared(said, data)

    def _side(self, row: Row, term: str) -> str:
        """The holder of a right, or the one it is against: who has that role here, else the role alone."""
        declared = self.w.corpus.vocabulary.declared[term]
        thing = row.party if declared.object in PARTY_KINDS else row.thing
        if thing is None or thing.anonymous or not self._holds(row, term):
            return self.w.term(term)
        return self.say("party-as", party=self._called(thing), roles=self.w.term(term))

    def _called(self, thing: Thing) -> str:
        return self.w.named(thing) if thing.label else self.w.own_name(thing)

    def _shared(self, said: str, data: dict[str, Any]) -> str:
        """Who else owes the same, jointly or instead."""
        others = [one for one in data.get("shared_with") or () if isinstance(one, str)]
        how = (data.get("bearer") or {}).get("how")
        if not others or how not in ("jointly", "one_of", "by_agreement"):
            return said
        return self.say(f"shared-{how}", party=said, others=self.w.listed(map(self._org, others)))

    def _holds(self, row: Row, term: str) -> bool:
        declared = self.w.corpus.vocabulary.declared[term]
        holder = row.party if row.party is not None and declared.object == "party" else row.thing
        return declared.object == holder.kind and row.evaluation.term(declared, holder) is Truth.TRUE

    # -- how binding, when -------------------------------------------------------------------------------------------------------

    def _path(self, row: Row) -> list[str]:
        return [said for step in row.force.path if (said := self._step(row, step))]

    def _step(self, row: Row, step: Step) -> str:
        w = self.w
        match step.how:
            case "instrument":
                kind = w.corpus.kinds[f"{step.by.split('/')[0]}/{step.source}"]
                note = w.text(kind.note)
                bare = "" if note else "-bare"
                return self.say(f"path-instrument{bare}", title=w.clause(step.by), kind=w.text(kind.label), note=note)
            case "asks":
                return self.say("path-asks")
            case "practice":
                source = w.said(step.source or "")
                checked = w.one_of("checked", step.checked)
                return self.say("path-practice", clause=w.clause(step.by), source=source, checked=checked)
            case "required" | "declared" | "contract":
                open_ = "-open" if row.force.force == "unknown" else ""
                return self.say(f"path-{step.how}{open_}", clause=w.clause(step.by))
            case _:
                return w.clause(step.by)

    def _since(self, row: Row, data: dict[str, Any]) -> str:
        timed = row.timing
        day = timed.until_day if timed.status == "ended" else timed.from_day
        known = "" if day else "-open"
        said = self.say(f"since-{timed.status}{known}", day=self.w.day(day) if day else "")
        parts = [said]
        if timed.status in ("applies", "unknown") and timed.until_day:
            parts.append(self.say("until", day=self.w.day(timed.until_day)))
        if not timed.enforced:
            later = data.get("enforced_from")
            parts.append(
                self.say("not-enforced-until", day=self.w.day(date.fromisoformat(later))) if later else self.say("not-enforced")
            )
        return self.w.joined(parts)

    def _due(self, row: Row) -> Due | None:
        clock = row.met.clock if row.met else None
        if clock is None or row.norm.clock is None or (row.timing.status in _NOT_YET and clock.state in _LATE):
            return None
        on, day = self.a.program.on, clock.due_day
        left = None if day is None or clock.state in ("done", "done-late") else (day - on).days
        code = row.norm.clock.calendar or (clock.calendar or "").split("/")[0]
        unit = row.norm.clock.within.unit if row.norm.clock.within else "day"
        fields = dict(clock.fields)
        notes = tuple(self._note(one, fields) for one in clock.notes)
        said = self.w.dressed(clock_words(row, self.w.lang, self.naming))
        due = clock.due
        if day is None and due is not None and isinstance(due.latest, date) and isinstance(due.earliest, date):
            ends = self.w.page("from-to", low=self.w.day(due.earliest), high=self.w.day(due.latest))
            said = self.say("due-between", range=ends)
        if row.norm.clock.to:
            said = self.w.joined((said, self.say("due-to", body=self.w.term(row.norm.clock.to))))
        return Due(clock.state, said, day, left, self.left(left, day, code if unit == "working-day" else None), notes)

    def _note(self, code: str, fields: dict[str, str]) -> str:
        return self.w.dressed(text(code, self.w.lang, **fields)) if code in codes(self.w.lang) else self.w.code(code)

    def left(self, left: int | None, day: date | None, working: str | None = None) -> str:
        """Days left or over, in working days where the limit is counted so."""
        if left is None or day is None:
            return ""
        if left < 0:
            return self.w.counted("over", -left)
        if left == 0:
            return self.say("left-today")
        counted = self._working_days(day, working) if working else None
        return self.w.counted("left", left) if counted is None else self.w.counted("left-working", counted)

    def ahead(self, left: int) -> str:
        """Days until something begins."""
        return self.w.counted("ahead", left)

    def _working_days(self, day: date, code: str) -> int | None:
        """Working days after the day asked for up to a last day; None past the end of the calendar."""
        on = self.a.program.on
        try:
            table = calendar(code, self.a.program.known)
        except CalendarError:
            return None
        days = [table.is_working_day(on + timedelta(ahead)) for ahead in range(1, (day - on).days + 1)]
        return None if None in days else sum(1 for one in days if one)

    # -- met, why ----------------------------------------------------------------------------------------------------------------

    def _basis(self, data: dict[str, Any]) -> str:
        basis = data["basis"]
        if data["met"] not in ("yes", "no") or basis is None:
            return ""
        w = self.w
        clause = w.clause(basis["class"]) if basis["kind"] in ("presumed", "demonstrated") and basis["class"] else ""
        by = self.say("by", by=w.said(basis["by"])) if basis["by"] else ""
        said = self.say(f"basis-{basis['kind']}", evidence=w.said(basis["class"] or ""), clause=clause, by=by)
        if basis.get("extent"):
            said += w.page("met-extent", extent=w.text(basis["extent"]))
        if basis.get("performed_by"):
            said += w.page("done-by-others", orgs=w.listed(map(self._org, basis["performed_by"])))
        return said

    def _org(self, identifier: str) -> str:
        """A party by its name, else by its id."""
        found = next((one for one in self.a.results.world.of_kind("party") if one.id == identifier and one.label), None)
        return self.w.named(found) if found else self.w.code(identifier.removeprefix("org:"))

    def grounds(self, reasons: Iterable[Reason]) -> tuple[Ground, ...]:
        """Grounds as sentences, each with who said so kept apart; a term that several clauses settle alike is told once."""
        alike: dict[tuple[str, int, str], list[Reason]] = {}
        for reason in reasons:
            alone = reason.norm is None or reason.name not in self.w.corpus.vocabulary.declared
            alike.setdefault((reason.name, id(reason.thing), f"{reason.norm}" if alone else ""), []).append(reason)
        return tuple(self._ground(group[0]) if len(group) == 1 else self._together(group) for group in alike.values())

    def _together(self, reasons: list[Reason]) -> Ground:
        """One term, made or not made by several provisions."""
        first = sentence(self.a.program, replace(reasons[0], given=None), self.w.lang)
        own = clause_of(self.a.program, reasons[0].norm or "", self.w.lang)
        return Ground(
            self.w.dressed(first).replace(own, self.w.clauses([one.norm for one in reasons if one.norm])), reasons[0].norm
        )

    def _ground(self, reason: Reason) -> Ground:
        given = reason.given
        bare = replace(reason, given=None)
        text = self.w.dressed(sentence(self.a.program, bare, self.w.lang))
        if given is None:
            return Ground(text, reason.norm)
        parts = []
        for key, value in (("source", given.source), ("by", given.by), ("on", given.on), ("evidence", given.evidence)):
            if value:
                shown = self.w.day(date.fromisoformat(value)) if key == "on" else self.w.said(value)
                parts.append(self.say(f"said-{key}", what=shown))
        if given.reasons:
            parts.append(self.say("said-reasons", what=self.w.said(given.reasons)))
        return Ground(text, reason.norm, self.w.joined(parts))

    def need(self, one: Missing) -> Need:
        """What is missing, with the question and, for a judgement, its criteria."""
        declared = self.w.corpus.vocabulary.declared.get(one.name)
        cause = "evidence" if one.cause == "fact" and declared is not None and declared.kind == "measure" else one.cause
        text = self.w.asked(one.name)
        if one.cause == "reading":
            text = self.say("need-reading", clause=self.w.clause(one.name) if "/" in one.name else name_or(self.w, one.name))
        return Need(
            cause=cause,
            name=one.name,
            text=text,
            of=self._of(one.thing),
            help=self.w.text(declared.help) if declared else "",
            criteria=self.w.text(declared.criteria) if declared else "",
        )

    def _of(self, thing: Thing | None) -> str:
        return "" if thing is None or thing.anonymous or thing is self.a.dossier.subject else self.w.named(thing)

    def reading(self, one: ReadAnswer) -> Reading:
        """One reading: what it says, whose it is, and what it would answer."""
        answer = self.w.page(f"in-scope-{one.in_scope.value}")
        if one.met is not None:
            answer = self.w.joined((answer, self.say(f"met-{one.met.value}")))
        if one.clock is not None and one.clock.due_day is not None:
            answer = self.w.joined((answer, self.w.page("reading-due", due=self.w.day(one.clock.due_day))))
        if one.by == "text":
            return Reading(self.say(f"reading-{one.id}"), "", "", answer)
        norm, name = one.id.split("!", 1)
        known = reading_named(self.a.program.norms[norm], one.id)
        text = self.w.text(known.summary) if known and known.summary else self.w.code(name)
        status = self.w.one_of("reading", known.status) if known else ""
        by = self.say("reading-by", by=self.w.said(reader_words(one.by, self.w.lang)), status=status)
        return Reading(self.say("reading", clause=self.w.clause(norm), text=text), by, one.source or "", answer)

    def _asked(self, row: Row) -> Tree:
        """How it counts as met, in words with the thresholds."""
        if row.met is None:
            return ()
        lines: list[tuple[int, str]] = []
        for expr in row.met.contents:
            if expr != TRUE:
                lines += self.w.condition(expr, row.norm.about)
        return tuple(lines)

    def _stated(self, row: Row) -> tuple[Ground, ...]:
        """What the dossier says of that: each thing done or not done, with who says so."""
        asked = sorted({name for expr in (row.met.contents if row.met else ()) for name in names(expr)})
        found = []
        for name in asked:
            thing = next((one for one in (row.thing, row.party) if one is not None and name in one.given), None)
            if thing is not None:
                given = thing.given[name]
                found.append(self._ground(Reason(name, thing, given.value, given)))
        return tuple(found)

    def _changes(self, row: Row) -> Tree:
        """What would change the answer: facts of the kind above, exceptions of the law, changes of the law under way."""
        lines = [(0, self.say("change-facts"))] if row.because else []
        exceptions = self.w.exceptions(row.norm)
        if exceptions:
            lines += [(0, self.say("change-exceptions")), *((depth + 1, line) for depth, line in exceptions)]
        hit = self.a.corpus.contents.hit
        pending = [event for event in self.a.program.pending if hit(event.targets, row.norm.id)]
        lines += [(0, self.say("change-pending", event=self.w.event(event.id))) for event in pending]
        return tuple(lines)

    # -- consequences ------------------------------------------------------------------------------------------------------------

    def _effects(self, row: Row) -> list[str]:
        norm, found = row.norm, []
        if norm.effect_if_met != "none":
            found.append(self.say("if-met", effect=self.w.one_of("if-met", norm.effect_if_met)))
        if norm.effect_if_broken not in ("none", "sanctioned") or (norm.effect_if_broken == "sanctioned" and not row.sanctions):
            found.append(self.say("if-broken", effect=self.w.one_of("if-broken", norm.effect_if_broken)))
        return found

    def _penalties(self, row: Row) -> tuple[Penalty, ...]:
        """What may follow, in the words of the page; the same lines once."""
        found: dict[tuple[str, ...], Penalty] = {}
        self._punished += row.sanctions
        for result in row.sanctions:
            lines = [self.w.dressed(one) for one in sanction_lines(self.a.program, result, self.w.lang, self.naming)]
            if result.norm.sanction is not None and result.norm.sanction.no_own_fine:
                lines.append(self.say("no-own-fine", clause=self.w.clause(result.norm.id)))
            if lines:
                found.setdefault(tuple(lines), Penalty(self.w.clause(result.norm.id), result.norm.id, tuple(lines)))
        return tuple(found.values())

    def weighed(self) -> tuple[Lacking, ...]:
        """What weighs in when a penalty is set, once for all duties told so far."""
        found = factor_lines(self.a.program, self._punished, self.w.lang)
        return tuple(Lacking(clause, self.w.dressed(text)) for clause, text in found)

    def naming(self, wanted: list[str]) -> str:
        """Names of facts as the questions that ask for them."""
        return self.w.page("between-names").join(dict.fromkeys(map(self.w.asked, wanted))).replace("？；", "？")


def name_or(words: Words, name: str) -> str:
    """A term by its label."""
    declared = words.corpus.vocabulary.declared.get(name)
    return name_words(declared, words.lang) if declared else name
