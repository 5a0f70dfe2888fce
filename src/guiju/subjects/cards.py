"""Model cards as found in the wild: Markdown with front matter, read as a dossier of a *model*.

A card only proposes. Each proposal names its line and rule, and waits for a person; its system and service are anonymous,
its parties open.
"""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Final

from guiju.logic import EnumType, SetType
from guiju.norms.vocabulary import Vocabulary
from guiju.norms.yaml_reader import FileError, Item, Map, Scalar, Seq, read_bytes
from guiju.subjects.card_facts import Finding, findings
from guiju.subjects.dossier import Dossier, Proposal, dossier_from, read_dossier
from guiju.subjects.errors import Notice
from guiju.subjects.front_matter import FrontMatter, read_front_matter
from guiju.wording import Where

EXTENSIONS: Final = (".md", ".markdown")

_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
_HTML_HEADING: Final = re.compile(r"<h1[^>]*>(.{1,300}?)</h1>", re.IGNORECASE | re.DOTALL)
_SETEXT: Final = re.compile(r"=+[ \t]*")
_MARKUP: Final = re.compile(r"<[^<>]{0,300}>|!\[[^\]]{0,300}\]\([^)]{0,500}\)|[*`_]{1,3}(?=\S)|(?<=\S)[*`_]{1,3}")
_LINK: Final = re.compile(r"\[([^\]]{0,300})\]\([^)]{0,500}\)")
_SAYS_NOTHING: Final = frozenset({"model card for model id", "model card", "model details", "model information", "readme"})


def is_card(path: Path | str) -> bool:
    """Whether a file is a card, by its name."""
    return Path(path).suffix.lower() in EXTENSIONS


def read_subject(path: Path | str, vocabulary: Vocabulary) -> Dossier:
    """A dossier or a card, whichever the file is."""
    return read_card(path, vocabulary) if is_card(path) else read_dossier(path, vocabulary)


def read_card(path: Path | str, vocabulary: Vocabulary) -> Dossier:
    """A model card from a file."""
    text, odd = _read(Path(path))
    return card_from(text, str(path), vocabulary, odd)


