"""How a model was made, as its card tells: its architecture, and another model that it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.subjects.card_finding import DENIED, Finding, around, is_filled, speaks_of_itself
from guiju.subjects.card_openness import name_words
from guiju.subjects.card_sections import Card, Passage
from guiju.subjects.front_matter import FrontMatter

# -- architecture ------------------------------------------------------------------------------------------------------------

_ARCHITECTURE: Final = frozenset({
    "model architecture", "architecture", "architecture type", "network architecture", "architectures",
    "model architecture and objective",
    "模型架构", "模型结构", "架构", "网络结构", "モデル構造", "モデルアーキテクチャ", "アーキテクチャ",
})  # fmt: skip
_BUILT: Final = re.compile(
    r"\b(?:decoder|encoder)[- ]only\b|\bencoder[- ]decoder\b[^.;]{0,40}(?:transformer|architecture|model)"
    r"|\b\d{1,3}[ -](?:transformer |hidden |decoder |encoder )?(?:layers?|blocks)\b"
    r"|\b\d{1,3} (?:attention )?heads\b|\bmixture[- ]of[- ]experts\b|\bMoE\b|\blatent diffusion model\b|\b(?:ViT"
    r"|ResNet|U-?Net|Swin)\b[^.;]{0,60}\b(?:backbone|encoder|architecture)"
    r"|\b(?:transformer|diffusion)[- ]based\b[^.;]{0,40}\b(?:architecture|model)|\buses? (?:an? "
    r"|the )?(?:[\w-]+ ){0,4}(?:transformer|convolutional|recurrent)\b[^.;]{0,30}\barchitecture"
    r"|\b(?:grouped[- ]query|multi[- ]query|multi[- ]head latent) attention\b|\d{1,3} ?层|注意力头|混合专家"
    r"|仅解码器|编码器[-—]解码器"
    r"|\d{1,3} ?層|デコーダ(?:ー)?のみ|アテンションヘッド",
    re.IGNORECASE,
)
_CONFIG: Final = re.compile(
    r"(?:num_|n_|number of |# ?)?(?:hidden_?|hidden |transformer |decoder |encoder )?layers?|(?:num_"
    r"|n_)?(?:hidden_)?layers|n_?layers?|num_hidden_layers|d_model|n_?heads?|hidden[ _-]?(?:size|dim(?:ension)?)"
    r"|num_attention_heads|(?:attention|query|kv) heads|层数|隐藏层(?:维度|大小)?|注意力头数|層数|隠れ層",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"\b(?:research |associated |technical |original |our |the |this )?(?:paper"
    r"|technical report|report|publication|arxiv|config(?:uration)?)\b|论文|技术报告|論文",
    re.IGNORECASE,
)
_PAPER_URL: Final = re.compile(
    r"arxiv\.org/(?:abs|pdf|html)/|\.pdf\b|huggingface\.co/papers/|aclanthology\.org"
    r"|openreview\.net|jmlr\.org|/config\.json|semanticscholar|proceedings\.",
    re.IGNORECASE,
)
_PAPER_LABELS: Final = frozenset({
    "paper", "research paper", "papers", "paper or other resources for more information",
    "paper or other resource for more information", "technical report", "arxiv",
    "resources for more information", "documents", "paper & samples", "report", "论文", "技术报告", "論文",
})  # fmt: skip
_TEMPLATE_PAPERS: Final = re.compile(
    r"1810\.03993|1910\.09700|lacoste|mitchell|model cards for model reporting|mlco2", re.IGNORECASE
)
_INTRODUCED: Final = re.compile(
    r"\b(?:introduced|described|presented|proposed|detailed?|details?|more information"
    r"|information)\b[^.]{0,80}$|^\W{0,4}$|详见|参见|请参考|参照|詳細",
    re.IGNORECASE,
)


def architecture(card: Card) -> Iterator[Finding]:
    """That the card describes the architecture, or links the paper or the configuration."""
    for one in card.labelled:
        if (
            one.labels & _ARCHITECTURE
            and is_filled(one.text)
            and (len(one.text.split()) > 2 or len(one.text) > 24 or _BUILT.search(one.text))
        ):
            yield Finding("architecture_public", True, one.line, "stated", "architecture-label")
        elif one.kind in ("lead", "row") and _CONFIG.fullmatch(one.label.strip("* ").lower()) and re.match(r"\d", one.text):
            yield Finding("architecture_public", True, one.line, "stated", "configuration")
        elif (
            one.labels & _PAPER_LABELS
            and (one.links or "http" in one.text)
            and not _TEMPLATE_PAPERS.search(one.text + "".join(link.url for link in one.links))
        ):
            yield from _linked(one)
    for table in card.tables:
        for _, cells in table.columns(_CONFIG):
            if any(re.match(r"\d", cell.text) for cell in cells):
                yield Finding("architecture_public", True, cells[0].line, "stated", "configuration")
    for one in [
        *speaks_of_itself(card),
        *(row for row in card.sentences if any("architect" in path or "模型细节" in path or "架构" in path for path in row.path)),
    ]:
        built = _BUILT.search(one.text)
        if built and not DENIED.search(one.text):
            yield Finding(
                "architecture_public",
                True,
                one.line_at(built.start()),
                "stated",
                "architecture-words",
                around(one.text, *built.span()),
            )
    yield from _papers(card)


def _linked(one: Passage) -> Iterator[Finding]:
    for link in one.links:
        if _PAPER_URL.search(link.url) or _PAPER.search(link.text):
            yield Finding("architecture_public", True, link.line, "inferred", "paper-link")
            return


def _papers(card: Card) -> Iterator[Finding]:
    """A link called the paper, in what the card says of its model."""
    for one in card.sentences:
        if (
            not one.links
            or _TEMPLATE_PAPERS.search(one.text)
            or not re.search(
                r"\b(?:paper|report|arxiv)\b|论文|技术报告"
                r"|論文",
                one.text,
                re.IGNORECASE,
            )
        ):
            continue
        for link in one.links:
            near = one.text[: max(0, one.text.find(link.text))] if link.text else one.text
            named = _PAPER.search(link.text) or (not link.text and _PAPER.search(near[-40:]))
            if (
                named
                and _PAPER_URL.search(link.url)
                and not _TEMPLATE_PAPERS.search(link.url)
                and _INTRODUCED.search(near)
                and link.text in one.text
            ):
                yield Finding("architecture_public", True, link.line, "inferred", "paper-link")
    for link in card.links:
        if re.fullmatch(
            r"\W{0,6}(?:paper(?: link)?|technical report|tech report|arxiv|论文|技术报告"
            r"|論文)\W{0,6}",
            link.text,
            re.IGNORECASE,
        ) and not _TEMPLATE_PAPERS.search(link.url):
            yield Finding("architecture_public", True, link.line, "inferred", "paper-link")


# -- made from another model -------------------------------------------------------------------------------------------------

_BASE_LABELS: Final = frozenset({
    "finetuned from model", "finetuned from", "fine-tuned from", "fine-tuned from model", "base model", "parent model",
    "base_model", "foundation model", "derived from",
    "quantized from", "converted from", "merged from", "original model", "model creator base", "基础模型", "基座模型",
    "基座", "微调自", "父模型", "原始模型", "底座模型",
    "ベースモデル", "元モデル", "事前学習モデル",
})  # fmt: skip
_MODEL_NAME: Final = (
    r"[`\"'\[(]?(?:[A-Za-z][\w.-]{1,40}/[A-Za-z][\w.-]{1,80}"
    r"|(?=[\w.-]{0,40}\d)[A-Z][A-Za-z]*[\w.]*(?:[- ][\w.]+){0,5}|[a-z]+[\w]*(?:-[\w.]+){1,6}"
    r"|(?:BERT|RoBERTa|DeBERTa|T5|GPT-?\d?|LLaMA|Llama|Mistral|Mixtral|Qwen|Gemma|Phi|Falcon|BLOOM|CLIP|Whisper|ViT"
    r"|XLM-R|DistilBERT|Baichuan|ChatGLM|InternLM|Yi|Stable Diffusion)\b)"
)
_MADE: Final = re.compile(
    r"(?<!\bbe )(?<!\bbeing )\b(?:(?:full |merged |LoRA |quantized |GGUF |AWQ |GPTQ |int[48] |4-?bit |8-?bit |ONNX "
    r"|MLX |converted |fine-?tuned |instruction[- ]tuned |distilled |pruned |uncased )+"
    r"(?:version|variant|checkpoint|conversion|adapter|model|quantization|build|fine-?tune)s?,? (?:of|from|for"
    r"|based on|on top of)"
    r"|(?:is|was|were|are|been|by|model) (?:further )?(?:fine-?tuned|finetuned|initiali[sz]ed|distilled|converted"
    r"|quantized|derived|continued|merged|instruction[- ]tuned) (?:from|on top of|based on)"
    r"|fine-?tun(?:ed|e|ing) (?:of|from)|(?:is|are|was|were) (?:built|based|trained based"
    r"|fine-?tuned based) (?:on top of|upon|on)|trained on top of|merge of|LoRA (?:adapter )?for|started from)"
    r"\s+(?:the |a |an |our )?(?:(?:pre-?trained|original|open-?source|base|official)\s+){0,3}(?:checkpoint |model "
    r"|weights )?(?:of )?" + _MODEL_NAME,
)
_USED: Final = re.compile(
    r"\b(?:use[ds]?|took|take|started with|start with) the (?:pre-?trained|base"
    r"|original) (?:model )?[`\[]?(?P<n>[\w./-]{4,80})[`\]]?[^.]{0,60}\b(?:fine-?tun|train)",
    re.IGNORECASE,
)
_PRETRAINED: Final = re.compile(
    r"\bis an? (?:[\w-]+ )?(?=[\w.-]*\d)[\w.-]+ (?:pre-?trained )?(?:base )?model,? (?:that (?:was|is|has been) "
    r"|which (?:was|is) )?fine-?tuned\b",
    re.IGNORECASE,
)
_CHINESE: Final = re.compile(
    r"(?:基于|在|以|由)\s*[\[`《]?(?P<n>[A-Za-z][\w./-]{2,60}(?: [\w.-]*\d[\w.-]*)?)[\]`》]?\s*(?:模型|基座|的基础"
    r"|之上|上|为基[础座]"
    r"|作为基[础座])?[^，。；]{0,12}(?:微调|精调|蒸馏|量化|转换|合并|(?:继续|二次|增量)(?:预)?训练)"
    r"|的(?:基础|基座)模型(?:是|为)?\s*(?P<m>[A-Za-z][\w./-]{3,60})|(?P<o>[A-Za-z][\w./-]{2,60})\s*(?:をベースに"
    r"|をもとに|を(?:ファイン|微|量子|追加))"
)
_SIZED: Final = re.compile(r"\d|/|BERT|Whisper|CLIP|Mistral|Stable", re.IGNORECASE)
"""What a name of a model has, and that of a function or a method has not."""
_FRAMEWORKS: Final = re.compile(
    r"^(?:transformers?|pytorch|tensorflow|peft|lora|qlora|llama-factory|deepspeed"
    r"|megatron|rlhf|sft|dpo|flashattention|jax|vllm|cuda|python|gpu|a100|h100|v100|mindspore|paddle)(?![A-Za-z])",
    re.IGNORECASE,
)


def base(card: Card, matter: FrontMatter) -> Iterator[Finding]:
    """That the card names a model which its own was made from."""
    given = [one for one in matter.fields.get("base_model", []) if is_filled(one.text)]
    if given:
        yield Finding("base_model_named", True, given[0].line, "stated", "base_model")
    for one in card.labelled:
        if (
            one.kind != "section"
            and one.labels & _BASE_LABELS
            and is_filled(one.text)
            and len(one.text) < 300
            and not DENIED.search(one.text)
        ):
            yield Finding("base_model_named", True, one.line, "stated", "base-label")
    for one in card.sentences:
        yield from _base_sentence(one, name_words(card.title or ""))
    for table in card.tables:
        heads = " | ".join(cell.text.lower() for cell in table.header)
        if re.search(r"chat|instruct", heads):
            continue
        for _, cells in table.columns(re.compile(r"base model|parent model|fine-?tuned from|基座模型|基础模型|ベースモデル")):
            if cells and is_filled(cells[0].text):
                yield Finding("base_model_named", True, cells[0].line, "stated", "base-column")


def _base_sentence(one: Passage, own: frozenset[str]) -> Iterator[Finding]:
    low = one.text.lower()
    if not any(
        word in low
        for word in (
            "tun",
            "based",
            "version",
            "from",
            "built",
            "pretrained",
            "merge",
            "lora",
            "微调",
            "精调",
            "训练",
            "蒸馏",
            "量化",
            "基",
            "ベース",
            "もと",
            "ファイン",
            "top of",
        )
    ):
        return
    if any(
        re.search(
            r"evaluat|result|benchmark|citation|评测|引用|out[- ]of[- ]scope|bias"
            r"|limitation",
            heading,
        )
        for heading in one.path
    ) or DENIED.search(one.text):
        return
    for form in (_MADE, _USED, _PRETRAINED, _CHINESE):
        found = form.search(one.text)
        if found is None:
            continue
        named = next((group for group in found.groupdict().values() if group), "")
        if named and (
            _FRAMEWORKS.search(named) or not _SIZED.search(named) or (own == name_words(named) and "base" not in named.lower())
        ):
            continue
        if form is _MADE and _FRAMEWORKS.search(found[0].rsplit(" on ", 1)[-1].strip("`'\"([ ")):
            continue
        if form is _MADE and re.search(
            r"\b(?:datasets?|data|corpus|images|licen[cs]e|framework"
            r"|librar)",
            one.text[found.end() : found.end() + 20],
            re.IGNORECASE,
        ):
            continue
        yield Finding(
            "base_model_named", True, one.line_at(found.start()), "stated", "base-sentence", around(one.text, *found.span())
        )
        return
