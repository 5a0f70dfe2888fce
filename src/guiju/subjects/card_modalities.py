"""What a model takes and gives, and for how many tasks, by task tags, labels and what a card says of its model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from guiju.subjects.card_finding import DENIED, Finding, around, speaks_of_itself
from guiju.subjects.card_sections import Card, Passage
from guiju.subjects.front_matter import FrontMatter, Stated

Task = tuple[tuple[str, ...], tuple[str, ...]]

TASKS: Final[dict[str, Task]] = {
    "text-generation": (("text",), ("text",)),
    "text2text-generation": (("text",), ("text",)),
    "conversational": (("text",), ("text",)),
    "chat": (("text",), ("text",)),
    "summarization": (("text",), ("text",)),
    "translation": (("text",), ("text",)),
    "question-answering": (("text",), ()),
    "fill-mask": (("text",), ()),
    "text-classification": (("text",), ("label",)),
    "token-classification": (("text",), ("label",)),
    "zero-shot-classification": (("text",), ("label",)),
    "text-ranking": (("text",), ("label",)),
    "sentence-similarity": (("text",), ("embedding",)),
    "feature-extraction": ((), ("embedding",)),
    "image-feature-extraction": (("image",), ("embedding",)),
    "text-to-image": (("text",), ("image",)),
    "image-to-image": (("image",), ("image",)),
    "unconditional-image-generation": ((), ("image",)),
    "image-to-text": (("image",), ("text",)),
    "image-text-to-text": (("image", "text"), ("text",)),
    "video-text-to-text": (("video", "text"), ("text",)),
    "audio-text-to-text": (("audio", "text"), ("text",)),
    "visual-question-answering": (("image", "text"), ()),
    "text-to-video": (("text",), ("video",)),
    "image-to-video": (("image",), ("video",)),
    "text-to-speech": (("text",), ("audio",)),
    "text-to-audio": (("text",), ("audio",)),
    "audio-to-audio": (("audio",), ("audio",)),
    "automatic-speech-recognition": (("audio",), ("text",)),
    "audio-classification": (("audio",), ("label",)),
    "voice-activity-detection": (("audio",), ("label",)),
    "image-classification": (("image",), ("label",)),
    "image-segmentation": (("image",), ("label",)),
    "zero-shot-image-classification": (("image",), ("label",)),
    "object-detection": (("image",), ("label",)),
    "video-classification": (("video",), ("label",)),
    "tabular-classification": ((), ("label",)),
}
_NARROW_TASKS: Final = frozenset({
    "text-classification", "token-classification", "sentence-similarity", "audio-classification", "voice-activity-detection",
    "image-classification", "object-detection", "video-classification", "tabular-classification", "text-ranking",
    "image-segmentation",
})  # fmt: skip
_CONTENT: Final = frozenset({"text", "image", "audio", "video"})

_WORDS: Final = (
    (
        "text",
        re.compile(r"\b(?:texts?|textual|strings?|sentences?|paragraphs?|prompts?)\b|文本|文字|テキスト|文章", re.IGNORECASE),
    ),
    ("image", re.compile(r"\b(?:images?|pictures?|photos?|visual)\b|图像|图片|画像", re.IGNORECASE)),
    ("audio", re.compile(r"\b(?:audio|speech|sounds?|voice|music|waveforms?|spectrograms?)\b|音频|语音|音声", re.IGNORECASE)),
    ("video", re.compile(r"\bvideos?\b|视频|動画", re.IGNORECASE)),
    ("code", re.compile(r"\bcode\b|代码|コード", re.IGNORECASE)),
    (
        "label",
        re.compile(
            r"\b(?:class(?:es)?|labels?|scores?|probabilit(?:y|ies)|categor(?:y|ies)"
            r"|bounding box(?:es)?)\b|类别|标签|分数|概率|ラベル",
            re.IGNORECASE,
        ),
    ),
    ("embedding", re.compile(r"\b(?:embeddings?|vectors?|vector space)\b|向量|埋め込み|ベクトル", re.IGNORECASE)),
)
_INPUT: Final = frozenset({
    "input", "inputs", "input modality", "input modalities", "input type", "input types", "input type(s)", "input data",
    "model input",
    "输入", "输入模态", "输入类型", "模型输入", "输入数据", "入力", "入力形式", "入力モダリティ",
})  # fmt: skip
_OUTPUT: Final = frozenset({
    "output", "outputs", "output modality", "output modalities", "output type", "output types", "output type(s)",
    "output data", "model output",
    "输出", "输出模态", "输出类型", "模型输出", "输出数据", "出力", "出力形式", "出力モダリティ",
})  # fmt: skip
_BOTH: Final = frozenset({"modality", "modalities", "supported modalities", "模态", "モダリティ"})
_ARROW: Final = re.compile(r"\s*(?:->|→|=>|⇒|/|;|；)\s*")
_IN_OUT: Final = re.compile(
    r"\b(?P<a>text|images?|audio|speech|video|code)[ -]in\b\s*[/,;&|]?\s*(?:and )?(?P<b>text|images?|audio|speech"
    r"|video|code)[ -]out\b",
    re.IGNORECASE,
)
_X_TO_Y: Final = re.compile(
    r"\b(?P<a>text|image|audio|speech|video|voice)[- ](?:to|2)[- ](?P<b>text|image|audio|speech|video|voice|music|code)\b"
    r"|(?P<c>文生图|文生视频|图生视频|图生文|文本生成图像|文生音乐)", re.IGNORECASE)  # fmt: skip
_CHINESE: Final = {
    "文生图": ("text", "image"), "文本生成图像": ("text", "image"), "文生视频": ("text", "video"), "图生视频": ("image", "video"),
    "图生文": ("image", "text"), "文生音乐": ("text", "audio"),
}  # fmt: skip
_KIND: Final = {"speech": "audio", "voice": "audio", "music": "audio", "images": "image", "videos": "video"}
_RECOGNISES: Final = re.compile(r"\bspeech[- ]recogni\w+|\bASR\b|语音识别|音声認識", re.IGNORECASE)
_MAPS: Final = re.compile(
    r"\b(?:maps?|encodes?|converts?|transforms?"
    r"|embeds?)\s+(?P<a>[\w &,]{3,40}?)\s+(?:in)?to\s+(?P<b>[^.;]{0,60}?(?:vectors?|embeddings?)\b)"
    r"|将(?P<c>[^，。]{1,20}?)(?:映射|编码|转换)(?:到|为|成)[^，。]{0,20}向量", re.IGNORECASE)  # fmt: skip
_LANGUAGE: Final = re.compile(
    r"\blanguage models?\b|\bLLMs?\b|\b(?:chat|dialogue|conversational|text[- ]generation|reasoning language"
    r"|instruct) models?\b|\bgenerative text models?\b"
    r"|语言(?:大)?模型|语言生成模型|对话模型|聊天模型|言語モデル|対話モデル", re.IGNORECASE)  # fmt: skip
_NOT_JUST_TEXT: Final = re.compile(
    r"\bmulti-?modal|\bomni|\bvision|\bvisual|\bimages?\b|\bspeech|\baudio\b|\bvideo|\bVLM\b|多模态|视觉|图像|图片|语音|视频"
    r"|マルチモーダル|画像|音声|動画",
    re.IGNORECASE,
)
_NOT_GENERATIVE: Final = re.compile(
    r"\bmasked\b|\bMLM\b|\bembedding|\bencoder[- ]only|\bclassif|\bBERT\b|\breward model|\brerank|\bsentence|掩码|向量|分类"
    r"|埋め込み|分類",
    re.IGNORECASE,
)
_PIPELINE: Final = re.compile(r"\bpipeline\(\s{0,3}(?:task\s{0,3}=\s{0,3})?[\"'](?P<task>[a-z0-9-]{5,40})[\"']")
_CLASSES: Final = {
    "CausalLM": "text-generation", "Seq2SeqLM": "text2text-generation", "MaskedLM": "fill-mask",
    "SequenceClassification": "text-classification",
    "TokenClassification": "token-classification", "SpeechSeq2Seq": "automatic-speech-recognition",
    "ImageClassification": "image-classification",
    "AudioClassification": "audio-classification", "ObjectDetection": "object-detection",
}  # fmt: skip
_CLASS: Final = re.compile(rf"\bAutoModelFor(?P<kind>{'|'.join(_CLASSES)})\.from_pretrained\(")
_ENCODER: Final = re.compile(r"\b(?P<kind>text|image|vision|audio|speech|video)[- ]encoder\b", re.IGNORECASE)
_GENERATES: Final = re.compile(
    r"\b(?:generates?|outputs?|produces?|synthesi[sz]es?)\s+(?:[a-z-]+ ){0,2}?(?P<kind>text|images?|audio|speech"
    r"|videos?|music)\b(?! (?:embedding|vector|feature|label|encod))", re.IGNORECASE)  # fmt: skip
_CLAIMS: Final = re.compile(
    r"\b(?:is|are|as)\b|\bwe (?:introduce|present|release|propose|develop|open)|\bintroducing\b|是|推出|发布|开源"
    r"|です|である|公開"
    r"|モデル$",
    re.IGNORECASE,
)
_ONLY: Final = re.compile(r"\bonly\b|仅|只|のみ|だけ", re.IGNORECASE)


# -- what goes in and comes out ----------------------------------------------------------------------------------------------


def from_tasks(matter: FrontMatter) -> Iterator[Finding]:
    """What goes in and comes out by the tasks of the front matter, and that the one task is narrow."""
    tasks = _tasks(matter)
    for place, name in ((0, "model_input_modalities"), (1, "model_output_modalities")):
        members = dict.fromkeys(member for task in tasks for member in TASKS[task.text.lower()][place])
        if members:
            first = next(task for task in tasks if TASKS[task.text.lower()][place])
            yield Finding(name, tuple(members), first.line, "inferred", "task")
    main = matter.fields.get("pipeline_tag", [])
    generates = any(_CONTENT & set(TASKS[task.text.lower()][1]) for task in tasks)
    if len(main) == 1 and main[0].text.lower() in _NARROW_TASKS and not generates:
        yield Finding("task_breadth", "narrow", main[0].line, "inferred", "narrow-task")


def _tasks(matter: FrontMatter) -> list[Stated]:
    """The tasks that the card names, by the key made for it or among its tags."""
    named = [one for key in ("pipeline_tag", "tasks", "tags") for one in matter.fields.get(key, [])]
    return [one for one in named if one.text.lower() in TASKS]


def modalities(card: Card) -> Iterator[Finding]:
    """What goes in and comes out, by labels, by the columns of a table and by what the card says its model does."""
    yield from _by_label(card)
    yield from _by_column(card)
    own = list(speaks_of_itself(card))
    for one in own:
        if not DENIED.search(one.text):
            yield from _by_words(one)
    yield from _by_code(card, own)
    yield from _as_language_model(card, own)


def _by_code(card: Card, own: list[Passage]) -> Iterator[Finding]:
    """The task that the card's own code asks a pipeline for, or the class that it loads the model as."""
    rich = any(_NOT_JUST_TEXT.search(one.text) for one in own)
    for one in card.code:
        if "pipeline(" not in one.text and "AutoModelFor" not in one.text:
            continue
        asked = _PIPELINE.search(one.text)
        loaded = None if rich else _CLASS.search(one.text)
        task = TASKS.get(asked["task"].lower()) if asked else TASKS[_CLASSES[loaded["kind"]]] if loaded else None
        if task is None:
            continue
        for members, name in zip(task, ("model_input_modalities", "model_output_modalities"), strict=True):
            if members:
                yield Finding(name, members, one.line, "inferred", "code-task")
        return


