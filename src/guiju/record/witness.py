"""A witness: it remembers the largest checkpoint of each log it knows, and cosigns only what continues it (C2SP tlog-witness).

A log whose tail was cut, or that shows two histories, finds no witness for the second one. What the witness remembers is
its own cosigned note, so a state that was changed by another hand is refused.
"""

from __future__ import annotations

import base64
import os
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from guiju.record.checkpoints import Checkpoint, read_hash, read_number, unchecked_checkpoint
from guiju.record.cosigning import cosign
from guiju.record.errors import RecordError
from guiju.record.merkle import EMPTY_ROOT, MOST_HASHES, verify_consistency
from guiju.record.notes import COSIGNER, MOST_BYTES, Note, PrivateKey, VerifierKey, open_note

MOST_BODY: Final = MOST_BYTES + 64 * (MOST_HASHES + 1)
"""Bytes of a request: the longest note, behind the longest proof."""

TEXT: Final = "text/plain; charset=utf-8"
SIZE: Final = "text/x.tlog.size"

_OLD = re.compile(r"old ([0-9]{1,19})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a log sends to ``add-checkpoint``: the size that the witness saw last, the proof from there, and the signed note."""

    old: int
    proof: tuple[bytes, ...]
    note: bytes

    @property
    def body(self) -> bytes:
        """The body of the request."""
        lines = (base64.b64encode(one).decode() for one in self.proof)
        return "".join([f"old {self.old}\n", *(f"{line}\n" for line in lines), "\n"]).encode() + self.note

    @classmethod
    def parse(cls, body: bytes) -> Submission:
        """The submission that a body holds; its note is split off but not looked at.

        Raises:
            RecordError: the body is too long or not so written, or the proof has more than 63 hashes.
        """
        if len(body) > MOST_BODY:
            raise RecordError("log.too-long", got=len(body), most=MOST_BODY)
        head, blank, note = body.partition(b"\n\n")
        first, *proof = head.decode("ascii", "replace").split("\n")
        found = _OLD.fullmatch(first)
        if found is None or not blank:
            raise RecordError("log.submission", got=first[:100])
        if len(proof) > MOST_HASHES:
            raise RecordError("log.proof-long", got=len(proof), most=MOST_HASHES)
        return cls(read_number(found[1]), tuple(read_hash(line) for line in proof), note)


class State(Protocol):
    """Where a witness remembers the last note it cosigned for each log."""

    def held(self) -> AbstractContextManager[object]:
        """Nobody else reads or writes meanwhile: neither another thread nor another process."""
        ...

    def latest(self, origin: str) -> bytes | None:
        """The note kept last for a log."""
        ...

    def keep(self, origin: str, note: bytes) -> None:
        """Remember a note; when this returns, it survives a loss of power."""
        ...


class MemoryState:
    """A state that is forgotten with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._notes: dict[str, bytes] = {}

    def held(self) -> AbstractContextManager[bool]:
        """Nobody else reads or writes meanwhile."""
        return self._lock

    def latest(self, origin: str) -> bytes | None:
        """The note kept last for a log."""
        return self._notes.get(origin)

    def keep(self, origin: str, note: bytes) -> None:
        """Remember a note."""
        self._notes[origin] = note


class FolderState:
    """A folder with one file for each log, named by the hash of its origin; several processes may share it on POSIX systems."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""
        with self._lock, (self._folder / "lock").open("a") as lock:
            _lock(lock.fileno())
            yield

    def latest(self, origin: str) -> bytes | None:
        """The note kept last for a log."""
        try:
            return self._file(origin).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, origin: str, note: bytes) -> None:
        """Remember a note: written beside, forced to the disk, then put in place."""
        file = self._file(origin)
        beside = file.with_suffix(".new")
        with beside.open("wb") as out:
            out.write(note)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
        _sync_folder(self._folder)

    def _file(self, origin: str) -> Path:
        return self._folder / f"{origin_hash(origin)}.checkpoint"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a witness answers: an HTTP status, a body with its type, and, where it refuses, why."""

    status: int
    body: bytes
    media_type: str = TEXT
    problem: RecordError | None = None

    @classmethod
    def refusing(cls, status: int, problem: RecordError) -> Answer:
        """A refusal that says its reason."""
        return cls(status, f"{problem}\n".encode(), TEXT, problem)


class Witness:
    """Decides about submissions, one after another.

    Args:
        key: the witness's own, of the cosigners' type.
        logs: the keys of the logs it knows; the name of a key is the log's origin. A log may have several.
        state: what it remembers.

    Raises:
        RecordError: the key is no cosigner's.
    """

    def __init__(self, key: PrivateKey, logs: Iterable[VerifierKey], state: State) -> None:
        if key.kind != COSIGNER:
            raise RecordError("log.key-use", name=key.name)
        self.key = key
        self._state = state
        self._logs: dict[str, list[VerifierKey]] = {}
        for log in logs:
            self._logs.setdefault(log.name, []).append(log)

    def add_checkpoint(self, body: bytes) -> Answer:
        """Look at a submission; cosign and remember its checkpoint, or refuse with the status that C2SP tlog-witness names."""
        try:
            asked = Submission.parse(body)
            checkpoint = unchecked_checkpoint(asked.note)
        except RecordError as problem:
            return Answer.refusing(400, problem)
        if asked.old > checkpoint.size:
            return Answer.refusing(400, RecordError("log.order", old=asked.old, new=checkpoint.size))
        keys = self._logs.get(checkpoint.origin)
        if keys is None:
            return Answer.refusing(404, RecordError("log.witness-unknown", origin=checkpoint.origin))
        try:
            note = open_note(asked.note, keys)
        except RecordError as problem:
            return Answer.refusing(403, problem)
        try:
            with self._state.held():  # the comparison and what follows from it are one step, or a smaller tree could overtake
                return self._decide(asked, checkpoint, note)
        except OSError as problem:
            return Answer.refusing(500, unstored(problem))

    def latest(self, origin: str) -> bytes | None:
        """The last checkpoint it cosigned for a log, with the log's signature and its own; None where there is none.

        Raises:
            RecordError: what is kept does not bear the witness's signature.
        """
        if origin not in self._logs:
            return None
        note = self._state.latest(origin)
        if note is not None:
            self._own(origin, note)
        return note

    def latest_by_hash(self, digest: str) -> bytes | None:
        """The same by the hex SHA-256 of the log's origin, as monitors ask for it."""
        origin = next((one for one in self._logs if origin_hash(one) == digest), None)
        return None if origin is None else self.latest(origin)

    def _decide(self, asked: Submission, checkpoint: Checkpoint, note: Note) -> Answer:
        try:
            kept = self._state.latest(checkpoint.origin)
            seen = Checkpoint(checkpoint.origin, 0, EMPTY_ROOT) if kept is None else self._own(checkpoint.origin, kept)
        except RecordError as problem:
            return Answer.refusing(500, problem)
        if asked.old != seen.size:
            conflict = RecordError("log.witness-conflict", got=asked.old, seen=seen.size)
            return Answer(409, f"{seen.size}\n".encode(), SIZE, conflict)
        try:
            verify_consistency(seen.size, checkpoint.size, seen.root, checkpoint.root, asked.proof)
        except RecordError as problem:
            return Answer.refusing(422, problem)
        line = cosign(note.text, self.key).line
        signed = "".join([note.text, "\n", *(one.line for one in note.signatures), line])
        self._state.keep(checkpoint.origin, signed.encode())
        return Answer(200, line.encode())

    def _own(self, origin: str, note: bytes) -> Checkpoint:
        """The checkpoint kept for a log, which the witness once cosigned."""
        try:
            checkpoint = Checkpoint.parse(open_note(note, [self.key.verifier]).text)
        except RecordError:
            checkpoint = None
        if checkpoint is None or checkpoint.origin != origin:
            raise RecordError("log.witness-state", origin=origin)
        return checkpoint


def unstored(problem: OSError) -> RecordError:
    """Why what a witness remembers cannot be read or written."""
    return RecordError("log.witness-storage", words=problem.strerror or str(problem))


def origin_hash(origin: str) -> str:
    """The hex SHA-256 of a log's origin."""
    return sha256(origin.encode()).hexdigest()


def _lock(descriptor: int) -> None:
    """Wait for the lock of a file; it falls when the file is closed. Where the system has none, threads still have theirs."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def _sync_folder(folder: Path) -> None:
    """Force the folder's own entries to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
