"""The rules this site answers by: one edition, read once, with what was worked out of it kept while it is asked for."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from guiju.calendars import today
from guiju.lookup import Facts, Search
from guiju.norms import Books, Corpus, builtin_books, compiled, open_edition


def site_books() -> Books:
    """The books of this site's edition: those of this version, or of the edition file that was chosen."""
    return open_edition(Path(settings.EDITION)) if settings.EDITION else builtin_books()


@cache
def site_corpus() -> Corpus:
    """The edition of this site."""
    return compiled(site_books(), settings.HOME / "cache")


def site_today() -> date:
    """The day on which a page without a day of its own answers (UTC, as on the command line)."""
    return today("UTC")


@lru_cache(maxsize=24)
def facts_on(on: date, known: date) -> Facts:
    """The rules as they stand on a day, as known by a day."""
    return Facts(site_corpus(), on, known)


@lru_cache(maxsize=8)
def search_on(on: date, known: date) -> Search:
    """The search over them."""
    return Search(facts_on(on, known))
