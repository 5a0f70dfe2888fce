"""One interview at the terminal: what was read first, then question after question, saved after every answer."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guiju.assess import Interview, Question
from guiju.assess.interview_words import AnswerError, closed, is_yes, read_answer
from guiju.assess.page import page_lines
from guiju.assess.plain import label_of, proposal_words
from guiju.calendars import CalendarError, parse_day, words
from guiju.cli._ask_screen import SIGNS, Reply, Screen, Stopped, WentBack
from guiju.lookup import FolderError
from guiju.norms import Corpus
from guiju.subjects import Answer, Dossier, DossierError, Proposal, decide, write_dossier
from guiju.wording import GuijuError, Where, fill


@dataclass
class Sitting:
    """What an interview is held with: the rules, the day, for whom, by whom, where it is saved."""

    corpus: Corpus
    on: date
    known: date | None
    today: date
    out: Path
    party: str | None = None
    memory: bool = False
    again: bool = False
    by: str | None = None
    who: str | None = None
    most: int | None = None


@dataclass
class Session:
    """The course of one sitting."""

    sitting: Sitting
    screen: Screen
    dossier: Dossier
    asked: int = 0
    _before: list[Dossier] = field(default_factory=list)

    def run(self) -> None:
        """Everything, to the end or until the person stops; what was answered is saved by then."""
        try:
            self._read_first()
            self._questions()
        except Stopped:
            self.screen.say("stopped", command=f"guiju ask {self.sitting.out}")

    def save(self, dossier: Dossier) -> None:
        """Write the dossier whole or not at all."""
        self.dossier = dossier
        write_whole(self.sitting.out, write_dossier(dossier))

    # -- what we read ------------------------------------------------------------------------------------------------------

    def _read_first(self) -> None:
        """Each open proposal beside its line: accept, correct or reject."""
        waiting = [number for number, one in enumerate(self.dossier.proposals) if one.state == "open"]
        if not waiting:
            return
        self.screen.blank()
        self.screen.say("read-heading", count=len(waiting))
        self.sitting.by = self.sitting.by or self._wanted("by")
        at = 0
        while at < len(waiting):
            one = self.dossier.proposals[waiting[at]]
            self._show_proposal(one)
            try:
                self._decide(one)
                at += 1
            except WentBack:
                at = self._one_before(at)

    def _one_before(self, at: int) -> int:
        if not self._before:
            self.screen.say("nothing-to-take-back", 2)
            return at
        self.save(self._before.pop())
        self.screen.say("taken-back", 2)
        return at - 1

    def _show_proposal(self, one: Proposal) -> None:
        declared = self.sitting.corpus.vocabulary.declared[one.name]
        value = proposal_words(declared, one, self.screen.lang)
        confidence = fill(f"assess.confidence-{one.confidence}", self.screen.lang, "message", {})
        self.screen.blank()
        self.screen.say("read", label=label_of(declared, self.screen.lang), value=value)
        self.screen.say("read-line", 2, line=one.line, confidence=confidence, excerpt=one.excerpt)
        self.screen.say("read-choices", 2, **SIGNS)

    def _decide(self, one: Proposal) -> None:
        """One proposal; later is an answer too."""
        while True:
            reply = self.screen.read()
            if reply.kind == "stop":
                raise Stopped
            if reply.kind == "back":
                raise WentBack
            if reply.kind == "more":
                self.screen.say("read-rule", 2, rule=one.rule, source=one.source or self.dossier.source)
                continue
            try:
                if self._decided(one, reply):
                    return
            except (AnswerError, DossierError) as problem:
                self.screen.tell(problem)

    def _decided(self, one: Proposal, reply: Reply) -> bool:
        before, by, on = self.dossier, self.sitting.by or "", self.sitting.today.isoformat()
        if reply.kind in ("unknown", "other"):
            self._before.append(before)
            return True
        word = reply.text.casefold()
        if word in ("1", "accept", "a", "接受"):
            after, said = decide(before, one, "accepted", by, on), "accepted"
        elif word in ("3", "reject", "r", "不采纳"):
            after, said = decide(before, one, "rejected", by, on), "rejected"
        elif word in ("2", "correct", "c", "更正"):
            after, said = decide(before, one, "corrected", by, on, self._right_value(one)), "corrected"
        else:
            raise AnswerError("ask.read-wrong", got=reply.text)
        self.save(after)
        self._before.append(before)
        self.screen.say(said, 2)
        return True

    def _right_value(self, one: Proposal) -> Any:
        declared = self.sitting.corpus.vocabulary.declared[one.name]
        question = Question(one.name, one.thing, "fact", 0, 0, declared.ask or declared.label, declared=declared)
        self.screen.choices(question)
        self.screen.say("correct", 2)
        return self._value(question, self.screen.read())

    # -- questions ---------------------------------------------------------------------------------------------------------

    def _questions(self) -> None:
        sitting = self.sitting
        interview = Interview(
            self.dossier, sitting.corpus, sitting.on, sitting.known, sitting.party, sitting.memory, sitting.again
        )
        self.screen.numbers(interview)
        while (question := self._next(interview)) is not None:
            if sitting.most is not None and self.asked >= sitting.most:
                self._end(interview, "enough")
                return
            self.screen.ask(self.asked + 1, question)
            self._until_answered(interview, question)
        self._end(interview, "done")

    def _next(self, interview: Interview) -> Question | None:
        if self.sitting.who is None:
            return interview.next()
        return next(iter(interview.for_person(self.sitting.who)), None)

    def _until_answered(self, interview: Interview, question: Question) -> None:
        """One question, asked until there is an answer, or the person goes back."""
        while True:
            try:
                if self._answered(interview, question, self.screen.read()):
                    return
            except WentBack:
                self._back(interview)
                return
            except GuijuError as problem:
                if not isinstance(problem, (AnswerError, DossierError)):
                    raise
                self.screen.tell(problem)

    def _answered(self, interview: Interview, question: Question, reply: Reply) -> bool:
        match reply.kind:
            case "stop":
                raise Stopped
            case "back":
                raise WentBack
            case "more":
                self.screen.more(interview, question)
                return False
            case "unknown" | "other":
                self._put_aside(interview, question, reply)
            case _:
                interview.answer(self._answer(question, self._value(question, reply)))
        self.asked += 1
        self.save(interview.dossier)
        self.screen.numbers(interview)
        return True

    def _put_aside(self, interview: Interview, question: Question, reply: Reply) -> None:
        if reply.kind == "other" and not reply.text:
            raise AnswerError("ask.not-a-person")
        who = reply.text or None
        interview.set_aside(question, who, self.sitting.by, self.sitting.today)
        self.screen.say("noted-for", 2, who=who) if who else self.screen.say("noted", 2)

    def _back(self, interview: Interview) -> None:
        if not interview.can_go_back:
            self.screen.say("nothing-to-take-back", 2)
            return
        interview.back()
        self.asked -= 1
        self.save(interview.dossier)
        self.screen.say("taken-back", 2)
        self.screen.numbers(interview)

    # -- one answer --------------------------------------------------------------------------------------------------------

    def _value(self, question: Question, reply: Reply) -> Any:
        """What was said, and for a list whether that is all."""
        value = read_answer(question, reply.text, self.sitting.on)
        if not isinstance(value, list):
            return value
        self.screen.say("all-rows", 2)
        while True:
            said = self.screen.read()
            if said.kind == "stop":
                raise Stopped
            if said.kind == "back":
                raise WentBack
            if said.kind != "answer":
                return value
            try:
                return closed(value) if is_yes(said.text) else value
            except AnswerError as problem:
                self.screen.tell(problem)

    def _answer(self, question: Question, value: Any) -> Answer:
        """The answer with who gives it; a judgement and a position with all they need."""
        kind, identifier, name = question.address
        by, on, reasons = self.sitting.by, self.sitting.today.isoformat(), None
        declared = question.declared
        if declared is not None and declared.kind == "judgement":
            self.screen.say("signed-how", 2)
            reasons = self._wanted("reasons")
            by = by or self._wanted("by")
            on = self._day()
        elif declared is not None and declared.kind == "position" and value is not False:
            on = self._day()
        done = self._done() if question.takes_day and value is True else None
        signed = by is not None or (declared is not None and declared.kind in ("judgement", "position"))
        return Answer(kind, identifier, name, value, by=by, on=on if signed else None, reasons=reasons, done=done)

    def _wanted(self, what: str) -> str:
        """A text that must not be empty."""
        while True:
            self.screen.say(what, 2)
            if found := self.screen.read_text():
                return found
            self.screen.say("signed-how", 2)

    def _day(self) -> str:
        """The day of a decision; today where nothing is typed."""
        told = {"on": words(self.sitting.today, self.screen.lang)}
        return self._asked_day("decided-on", **told) or self.sitting.today.isoformat()

    def _done(self) -> str | None:
        """The day on which something was done, if it is known."""
        return self._asked_day("done-on")

    def _asked_day(self, code: str, **fields: object) -> str | None:
        while True:
            self.screen.say(code, 2, **fields)
            typed = self.screen.read_text()
            if not typed:
                return None
            try:
                return parse_day(typed).isoformat()
            except CalendarError as problem:
                self.screen.tell(problem)

    # -- the end -----------------------------------------------------------------------------------------------------------

    def _end(self, interview: Interview, code: str) -> None:
        screen = self.screen
        screen.blank()
        screen.say(code)
        aside = len(interview.put_aside())
        if aside:
            screen.say("parked", count=aside)
        if code == "done" and not aside and interview.counts.open:
            screen.say("cannot-ask", count=interview.counts.open)
        screen.blank()
        for line in list(page_lines(interview.result(), screen.lang))[:2]:
            screen.show(line.text, bold=line.role == "title")
        screen.blank()
        screen.say("saved", out=self.sitting.out)
        screen.say("report", command=f"guiju assess {self.sitting.out} --html report.html")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole, or as it was before.

    :raises FolderError: if it cannot be written there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except OSError as problem:
        raise FolderError("cli.cannot-write", Where(str(path)), reason=problem.strerror or "") from None
