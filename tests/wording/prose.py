"""What of a text is prose: fields, quoted code and the names that stand in any language are taken out."""

import re
from functools import cache
from typing import Final

from guiju import norms
from guiju.logic.syntax import DURATIONS, REFERENCES
from guiju.norms import OBJECT_KINDS
from guiju.norms.model import CLOCK_KINDS, EVENT_KINDS, MODALITIES, NORM_KINDS
from guiju.subjects.given import SECTIONS

CHINESE: Final = re.compile("[\u3400-\u9fff〇]")
FULL_WIDTH: Final = re.compile("[\u3000-\u303f\uff00-\uffef]")

_FIELD = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_CODE = (
    r"\{\{.*?\}\}",  # {{a: ...}}, a piece of YAML
    r"\b[a-z_]+\([^()（）]*\)",  # some(relation, condition)
    r'"[^"]*"',
    r"'[^']*'",
    r"“[^”]*[:\[\]{}()!=<>&|/#][^”]*”",  # what is quoted and is no word
    r"\[[^\]]*\]",
    r"\b[a-z_]+:(?=\W|$)",  # key:
    r"(?<= )--?[a-z]+(-[a-z]+)*",  # an option
    r"(?<!\w)!=?(?=[\s(（\w，。]|$)",  # the sign for "not"
    r'(?<= )"',  # a quotation mark spoken of
)

NAMES: Final = {
    "AI": "what the label on generated content may say, and the name of the Act",
    "AIGC": "the name of the metadata field in GB 45438",
    "API": "what developers call an interface, beside 接口",
    "ASCII": "a character set",
    "Asia/Shanghai": "a place of the time-zone database",
    "Apache": "name of a licence",
    "BSD": "name of a licence",
    "BY": "part of the name CC BY",
    "BY-NC": "part of the name CC BY-NC",
    "BY-SA": "part of the name CC BY-SA",
    "Base64": "an encoding of bytes as text",
    "C2SP": "a community that specifies transparency logs",
    "CC": "Creative Commons, in names of licences",
    "CE": "the marking itself",
    "CEL": "a language for conditions",
    "CN": "id of a place and its calendar",
    "CNY": "code of a currency",
    "CSV": "a format of tables",
    "Ctrl+C": "two keys to press",
    "DOSSIER": "the argument as the command line shows it",
    "DSSE": "a format of signed envelopes",
    "EC": "part of the number of an EU act",
    "EU": "part of the number of an EU act; id of a place",
    "EUR": "code of a currency",
    "Europe/Brussels": "a place of the time-zone database",
    "Excel": "a program",
    "Ed25519": "a method of signing",
    "FLOP": "unit of training compute",
    "GB": "prefix of national standards",
    "GB/T": "prefix of recommended national standards",
    "GB/Z": "prefix of national guidance technical documents",
    "GDPR": "short name of a regulation",
    "GJ": "what a receipt number begins with",
    "DOCX": "a format of documents",
    "GPL": "name of a licence",
    "GUIJU_ORIGIN": "a setting",
    "GUIJU_WITNESSES": "a setting",
    "Gemma": "name of a model",
    "HTML": "a file format",
    "JSON": "a data format",
    "JPG": "a format of pictures",
    "KB": "unit of the size of a file",
    "MB": "unit of the size of a file",
    "api/v1/openapi.json": "an address of the site",
    "application/json": "a content type",
    "application/yaml": "a content type",
    "text/markdown": "a content type",
    "Llama": "name of a model",
    "LoRA": "name of a technique",
    "MIT": "name of a licence",
    "Markdown": "a file format",
    "PDF": "a file format",
    "PNG": "a format of pictures",
    "PRIVATE+KEY+": "what the file of a private key begins with",
    "Q/": "prefix of enterprise standards",
    "Qwen2.5": "name of a model",
    "RAIL": "name of a family of licences",
    "README": "the usual name of a file",
    "SMC": "the Act's own abbreviation for small mid-caps, shown once beside the Chinese",
    "T/": "prefix of group standards",
    "UTF-8": "a character encoding",
    "XLSX": "a format of spreadsheets",
    "XMP": "a metadata format",
    "YAML": "a data format",
    "name+id+base64": "how a public key is written",
    "record-key": "a file of a site",
    "secret-key": "a file of a site",
    "tlog-proof": "a format of proofs, and the ending of its files",
    "in-toto": "a format of signed statements",
}
"""Names that stand in a Chinese text as they are, each with the reason."""

