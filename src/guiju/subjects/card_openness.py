"""Whether a card offers the weights of its model, and tells how to use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from guiju.subjects.card_finding import DENIED, OTHERS, Doubt, Finding, around, clause_at, is_filled, speaks_of_itself
from guiju.subjects.card_sections import Card, Passage
from guiju.subjects.front_matter import FrontMatter

# -- weights -----------------------------------------------------------------------------------------------------------------

_LOADS: Final = re.compile(
    r"\bfrom_pretrained\(\s{0,8}(?:pretrained_model_name_or_path\s{0,3}=\s{0,3}"
    r"|model_id\s{0,3}=\s{0,3})?[\"'](?P<a>[^\"'\s]{2,120})[\"']"
    r"|\b(?:pipeline|SentenceTransformer|CrossEncoder|LLM|snapshot_download|hf_hub_download|load_model"
    r"|from_pretrained_keras)\("
    r"[^()]{0,120}?(?:model\s{0,3}=\s{0,3}|repo_id\s{0,3}=\s{0,3}|model_id\s{0,3}=\s{0,3}|\(|^"
    r"|(?<=\())[\"'](?P<b>[\w.-]{2,60}/[\w./-]{2,100})[\"']"
    r"|\bSentenceTransformer\(\s{0,3}[\"'](?P<c>[\w./-]{4,120})[\"']"
    r"|\b(?:vllm serve|docker model (?:run|pull)|ollama (?:run|pull)|huggingface-cli download|hf download"
    r"|modelscope download(?: --model)?)\s+(?:--\S+\s+)?(?P<d>[\w.:/-]{3,120})"
    r"|\bgit clone\s+https?://(?:www\.)?(?:huggingface\.co|hf\.co|modelscope\.cn(?:/models)?"
    r"|hub\.baai\.ac\.cn)/(?P<e>[\w./-]{3,120})"
    r"|--model(?:-path|_path)?[ =][\"']?(?P<f>[\w.-]{2,60}/[\w.-]{2,100})"
)
_NAMED: Final = re.compile(
    r"^\s{0,8}(?:base_)?model(?:_?(?:id|name|path"
    r"|name_or_path))?\s{0,3}=\s{0,3}[\"'](?P<a>[\w.-]{2,60}/[\w.-]{2,100})[\"']",
    re.IGNORECASE,
)
_OPENED: Final = re.compile(r"from_pretrained\(\s{0,8}$")
_FIRST: Final = re.compile(r"^\s{0,12}[\"'](?P<a>[\w.-]{2,60}/[\w./-]{2,100})[\"']")
_VARIABLE: Final = re.compile(
    r"\b(?:from_pretrained|pipeline|LLM"
    r"|SentenceTransformer)\([^)]{0,80}?\b(?:model=)?(?:base_)?model(?:_?(?:id|name|path|name_or_path))?\b"
)
_NOT_WEIGHTS: Final = re.compile(
    r"Tokenizer|Processor|FeatureExtractor|GenerationConfig|load_dataset|AutoConfig"
    r"|Scheduler|tokenizer\s*="
)
_LOCAL: Final = re.compile(
    r"^(?:[./~]|[A-Za-z]:|path|your|<|\$|output|checkpoint|local|model$|results?/|data/)"
    r"|your[-_]|path_?to|\{|\}",
    re.IGNORECASE,
)
_HUB: Final = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|modelscope\.cn/models)/(?!datasets/|spaces/"
    r"|docs/|papers/|blog/|collections/|join|models\?|exbert)"
                         r"(?P<id>[\w.-]{2,60}/[\w.-]{2,100})")  # fmt: skip
_FILES: Final = re.compile(
    r"\.(?:safetensors|ckpt|gguf|pth|pt|onnx|h5|pdparams)\b|drive\.google\.com|zenodo\.org"
    r"|pan\.baidu\.com",
    re.IGNORECASE,
)
_WEIGHTS: Final = (
    r"(?:(?:model |pre-?trained |released? )?(?:weights|checkpoints?)|model parameters"
    r"|(?:模型)?权重|模型参数|重み|チェックポイント)"
)
_OFFERS: Final = re.compile(
    rf"\b{_WEIGHTS}[^.;]{{0,60}}?\b(?:(?:is|are) (?:now )?(?:publicly |freely |openly )?(?:available|released"
    rf"|published|provided|open|open-?sourced|downloadable|hosted|shared)"
    rf"|can be (?:down)?loaded|have been (?:publicly )?(?:released|open-?sourced|published))"
    rf"|\b(?:we|and)\b[^.;]{{0,30}}\b(?:provide|release[ds]?|publish(?:ed)?|open-?source[ds]?|share[ds]?"
    rf"|make available|upload(?:ed)?)\b[^.;]{{0,60}}?\b{_WEIGHTS}"
    rf"|\bdownload (?:the |our |all )?(?:[\w-]+ ){{0,2}}{_WEIGHTS}"
    rf"|\bopen(?:ly)?[- ](?:weights?|releas\w+)\b|\bopenly available\b"
    rf"|{_WEIGHTS}[^。；]{{0,24}}(?:开放|公开|开源|下载|发布|公開|ダウンロード)|(?:开源|公开|开放|发布"
    rf"|下载)(?:了)?[^。，；]{{0,16}}(?:模型)?权重",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\b(?:fully |completely )?open[- ]?sourc(?:e|ed)\b[^.;]{0,50}?\b(?:models?|series|LLMs?|family|version"
    r"|generation)\b|\bopen-?access\b[^.;]{0,50}\bmodel"
    r"|\b(?:we|have) (?:have )?open-?sourced\b|开源(?:的)?[^。，；]{0,20}(?:模型|版本)"
    r"|模型[^。，；]{0,12}(?:已)?开源|オープンソース[^。]{0,16}モデル",
    re.IGNORECASE,
)
_ABOUT_WEIGHTS: Final = re.compile(_WEIGHTS, re.IGNORECASE)
_CLOSED: Final = re.compile(
    rf"\b{_WEIGHTS}[^.;]{{0,40}}\b(?:(?:is|are|will|have|has) (?:currently |yet )?(?:not|never)(?: yet)?(?: be"
    rf"| been)? (?:publicly |openly |freely )?"
    r"(?:released?|available|published|public|shared|open|downloadable|distributed)|(?:is|are) (?:proprietary|closed"
    r"|private|withheld))"
    r"|\b(?:do|does|did|will|can) ?not (?:plan to |intend to |currently )?(?:release|publish|share|distribute"
    r"|open-?source) (?:the |its |our |any )?(?:[\w-]+ )?(?:weights|checkpoints|model)"
    rf"|\bonly (?:available|accessible) (?:through|via) (?:an? |the |our )?(?:[\w-]+ )?API\b"
    rf"|{_WEIGHTS}[^。；]{{0,12}}(?:不|未|暂不|尚未|没有)[^。；]{{0,6}}(?:公开|开放|开源|发布|提供)"
    r"|(?:不|未|暂不|尚未)(?:公开|开放|开源|发布|提供)[^。；]{0,8}(?:权重|模型参数)|重み(?:は"
    r"|を)[^。]{0,12}(?:公開(?:し|され)?(?:てい)?(?:ない|ません)|非公開)",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:outperform|many of the available|than (?:other|existing)|other open"
    r"|existing open|most open|compared)|比.{0,10}开源|现有.{0,12}开源|其他开源|同尺寸|主流开源",
    re.IGNORECASE,
)
_LOADED_WORDS: Final = frozenset(
    {"model", "card", "for", "the", "base", "large", "small", "readme", "and", "official", "version", "of", "on"}
)


def weights(card: Card, matter: FrontMatter) -> Iterator[Finding | Doubt]:
    """That the weights are offered, or loaded from a public hub by the model's own name; never that they are not."""
    bases = {one.text.lower() for one in matter.fields.get("base_model", [])}
    for one in card.sentences:
        denied = _CLOSED.search(one.text)
        if denied:
            yield Doubt("card.says-no", one.line_at(denied.start()), "weights_public")
    yield from _offered(card)
    yield from _by_loading(card, bases)


