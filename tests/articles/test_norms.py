"""Every norm of the two Measures on ethics review: a dossier in which it is broken, and the same with the one thing put right.

``norms.yaml`` holds both. What "broken" and "met" mean of what an entry stands ``as``:

- a duty (obligation, prohibition): in scope, and not met, so that it is told; in scope and met, so that it is not.
- encouragement, best_efforts: the same, but nothing is owed by those who do not do it.
- permission, right, application, begins: not there (out of scope, or not yet in force); there, and nothing is owed by it.
- exception: a duty that is not kept is told; where it does not reach, or is taken away, it is not.
- sanction: threatened by the breach of another norm; not by that norm when it is met.
- term: what a definition says is not so; it is so.

A clause whose wording nobody here has read has its tests in ``test_unchecked_broken`` and ``test_unchecked_met``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from guiju.assess import Assessment, assess
from guiju.assess.document import row_json
from guiju.calendars import parse_day
from guiju.logic import Truth
from guiju.norms import Corpus, builtin, plain, read_file
from guiju.subjects import dossier_from

FILE = Path(__file__).parent / "norms.yaml"
MEASURES: Final = ("cn/ethics-review-2023", "cn/ethics-review-2026")
BESIDE: Final = ("cn/science-technology-progress-law", "cn/life-science-ethics-review-2023")
"""Instruments that the two Measures speak of."""

ON: Final = date(2026, 11, 21)
KEYS: Final = {"as", "norm", "term", "applied", "sanction", "unchecked", "in", "given", "broken", "met", "on", "clock"}
DUTIES: Final = ("obligation", "prohibition", "best_efforts", "encouragement")
OWED: Final = ("obligation", "prohibition")
SECTIONS: Final = {"fact": "facts", "measure": "conduct", "event": "events", "judgement": "judgements"}

Entry = dict[str, Any]


@cache
def said() -> dict[str, Any]:
    found: Any = plain(read_file(FILE, FILE.name))
    return dict(found)


def entries() -> dict[str, Entry]:
    return dict(said()["norms"])


@cache
def rules() -> Corpus:
    """The norms on ethics review, with all definitions; to answer the other norms of the corpus too would take long."""
    corpus = builtin()
    kept = {
        name: versions
        for name, versions in corpus.norms.items()
        if versions[0].kind == "status" or versions[0].instrument in (*MEASURES, *BESIDE)
    }
    return replace(corpus, norms=kept)


# -- the dossier of an entry -------------------------------------------------------------------------------------------------


def flat(entry: Entry, side: str) -> dict[str, dict[str, Any]]:
    """Things and what is said of each: the world of an entry, what is given, and what breaks or meets it."""
    found: dict[str, dict[str, Any]] = {}
    for part in (said()["worlds"][entry["in"]], entry.get("given", {}), entry.get(side, {})):
        for thing, names in part.items():
            found.setdefault(thing, {}).update(names)
    return found


def written(names: dict[str, Any]) -> dict[str, Any]:
    """What is said of a thing, as a dossier has it: by sections, sets told whole, judgements with who judged and why."""
    sections: dict[str, dict[str, Any]] = {}
    for name, value in names.items():
        kind = rules().vocabulary.declared[name].kind
        told = {"exactly": value} if isinstance(value, list) else value
        if kind == "judgement":
            told = {"value": value, "by": "counsel", "on": "2026-01-05", "reasons": "As the entry says."}
        sections.setdefault(SECTIONS[kind], {})[name] = told
    return sections


def meeting(names: dict[str, Any]) -> dict[str, Any]:
    """A meeting with one category of members, that of law."""
    there = {name: value for name, value in names.items() if name != "law_represented"}
    if "law_represented" not in names:
        return written(there)
    law = {"id": "law", "facts": {"category_kind": "law_expert"}, "conduct": {"represented": names["law_represented"]}}
    return {**written(there), "member_categories": {"exactly": [law]}}


def dossier(entry: Entry, side: str) -> dict[str, Any]:
    things = flat(entry, side)
    found: dict[str, Any] = {"objects": [], "parties": {"exactly": []}}
    for thing, names in things.items():
        if thing == "activity":
            links = {"reviewed_by": "body", "rereview_organised_by": "body"}
            found["activity"] = {"id": "activity", **written(names), "of": links}
        elif thing == "unit":
            found["parties"]["exactly"].append({"org": "org:unit", **written(names)})
        else:
            told = meeting(names) if thing == "meeting" else written(names)
            found["objects"].append({"kind": thing, "id": thing, **told})
    if "activity" not in things:
        found["system"] = {"id": "system"}
    return found


def assessed(entry: Entry, side: str, corpus: Corpus | None = None) -> Assessment:
    """The answers for one side of an entry on its day, as known today, with norms that rest on memory."""
    by_side = entry.get("on", ON)
    day = str(by_side[side] if isinstance(by_side, dict) else by_side)
    text = json.dumps(dossier(entry, side), default=int)
    return assess(dossier_from(text, "entry", rules().vocabulary), corpus or rules(), parse_day(day), ON, memory=True)


# -- what is asked of it -----------------------------------------------------------------------------------------------------


def rows_of(found: Assessment, norm: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of a norm, of each what is asked for."""
    rows = [row_json(found, row) for row in found.results.rows if row.norm.id == norm]
    return [{key: row[key] for key in keys} for row in rows]