def _by_label(card: Card) -> Iterator[Finding]:
    for one in card.labelled:
        names = one.labels
        both = bool(names & _INPUT and names & _OUTPUT) or bool(names & _BOTH)
        if both:
            parts = _ARROW.split(one.text)
            if len(parts) == 2:
                yield from _members(one, parts[0], "model_input_modalities")
                yield from _members(one, parts[1], "model_output_modalities")
            continue
        if one.kind == "section" and len(one.text) > 200:
            continue
        if names & _INPUT:
            yield from _members(one, one.text, "model_input_modalities")
        elif names & _OUTPUT:
            yield from _members(one, one.text, "model_output_modalities")


def _members(one: Passage, text: str, name: str) -> Iterator[Finding]:
    """The kinds that a labelled value names; its first sentence says them."""
    first = re.split(r"(?<=[.。])\s", text, maxsplit=1)[0][:300]
    if DENIED.search(first):
        return
    outputs = name == "model_output_modalities"
    found = tuple(kind for kind, form in _WORDS if form.search(first) and (outputs or kind not in ("label", "embedding")))
    if found:
        yield Finding(name, found, one.line, "stated", "modality-label", only=bool(_ONLY.search(first)))


def _by_column(card: Card) -> Iterator[Finding]:
    """A column such as *Input modalities*: only what every row of it says."""
    for table in card.tables:
        for wanted, name in ((_INPUT, "model_input_modalities"), (_OUTPUT, "model_output_modalities")):
            for _, cells in table.columns(
                re.compile("|".join(re.escape(word) for word in wanted if "modalit" in word or "模态" in word))
            ):
                kinds = [{kind for kind, form in _WORDS if form.search(cell.text)} for cell in cells]
                shared = set.intersection(*kinds) if kinds else set()
                allowed = [
                    kind
                    for kind, _ in _WORDS
                    if kind in shared and (name.startswith("model_output") or kind not in ("label", "embedding"))
                ]
                if allowed:
                    yield Finding(name, tuple(allowed), cells[0].line, "stated", "modality-column")


