"""The acts of a committee as a chain: each holds a digest of itself and of the one before it, so one digest stands for them all.

The same digest means the same acts in the same order; whatever was worked out from them may be kept under it.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from guiju.procedure import Act


def beginning(committee: str, rules: str) -> str:
    """Before the first act: a digest of whose acts they are, and by which rules."""
    return _digest({"committee": committee, "rules": rules})


def link(before: str, act: Act, edition: str) -> str:
    """The digest of an act done by an edition of the rules, after another; 64 hexadecimal digits (SHA-256)."""
    told = act.to_json() | {"at": act.at.astimezone(UTC).isoformat()}
    return _digest({"before": before, "edition": edition, **told})


def _digest(plain: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
