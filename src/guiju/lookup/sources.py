"""What an entry rests on, in the reader's language.

Rule files name their sources in the words of whoever checked them, once. The words that recur stand in the catalogue under a
key made of them; citations of provisions (Article 5(1)(h), first subparagraph) are turned into Chinese here; the name of a
text that is held is said as that. What is left is shown as it stands, with the language that it is in.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Final

from guiju.calendars import words
from guiju.norms.statutes.places import ORDINALS, ROMANS
from guiju.wording import chinese_number, codes, fill

_HELD: Final = re.compile(r"[a-z][a-z0-9-]*-(?:19|20)[0-9]{2}(?:-[a-z]+)?(?:\.PARTIAL)?")
_VERSION: Final = re.compile(r"(?P<cited>.+?)(?:, (?P<a>(?:19|20)[0-9]{2}) text| \((?P<b>(?:19|20)[0-9]{2}) text\))")
_COMPARED: Final = re.compile(r"(?P<cited>.+) in the two texts")
_CONSOLIDATED: Final = re.compile(r"(?P<cited>.+), text consolidated to (?P<day>[0-9-]{10})")
_PLACED: Final = re.compile(r"(?P<work>.+?), (?P<place>(?:paras?|points?) [0-9].*)")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile("[A-Za-z]{2}")
_BETWEEN: Final = {"zh": "；", "en": "; "}

_HOUSE: Final = {
    "条文没有写明": "house-unwritten",
    "第二条与第二十二条合读": "house-two-and-twenty-two",
    "第二条第一项“等”字": "house-etc-in-two",
    "第十四条“不同类别”": "house-categories-in-fourteen",
    "第十四条、第八条": "house-fourteen-and-eight",
    "若干实务文章": "house-practitioners",
    "个人信息保护法第七十三条第一项": "house-pipl-seventy-three",
    "国家网信办公布的深度合成服务算法备案清单": "house-supporters-filed",
}
"""Sources that the rule files have in Chinese, and their keys."""


@cache
def source_words(source: str, lang: str) -> str:
    """A source in words: those of the catalogue, a citation, or as it stands with the language that it is in."""
    return _known(source, lang) or _BETWEEN[lang].join(dict.fromkeys(_piece(one, lang) for one in source.split("; ")))


def _piece(source: str, lang: str) -> str:
    if found := _known(source, lang):
        return found
    if _HELD.fullmatch(source):
        return _say("held", lang)
    if found := _of_a_text(source, lang):
        return found
    if lang == "zh" and _LATIN.search(source):
        return cited(source) or _placed(source, lang) or _say("foreign", lang, source=source)
    if lang == "en" and _HAN.search(source):
        return _say("foreign", lang, source=source)
    return source


def _of_a_text(source: str, lang: str) -> str:
    """A citation that says in which text it was read."""
    if version := _VERSION.fullmatch(source):
        return _say("text", lang, cited=_piece(version["cited"], lang), year=version["a"] or version["b"])
    if compared := _COMPARED.fullmatch(source):
        return _say("compared", lang, cited=_piece(compared["cited"], lang))
    if (text := _CONSOLIDATED.fullmatch(source)) and (day := _day(text["day"])):
        return _say("consolidated", lang, cited=_piece(text["cited"], lang), day=words(day, lang))
    return ""


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _placed(source: str, lang: str) -> str:
    """Paragraphs or points of a work that the catalogue names."""
    found = _PLACED.fullmatch(source)
    work, place = (_known(found["work"], lang), cited(found["place"])) if found else ("", "")
    return _say("placed", lang, work=work, place=place) if work and place else ""


def _say(code: str, lang: str, **fields: str) -> str:
    return fill(f"rules.source-{code}", lang, "message", fields)


def _known(source: str, lang: str) -> str:
    key = _HOUSE.get(source) or re.sub(r"[^0-9a-z]+", "-", source.casefold()).strip("-")
    code = f"rules.source.{key}"
    return fill(code, lang, "message", {}) if key and code in codes(lang) else ""


# -- citations ---------------------------------------------------------------------------------------------------------------

_ORDINALS: Final = {word: at for at, word in enumerate(ORDINALS, 1)}
_ORDINAL: Final = "|".join(_ORDINALS)
_TOKEN: Final = re.compile(
    rf"(?P<list>(?:{_ORDINAL})(?:(?:, | and )(?:{_ORDINAL}))*) (?P<level>subparagraph|paragraph|sentence)s?"
    r"|(?P<article>Articles? )|(?P<law>GDPR )"
    r"|Annex(?:es)? (?P<annex>[IVX]+)|Section (?P<section>[A-Z0-9])"
    r"|points? \((?P<letter>[a-z]{1,2})\)"
    r"|(?P<unit>point|para|recital)s? (?P<numbers>[0-9][0-9.]*(?:(?:, | and | to )[0-9][0-9.]*)*)"
    r"|\((?P<number>[0-9]+[a-z]?)\)|\((?P<roman>i{1,3}|iv|vi{0,3})\)|\((?P<item>[a-z]{1,2})\)"
    r"|(?P<whole>[0-9]+[a-z]?)"
    r"|(?P<drop>, )(?=(?:" + _ORDINAL + r"|points?|Section)\b)"
    r"|(?P<join>, and |, | and | to )"
)
_LEVELS: Final = {"subparagraph": "段", "paragraph": "款", "sentence": "句"}
_UNITS: Final = {"point": "第{}点", "para": "第{}段", "recital": "序言第{}段"}
_JOINED: Final = {", and ": "和", ", ": "、", " and ": "和", " to ": "至"}
_DEFINITIONS: Final = "3"
"""The article whose numbered parts are definitions: 项, not 款."""


def cited(source: str) -> str:
    """A citation of an EU act in Chinese (Article 5(1)(h) becomes 第5条第1款（h）项); empty where it is not only that."""
    said, at, article, before = "", 0, "", ""
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            return ""
        kind = str(found.lastgroup)
        said += _token(found, article, before)
        article = found["whole"] or article
        if kind != "join" or before != "roman":
            before = kind
        at = found.end()
    return said


def _token(found: re.Match[str], article: str, before: str) -> str:
    if found["list"]:
        return "、".join(f"第{_ORDINALS[one]}{_LEVELS[found['level']]}" for one in re.findall(_ORDINAL, found["list"]))
    if found["unit"]:
        parts = re.split("(, | and | to )", found["numbers"])
        return "".join(_JOINED.get(part) or _UNITS[found["unit"]].format(part) for part in parts)
    if found["annex"]:
        annex = found["annex"].lower()
        return f"附件{chinese_number(1 + ROMANS.index(annex))}" if annex in ROMANS else found[0]
    if found["number"]:
        return f"第{found['number']}{'项' if article == _DEFINITIONS else '款'}"
    if found["roman"]:
        at = ROMANS.index(found["roman"]) + 1
        return f"第{at}目" if before in ("item", "letter", "roman") else f"（{found['roman']}）项"
    if letter := found["letter"] or found["item"]:
        return f"（{letter}）项"
    for name, pattern in {"law": "{}", "section": "第{}节", "whole": "第{}条"}.items():
        if found[name]:
            return pattern.format(found[name].strip())
    return _JOINED.get(found["join"] or "", "")
