"""What can be wrong with rules of procedure, with a charter, or with an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiju.wording import LANGUAGES, GuijuError, Text, join_words

if TYPE_CHECKING:
    from guiju.procedure.rules import Lack


class ProcedureError(GuijuError):
    """Rules of procedure, a charter or an act that cannot be taken as they stand."""


class StepRefusedError(ProcedureError):
    """A step that is not taken: what is lacking for it, each with the clause that asks for it and who can supply it."""

    def __init__(self, step: str, words: Text, lacks: tuple[Lack, ...]) -> None:
        self.step = step
        self.lacks = lacks
        super().__init__("procedure.refused", step=words, lacks={lang: self._told(lang) for lang in LANGUAGES})

    def _told(self, lang: str) -> str:
        return join_words([one.words.get(lang, one.guard) for one in self.lacks], lang)
