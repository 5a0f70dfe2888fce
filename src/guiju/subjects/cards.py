"""Model cards as found in the wild: Markdown with or without front matter, read as a dossier of a *model*.

A card only proposes. Each proposal names its line and rule, and waits for a person; its system and service are anonymous,
its parties open.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from guiju.logic import EnumType, SetType
from guiju.norms.vocabulary import Vocabulary
from guiju.norms.yaml_reader import Item
from guiju.subjects.beside import Proposal
from guiju.subjects.card_conflicts import Reading
from guiju.subjects.card_facts import readings
from guiju.subjects.card_files import refuse_other_text, text_of
from guiju.subjects.card_finding import AtLeast, Finding, Value
from guiju.subjects.card_sections import Card, take_apart
from guiju.subjects.card_title import title_of
from guiju.subjects.dossier import Dossier, dossier_from, read_dossier
from guiju.subjects.errors import Notice
from guiju.subjects.front_matter import FrontMatter, read_front_matter
from guiju.subjects.plain import as_item, mapping, word
from guiju.subjects.values import number_text
from guiju.wording import Where

EXTENSIONS: Final = (".md", ".markdown")


def is_card(path: Path | str) -> bool:
    """Whether a file is a card, by its name."""
    return Path(path).suffix.lower() in EXTENSIONS


def read_subject(path: Path | str, vocabulary: Vocabulary) -> Dossier:
    """A dossier or a card, whichever the file is."""
    return read_card(path, vocabulary) if is_card(path) else read_dossier(path, vocabulary)


def read_card(path: Path | str, vocabulary: Vocabulary) -> Dossier:
    """A model card from a file.

    :raises GuijuError: for a file that cannot be read, is no text, or is no card; the message says what it seems to be.
    """
    text, odd = text_of(Path(path))
    return card_from(text, str(path), vocabulary, odd)


def card_from(text: str, name: str, vocabulary: Vocabulary, odd_encoding: bool = False) -> Dossier:
    """A model card from its text; ``name`` is what errors and sources call it.

    :raises DossierError: for a text that is no card.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    matter = read_front_matter(lines)
    refuse_other_text(lines, matter, name)
    title = title_of(lines, matter)
    card = take_apart(lines, matter.body, title)
    reading = _known(readings(matter, card, lines), vocabulary)
    dossier = dossier_from(_as_data(reading, title, name, vocabulary), name, vocabulary)
    proposals = tuple(_proposals(reading, dossier, lines))
    warnings = tuple(_warnings(matter, card, reading, name, odd_encoding))
    return Dossier(dossier.world, dossier.digest, name, proposals, warnings)


# -- as a dossier ------------------------------------------------------------------------------------------------------------


