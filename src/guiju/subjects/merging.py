"""Two people's dossiers of one subject made into one: what only one says stands, and where they disagree neither wins.

Knowledge that fits together is joined: a bound and a number within it, two lists of what is known so far. What does not fit is
left unknown, an enum is narrowed to what the two say, and both values stand as open proposals, so that nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from guiju.logic import EnumType, Given, OneOf
from guiju.norms.vocabulary import STANDING, Vocabulary
from guiju.norms.world import Listing, Thing
from guiju.subjects.answers import read_draft
from guiju.subjects.beside import Asked, Proposal, Version, shown_value, thing_at
from guiju.subjects.content import dumps, written, written_value
from guiju.subjects.decisions import bare
from guiju.subjects.dossier import Dossier
from guiju.subjects.drafts import EARLIER
from guiju.subjects.errors import DossierError
from guiju.subjects.graph import COMPANIONS
from guiju.subjects.leaves import MAIN, Flat, Key, Leaf, assemble, flatten
from guiju.subjects.meeting import meet
from guiju.wording import Where

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that cannot both be true; each is plain data with who says so and when.

    ``name`` is the declared name, the relation whose list one says is complete, or None for the name of the object itself.
    """

    kind: str
    id: str
    name: str | None
    one: Any
    other: Any

    def to_json(self) -> dict[str, Any]:
        """The conflict as data."""
        return {"object": {"kind": self.kind, "id": self.id}, "name": self.name, "one": self.one, "other": self.other}


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged dossier, and what the two disagree on."""

    dossier: Dossier
    conflicts: tuple[Conflict, ...]


def merge(a: Dossier, b: Dossier, base: Dossier | None = None) -> Merged:
    """Both dossiers in one. With ``base`` (what both started from), what only one of them changed stands as changed.

    :raises DossierError: for dossiers of two different systems, and for objects that cannot stand in one dossier (the same id
        for two kinds of object).
    """
    one, other = bare(a), bare(b)
    start = bare(base) if base is not None else None
    _check_subject(one, other)
    return _Merger(one, other, start).merged()


def _check_subject(a: Dossier, b: Dossier) -> None:
    systems = [next(thing for thing in one.world.things if thing.kind == "system") for one in (a, b)]
    first, second = systems
    if not _unnamed(first) and not _unnamed(second) and first.id != second.id:
        raise DossierError("merge.other-subject", Where(b.source), got=second.id, expected=first.id)


def _unnamed(system: Thing) -> bool:
    return system.anonymous or system.id == system.kind


class _Merger:
    """One merge: every object of the two, statement by statement."""

    def __init__(self, a: Dossier, b: Dossier, base: Dossier | None) -> None:
        self._pair = (a, b)
        self._noted = set(base.asked) if base is not None else set[Asked]()
        flats = flatten([a, b] if base is None else [a, b, base])
        self._a, self._b = flats[0], flats[1]
        self._base = flats[2] if base is not None else None
        self._vocabulary: Vocabulary = a.world.vocabulary
        self._flat = Flat(self._vocabulary)
        self._conflicts: list[Conflict] = []
        self._proposed: list[tuple[Key, Proposal]] = []

    def merged(self) -> Merged:
        for key in dict.fromkeys((*self._a.leaves, *self._b.leaves)):
            leaf = self._object(key)
            if leaf is not None:
                self._flat.leaves[key] = leaf
        self._drop_orphans()
        self._absent()
        self._lists()
        self._nameless()
        self._flat.root = self._root()
        a, b = self._pair
        draft = assemble(self._flat, a.source)
        made = read_draft(draft, replace(a, proposals=(), asked=(), warnings=(), note=None))
        made = replace(
            made,
            note=_joined(a.note, b.note),
            example=a.example or b.example,
            proposals=self._proposals(made),
            asked=self._asked(),
            version=max(a.version, b.version, key=_version_order) if a.version != b.version else a.version,
        )
        return Merged(made, tuple(sorted(set_of(self._conflicts), key=lambda one: dumps(one.to_json()))))

    def _asked(self) -> tuple[Asked, ...]:
        """What was asked in vain of either; what one of the two has answered since the base is no longer."""
        one, other = (set(side.asked) for side in self._pair)
        gone = (self._noted - one) | (self._noted - other)
        return tuple(sorted((one | other) - gone, key=str))

    # -- objects -------------------------------------------------------------------------------------------------------------

    def _object(self, key: Key) -> Leaf | None:
        one, other = self._a.leaves.get(key), self._b.leaves.get(key)
        before = self._base.leaves.get(key) if self._base is not None else None
        if one is None or other is None:
            left = one or other
            assert left is not None
            gone = before is not None and _same(left, before)
            return None if gone else left.copy()
        leaf = self._face(one, other, before)
        for name in sorted({*one.said, *other.said}):
            start = before.said.get(name) if before is not None else None
            given = self._statement(key, leaf, name, one.said.get(name), other.said.get(name), start)
            if given is not None:
                leaf.said[name] = given
        closed = before.closed if before is not None else set[str]()
        leaf.listed = _listings(one, other, before)
        leaf.closed = (one.closed & other.closed) | ((one.closed ^ other.closed) - closed)
        return leaf

    def _face(self, one: Leaf, other: Leaf, before: Leaf | None) -> Leaf:
        """What the object is called and where it hangs; what only one of the two changed is as that one says."""
        faces = [(side.id, side.anonymous, side.held) for side in (one, other)]
        changed = _changed(one, other, before, _face_of)
        named = changed or min((one, other), key=_how_nameless)
        held = named.held if changed else named.held or next((face[2] for face in faces if face[2]), None)
        leaf = Leaf(named.kind, named.id, named.anonymous, held=held)
        labelled = _changed(one, other, before, lambda side: side.label)
        leaf.label = dict(labelled.label) if labelled else self._label(leaf, one, other)
        noted = _changed(one, other, before, lambda side: side.note)
        leaf.note = noted.note if noted else _joined(one.note, other.note)
        linked = _changed(one, other, before, lambda side: side.of)
        leaf.of = dict(linked.of) if linked else self._links(leaf, one, other)
        return leaf

    def _label(self, leaf: Leaf, one: Leaf, other: Leaf) -> dict[str, str]:
        first, second = sorted((one.label, other.label), key=lambda label: json.dumps(label, sort_keys=True))
        if not first or not second:
            return first or second
        differ = any(second.get(lang, text) != text for lang, text in first.items()) or ("und" in first) != ("und" in second)
        if differ:
            self._conflicts.append(Conflict(leaf.kind, leaf.id, None, dict(first), dict(second)))
            return first
        return dict(sorted({**first, **second}.items()))

    def _links(self, leaf: Leaf, one: Leaf, other: Leaf) -> dict[str, Key]:
        found = {}
        for name in sorted({*one.of, *other.of}):
            ends = sorted({side.of[name] for side in (one, other) if name in side.of})
            found[name] = ends[0]
            if len(ends) > 1:
                self._conflicts.append(Conflict(leaf.kind, leaf.id, name, ends[0].id, ends[1].id))
        return found

    def _drop_orphans(self) -> None:
        """A row of an object that one of the two took away goes with it."""
        leaves = self._flat.leaves
        gone = [key for key, leaf in leaves.items() if leaf.held is not None and leaf.held[0] not in leaves]
        for key in gone:
            del leaves[key]
        if gone:
            self._drop_orphans()

    # -- statements ----------------------------------------------------------------------------------------------------------

    def _statement(
        self, key: Key, leaf: Leaf, name: str, one: Given | None, other: Given | None, start: Given | None
    ) -> Given | None:
        if one == other:
            return one
        if start is not None and start in (one, other):
            return other if one == start else one
        if one is None or other is None:
            return one or other
        joined = meet(one, other)
        if joined is not None:
            for given in (one, other):
                if given != joined:
                    self._propose(key, leaf, name, given, "accepted")
            return joined
        sides = sorted((written(given) for given in (one, other)), key=dumps)
        self._conflicts.append(Conflict(leaf.kind, leaf.id, name, *(_around(side) for side in sides)))
        for given in (one, other):
            self._propose(key, leaf, name, given, "open")
        return self._narrowed(name, one, other)

    def _narrowed(self, name: str, one: Given, other: Given) -> Given | None:
        """What is left of an enum: one of those that the two say."""
        type_ = self._vocabulary.declared[name].type
        if isinstance(type_, EnumType) and isinstance(one.value, OneOf) and isinstance(other.value, OneOf):
            members = one.value.members | other.value.members
            return Given(OneOf(members)) if members < set(type_.members) else None
        return None

    def _propose(self, key: Key, leaf: Leaf, name: str, given: Given, state: str) -> None:
        data = written_value(given.value)
        self._proposed.append((key, _proposal(Thing(leaf.kind, leaf.id), name, data, given, state)))

    # -- what is complete, and what is not there -----------------------------------------------------------------------------

    def _lists(self) -> None:
        """A list that one says is complete, and of which the other knows more, is left open."""
        for key, leaf in self._flat.leaves.items():
            for relation in sorted(leaf.closed):
                rows = set(self._flat.rows(key, relation))
                sides = [flat for flat in (self._a, self._b) if key in flat.leaves and relation in flat.leaves[key].closed]
                more = any(rows - set(side.rows(key, relation)) for side in sides) and self._disagree(key, relation)
                if more or self._loose(relation):
                    leaf.closed.discard(relation)
                    self._listed(key, leaf, relation)

    def _loose(self, relation: str) -> bool:
        """Whether one knows an object that would be a row, and does not say whose."""
        kind = self._vocabulary.declared[relation].to
        owner = self._vocabulary.owner(kind)
        present = [leaf for key, leaf in self._flat.leaves.items() if not key.under.startswith(EARLIER) and leaf.kind == kind]
        return any(not leaf.anonymous and leaf.held is None and (owner is None or owner.name not in leaf.of) for leaf in present)

    def _disagree(self, key: Key, relation: str) -> bool:
        """Whether the rows that one lacks were not simply added by the other since the base."""
        return self._base is None or key not in self._base.leaves or relation not in self._base.leaves[key].closed

    def _listed(self, key: Key, leaf: Leaf, relation: str) -> None:
        sides = []
        for flat in (self._a, self._b):
            ids = [flat.leaves[row].id for row in flat.rows(key, relation)]
            closed = key in flat.leaves and relation in flat.leaves[key].closed
            sides.append({"exactly": sorted(ids)} if closed else sorted(ids))
        first, second = sorted(sides, key=dumps)
        self._conflicts.append(Conflict(leaf.kind, leaf.id, relation, first, second))
        for side in (first, second):
            self._proposed.append((key, _proposal(Thing(leaf.kind, leaf.id), relation, side, None, "open")))

    def _absent(self) -> None:
        """Objects that one says do not exist, and of which the other speaks."""
        absent = {*self._a.absent, *self._b.absent}
        if self._base is not None:
            absent = {
                kind for kind in absent if kind not in self._base.absent or (kind in self._a.absent and kind in self._b.absent)
            }
        spoken = {leaf.kind for key, leaf in self._flat.leaves.items() if not key.under.startswith(EARLIER)}
        for kind in sorted(absent & spoken):
            ids = sorted(leaf.id for leaf in self._flat.leaves.values() if leaf.kind == kind)
            relation = next((one for one in self._vocabulary.relations("system") if one.to == kind), None)
            if relation is None or not relation.many:
                name = relation.name if relation is not None else None
                self._conflicts.append(Conflict("system", self._flat.leaves[MAIN].id, name or kind, {"exactly": []}, ids))
                if name is not None:
                    thing = Thing("system", self._flat.leaves[MAIN].id)
                    self._proposed.append((MAIN, _proposal(thing, name, {"exactly": []}, None, "open")))
            else:
                self._reopen(relation.name, ids)
        self._flat.absent = frozenset(absent - spoken)

    def _reopen(self, relation: str, ids: list[str]) -> None:
        main = self._flat.leaves[MAIN]
        if relation in main.closed and not self._flat.rows(MAIN, relation):
            main.closed.discard(relation)
            self._conflicts.append(Conflict("system", main.id, relation, {"exactly": []}, ids))
            self._proposed.append((MAIN, _proposal(Thing("system", main.id), relation, {"exactly": []}, None, "open")))

    def _nameless(self) -> None:
        """What was said of “the” purpose or party, where the other names several, waits for a person to say of which."""
        for key in [key for key, leaf in self._flat.leaves.items() if leaf.anonymous and key != MAIN]:
            leaf = self._flat.leaves[key]
            several = [one for one, also in self._flat.leaves.items() if also.kind == leaf.kind and not also.anonymous]
            if key.kind not in STANDING or not [one for one in several if not one.under.startswith(EARLIER)]:
                continue
            del self._flat.leaves[key]
            for name, given in leaf.said.items():
                self._proposed.append(
                    (key, _proposal(Thing(leaf.kind, leaf.kind), name, written_value(given.value), given, "open"))
                )

    def _root(self) -> Key:
        """The subject; what one of the two said it is stands before the system that it is otherwise."""
        roots = {self._a.root, self._b.root}
        if self._base is not None and len(roots) > 1:
            roots -= {self._base.root}
        known = [root for root in sorted(roots) if root in self._flat.leaves or self._stands_in(root.kind)]
        return next((root for root in known if root != MAIN), MAIN)

    def _stands_in(self, kind: str) -> bool:
        """Whether there is an object of a kind though nobody speaks of it."""
        return kind in COMPANIONS and kind not in self._flat.absent

    # -- proposals -----------------------------------------------------------------------------------------------------------

    def _proposals(self, made: Dossier) -> tuple[Proposal, ...]:
        """Those of both, and those that this merge wrote, each once and of the objects of the merged dossier."""
        own = [proposal for _, proposal in self._proposed]
        found = [_moved(one, made) for side in self._pair for one in side.proposals] + [_moved(one, made) for one in own]
        if self._pair[0].proposals == self._pair[1].proposals and not own:
            return tuple(_moved(one, made) for one in self._pair[0].proposals)
        return tuple(sorted(set_of(found), key=_proposal_order))


def _listings(one: Leaf, other: Leaf, before: Leaf | None) -> dict[str, Listing]:
    """Who says which rows each list has; where both say, both are named."""
    found = {}
    for name in sorted({*one.listed, *other.listed}):
        sides = {side.listed.get(name) for side in (one, other)}
        start = before.listed.get(name) if before is not None else None
        if len(sides) > 1 and start in sides:
            sides.discard(start)
        said = [side for side in sides if side is not None]
        if said:
            found[name] = _both(said)
    return found


def _both(said: list[Listing]) -> Listing:
    by, source = (_named([getattr(one, part) for one in said]) for part in ("by", "source"))
    return Listing(by, max((one.on for one in said if one.on), default=None), source)


def _named(texts: list[str | None]) -> str | None:
    """Everybody whom one of the texts names, each once."""
    return ", ".join(sorted({name for text in texts if text for name in text.split(", ")})) or None


def _moved(one: Proposal, made: Dossier) -> Proposal:
    return replace(one, thing=thing_at(made.world, one.thing.kind, one.thing.id) or one.thing)


def _proposal(thing: Thing, name: str, data: Any, given: Given | None, state: str) -> Proposal:
    who = [given.by, given.on, given.source, given.evidence, given.document] if given is not None else []
    source = ", ".join(part for part in who if part) or None
    reasons = given.reasons if given is not None and given.reasons else ""
    proposal = Proposal(thing, name, shown_value(data), 0, reasons, "stated", "merge", source=source, data=data, assumed=False)
    if state == "accepted":
        return replace(proposal, state="accepted")
    return proposal


def _proposal_order(one: Proposal) -> str:
    return f"{one.thing.kind} {one.thing.id} {one.name} {dumps(one.data)} {one.source} {one.state} {one.by} {one.on} {one.line}"


def _changed(one: Leaf, other: Leaf, before: Leaf | None, part: Callable[[Leaf], object]) -> Leaf | None:
    """The side that stands for a part: either where they are the same, the one that changed it since the base; else None."""
    if part(one) == part(other):
        return one
    if before is None or part(before) not in (part(one), part(other)):
        return None
    return other if part(one) == part(before) else one


def _how_nameless(leaf: Leaf) -> tuple[bool, bool, bool, str, str]:
    """Sorts what somebody named and placed before what nobody did."""
    return leaf.anonymous, leaf.id == leaf.kind, leaf.held is None, str(leaf.held), leaf.id


def _face_of(leaf: Leaf) -> object:
    return leaf.id, leaf.anonymous, leaf.held


def set_of(found: list[T]) -> list[T]:
    """Each once; equal ones are one."""
    kept: list[T] = []
    for one in found:
        if one not in kept:
            kept.append(one)
    return kept


def _around(side: Any) -> dict[str, Any]:
    return side if isinstance(side, dict) and "value" in side else {"value": side}


def _same(one: Leaf, other: Leaf) -> bool:
    return (one.said, one.closed, one.label) == (other.said, other.closed, other.label)


def _joined(one: str | None, other: str | None) -> str | None:
    """Two notes below each other, one where they are the same."""
    return "\n".join(sorted({note for note in (one, other) if note})) or None


def _version_order(version: Version | None) -> tuple[int, str]:
    return (version.number, str(version)) if version is not None else (0, "")
