"""What the corpus holds, counted."""

from __future__ import annotations

from typing import Any

from guiju.lookup.as_json import counts
from guiju.lookup.facts import Facts
from guiju.norms.vocabulary import NAME_KINDS


def place_of(identifier: str) -> str:
    """The place whose law an id belongs to."""
    return identifier.partition("/")[0]


def statistics(facts: Facts) -> dict[str, Any]:
    """Counts of what the corpus holds; what rests on memory is counted apart."""
    corpus = facts.corpus
    norms = [norm for norm in facts.norms.values() if norm.active]
    names = list(corpus.vocabulary.entries())
    return {
        "instruments": counts(place_of(one) for one in corpus.instruments),
        "norms": {
            "total": len(norms),
            "by_place": counts(place_of(norm.id) for norm in norms),
            "by_kind": counts(norm.kind for norm in norms),
            "by_modality": counts(norm.modality for norm in norms if norm.kind == "duty"),
            "by_force": counts(facts.force(norm) for norm in norms),
            "by_status": counts(facts.days(norm).status for norm in norms),
            "by_checked": counts(norm.checked.against for norm in norms),
            "by_coverage": counts(norm.encoded for norm in norms),
            "reviewed": sum(norm.reviewed is not None for norm in norms),
            "from_memory": sum(not norm.active for norm in facts.norms.values()),
            "versions": sum(len(versions) for versions in corpus.norms.values()),
        },
        "events": len(corpus.events),
        "schemes": len(corpus.schemes),
        "names": {kind: sum(entry.kind == kind for entry in names) for kind in NAME_KINDS},
        "books": [
            {"name": book.name, "digest": book.digest, "files": len(book.files), "signed_by": book.signed_by}
            for book in corpus.books
        ],
    }
