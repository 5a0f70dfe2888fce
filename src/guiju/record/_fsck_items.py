"""Items and keys held against what the log says of them."""

from __future__ import annotations

from typing import Any

from guiju.record._looking import Look, reason_of, why
from guiju.record._sql import Sql, paged
from guiju.record.erasing import ERASED
from guiju.record.errors import RecordError
from guiju.record.items import Sealed, unseal

_ROWS = (
    "SELECT record_item.commitment, sealed, state, reason, key FROM record_item"
    " LEFT JOIN record_key ON record_key.commitment = record_item.commitment"
)
_AT_ONCE = 50
"""Contents may be long."""


def look_at_items(sql: Sql, look: Look, named: dict[str, tuple[str, str | None]]) -> None:
    """Every item that an entry names is there in the state the log leaves it in, opens, and is what was committed to.

    An erased one has neither content nor key. No item and no key is there besides.
    """
    left = dict(named)
    for commitment, sealed, state, reason, key in paged(sql, _ROWS, "record_item.commitment", at_once=_AT_ONCE):
        where = f"record_item, {commitment}"
        said = left.pop(commitment, None) if isinstance(commitment, str) else None
        if said is None:
            look.found("item-unnamed", where)
            continue
        if (state, reason) != said:
            look.found("item-state", where, got=str(state), expected=said[0])
        _content(look, where, said[0], (commitment, sealed, key))
    for commitment in left:
        look.found("item-missing", f"record_item, {commitment}")
    sql.execute(
        "SELECT record_key.commitment FROM record_key LEFT JOIN record_item"
        " ON record_item.commitment = record_key.commitment WHERE record_item.commitment IS NULL"
    )
    for (commitment,) in sql.rows():
        look.found("key-unnamed", f"record_key, {commitment}")


def _content(look: Look, where: str, state: str, row: tuple[str, Any, Any]) -> None:
    commitment, sealed, key = row
    if state == ERASED:
        if key is not None or sealed != b"":
            look.found("item-not-erased", where)
        return
    if not isinstance(sealed, bytes) or not isinstance(key, bytes):
        look.found("item-damaged", where, reason=why("fsck.why-type"))
        return
    try:
        unseal(Sealed(commitment, sealed, key))
    except RecordError as problem:
        look.found("item-damaged", where, reason=reason_of(problem))
