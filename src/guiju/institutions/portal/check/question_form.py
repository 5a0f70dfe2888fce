"""What was sent for a question, and the answer that a dossier can hold; what cannot be taken stands beside its field.

Nothing is guessed: what was typed is kept as it was typed, and asked for again with what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict

from guiju.assess import Question
from guiju.assess.interview_words import AnswerError, choices_of, read_answer
from guiju.calendars import CalendarError, parse_day
from guiju.logic import Given
from guiju.norms import Thing
from guiju.subjects import Answer
from guiju.subjects.beside import data_of
from guiju.subjects.drafts import said_item
from guiju.wording import GuijuError, fill

LONGEST: Final = 2000
"""Characters of one field."""

SEVERAL: Final = "several"
NOT_YET: Final = "not-yet"
GIVEN: Final = "given"

NAME: Final = 200
"""Characters of a person's name."""

NEVER_NONE: Final = frozenset({"parties", "purposes"})
"""Lists that no system has empty: somebody makes or uses it, for something. "None" would settle rules that nobody looked at."""

_TEXTS: Final = ("answer", "value", "whole", "reasons", "by", "on", "done", "who")


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the form as they were typed; ``whole`` says whether a list is all, ``kept`` which rows stay."""

    answer: str = ""
    value: str = ""
    members: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    none: bool = False
    whole: str = ""
    reasons: str = ""
    by: str = ""
    on: str = ""
    done: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field: the id of its input, what happened, what to do."""

    field: str
    message: str
    hint: str = ""