def _by_words(one: Passage) -> Iterator[Finding]:
    """“text in, text out”, “text-to-image”, “speech recognition”, “maps sentences to vectors”."""
    task = TASKS.get(re.sub(r"[\s_]+", "-", one.text.strip(" .").lower())) if one.label else None
    for members, name in zip(task or ((), ()), ("model_input_modalities", "model_output_modalities"), strict=True):
        if members:
            yield Finding(name, members, one.line, "stated", "task-label")
    for form, rule in ((_IN_OUT, "in-out"), (_X_TO_Y, "x-to-y")):
        for found in form.finditer(one.text):
            group = found.groupdict()
            pair = _CHINESE[group["c"]] if group.get("c") else (_kind(group["a"]), _kind(group["b"]))
            yield _words(one, found, "model_input_modalities", pair[0], rule)
            yield _words(one, found, "model_output_modalities", pair[1], rule)
    recognises = _RECOGNISES.search(one.text)
    if recognises and (_CLAIMS.search(one.text) or one.kind != "sentence" or re.search(r"\bmodels?\b|模型|モデル", one.text)):
        yield _words(one, recognises, "model_input_modalities", "audio", "speech-recognition")
        yield _words(one, recognises, "model_output_modalities", "text", "speech-recognition")
    for encoder in _ENCODER.finditer(one.text):
        kind = "image" if encoder["kind"].lower() == "vision" else _kind(encoder["kind"])
        yield _words(one, encoder, "model_input_modalities", kind, "encoder")
    gives = _GENERATES.search(one.text)
    if gives:
        yield _words(one, gives, "model_output_modalities", _kind(gives["kind"]), "generates")
    maps = _MAPS.search(one.text)
    if maps:
        taken = maps["a"] or maps["c"] or ""
        for kind in ("text", "image", "audio", "video"):
            if dict(_WORDS)[kind].search(taken):
                yield _words(one, maps, "model_input_modalities", kind, "maps-to-vectors")
        yield _words(one, maps, "model_output_modalities", "embedding", "maps-to-vectors")


