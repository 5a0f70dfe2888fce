"""All that a stranger needs to check one entry offline, in one file: the entry, its proof, and what may be seen of its items.

    {"schema": "guiju.proof/1", "log": "<vkey>", "proof": "<C2SP tlog-proof>", "entry": {...},
     "items": [{"name": "dossier", "commitment": "sha256:...", "state": "held", "reason": null, "salt": "...", "content": "..."}]}

Salt and content are base64, and null where the item is not disclosed. The key in the bundle says only whose log it claims to
be: whom to trust is the reader's to know. An item's state is the log's word on the day the bundle was made.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from guiju.record._json import read_json
from guiju.record._sql import Sql
from guiju.record.entries import Entry, check_reason, entry_from
from guiju.record.erasing import STATES, item_of
from guiju.record.errors import RecordError
from guiju.record.items import commitment_to, verify_item
from guiju.record.notes import VerifierKey, read_base64
from guiju.record.proofs import Policy, Proof, Proven
from guiju.record.store import entry_at, log_key, proof_for

SCHEMA: Final = "guiju.proof/1"

_KEYS: Final = frozenset({"schema", "log", "proof", "entry", "items"})
_ITEM_KEYS: Final = frozenset({"name", "commitment", "state", "reason", "salt", "content"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as a bundle shows it."""

    name: str
    commitment: str
    state: str
    reason: str | None
    salt: bytes | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """One entry with its proof, not checked yet."""

    log: VerifierKey
    proof: Proof
    entry: Entry
    items: tuple[Shown, ...]

    def verify(self, log: VerifierKey, policy: Policy | None = None) -> Proven:
        """Check everything: the entry is in this log, enough witnesses saw it, and what is disclosed is what was committed to.

        Raises:
            RecordError: something of it does not hold.
        """
        proven = self.proof.verify(log, self.entry.leaf(), policy)
        if [(one.name, one.commitment) for one in self.items] != [(one.name, one.commitment) for one in self.entry.items]:
            raise RecordError("log.bundle-items")
        for one in self.items:
            if one.content is not None:
                verify_item(one.content, one.salt or b"", one.commitment)
        return proven

    def names_of(self, content: bytes) -> list[str]:
        """The items that this content is; a salt must be there to find out.

        Raises:
            RecordError: the bundle discloses no salt.
        """
        salted = [one for one in self.items if one.salt is not None]
        if not salted:
            raise RecordError("log.bundle-salt")
        return [one.name for one in salted if commitment_to(content, one.salt or b"") == one.commitment]


def bundle_for(
    sql: Sql, position: int, disclose: Callable[[str], bool] = lambda _: False, *, cosigned: bool = False
) -> dict[str, Any]:
    """The bundle of the entry at a position, ready to be written as JSON.

    Args:
        sql: read from.
        position: of the entry.
        disclose: whether the content and salt of the item with this name go along, where it is held.
        cosigned: prove it under the newest checkpoint that a witness cosigned.

    Raises:
        RecordError: there is no such entry or checkpoint, or what stands there is damaged.
    """
    recorded, log = entry_at(sql, position), log_key(sql)
    items = []
    for ref in recorded.entry.items:
        item = item_of(sql, ref.commitment, closed=not disclose(ref.name))
        opened = item.opened
        items.append({
            "name": ref.name, "commitment": ref.commitment, "state": item.state, "reason": item.reason,
            "salt": None if opened is None else b64encode(opened.salt).decode(),
            "content": None if opened is None else b64encode(opened.content).decode(),
        })  # fmt: skip
    proof = proof_for(sql, position, cosigned=cosigned)
    return {"schema": SCHEMA, "log": str(log), "proof": proof, "entry": recorded.entry.to_json(), "items": items}


def read_bundle(data: bytes) -> Bundle:
    """The bundle that a file holds; nothing in it was checked but how it is written.

    Raises:
        RecordError: it is none.
    """
    try:
        found = read_json(data)
    except ValueError:
        raise RecordError("log.bundle") from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or found.keys() != _KEYS:
        raise RecordError("log.bundle")
    if not isinstance(found["log"], str) or not isinstance(found["proof"], str) or not isinstance(found["items"], list):
        raise RecordError("log.bundle")
    items = tuple(map(_shown, found["items"]))
    return Bundle(VerifierKey.parse(found["log"]), Proof.parse(found["proof"].encode()), entry_from(found["entry"]), items)


def _shown(data: object) -> Shown:
    if not isinstance(data, Mapping) or data.keys() != _ITEM_KEYS:
        raise RecordError("log.bundle")
    for key in ("name", "commitment", "state", "reason", "salt", "content"):
        if not isinstance(data[key], str) and not (data[key] is None and key in {"reason", "salt", "content"}):
            raise RecordError("log.bundle")
    if data["state"] not in STATES or (data["content"] is not None and data["salt"] is None):
        raise RecordError("log.bundle")  # what comes without its salt could not be held against the commitment
    if data["reason"] is not None:
        check_reason(data["reason"])
    salt, content = (None if data[key] is None else read_base64(data[key]) for key in ("salt", "content"))
    return Shown(data["name"], data["commitment"], data["state"], data["reason"], salt, content)
