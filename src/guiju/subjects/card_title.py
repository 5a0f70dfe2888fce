"""What a card calls its model."""

from __future__ import annotations

import re
from typing import Final

from guiju.subjects.card_markup import plain
from guiju.subjects.front_matter import FrontMatter

_HEADING: Final = re.compile(r"#{1,6}[ \t]+(.+?)[ \t#]*")
_HTML_HEADING: Final = re.compile(r"<h1[^>]*>(.{1,300}?)</h1>", re.IGNORECASE | re.DOTALL)
_SETEXT: Final = re.compile(r"=+[ \t]*")
_SAYS_NOTHING: Final = frozenset({"model card for model id", "model card", "model details", "model information", "readme"})

_NOTICE: Final = re.compile(r"https?://|^deprecated\b", re.IGNORECASE)
"""A heading with an address in it tells the reader where to go, and names nothing."""


def title_of(lines: list[str], matter: FrontMatter) -> str | None:
    """What the card calls its model: its own key, else the first heading, unless it is that of a template."""
    own = matter.fields.get("model_name", [])
    if len(own) == 1:
        return own[0].text[:200]
    body = lines[matter.body :]
    for index, line in enumerate(_outside_fences(body)):
        heading = _HEADING.fullmatch(line.strip()) if line.startswith("#") else None
        if heading is None and line.strip() and index + 1 < len(body) and _SETEXT.fullmatch(body[index + 1]):
            words = _clean(line)
        else:
            words = _clean(heading[1]) if heading else _html_title(line, body, index)
        if words:
            return None if words.lower().strip(":. ") in _SAYS_NOTHING or _NOTICE.search(words) else words
    return None


def _html_title(line: str, body: list[str], index: int) -> str:
    if "<h1" not in line.lower():
        return ""
    found = _HTML_HEADING.search("\n".join(row[:500] for row in body[index : index + 6]))
    return _clean(found[1]) if found else ""


def _outside_fences(lines: list[str]) -> list[str]:
    """The lines with those inside code fences and comments blanked."""
    kept, fence, comment = [], "", False
    for line in lines:
        start = line.lstrip()[:3]
        if not comment and start in ("```", "~~~") and (not fence or start == fence):
            fence = "" if fence else start
            kept.append("")
            continue
        comment = not fence and (comment or "<!--" in line) and "-->" not in line
        kept.append("" if fence or comment else line[:2000])
    return kept


def _clean(words: str) -> str:
    return plain(words[:2000]).strip(" #*_`")[:200]
