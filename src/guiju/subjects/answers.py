"""Answers put into a dossier: each says one thing of one object, and is refused wherever a reader would refuse it.

``with_answers(dossier, answers, vocabulary)`` makes a new dossier; the old one stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from guiju.norms.fields import shape
from guiju.norms.vocabulary import Declared, Vocabulary
from guiju.norms.world import Listing, Thing
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.subjects.beside import Asked, Proposal, thing_at
from guiju.subjects.dossier import Dossier, dossier_from
from guiju.subjects.drafts import Draft, Record, draft_of
from guiju.subjects.errors import DossierError, advice, kind_words, words
from guiju.subjects.given import SECTIONS, refuse_term
from guiju.subjects.graph import COMPANIONS, as_map, rows_said
from guiju.subjects.names import check_speaks_of
from guiju.subjects.plain import as_item, as_typed, mapping, word
from guiju.wording import Where


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement about the object (kind, id) of a dossier.

    ``value`` is plain data as a dossier writes it: ``True``, ``"member"``, ``["a"]``, ``{"exactly": ["a"]}``, ``Decimal("3e24")``
    or ``"3e24"``, ``"2026-01-02"``, ``{"not_until": "2026-11-01"}``; for a relation its rows, ``[{"id": "cv"}]`` to add some,
    ``{"exactly": [{"id": "cv"}]}`` if that is all. ``None`` takes back what was said; of a list, that it is all, and the rows of
    which nothing is said. An object that nobody named has the word of its kind as its id.
    """

    kind: str
    object: str
    name: str
    value: Any
    by: str | None = None
    on: str | None = None
    source: str | None = None
    reasons: str | None = None
    evidence: str | None = None
    document: str | None = None
    done: str | None = None
    where: Where | None = None

    @property
    def place(self) -> Where:
        """What an error calls the answer."""
        return self.where or Where(f"{self.kind} {self.object}, {self.name}")


def with_answers(dossier: Dossier, answers: Iterable[Answer], vocabulary: Vocabulary) -> Dossier:
    """The dossier with the answers in it: a value takes the place of an older one, rows are added to those there are.

    :raises DossierError: with the same codes as the reader; the place is the answer.
    """
    draft = draft_for(dossier)
    answered: set[tuple[str, str, str]] = set()
    for answer in answers:
        declared = _declared(answer, vocabulary)
        if declared.kind == "relation":
            _relate(draft, _record(draft, answer), declared, answer)
            draft = draft_for(read_draft(draft, dossier))
        else:
            _say(_record(draft, answer), declared, answer)
        answered.add((answer.kind, answer.object, declared.name))
    left = tuple(one for one in dossier.asked if (one.kind, one.id, one.name) not in answered)
    return read_draft(draft, replace(dossier, asked=left))


def draft_for(dossier: Dossier) -> Draft:
    """The dossier taken apart."""
    return draft_of(dossier.world, dossier.source, dict(dossier.notes))


def read_draft(draft: Draft, before: Dossier) -> Dossier:
    """The draft as a dossier, with what stood beside the one it was made from."""
    made = dossier_from(draft.item(), draft.source, draft.vocabulary)
    proposals = tuple(replace(one, thing=_again(one.thing, made)) for one in before.proposals)
    return replace(
        made, proposals=proposals, warnings=before.warnings, note=before.note, asked=before.asked, version=before.version,
        example=before.example,
    )  # fmt: skip


def _again(thing: Thing, made: Dossier) -> Thing:
    return thing_at(made.world, thing.kind, thing.id) or thing


def _declared(answer: Answer, vocabulary: Vocabulary) -> Declared:
    declared = vocabulary.declared.get(answer.name)
    if declared is None:
        hint = advice(answer.name, vocabulary.declared, "dossier.look-up-names")
        raise DossierError("dossier.unknown-name", answer.place, got=answer.name, advice=hint)
    if declared.kind == "term":
        refuse_term(declared, as_item(answer.value, answer.place), vocabulary)
    return declared


def _record(draft: Draft, answer: Answer) -> Record:
    """The object that an answer speaks of."""
    found = draft.find((answer.kind, answer.object))
    if len(found) > 1:
        raise DossierError("dossier.id-unclear", answer.place, got=answer.object)
    if not found and answer.object == answer.kind and len(draft.of_kind(answer.kind)) == 1:
        return draft.of_kind(answer.kind)[0]  # it was given a name since the question was put
    if not found:
        known = [one.id for one in draft.of_kind(answer.kind)]
        hint = advice(answer.object, known) if known else words("dossier.no-ids")
        raise DossierError("dossier.unknown-id", answer.place, got=answer.object, kind=kind_words(answer.kind), advice=hint)
    return found[0]


# -- values ------------------------------------------------------------------------------------------------------------------


def _say(record: Record, declared: Declared, answer: Answer) -> None:
    check_speaks_of(declared, record.kind, answer.place)
    if answer.value is None:
        record.said.pop(declared.name, None)
        return
    record.said[declared.name] = _stated(answer)


def _stated(answer: Answer) -> Item:
    """The value with who says so."""
    around = {
        "source": answer.source, "by": answer.by, "on": answer.on, "evidence": answer.evidence, "document": answer.document,
        "reasons": answer.reasons, "done": answer.done,
    }  # fmt: skip
    stated = {key: word(text, answer.place) for key, text in around.items() if text is not None}
    value = as_typed(answer.value, answer.place)
    return mapping({"value": value, **stated}, answer.place) if stated else value


