"""What stands in a dossier beside what it says: proposals, what was asked in vain, the version, the mark of an example.

None of it says anything of the subject, so the digest leaves it out. It is checked like everything else and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar, cast

from guiju.calendars import CalendarError, parse_partial
from guiju.norms.fields import shape
from guiju.norms.vocabulary import OBJECT_KINDS, Declared, Vocabulary
from guiju.norms.world import Thing, World
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq, plain
from guiju.subjects.errors import DossierError, Notice, advice, cause, kind_words, remedy
from guiju.subjects.given import SECTION_OF, refuse_term
from guiju.subjects.graph import as_map
from guiju.subjects.values import number_text, read_value
from guiju.wording import Text, Where

T = TypeVar("T")
State = Literal["open", "accepted", "corrected", "rejected"]
Confidence = Literal["stated", "inferred"]
InVain = Literal["not_known", "someone_else", "in_part"]

STATES: Final = ("open", "accepted", "corrected", "rejected")
ANSWERS: Final = ("not_known", "someone_else", "in_part")

_PROPOSAL: Final = ("object", "name", "value", "source", "line", "excerpt", "confidence", "rule", "state", "by", "on")
_ASKED: Final = ("object", "name", "answer", "who", "by", "on")
_VERSION: Final = ("number", "previous", "by", "on", "note")
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that a reader found in a document, or one of two that disagree, for a person to decide on.

    ``value`` is what a page shows, ``data`` the value as a dossier writes it. ``assumed``: the dossier takes it as so until
    somebody decides (a model card does; a dossier file does not).
    """

    thing: Thing
    name: str
    value: str
    line: int
    excerpt: str
    confidence: Confidence
    rule: str
    state: State = "open"
    by: str | None = None
    on: str | None = None
    source: str | None = None
    data: Any = None
    assumed: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that nobody here can answer further: not known so far, known to someone else, or said as far as it is known."""

    kind: str
    id: str
    name: str
    answer: InVain
    who: str | None = None
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of the dossier this is, and the digest of the one before."""

    number: int
    previous: str | None = None
    by: str | None = None
    on: str | None = None
    note: str | None = None


# -- proposals ---------------------------------------------------------------------------------------------------------------


def read_proposals(top: Map, world: World) -> tuple[tuple[Proposal, ...], list[Notice]]:
    """``proposals:``, and a notice for each that speaks of an object which is not there."""
    notices: list[Notice] = []
    return tuple(_proposal(own, world, notices) for own in _entries(top, "proposals", _PROPOSAL)), notices


def _proposal(own: Map, world: World, notices: list[Notice]) -> Proposal:
    kind, identifier = _address(own)
    declared = name_of(own, world.vocabulary)
    thing = thing_at(world, kind, identifier)
    if thing is None:
        notices.append(Notice("dossier.proposal-without-object", own.where, {"kind": _kind_shown(kind), "got": identifier}))
        thing = Thing(kind, identifier)
    value = _required(own, "value")
    if declared.kind != "relation":
        read_value(value, declared)
    data = data_of(value)
    return Proposal(
        thing, declared.name, shown_value(data), _line(own), word_at(own, "excerpt") or "",
        cast(Confidence, _among(own, "confidence", ("stated", "inferred"), "stated")), word_at(own, "rule") or "",
        cast(State, _among(own, "state", STATES, "open")), word_at(own, "by"), day_at(own, "on"), word_at(own, "source"),
        data, assumed=False,
    )  # fmt: skip


def _kind_shown(kind: str) -> Text | str:
    return kind_words(kind) if kind in OBJECT_KINDS else kind


def thing_at(world: World, kind: str, identifier: str) -> Thing | None:
    """The object at an address, or the only one of its kind where nobody had named it then."""
    found = [thing for thing in world.of_kind(kind) if thing.id == identifier]
    if not found and identifier == kind and len(world.of_kind(kind)) == 1:
        return world.of_kind(kind)[0]
    return found[0] if found else None


def shown_value(data: Any) -> str:
    """A value as a page shows it on one line."""
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (list, tuple)):
        return ", ".join(map(shown_value, data))
    if isinstance(data, dict):
        return ", ".join(f"{key}: {_bracketed(value)}" for key, value in data.items())
    return number_text(data) if hasattr(data, "as_tuple") else str(data)


def _bracketed(data: Any) -> str:
    return f"[{shown_value(data)}]" if isinstance(data, (list, tuple)) else shown_value(data)


def data_of(item: Item) -> Any:
    """The plain data of an item, a quoted word as a word."""
    if isinstance(item, Map):
        return {key: data_of(value) for key, value in item.items.items()}
    if isinstance(item, Seq):
        return [data_of(child) for child in item.items]
    return plain(item)


# -- what was asked, and the version ------------------------------------------------------------------------------------------


def read_asked(top: Map, vocabulary: Vocabulary) -> tuple[Asked, ...]:
    """What was asked in vain."""
    return tuple(_asked(own, vocabulary) for own in _entries(top, "asked", _ASKED))


