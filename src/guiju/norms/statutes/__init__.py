"""Readers of statute text: from a plain text to its provisions, and how a pinpoint names them."""

from guiju.norms.statutes.numerals import NUMERAL, chinese_integer, number_of
from guiju.norms.statutes.outline import Outline, outline_of, read_outline, written_outline
from guiju.norms.statutes.places import Place, PlaceError, place_from, read_places
from guiju.norms.statutes.reader import Statute, StatuteError, StatutePart, leaves, read_statute, statute_from
from guiju.norms.statutes.text import fingerprint, uniform

__all__ = [
    "NUMERAL",
    "Outline",
    "Place",
    "PlaceError",
    "Statute",
    "StatuteError",
    "StatutePart",
    "chinese_integer",
    "fingerprint",
    "leaves",
    "number_of",
    "outline_of",
    "place_from",
    "read_outline",
    "read_places",
    "read_statute",
    "statute_from",
    "uniform",
    "written_outline",
]
