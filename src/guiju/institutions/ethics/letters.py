"""Letters of decision and minutes: a template of plain text with names in braces, filled with what is known. Nothing is executed.

A line that begins with ``# `` is a heading, an empty line a space, every other line a paragraph. A name that stands for several
lines gives as many paragraphs where it has a line of its own. A paragraph of which every name is empty is left out, and so is a
heading under which nothing is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from django.db import transaction

from guiju.institutions.ethics.acting import locked
from guiju.institutions.ethics.errors import EthicsError
from guiju.institutions.ethics.models import Committee
from guiju.institutions.hall.acts import Receipt, act
from guiju.institutions.people.access import require
from guiju.institutions.people.models import Person
from guiju.wording import LANGUAGES, Text

Kind = Literal["letter", "minutes"]
KINDS: Final[tuple[Kind, ...]] = ("letter", "minutes")
LONGEST: Final = 20_000
LONGEST_LINE: Final = 2_000

_DATA: Final = Path(__file__).parent / "letter_templates.yaml"
_NAME: Final = re.compile(r"\{([^{}\s]+)\}")

Value = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document."""

    kind: Literal["heading", "paragraph", "space", "gone"]
    text: str = ""


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return found


def names_for(kind: Kind) -> Mapping[str, Text]:
    """The names that may stand in a template, with what they stand for."""
    return dict(_data()[kind]["names"])


def built_in(kind: Kind, lang: str) -> str:
    """The template that is used where a unit has none."""
    return str(_data()[kind]["text"][lang])


def template_of(committee: Committee, kind: Kind, lang: str) -> str:
    """The template of a committee, its own or the one built in."""
    own = (committee.letter if kind == "letter" else committee.minutes).get(lang, "")
    return str(own) or built_in(kind, lang)


def written(name: str, words: Text, lang: str) -> str:
    """A name as it is written into a template in a language."""
    return f"{{{words['zh'] if lang == 'zh' else name}}}"


# -- reading -------------------------------------------------------------------------------------------------------------------


def check(kind: Kind, text: str, field: str) -> str:
    """A template as it was typed, made tidy.

    :raises EthicsError: for a name that there is not, or a brace that is not closed, with its line; or where it is too long.
    """
    tidy = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(tidy) > LONGEST:
        raise EthicsError("ethics.too-long", field, most=LONGEST)
    known = _known(kind)
    for number, line in enumerate(tidy.split("\n"), 1):
        _check_line(line, number, known, field)
    return tidy


def _check_line(line: str, number: int, known: Mapping[str, str], field: str) -> None:
    if len(line) > LONGEST_LINE:
        raise EthicsError("ethics.template-line", field, line=number, most=LONGEST_LINE)
    for name in _NAME.findall(line):
        if name not in known:
            raise EthicsError("ethics.template-name", field, line=number, got=name[:60])
    if re.search(r"[{}]", _NAME.sub("", line)):
        raise EthicsError("ethics.template-brace", field, line=number)


def _known(kind: Kind) -> dict[str, str]:
    """Every way to write a name, and which it is."""
    names = names_for(kind)
    return {name: name for name in names} | {words["zh"]: name for name, words in names.items()}


# -- filling -------------------------------------------------------------------------------------------------------------------


def filled(kind: Kind, text: str, values: Mapping[str, Value], lang: str) -> list[Block]:
    """A document: the template with what its names stand for."""
    known = _known(kind)
    named = {written: values.get(name, "") for written, name in known.items()}
    found: list[Block] = []
    for line in text.strip().split("\n"):
        found.extend(_blocks(line.strip(), named, lang))
    return list(_spaced(_with_something_under(found)))


def _blocks(line: str, named: Mapping[str, Value], lang: str) -> Iterator[Block]:
    if not line:
        yield Block("space")
        return
    used = _NAME.findall(line)
    if used and not any(named.get(one) for one in used):
        yield Block("gone")
        return
    if len(used) == 1 and line == f"{{{used[0]}}}":
        yield from (Block("paragraph", one) for one in _lines(named[used[0]]))
        return
    kind: Literal["heading", "paragraph"] = "heading" if line.startswith("# ") else "paragraph"
    words = _NAME.sub(lambda found: _inline(named.get(found[1], ""), lang), line.removeprefix("# "))
    yield Block(kind, words)


def _lines(value: Value) -> list[str]:
    return [one for one in (value.split("\n") if isinstance(value, str) else value) if one.strip()]


def _inline(value: Value, lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(_lines(value))


def _with_something_under(blocks: Sequence[Block]) -> Iterator[Block]:
    """Without headings of which the lines beneath are all left out; the first heading is the document's own and stays."""
    for place, one in enumerate(blocks):
        if one.kind == "heading" and place > 0:
            under = dropwhile(lambda other: other.kind == "space", blocks[place + 1 :])
            lines = list(takewhile(lambda other: other.kind in ("paragraph", "gone"), under))
            if all(other.kind == "gone" for other in lines):
                continue
        if one.kind != "gone":
            yield one


def _spaced(blocks: Iterable[Block]) -> Iterator[Block]:
    """With one space where there are several, and none where nothing follows."""
    waits = False
    for place, one in enumerate(blocks):
        if one.kind == "space":
            waits = place > 0
            continue
        if waits:
            yield Block("space")
        waits = False
        yield one


# -- keeping -------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def keep(committee: Committee, by: Person, typed: Mapping[tuple[Kind, str], str]) -> Receipt:
    """Keep a committee's own templates; an empty one goes back to the one built in.

    :raises EthicsError: for a template that cannot be used, or where nothing changes.
    """
    require(by, "committee.set-up", committee.body)
    mine = locked(committee)
    checked = {key: check(key[0], text, field_name(*key)) for key, text in typed.items()}
    before = (dict(mine.letter), dict(mine.minutes))
    mine.letter, mine.minutes = (_kept(kind, checked) for kind in KINDS)
    if before == (mine.letter, mine.minutes):
        raise EthicsError("ethics.charter-same", status_code=409)
    mine.save(update_fields=["letter", "minutes"])
    committee.letter, committee.minutes = mine.letter, mine.minutes
    told = {"committee": mine.body.public_id}
    return act("committee.templates-changed", str(mine.body), by=by.public_id, public=told)


def _kept(kind: Kind, checked: Mapping[tuple[Kind, str], str]) -> dict[str, str]:
    found = {lang: checked.get((kind, lang), "") for lang in LANGUAGES}
    return {lang: text for lang, text in found.items() if text and text != built_in(kind, lang).strip()}


def field_name(kind: Kind, lang: str) -> str:
    """The field of a form in which a template is typed."""
    return f"{kind}-{lang}"
