"""What a rule finds in a card, and the words by which rules tell what a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from guiju.subjects.card_sections import Card, Passage


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number that the card gives as a lower bound: “over 2.2 trillion”."""

    least: Decimal


Value = bool | str | Decimal | AtLeast | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact read from a card: its name, the members, number or yes that it states, where, and by which rule.

    ``only`` says that a list is said to be whole; it never becomes a proposal that the rest is missing.
    """

    name: str
    value: Value
    line: int
    confidence: Literal["stated", "inferred"]
    rule: str
    excerpt: str = ""
    lines: tuple[int, ...] = ()
    only: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a card that keeps a fact from being read, for a person to look at."""

    code: str
    line: int
    name: str = ""
    lines: tuple[int, ...] = ()


DENIED: Final = re.compile(
    r"\b(?:(?<!or )not|no|never|cannot|can't|isn't|aren't|doesn't|don't|won't|without|unable|neither|nor|yet to|except)\b"
    r"|不(?!仅|但|同|断|少|止|限)|未(?!来)|没有|无法|尚待|ない|ません|せず",
    re.IGNORECASE,
)
"""A sentence that denies, or may: nothing is proposed from it."""

OTHERS: Final = re.compile(
    r"\b(?:compared? (?:to|with)|comparison|outperform\w*|surpass\w*|exceed\w*|unlike|whereas|versus|vs\.?"
    r"|competitors?|better than"
    r"|on par with|comparable to|rivals?|previous (?:models?|versions?|generations?)|predecessors?|baselines?"
    r"|will be released|coming soon|future (?:models|versions|releases))\b"
    r"|相比|对比|优于|超过同|超越|媲美|不亚于|上一代|前代|将会?(?:发布|开源)|と比較|を上回",
    re.IGNORECASE,
)
"""A sentence that speaks of other models, or of what is still to come."""

_DESCRIPTION: Final = re.compile(
    r"description|introduction|overview|summary|model (?:details|information|info|card|type)|about|highlights?"
    r"|key features|basics"
    r"|介绍|简介|概述|概要|概览|模型(?:描述|信息|详情|说明|特点)|モデル(?:概要|の説明|詳細|について|情報|説明)|はじめに|特徴",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"contents|目录|out[- ]of[- ]scope|misuse|limitation|bias|risk|evaluation|benchmark|result|citation|changelog"
    r"|change log|news|update"
    r"|acknowledg|contact|training (?:data|procedure)|related|roadmap|faq|限制|局限|评测|评估|引用|致谢|更新|目次|制限|評価|謝辞",
    re.IGNORECASE,
)
MAX_SELF: Final = 60
_CITED: Final = re.compile(r"(?:cite|citation|citing|reference|引用)\b", re.IGNORECASE)


def speaks_of_itself(card: Card) -> Iterator[Passage]:
    """The sentences in which a card says what its model is: above the first section, below its title, in a description."""
    kinds = {"model type", "model description", "type", "description", "model", "task", "tasks", "primary use",
             "模型类型", "模型描述",
             "任务", "任务类型", "モデルタイプ", "モデルの種類", "タスク"}  # fmt: skip
    for one in card.labelled:
        if one.labels & kinds and not OTHERS.search(one.text) and (one.kind != "section" or len(one.text) < 120):
            yield one
    title = (card.title or "").lower()
    given = 0
    for one in card.sentences:
        if _CITED.match(one.text):
            continue
        above = [heading for heading in one.path if heading]
        inner = above[-1] if above else ""
        if any(_ELSEWHERE.search(heading) for heading in above) and inner != title:
            continue
        if (not inner or inner == title or (len(above) == 1 and card.headings and inner == card.headings[0].text.lower())
                or _DESCRIPTION.search(inner)):  # fmt: skip
            given += 1
            if given > MAX_SELF:
                return
            if not OTHERS.search(one.text):
                yield one


def is_filled(text: str) -> bool:
    """Whether something was filled in, and not the words of a template."""
    words = text.strip().strip("[]().。_*").lower()
    return (
        len(words) > 1
        and words not in EMPTY
        and not re.search(
            r"more information\s+(?:is\s+)?needed"
            r"|to be (?:added|announced)",
            words,
        )
    )


EMPTY: Final = frozenset({
    "unknown", "none", "n/a", "na", "tbd", "tba", "todo", "?", "-", "your-license", "license", "coming soon", "not specified",
    "未知", "无", "待定", "待补充", "不明", "未定", "なし",
})  # fmt: skip


def clause_at(text: str, start: int, end: int) -> str:
    """The part of a sentence, between commas or brackets, that a place stands in."""
    begin = max(text.rfind(mark, 0, start) for mark in (", ", "，", "; ", "；", ": ", "：", " (", "（")) + 1
    stops = [place for place in (text.find(mark, end) for mark in (", ", "，", "; ", "；", " (", "（", ")", "）")) if place >= 0]
    return text[begin : min(stops, default=len(text))]


def around(text: str, start: int, end: int) -> str:
    """A stretch of a text about a place in it, of at most two hundred characters, cut at words."""
    if len(text) <= 200:
        return text.strip()
    begin = max(0, min(start - 60, len(text) - 200))
    begin = begin if begin == 0 else max(begin, text.rfind(" ", max(0, begin - 20), begin) + 1)
    return text[begin : max(begin + 200, min(end, begin + 300))].strip()