def _offered(card: Card) -> Iterator[Finding]:
    for one in card.sentences:
        found = _OFFERS.search(one.text)
        if found and not _unclear(one, found):
            yield Finding(
                "weights_public", True, one.line_at(found.start()), "stated", "weights-offered", around(one.text, *found.span())
            )
    for one in speaks_of_itself(card):
        found = _OPEN.search(one.text)
        if found and not _unclear(one, found) and not _COMPARED.search(clause_at(one.text, *found.span())):
            yield Finding(
                "weights_public", True, one.line_at(found.start()), "inferred", "open-source", around(one.text, *found.span())
            )
    for link in card.links:
        asked = re.search(r"\bweights?\b|\bcheckpoints?\b|\bdownload\b|权重|下载|ダウンロード", link.text, re.IGNORECASE)
        if re.search(r"intermediate|训练过程|中间", link.text + link.url, re.IGNORECASE):
            continue
        if (asked and (_HUB.search(link.url) or _FILES.search(link.url))) or re.search(
            r"\.(?:safetensors|ckpt"
            r"|gguf)\b",
            link.url,
        ):
            yield Finding("weights_public", True, link.line, "stated", "weights-link")
    for table in card.tables:
        for _, cells in table.columns(
            re.compile(
                r".*\b(?:download|weights|checkpoints?|hugging ?face)\b.*|下载.*|权重.*"
                r"|ダウンロード.*"
            )
        ):
            for cell in cells:
                if _HUB.search(cell.raw):
                    yield Finding("weights_public", True, cell.line, "stated", "weights-link")


_UNCLEAR: Final = re.compile(
    r"\b(?:once|upon request|on request|if you have|after approval|will be|soon|of the original|resum\w*|encoder"
    r"|freez\w*|initiali[sz]\w+|intermediate)\b|即将|中间",
    re.IGNORECASE,
)


def _unclear(one: Passage, found: re.Match[str]) -> bool:
    """Whether the clause denies, or the sentence speaks of others, of what is to come, or of a permission to be asked for."""
    clause = clause_at(one.text, found.start(), found.end())
    return bool(DENIED.search(clause) or OTHERS.search(clause) or _UNCLEAR.search(one.text))


