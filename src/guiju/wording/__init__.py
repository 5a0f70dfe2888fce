"""Text in several languages: the message catalogues, the errors every room raises, and words for lists.

The lowest floor: everything above may say something to a reader, nothing here knows what the house is about.
"""

from guiju.wording.catalogue import LANGUAGES, codes, fields_of, fill, language, text
from guiju.wording.errors import GuijuError, Where
from guiju.wording.phrases import chinese_number, join_words, nearest, quote
from guiju.wording.texts import Text, as_text, in_language

__all__ = [
    "LANGUAGES",
    "GuijuError",
    "Text",
    "Where",
    "as_text",
    "chinese_number",
    "codes",
    "fields_of",
    "fill",
    "in_language",
    "join_words",
    "language",
    "nearest",
    "quote",
    "text",
]