def card_from(text: str, name: str, vocabulary: Vocabulary, odd_encoding: bool = False) -> Dossier:
    """A model card from its text; ``name`` is what errors and sources call it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    matter = read_front_matter(lines)
    found = [one for one in findings(matter, lines) if _fits(one, vocabulary)] if matter.found else []
    dossier = dossier_from(_as_data(found, lines, matter, name), name, vocabulary)
    proposals = tuple(_proposal(one, dossier, lines) for one in found)
    return Dossier(dossier.world, dossier.digest, name, proposals, tuple(_warnings(matter, name, odd_encoding)))


def _read(path: Path) -> tuple[str, bool]:
    """The text of a card, and whether it was in an older encoding."""
    try:
        return read_bytes(path, str(path)), False
    except FileError as problem:
        if problem.code not in ("file.not-utf8", "file.binary"):
            raise
        raw = path.read_bytes()
        if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return raw.decode("utf-16", errors="replace"), True
        if problem.code == "file.binary":
            raise
        return raw.decode("cp1252", errors="replace"), True


# -- as a dossier ------------------------------------------------------------------------------------------------------------


def _as_data(found: list[Finding], lines: list[str], matter: FrontMatter, name: str) -> Map:
    """The card in the form of a dossier, so that it is held to the same rules."""
    where = Where(name, 1, 1)
    facts = _map({one.name: _fact(one, name) for one in found}, where)
    title, stem = _title(lines, matter), _identifier(name)
    model = _map({"id": _word(stem, where), "name": _word(title or stem, where), "facts": facts}, where)
    return _map({"root": _word("model", where), "model": model}, where)


def _fact(one: Finding, name: str) -> Item:
    place = Where(name, one.line, 1)
    if isinstance(one.value, tuple):
        value: Item = Seq(tuple(_word(member, place) for member in one.value), place)
    else:
        value = Scalar(one.value, str(one.value), isinstance(one.value, str), place)
    return _map({"value": value, "source": _word(f"{Path(name).name}, line {one.line}", place)}, place)


def _map(items: dict[str, Item], where: Where) -> Map:
    return Map(items, {key: item.where for key, item in items.items()}, where)


def _word(text: str, where: Where) -> Scalar:
    return Scalar(text, text, True, where)


def _fits(one: Finding, vocabulary: Vocabulary) -> bool:
    """Whether the vocabulary in use has the name, with these members."""
    declared = vocabulary.declared.get(one.name)
    if declared is None or declared.kind != "fact" or declared.object != "model":
        return False
    if isinstance(declared.type, (EnumType, SetType)):
        members = one.value if isinstance(one.value, tuple) else (str(one.value),)
        return set(members) <= set(declared.type.members)
    return True


def _proposal(one: Finding, dossier: Dossier, lines: list[str]) -> Proposal:
    if isinstance(one.value, tuple):
        shown = ", ".join(one.value)
    elif isinstance(one.value, bool):
        shown = "true" if one.value else "false"
    else:
        shown = f"{one.value:e}".lower().replace("e+", "e") if isinstance(one.value, Decimal) else one.value
    excerpt = lines[one.line - 1].strip()[:200] if one.line <= len(lines) else ""
    return Proposal(dossier.subject, one.name, shown, one.line, excerpt, one.confidence, one.rule)


def _warnings(matter: FrontMatter, name: str, odd_encoding: bool) -> list[Notice]:
    found = []
    if not matter.found:
        found.append(Notice("card.no-front-matter", Where(name)))
    if matter.unreadable is not None:
        found.append(Notice("card.front-matter-unreadable", Where(name, matter.unreadable)))
    found += [Notice("card.repeated-key", Where(name, line), {"key": key}) for key, line in matter.repeated.items()]
    if odd_encoding:
        found.append(Notice("card.not-utf8", Where(name)))
    return found


# -- its name ----------------------------------------------------------------------------------------------------------------


def _identifier(name: str) -> str:
    path = Path(name)
    stem = path.parent.name if path.stem.lower() == "readme" and path.parent.name else path.stem
    return re.sub(r"[^\w.-]+", "-", stem).strip("-")[:120] or "model"


def _title(lines: list[str], matter: FrontMatter) -> str | None:
    """What the card calls its model: its own key, else the first heading, unless it is that of a template."""
    own = matter.fields.get("model_name", [])
    if len(own) == 1:
        return own[0].text[:200]
    body = lines[matter.body :]
    for index, line in enumerate(_outside_fences(body)):
        heading = _HEADING.fullmatch(line.strip()) if line.startswith("#") else None
        if heading is None and line.strip() and index + 1 < len(body) and _SETEXT.fullmatch(body[index + 1]):
            words = _clean(line)
        else:
            words = _clean(heading[1]) if heading else _html_title(line, body, index)
        if words:
            return None if words.lower().strip(":. ") in _SAYS_NOTHING else words
    return None


def _html_title(line: str, body: list[str], index: int) -> str:
    if "<h1" not in line.lower():
        return ""
    found = _HTML_HEADING.search("\n".join(body[index : index + 6])[:2000])
    return _clean(found[1]) if found else ""


def _outside_fences(lines: list[str]) -> list[str]:
    """The lines with those inside code fences and comments blanked."""
    kept, fence, comment = [], "", False
    for line in lines:
        start = line.lstrip()[:3]
        if not comment and start in ("```", "~~~") and (not fence or start == fence):
            fence = "" if fence else start
            kept.append("")
            continue
        comment = not fence and (comment or "<!--" in line) and "-->" not in line
        kept.append("" if fence or comment else line[:2000])
    return kept


def _clean(words: str) -> str:
    plain = _MARKUP.sub("", _LINK.sub(r"\1", words[:2000]))
    return re.sub(r"\s+", " ", unescape(plain)).strip(" #*_`")[:200]
