"""Figures of a card: how many parameters its model has, on how many tokens and with how much computation it was trained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from guiju.subjects.card_finding import AtLeast, Doubt, Finding, around, clause_at
from guiju.subjects.card_sections import Card, Passage
from guiju.subjects.card_tables import Cell

_SCALE: Final = {
    "thousand": 3, "k": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "b": 9, "bn": 9, "trillion": 12, "t": 12, "tn": 12,
    "万": 4, "百万": 6, "千万": 7, "亿": 8, "億": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12, "兆": 12,
}  # fmt: skip
_NUMBER: Final = r"(?P<n>\d{1,3}(?:,\d{3}){1,5}|\d{1,6}(?:\.\d{1,4})?)"
_UNIT: Final = r"(?P<u>thousand|million|billion|trillion|百万|千万|十亿|百亿|千亿|万亿|万|亿|億|兆|[kmbt]n?)"
_MORE: Final = re.compile(
    r"(?:over|more than|above|at least|exceeding|upwards of|超过|超|逾|至少|以上"
    r"|超え)\s*(?:了)?\s*(?:the\s)?$",
    re.IGNORECASE,
)
_MANY: Final = re.compile(r"(?:(?:\d|[kmbt万亿])\s*(?:to|~|-|–|—|至|到|and|,|/|、|和)\s*~?)$", re.IGNORECASE)

_PARAMETERS: Final = re.compile(
    rf"(?<![\w.,-]){_NUMBER}\s*-?\s*{_UNIT}?(?P<plus>\+?)[\s-]*(?:(?:total|trainable|learnable|model)\s+)?"
    r"(?:parameters?\b|params?\b|个?参数|パラメータ?ー?)",
    re.IGNORECASE,
)
_TOKENS: Final = re.compile(
    rf"(?<![\w.,-]){_NUMBER}\s*-?\s*{_UNIT}?(?P<plus>\+?)\s*(?:(?:[a-z-]{{2,20}}\s+){{0,2}}|个"
    rf"|[\u4e00-\u9fff]{{0,4}})(?:tokens?\b|词元|标识符|トークン)",
    re.IGNORECASE,
)
_AMOUNT: Final = re.compile(rf"[~≈約约]?\s*{_NUMBER}\s*{_UNIT}?(?P<plus>\+?)(?:\s*(?:parameters?|params?|tokens?|个?参数"
    rf"|词元|パラメータ|トークン))?", re.IGNORECASE)  # fmt: skip

_PARAMETER_LABELS: Final = frozenset({
    "parameters", "parameter count", "number of parameters", "num parameters", "params", "total parameters", "# parameters",
    "total params", "model size", "size", "model parameters", "n_params", "参数", "参数量", "参数规模", "总参数量",
    "模型大小", "模型规模", "总参数",
    "パラメータ数", "パラメーター数", "モデルサイズ",
})  # fmt: skip
_TOKEN_LABELS: Final = frozenset({
    "training tokens", "tokens", "token count", "number of training tokens", "pretraining tokens", "pre-training tokens",
    "tokens trained",
    "trained tokens", "number of tokens", "训练词元", "训练词元数", "训练token数", "训练tokens", "训练数据量",
    "学習トークン数", "トークン数",
})  # fmt: skip
_COMPUTE_LABELS: Final = frozenset({
    "training compute", "training flops", "total training flops", "total training compute", "compute", "flops",
    "训练算力", "训练计算量",
    "训练浮点运算次数", "総計算量", "学習計算量",
})  # fmt: skip
_TOTAL_COLUMN: Final = re.compile(
    r"(?:total |number of |model )?param(?:eter)?s?(?: count)?"
    r"|param(?:eter)?s? \(total\)|总?参数量?|パラメータ数"
)
_TOKEN_COLUMN: Final = re.compile(
    r"(?:training |pre-?training |trained )?tokens?(?: count| seen)?|训练(?:词元|tokens?)数?"
    r"|学習トークン数"
)
_PART: Final = re.compile(
    r"\b(?:activated?|active|embedding|trainable|lora|adapter|(?:en|de)coder(?!-only)|tokenizer|teacher|student|draft"
    r"|per (?:expert|token)|experts?"
    r"|head|reward model|vision)\b|激活|嵌入|编码器|解码器|每个|活性",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(
    r"\b(?:sizes|variants|versions|variations|family of|series of|collection of|range of|ranging|also (?:releas"
    r"|provid|offer|publish)\w*|smaller|larger|other models?"
    r"|respectively|intermediate|each|(?:two|three|four|five|six|both) (?:[\w-]+ ){0,2}(?:models|sizes|variants"
    r"|versions))\b|多个(?:版本|尺寸|规模)|分别|等(?:多种|不同)(?:尺寸|规模)|各种(?:尺寸|规模)|中间|サイズ展開",
    re.IGNORECASE,
)
_TRAINED: Final = re.compile(r"\btrain|\bpre-?train|\bcorpus\b|训练|语料|学習", re.IGNORECASE)
_NOT_TRAINING: Final = re.compile(
    r"\bcontext|\bsequence|\bvocab|\bbatch|\bwindow\b|\blength\b|\bper (?:second|step|device|gpu|batch|language)"
    r"|\bup to\b|\bmax(?:imum)?\b|\bgenerat(?:e|ion of)\b"
    r"|\bfine-?tun|\binstruction|\bSFT\b|\bRLHF\b|\bdistill|\bannealing\b|\binput\b|\bcheckpoints?\b|\btokenizer\b"
    r"|\bcontinu(?:al|ed|ally)"
    r"|\bprice|\bper million|上下文|长度|词表|窗口|微调|推理速度|每秒|コンテキスト|語彙|文脈",
    re.IGNORECASE,
)
_OTHER_MODEL: Final = re.compile(
    r"\bGPT-?[234]|\bChatGPT|\bcompared|(?<!more )than\b|\boutperform|\bsurpass|\bcomparable"
    r"|\bsimilar|\bunlike|\bteacher|相比|优于|超越",
    re.IGNORECASE,
)


def amount_of(found: re.Match[str]) -> Decimal | None:
    """The number that a figure with a unit means, or None where it is too small to be one."""
    unit = (found["u"] or "").lower()
    scale = _SCALE.get(unit) if unit else 0
    if scale is None:
        return None
    number = Decimal(found["n"].replace(",", "")).scaleb(scale)
    return number if number >= 1_000_000 else None


def parameters(card: Card) -> Iterator[Finding | Doubt]:
    """How many parameters the model has; a card that gives several sizes is not decided."""
    found = [*_labelled(card, "model_parameters", _PARAMETER_LABELS), *_parameter_sentences(card)]
    column, doubts = _column(card, "model_parameters", _TOTAL_COLUMN)
    found += column
    several = [Doubt("card.several-sizes", one.line, "model_parameters") for one in card.sentences if _names_sizes(one)]
    if several or doubts:
        exact = [one for one in column if one.rule == "figure-row"]
        yield from exact
        yield from [] if exact else [*several, *doubts][:1]
        return
    yield from found


def _names_sizes(one: Passage) -> bool:
    """Whether a sentence tells of a family: two sizes or more, of parameters or in words such as “sizes: 7B and 13B”."""
    if not _SEVERAL.search(one.text):
        return False
    sizes = set(
        re.findall(
            r"(?<![\w.])\d{1,4}(?:\.\d)?\s?(?:B|M|billion|million"
            r"|亿)(?![\w])",
            one.text[:2000],
        )
    )
    return len(sizes) > 1 and bool(
        re.search(r"param|\bsizes?\b|\bmodels?\b|参数|模型|版本|规模|パラメータ|モデル", one.text, re.IGNORECASE)
    )


def _parameter_sentences(card: Card) -> Iterator[Finding]:
    for one in card.sentences:
        if "param" not in one.text.lower() and "参数" not in one.text and "パラメータ" not in one.text:
            continue
        if _PART.search(one.text) or _SEVERAL.search(one.text) or _OTHER_MODEL.search(one.text):
            continue
        for figure in _PARAMETERS.finditer(one.text):
            value = _value(figure, one.text)
            if value is not None:
                yield _finding("model_parameters", value, one, figure, "parameter-figure")


def tokens(card: Card) -> Iterator[Finding | Doubt]:
    """On how many tokens the model was trained, from a sentence, a label or a column that speaks of training."""
    column, doubts = _column(card, "training_tokens", _TOKEN_COLUMN)
    labelled = list(_labelled(card, "training_tokens", _TOKEN_LABELS))
    yield from labelled
    yield from column
    yield from doubts[:1]
    for one in card.sentences:
        low = one.text.lower()
        if "token" not in low and "词元" not in low and "标识符" not in low and "トークン" not in low:
            continue
        below = not labelled and any(_TRAINED.search(heading) for heading in one.path[-2:])
        if not _TRAINED.search(one.text) and not below:
            continue
        figures = [figure for figure in _TOKENS.finditer(one.text) if amount_of(figure) is not None]
        if len({amount_of(figure) for figure in figures}) > 1:
            yield Doubt("card.several-figures", one.line_at(figures[0].start()), "training_tokens")
            continue
        for figure in figures:
            near = clause_at(one.text, figure.start(), figure.end())
            value = _value(figure, one.text)
            if (
                value is not None
                and not _NOT_TRAINING.search(near)
                and not _OTHER_MODEL.search(one.text[: figure.end()])
                and value_size(value) >= 10**8
            ):
                yield _finding("training_tokens", value, one, figure, "token-figure")


def value_size(value: Decimal | AtLeast) -> Decimal:
    """The number, or the bound."""
    return value.least if isinstance(value, AtLeast) else value


def _value(figure: re.Match[str], text: str) -> Decimal | AtLeast | None:
    amount = amount_of(figure)
    before = text[max(0, figure.start() - 24) : figure.start()]
    if amount is None or _MANY.search(before):
        return None
    return AtLeast(amount) if figure["plus"] or _MORE.search(before) else amount


def _finding(name: str, value: Decimal | AtLeast, one: Passage, figure: re.Match[str], rule: str) -> Finding:
    line = one.line_at(figure.start())
    return Finding(name, value, line, "stated", rule, around(one.text, figure.start(), figure.end()))


def _labelled(card: Card, name: str, labels: frozenset[str]) -> Iterator[Finding]:
    """“Parameters: 7B”, or a row that says so."""
    for one in card.labelled:
        if one.kind == "section" or not one.labels & labels or _PART.search(one.label):
            continue
        figure = _AMOUNT.match(one.text.strip())
        amount = amount_of(figure) if figure else None
        if figure is None or amount is None or re.search(r"\d", one.text.strip()[figure.end() :]):
            continue
        if one.labels & {"size", "model size", "模型大小", "モデルサイズ", "模型规模"} and not re.search(
            r"param|参数|\bB\b|\dB\b"
            r"|パラメータ|billion",
            one.text,
        ):
            continue
        yield Finding(name, AtLeast(amount) if figure["plus"] else amount, one.line, "stated", "figure-label")


def _column(card: Card, name: str, wanted: re.Pattern[str]) -> tuple[list[Finding], list[Doubt]]:
    """A column of a table: the row that bears the card's own name, else what all rows agree on."""
    found: list[Finding] = []
    doubts: list[Doubt] = []
    for table in card.tables:
        if any(re.search(r"evaluat|benchmark|result|评测|评估|評価|comparison", heading) for heading in table.path):
            continue
        for _, cells in table.columns(wanted):
            amounts = [(cell, _cell_amount(cell)) for cell in cells]
            read = [(cell, value) for cell, value in amounts if value is not None]
            own = [(cell, value) for cell, value in read if card.title and _row_name(table.rows, cell) == card.title.lower()]
            chosen = own or read
            if chosen and len({value for _, value in chosen}) == 1 and (own or len(read) == len(cells)):
                cell, value = chosen[0]
                found.append(Finding(name, value, cell.line, "stated", "figure-row" if own else "figure-column"))
            elif len({value for _, value in read}) > 1:
                doubts.append(
                    Doubt("card.several-sizes" if name == "model_parameters" else "card.several-figures", read[0][0].line, name)
                )
    return found, doubts


