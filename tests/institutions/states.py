"""What the tests of states share: checks to look at, and the words of a page."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check, Colleague, Share
from guiju.subjects import card_from, read_dossier

ROOT: Final = Path(__file__).parents[2]
CARD: Final = (ROOT / "tests" / "docs" / "card.md").read_text(encoding="utf-8")
DAY: Final = date(2026, 11, 22)
LANGS: Final = ("zh", "en")
MARKETS: Final = "ask/system/cv-screening-eu/markets"


def opened(name: str = "cv-screening-eu") -> tuple[Check, str]:
    """A check of a sample, and its key."""
    return checks.open_check(read_dossier(ROOT / "samples" / f"{name}.yaml", site_corpus().vocabulary), name=name)


def from_card() -> tuple[Check, str]:
    """A check begun with a model card of which nothing is decided, and its key."""
    return checks.open_check(card_from(CARD, "card.md", site_corpus().vocabulary), CARD.encode(), "card.md")


def told(response: Any) -> str:
    """The words of a page."""
    page = re.sub(r"<template.*?</template>", "", response.content.decode(), flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def says(response: Any, lang: str, zh: str, en: str) -> None:
    """A sentence of the page, in its language; as a heading it has no full stop."""
    assert (zh if lang == "zh" else en).rstrip("。.") in told(response), told(response)


def hidden(page: str, name: str) -> str:
    """What a hidden field of a form says."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def over(link: Check | Share | Colleague) -> None:
    """Let the time of a link be over."""
    link.expires = timezone.now() - timedelta(seconds=1)
    link.save()