def _asked(own: Map, vocabulary: Vocabulary) -> Asked:
    kind, identifier = _address(own)
    _required(own, "answer")
    answer = cast(InVain, _among(own, "answer", ANSWERS, "not_known"))
    return Asked(
        kind, identifier, name_of(own, vocabulary).name, answer, word_at(own, "who"), word_at(own, "by"), day_at(own, "on")
    )


def read_version(top: Map) -> Version | None:
    """The version, if the dossier has one."""
    found = top.items.get("version")
    if found is None or _nothing(found):
        return None
    own = as_map(found, "version:")
    _check_keys(own, _VERSION)
    previous = word_at(own, "previous")
    if previous is not None and not _DIGEST.fullmatch(previous):
        raise DossierError("dossier.not-a-digest", own.items["previous"].where, got=previous)
    number = _whole(own, "number", "version.number")
    return Version(number, previous, word_at(own, "by"), day_at(own, "on"), word_at(own, "note"))


def read_example(top: Map) -> bool:
    """Whether the dossier says that its subject is invented, to show how something is done."""
    found = top.items.get("example")
    if found is None or _nothing(found):
        return False
    if not isinstance(found, Scalar) or not isinstance(found.value, bool):
        raise DossierError("dossier.example-not-a-truth", found.where, got=shape(found))
    return found.value


# -- shapes ------------------------------------------------------------------------------------------------------------------


def _entries(top: Map, section: str, keys: Sequence[str]) -> list[Map]:
    found = top.items.get(section)
    if found is None or _nothing(found):
        return []
    if not isinstance(found, Seq):
        raise DossierError("dossier.not-a-list-of-entries", found.where, section=section, got=shape(found))
    entries = [as_map(child, f"{section}:") for child in found.items]
    for own in entries:
        _check_keys(own, keys)
    return entries


def _check_keys(own: Map, known: Sequence[str]) -> None:
    for key, place in own.keys.items():
        if key not in known:
            raise DossierError("dossier.unknown-key", place, got=key, advice=advice(key, known))


def _address(own: Map) -> tuple[str, str]:
    found = as_map(_required(own, "object"), "object:")
    _check_keys(found, ("kind", "id"))
    kind, identifier = _required(found, "kind"), _required(found, "id")
    if isinstance(kind, Scalar) and isinstance(identifier, Scalar):
        return kind.text, identifier.text
    raise DossierError("dossier.not-an-address", found.where)


def name_of(own: Map, vocabulary: Vocabulary) -> Declared:
    """The declared name that an entry speaks of; a legal conclusion is none."""
    item = _required(own, "name")
    got = item.text if isinstance(item, Scalar) else shape(item)
    declared = vocabulary.declared.get(got)
    if declared is not None and declared.kind == "term":
        refuse_term(declared, item, vocabulary)
    if declared is None:
        known = [entry.name for entry in vocabulary.entries() if entry.kind in (*SECTION_OF, "relation")]
        raise DossierError("dossier.unknown-name", item.where, got=got, advice=advice(got, known, "dossier.look-up-names"))
    return declared


def _required(own: Map, key: str) -> Item:
    found = own.items.get(key)
    if found is None or _nothing(found):
        raise DossierError("dossier.entry-lacks", own.where, key=key)
    return found


def word_at(own: Map, key: str) -> str | None:
    """A short text under a key, if there is one."""
    found = own.items.get(key)
    if found is None or _nothing(found):
        return None
    if not isinstance(found, Scalar):
        raise DossierError("dossier.not-a-text", found.where, name=key, key=key, got=shape(found))
    return found.text


def day_at(own: Map, key: str) -> str | None:
    """A day, a month or a year under a key, if there is one."""
    text = word_at(own, key)
    return None if text is None else str(_by_calendar(text, key, own.items[key].where, parse_partial))


def _by_calendar(text: str, key: str, where: Where, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except CalendarError as problem:
        raise DossierError("dossier.bad-date", where, name=key, cause=cause(problem), remedy=remedy(problem)) from None


def _among(own: Map, key: str, known: Sequence[str], otherwise: str) -> str:
    text = word_at(own, key)
    if text is None:
        return otherwise
    if text not in known:
        raise DossierError("dossier.not-a-member", own.items[key].where, name=key, got=text, advice=advice(text, known))
    return text


def _line(own: Map) -> int:
    return _whole(own, "line", "line") if "line" in own.items else 0


def _whole(own: Map, key: str, name: str) -> int:
    found = _required(own, key)
    text = found.text if isinstance(found, Scalar) else ""
    if not (isinstance(found, Scalar) and not found.quoted and text.isascii() and text.isdigit() and len(text) < 10):
        raise DossierError("dossier.not-a-whole-number", found.where, name=name, got=shape(found))
    return int(text)


def _nothing(item: Item) -> bool:
    return isinstance(item, Scalar) and item.value is None