def _kind(word: str) -> str:
    return _KIND.get(word.lower(), word.lower())


def _words(one: Passage, found: re.Match[str], name: str, member: str, rule: str) -> Finding:
    line = one.line_at(found.start())
    return Finding(name, (member,), line, "inferred", rule, around(one.text, found.start(), found.end()))


def _as_language_model(card: Card, own: Iterable[Passage]) -> Iterator[Finding]:
    """A model that says of itself that it is a language model takes text and gives text, unless other kinds are spoken of."""
    said = list(own)
    if any(_NOT_JUST_TEXT.search(one.text) or _NOT_GENERATIVE.search(one.text) for one in said) or _NOT_JUST_TEXT.search(
        card.title or ""
    ):
        return
    for one in said:
        found = _LANGUAGE.search(one.text)
        if found and not DENIED.search(one.text[: found.start()]) and (one.kind != "sentence" or _CLAIMS.search(one.text)):
            yield _words(one, found, "model_input_modalities", "text", "language-model")
            yield _words(one, found, "model_output_modalities", "text", "language-model")
            return


# -- for how many tasks ------------------------------------------------------------------------------------------------------

_WIDE: Final = re.compile(
    r"\bgeneral[- ]purpose\b(?! (?:gpu|comput|hardware|corpus|data))"
    r"|\b(?:chat|dialogue|conversational|assistant|instruct(?:ion)?(?:[- ](?:tuned|following))?)[- ](?:language "
    r"|text |only )*(?:models?|LLMs?|assistants?|generative models?)\b"
    r"|\binstruction[- ](?:fine-?)?tuned\b|\bassistant[- ]like chat\b|\boptimi[sz]ed for (?:[\w-]+ ){0,3}(?:dialogue"
    r"|chat|conversation)"
    r"|\b(?:AI|virtual|helpful|digital) assistants?\b|\bversatile\b[^.;]{0,40}\b(?:use cases|tasks|applications)"
    r"|\bwide (?:range|variety|array) of (?:[\w-]+ ){0,5}(?:tasks|applications|use cases)|\b(?:variety"
    r"|range) of (?:[\w-]+ ){0,4}tasks\b|\bany (?:nlp|language|text) task"
    r"|对话(?:大|语言)?模型|聊天(?:大)?模型|通用(?:大|语言|人工智能|对话|基础)?模型|智能助手|AI ?助手|指令(?:微调"
    r"|调优|跟随|遵循)|多轮对话|多种任务|各类任务|各种任务"
    r"|汎用|対話(?:用|型)?(?:の)?(?:言語)?モデル|チャットモデル|アシスタント|指示(?:チューニング|学習"
    r"|追従)", re.IGNORECASE)  # fmt: skip
