"""The matrix of access and the table of addresses, read strictly: what they say twice, wrongly or not at all is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

Reach = Literal["any", "own"]

ROLES: Final = (
    "anyone", "person", "member", "editor", "approver", "administrator", "chair", "deputy", "seat", "secretary", "keeper"
)  # fmt: skip
IN_ORGANISATION: Final = ("member", "editor", "approver", "administrator")
IN_BODY: Final = ("chair", "deputy", "seat", "secretary")

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One action: how far each role's right reaches (a role not in it has none), and whether it asks for a second factor."""

    action: str
    reach: Mapping[str, Reach]
    second_factor: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """The actions by name, and which action each address is, by its name and method."""

    rows: Mapping[str, Row]
    addresses: Mapping[tuple[str, str], str]

    def action_of(self, address: str, method: str) -> str | None:
        """Which action an address is; HEAD is GET. None where the table has no line for it."""
        return self.addresses.get((address, "GET" if method == "HEAD" else method))


@cache
def matrix() -> Matrix:
    """The one matrix of this site."""
    rows = _rows((_HERE / "matrix.txt").read_text(encoding="utf-8"))
    return Matrix(rows, _addresses((_HERE / "addresses.txt").read_text(encoding="utf-8"), rows))


def _lines(text: str) -> Iterator[list[str]]:
    return (line.split() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _rows(text: str) -> dict[str, Row]:
    lines = _lines(text)
    assert next(lines) == ["action", *ROLES, "second"], "the columns of the matrix"
    found: dict[str, Row] = {}
    for action, *cells, second in lines:
        assert action not in found, action
        assert len(cells) == len(ROLES), action
        assert set(cells) <= {"own", "any", "-"}, action
        assert second in {"yes", "no"}, action
        reach = {role: cast(Reach, cell) for role, cell in zip(ROLES, cells, strict=True) if cell != "-"}
        found[action] = Row(action, reach, second == "yes")
    return found


def _addresses(text: str, rows: Mapping[str, Row]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name, methods, action in _lines(text):
        assert action in rows, action
        for method in methods.split(","):
            assert method in {"GET", "POST"}, (name, method)
            assert (name, method) not in found, (name, method)
            found[name, method] = action
    return found