PHRASES: Final = {
    "C-634/21号判决（SCHUFA案）": "number and name of a judgment",
    "Word、PDF": "two programs' files",
    "的 Label 为": "a field of the metadata in GB 45438",
    "没有“/T”": "the rest of the prefix GB/T",
    "6 months": "a value as a dossier writes it",
    "3 years": "a value as a dossier writes it",
    "apache-2.0": "a licence as model cards write it",
    "2026-08-15T10:00+08:00": "a moment as data writes it",
    "python -m pip install tzdata": "a command to type",
    "chat-service": "an id as a dossier writes it",
    "org:acme": "an id as a dossier writes it",
}
"""Longer pieces that are typed or named as they are, each with the reason."""

_POINTS = re.compile(r"（[a-z]{1,2}）|(?<=\d)[a-z]{1,2}(?=[项款条、，。；）至]|$)|(?<=附录)[A-Z]|[A-Z](?=节)|(?<=文号)C(?=\()")
"""Letters of paragraphs and annexes and of the Commission's papers: （ba）, 第14a项, 附录E, A节, 文号C(2026) 5054."""

_TOKEN = re.compile(r"(?<![0-9.A-Za-z])[A-Za-z][A-Za-z0-9+/._-]*")


@cache
def code_words() -> frozenset[str]:
    """Words that rule files, dossiers and commands are written in: a message about them names them."""
    keys = {"by_agreement", "each", "events", "forbid", "jointly", "one_of", "require"}
    keys |= {"charter", "facts", "norm", "practice", "roles", "said", "stands_for", "states"}
    units = {"hours", "days", "working-days", "months", "years"}
    signs = {"a", "b", "c", "in", "true", "false", "null", "yes", "no", "on", "some", "every", "bool", "enum", "set", "number"}
    files = {"instrument.yaml", "events.yaml", "norms.yaml", "vocabulary.yaml", "yaml", "md"}
    commands = {
        "assess",
        "demo",
        "generic",
        "guiju",
        "appoint",
        "keeper",
        "hard-unknown",
        "hard-unmet",
        "list",
        "remove",
        "rules",
        "search",
        "serve",
        "show",
    }
    commands |= {"backup", "fsck", "prove", "record", "restore", "verify"}
    declared = set(norms.builtin().vocabulary.declared) | set(norms.builtin().instruments)
    kinds = {*NORM_KINDS, *MODALITIES, *EVENT_KINDS, *CLOCK_KINDS, *OBJECT_KINDS, *SECTIONS}
    return frozenset(
        keys | units | signs | files | commands | declared | kinds | set(REFERENCES) | set(DURATIONS) | {"date", "duration"}
    )


def prose(text: str) -> str:
    """A message without its fields and without code."""
    text = _FIELD.sub("x_", text)
    for pattern in _CODE:
        text = re.sub(pattern, "", text)
    return text.replace("x_", "")


def plain(text: str) -> str:
    """A Chinese text without the phrases and letters that stand in any language."""
    for phrase in PHRASES:
        text = text.replace(phrase, "")
    return _POINTS.sub("", text)


def latin(text: str) -> list[str]:
    """The Latin words of a Chinese text that are not names."""
    return [token for one in _TOKEN.findall(plain(text)) if (token := one.rstrip(".")) not in NAMES]
