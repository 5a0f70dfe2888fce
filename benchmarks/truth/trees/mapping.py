"""A mapping from the questions and answers of somebody's decision tree to statements of a dossier, and the dossiers it gives.

    tree: NAME
    on: DAY                    the day the engine is asked for
    known: DAY                 as known on that day (the text the tree was written after); left out, today's text
    always: STATEMENTS         what holds of everybody who is asked; an answer may say otherwise
    begins: {NAME: STATEMENTS} what a purpose begins with that says `like: NAME`
    questions:
      QUESTION: {ANSWER: STATEMENTS}

STATEMENTS are parts of a dossier in its short form: facts, judgements, positions, events, conduct, `model`, and besides `party`
(the one who is asked), `purposes` (name -> statements), `use` (of the purpose called `main`) and `every` (of every purpose there
is, over what is said of it alone). Judgements and positions stand as bare values; who gave them and when is put in here.
Two answers of one person that contradict each other are refused, and so is a question or an answer that the mapping does not
know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from guiju.calendars import parse_day
from guiju.norms import plain, read_file

Statements = dict[str, Any]
Answers = Mapping[str, str | Sequence[str]]

PARTY = "org:asked"
SIGNED = {"by": "whoever answered", "on": "2029-06-01", "reasons": "answered so"}
"""A judgement needs a name, a day and reasons."""

OWN = {"facts", "judgements", "positions", "events", "conduct"}
TOP = OWN | {"model", "party", "use", "every", "purposes"}
FILE = {"tree", "on", "known", "always", "begins", "questions"}

_LINK = re.compile(r"\s*\(\[[^\]]*\]\([^)]*\)\)|\s*\(\[.*\]\(.*\)\)$")
"""A link that stands behind the text of an answer says nothing more."""


class MappingError(ValueError):
    """A mapping that cannot be used, or answers that it does not cover."""


@dataclass(frozen=True)
class Tree:
    """A mapping as read."""

    name: str
    on: date
    known: date | None
    always: Statements
    begins: dict[str, Statements]
    questions: dict[str, dict[str, Statements]] = field(repr=False)

    def statements(self, question: str, answer: str) -> Statements:
        """What one answer says; refused with both texts where the mapping does not have them."""
        answers = self.questions.get(question)
        if answers is None:
            raise MappingError(f"{self.name}: there is no question {question!r} (answered {answer!r})")
        found = answers.get(bare(answer))
        if found is None:
            raise MappingError(f"{self.name}: question {question!r} has no answer {answer!r}")
        return found

    def dossier(self, answers: Answers) -> str:
        """The dossier that these answers give, as JSON text; equal answers in any order give the same text."""
        said: Statements = {}
        for question in sorted(answers):
            given = answers[question]
            for answer in sorted([given] if isinstance(given, str) else given):
                said = joined(said, self.statements(question, answer), f"{self.name}: question {question!r}")
        return json.dumps(self._shaped(over(self.always, said)), ensure_ascii=False, sort_keys=True)

    def _shaped(self, all_said: Statements) -> Statements:
        """The short form of a dossier: one party, all purposes named, judgements and positions signed."""
        purposes = []
        for name, said in sorted(all_said.get("purposes", {}).items()):
            begins = self.begins[said["like"]] if "like" in said else {}
            own = over(over(begins, {key: value for key, value in said.items() if key != "like"}), all_said.get("every", {}))
            purposes.append({"id": name, **signed(own)})
        top = signed({key: value for key, value in all_said.items() if key in OWN})
        shaped: Statements = {"system": {"id": "asked-about", **top}, "purposes": {"exactly": purposes}}
        shaped["parties"] = {"exactly": [{"org": PARTY, **signed(all_said.get("party", {}))}]}
        if "model" in all_said:
            shaped["model"] = {"id": "asked-about-model", **signed(all_said["model"])}
        return shaped


def bare(answer: str) -> str:
    """An answer without the link behind it."""
    return _LINK.sub("", answer).strip()


def signed(said: Statements) -> Statements:
    """Statements with judgements and positions as a dossier has them."""
    found = dict(said)
    if "judgements" in said:
        found["judgements"] = {name: {"value": value, **SIGNED} for name, value in said["judgements"].items()}
    if "positions" in said:
        found["positions"] = {name: {"value": value, "on": SIGNED["on"]} for name, value in said["positions"].items()}
    return found


def over(under: Statements, said: Statements) -> Statements:
    """Statements with others laid over them: the upper value stands."""
    found = dict(under)
    for key, value in said.items():
        below = found.get(key)
        nested = isinstance(below, dict) and isinstance(value, dict) and not _is_value(value) and not _is_value(below)
        found[key] = over(below, value) if nested and isinstance(below, dict) else value
    return found


def joined(said: Statements, more: Statements, where: str) -> Statements:
    """The statements of two answers together; open sets are united, a contradiction is refused."""
    found = dict(said)
    for key, value in more.items():
        if key not in found or found[key] == value:
            found[key] = value
        elif isinstance(found[key], list) and isinstance(value, list):
            found[key] = [*found[key], *(one for one in value if one not in found[key])]
        elif isinstance(found[key], dict) and isinstance(value, dict) and not _is_value(value) and not _is_value(found[key]):
            found[key] = joined(found[key], value, where)
        else:
            raise MappingError(f"{where} says {key}: {value!r}, another answer {found[key]!r}")
    return found


def _is_value(item: dict[str, Any]) -> bool:
    """Whether this is the value of one name, such as a closed set or a range, and no group of names."""
    return bool(item.keys() & {"exactly", "has", "lacks", "min", "max", "one_of", "not_until"})


# -- reading -----------------------------------------------------------------------------------------------------------------


def read_tree(path: Path) -> Tree:
    """A mapping file; refused where it has parts that nothing would read."""
    top = numbers(plain(read_file(path, path.name)))
    if not isinstance(top, dict) or set(top) - FILE:
        raise MappingError(f"{path.name}: expected {', '.join(sorted(FILE))}")
    questions = {
        str(question): {str(answer): _use(said or {}) for answer, said in answers.items()}
        for question, answers in top["questions"].items()
    }
    begins = top.get("begins", {})
    tree = Tree(top["tree"], parse_day(top["on"]), _day(top.get("known")), _use(top.get("always", {})), begins, questions)
    for question, answers in questions.items():
        for answer, said in answers.items():
            _check(f"{path.name}: {question}, {answer}", said, begins)
    _check(f"{path.name}: always", tree.always, begins)
    return tree


def numbers(item: Any) -> Any:
    """The same data with numbers that JSON can write."""
    if isinstance(item, Decimal):
        return int(item) if item == item.to_integral_value() else float(item)
    if isinstance(item, list):
        return [numbers(one) for one in item]
    return {key: numbers(value) for key, value in item.items()} if isinstance(item, dict) else item


def _use(said: Statements) -> Statements:
    """Statements with what is said of the use in its place, among the purposes."""
    rest = {key: value for key, value in said.items() if key != "use"}
    return over(rest, {"purposes": {"main": said["use"]}}) if "use" in said else rest


def _day(value: str | None) -> date | None:
    return None if value is None else parse_day(value)


def _check(where: str, said: Statements, begins: dict[str, Statements]) -> None:
    parts = [("", set(said), TOP), *((f"{part} ", set(said.get(part, {})), OWN) for part in ("party", "model", "every"))]
    for name, own in said.get("purposes", {}).items():
        parts.append((f"purpose {name} ", set(own), OWN | {"like"}))
        if own.get("like", next(iter(begins), None)) not in begins:
            raise MappingError(f"{where}: purpose {name} begins like {own['like']!r}, which is not there")
    for what, has, may in parts:
        if has - may:
            raise MappingError(f"{where}: {what}cannot say {', '.join(sorted(has - may))}")
