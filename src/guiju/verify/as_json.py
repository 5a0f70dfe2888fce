"""Coverage and verification as one JSON object each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from guiju.norms import Corpus
from guiju.verify.coverage import NOT_OPERATIVE, STATES, Covered
from guiju.verify.figures import figures
from guiju.verify.findings import Finding
from guiju.verify.queue import Waiting
from guiju.verify.report import Verification


def coverage_json(corpus: Corpus, found: Sequence[Covered], units: bool = False) -> dict[str, Any]:
    """``guiju rules coverage --json``: the instruments, with ``units`` one by one, and the figures of each place."""
    places = sorted({identifier.split("/")[0] for identifier in corpus.instruments})
    return {
        "schema": "guiju.coverage/1",
        "edition": corpus.edition,
        "states": list(STATES),
        "not_operative": sorted(NOT_OPERATIVE),
        "instruments": [_covered(one, units) for one in found],
        "figures": [{**asdict(one), "checked": dict(one.checked)} for one in (figures(corpus, place) for place in places)],
    }


def _covered(one: Covered, units: bool) -> dict[str, Any]:
    counts = one.counts
    listed = [{"at": unit.place.words(), "state": unit.state, "by": list(unit.by)} for unit in one.units]
    return {
        "instrument": one.instrument,
        "text": one.text,
        "units": len(one.units),
        "operative": one.operative,
        "encoded": one.encoded,
        "by_state": {state: counts[state] for state in STATES if counts[state]},
        "unaccounted": [place.words() for place in one.unaccounted],
        **({"provisions": listed} if units else {}),
    }


def verification_json(corpus: Corpus, found: Verification) -> dict[str, Any]:
    """``guiju rules verify --json``."""
    return {
        "schema": "guiju.verification/1",
        "edition": corpus.edition,
        "checked": found.checked,
        "open": found.open,
        "explained_norms": found.explained_norms,
        "without_text": list(found.without_text),
        "instruments": [
            {
                "instrument": one.instrument,
                "text": one.text,
                "checked": one.checked,
                "not_held": list(one.not_held),
                "open": [finding_json(finding) for finding in one.open],
                "explained": [
                    {
                        **finding_json(finding),
                        "reason": entry.reason,
                        "range": {"at": entry.at.words(), "from": entry.start, "to": entry.end},
                        "by": entry.by,
                        "second": entry.second,
                    }
                    for finding, entry in one.explained
                ],
            }
            for one in found.instruments
        ],
    }


def places_json(corpus: Corpus, found: list[Finding]) -> dict[str, Any]:
    """``guiju rules verify --json`` without texts: pinpoints and ids only."""
    listed = [finding_json(one) for one in found]
    return {"schema": "guiju.verification/1", "edition": corpus.edition, "checked": 0, "open": len(found), "places": listed}


def queue_json(corpus: Corpus, waiting: Sequence[Waiting], total: int) -> dict[str, Any]:
    """``guiju rules queue --json``."""
    listed = [
        {
            "norm": one.norm.id,
            "why": one.why,
            "encoded_by": one.norm.encoded_by,
            "checked": one.norm.checked.against,
            "last": {"by": one.last.by, "on": str(one.last.on)} if one.last else None,
        }
        for one in waiting
    ]
    return {"schema": "guiju.signoff-queue/1", "edition": corpus.edition, "total": total, "waiting": listed}


def finding_json(finding: Finding) -> dict[str, Any]:
    """One difference between a norm and its text."""
    return {
        "finding": finding.kind,
        "norm": finding.norm,
        "place": finding.place,
        "norm_has": finding.got,
        "text_has": finding.expected,
    }
