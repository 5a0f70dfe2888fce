"""Kinds of filings: the clause each rests on, and the norms of the corpus whose time limits run when something changes or ends.

A kind without ``change`` or ``end`` has no such limit in the corpus, and none is made up here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

StepKind = Literal[
    "applied", "granted", "refused", "information-changed", "change-registered",
    "service-ended", "arranged", "cancelled", "lapsed",
]  # fmt: skip

Status = Literal["", "applied", "granted", "refused", "changed", "cancelled", "lapsed"]


@dataclass(frozen=True, slots=True)
class Timed:
    """A norm with a time limit: the event it runs from, and which step is which measure that it demands."""

    norm: str
    event: str
    measures: Mapping[str, StepKind]


@dataclass(frozen=True, slots=True)
class FilingKind:
    """A kind: the clause it rests on (empty where the corpus has none), and its limits by the step that starts them."""

    id: str
    clause: str
    limits: Mapping[StepKind, Timed] = field(default_factory=dict)


_ALGORITHM: Final[Mapping[StepKind, Timed]] = {
    "information-changed": Timed(
        "cn/algorithm-provisions/24.2", "filing_information_changed", {"filing_change_registered": "change-registered"}
    ),
    "service-ended": Timed(
        "cn/algorithm-provisions/24.3",
        "service_ended",
        {"filing_cancelled": "cancelled", "closing_arrangements_made": "arranged"},
    ),
}
_FACES: Final[Mapping[StepKind, Timed]] = {
    "information-changed": Timed(
        "cn/face-recognition-measures-2025/15#change",
        "face_filing_information_changed",
        {"face_filing_updated": "change-registered"},
    ),
    "service-ended": Timed(
        "cn/face-recognition-measures-2025/15#cancel", "face_recognition_ended", {"face_filing_cancelled": "cancelled"}
    ),
}

KINDS: Final[Mapping[str, FilingKind]] = {
    one.id: one
    for one in (
        FilingKind("cn-algorithm", "cn/algorithm-provisions/24.1", _ALGORITHM),
        FilingKind("cn-deep-synthesis", "cn/deep-synthesis/19.1", _ALGORITHM),
        FilingKind("cn-genai-service", "cn/genai-filing-practice/service-filing"),
        FilingKind("cn-genai-registration", "cn/genai-filing-practice/registration"),
        FilingKind("cn-face-recognition", "cn/face-recognition-measures-2025/15#file", _FACES),
        FilingKind("cn-app-listing", "cn/deep-synthesis/13"),
        FilingKind("eu-database", "eu/ai-act/49.1"),
        FilingKind("eu-database-not-high-risk", "eu/ai-act/49.2"),
        FilingKind("eu-database-deployer", "eu/ai-act/49.3"),
        FilingKind("other", ""),
    )
}
"""The kinds, in the order in which they are offered."""

NEXT: Final[Mapping[Status, frozenset[StepKind]]] = {
    "": frozenset({"applied", "granted"}),
    "applied": frozenset({"granted", "refused"}),
    "granted": frozenset({"information-changed", "change-registered", "service-ended", "arranged", "cancelled", "lapsed"}),
    "changed": frozenset({"information-changed", "change-registered", "service-ended", "arranged", "cancelled", "lapsed"}),
    "refused": frozenset({"applied"}),
    "cancelled": frozenset({"arranged"}),
    "lapsed": frozenset({"applied", "granted"}),
}
"""Which steps may follow where a filing stands."""

STANDING: Final[Mapping[StepKind, Status]] = {
    "applied": "applied",
    "granted": "granted",
    "refused": "refused",
    "change-registered": "changed",
    "cancelled": "cancelled",
    "lapsed": "lapsed",
}
"""Where a filing stands after a step; the others leave it where it is."""
