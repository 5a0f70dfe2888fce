"""Text that exists in several languages: a map of language to string, with missing shown as missing."""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, str]
"""Language code to text. The corpus may lack a language; it is then shown in the other, and marked."""


def as_text(value: object) -> Text:
    """A plain string as a text in an unnamed language, a map as it is."""
    if isinstance(value, Mapping):
        return {str(lang): str(words) for lang, words in value.items()}
    return {"und": str(value)}


def in_language(value: Text | None, lang: str) -> str:
    """The text in ``lang``; if it does not exist there, the one that exists, with its language named in brackets."""
    if not value:
        return ""
    if lang in value:
        return value[lang]
    other, words = next(iter(value.items()))
    return words if other == "und" else f"{words} [{other}]"
