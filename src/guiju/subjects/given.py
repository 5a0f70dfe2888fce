"""What is said of one name: the value, and who says so, from what, since when.

A judgement is a named person's; a position has its date; a term is never given, it is worked out.
"""

from __future__ import annotations

import re
from typing import Final, NoReturn

from guiju.logic import Given, Truth
from guiju.norms.fields import shape
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.norms.yaml_reader import Item, Map, Scalar
from guiju.subjects.errors import DossierError, advice, words
from guiju.subjects.values import read_day, read_value

SECTIONS: Final = {
    "facts": "fact",
    "events": "event",
    "judgements": "judgement",
    "positions": "position",
    "conduct": "measure",
}
"""The five lists of an object, each for one kind of name."""

SECTION_OF: Final = {kind: section for section, kind in SECTIONS.items()}

_AROUND: Final = ("value", "source", "by", "on", "evidence", "done", "document", "reasons")


def read_given(item: Item, declared: Declared) -> Given | None:
    """What an item says of a name; None where nothing is written."""
    if isinstance(item, Scalar) and item.value is None:
        return None
    around = item if isinstance(item, Map) and any(key in item.items for key in _AROUND) else None
    if around is None:
        given = Given(read_value(item, declared), where=str(item.where))
    else:
        given = _with_source(around, declared)
    _check_signed(given, item, declared)
    return given


def _with_source(item: Map, declared: Declared) -> Given:
    for key, place in item.keys.items():
        if key not in _AROUND:
            raise DossierError("dossier.unknown-value-key", place, name=declared.name, got=key, advice=advice(key, _AROUND))
    value = item.items.get("value")
    if value is None or (isinstance(value, Scalar) and value.value is None):
        raise DossierError("dossier.value-missing", item.where, name=declared.name)
    done = item.items.get("done")
    if done is not None and declared.kind != "measure":
        raise DossierError("dossier.done-is-for-conduct", item.keys["done"], name=declared.name)
    on = item.items.get("on")
    return Given(
        value=read_value(value, declared),
        source=_word(item, "source", declared),
        by=_word(item, "by", declared),
        on=str(read_day(on, declared)) if on is not None else None,
        evidence=_word(item, "evidence", declared),
        document=_word(item, "document", declared),
        reasons=_word(item, "reasons", declared),
        done=read_day(done, declared) if done is not None else None,
        where=str(item.where),
    )


def _word(item: Map, key: str, declared: Declared) -> str | None:
    found = item.items.get(key)
    if found is None:
        return None
    if not isinstance(found, Scalar) or not found.text.strip():
        raise DossierError("dossier.not-a-text", found.where, name=declared.name, key=key, got=shape(found))
    return found.text.strip()


def _check_signed(given: Given, item: Item, declared: Declared) -> None:
    if declared.kind == "judgement" and not (given.by and given.on and given.reasons):
        raise DossierError("dossier.judgement-unsigned", item.where, name=declared.name, got=shape(item))
    if declared.kind == "position" and given.value is not Truth.FALSE and not given.on:
        raise DossierError("dossier.position-undated", item.where, name=declared.name, got=shape(item))


def refuse_term(declared: Declared, item: Item, vocabulary: Vocabulary) -> NoReturn:
    """A legal conclusion stands where facts belong."""
    instead = what_makes(declared, vocabulary)
    hint = words("dossier.give-instead", names=instead) if instead else words("dossier.give-facts")
    raise DossierError("dossier.term-given", item.where, name=declared.name, label=declared.label or declared.name, advice=hint)


def what_makes(term: Declared, vocabulary: Vocabulary) -> list[str]:
    """Judgements and facts about the same object that the term's own article asks for, or whose names say nearly the same."""
    clauses, articles = set(term.needed_by), _articles(term)
    scored: list[tuple[float, str]] = []
    for entry in vocabulary.entries():
        if entry.kind in ("fact", "judgement") and entry.object == term.object:
            score = 3.0 * len(clauses & set(entry.needed_by)) + 2.0 * bool(articles & _articles(entry))
            score += len(_parts(term.name) & _parts(entry.name)) + (0.5 if entry.kind == "judgement" else 0)
            if score > 1:
                scored.append((score, entry.name))
    return [name for _, name in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:4]]


def _articles(entry: Declared) -> set[str]:
    return {re.split(r"[.#]", clause, maxsplit=1)[0] for clause in entry.needed_by}


def _parts(name: str) -> set[str]:
    return {part for part in name.rsplit(".", 1)[-1].split("_") if len(part) > 3}
