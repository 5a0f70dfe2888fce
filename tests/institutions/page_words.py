"""What a page says, and what no page may say: ids where a name belongs, words of the other language, slips of the pen."""

import re
from functools import cache
from html import unescape

from django.test import Client
from tests.wording.prose import CHINESE, latin

from guiju.institutions.hall.edition import site_corpus

_SMALL_PRINT = re.compile(r"<(code|script|style|option|textarea)\b[^>]*>.*?</\1>", re.DOTALL)
_OTHER_LANGUAGE = re.compile(r'<(\w+)\b[^>]*\blang="[^"]*"[^>]*>.*?</\1>', re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|i|mark|q|span|strong|sub|sup|time|wbr)\b[^>]*>")
_SMALL = re.compile(r"</?small\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r"https?://\S+")
_DIGEST = re.compile(r"\bsha256:[0-9a-f]+…?|\b(?=\d*[a-f])[0-9a-f]{8,}…?")
_EMPTY_HEADING = re.compile(r"<h[1-6]\b[^>]*>\s*(?:<[^>]+>\s*)*</h[1-6]>")

_SLIPS = {
    "an id": re.compile(r"\b(?:eu|cn|kr)/[a-z0-9-]{3,}|\b(?:eu|cn|kr|base)\.[a-z]+_[a-z_]+"),
    "an empty value": re.compile(r"(?:^|[:,(] ?)None(?=$|[.,;)])|\b(?:null|undefined|nan)\b|\{\w+\}"),
    "double punctuation": re.compile(r"[。，；：、]{2,}|(?<![./])\.\.(?![./])|[,;:]{2,}|[.。][。，；;]|[？?][。.]|\.[,;](?! )"),
    "a doubled space": re.compile(r"\S {2,}\S"),
    "a space before punctuation": re.compile(r"\w [,;.](?:\s|$)|\s[。，；：]"),
}

UNFILLED = re.compile(r"\{\w+\}|\bNone\b|&lt;a |\[(?:zh|en)\]")
"""What a template left unfilled, or escaped twice."""


def main_of(page: str) -> str:
    """What stands in <main>."""
    return page.split("<main", 1)[1].split(">", 1)[1].split("</main>", 1)[0]


def body(client: Client, address: str, status: int = 200) -> str:
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return response.content.decode()


def words_of(page: str) -> str:
    """The words of a page, tags and runs of blanks away."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main_of(page))).split())


@cache
def _names() -> re.Pattern[str]:
    names = (name for name in site_corpus().vocabulary.declared if "_" in name)
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, names))})(?![\w/-])")


def lines_of(page: str) -> list[str]:
    """The texts of a page without small print (code, addresses, digests) and without what is marked as another language."""
    text = main_of(page)
    for pattern, instead in ((_SMALL_PRINT, "\n"), (_OTHER_LANGUAGE, ""), (_INLINE, ""), (_SMALL, "\n"), (_TAG, "\n")):
        text = pattern.sub(instead, text)
    text = _DIGEST.sub("", _ADDRESS.sub("", unescape(text)))
    return [line.strip() for line in text.split("\n") if line.strip()]


def faults(page: str, lang: str) -> list[str]:
    """What of a page of rules a reader should not see."""
    found = ["an empty heading"] if _EMPTY_HEADING.search(main_of(page)) else []
    for line in lines_of(page):
        found += [f"{what}: {line[:90]}" for what, pattern in _SLIPS.items() if pattern.search(line)]
        if _names().search(line):
            found.append(f"an id: {line[:90]}")
        if lang == "en" and CHINESE.search(line):
            found.append(f"Chinese: {line[:90]}")
        if lang == "zh" and (words := latin(line)):
            found.append(f"Latin words {words}: {line[:90]}")
    return found