def _row_name(rows: tuple[tuple[Cell, ...], ...], cell: Cell) -> str:
    return next((row[0].text.lower() for row in rows if cell in row), "")


def _cell_amount(cell: Cell) -> Decimal | AtLeast | None:
    figure = _AMOUNT.fullmatch(cell.text.strip())
    amount = amount_of(figure) if figure else None
    if figure is None or amount is None:
        return None
    return AtLeast(amount) if figure["plus"] else amount


# -- training compute --------------------------------------------------------------------------------------------------------

_FLOP: Final = re.compile(
    r"(?<![\w.])(?P<digits>[0-9]{1,9}(?:\.[0-9]{1,9})?)\s*"
    r"(?:[eE]\+?(?P<e>[0-9]{1,2})|(?:[x×*·]|\\times)\s*10\s*(?:\^|\*\*|<sup>)?\s*\{?(?P<power>[0-9]{1,2}"
    r"|[⁰¹²³⁴-⁹]{1,2})\}?(?:</sup>)?)"
    r"\s*\$?\s*(?:FLOPs?|flops?|floating[- ]point operations|次浮点运算|浮点运算)(?![\w/])(?!\s*(?:/|per\b|每))"
)
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_OTHERWISE: Final = re.compile(r"inference|forward|threshold|per token|推理|阈值|门槛|推論", re.IGNORECASE)


