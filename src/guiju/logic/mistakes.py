"""What goes wrong in a condition: the error, and what people write instead of what the grammar has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from guiju.wording import LANGUAGES, GuijuError, Text, Where, nearest, text


class ExpressionError(GuijuError):
    """A condition that cannot be read, or does not fit the names it speaks of."""


WORD_OPERATORS: Final = {
    "and": "&&", "or": "||", "not": "!", "is": "==", "equals": "==", "且": "&&", "并且": "&&", "和": "&&", "与": "&&", "或": "||",
    "或者": "||", "非": "!", "不": "!", "不是": "!", "等于": "==", "是": "==",
}  # fmt: skip
"""Words that stand where an operator belongs; compared in lower case."""

OPERATORS: Final = {
    "===": "==", "!==": "!=", "=>": ">=", "=<": "<=", "<>": "!=", "=": "==", "&": "&&", "|": "||", "~": "!", "¬": "!",
    "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "∧": "&&", "∨": "||", "−": "-", "–": "-", "∈": "in",
}  # fmt: skip
"""Signs of other languages and of mathematics; the longest that fits is meant."""

_TYPED_IN_CHINESE: Final = {
    "“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"',
    "‘": '"', "’": '"', "＇": '"', "＝": "==", "＆": "&&",
    "｜": "||", "、": ",", "。": ".", "【": "[", "】": "]", "〔": "[", "〕": "]", "《": "<", "》": ">", "〈": "<", "〉": ">",
}  # fmt: skip

MACROS: Final = frozenset([
    "exists", "exists_one", "all", "has", "size", "map", "filter", "matches", "contains", "startsWith", "endsWith", "type",
    "int", "uint", "string", "double",
])  # fmt: skip
"""Functions of CEL that this language does without."""

UNASKABLE: Final = frozenset([
    "known", "unknown", "is_known", "is_unknown", "today", "now",
])  # fmt: skip
"""Tests that would let an answer change when more is learnt, or with the day of asking."""

RESERVED: Final = frozenset([
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "package",
    "namespace", "null", "return", "var", "void", "while",
])  # fmt: skip
"""Words that CEL keeps for itself, so that no name may be called so."""


def ascii_for(character: str) -> str | None:
    """What to type instead of a full-width or typographic character; None if it is not one."""
    if character in _TYPED_IN_CHINESE:
        return _TYPED_IN_CHINESE[character]
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain != character and plain.isascii() and plain.isprintable() else None


def in_all_languages(key: str, **fields: object) -> Text:
    """A catalogue text in every language, to be a field of a message."""
    return {lang: text(key, lang, **fields) for lang in LANGUAGES}


def near_advice(got: str, known: Iterable[str], otherwise: str) -> Text:
    """“Did you mean ...?” with near matches, or else the advice of the catalogue entry ``otherwise``."""
    names = sorted(known)
    found = nearest(got, names)
    folded = [name for name in names if name.lower() == got.lower() and name not in found]
    near = [f"“{name}”" for name in folded + found]
    if not near:
        return in_all_languages(otherwise, known=names)
    return in_all_languages("expression.near", near=near[0] if len(near) == 1 else near)


def unknown_name(path: str, known: Iterable[str], where: Where | None = None) -> ExpressionError:
    """The error for a name that the vocabulary does not have, with the names nearest to it; for a ``Scope`` to raise."""
    advice = near_advice(path, known, "expression.look-up-names")
    return ExpressionError("expression.unknown-name", where=where, got=path, advice=advice)
