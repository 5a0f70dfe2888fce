"""The law tests: every case of every YAML file here, put to the built-in corpus and compared with the answers stated there.

A file holds ``common`` (what all its dossiers share) and ``cases``; a case holds ``dossier``, ``says`` and ``answers``.
An answer names a day and a norm, a scheme or a term, and what is expected; expected days and amounts stand nowhere else.
Cases on rows that no statute text confirms are marked ``unchecked`` and run as ``test_unchecked``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guiju.assess import Assessment, to_json
from guiju.calendars import parse_day
from guiju.logic import UNSETTLED, OneOf, Truth
from guiju.norms import Item, Map, Program, Scalar, Seq, answer, builtin, plain, read_file
from guiju.subjects import Dossier, dossier_from

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))

SHARED = ("facts", "events", "judgements", "positions", "conduct", "system", "model", "service", "product", "activity")
"""Parts in which a case adds to what all cases of its file share; any other part takes its place."""

FILE_KEYS = {"provision", "title", "common", "cases"}
CASE_KEYS = {"name", "unchecked", "says", "dossier", "answers"}
ANSWER_KEYS = {"on", "known", "memory", "norm", "breach_of", "scheme", "term", "object", "party", "expect"}


@dataclass(frozen=True)
class Asked:
    """One answer that a case expects."""

    file: str
    case: str
    number: int
    unchecked: bool
    dossier: Map
    wanted: dict[str, Any]

    @property
    def id(self) -> str:
        """What the test is called: file, case, day and what is asked."""
        topic = self.wanted.get("norm") or self.wanted.get("scheme") or self.wanted["term"]
        of = [str(self.wanted[key]) for key in ("object", "party", "known") if key in self.wanted]
        return " / ".join([self.file, self.case, str(self.wanted["on"]), " ".join([topic, *of]), str(self.number)])


# -- reading -----------------------------------------------------------------------------------------------------------------


def merged(base: Item | None, more: Item | None, depth: int = 0) -> Item:
    """A dossier made of the common part and what a case adds; in a shared part the case adds, and may say otherwise."""
    if not (isinstance(base, Map) and isinstance(more, Map)):
        found = more if more is not None else base
        assert found is not None
        return found
    both = (set(base.items) & set(more.items) & set(SHARED)) if depth < 3 else set()
    items = {**base.items, **more.items, **{key: merged(base.items[key], more.items[key], depth + 1) for key in both}}
    return Map(items, {**base.keys, **more.keys}, more.where)


def as_map(item: Item | None) -> Map:
    assert isinstance(item, Map), item
    return item


def as_list(item: Item | None) -> tuple[Item, ...]:
    assert isinstance(item, Seq), item
    return item.items


def asked_in(path: Path) -> Iterator[Asked]:
    top = as_map(read_file(path, path.name))
    assert set(top.items) <= FILE_KEYS, f"{path.name}: {set(top.items) - FILE_KEYS}"
    for case in map(as_map, as_list(top.items["cases"])):
        said: Any = plain(case)
        assert set(said) <= CASE_KEYS, f"{path.name}: {set(said) - CASE_KEYS}"
        assert set(said["says"]) == {"zh", "en"}, f"{path.name}: {said['name']}"
        dossier = as_map(merged(top.items.get("common"), case.items["dossier"]))
        for number, wanted in enumerate(said["answers"], 1):
            assert set(wanted) <= ANSWER_KEYS, f"{path.name}: {said['name']}: {set(wanted) - ANSWER_KEYS}"
            yield Asked(path.stem, said["name"], number, said.get("unchecked", False), dossier, wanted)


ALL = [asked for path in FILES for asked in asked_in(path)]


@cache
def dossier_of(name: str, source: int) -> Dossier:
    asked = ALL[source]
    return dossier_from(asked.dossier, name, builtin().vocabulary)


@cache
def assessed(name: str, source: int, on: date, known: date | None, memory: bool) -> tuple[Assessment, dict[str, Any]]:
    dossier = dossier_of(name, source)
    program = Program(builtin(), on, known, memory=memory)
    found = Assessment(dossier, builtin(), program, answer(program, dossier.world))
    return found, to_json(found, everything=True)


def assessment_of(asked: Asked) -> tuple[Assessment, dict[str, Any]]:
    wanted = asked.wanted
    known = parse_day(wanted["known"]) if "known" in wanted else None
    first = next(index for index, one in enumerate(ALL) if (one.file, one.case) == (asked.file, asked.case))
    return assessed(f"{asked.file}/{asked.case}", first, parse_day(wanted["on"]), known, wanted.get("memory", False))


# -- what was answered -------------------------------------------------------------------------------------------------------


def rows_of(document: dict[str, Any], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the norm asked for, of the object and party asked for."""
    return [
        row
        for row in document["duties"]
        if row["norm"] == wanted["norm"]
        and wanted.get("object", row["object"]) == row["object"]
        and wanted.get("party", row["party"]) == row["party"]
    ]


