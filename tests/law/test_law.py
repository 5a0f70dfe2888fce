"""The law tests: every case of every YAML file here, put to the built-in corpus and compared with the answers stated there.

A file holds ``common`` (what all its dossiers share) and ``cases``; a case holds ``dossier``, ``says`` and ``answers``.
An answer names a day and a norm, a scheme or a term, and what is expected; expected days and amounts stand nowhere else.
A case may have ``with``: a book of its own (names, instruments, events, norms ...) laid over the built-in corpus, so that
what the law provides for but nobody has done yet (a listing, a delegated act) can be asked about.
Cases on rows that no statute text confirms are marked ``unchecked`` and run as ``test_unchecked``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

from guiju.assess import Assessment
from guiju.assess.document import grade_json, row_json
from guiju.assess.met_words import awaited_json
from guiju.calendars import parse_day
from guiju.logic import UNSETTLED, OneOf, Truth, show
from guiju.norms import Corpus, Item, Map, Scalar, Seq, answer, builtin, plain, program_of, read_file, read_text
from guiju.norms.books import builtin_folders, load_book, read_corpus
from guiju.subjects import Dossier, dossier_from

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("*.yaml"))

SHARED = ("facts", "events", "judgements", "positions", "conduct", "system", "model", "service", "product", "activity")
"""Parts in which a case adds to what all cases of its file share; any other part takes its place."""

FILE_KEYS = {"provision", "title", "common", "cases"}
CASE_KEYS = {"name", "unchecked", "says", "with", "dossier", "answers"}
BOOK_KEYS = ("names", "instruments", "events", "norms", "schemes")
ANSWER_KEYS = {"on", "known", "memory", "norm", "breach_of", "scheme", "term", "object", "party", "expect"}


@dataclass(frozen=True)
class Asked:
    """One answer that a case expects."""

    file: str
    case: str
    number: int
    unchecked: bool
    dossier: Map
    book: Map | None
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
        book = as_map(case.items["with"]) if "with" in case.items else None
        assert book is None or set(book.items) <= set(BOOK_KEYS), f"{path.name}: {said['name']}: {set(book.items)}"
        for number, wanted in enumerate(said["answers"], 1):
            assert set(wanted) <= ANSWER_KEYS, f"{path.name}: {said['name']}: {set(wanted) - ANSWER_KEYS}"
            yield Asked(path.stem, said["name"], number, said.get("unchecked", False), dossier, book, wanted)


ALL = [asked for path in FILES for asked in asked_in(path)]


# -- the edition a case is put to --------------------------------------------------------------------------------------------


def flow(item: Item) -> str:
    """An item in flow style: what a rule file would hold."""
    if isinstance(item, Scalar):
        return json.dumps(item.text, ensure_ascii=False) if isinstance(item.value, str) else item.text or "null"
    if isinstance(item, Seq):
        return "[" + ",\n".join(flow(child) for child in item.items) + "]"
    return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {flow(child)}" for key, child in item.items.items()) + "}"


def book_of(book: Map, name: str) -> list[tuple[str, str]]:
    """What a case lays over the built-in corpus, as rule files."""
    found = []
    for key, item in book.items.items():
        parts = as_list(item) if key == "instruments" else (item,)
        texts = [flow(part) if key == "instruments" else f"{{{key}: {flow(part)}}}" for part in parts]
        found += [(f"{name}/with/{key}-{number}.yaml", text) for number, text in enumerate(texts, 1)]
    return found


@cache
def builtin_texts() -> list[tuple[str, list[tuple[str, str]]]]:
    return [(name, load_book(folder, name)) for name, folder in builtin_folders().items()]


@lru_cache(maxsize=4)
def corpus_of(name: str, source: int) -> Corpus:
    """The built-in corpus, with the book of the case laid over it where it has one."""
    book = ALL[source].book
    return builtin() if book is None else read_corpus([*builtin_texts(), ("test edition", book_of(book, name))])


@lru_cache(maxsize=4)
def dossier_of(name: str, source: int) -> Dossier:
    return dossier_from(ALL[source].dossier, name, corpus_of(name, source).vocabulary)


class Document:
    """What ``to_json`` says, of the rows and classes that are asked for alone: the rest would take most of the time."""

    def __init__(self, found: Assessment) -> None:
        self.found = found

    def duties(self, wanted: Callable[[str], bool]) -> list[dict[str, Any]]:
        return [row_json(self.found, row) for row in self.found.results.rows if wanted(row.norm.id)]

    def grades(self, scheme: str) -> list[dict[str, Any]]:
        return [grade_json(self.found, grade) for grade in self.found.grades if grade.scheme.id == scheme]

    def awaited(self) -> list[dict[str, Any]]:
        return awaited_json(self.found.results)


@lru_cache(maxsize=4)
def assessed(name: str, source: int, on: date, known: date | None, memory: bool) -> tuple[Assessment, Document]:
    dossier, corpus = dossier_of(name, source), corpus_of(name, source)
    program = program_of(corpus, on, known, memory)
    found = Assessment(dossier, corpus, program, answer(program, dossier.world))
    return found, Document(found)


def assessment_of(asked: Asked) -> tuple[Assessment, Document]:
    wanted = asked.wanted
    known = parse_day(wanted["known"]) if "known" in wanted else None
    first = next(index for index, one in enumerate(ALL) if (one.file, one.case) == (asked.file, asked.case))
    return assessed(f"{asked.file}/{asked.case}", first, parse_day(wanted["on"]), known, wanted.get("memory", False))


# -- what was answered -------------------------------------------------------------------------------------------------------


def rows_of(document: Document, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of the norm asked for, of the object and party asked for."""
    return [
        row
        for row in document.duties(lambda norm: norm == wanted["norm"])
        if wanted.get("object", row["object"]) == row["object"] and wanted.get("party", row["party"]) == row["party"]
    ]