def _known(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """What the vocabulary in use has names and members for."""
    settled = {name: one for name, one in reading.settled.items() if _fits(one, vocabulary)}
    contested = {name: [one for one in found if _fits(one, vocabulary)] for name, found in reading.contested.items()}
    return Reading(settled, {name: found for name, found in contested.items() if found}, reading.doubts)


def _fits(one: Finding, vocabulary: Vocabulary) -> bool:
    declared = vocabulary.declared.get(one.name)
    if declared is None or declared.kind != "fact" or declared.object != "model":
        return False
    if isinstance(declared.type, (EnumType, SetType)):
        members = one.value if isinstance(one.value, tuple) else (str(one.value),)
        return set(members) <= set(declared.type.members)
    return True


def _as_data(reading: Reading, title: str | None, name: str, vocabulary: Vocabulary) -> Item:
    """The card in the form of a dossier, so that it is held to the same rules.

    Of two statements that contradict each other neither is taken; where a fact has one member out of several, that it is one
    of the two.
    """
    facts = {one.name: _fact(data_of(one.value), [one], name) for one in reading.settled.values()}
    for fact, found in reading.contested.items():
        if isinstance(vocabulary.declared[fact].type, EnumType):
            facts[fact] = _fact({"one_of": [data_of(one.value) for one in found]}, found, name)
    where, stem = Where(name, 1, 1), _identifier(name)
    model = mapping({"id": word(stem, where), "name": word(title or stem, where), "facts": mapping(facts, where)}, where)
    return mapping({"root": word("model", where), "model": model}, where)


def _fact(value: Any, found: list[Finding], name: str) -> Item:
    place = Where(name, found[0].line, 1)
    return mapping({"value": as_item(value, place), "source": word(_source(name, [one.line for one in found]), place)}, place)


def _source(name: str, lines: list[int]) -> str:
    numbers = ", ".join(str(line) for line in dict.fromkeys(lines))
    return f"{Path(name).name}, line{'s' if len(set(lines)) > 1 else ''} {numbers}"


def data_of(value: Value) -> Any:
    """A value as a dossier writes it."""
    if isinstance(value, AtLeast):
        return {"min": value.least}
    return list(value) if isinstance(value, tuple) else value


def _proposals(reading: Reading, dossier: Dossier, lines: list[str]) -> list[Proposal]:
    """All proposals, in the order of the facts; those that contradict each other one after another."""
    found = [(one, True) for one in reading.settled.values()]
    for name, several in reading.contested.items():
        found += [(one, name in dossier.subject.given) for one in several]
    return [_proposal(one, dossier, lines, assumed) for one, assumed in found]


def _proposal(one: Finding, dossier: Dossier, lines: list[str], assumed: bool) -> Proposal:
    whole = lines[one.line - 1].strip() if one.line <= len(lines) else ""
    excerpt = whole if len(whole) <= 200 else one.excerpt if one.excerpt and one.excerpt in whole else whole[:200].strip()
    data, source = data_of(one.value), _source(dossier.source, [one.line, *one.lines])
    return Proposal(
        dossier.subject, one.name, _shown(one.value), one.line, excerpt, one.confidence, one.rule,
        source=source, data=data, assumed=assumed,
    )  # fmt: skip


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, AtLeast):
        return f"{{min: {_figure(value.least)}}}"
    return _figure(value) if isinstance(value, Decimal) else value


def _figure(number: Decimal) -> str:
    digits, _, exponent = f"{number.normalize():e}".lower().partition("e")
    return f"{digits}e{int(exponent)}" if int(exponent) > 4 else number_text(number)


def _warnings(matter: FrontMatter, card: Card, reading: Reading, name: str, odd_encoding: bool) -> list[Notice]:
    found = []
    if not matter.found:
        found.append(Notice("card.no-front-matter", Where(name)))
    if matter.unclosed is not None:
        found.append(Notice("card.front-matter-unclosed", Where(name, matter.unclosed)))
    if matter.unreadable is not None:
        found.append(Notice("card.front-matter-unreadable", Where(name, matter.unreadable)))
    found += [Notice("card.repeated-key", Where(name, line), {"key": key}) for key, line in matter.repeated.items()]
    if matter.found and not (card.sentences or card.tables or card.headings):
        found.append(Notice("card.no-body", Where(name)))
    if card.unclosed is not None:
        found.append(Notice("card.code-unclosed", Where(name, card.unclosed)))
    if card.long is not None:
        found.append(Notice("card.long-line", Where(name, card.long)))
    for fact, several in reading.contested.items():
        found.append(_contested(fact, several, reading, name))
    open_doubts = [one for one in reading.doubts if one.name not in reading.contested]
    found += [Notice(one.code, Where(name, one.line), {"fact": one.name}) for one in open_doubts]
    if odd_encoding:
        found.append(Notice("card.not-utf8", Where(name)))
    return found


def _contested(fact: str, several: list[Finding], reading: Reading, name: str) -> Notice:
    """Which lines contradict each other; a plain no of the card counts among them."""
    denied = [one.line for one in reading.doubts if one.name == fact and one.code == "card.says-no"]
    lines = sorted({one.line for one in several}.union(denied))
    fields: dict[str, object] = {"fact": fact, "lines": lines}
    return Notice("card.contradiction", Where(name, lines[-1]), fields)


def _identifier(name: str) -> str:
    path = Path(name)
    stem = path.parent.name if path.stem.lower() == "readme" and path.parent.name else path.stem
    return re.sub(r"[^\w.-]+", "-", stem).strip("-")[:120] or "model"
