"""The page docs/checks/ethics-articles.md, made from articles.yaml: ``python -m tests.articles.page`` writes it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from guiju.norms import builtin, plain, read_file
from guiju.procedure import Guard, Rules, rules_named

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "checks" / "ethics-articles.md"
SIDES: Final = ("breaks", "meets")
MEASURES: Final = {"2023": "The Measures of 2023", "2026": "The Measures of 2026"}

NORMS: Final = "tests/articles/test_norms.py"
GUARDS: Final = "tests/procedure/test_guards.py"
SHORT: Final = {
    "broken": f"{NORMS}::test_broken",
    "met": f"{NORMS}::test_met",
    "unchecked broken": f"{NORMS}::test_unchecked_broken",
    "unchecked met": f"{NORMS}::test_unchecked_met",
    "guard": f"{GUARDS}::test_a_guard_that_is_broken_is_told_and_one_that_is_met_is_not",
    "unchecked guard": f"{GUARDS}::test_unchecked_clauses_are_told_as_defaults_of_the_charter",
}
"""What the page calls the tests that stand in many rows."""

HEAD: Final = """\
# The two measures on ethics review, article by article

For every article of the Measures of 2023 and of 2026 that asks something: the test that breaks it, and the test that meets it.
What an article asks is said in our words; where its wording was read is in [ethics-measures.md](ethics-measures.md).
A test of a clause that nobody here has read has `unchecked` in its name: it shows what we take the clause to say, no more.
Articles stand as in the notes that the rules were written from, so that several may share a row.

This page is made from `tests/articles/articles.yaml` by `python -m tests.articles.page`.
A row without a test, a test that does not exist, or a page that is not as the file says, fails the tests.

## The names of the tests

A test is run by `pytest` and its name, with what stands in brackets; a guard is broken and met in one test.

| here | name |
|---|---|
"""

Row = dict[str, Any]


@cache
def said() -> dict[str, Any]:
    """All that articles.yaml says."""
    found: Any = plain(read_file(HERE / "articles.yaml", "articles.yaml"))
    return dict(found)


@cache
def entries() -> dict[str, Row]:
    """The entries of norms.yaml."""
    found: Any = plain(read_file(HERE / "norms.yaml", "norms.yaml"))
    return dict(found["norms"])


@cache
def procedure() -> Rules:
    """The rules of procedure whose guards carry out articles."""
    return rules_named("cn-ethics", builtin())


def rows() -> list[Row]:
    """Every article, in its order."""
    return list(said()["articles"])


def cell(row: Row, side: str) -> list[str]:
    """The tests of one cell, as pytest names them."""
    result = {"breaks": "broken", "meets": "met"}[side]
    norms = [named(result, one, bool(entries()[one].get("unchecked"))) for one in row.get("norms", [])]
    guards = [named("guard", one.name, one.basis.unchecked) for one in procedure().guards.values() if carries_out(one, row)]
    return [*norms, *guards, *row.get(side, [])]


def carries_out(guard: Guard, row: Row) -> bool:
    """Whether a guard rests on an article of a row, or stands for it; a row may have several: 35-38, 53/54."""
    year, _, numbers = row["article"].partition("/")
    clause = re.fullmatch(rf"cn/ethics-review-{year}/(\d+).*", guard.basis.norm)
    spans = re.findall(r"(\d+)(?:-(\d+))?", numbers)
    return clause is not None and any(int(first) <= int(clause[1]) <= int(last or first) for first, last in spans)


def named(short: str, of: str, unchecked: bool) -> str:
    """The name of a test of a norm or guard."""
    return f"{SHORT[f'unchecked {short}' if unchecked else short]}[{of}]"


# -- the page ----------------------------------------------------------------------------------------------------------------


def shown(test: str) -> str:
    """A test as a cell has it."""
    name, bracket, of = test.partition("[")
    by_name = {long: short for short, long in SHORT.items()}
    return f"`{by_name.get(name, Path(name).name)}{bracket}{of}`"


def read_as(row: Row) -> str:
    """Whether the wording was read, and how far."""
    words: str = said()["read"][row["read"]]["en"]
    return f"{words} ({row['note']['en']})" if "note" in row else words


def line(row: Row) -> str:
    """One row of the table."""
    article = row["article"].partition("/")[2]
    who = ", ".join(said()["bearers"][one]["en"] for one in row["who"])
    cells = [", ".join(map(shown, cell(row, side))) for side in SIDES]
    return " | ".join((f"| {article}", f"{row['asks']['en']} {row['asks']['zh']}", who, read_as(row), *cells)) + " |"


def page() -> str:
    """The whole page."""
    parts = [HEAD + "\n".join(f"| `{short}` | `{long}` |" for short, long in SHORT.items())]
    for year, title in MEASURES.items():
        lines = [line(row) for row in rows() if row["article"].startswith(f"{year}/")]
        head = "| article | what it asks | of whom | wording | broken by | met by |\n|---|---|---|---|---|---|\n"
        parts.append(f"## {title}\n\n{head}" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