def of_norm(document: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any] | None:
    rows = rows_of(document, wanted)
    assert len(rows) <= 1, [(row["norm"], row["object"], row["party"]) for row in rows]
    if not rows:
        return None
    row = rows[0]
    clock = row["clock"] or {"state": None, "due": None}
    flat = {
        "basis": row["basis"]["kind"] if row["basis"] else None,
        "clock": clock["state"],
        "due": clock["due"],
        "depends_on_reading": bool(row["depends_on_reading"]),
    }
    return {**row, **flat}


def of_breach(found: Assessment, document: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any] | None:
    """The one fine that a sanction threatens this party with for breaking the provision asked for."""
    covers = found.corpus.contents.covers
    sanctions = [
        sanction
        for row in document["duties"]
        if covers(wanted["breach_of"], row["norm"]) and row["in_scope"] == "yes" and row["party"] == wanted["party"]
        for sanction in row["sanctions"]
        if sanction["norm"] == wanted["norm"]
    ]
    tiers = [tier for one in sanctions for tier in one["tiers"] if "fine" in tier]
    distinct = {str(sorted(tier["fine"].items())): tier["fine"] for tier in tiers}
    assert len(distinct) <= 1, distinct
    missing = [item for one in [*sanctions, *tiers] for item in one.get("missing", [])]
    return {**next(iter(distinct.values())), "missing": missing} if distinct else None


def of_scheme(document: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any] | None:
    """The grade of the object, or of the one row that is the object."""
    of = [grade for grade in document["grades"] if grade["scheme"] == wanted["scheme"]]
    rows = [{"until": None, **row} for grade in of for row in grade.get("rows", ())]
    found = [one for one in [*rows, *of] if one["object"] == wanted["object"]]
    return found[0] if found else None


def of_term(found: Assessment, wanted: dict[str, Any]) -> dict[str, Any]:
    """What a term is: yes, no, unknown, a member, or the outcomes that are left."""
    (thing,) = [thing for thing in found.results.world.things if thing.id == wanted["object"]]
    value = found.results.evaluation.term(found.corpus.vocabulary.declared[wanted["term"]], thing)
    if isinstance(value, Truth):
        return {"is": value.value}
    assert isinstance(value, OneOf)
    outcomes = sorted(value.members - {UNSETTLED})
    settled = outcomes[0] if len(value.members) == 1 and outcomes else None
    return {"is": settled or "unknown", "outcomes": outcomes, "unsettled": UNSETTLED in value.members}


def answered(asked: Asked) -> dict[str, Any] | None:
    found, document = assessment_of(asked)
    wanted = asked.wanted
    if "breach_of" in wanted:
        return of_breach(found, document, wanted)
    if "norm" in wanted:
        return of_norm(document, wanted)
    return of_scheme(document, wanted) if "scheme" in wanted else of_term(found, wanted)


# -- comparing ---------------------------------------------------------------------------------------------------------------


def names(items: list[dict[str, Any]]) -> list[str]:
    return sorted({f"{item['cause']}: {item['name']}" for item in items})


def lacks(expected: list[dict[str, str]], missing: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What was to be named as missing and is not."""
    return [one for one in expected if not any(one.items() <= item.items() for item in missing)]


def compare(asked: Asked) -> None:
    expected = asked.wanted["expect"]
    got = answered(asked)
    if expected == "absent":
        assert got is None, "answered, although it should not be"
        return
    assert got is not None, "no such answer"
    wrong = {
        key: {"expected": value, "got": got[key]} for key, value in expected.items() if key != "missing" and got[key] != value
    }
    if lacks(expected.get("missing", []), got.get("missing", [])):
        wrong["missing"] = {"expected": expected["missing"], "got": names(got["missing"])}
    assert not wrong, wrong


def each(unchecked: bool) -> list[Any]:
    return [pytest.param(asked, id=asked.id) for asked in ALL if asked.unchecked is unchecked]


@pytest.mark.parametrize("asked", each(unchecked=False))
def test_law(asked: Asked) -> None:
    compare(asked)


@pytest.mark.parametrize("asked", each(unchecked=True))
def test_unchecked(asked: Asked) -> None:
    compare(asked)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_has_opposite_answers(path: Path) -> None:
    """Each file has at least two cases, and some question that they answer differently."""
    found: dict[str, set[str]] = {}
    for asked in ALL:
        if asked.file == path.stem:
            topic = str(asked.wanted.get("norm") or asked.wanted.get("scheme") or asked.wanted.get("term"))
            found.setdefault(topic, set()).add(str(asked.wanted["expect"]))
    assert any(len(answers) > 1 for answers in found.values())
    assert len({asked.case for asked in ALL if asked.file == path.stem}) > 1


def test_no_case_is_named_twice() -> None:
    ids = [asked.id for asked in ALL]
    assert len(ids) == len(set(ids))


def test_unchecked_cases_say_so_in_their_name() -> None:
    assert [asked.id for asked in ALL if asked.unchecked is not asked.case.startswith("unchecked")] == []


def test_scalar_null_takes_a_shared_part_away() -> None:
    """A case that says ``judgements: null`` has none, whatever the common part says."""
    shared = [asked.dossier for asked in ALL if asked.case == "C nobody has judged whether it may confuse"]
    service = as_map(shared[0].items["service"])
    judgements = service.items["judgements"]
    assert isinstance(judgements, Scalar)
    assert judgements.value is None
