"""The rules themselves, looked up: found by number and words, as they stand on a day, linked both ways, counted, as JSON.

No subject is asked about here; what a rule does to one system is ``assess``.
"""

from guiju.lookup.answers import (
    MOST_HITS,
    Found,
    NotThereError,
    RulesError,
    document,
    editions_json,
    instrument_named,
    list_json,
    look_up,
    search_json,
    searched,
    show_json,
    stats_json,
)
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
from guiju.lookup.between import BETWEEN_EXAMPLE, GONE, TEXT, Altered, Between, between, between_json
from guiju.lookup.facts import Days, Facts, Link, norm_conditions
from guiju.lookup.norm_words import NormWords, Row
from guiju.lookup.opened import FolderError, cache_folder, corpus_for, corpus_of
from guiju.lookup.search import Hit, Query, Search, tidy, understood
from guiju.lookup.statistics import place_of, statistics
from guiju.lookup.themes import THEMES, theme_of
from guiju.lookup.words import Words

__all__ = [
    "BETWEEN_EXAMPLE",
    "GONE",
    "MOST_HITS",
    "TEXT",
    "THEMES",
    "Altered",
    "Between",
    "Days",
    "Facts",
    "FolderError",
    "Found",
    "Hit",
    "Link",
    "NormWords",
    "NotThereError",
    "Query",
    "Row",
    "RulesError",
    "Search",
    "Words",
    "between",
    "between_json",
    "cache_folder",
    "corpus_for",
    "corpus_of",
    "counts",
    "document",
    "editions_json",
    "event_json",
    "instrument_brief",
    "instrument_json",
    "instrument_named",
    "instrument_status",
    "list_json",
    "look_up",
    "name_json",
    "norm_brief",
    "norm_conditions",
    "norm_json",
    "place_of",
    "plain",
    "scheme_json",
    "search_json",
    "searched",
    "show_json",
    "statistics",
    "stats_json",
    "theme_of",
    "tidy",
    "understood",
]
