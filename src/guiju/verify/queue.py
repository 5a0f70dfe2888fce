"""The sign-off queue: what no named person has read against its text, or has not since it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from guiju.norms import Corpus, Norm, natural_key
from guiju.norms.accounts import SignOff
from guiju.norms.signoff import text_digest
from guiju.verify.report import VerifyError

WAITING: Final = ("norm-changed", "text-changed", "never")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One norm that waits for a reader. ``why``: one of ``WAITING``; ``last``: the sign-off that has fallen."""

    norm: Norm
    why: str
    last: SignOff | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign-off ready to be put into a rule file."""

    norm: str
    signoff: SignOff

    def as_yaml(self) -> str:
        """One line of YAML."""
        by = self.signoff.by.replace("'", "''")
        return f"reviewed: {{by: '{by}', on: {self.signoff.on}, meaning: '{self.signoff.meaning}', text: '{self.signoff.text}'}}"

    def as_json(self) -> dict[str, str]:
        """The same as JSON."""
        one = self.signoff
        return {"norm": self.norm, "by": one.by, "on": str(one.on), "meaning": one.meaning, "text": one.text}


def signoff_queue(corpus: Corpus, instrument: str | None = None) -> list[Waiting]:
    """Fallen sign-offs first; then what sanctions follow, then what binds; within that in the order of the texts."""
    found = []
    for norm in corpus.all_norms():
        if norm.active and norm.of_right is None and instrument in (None, norm.instrument):
            waiting = _waiting(norm)
            if waiting is not None:
                found.append(waiting)
    return sorted(found, key=lambda one: (_weight(one, corpus), natural_key(one.norm.id)))


def _waiting(norm: Norm) -> Waiting | None:
    if norm.reviewed is not None:
        return None
    last = max(norm.signed, key=lambda one: one.on, default=None)
    if last is None:
        return Waiting(norm, "never")
    return Waiting(norm, "norm-changed" if last.meaning != norm.meaning else "text-changed", last)


def _weight(one: Waiting, corpus: Corpus) -> int:
    if one.last is not None:
        return 0
    if one.norm.kind == "sanction" or one.norm.effect_if_broken in ("sanctioned", "void"):
        return 1
    return 2 if corpus.kind_of(one.norm).hard else 3


def signoff_entry(norm: Norm, corpus: Corpus, by: str, on: date) -> Entry:
    """The entry a reader adds to the norm's file: it stands while norm and text stay as they are.

    :raises VerifyError: where the author, or nobody, would sign.
    """
    if not by.strip() or by.strip() == norm.encoded_by:
        raise VerifyError("verify.no-signer" if not by.strip() else "verify.author-signs", got=by, norm=norm.id)
    return Entry(
        norm.id, SignOff(by.strip(), on, norm.meaning, text_digest(norm, corpus.outlines.get(norm.instrument)), norm.where)
    )
