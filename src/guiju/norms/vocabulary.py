"""Declared names: facts, measures, events, positions, judgements, terms and relations, and what a path reads.

A name belongs to one kind of object. From an object a path is read of the object itself, else up its owners; another
object is reached by relations to one; names of parties and organisations are those of the party the norm is computed
for (language, section 2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from guiju.logic import ExpressionError, Type, unknown_name
from guiju.norms.fields import CorpusError
from guiju.wording import Text, Where, nearest

NameKind = Literal["fact", "measure", "event", "position", "judgement", "term", "relation"]

NAME_KINDS: Final = ("fact", "measure", "event", "position", "judgement", "term", "relation")

STANDING: Final = ("system", "purpose", "model", "service", "product", "activity", "organisation", "party")
"""Kinds that a dossier need not mention: the norm is then answered for one anonymous, empty object."""

OCCURRENCE: Final = (
    "use", "decision", "meeting", "application", "incident", "content", "person", "act", "body", "standard", "category",
)  # fmt: skip
"""Kinds that give no result until they are mentioned; their norms are counted as readiness."""

OBJECT_KINDS: Final = STANDING + OCCURRENCE

PARTY_KINDS: Final = ("party", "organisation")


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared name."""

    name: str
    kind: NameKind
    object: str
    type: Type
    type_text: str
    ask: Text
    help: Text
    label: Text
    criteria: Text
    members: Mapping[str, Text]
    needed_by: tuple[str, ...]
    aliases: tuple[str, ...]
    concept: str | None
    where: Where
    # relations only
    to: str = ""
    many: bool = False
    owner: bool = False
    inverse: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """How a path is read from an object of some kind: follow the relations, then read the name (``of_party``: of the party)."""

    steps: tuple[str, ...]
    declared: Declared
    of_party: bool = False