# -- rows and links ----------------------------------------------------------------------------------------------------------


def _relate(draft: Draft, record: Record, relation: Declared, answer: Answer) -> None:
    if relation.object != record.kind:
        known = [one.name for one in draft.vocabulary.relations(record.kind)]
        hint = advice(relation.name, known)
        raise DossierError("dossier.unknown-relation", answer.place, got=relation.name, kind=kind_words(record.kind), advice=hint)
    item = as_item(answer.value, answer.place)
    record.listed.pop(relation.name, None)
    if relation.many and (listing := Listing(answer.by, answer.on, answer.source)) != Listing() and answer.value is not None:
        record.listed[relation.name] = listing
    if relation.many and answer.value is None:
        _open_list(draft, record, relation)
    elif relation.many:
        add_rows(draft, record, relation, item)
    else:
        _link(draft, record, relation, item)


def _open_list(draft: Draft, record: Record, relation: Declared) -> None:
    """Take back a list: it is open again, and the rows of which nothing is said are gone."""
    record.closed.discard(relation.name)
    rows = record.rows.get(relation.name, [])
    bare_rows = [row for row in rows if isinstance(row, Record) and not (row.said or row.rows or row.note or row.closed)]
    record.rows[relation.name] = [row for row in rows if row not in bare_rows]
    draft.records = [row for row in draft.records if row not in bare_rows]


def _link(draft: Draft, record: Record, relation: Declared, item: Item) -> None:
    """A relation to one: the id it leads to, or that there is none."""
    if isinstance(item, Scalar) and item.value is not None:
        record.of[relation.name] = item.text
        return
    none = isinstance(item, Map) and isinstance(inside := item.items.get("exactly"), Seq) and not inside.items
    if not none or relation.to not in COMPANIONS:
        raise DossierError("dossier.relation-as-name", item.where, got=relation.name)
    if any(not one.anonymous or one.said for one in draft.of_kind(relation.to)):
        raise DossierError("dossier.closed-but-listed", item.where, relation=relation.to)
    draft.absent.add(relation.to)


def add_rows(draft: Draft, record: Record, relation: Declared, item: Item) -> None:
    """Add the rows of an item to an object, and close the list where it says that they are all."""
    item, listing = rows_said(item, relation)
    if listing is not None:
        record.listed[relation.name] = listing
    exactly = isinstance(item, Map) and set(item.items) == {"exactly"}
    rows = item.items["exactly"] if isinstance(item, Map) and exactly else item
    if not isinstance(rows, Seq):
        raise DossierError("dossier.rows-not-a-list", item.where, name=relation.name, got=shape(item))
    record.anonymous = record.anonymous and record.kind == "system"
    there = record.rows.setdefault(relation.name, [])
    count, named = len(there), set[str]()
    for child in rows.items:
        own, identifier = _row_map(child, relation)
        known = [one for one in there if isinstance(one, Record) and one.id == identifier]
        if known:
            named.add(known[0].id)
            _update(draft, known[0], own)
        else:
            there.append(own)
    forgotten = [one for one in there[:count] if isinstance(one, Record) and one.id not in named]
    if (exactly and forgotten) or (not exactly and relation.name in record.closed and len(there) > count):
        raise DossierError("dossier.closed-but-listed", item.where, relation=relation.name)
    if exactly:
        record.closed.add(relation.name)


def _row_map(item: Item, relation: Declared) -> tuple[Map, str | None]:
    """A row as a mapping, with its id."""
    if isinstance(item, Scalar) and item.value is not None:
        item = mapping({"org" if relation.to == "party" else "id": item}, item.where)
    own = as_map(item, words("dossier.what-row", name=relation.name))
    for key in ("org", "id"):
        found = own.items.get(key)
        if isinstance(found, Scalar) and found.value is not None:
            return own, found.text
    return own, None


def _update(draft: Draft, record: Record, own: Map) -> None:
    """What a row says again of an object that is there."""
    relations = {one.name: one for one in draft.vocabulary.relations(record.kind) if one.many}
    for key, item in own.items.items():
        if key in SECTIONS:
            record.said |= as_map(item, f"{key}:").items
        elif key in relations:
            add_rows(draft, record, relations[key], item)
        elif key == "name":
            record.label = _label(item)
        elif key not in ("org", "id"):
            known = ["id", "name", *SECTIONS, *relations]
            raise DossierError("dossier.unknown-key", own.keys[key], got=key, advice=advice(key, known))


def _label(item: Item) -> dict[str, str]:
    if isinstance(item, Map):
        return {lang: part.text for lang, part in item.items.items() if isinstance(part, Scalar)}
    return {"und": item.text} if isinstance(item, Scalar) else {}


# -- what could not be answered ----------------------------------------------------------------------------------------------


def with_asked(dossier: Dossier, asked: Iterable[Asked]) -> Dossier:
    """The dossier with questions noted that somebody could not answer; a newer note of the same person replaces the older."""
    new = list(asked)
    same = {(one.kind, one.id, one.name, one.by) for one in new}
    kept = [one for one in dossier.asked if (one.kind, one.id, one.name, one.by) not in same]
    return replace(dossier, asked=(*kept, *new))


__all__ = ["Answer", "Asked", "Proposal", "add_rows", "draft_for", "read_draft", "with_answers", "with_asked"]
