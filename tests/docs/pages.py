"""The documentation as text: pages, their code blocks, their links."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@cache
def page(name: str) -> str:
    """A page by its path from the root of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def pages() -> tuple[Path, ...]:
    return (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md")))


@dataclass(frozen=True)
class Block:
    """One fenced block: its language and what stands in it."""

    language: str
    text: str

    @property
    def name(self) -> str:
        """The file name in its first line, written as a comment."""
        return self.text.split("\n", 1)[0].removeprefix("# ").strip()


def blocks(name: str, language: str) -> list[Block]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page(name), re.DOTALL | re.MULTILINE)
    return [Block(kind, text) for kind, text in found if kind == language]


def codes(text: str) -> set[str]:
    """What stands in backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def words_in_code(text: str) -> set[str]:
    """Every word that stands in backticks or in an indented or fenced block."""
    fenced = re.findall(r"^```.*?^```$", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^    .*$", text, re.MULTILINE)
    return {word for part in (*codes(text), *fenced, *indented) for word in re.findall(r"[A-Za-z][\w-]*", part)}


def links(path: Path) -> list[str]:
    """Relative links of a page, without those in code."""
    text = re.sub(r"^```.*?^```$|^    [^\n]*$|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"\]\(([^)\s]+)\)", text)
    return [link for link in found if not re.match(r"[a-z]+:", link)]
