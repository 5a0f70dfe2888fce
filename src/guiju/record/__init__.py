"""The record: what was done, so written down that a stranger can check it and nobody can change it unseen.

A transparency log (RFC 6962 tree, C2SP tiles, checkpoints, cosignatures and proofs) in SQLite or PostgreSQL, written in the
transaction of each act. What is private stands outside the log, committed to and sealed under a key of its own: erasing it is
destroying the key.
"""

from guiju.record._looking import Act
from guiju.record._sql import TABLES, Sql, create_tables, reading, sql_of, writing
from guiju.record.bundles import Bundle, bundle_for, read_bundle
from guiju.record.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from guiju.record.connecting import connect
from guiju.record.cosigning import cosign
from guiju.record.entries import Entry, ItemRef, parse_entry
from guiju.record.erasing import Item, erase, item_of, release, scrub, withhold
from guiju.record.errors import RecordError
from guiju.record.fsck import Finding, fsck
from guiju.record.items import Opened, verify_item
from guiju.record.notes import COSIGNER, PrivateKey, VerifierKey
from guiju.record.proofs import Policy, Proof, Proven
from guiju.record.receipts import new_receipt, read_receipt, receipt_hash
from guiju.record.sequencing import integrate
from guiju.record.statements import Statement, Subject, open_statement, sign_statement
from guiju.record.store import (
    Appended,
    Recorded,
    add_cosignatures,
    append,
    checkpoint_note,
    checkpoint_size,
    consistency_for,
    entry_at,
    entry_by_receipt,
    log_key,
    open_log,
    proof_for,
    tile_bytes,
)
from guiju.record.witness import FolderState, MemoryState, Witness
from guiju.record.witness_http import WitnessServer, ask_witness

__all__ = [
    "COSIGNER",
    "TABLES",
    "Act",
    "Appended",
    "Bundle",
    "Checkpoint",
    "Entry",
    "Finding",
    "FolderState",
    "Item",
    "ItemRef",
    "MemoryState",
    "Opened",
    "Policy",
    "PrivateKey",
    "Proof",
    "Proven",
    "RecordError",
    "Recorded",
    "Sql",
    "Statement",
    "Subject",
    "VerifierKey",
    "Witness",
    "WitnessServer",
    "add_cosignatures",
    "append",
    "ask_witness",
    "bundle_for",
    "checkpoint_note",
    "checkpoint_size",
    "connect",
    "consistency_for",
    "cosign",
    "create_tables",
    "entry_at",
    "entry_by_receipt",
    "erase",
    "fsck",
    "integrate",
    "item_of",
    "log_key",
    "new_receipt",
    "open_checkpoint",
    "open_log",
    "open_statement",
    "parse_entry",
    "proof_for",
    "read_bundle",
    "read_receipt",
    "reading",
    "receipt_hash",
    "release",
    "scrub",
    "sign_checkpoint",
    "sign_statement",
    "sql_of",
    "tile_bytes",
    "verify_item",
    "withhold",
    "writing",
]
