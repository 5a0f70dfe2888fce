"""The rules themselves, looked up: found by number and words, as they stand on a day, linked both ways, counted, as JSON.

No subject is asked about here; what a rule does to one system is ``assess``.
"""

from guiju.lookup.as_json import (
    counts,
    event_json,
    instrument_brief,
    instrument_json,
    instrument_status,
    name_json,
    norm_brief,
    norm_json,
    plain,
    scheme_json,
)
from guiju.lookup.facts import Days, Facts, Link, norm_conditions
from guiju.lookup.opened import FolderError, cache_folder, corpus_for, corpus_of
from guiju.lookup.search import Hit, Query, Search, tidy, understood
from guiju.lookup.statistics import place_of, statistics
from guiju.lookup.words import Words

__all__ = [
    "Days",
    "Facts",
    "FolderError",
    "Hit",
    "Link",
    "Query",
    "Search",
    "Words",
    "cache_folder",
    "corpus_for",
    "corpus_of",
    "counts",
    "event_json",
    "instrument_brief",
    "instrument_json",
    "instrument_status",
    "name_json",
    "norm_brief",
    "norm_conditions",
    "norm_json",
    "place_of",
    "plain",
    "scheme_json",
    "statistics",
    "tidy",
    "understood",
]