class FormError(Exception):
    """An answer that cannot be taken as it stands; holds one problem for each field."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = list(problems)


def filled_from(data: QueryDict) -> Filled:
    """What was sent."""
    texts = {one: data.get(one, "").replace("\r\n", "\n").strip() for one in _TEXTS}
    members, kept = (tuple(dict.fromkeys(data.getlist(one))) for one in ("member", "kept"))
    return Filled(**texts, members=members, kept=kept, none=bool(data.get("none")))


def problem_of(problem: GuijuError, field: str, lang: str) -> Problem:
    """An error of the house beside a field."""
    return Problem(field, problem.message(lang), problem.hint(lang))


class Reader:
    """Reads one answer for a reader of one language on one day; collects everything that is wrong."""

    def __init__(self, question: Question, filled: Filled, lang: str, today: date) -> None:
        self.question = question
        self.filled = filled
        self.lang = lang
        self.today = today
        self.problems: list[Problem] = []

    def answer(self) -> Answer:
        """The answer with all it needs.

        :raises FormError: with every problem there is.
        """
        self._too_long()
        value = self._value() if not self.problems else None
        declared = self.question.declared
        named = declared.kind if declared is not None else ""
        by, reasons, on, done = self.filled.by or None, None, None, None
        if named == "judgement":
            reasons = self._needed("reasons", "question.reasons-missing")
            by = self._needed("by", "question.by-missing")
            on = self._day("on") or self.today.isoformat()
        elif named == "position" or by is not None:
            on = (self._day("on") if named == "position" else None) or self.today.isoformat()
        if self.question.takes_day and value is True:
            done = self._day("done")
        if self.problems:
            raise FormError(*self.problems)
        kind, identifier, name = self.question.address
        return Answer(kind, identifier, name, value, by=by, on=on, reasons=reasons, done=done)

    def person(self) -> tuple[str, str | None]:
        """Who else knows, and who says so.

        :raises FormError: where nobody is named.
        """
        self._too_long()
        who = self._needed("who", "question.who-missing")
        if self.problems:
            raise FormError(*self.problems)
        return who or "", self.filled.by or None

    # -- parts -------------------------------------------------------------------------------------------------------------

    def _say(self, code: str, **fields: object) -> str:
        return fill(code, self.lang, "message", fields)

    def _wrong(self, field: str, code: str, **fields: object) -> None:
        self.problems.append(Problem(field, self._say(code, **fields)))

    def _too_long(self) -> None:
        for field in _TEXTS:
            most = NAME if field in ("by", "who") else LONGEST
            if len(getattr(self.filled, field)) > most:
                self._wrong(field, "question.too-long", most=most)

    def _needed(self, field: str, code: str) -> str | None:
        found: str = getattr(self.filled, field)
        if not found:
            self.problems.append(Problem(field, self._say(code)))
        return found or None

    def _day(self, field: str) -> str | None:
        typed: str = getattr(self.filled, field)
        if not typed:
            return None
        try:
            return parse_day(typed).isoformat()
        except CalendarError as problem:
            self.problems.append(problem_of(problem, field, self.lang))
            return None

    def _value(self) -> Any:
        match self.question.expects:
            case "yes-no":
                return self._yes_or_no()
            case "one-of":
                return self._one_of()
            case "some-of":
                return self._some_of()
            case "rows":
                return self._rows()
            case "day":
                return self._happened()
            case _:
                return self._typed(self.filled.value)

    def _yes_or_no(self) -> Any:
        if self.filled.answer not in ("true", "false"):
            return self._wrong("answer", "question.choose-one")
        return self.filled.answer == "true"

    def _known(self) -> set[str]:
        return {one.member for one in choices_of(self.question)}

    def _one_of(self) -> Any:
        known, chosen = self._known(), self.filled.answer
        if chosen == SEVERAL:
            members = list(self.filled.members)
            if len(members) < 2 or not known.issuperset(members):
                return self._wrong("members", "question.choose-several")
            return {"one_of": members}
        return chosen if chosen in known else self._wrong("answer", "question.choose-one")

    def _some_of(self) -> Any:
        members = list(self.filled.members)
        if not self._known().issuperset(members) or (members and self.filled.none):
            return self._wrong("answer", "question.none-or-some")
        if self.filled.none:
            return {"exactly": []}
        if not members:
            return self._wrong("answer", "question.choose-some")
        return self._closed(members)

    def _closed(self, listed: list[Any]) -> Any:
        """A list with what was said of its being all."""
        if self.filled.whole not in ("yes", "no"):
            return self._wrong("whole", "question.whole-missing")
        return {"exactly": listed} if self.filled.whole == "yes" else listed

    def _rows(self) -> Any:
        """The names that are new; ``rows_after`` puts them beside those that stay."""
        if self.question.name in NEVER_NONE and not self.filled.value and not self.filled.kept:
            return self._wrong("value", "question.names-needed")
        if self.filled.none:
            if self.filled.value or self.filled.kept:
                return self._wrong("value", "question.none-or-names")
            return {"exactly": []}
        if not self.filled.value and not self.filled.kept:
            return self._wrong("value", "question.names-missing")
        new = self._typed(self.filled.value.replace("\n", "; ")) if self.filled.value else []
        if new is None:
            return None
        listed = [*({"id": one} for one in self.filled.kept), *new]
        if (twice := _twice(listed)) is not None:
            return self._wrong("value", "question.name-twice", name=twice)
        declared = self.question.declared
        if declared is not None and not declared.many:
            return next(iter(listed[0].values())) if len(listed) == 1 else self._wrong("value", "question.one-name")
        return self._closed(listed)

    def _happened(self) -> Any:
        if self.filled.answer == NOT_YET:
            if self.filled.value:
                return self._wrong("answer", "question.day-or-not-yet")
            return {"not_until": self.today.isoformat()}
        if not self.filled.value:
            return self._wrong("value" if self.filled.answer == GIVEN else "answer", "question.day-missing")
        return self._typed(self.filled.value)

    def _typed(self, text: str) -> Any:
        if not text:
            return self._wrong("value", "question.value-missing")
        try:
            return read_answer(self.question, text, self.today)
        except AnswerError as problem:
            self.problems.append(problem_of(problem, "value", self.lang))
            return None


# -- what the dossier says now ----------------------------------------------------------------------------------------------


def _twice(rows: list[dict[str, Any]]) -> str | None:
    """The name of a row that stands twice in a list; rows begin with their id."""
    seen = set[str]()
    for row in rows:
        identifier = str(next(iter(row.values())))
        if identifier in seen:
            return str(row.get("name") or identifier.removeprefix("org:"))
        seen.add(identifier)
    return None


def filled_with(question: Question, thing: Thing) -> Filled:
    """The form as the present answer fills it."""
    declared = question.declared
    if declared is None:
        return Filled()
    if declared.kind == "relation":
        rows = [one.id for one in thing.rows.get(declared.name, ()) if not one.anonymous]
        closed = declared.name in thing.closed
        return Filled(kept=tuple(rows), none=closed and not rows, whole="yes" if closed and rows else "no" if rows else "")
    given = thing.given.get(declared.name)
    if given is None:
        return Filled()
    around: dict[str, Any] = {"by": given.by or "", "on": given.on or "", "reasons": given.reasons or ""}
    around["done"] = str(given.done or "")
    return Filled(**_shown(question, data_plain(question, given)), **around)


def data_plain(question: Question, given: Given) -> Any:
    """The value as a dossier writes it, without who says so."""
    assert question.declared is not None
    data = data_of(said_item(question.declared, given, ""))
    return data["value"] if isinstance(data, dict) and "value" in data else data


def _shown(question: Question, data: Any) -> dict[str, Any]:
    """The fields of a value."""
    match question.expects:
        case "yes-no":
            return {"answer": "true" if data is True else "false"}
        case "one-of":
            several = isinstance(data, Mapping)
            return {"answer": SEVERAL, "members": tuple(data["one_of"])} if several else {"answer": str(data)}
        case "some-of":
            return _set_shown(data)
        case "day" if isinstance(data, Mapping) and "not_until" in data:
            return {"answer": NOT_YET}
        case "day":
            return {"answer": GIVEN, "value": _range_shown(data)}
        case _:
            return {"value": _range_shown(data)}


def _set_shown(data: Any) -> dict[str, Any]:
    if isinstance(data, Mapping) and "exactly" in data:
        members = tuple(data["exactly"])
        return {"members": members, "none": not members, "whole": "yes" if members else ""}
    members = tuple(data.get("has", ())) if isinstance(data, Mapping) else tuple(data)
    return {"members": members, "whole": "no"}


def _range_shown(data: Any) -> str:
    """A value or a range as it may be typed again."""
    if not isinstance(data, Mapping):
        return str(data)
    if "min" in data and "max" in data:
        return f"{data['min']}..{data['max']}"
    return f">= {data['min']}" if "min" in data else f"<= {data['max']}"