def same(found: Assessment, norm: str, **expected: Any) -> None:
    """Every row of a norm is as expected, and there is one."""
    rows = rows_of(found, norm, tuple(expected))
    assert rows
    assert rows == [expected] * len(rows)


def owed(found: Assessment, norm: str) -> bool:
    """Whether a norm is told as a duty that applies and is not met."""
    return norm in {row.norm.id for row in found.unmet(also_unknown=False)}


def brought_by(found: Assessment, norm: str) -> set[str | None]:
    """The provision that brings a norm in where its own condition does not hold."""
    return {one["applied"]["norm"] if one["applied"] else None for one in rows_of(found, norm, ("applied",))}


def duty(entry: Entry, side: str) -> None:
    """Broken, it is told; but a time limit meant "as a rule" is told as past, and whether that is a breach is left open."""
    found, norm, ok = assessed(entry, side), entry["norm"], side == "met"
    clock = entry.get("clock", {})
    broken = "unknown" if clock.get("broken") == "past-usual" else "no"
    same(found, norm, in_scope="yes", status="applies", modality=entry["as"], met="yes" if ok else broken)
    assert owed(found, norm) is (entry["as"] in OWED and not ok and broken == "no")
    if clock:
        told = {(one["clock"]["state"], one["clock"]["due"]) for one in rows_of(found, norm, ("clock",))}
        assert told == {(clock[side], clock["due"])}
    assert brought_by(found, norm) == {entry.get("applied")}


def offer(entry: Entry, side: str) -> None:
    """Not there, for want of its condition or before its day; and there, with nothing owed by it."""
    found, norm, there = assessed(entry, side), entry["norm"], side == "met"
    kind = "duty" if entry["as"] == "permission" else entry["as"]
    modality = "permission" if entry["as"] == "permission" else None
    by_day = "on" in entry
    in_scope, status = ("yes" if there or by_day else "no", "applies" if there or not by_day else "upcoming")
    same(found, norm, kind=kind, modality=modality, in_scope=in_scope, status=status, met=None)
    assert not owed(found, norm)
    assert brought_by(found, norm) == {entry.get("applied") if there else None}


def begins(entry: Entry, side: str) -> None:
    """The day before, a duty that is not kept is not yet owed; on the day it is."""
    found, norm, there = assessed(entry, side), entry["norm"], side == "met"
    same(found, norm, in_scope="yes", status="applies" if there else "upcoming", met="no")
    assert owed(found, norm) is there


def exception(entry: Entry, side: str) -> None:
    """The duty is not kept; it is told where the exception does not hold, and is not there where it does."""
    found, norm, away = assessed(entry, side), entry["norm"], side == "met"
    same(found, norm, in_scope="no" if away else "yes", status="applies", met="no")
    assert owed(found, norm) is not away


def sanction(entry: Entry, side: str) -> None:
    """A breach is told with what follows, which is no fine of these Measures; without one there is nothing to follow."""
    found, norm, ok = assessed(entry, side), entry["norm"], side == "met"
    rows = [row_json(found, row) for row in found.unmet(also_unknown=False) if row.norm.id == norm]
    keys = ("norm", "route", "no_own_fine", "tiers", "status")
    told = [{key: one[key] for key in keys} for row in rows for one in row["sanctions"] if one["norm"] == entry["sanction"]]
    expected = {"norm": entry["sanction"], "route": "direct", "no_own_fine": True, "tiers": [], "status": "applies"}
    assert told == ([] if ok else [expected])


def term(entry: Entry, side: str) -> None:
    """What the definition says, of the one thing it is about."""
    (norm,) = rules().norms[entry["norm"]]
    assert entry["term"] in norm.makes
    assert defined(assessed(entry, side), entry) == (Truth.TRUE if side == "met" else Truth.FALSE)


