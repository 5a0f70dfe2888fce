"""Small pieces of sentences: lists, quotation marks, near matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def join_words(words: Sequence[str], lang: str, last: str = "and") -> str:
    """A list in words: ``a, b and c`` or ``甲、乙和丙``; ``last`` is "and" or "or"."""
    if len(words) < 2:
        return "".join(words)
    if lang == "zh":
        glue = "和" if last == "and" else "或"
        return f"{'、'.join(words[:-1])}{glue}{words[-1]}"
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def chinese_number(number: int) -> str:
    """一 to 九百九十九, as statutes count their articles."""
    digits = "〇一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        words += "〇"
    return words + (digits[ones] if ones or not number else "")


def quote(word: str, lang: str) -> str:
    """Quotation marks of the language."""
    return f"“{word}”" if lang == "zh" else f"‘{word}’"


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Known names that are nearly ``word``, best first; a name that differs only by its prefix counts as near."""
    names = list(known)
    found = get_close_matches(word, names, n=limit, cutoff=0.72)
    tail = word.rsplit(".", 1)[-1]
    found += [name for name in names if name.rsplit(".", 1)[-1] == tail and name not in found]
    return found[:limit]
