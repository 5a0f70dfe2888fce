"""The text of a card file in whatever encoding it is, and files that are no card, told by what they seem to be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from guiju.norms.yaml_reader import FileError, read_bytes
from guiju.subjects.errors import DossierError, words
from guiju.subjects.front_matter import FrontMatter
from guiju.wording import Where

_SIGNATURES: Final = (
    (b"%PDF-", "pdf"), (b"\xd0\xcf\x11\xe0", "office"), (b"{\\rtf", "office"), (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"), (b"GGUF", "weights"), (b"\x80\x02", "weights"),
)  # fmt: skip
_MODEL_WORDS: Final = re.compile(
    r"model|weights|checkpoint|transformer|llm|licen[cs]e|token|dataset|fine-?tun|neural|模型|权重|训练|许可|数据集"
    r"|モデル|学習|重み|ライセンス",
    re.IGNORECASE,
)
_DOSSIER_KEYS: Final = re.compile(
    r"(?:system|facts|events|model|parties|purposes|judgements|conduct|objects"
    r"|schema)[ \t]*:(?:[ \t].*)?"
)
_COMMON_CHINESE: Final = re.compile("[的是在和模型了有用]")
_KANA: Final = re.compile("[\u3040-\u30fa]")


def text_of(path: Path) -> tuple[str, bool]:
    """The text of a card, and whether it was in another encoding than UTF-8.

    :raises GuijuError: for a file that is not there, too large, or no text.
    """
    try:
        text = read_bytes(path, str(path))
    except FileError as problem:
        if problem.code not in ("file.not-utf8", "file.binary"):
            raise
        raw = path.read_bytes()
        _refuse_by_signature(raw, str(path))
        decoded = _decoded(raw)
        if decoded is None:
            raise
        return decoded, True
    if text.startswith(("%PDF-", "{\\rtf")):
        _refuse_by_signature(text[:8].encode(), str(path))
    return text, False


def _refuse_by_signature(raw: bytes, name: str) -> None:
    """Files that say in their first bytes what they are."""
    kind = next((kind for start, kind in _SIGNATURES if raw.startswith(start)), None)
    if raw.startswith(b"PK\x03\x04"):
        kind = "workbook" if b"xl/" in raw else "office" if b"word/" in raw or b"ppt/" in raw else "archive"
    if kind is not None:
        raise DossierError(
            "card.other-file", Where(name), what=words(f"card.seems-{kind}"), advice=words(f"card.instead-of-{kind}")
        )


def _decoded(raw: bytes) -> str | None:
    """Text in UTF-16, in Japanese or Chinese encodings or in that of old Western systems; None where it is no text."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        return _utf16_without_mark(raw)
    try:
        japanese = raw.decode("shift_jis")
        if len(_KANA.findall(japanese[:5000])) > 5:
            return japanese
    except UnicodeDecodeError:
        pass
    try:
        chinese = raw.decode("gb18030")
        if len(_COMMON_CHINESE.findall(chinese[:20_000])) > 2:
            return chinese
    except UnicodeDecodeError:
        pass
    return raw.decode("cp1252", errors="replace")


def _utf16_without_mark(raw: bytes) -> str | None:
    head = raw[:4000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = head[start::2].count(0)
        if zeros > len(head) // 2 * 0.4 and head[1 - start :: 2].count(0) == 0:
            return raw.decode(encoding, errors="replace")
    return None


def refuse_other_text(lines: list[str], matter: FrontMatter, name: str) -> None:
    """Refuse a text that is no card: nothing, a web page, data, a dossier, or words without a word of a model."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise DossierError("card.empty", Where(name))
    if matter.found:
        return
    start = lines[first].strip()[:200]
    kind = _seems(start, lines, first)
    if kind is not None:
        what, advice = words(f"card.seems-{kind}"), words(f"card.instead-of-{kind}")
        raise DossierError("card.other-file", Where(name, first + 1), what=what, advice=advice)
    if not any(_MODEL_WORDS.search(line[:20_000]) for line in lines):
        raise DossierError("card.no-model", Where(name, first + 1))


def _seems(start: str, lines: list[str], first: int) -> str | None:
    low = start.lower()
    if low.startswith(("<!doctype", "<html", "<?xml")):
        return "page"
    second = next((line.strip() for line in lines[first + 1 :] if line.strip()), "")
    if (start.startswith("{") and (re.match(r'\{\s*"', start) or second.startswith('"'))) or start.startswith(("[{", '["')):
        return "data"
    if (
        _DOSSIER_KEYS.fullmatch(start)
        and lines[first][:1] not in (" ", "\t")
        and re.match(
            r"[a-z_]+[ \t]*:|[ \t]+\w"
            r"|- ",
            second or "-",
        )
    ):
        return "dossier"
    return None
