"""What somebody hands in: a model card, a dossier or an earlier result, as a file or as pasted text, told by its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from guiju.assess.again import dossier_again, result_in
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.uploads import CARD, DOSSIER, RESULT, Upload, UploadError, kind_of, text_in
from guiju.norms import reader_words
from guiju.subjects import Dossier, card_from, dossier_from
from guiju.wording import LANGUAGES

PASTED: Final = "model-card.md"
"""What pasted text is called in sources."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A dossier, and what it was read from."""

    dossier: Dossier
    content: bytes
    name: str


def arrived(sent: Upload) -> Arrived:
    """Read what was handed in.

    :raises GuijuError: for what is no model card, dossier or result; the message says what it seems to be.
    """
    return Arrived(_read(sent), sent.content, sent.name)


def _read(sent: Upload) -> Dossier:
    names = site_corpus().vocabulary
    if sent.kind == CARD:
        return card_from(sent.text, sent.name, names)
    if sent.kind == DOSSIER:
        return dossier_from(sent.text, sent.name, names)
    if sent.kind == RESULT:
        return _of_result(sent)
    raise UploadError("check.form-handed-in")


def _of_result(sent: Upload) -> Dossier:
    """The dossier from which a result was worked out."""
    earlier = result_in(sent.content, sent.name)
    if earlier is None:
        raise UploadError("check.form-handed-in")
    if earlier.reading:
        by = {lang: reader_words(earlier.reading[0], lang) for lang in LANGUAGES}
        raise UploadError("check.as-somebody-reads", by=by)
    return dossier_again(earlier, site_corpus().vocabulary)


def pasted(text: str) -> Upload:
    """Text from a form as if it were a file."""
    content = text.encode()
    return Upload(PASTED, content, kind_of(content, PASTED))


def lines_of(content: bytes) -> list[str]:
    """The lines of what was handed in, as their numbers were counted; none where it is no text."""
    try:
        text = text_in(content, PASTED, also_chinese=True)
    except UploadError:
        return []
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
