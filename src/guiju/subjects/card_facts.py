"""What may be proposed from a model card: only what its front matter or a plain figure says, never a no, never a conclusion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from guiju.subjects.front_matter import FrontMatter, Stated


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact read from a card: its name, the members, number or yes that it states, and by which rule."""

    name: str
    value: bool | str | Decimal | tuple[str, ...]
    line: int
    confidence: Literal["stated", "inferred"]
    rule: str


_LICENCES: Final = {
    "apache-2.0": "apache_2_0", "apache-2": "apache_2_0", "apache2.0": "apache_2_0", "apache-license-2.0": "apache_2_0",
    "mit": "mit", "mit-license": "mit",
    "bsd": "bsd", "bsd-2-clause": "bsd", "bsd-3-clause": "bsd", "bsd-3-clause-clear": "bsd",
    "gemma": "gemma_terms", "proprietary": "proprietary",
}  # fmt: skip
_LICENCE_FAMILIES: Final = (
    (re.compile(r"(a|l)?gpl(-[0-9.]+)?(-only|-or-later)?"), "gpl"),
    (re.compile(r"cc-by(-[0-9.]+)?"), "cc_by"),
    (re.compile(r"cc-by-sa(-[0-9.]+)?"), "cc_by_sa"),
    (re.compile(r"cc-by-nc(-sa|-nd)?(-[0-9.]+)?"), "cc_by_nc"),
    (re.compile(r"([a-z]+-)*(open)?rail(-m|\+\+|-[0-9.]+)*"), "openrail"),
    (re.compile(r"llama-?[0-9.]+(-community)?"), "llama_community"),
)
_FREE: Final = ("apache_2_0", "mit", "bsd")
_NOT_SAID: Final = frozenset({"unknown", "none", "n/a", "na", "tbd", "todo", "?", "your-license", "license"})
_FREEDOMS: Final = ("access", "use", "modification", "distribution")

Task = tuple[tuple[str, ...], tuple[str, ...]]

_TASKS: Final[dict[str, Task]] = {
    "text-generation": (("text",), ("text",)),
    "text2text-generation": (("text",), ("text",)),
    "summarization": (("text",), ("text",)),
    "translation": (("text",), ("text",)),
    "question-answering": (("text",), ()),
    "fill-mask": (("text",), ()),
    "text-classification": (("text",), ("label",)),
    "token-classification": (("text",), ("label",)),
    "zero-shot-classification": (("text",), ("label",)),
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
    "zero-shot-image-classification": (("image",), ("label",)),
    "object-detection": (("image",), ("label",)),
    "video-classification": (("video",), ("label",)),
    "tabular-classification": ((), ("label",)),
}
_NARROW: Final = frozenset({
    "text-classification", "token-classification", "sentence-similarity", "audio-classification", "voice-activity-detection",
    "image-classification", "object-detection", "video-classification", "tabular-classification",
})  # fmt: skip
_CONTENT: Final = frozenset({"text", "image", "audio", "video"})


def findings(matter: FrontMatter, lines: list[str]) -> Iterator[Finding]:
    """Everything that a card with front matter lets one propose."""
    yield from _licence(matter.fields.get("license", []))
    yield from _modalities(_tasks(matter))
    yield from _breadth(matter)
    base = [one for one in matter.fields.get("base_model", []) if _means_something(one.text)]
    if base:
        yield Finding("base_model_named", True, base[0].line, "stated", "base_model")
    yield from _compute(lines, matter.body)


def _means_something(text: str) -> bool:
    return text.lower() not in _NOT_SAID and "more information" not in text.lower()


# -- licence -----------------------------------------------------------------------------------------------------------------


def _licence(stated: list[Stated]) -> Iterator[Finding]:
    if len(stated) != 1 or not _means_something(stated[0].text):
        return
    line = stated[0].line
    written = re.sub(r"[\s_]+", "-", stated[0].text.lower())
    known = _LICENCES.get(written) or next((name for form, name in _LICENCE_FAMILIES if form.fullmatch(written)), None)
    if known is None:
        yield Finding("licence_name", "other_licence", line, "inferred", "license")
        return
    yield Finding("licence_name", known, line, "stated", "license")
    if known in _FREE:
        yield Finding("licence_allows", _FREEDOMS, line, "inferred", "free-licence")


# -- what goes in and comes out ----------------------------------------------------------------------------------------------


def _tasks(matter: FrontMatter) -> list[Stated]:
    """The tasks that the card names, by the key made for it or among its tags."""
    named = [one for key in ("pipeline_tag", "tasks", "tags") for one in matter.fields.get(key, [])]
    return [one for one in named if one.text.lower() in _TASKS]


def _modalities(tasks: list[Stated]) -> Iterator[Finding]:
    for place, name in ((0, "model_input_modalities"), (1, "model_output_modalities")):
        members = dict.fromkeys(member for task in tasks for member in _TASKS[task.text.lower()][place])
        if members:
            first = next(task for task in tasks if _TASKS[task.text.lower()][place])
            yield Finding(name, tuple(members), first.line, "inferred", "task")


def _breadth(matter: FrontMatter) -> Iterator[Finding]:
    """Narrow only where the card's one task is to classify or compare, and no tag says that it also generates."""
    main = matter.fields.get("pipeline_tag", [])
    if len(main) != 1 or main[0].text.lower() not in _NARROW:
        return
    if not any(_CONTENT & set(_TASKS[task.text.lower()][1]) for task in _tasks(matter)):
        yield Finding("task_breadth", "narrow", main[0].line, "inferred", "narrow-task")


# -- training compute --------------------------------------------------------------------------------------------------------

_FIGURE: Final = re.compile(
    r"(?<![\w.])(?P<digits>[0-9]+(?:\.[0-9]+)?)\s*"
    r"(?:[eE]\+?(?P<e>[0-9]{1,2})|(?:[x×*·]|\\times)\s*10\s*(?:\^|\*\*|<sup>)?\s*\{?(?P<power>[0-9]{1,2}|[⁰¹²³⁴-⁹]{1,2})\}?(?:</sup>)?)"
    r"\s*\$?\s*(?:FLOPs?|flops?|次浮点运算|浮点运算)(?![\w/])(?!\s*(?:/|per\b|每))"
)
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TRAINING: Final = re.compile(r"train|训练", re.IGNORECASE)
_OTHERWISE: Final = re.compile(r"inference|forward|threshold|推理|阈值|门槛", re.IGNORECASE)


def _compute(lines: list[str], start: int) -> Iterator[Finding]:
    """A figure of floating-point operations that the card itself says went into training; two figures say nothing."""
    found: list[tuple[Decimal, int]] = []
    heading, fenced = "", False
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced:
            continue
        if line.startswith("#"):
            heading = line
        short = line[:4000]
        if _TRAINING.search(short + heading) and not _OTHERWISE.search(short):
            found += [(_amount(figure), number) for figure in _FIGURE.finditer(short)]
    if len({amount for amount, _ in found}) == 1:
        yield Finding("training_compute", found[0][0], found[0][1], "stated", "flop-figure")


def _amount(figure: re.Match[str]) -> Decimal:
    exponent = figure["e"] or figure["power"].translate(_SUPERSCRIPT)
    return Decimal(f"{figure['digits']}e{exponent}")
