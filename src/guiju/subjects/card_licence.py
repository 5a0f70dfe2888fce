"""Under which licence a card says that its model is released, and what that allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.subjects.card_finding import DENIED, Doubt, Finding, around, is_filled
from guiju.subjects.card_sections import Card, Passage, whole_text
from guiju.subjects.front_matter import FrontMatter, Stated

_SPDX: Final = {
    "apache-2.0": "apache_2_0", "apache-2": "apache_2_0", "apache2.0": "apache_2_0", "apache2": "apache_2_0",
    "apache-license-2.0": "apache_2_0", "apache": "apache_2_0",
    "mit": "mit", "mit-license": "mit",
    "bsd": "bsd", "bsd-2-clause": "bsd", "bsd-3-clause": "bsd", "bsd-3-clause-clear": "bsd",
    "gemma": "gemma_terms", "proprietary": "proprietary",
}  # fmt: skip
_SPDX_FAMILIES: Final = (
    (re.compile(r"(a|l)?gpl(-[0-9.]+)?(-only|-or-later)?"), "gpl"),
    (re.compile(r"cc-by(-[0-9.]+)?"), "cc_by"),
    (re.compile(r"cc-by-sa(-[0-9.]+)?"), "cc_by_sa"),
    (re.compile(r"cc-by-nc(-sa|-nd)?(-[0-9.]+)?"), "cc_by_nc"),
    (re.compile(r"([a-z]+-)*(open)?rail(-m|\+\+|-[0-9.]+)*"), "openrail"),
    (re.compile(r"llama-?[0-9.]+(-community)?"), "llama_community"),
)
FREE: Final = ("apache_2_0", "mit", "bsd")
UNLISTED: Final = frozenset({"llama_community", "gemma_terms", "proprietary", "openrail"})
"""Licences that people also call *other*, custom or a community licence."""
FREEDOMS: Final = ("access", "use", "modification", "distribution")

_NAMED: Final = (
    ("apache_2_0", re.compile(r"\bapache(?:[\s,-]*(?:software\s+)?licen[cs]e|[\s,-]*(?:version|v)?\.?\s*2|\s*(?:许可|开源"
        r"|协议|ライセンス))", re.IGNORECASE)),
    ("mit", re.compile(r"\bMIT\b|\bmit[\s-]+licen[cs]e\b", 0)),
    ("bsd", re.compile(r"\bBSD\b|\bbsd-\d", 0)),
    ("gpl", re.compile(r"\b[al]?gpl(?:v?-?\d|\b)|\bgnu (?:affero |lesser )?general public", re.IGNORECASE)),
    ("cc_by_nc", re.compile(r"\bcc[\s-]*by[\s-]*nc|\bcreative commons[^.;]{0,30}non-?commercial"
        r"|署名[\s-]*非商业", re.IGNORECASE)),
    ("cc_by_sa", re.compile(r"\bcc[\s-]*by[\s-]*sa|\bcreative commons attribution[\s-]*share-?alike"
        r"|署名[\s-]*相同方式", re.IGNORECASE)),
    ("cc_by", re.compile(r"\bcc[\s-]*by\b(?![\s-]*(?:nc|sa|nd))|\bcreative commons attribution\b(?![\s-]*(?:non|share"
        r"|no))", re.IGNORECASE)),
    ("openrail", re.compile(r"\b(?:[a-z]+[\s-])?(?:open)?rail(?:\+\+|\b)|\bresponsible ai licen[cs]e", re.IGNORECASE)),
    ("llama_community", re.compile(r"\bllama[\s-]*\d[\d.]*[\s-]*(?:community|licen[cs]e)"
        r"|\bllama (?:community )?licen[cs]e", re.IGNORECASE)),
    ("gemma_terms", re.compile(r"\bgemma (?:terms|licen[cs]e|prohibited)", re.IGNORECASE)),
    ("proprietary", re.compile(r"\bproprietary\b|专有许可|専有", re.IGNORECASE)),
    ("other_licence", re.compile(
        r"\b(?:mpl|isc|wtfpl|eupl|cc0|unlicense|odc-by|openmdw)\b|\bcc[\s-]*by[\s-]*nd|\bmozilla public|木兰"
        r"|\b(?:community|model|research|commercial|custom|non-?commercial|academic) (?:use )?licen[cs]e\b|(?:社区|模型"
        r"|商用)许可(?:协议|证)", re.IGNORECASE)),
)  # fmt: skip
_COMMUNITY: Final = re.compile(r"\bllama[\s-]*\d[\d.]*[\s-]*community licen[cs]e", re.IGNORECASE)
_LABELS: Final = frozenset({
    "license", "licence", "licenses", "licences", "licensing", "model license", "model licence", "weights license",
    "license agreement",
    "license type", "license information", "license details", "licensing information", "model weights license",
    "许可证", "许可", "协议", "许可协议", "使用协议", "开源协议", "开源许可", "模型许可", "模型协议", "授权", "授权协议",
    "许可信息",
    "ライセンス", "利用許諾", "モデルライセンス",
})  # fmt: skip
_CODE: Final = re.compile(
    r"\b(?:code|codebase|repository|repo|scripts?|software|library|package|github)\b|代码|仓库|脚本"
    r"|コード|リポジトリ",
    re.IGNORECASE,
)
_MODEL: Final = re.compile(
    r"\b(?:models?|weights?|checkpoints?|parameters|adapters?|everything)\b|模型|权重|参数|モデル|重み"
    r"|チェックポイント",
    re.IGNORECASE,
)
_DATA: Final = re.compile(
    r"\b(?:data(?:sets?)?|corpus|corpora|benchmarks?|images?|fonts?|documentation|derived from|originally|base model|upstream"
    r"|third[- ]part(?:y|ies)|dependenc\w+|adapted from|previous|earlier|older|was (?:formerly|previously))\b|数据|语料"
    r"|原始模型|基座|データ|元のモデル",
    re.IGNORECASE,
)  # fmt: skip
_RELEASED: Final = re.compile(
    r"\b(?:licen[cs]ed|released?|distributed|available|open-?sourced|published|governed|covered|shared|falls?)\b[^.;]{0,60}?"
    r"\b(?:under|by)\b|\b(?:provided|made available) under\b|\bsubject to the\b|\b(?:under|with) (?:an?"
    r"|the) [^.;]{0,60}licen[cs]e|\blicen[cs]e (?:is|of)\b|\buses? the\b"
    r"|遵循|依照|采用|基于[^。]{0,30}(?:协议|许可)|按照|根据|以[^。]{0,30}(?:发布|开源)|ライセンス",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\.(?=\s+[A-Z])|。|[,，;；、](?!\s*(?:version|v\.?)?\s*\d)|\b(?:while|whereas|but)\b|而"
    r"|但",
    re.IGNORECASE,
)
_BADGE: Final = re.compile(
    r"img\.shields\.io/badge/(?:Model[_%20 -]*)?Licen[cs]e-([\w.%+]{2,60}(?:--[\w.%+]{1,40})*)-\w+", re.IGNORECASE
)
_ALLOW: Final = re.compile(
    r"\b(?:free(?:ly)? to|allow(?:s|ed)?(?: (?:for|to|you to|anyone to|users to))?|permit(?:s|ted)?(?: (?:you|anyone"
    r"|users))?(?: to)?|may freely|supports?)\b"
    r"|可自由|可以自由|允许任何人|自由に", re.IGNORECASE)  # fmt: skip
_BUT: Final = re.compile(
    r"\b(?:provided|unless|except|only|subject to|if you|as long as|research|academic|non-?commercial|after|upon"
    r"|request)\b|但|仅|须|需|申请|登记|不得|のみ",
    re.IGNORECASE,
)  # fmt: skip
_FREEDOM_WORDS: Final = (
    ("use", re.compile(r"\b(?:use|commercial use|run)\b|使用|商用|利用", re.IGNORECASE)),
    ("modification", re.compile(r"\b(?:modif\w+|adapt|derivative works?)\b|修改|改变|改変", re.IGNORECASE)),
    ("distribution", re.compile(r"\b(?:re-?distribut\w+|share)\b|分发|传播|再配布|配布", re.IGNORECASE)),
)


_BROKEN: Final = re.compile(r"[\[\]{}<>]")
"""What is left of a value that was not written to its end, or of a template: it names no licence."""


def spdx(written: str) -> str | None:
    """The licence that an identifier of the hubs names, or None."""
    short = re.sub(r"[\s_]+", "-", written.lower())
    return _SPDX.get(short) or next((name for form, name in _SPDX_FAMILIES if form.fullmatch(short)), None)


def from_front_matter(matter: FrontMatter) -> Iterator[Finding | Doubt]:
    """The licence by the key ``license``; several at once are not decided."""
    for stated in [matter.fields.get("license", []), *matter.variants.get("license", [])]:
        filled = [one for one in stated if is_filled(one.text)]
        if len(filled) > 1:
            yield Doubt("card.several-licences", filled[0].line, "licence_name")
        elif filled:
            yield from _by_key(filled[0], matter)


def _by_key(stated: Stated, matter: FrontMatter) -> Iterator[Finding]:
    known = spdx(stated.text)
    name = [one for one in matter.fields.get("license_name", []) if is_filled(one.text)]
    if known is None and name and spdx(name[0].text):
        yield Finding("licence_name", spdx(name[0].text) or "", name[0].line, "stated", "license_name")
    elif known is None and not _BROKEN.search(stated.text):
        yield Finding("licence_name", "other_licence", stated.line, "inferred", "license")
    elif known is not None:
        yield Finding("licence_name", known, stated.line, "stated", "license")


def from_text(card: Card) -> Iterator[Finding | Doubt]:
    """The licence by what is labelled so, by a sentence that says so of the model, or by a badge."""
    community = {found[0].lower() for text in whole_text(card) for found in _COMMUNITY.finditer(text)}
    for one in card.labelled:
        if one.labels & _LABELS and is_filled(one.text):
            yield from _statement(one, bool(community))
    labelled = {(one.line, one.text) for one in card.labelled if one.labels & _LABELS}
    for one in card.sentences:
        if (one.line, one.text) not in labelled and _RELEASED.search(one.text) and _MODEL.search(one.text):
            yield from _statement(one, bool(community), sentence=True)
    for link in card.links:
        badge = _BADGE.search(link.url) if "shields.io" in link.url else None
        known = spdx(badge[1].replace("--", "-").replace("%20", "-").replace("_", "-")) if badge else None
        if badge and known:
            yield Finding("licence_name", known, link.line, "stated", "licence-badge")


def licences_in(text: str) -> list[tuple[str, int, int]]:
    """The licences that a text names, with their places; a known one hides the looser name that it lies in."""
    found: list[tuple[str, int, int]] = []
    for name, form in _NAMED:
        for one in form.finditer(text):
            near = [other for other in found if one.start() <= other[2] + 2 and other[1] <= one.end() + 2]
            if name != "other_licence" or not near:
                found.append((name, one.start(), one.end()))
    return found


def _statement(one: Passage, community: bool, sentence: bool = False) -> Iterator[Finding | Doubt]:
    """What one passage says of the licence: clause by clause, only what is said of the model or of all."""
    named: dict[str, tuple[int, int]] = {}
    free_text = sentence or one.kind == "section"
    for begin, clause in _clauses(one.text):
        if _DATA.search(clause) or DENIED.search(clause):
            continue
        of_code = _CODE.search(clause) and not _MODEL.search(clause)
        if of_code or (free_text and not (_RELEASED.search(clause) or len(one.text) < 60)):
            continue
        for name, start, end in licences_in(clause):
            named.setdefault(name, (begin + start, begin + end))
    if len(named) == 2 and "other_licence" in named and UNLISTED & set(named):
        named.pop("other_licence")
    if len(named) > 1:
        yield Doubt("card.several-licences", one.line, "licence_name")
        return
    for name, (start, end) in named.items():
        custom = name == "other_licence" and community
        known = "llama_community" if custom else name
        rule = "licence-sentence" if free_text else "licence-label"
        excerpt = around(one.text, start, end)
        if name == "other_licence":
            yield Finding("licence_name", known, one.line_at(start), "inferred", rule, excerpt)
        else:
            yield Finding("licence_name", known, one.line_at(start), "stated", rule, excerpt)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    for cut in _CLAUSE.finditer(text):
        yield begin, text[begin : cut.start()]
        begin = cut.end()
    yield begin, text[begin:]


def freedoms(card: Card) -> Iterator[Finding]:
    """What the card says in so many words that anyone may do with the model."""
    for one in card.sentences:
        allowed = _ALLOW.search(one.text)
        if not allowed or not _MODEL.search(one.text) or _BUT.search(one.text) or DENIED.search(one.text):
            continue
        if not any(_LABELS & Passage("", 0, label=heading).labels for heading in one.path):
            continue
        rest = one.text[allowed.end() - 8 :]
        given = [name for name, form in _FREEDOM_WORDS if form.search(rest)]
        if "use" in given and len(given) > 1:
            yield Finding(
                "licence_allows", tuple(given), one.line, "stated", "freedoms", around(one.text, allowed.start(), allowed.end())
            )
