"""The visible words of the reports on the two samples that are filled in whole, kept line by line.

After a change of rules or wording that is meant, write them anew and read the difference:

GUIJU_GOLDEN=write python3 run.py test tests/assess/test_golden_samples.py
"""

from __future__ import annotations

import os
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from guiju import __version__
from guiju.assess import assess
from guiju.assess.html import html_page
from guiju.assess.report import report_of
from guiju.norms import builtin
from guiju.subjects import read_subject

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden" / "samples"
KNOWN = date(2026, 11, 22)
SAMPLES = {"cv-screening-eu": date(2028, 1, 10), "companion-chat-cn": date(2026, 11, 22)}
HIDDEN = ("style", "svg", "script", "details")  # what is folded is left to the rules and to the small reports
BLOCKS = frozenset({
    "address", "article", "caption", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3",
    "h4", "header", "li", "main", "nav", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title",
    "tr", "ul",
})  # fmt: skip


class Words(HTMLParser):
    """The text that a reader sees, one block to a line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in HIDDEN
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines[-1] += data


def words_of(html: str) -> str:
    reader = Words()
    reader.feed(html)
    lines = (re.sub(r"\s+", " ", line).strip() for line in reader.lines)
    text = "\n".join(line for line in lines if line) + "\n"
    return re.sub(r"\b[0-9a-f]{12,64}\b", "0" * 12, text).replace(__version__, "0")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_the_report_says_what_it_said(name: str, lang: str) -> None:
    dossier = read_subject(ROOT / "samples" / f"{name}.yaml", builtin().vocabulary)
    found = words_of(html_page(report_of(assess(dossier, builtin(), SAMPLES[name], KNOWN), lang)))
    path = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("GUIJU_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found.splitlines() == path.read_text(encoding="utf-8").splitlines(), "see the docstring of this file"
