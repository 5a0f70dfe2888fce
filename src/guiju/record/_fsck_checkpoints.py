"""The log's own checkpoints, and those that others have seen, held against the tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from guiju.record._fsck_entries import Gathered
from guiju.record._looking import Look, reason_of, why
from guiju.record._sql import Sql, paged
from guiju.record._succession import followed, is_succession
from guiju.record.checkpoints import Checkpoint, open_checkpoint
from guiju.record.errors import RecordError
from guiju.record.notes import Note


def look_at_checkpoints(sql: Sql, look: Look) -> list[Checkpoint]:
    """Every checkpoint on file: signed, as large as its row says, right after the one before. Those that can be read."""
    found = []
    before = 0
    for size, note in paged(sql, "SELECT size, note FROM record_checkpoint", "size"):
        checkpoint = _checkpoint(look, size, note, before)
        if checkpoint is not None:
            found.append(checkpoint)
        before = size if type(size) is int else before
    return found


def _checkpoint(look: Look, size: Any, written: Any, before: int) -> Checkpoint | None:
    where = f"record_checkpoint, size {size}"
    try:
        checkpoint, note = open_checkpoint(str(written).encode(), look.log, look.witnesses)
    except (RecordError, UnicodeError) as problem:
        look.found("checkpoint-damaged", where, reason=reason_of(problem))
        return None
    if checkpoint.size != size or not isinstance(written, str) or checkpoint.extension:
        look.found("checkpoint-size", where, got=checkpoint.size)
    if len({(one.name, one.key_id) for one in note.signatures}) != len(note.signatures):
        look.found("checkpoint-damaged", where, reason=why("fsck.why-twice"))
    _look_at_others(look, where, note, before)
    return checkpoint


def _look_at_others(look: Look, where: str, note: Note, before: int) -> None:
    """The log's word about the checkpoint before, once; other lines are by nobody known here."""
    told = [one for one in note.others if is_succession(look.log, one)]
    try:
        sizes = [followed(look.log, note.text, one) for one in told]
    except RecordError as problem:
        look.found("checkpoint-damaged", where, reason=reason_of(problem))
        return
    if sizes != [before]:
        look.found("checkpoint-succession", where, before=before, got=[str(one) for one in sizes])
    for one in note.others:
        if one not in told:
            look.found("cosignature-unknown", where, name=one.name)


def look_at_seen(look: Look, notes: Iterable[str]) -> list[Checkpoint]:
    """Checkpoints that others have seen, where this log signed them."""
    found = []
    for number, written in enumerate(notes, 1):
        try:
            found.append(open_checkpoint(written.encode(), look.log)[0])
        except (RecordError, UnicodeError) as problem:
            look.found("seen-unreadable", str(number), reason=reason_of(problem))
    return found


def roots_at(look: Look, checkpoints: Sequence[Checkpoint], seen: Sequence[Checkpoint], entries: Gathered) -> None:
    """The tree has the root that each checkpoint names; what others have seen is all here."""
    for one in checkpoints:
        where = f"record_checkpoint, size {one.size}"
        found = entries.roots.get(one.size)
        if found is None:
            look.found("checkpoint-beyond", where, size=one.size, entries=entries.tree.size)
        elif found != one.root:
            look.found("checkpoint-root", where, size=one.size)
    newest = max((one.size for one in checkpoints), default=0)
    for one in seen:
        found = entries.roots.get(one.size)
        if one.size > newest:
            look.found("cut-tail", look.log.name, seen=one.size, size=newest)
        elif found is not None and found != one.root:
            look.found("fork", look.log.name, size=one.size)
