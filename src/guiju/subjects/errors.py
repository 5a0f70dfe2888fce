"""What can be wrong with a dossier or a card, told with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.wording import LANGUAGES, GuijuError, Text, Where, nearest, text


class DossierError(GuijuError):
    """A dossier or model card that cannot be taken as it stands."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the answers should know, though the file was taken."""

    code: str
    where: Where | None = None
    fields: dict[str, object] = field(default_factory=dict)

    def message(self, lang: str) -> str:
        """The notice in a language."""
        return text(self.code, lang, **self.fields)


def words(key: str, /, **fields: object) -> Text:
    """A catalogue text in every language, to be a field of a message."""
    return {lang: text(key, lang, **fields) for lang in LANGUAGES}


def kind_words(kind: str) -> Text:
    """A kind of object in words."""
    return words(f"dossier.kind-{kind}")


def advice(got: str, known: Iterable[str], otherwise: str = "dossier.the-known") -> Text:
    """“Did you mean ...?” where something is spelt nearly so, else what can stand there."""
    names = list(dict.fromkeys(known))
    folded = [name for name in names if name.lower() == got.strip().lower()]
    near = list(dict.fromkeys([*folded, *nearest(got, names)]))[:3]
    if near:
        return {lang: text("dossier.near", lang, near=_either(near, lang)) for lang in LANGUAGES}
    return {lang: text(otherwise, lang, known=("、" if lang == "zh" else ", ").join(names)) for lang in LANGUAGES}


def _either(names: list[str], lang: str) -> str:
    quoted = [f"“{name}”" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    glue = ("、", "或") if lang == "zh" else (", ", " or ")
    return glue[1].join((glue[0].join(quoted[:-1]), quoted[-1]))


def cause(problem: GuijuError) -> Text:
    """Another room's message, to be part of one of ours."""
    return {lang: problem.message(lang) for lang in LANGUAGES}


def remedy(problem: GuijuError) -> Text:
    """Another room's hint, to be part of one of ours."""
    return {lang: problem.hint(lang) for lang in LANGUAGES}
