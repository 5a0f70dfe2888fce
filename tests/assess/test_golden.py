"""Reports kept word for word. After a change that is meant, write them anew and read the difference:

GUIJU_GOLDEN=write python3 run.py test tests/assess/test_golden.py
"""

from __future__ import annotations

import os
import re

import pytest
from tests.assess.desk import DOSSIERS, GOLDEN, answered

from guiju import __version__
from guiju.assess.html import html_page
from guiju.assess.report import report_of


def neutral(html: str) -> str:
    """Without the style sheet, which has no words, digests, and the version of the program."""
    html = re.sub(r"<style>.*?</style>\n", "", html, flags=re.DOTALL).replace(f"uiju {__version__}", "uiju 0")
    return re.sub(r"\b[0-9a-f]{12,64}\b", "0" * 12, html)


@pytest.mark.parametrize("name", DOSSIERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_is_as_it_was(name: str, lang: str) -> None:
    path = GOLDEN / f"{name}.{lang}.html"
    html = neutral(html_page(report_of(answered(name), lang)))
    if os.environ.get("GUIJU_GOLDEN") == "write":
        path.write_text(html, encoding="utf-8")
    assert html == path.read_text(encoding="utf-8"), "see the docstring of this file"
