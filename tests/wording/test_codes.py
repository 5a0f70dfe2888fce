"""Every code that the program speaks by stands in the catalogues, and nothing stands there that it never says."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.wording.texts import ROOT

from guiju.wording import LANGUAGES, codes, fields_of

SOURCE = ROOT / "src" / "guiju"
CODE = re.compile(r"[a-z]+(\.[a-z0-9_-]*[a-z0-9])+")


@cache
def trees() -> dict[Path, ast.Module]:
    read = (path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations")  # which name tables, not texts
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in read}


@cache
def constants(path: Path) -> frozenset[str]:
    values = (node.value for node in ast.walk(trees()[path]) if isinstance(node, ast.Constant))
    return frozenset(value for value in values if isinstance(value, str))


@cache
def patterns(path: Path) -> frozenset[str]:
    """F-strings as patterns: what stands in braces may be anything without a point."""
    found = set()
    for node in ast.walk(trees()[path]):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else r"[^.\s]+" for one in node.values]
            found.add("".join(parts))
    return frozenset(found)


@cache
def templates() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCE.rglob("*.jinja")))


@cache
def begun_in_templates() -> tuple[str, ...]:
    """Codes of which a template writes the beginning: ``"hall.force-" ~ force``."""
    return tuple(re.findall(r"""["']([a-z]+\.[a-z0-9.-]+[-.])["'] ~""", templates()))


SPEAKS_FOR = {"lookup": "cli"}
"""A room that hangs its prefix onto what another room says."""


@cache
def asked() -> frozenset[str]:
    """What forms of apps with a catalogue of their own say: ``Form("apply", ..., prefix="ethics")``."""
    found = set()
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Form" and node.args:
                first, prefix = node.args[0], next((one.value for one in node.keywords if one.arg == "prefix"), None)
                if isinstance(first, ast.Constant) and isinstance(prefix, ast.Constant):
                    found |= {f"{prefix.value}.{first.value}-{part}" for part in ("title", "lead", "go")}
    return frozenset(found)


def error_calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Calls that make an error with a code written out."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if called.endswith(("Error", "Notice")) and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield path, node, first.value


def sections() -> set[str]:
    return {code.split(".")[0] for code in codes("en")}


def test_every_error_raised_is_worded() -> None:
    unworded = [f"{path.relative_to(ROOT)}:{node.lineno}: {code}" for path, node, code in error_calls()
                if CODE.fullmatch(code) and any(code not in codes(lang) for lang in LANGUAGES)]  # fmt: skip
    assert not unworded, "\n".join(unworded)
    assert sum(1 for _ in error_calls()) > 100


def test_every_code_written_out_is_worded() -> None:
    """A constant that begins like a code of the catalogue is one."""
    files = {"instrument.yaml", "events.yaml", "norms.yaml", "vocabulary.yaml", "schemes.yaml", "kinds.yaml"}
    unworded = sorted(
        f"{path.relative_to(ROOT)}: {one}"
        for path in trees()
        for one in constants(path)
        if CODE.fullmatch(one) and one.split(".")[0] in sections() and one not in codes("en") and one not in files
    )
    assert not unworded, "\n".join(unworded)


def test_every_error_gives_the_fields_its_message_shows() -> None:
    lacking = []
    for path, node, code in error_calls():
        if code not in codes("en") or any(keyword.arg is None for keyword in node.keywords):
            continue
        given = {str(keyword.arg) for keyword in node.keywords}
        if len(node.args) > 2:
            continue  # fields given as a mapping
        missing = fields_of(code, "en") - given
        if missing:
            lacking.append(f"{path.relative_to(ROOT)}:{node.lineno}: {code} lacks {sorted(missing)}")
    assert not lacking, "\n".join(lacking)


@cache
def _endings(path: Path) -> tuple[str, ...]:
    """What a room hangs onto a code: "-sourced"."""
    return tuple(one for one in constants(path) if re.fullmatch(r"-[a-z-]+", one))


def _said(code: str) -> bool:
    """Whether some room says a code: written out, by a pattern with words of its own, or behind a room's own prefix."""
    section, rest = code.split(".", 1)
    if code in asked():
        return True
    if f'"{code}"' in templates() or f"'{code}'" in templates() or code.startswith(begun_in_templates()):
        return True
    for path in trees():
        if code in constants(path) or any(
            code.removesuffix(end) in constants(path) for end in _endings(path) if code.endswith(end)
        ):
            return True
        for pattern in patterns(path):
            own = pattern.removeprefix(re.escape(section + ".")).replace(r"[^.\s]+", "")
            if own and pattern.startswith(re.escape(section + ".")) and re.fullmatch(pattern, code):
                return True
    rooms = {path.parent for path in trees() if any(one.startswith(re.escape(section + ".") + "[") for one in patterns(path))}
    rooms |= {SOURCE / SPEAKS_FOR[room.name] for room in rooms if room.name in SPEAKS_FOR}
    for path in trees():
        if path.parent in rooms:
            if rest in constants(path):
                return True
            if any(re.fullmatch(one, rest) and one.replace(r"[^.\s]+", "") for one in patterns(path)):
                return True
    return False


def _in_data() -> str:
    """Codes that data name: notes and cautions of calendars and counting rules."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "calendars" / "data").glob("*.toml")))


def test_nothing_in_the_catalogues_is_never_said() -> None:
    data = _in_data()
    unsaid = sorted(code for code in codes("en") if not _said(code) and code not in data)
    assert not unsaid, "\n".join(unsaid)