@dataclass
class Vocabulary:
    """All declared names of a corpus; look-ups never depend on file order."""

    declared: dict[str, Declared] = field(default_factory=dict)
    _cache: dict[tuple[str, str], Access] = field(default_factory=dict, repr=False)
    _relations: dict[str, list[Declared]] = field(default_factory=dict, repr=False)

    def add(self, entry: Declared) -> None:
        """Declare a name; a second declaration of it is refused."""
        for name in (entry.name, *entry.aliases):
            if name in self.declared:
                raise CorpusError("vocabulary.declared-twice", entry.where, got=name, first=str(self.declared[name].where))
            self.declared[name] = entry
        self._relations.clear()

    def check(self) -> None:
        """Prefixes and relation names are disjoint; one owner to a kind; relations lead to known kinds, one list to each."""
        owners: dict[str, Declared] = {}
        lists: dict[tuple[str, str | None], Declared] = {}
        for entry in self.entries():
            prefix = entry.name.split(".")[0]
            if "." in entry.name and prefix in self.declared:
                raise CorpusError("vocabulary.prefix-clash", entry.where, got=prefix)
            if entry.object not in OBJECT_KINDS or (entry.kind == "relation" and entry.to not in OBJECT_KINDS):
                got = entry.to if entry.object in OBJECT_KINDS else entry.object
                raise CorpusError(
                    "vocabulary.unknown-kind", entry.where, got=got, known=OBJECT_KINDS, near=nearest(got, OBJECT_KINDS)
                )
            if entry.owner:
                if entry.object in owners:
                    raise CorpusError("vocabulary.two-owners", entry.where, got=entry.object, first=owners[entry.object].name)
                owners[entry.object] = entry
            if entry.inverse and entry.inverse not in self.declared:
                raise CorpusError("vocabulary.unknown-inverse", entry.where, got=entry.inverse)
            if entry.many and (first := lists.setdefault((entry.object, entry.to), entry)) is not entry:
                raise CorpusError("vocabulary.two-lists", entry.where, got=entry.name, first=first.name)

    def entries(self) -> Iterable[Declared]:
        """Each declared name once."""
        return {id(entry): entry for entry in self.declared.values()}.values()

    @cached_property
    def prefixes(self) -> frozenset[str]:
        """The first parts of dotted names."""
        return frozenset(name.split(".")[0] for name in self.declared if "." in name)

    @cached_property
    def _owner_of(self) -> dict[str, Declared]:
        return {entry.object: entry for entry in self.entries() if entry.owner}

    def owner(self, kind: str) -> Declared | None:
        """The owner relation of a kind of object."""
        return self._owner_of.get(kind)

    def owners(self, kind: str) -> list[tuple[tuple[str, ...], str]]:
        """The kind itself and the kinds above it, each with the owner relations that lead there."""
        chain: list[tuple[tuple[str, ...], str]] = [((), kind)]
        while (up := self.owner(chain[-1][1])) and len(chain) < 8:
            chain.append(((*chain[-1][0], up.name), up.to))
        return chain

    def relations(self, kind: str) -> list[Declared]:
        """The relations of a kind of object."""
        found = self._relations.get(kind)
        if found is None:
            found = [entry for entry in self.entries() if entry.kind == "relation" and entry.object == kind]
            self._relations[kind] = found
        return found

    def access(self, kind: str, path: str, party: bool = True, where: Where | None = None) -> Access:
        """How ``path`` is read from an object of ``kind``; ``party``: whether a party is in sight.

        :raises ExpressionError: for a name that is not declared, or that cannot be read from there.
        """
        key = (kind, path)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._find(kind, path, where)
        if found.of_party and not party:
            raise ExpressionError("expression.no-party", where, got=path, kind=kind)
        return found

    def _find(self, kind: str, path: str, where: Where | None) -> Access:
        parts = path.split(".")
        steps: tuple[str, ...] = ()
        at = kind
        while len(parts) > 1 and parts[0] not in self.prefixes:
            relation, up = self._relation(at, parts.pop(0), where)
            if relation.many:
                raise ExpressionError("expression.many-without-quantifier", where, got=relation.name)
            steps, at = (*steps, *up, relation.name), relation.to
        name = ".".join(parts)
        entry = self.declared.get(name)
        if entry is None:
            raise unknown_name(name, self.declared, where)
        for up, owner in self.owners(at):
            if entry.object == owner:
                return Access((*steps, *up), entry)
        if entry.object in PARTY_KINDS and (not steps or at in PARTY_KINDS):
            return Access(steps, entry, of_party=at not in PARTY_KINDS)
        raise ExpressionError("expression.not-readable-here", where, got=path, kind=at, belongs=entry.object)

    def _relation(self, kind: str, name: str, where: Where | None) -> tuple[Declared, tuple[str, ...]]:
        entry = self.declared.get(name)
        if entry is None or entry.kind != "relation":
            known = [item.name for item in self.entries() if item.kind == "relation"]
            raise ExpressionError("expression.unknown-relation", where, got=name, near=nearest(name, known))
        for up, owner in self.owners(kind):
            if entry.object == owner:
                return entry, up
        raise ExpressionError("expression.not-readable-here", where, got=name, kind=kind, belongs=entry.object)

    def rows(self, kind: str, path: str, where: Where | None = None) -> tuple[tuple[str, ...], Declared]:
        """How the rows of a relation to many are reached from an object of ``kind``: steps, then the relation."""
        *before, last = path.split(".")
        steps: tuple[str, ...] = ()
        at = kind
        for name in before:
            relation, up = self._relation(at, name, where)
            steps, at = (*steps, *up, relation.name), relation.to
        relation, up = self._relation(at, last, where)
        if not relation.many:
            raise ExpressionError("expression.not-many", where, got=path)
        return (*steps, *up), relation


@dataclass(frozen=True)
class KindScope:
    """The names that a condition about one kind of object may use, for the type checker."""

    vocabulary: Vocabulary
    kind: str
    party: bool = True

    def type_of(self, path: str) -> Type:
        """The type of a path (see ``Scope``)."""
        if path in self.vocabulary.declared and self.vocabulary.declared[path].kind == "relation":
            raise ExpressionError("expression.relation-as-value", None, got=path)
        return self.vocabulary.access(self.kind, path, self.party).declared.type

    def row_scope(self, relation: str) -> KindScope:
        """The names that may be read of a row (see ``Scope``)."""
        _, declared = self.vocabulary.rows(self.kind, relation)
        return KindScope(self.vocabulary, declared.to, party=declared.to in PARTY_KINDS or self.party)
