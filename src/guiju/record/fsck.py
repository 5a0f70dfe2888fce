"""Everything that stands in the record, looked through: each byte is committed to, derived, or signed, or it is found.

What can be found has a name (``Finding.id``), a severity, a place, and words in both languages with a remedy. An entry that
still waits for its position is not committed to yet: it can only be looked at for its form. A tail that was cut off cleanly, or
a second history signed with the log's own key, is invisible from inside: for these, checkpoints that others have seen are held
against the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from guiju.calendars import now
from guiju.record._fsck_checkpoints import look_at_checkpoints, look_at_seen, roots_at
from guiju.record._fsck_entries import look_at_entries
from guiju.record._fsck_items import look_at_items
from guiju.record._fsck_tiles import look_at_tiles
from guiju.record._looking import Act, Look
from guiju.record._sql import Sql
from guiju.record.notes import PrivateKey, VerifierKey
from guiju.wording import fill, text

__all__ = ["ERROR", "WARNING", "Act", "Finding", "fsck"]

ERROR: Final = "error"
WARNING: Final = "warning"

MOST_OF_A_KIND: Final = 20
"""Findings of one name that are told one by one; how many more there are is told as one."""
PATIENCE: Final = timedelta(minutes=2)
"""How long an entry may wait for its position before that is worth a word."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the record that is not as it must be."""

    id: str
    severity: Literal["error", "warning"]
    where: str
    fields: dict[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The key of its words in the catalogue."""
        return f"fsck.{self.id}"

    def message(self, lang: str) -> str:
        """What was found."""
        return text(self.code, lang, where=self.where, **self.fields)

    def hint(self, lang: str) -> str:
        """What to do about it."""
        return fill(self.code, lang, "hint", {"where": self.where, **self.fields})

    def to_json(self, lang: str) -> dict[str, Any]:
        """The finding for programs."""
        said = {"message": self.message(lang), "hint": self.hint(lang)}
        return {"id": self.id, "severity": self.severity, "where": self.where, **said}


def fsck(
    sql: Sql,
    key: PrivateKey | VerifierKey,
    acts: Iterable[Act] | None = None,
    witnesses: Iterable[str] = (),
    witness_keys: Sequence[VerifierKey] = (),
    at: datetime | None = None,
) -> list[Finding]:
    """Look through the whole record; what is not as it must be, nothing if all is well.

    Args:
        sql: best in a transaction that sees one moment (`guiju.record.reading`), where others write meanwhile.
        key: of the log, from elsewhere than the database.
        acts: what was done, by receipt; None where that is not known here.
        witnesses: checkpoints of this log that others have seen, as notes.
        witness_keys: whose cosignatures can be checked; lines by others are told as such.
        at: the moment from which waiting is counted; now, where it is left out.
    """
    log = key.verifier if isinstance(key, PrivateKey) else key
    look = Look(log, tuple(witness_keys), (at or now()) - PATIENCE)
    unreadable: tuple[type[Exception], ...] = (*sql.errors, UnicodeError)
    try:
        _look(sql, look, None if acts is None else list(acts), list(witnesses))
    except unreadable as problem:
        look.found("unreadable", "", reason=str(problem)[:200])
    return _told(look)


def _look(sql: Sql, look: Look, acts: list[Act] | None, witnesses: list[str]) -> None:
    _look_at_database(sql, look)
    _look_at_log(sql, look)
    checkpoints = look_at_checkpoints(sql, look)
    seen = look_at_seen(look, witnesses)
    newest = max((one.size for one in checkpoints), default=0)
    entries = look_at_entries(sql, look, {one.size for one in (*checkpoints, *seen)}, newest)
    roots_at(look, checkpoints, seen, entries)
    look_at_tiles(sql, look, entries.tree)
    look_at_items(sql, look, entries.items)
    if acts is not None:
        _look_at_acts(look, entries.kinds, acts)


def _look_at_database(sql: Sql, look: Look) -> None:
    """SQLite's own check of its file; PostgreSQL checks its pages as it reads them."""
    if sql.vendor == "sqlite":
        sql.execute("PRAGMA integrity_check(10)")
        for (said,) in sql.rows():
            if said != "ok":
                look.found("database", "", reason=str(said)[:200])


def _look_at_log(sql: Sql, look: Look) -> None:
    sql.execute("SELECT origin, vkey FROM record_log ORDER BY origin")
    rows = sql.rows()
    if rows != [(look.log.name, str(look.log))]:
        look.found("log-row", "record_log", expected=look.log.name, got=[str(row[0]) for row in rows][:5])


def _look_at_acts(look: Look, kinds: dict[str, str], acts: list[Act]) -> None:
    """An act without an entry, an entry without an act, an act that is something else in the log."""
    for act in acts:
        kind = kinds.get(act.receipt)
        where = act.where or act.receipt
        if kind is None:
            look.found("act-without-entry", where, kind=act.kind)
        elif kind != act.kind:
            look.found("act-kind", where, kind=act.kind, got=kind)
    told = Counter(act.receipt for act in acts)
    for receipt, kind in kinds.items():
        if receipt not in told:
            look.found("entry-without-act", receipt, kind=kind)
    for receipt, times in told.items():
        if times > 1:
            look.found("act-twice", receipt, count=times)


_WARNINGS: Final = frozenset({"cosignature-unknown", "entry-waiting", "seen-unreadable"})


def _told(look: Look) -> list[Finding]:
    """Each name at most so often, and how many more there are."""
    told: Counter[str] = Counter()
    findings = []
    for name, where, fields in look.findings:
        told[name] += 1
        if told[name] <= MOST_OF_A_KIND:
            findings.append(Finding(name, WARNING if name in _WARNINGS else ERROR, where, fields))
    for name, count in told.items():
        if count > MOST_OF_A_KIND:
            severity: Literal["error", "warning"] = WARNING if name in _WARNINGS else ERROR
            findings.append(Finding("more", severity, name, {"count": count - MOST_OF_A_KIND}))
    return findings