def defined(found: Assessment, entry: Entry) -> object:
    """What the term of an entry is of the one thing it is about."""
    name = rules().vocabulary.declared[entry["term"]]
    (thing,) = [one for one in found.results.world.of_kind(name.object) if not one.anonymous]
    return found.results.evaluation.term(name, thing)


PLAYED: Final = {
    **dict.fromkeys(DUTIES, duty),
    **dict.fromkeys(("permission", "right", "application"), offer),
    "begins": begins, "exception": exception, "sanction": sanction, "term": term,
}  # fmt: skip


# -- the tests ---------------------------------------------------------------------------------------------------------------

CHECKED = [name for name, entry in entries().items() if not entry.get("unchecked")]
UNCHECKED = [name for name, entry in entries().items() if entry.get("unchecked")]


def play(name: str, side: str) -> None:
    entry = entries()[name]
    for one in each_missing(entry) if side == "broken" else [entry]:
        PLAYED[entry["as"]](one, side)


def each_missing(entry: Entry) -> Iterator[Entry]:
    """The ways in which an entry is broken: as it says, or with one of those that meet it missing, each in turn."""
    (thing, name), *more = [*changed(entry, "met")] or [("", "")]
    assert not more
    if entry.get("broken", {}).get(thing, {}).get(name) != "one missing":
        yield entry
        return
    needed = entry["met"][thing][name]
    for missing in needed:
        yield {**entry, "broken": {thing: {name: [one for one in needed if one != missing]}}}


def changed(entry: Entry, side: str) -> set[tuple[str, str]]:
    """What a side of an entry says, by thing and name."""
    return {(thing, name) for thing, names in entry.get(side, {}).items() for name in names}


@pytest.mark.parametrize("name", CHECKED)
def test_broken(name: str) -> None:
    play(name, "broken")


@pytest.mark.parametrize("name", CHECKED)
def test_met(name: str) -> None:
    play(name, "met")


@pytest.mark.parametrize("name", UNCHECKED)
def test_unchecked_broken(name: str) -> None:
    play(name, "broken")


@pytest.mark.parametrize("name", UNCHECKED)
def test_unchecked_met(name: str) -> None:
    play(name, "met")


PLACES: Final = {"activity": "activity_in_mainland_china", "body": "body_in_mainland_china"}
ANYWHERE: Final = ("2023/46", "2026/12-person")
"""Who may report, and who belongs to no unit, does not hang on a place."""


@pytest.mark.parametrize("name", [name for name in entries() if name not in ANYWHERE])
def test_what_is_abroad_is_not_covered(name: str) -> None:
    """An activity that is carried out abroad; where there is none, a body that was set up there."""
    entry = entries()[name]
    thing = next(one for one in PLACES if one in flat(entry, "met"))
    given = entry.get("given", {})
    found = assessed({**entry, "given": {**given, thing: {**given.get(thing, {}), PLACES[thing]: False}}}, "met")
    if entry["as"] == "term":
        assert defined(found, entry) == Truth.FALSE
    else:
        same(found, entry["norm"], in_scope="no")


# -- the entries -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", entries())
def test_one_thing_makes_the_difference(name: str) -> None:
    entry = entries()[name]
    assert set(entry) <= KEYS
    by_day = isinstance(entry.get("on"), dict)
    assert changed(entry, "broken") == changed(entry, "met")
    assert len(changed(entry, "met")) == (0 if by_day else 1)


def test_every_norm_of_the_two_measures_has_an_entry() -> None:
    norms = {name for name, versions in rules().norms.items() if versions[0].instrument in MEASURES}
    named = {entry[key] for entry in entries().values() for key in ("norm", "sanction") if key in entry}
    assert norms - named == set()


def test_a_norm_whose_wording_was_not_read_is_unchecked() -> None:
    read = {name for name, versions in rules().norms.items() if versions[0].checked.against in ("full-text", "excerpt")}
    assert [name for name in CHECKED if entries()[name]["norm"] not in read] == []


@pytest.mark.parametrize("name", ["2023/30-opinion", "2026/9"])
def test_the_rest_of_the_corpus_changes_none_of_these_answers(name: str) -> None:
    keys = ("norm", "object", "party", "in_scope", "status", "met", "modality", "clock", "applied", "sanctions")
    told = []
    for corpus in (rules(), builtin()):
        found = assessed(entries()[name], "broken", corpus)
        rows = [row_json(found, row) for row in found.results.rows if row.norm.instrument in MEASURES]
        told.append([{key: row[key] for key in keys} for row in rows])
    assert told[0] == told[1]
    assert told[0]
