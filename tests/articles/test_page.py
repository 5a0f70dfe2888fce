"""The page of articles: every article has its row, every cell its tests, every test exists, and the page says the same."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Final

import pytest
from tests.articles.page import PAGE, SIDES, Row, carries_out, cell, entries, page, procedure, rows, said
from tests.conftest import ROOT, find_data

ARTICLES: Final = [
    *(f"2023/{number}" for number in range(2, 35)),
    *(f"2023/{one}" for one in ("35-38", "39", "40-42", "43", "44", "45", "46", "47-50", "53/54")),
    *(f"2026/{one}" for one in ("1", "2", "3", "4-8", "9", "10", "11", "12", "13", "14-15", "16", "17-20", "21-25 + annex")),
    *(f"2026/{one}" for one in ("(re-review)", "(listed)", "emergency", "30", "33", "34", "35", "36-37")),
]
"""The articles of the tables that the rules were written from."""

UNTESTED: Final[dict[str, str]] = {}
"""Cells for which there can be no test, each with the reason: none."""

ROW_KEYS: Final = {"article", "asks", "who", "read", "note", "norms", "breaks", "meets"}


def test_every_article_has_its_row() -> None:
    assert [row["article"] for row in rows()] == ARTICLES


@pytest.mark.data
def test_the_list_of_articles_is_that_of_the_notes() -> None:
    """Where the notes that the rules were written from stand beside the data, their two tables have the same rows."""
    data = find_data()
    assert data is not None
    notes = data.parent / "facts" / "cn-norms.md"
    text = notes.read_text(encoding="utf-8") if notes.is_file() else ""
    found = [f"{year}/{one}" for year, section in (("2023", "1.1"), ("2026", "1.2")) for one in first_cells(text, section)]
    assert found == (ARTICLES if text else [])


def first_cells(text: str, section: str) -> list[str]:
    """The first cells of the table in a section, without its head."""
    part = re.search(rf"^### {re.escape(section)} .*?(?=^### |\Z)", text, re.DOTALL | re.MULTILINE)
    cells = re.findall(r"^\| ([^|]+) \|", part[0], re.MULTILINE) if part else []
    return [cell.replace("–", "-") for cell in cells[1:]]


@pytest.mark.parametrize("row", rows(), ids=[row["article"] for row in rows()])
def test_no_cell_is_empty(row: Row) -> None:
    assert set(row) <= ROW_KEYS
    assert row["read"] in said()["read"]
    assert row["who"]
    assert set(row["who"]) <= set(said()["bearers"])
    for text in (row["asks"], row["note"] if "note" in row else row["asks"]):
        assert set(text) == {"en", "zh"}
    for side in SIDES:
        assert bool(cell(row, side)) is (f"{row['article']} {side}" not in UNTESTED)


def test_what_nobody_has_read_is_tested_as_unchecked() -> None:
    unread = [row for row in rows() if row["read"] == "unread"]
    assert [test for row in unread for side in SIDES for test in cell(row, side) if "unchecked" not in test] == []


def test_every_entry_has_its_article() -> None:
    used = {one for row in rows() for one in row["norms"]}
    assert used == set(entries())


def test_every_guard_that_rests_on_the_measures_has_its_article() -> None:
    for guard in procedure().guards.values():
        rests = guard.basis.norm.startswith("cn/ethics-review-")
        assert len([row for row in rows() if carries_out(guard, row)]) == (1 if rests else 0), guard.name


def test_every_test_that_is_named_exists() -> None:
    wanted = {test for row in rows() for side in SIDES for test in cell(row, side)}
    files = sorted({test.partition("::")[0] for test in wanted})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *files]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert wanted - set(told.stdout.splitlines()) == set()


def test_the_page_is_as_the_file_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it again: python -m tests.articles.page"