def compute(card: Card, lines: list[str]) -> Iterator[Finding | Doubt]:
    """A figure of floating-point operations that the card itself says went into training; two figures say nothing."""
    found: list[Finding] = []
    for one in [*card.sentences, *(row for row in card.labelled if row.labels & _COMPUTE_LABELS)]:
        spoken = f"{one.label} {one.text}"
        if not re.search("flop|floating|浮点", spoken, re.IGNORECASE) or _OTHERWISE.search(spoken) or _OTHER_MODEL.search(spoken):
            continue
        if not _TRAINED.search(spoken) and not any(_TRAINED.search(heading) for heading in one.path):
            continue
        for number in sorted({line for _, line in one.marks} | {one.line}):
            raw = lines[number - 1][:8000] if len(lines[number - 1]) > 8000 else lines[number - 1]
            found += [
                Finding("training_compute", _flop(figure), number, "stated", "flop-figure") for figure in _FLOP.finditer(raw)
            ]
    for line in dict.fromkeys(one.line for one in found):
        here = [one for one in found if one.line == line]
        if len({one.value for one in here}) > 1:
            yield Doubt("card.several-figures", line, "training_compute")
        else:
            yield here[0]


def _flop(figure: re.Match[str]) -> Decimal:
    exponent = figure["e"] or figure["power"].translate(_SUPERSCRIPT)
    return Decimal(f"{figure['digits']}e{exponent}")
