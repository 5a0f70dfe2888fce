"""The one error of the house. What went wrong, where, what was got and expected, what to do next; in the reader's language.

GuijuError
├── calendars.CalendarError     a date, duration or time limit that cannot be
├── logic.ExpressionError       a condition that cannot be read or does not fit its names
├── norms.CorpusError           a rule file that cannot be loaded
├── record.RecordError          a log, a proof or a sealed content that does not hold, or cannot be read
└── subjects.DossierError       a dossier or model card that cannot be taken as it stands
"""

from __future__ import annotations

from dataclasses import dataclass

from guiju.wording.catalogue import fill, language


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a file; line and column count from 1, None where the thing has no line."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def shifted(self, columns: int) -> Where:
        """The same line, some columns to the right (a place inside a one-line expression)."""
        if self.column is None:
            return self
        return Where(self.file, self.line, self.column + columns)


class GuijuError(Exception):
    """An error that a person can act on.

    ``code`` is the key of its message in the catalogue; ``fields`` fill it. A public function of the house never lets
    a bare ``ValueError`` or ``KeyError`` out for bad input.
    """

    def __init__(self, code: str, where: Where | None = None, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.fields = fields

    def message(self, lang: str | None = None) -> str:
        """What happened, in the reader's language."""
        return fill(self.code, language(lang), "message", self.fields)

    def hint(self, lang: str | None = None) -> str:
        """What to do next, in the reader's language."""
        return fill(self.code, language(lang), "hint", self.fields)

    def to_json(self, lang: str | None = None) -> dict[str, object]:
        """The one JSON shape of an error (design, section 5)."""
        place = None if self.where is None else str(self.where)
        return {"error": {"code": self.code, "message": self.message(lang), "where": place, "hint": self.hint(lang)}}

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return " ".join(part for part in (f"{place}{self.message()}", self.hint()) if part)
