"""Markdown and HTML taken off words: plain text, links, sentences, and the names that a label holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final

_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,800}\)")
_PICTURE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\(([^()\s]{0,800})\)")
_LINK: Final = re.compile(r"\[([^\[\]]{0,300})\]\(([^()\s]{0,800})[^()]{0,200}\)")
_ANCHOR: Final = re.compile(r"<a\b[^<>]{0,300}?href=[\"']([^\"'<>]{1,800})[\"'][^<>]{0,300}>(.{0,300}?)</a", re.IGNORECASE)
_SOURCE: Final = re.compile(r"<img\b[^<>]{0,300}?src=[\"']([^\"'<>]{1,800})[\"']", re.IGNORECASE)
_BARE: Final = re.compile(r"(?<![\w(\"'=])https?://[^\s<>()\"'\]]{4,400}")
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]{0,600}>")
_EMPHASIS: Final = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+")
_SPACE: Final = re.compile(r"\s+")
_ESCAPE: Final = re.compile(r"\\([-!#()*+.\[\]_`{}~|<>])")
_SENTENCE: Final = re.compile(r"[.!?]['\")\]”]{0,2}\s+(?=[A-Z0-9\"'(\[“À-Þ\u2e80-\uffff])|[。！？；]\s*")
_LABEL_PARTS: Final = re.compile(r"[/()（）&、，,|\[\]【】]|\band\b|\bor\b|和|与")
_LABEL_TRIM: Final = re.compile(r"^[\W\d_]+|[\W_]+$")


def plain(words: str) -> str:
    """Words without markup; a link is its text, an image nothing."""
    if len(words) > 40_000:
        words = words[:40_000]
    if "[" in words:
        words = _LINK.sub(r"\1", _IMAGE.sub("", words))
        words = _LINK.sub(r"\1", words)
    if "<" in words:
        words = _TAG.sub(" ", words)
    if "*" in words or "_" in words or "`" in words:
        words = _EMPHASIS.sub("", words)
    if "\\" in words:
        words = _ESCAPE.sub(r"\1", words)
    if "&" in words:
        words = unescape(words)
    return _SPACE.sub(" ", words).strip()


def links_in(words: str) -> list[tuple[str, str]]:
    """The links of a line: their text and address."""
    if "](" not in words and "http" not in words and "href" not in words:
        return []
    pictures = _PICTURE.findall(words) if "![" in words else []
    bare = _IMAGE.sub("", words) if pictures else words
    found = [(plain(text), url) for text, url in _LINK.findall(bare)] if "](" in words else []
    found += [("", url) for url in pictures]
    if "<" in words:
        found += [(plain(text), url) for url, text in _ANCHOR.findall(words)]
        found += [("", url) for url in _SOURCE.findall(words)]
    seen = {url for _, url in found}
    found += [("", url) for url in _BARE.findall(words) if url not in seen] if "http" in words else []
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends; none is longer than two thousand characters."""
    begin = 0
    for found in _SENTENCE.finditer(text):
        yield from _pieces(begin, found.end())
        begin = found.end()
    yield from _pieces(begin, len(text))


def _pieces(begin: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(begin, end, 2000):
        yield start, min(end, start + 2000)


@lru_cache(maxsize=4096)
def labels_of(label: str) -> frozenset[str]:
    """The names in a label, in small letters: “7. License Agreement (许可)” holds *license agreement* and *许可*."""
    parts = [label, *_LABEL_PARTS.split(label)]
    return frozenset(filter(None, (_LABEL_TRIM.sub("", part.strip()).strip().lower() for part in parts)))
