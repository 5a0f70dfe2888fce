"""Readers of statute text: from a plain text to its provisions, and how a pinpoint names them."""

from guiju.norms.statutes.numerals import NUMERAL, chinese_integer, number_of
from guiju.norms.statutes.outline import Outline, outline_of, read_outline, written_outline
from guiju.norms.statutes.pinpoints import place_from, read_places
from guiju.norms.statutes.pinpoints_en import earlier_text, names_another_act, sentences_of
from guiju.norms.statutes.places import CHINESE, UNION, Place, PlaceError, follows
from guiju.norms.statutes.reader import Statute, StatutePart, leaves, read_statute, statute_from
from guiju.norms.statutes.sources import read_text_of, texts_below
from guiju.norms.statutes.text import fingerprint, uniform
from guiju.norms.statutes.union import read_union, union_from
from guiju.norms.statutes.union_lines import Provision, StatuteError

__all__ = [
    "CHINESE",
    "NUMERAL",
    "UNION",
    "Outline",
    "Place",
    "PlaceError",
    "Provision",
    "Statute",
    "StatuteError",
    "StatutePart",
    "chinese_integer",
    "earlier_text",
    "fingerprint",
    "follows",
    "leaves",
    "names_another_act",
    "number_of",
    "outline_of",
    "place_from",
    "read_outline",
    "read_places",
    "read_statute",
    "read_text_of",
    "read_union",
    "sentences_of",
    "statute_from",
    "texts_below",
    "uniform",
    "union_from",
    "written_outline",
]
