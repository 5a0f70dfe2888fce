"""The screen of an interview: plain lines on standard output, answers from standard input, a terminal or a pipe."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final, Literal

import click

from guiju.assess import Interview, Question
from guiju.assess.interview_words import choices_of, clauses, criteria, examples, expected, question_text, tidy
from guiju.assess.plain import clause_of
from guiju.cli._screen import screen_width, wrapped
from guiju.subjects.errors import kind_words
from guiju.wording import GuijuError, fill, in_language, join_words

Kind = Literal["answer", "more", "unknown", "other", "back", "stop"]

_WORDS: Final[dict[str, Kind]] = {
    "?": "more", "help": "more", "说明": "more", "帮助": "more",
    "-": "unknown", "i don't know": "unknown", "i don't know yet": "unknown", "don't know": "unknown", "unknown": "unknown",
    "不知道": "unknown", "不清楚": "unknown", "暂不清楚": "unknown",
    "b": "back", "back": "back", "退回": "back", "返回": "back",
    "q": "stop", "quit": "stop", "exit": "stop", "stop": "stop", "停止": "stop", "退出": "stop",
}  # fmt: skip
MOST_CLAUSES: Final = 4
PROMPT: Final = "> "
SIGNS: Final = {"more": "?", "unknown": "-", "other": "@", "back": "b", "stop": "q"}


class Stopped(Exception):  # noqa: N818  # no error: a way out
    """The person stopped, or nothing more comes."""


class WentBack(Exception):  # noqa: N818  # the same
    """The person wants the question before."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was typed: an answer, or what to do instead; ``text`` is the answer or the person named."""

    kind: Kind
    text: str = ""


def reply_of(typed: str) -> Reply:
    """What a line means."""
    text = tidy(typed)
    if text.startswith("@"):
        return Reply("other", text[1:].strip())
    kind = _WORDS.get(text.casefold().replace("’", "'").rstrip("."))
    return Reply(kind) if kind is not None else Reply("answer", text)


class Screen:
    """Writes for a reader of one language and reads lines."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.width = screen_width()

    def words(self, code: str, **fields: object) -> str:
        """A text of the catalogue."""
        return fill(f"ask.{code}", self.lang, "message", fields)

    def say(self, code: str, indent: int = 0, **fields: object) -> None:
        """A text of the catalogue as a paragraph."""
        self.show(self.words(code, **fields), indent)

    def show(self, text: str, indent: int = 0, bold: bool = False) -> None:
        """A paragraph."""
        for line in wrapped(text, self.width - indent):
            click.echo(click.style(" " * indent + line, bold=bold) if bold else " " * indent + line)

    def tell(self, problem: GuijuError) -> None:
        """What was wrong with an answer, and what to write instead."""
        self.show(problem.message(self.lang), 2)
        if hint := problem.hint(self.lang):
            self.show(hint, 2)

    def blank(self) -> None:
        """An empty line."""
        click.echo()

    def read(self) -> Reply:
        """The next line.

        :raises Stopped: where nothing more comes.
        """
        prompt = PROMPT
        if sys.stdin.isatty():
            try:
                return reply_of(input(prompt))
            except EOFError:
                raise Stopped from None
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        click.echo()
        if not line:
            raise Stopped
        return reply_of(line)

    def read_text(self) -> str:
        """A line of free text, as it is typed; ``b`` and ``q`` alone keep their meaning."""
        found = self.read()
        if found.kind == "stop":
            raise Stopped
        if found.kind == "back":
            raise WentBack
        return found.text if found.kind == "answer" else ""

    # -- a question --------------------------------------------------------------------------------------------------------

    def ask(self, number: int, question: Question) -> None:
        """A question with its choices and why it is asked."""
        self.blank()
        head = self.words("number", number=number)
        self.show(f"{head}  {question_text(question, self.lang)}", bold=True)
        if question.thing is not None and not question.thing.anonymous:
            name = in_language(question.thing.label, self.lang) or question.thing.id
            self.say("about", 2, kind=kind_words(question.thing.kind), thing=name)
        if question.stage != "facts":
            self.say(f"kind-{question.stage}", 2)
        self.show(self.why(question), 2)
        self.choices(question)
        self.show(expected(question, self.lang), 2)
        self.say("keys", 2, **SIGNS)

    def why(self, question: Question) -> str:
        """Why it is asked, in a sentence or two."""
        said = [self.words("why-one" if question.settles == 1 else "why", settles=question.settles, hard=question.hard)]
        if question.expects == "rows":
            said.append(self.words("why-rows"))
        elif question.alone and question.settles > 1:
            said.append(self.words("why-alone", alone=question.alone))
        return (" " if self.lang == "en" else "").join(said)

    def choices(self, question: Question) -> None:
        """The numbered answers, below each other where there are more than two."""
        known = choices_of(question)
        shown = [f"{one.number} {in_language(one.labels, self.lang)}" for one in known]
        if len(shown) == 2:
            self.show("    ".join(shown), 4)
            return
        for line in shown:
            self.show(line, 4)

    def more(self, interview: Interview, question: Question) -> None:
        """Example, criteria, the law's terms, and the classes that hang on it."""
        if found := examples(question, self.lang):
            self.say("example", 2, help=found)
        if found := criteria(question, self.lang):
            self.say("criteria", 2, criteria=found)
        places = clauses(question)
        if places:
            told = [clause_of(interview.program, one, self.lang) for one in places[:MOST_CLAUSES]]
            self.say("terms", 2, clauses=join_words(told, self.lang))
        axes = [in_language(interview.corpus.schemes[one].label, self.lang) or one for one in interview.axes(question)]
        if axes:
            self.say("why-axes", 2, axes=join_words(axes, self.lang))
        self.show(expected(question, self.lang), 2)

    def numbers(self, interview: Interview) -> None:
        """How far it is."""
        counts = interview.counts
        self.say("numbers", 2, applies=counts.applies, settled=counts.settled, open=counts.open)