def _by_loading(card: Card, bases: set[str]) -> Iterator[Finding]:
    """Code that loads the model by name from a public hub. The name is the card's own, and not that of a base."""
    own = name_words(card.title or "")
    for index, one in enumerate(card.code):
        if not any(
            word in one.text
            for word in (
                "pretrained",
                "pipeline",
                "model",
                "Transformer",
                "LLM",
                "download",
                "clone",
                "ollama",
                "vllm",
                "repo_id",
                "/",
            )
        ):
            continue
        if _NOT_WEIGHTS.search(one.text) or one.text.lstrip().startswith(("#", "//")):
            continue
        found = _LOADS.search(one.text) or (_NAMED.search(one.text) if _uses_name(card, index) else None)
        if (
            found is None
            and index
            and _OPENED.search(card.code[index - 1].text)
            and not _NOT_WEIGHTS.search(card.code[index - 1].text)
        ):
            found = _FIRST.search(one.text)
        if found is None:
            continue
        name = next(group for group in found.groups() if group)
        if name.lower() in bases or _LOCAL.search(name) or (own and not own & name_words(name)):
            continue
        yield Finding("weights_public", True, one.line, "inferred", "loads-from-hub")


def _uses_name(card: Card, index: int) -> bool:
    return any(_VARIABLE.search(later.text) and not _NOT_WEIGHTS.search(later.text) for later in card.code[index : index + 12])


def name_words(name: str) -> frozenset[str]:
    """The words and numbers in the name of a model, without those that any name may have."""
    parts = re.findall(r"[a-z]+|\d+(?:\.\d+)?|[\u3040-\u9fff]+", name.lower())
    return frozenset(part for part in parts if (len(part) > 1 or part.isdigit()) and part not in _LOADED_WORDS)


# -- how to use it -----------------------------------------------------------------------------------------------------------

_USAGE: Final = re.compile(
    r"\b(?:how to (?:use|run|get started|load|deploy)|usage|quick ?start|get(?:ting)? started|examples?|inference"
    r"|use (?:this|the|with|it)|using (?:this|the)|use with|run(?:ning)? (?:locally|the model|with)"
    r"|how to|installation|deployment|sample code|code example|demo code|prompt (?:format|template))\b|使用(?:方法|方式|说明"
    r"|示例|教程)|快速(?:开始|使用|上手|入门)|示例代码|代码(?:调用|示例)"
    r"|运行模型|运行方式|如何使用|调用|推理|部署|使い方|使用例|使用方法|利用方法|サンプルコード|実行方法|クイックスタート",
    re.IGNORECASE,
)
_NO_USAGE: Final = re.compile(
    r"intended|out[- ]of[- ]scope|misuse|limitation|evaluation|training|citation|licen"
    r"|contents|评测|训练|許諾|评估|限制",
    re.IGNORECASE,
)
_RUNS: Final = re.compile(
    r"\bimport \w|from_pretrained\(|\bpipeline\(|\bdocker (?:model )?(?:run|pull)|\bollama (?:run|pull)|\bvllm serve"
    r"|\bpip3? install|^\s*(?:\$ )?(?:python3? |curl |flwr run|npm |git clone|huggingface-cli|hf |\./|llama-)"
    r"|\.generate\(|\.encode\(|\.predict\(|snapshot_download\(|\bmodel\("
)
_TELLS: Final = re.compile(
    r"`[^`]{3,}`|\b(?:install|run|load|set|call|download|pass|prompt|import|use the code"
    r"|recommend\w*|temperature)\b|安装|运行|加载|调用|输入|インストール|実行|読み込",
    re.IGNORECASE,
)


def usage(card: Card) -> Iterator[Finding]:
    """That the card tells how to use the model, by code or in words below a heading for it."""
    for one in card.code:
        under = any(_USAGE.search(heading) and not _NO_USAGE.search(heading) for heading in one.path)
        if (under and _RUNS.search(one.text)) or re.search(
            r"(?<!Tokenizer\.)from_pretrained\(|\bpipeline\([\"']"
            r"|SentenceTransformer\(|docker model run|ollama run",
            one.text,
        ):
            yield Finding("usage_information_public", True, one.line, "stated", "usage-code")
    for one in card.sentences:
        if not any(_USAGE.search(heading) and not _NO_USAGE.search(heading) for heading in one.path[-2:]) or not is_filled(
            one.text
        ):
            continue
        told = _RUNS.search(one.text) or re.search(
            r"\b(?:set|run|call|install|load|pass)\b[^.]{3,}\b(?:to|with|the"
            r"|using)\b|安装[^。]{2,}|运行以下|実行して",
            one.text,
            re.IGNORECASE,
        )
        if told and not re.search(r"(?:use|run) the code below|more information needed|使用以下代码$", one.text, re.IGNORECASE):
            yield Finding(
                "usage_information_public",
                True,
                one.line_at(told.start()),
                "stated",
                "usage-words",
                around(one.text, *told.span()),
            )
