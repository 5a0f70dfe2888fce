"""The house as the page describes it is the house as it stands."""

import tomllib

from tests.docs.pages import ROOT, codes, page

PAGE = page("docs/architecture.md")
SOURCE = ROOT / "src" / "guiju"


def test_every_room_is_named() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))}
    shown = {line.split("/")[0].strip() for line in PAGE.splitlines() if line.startswith("      ") and "/ " in line}
    assert shown == rooms


def test_every_module_of_norms_is_named() -> None:
    section = PAGE.split("### Inside `norms`")[1].split("\n## ")[0]
    modules = {path.stem for path in (SOURCE / "norms").glob("*.py")} - {"__init__"}
    assert modules <= codes(section), sorted(modules - codes(section))
    named = {one for row in section.splitlines() if row.startswith("| `") for one in codes(row.split(" | ")[0])}
    assert named == modules


def test_the_floors_are_those_of_the_contract() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    layers = tool["importlinter"]["contracts"][0]["layers"]
    rooms = [part.strip() for layer in layers for part in layer.split("|")]
    standing = [room for room in rooms if not room.startswith("(")]
    assert "  >  ".join(standing) in PAGE
    planned = {room.strip("()") for room in rooms if room.startswith("(")}
    assert planned <= codes(PAGE.split("## What is not there yet")[1])
