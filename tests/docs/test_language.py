"""Every word of the norm language is documented, and the examples are what they say."""

import re

import pytest
from tests.docs.pages import ROOT, page

from guiju.calendars.periods import UNITS
from guiju.logic.syntax import DURATIONS, REFERENCES
from guiju.norms import OBJECT_KINDS, OCCURRENCE, STANDING, builtin, read_text
from guiju.norms.model import (
    APPLICATION_WAYS,
    CHECKED_AGAINST,
    CLOCK_KINDS,
    EFFECTS_IF_BROKEN,
    EFFECTS_IF_MET,
    EVENT_KINDS,
    MODALITIES,
    NORM_KINDS,
)
from guiju.norms.read_norm import read_norm
from guiju.norms.read_rest import read_event
from guiju.norms.vocabulary import NAME_KINDS
from guiju.norms.yaml_reader import Map, Seq
from guiju.subjects import dossier_from
from guiju.subjects.given import SECTIONS

LANGUAGE = page("docs/language.md")

LISTS = {
    "kind of norm": NORM_KINDS,
    "modality": MODALITIES,
    "kind of event": EVENT_KINDS,
    "kind of clock": CLOCK_KINDS,
    "effect if met": EFFECTS_IF_MET,
    "effect if broken": EFFECTS_IF_BROKEN,
    "kind of name": NAME_KINDS,
    "kind of object": OBJECT_KINDS,
    "way of an application": APPLICATION_WAYS,
    "checked against": CHECKED_AGAINST,
    "part of a dossier": tuple(SECTIONS),
    "function": (*DURATIONS, *REFERENCES, "some", "every"),
    "unit of a clock": UNITS,
}


@pytest.mark.parametrize("kind", LISTS)
def test_every_word_is_documented(kind: str) -> None:
    missing = [word for word in LISTS[kind] if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", LANGUAGE)]
    assert not missing


def test_object_kinds_stand_in_their_group() -> None:
    standing, occurrence = re.findall(r"\*(?:Standing|occurrence)\* kinds \(([^)]*)\)", LANGUAGE)
    assert tuple(standing.split(", ")) == STANDING
    assert set(occurrence.split(", ")) == set(OCCURRENCE)


def test_every_kind_of_norm_event_and_clock_has_a_row() -> None:
    rows = "\n".join(line for line in LANGUAGE.splitlines() if line.startswith("| `"))
    for word in (*NORM_KINDS, *EVENT_KINDS, *CLOCK_KINDS):
        assert re.search(rf"`{word}`", rows), word


def test_every_key_of_a_norm_is_documented() -> None:
    """The keys that a norm may have are told by the error for one that it may not have."""
    keys = set(re.findall(r'f\.[a-z_]+\("([a-z_]+)"', (ROOT / "src/guiju/norms/read_norm.py").read_text(encoding="utf-8")))
    assert len(keys) > 60
    missing = sorted(key for key in keys if not re.search(rf"(?<![\w-]){key}(?![\w-])", LANGUAGE))
    assert not missing


def test_what_is_not_evaluated_is_marked() -> None:
    """Words that only the reader of rule files and the pages about rules know."""
    source = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/guiju/norms").glob("*.py"))}
    running = "\n".join(text for name, text in source.items() if name not in ("read_norm.py", "model.py", "check.py"))
    for word in ("opens",):
        assert f".{word}" not in running, f"{word} is evaluated now: say so in docs/language.md, section 13"
        assert re.search(rf"{word}[^|\n]*†|\| [^|\n]*`{word}`", LANGUAGE), word
    for word in ("presumes", "demonstrates"):
        assert f".{word}" in running
        assert not re.search(rf"`{word}`[^|\n]*†", LANGUAGE), word


def example(name: str) -> str:
    """The indented lines of section 12."""
    section = LANGUAGE.split("## 12. ")[1].split("\n## ")[0]
    lines = [line[4:] for line in section.splitlines() if line.startswith("    ")]
    cut = next(at for at, line in enumerate(lines) if line.startswith("- "))
    return "\n".join(lines[:cut] if name == "dossier" else lines[cut:])


def test_the_norms_of_the_examples_are_read() -> None:
    found = read_text(example("norms"), "language.md")
    assert isinstance(found, Seq)
    norms = [read_norm(item) for item in found.items if isinstance(item, Map) and "id" in item.items]
    events = [read_event(item) for item in found.items if isinstance(item, Map) and "event" in item.items]
    assert len(norms) > 15
    assert len(events) == 1
    assert {norm.kind for norm in norms} == set(NORM_KINDS) - {"power"}


def test_the_dossier_of_the_examples_is_read() -> None:
    dossier = dossier_from(example("dossier"), "language.md", builtin().vocabulary)
    assert dossier.subject.id == "hr-screener"