def of_norm(document: Document, wanted: dict[str, Any]) -> dict[str, Any] | None:
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
        "under": {one["id"]: one["in_scope"] for one in row["depends_on_reading"]},
        "awaits": next((one["upon"] for one in document.awaited() if is_of(one, row)), None),
        "applied_by": row["applied"]["norm"] if row["applied"] else None,
        "applied_how": row["applied"]["how"] if row["applied"] else None,
        "checked": row["checked"]["against"],
    }
    return {**row, **flat}


def is_of(one: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether a duty that must stand ready is the one of this row."""
    return all(one[key] == row[key] for key in ("norm", "object", "party"))


def of_breach(found: Assessment, document: Document, wanted: dict[str, Any]) -> dict[str, Any] | None:
    """What a sanction threatens this party with for breaking the provision asked for; an answer ``absent`` means no fine.

    The one fine stands as ``bound``, ``amount``, ``from`` and ``currency``; ``measures`` are those of the tiers that hold,
    ``tiers`` how many tiers hold and may hold, ``after_order`` the fines that only an order disobeyed would bring.
    """
    covers = found.corpus.contents.covers
    sanctions = [
        sanction
        for row in document.duties(lambda norm: covers(wanted["breach_of"], norm))
        if row["in_scope"] == "yes" and row["party"] == wanted["party"]
        for sanction in row["sanctions"]
        if sanction["norm"] == wanted["norm"]
    ]
    tiers = [tier for one in sanctions for tier in one["tiers"]]
    fines = distinct(tiers, "fine")
    if not sanctions or (not fines and wanted["expect"] == "absent"):
        return None
    open_tiers = [tier for tier in tiers if tier["holds"] == "unknown"]
    first, assured = sanctions[0], [tier for tier in tiers if tier["holds"] == "yes"]
    sure = only(distinct(assured, "fine")) if open_tiers and len(fines) > 1 else only(fines)
    return {
        **(sure or {"bound": None, "amount": None, "currency": None}),
        "person_fine": only(distinct(assured, "person_fine")),
        "measures": sorted({measure for tier in assured for measure in tier["measures"]}),
        "tiers": {"hold": len(assured), "may_hold": len(open_tiers)},
        "after_order": only(distinct(first["after_order"], "fine")),
        **{key: first[key] for key in ("open", "route", "status", "enforced", "enforced_from")},
        "missing": [item for one in [*sanctions, *tiers] for item in one.get("missing", [])],
    }


def distinct(tiers: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """The fines of these tiers, each once."""
    return list({str(sorted(tier[key].items())): tier[key] for tier in tiers if key in tier}.values())


def only(fines: list[dict[str, Any]]) -> dict[str, Any] | None:
    assert len(fines) <= 1, fines
    return fines[0] if fines else None


def of_scheme(document: Document, wanted: dict[str, Any]) -> dict[str, Any] | None:
    """The grade of the object, or of the one row that is the object."""
    of = document.grades(wanted["scheme"])
    rows = [{"until": None, **row} for grade in of for row in grade.get("rows", ())]
    found = [one for one in [*rows, *of] if one["object"] == wanted["object"]]
    return {**found[0], "depends_on_reading": bool(found[0].get("depends_on_reading"))} if found else None


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


TEST_EDITION = """
names:
  test.said: {kind: fact, object: system, type: bool, ask: {zh: "真的, “是”？", en: 'Is it "so", really?'}}
instruments:
  - {instrument: eu/test-act, kind: regulation, issuer: [x], territory: EU, place: Europe/Brussels, authentic: [en],
     title: {zh: 试, en: t}}
events:
  - {event: eu/test-act#begin, kind: commence, known: 2026-01-01, on: 2026-01-02}
norms:
  - {id: eu/test-act/1, bearer: {each: [eu.provider]}, when: '!test.said && "EU" in markets', forbid: put_own_name, clock: null}
"""


def test_the_book_of_a_case_is_laid_over_the_built_in_corpus() -> None:
    """What a case has under ``with`` is read as rule files: quotes, commas, days and nothing where nothing stands."""
    files = book_of(as_map(read_text(TEST_EDITION, "case")), "case")
    laid = read_corpus([*builtin_texts(), ("test edition", files)])
    (norm,) = laid.norms["eu/test-act/1"]
    assert show(norm.when) == '!test.said && "EU" in markets'
    assert laid.vocabulary.declared["test.said"].ask["en"] == 'Is it "so", really?'
    assert laid.events["eu/test-act#begin"].on == date(2026, 1, 2)
    assert laid.edition != builtin().edition
    assert set(laid.norms) - set(builtin().norms) == {"eu/test-act/1"}
