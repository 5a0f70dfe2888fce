"""Cases that the law leaves outside the filing of an algorithm: the engine settles every one of them as not called for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guiju.assess import assess
from guiju.norms import Item, Map, Scalar, Seq, builtin, read_file
from guiju.subjects import dossier_from

CASES = Path(__file__).resolve().parents[2] / "benchmarks" / "filings" / "negatives.yaml"
SCHEME = "cn/filing-of-algorithm"


def cases() -> dict[str, Map]:
    read = read_file(CASES)
    assert isinstance(read, Seq)
    return {text(case, "id"): case for case in read if isinstance(case, Map)}


def text(case: Item, name: str) -> str:
    assert isinstance(case, Map)
    said = case.items[name]
    assert isinstance(said, Scalar)
    return said.text


ALL = cases()


def test_thirty_cases_each_with_its_reason():
    assert len(ALL) == 30
    assert all("Art" in text(case, "why") for case in ALL.values())
    assert all(text(case.items["name"], lang) for case in ALL.values() for lang in ("zh", "en"))


@pytest.mark.parametrize("name", ALL)
def test_no_filing_is_called_for(name):
    corpus = builtin()
    found = assess(dossier_from(ALL[name].items["dossier"], name, corpus.vocabulary), corpus, date(2026, 11, 22))
    grades = [grade for grade in found.grades if grade.scheme.id == SCHEME]
    assert [(grade.at_least, grade.at_most) for grade in grades] == [("not-called-for", "not-called-for")]