_WIDE_NAME: Final = re.compile(r"(?:[-_ .]|\b)(?:chat|instruct|assistant)(?:[-_ .]|\b)", re.IGNORECASE)
_NARROW: Final = re.compile(
    r"\b(?:is|are|as) (?:an?|the)?[^.;]{0,80}?\b(?:classifiers?|detectors?|recogni[sz]ers?|rerankers?"
    r"|(?:classification|detection|segmentation|recognition|moderation|embedding"
    r"|sentiment analysis|named entity recognition|translation|summari[sz]ation) models?)\b"
    r"|\b(?:fine-?)?tuned (?:specifically |only |solely )?(?:for|to) (?:[\w-]+ ){0,5}(?:classif\w+|detect\w*"
    r"|recogni\w+|segment\w*|moderat\w+|translat\w+|summari[sz]\w+|sentiment analysis)"
    r"|\btrained (?:for|to) (?:[\w-]+ ){0,3}(?:speech recognition|classif\w+|detect\w*|predict safety|segment\w*)"
    r"|\bspeech recognition\b[^.;]{0,40}\bmodels?\b|\bsentence[- ](?:embedding|transformers?) model"
    r"|(?:用于|用来|专门)[^，。；]{0,20}(?:分类|检测|识别|分割|审核)|分类器|检测器|分类模型|检测模型|识别模型|向量模型|嵌入模型"
    r"|分類(?:器|モデル)|検出(?:器|モデル)|認識モデル|埋め込みモデル|(?:分類|検出|判定)(?:する|に特化"
    r"|用)", re.IGNORECASE)  # fmt: skip
_USES: Final = re.compile(r"intended use|^uses$|direct use|primary use|用途|使用场景|用例|想定", re.IGNORECASE)
_NOT_USES: Final = re.compile(r"out[- ]of[- ]scope|misuse|malicious|limitation|downstream|超出|不适用|範囲外", re.IGNORECASE)
_OF_ANOTHER: Final = re.compile(
    r"\b(?:fine-?tuned|adapted|versions?|variants?|based on it|trained on top"
    r"|you can also|see also|model cards? of|check out|looking for|can be (?:further )?(?:fine-?)?tuned"
    r"|downstream|also releas\w*|we releas\w+ \S+-(?:chat|instruct))\b"
    r"|基于[^，。]{0,30}(?:打造|训练|微调|开发)|同时|此外|还开源|推出了\S{0,20}(?:助手|chat)", re.IGNORECASE)  # fmt: skip


def breadth(card: Card) -> Iterator[Finding]:
    """Wide where the card calls its model general, a chat or an assistant; narrow where it says that it does one thing."""
    name = _WIDE_NAME.search(card.title or "")
    if name and card.headings:
        head = next((one for one in card.headings if one.text == card.title), None)
        if head is not None:
            yield Finding("task_breadth", "wide", head.line, "inferred", "chat-name")
    own = list(speaks_of_itself(card))
    uses = [one for one in card.sentences if any(_USES.search(path) for path in one.path[-2:])]
    for one in [*own, *uses[:20]]:
        if any(_NOT_USES.search(heading) for heading in one.path) or DENIED.search(one.text):
            continue
        wide, narrow = _WIDE.search(one.text), _NARROW.search(one.text)
        if wide and not _OF_ANOTHER.search(one.text[: wide.start()]):
            yield _breadth(one, wide, "wide", "general-words")
        if narrow and one in own:
            yield _breadth(one, narrow, "narrow", "one-task-words")


def _breadth(one: Passage, found: re.Match[str], value: str, rule: str) -> Finding:
    return Finding(
        "task_breadth", value, one.line_at(found.start()), "inferred", rule, around(one.text, found.start(), found.end())
    )
