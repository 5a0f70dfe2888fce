"""Sentences made short enough for a title."""

from __future__ import annotations

from typing import Final

_MOST: Final = {"zh": 36, "en": 84}
"""How many signs of a sentence a title takes."""

_PAUSES: Final = {"zh": ("，", "；", "：", "。"), "en": (", ", "; ", ": ", ". ")}
"""Where a sentence that is too long may end."""


def short_words(sentence: str, lang: str) -> str:
    """As much of a sentence as a title takes: up to a pause, else between words; what is left out is told by dots."""
    most = _MOST[lang]
    if len(sentence) <= most:
        return sentence.rstrip("。.")
    cut = sentence[:most] if lang == "zh" else sentence[: most + 1].rpartition(" ")[0]
    pause = max(cut.rfind(sign) for sign in _PAUSES[lang])
    return (cut[:pause] if pause > most // 2 else cut).rstrip("，；、：,;: ") + "…"
