"""Rules of procedure read from their file, strictly: unknown keys, idle guards and clauses that do not exist are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from guiju.logic import TRUE, Expr, Type, check_condition, parse, parse_type
from guiju.norms import Corpus, Fields, Item, Map, Scalar, read_file
from guiju.norms.fields import as_text
from guiju.procedure import editions
from guiju.procedure.editions import Edition, edition_of, shipped, short
from guiju.procedure.errors import ProcedureError
from guiju.procedure.facts import RulesScope, names_of
from guiju.procedure.rules import IFS, Basis, Category, Guard, If, Limit, Parameter, Plain, Rules, Step

SCHEMA: Final = "guiju.procedure/1"

GIVEN: Final = (
    "digest", "panel", "opinion", "group", "group_for", "parties", "aside", "until", "anew", "decides",
    "recognised_decision", "accepted_before_on", "decided_before_on", "authors", "unasked",
    "experts", "expert_opinion",
)  # fmt: skip
"""What an act may give besides facts: papers, reviewers, an opinion, experts of another body and those who agreed, who else is a
party, that whoever acts has an interest, the day to which a time is extended, the decision of another committee, and of which
day an earlier acceptance or decision is, who wrote the papers; the experts who are to say themselves whether they agree, and what
one of them says. ``anew``: what was voted before no longer counts; ``unasked``: the authority that was asked is a party no more;
``decides``: it is the decision, bound to the papers as they then stand."""

_UNREAD: Final = ("memory", "unstated")
"""Clauses that were checked against nothing: what rests on one holds as the charter's default, and says so."""


def builtin_rules() -> tuple[str, ...]:
    """The names of the rules of procedure that the house ships."""
    return tuple(sorted(shipped(editions.SHELF)))


def editions_of(name: str) -> tuple[Edition, ...]:
    """The editions of some rules, the oldest first; the last is that of today.

    :raises ProcedureError: where there are none of that name.
    """
    found = shipped(editions.SHELF).get(name)
    if not found:
        raise ProcedureError("procedure.unknown-rules", got=name, known=list(builtin_rules()))
    return found


def rules_named(name: str, corpus: Corpus, edition: str = "") -> Rules:
    """Rules that the house ships, with their clauses looked up in a corpus; those of today, unless an edition is named.

    :raises ProcedureError: where there are none of that name, no such edition of them, or the file of it was altered.
    """
    known = {one.id: one for one in editions_of(name)}
    if edition and edition not in known:
        raise ProcedureError("procedure.unknown-edition", got=short(edition), rules=name, known=[short(one) for one in known])
    if not edition:
        return _read(editions_of(name)[-1].path, corpus)
    read = _read(known[edition].path, corpus)
    if read.edition != edition:
        raise ProcedureError("procedure.edition-altered", got=short(read.edition), rules=name, want=short(edition))
    return read


@lru_cache(maxsize=64)
def _read(path: Path, corpus: Corpus) -> Rules:
    return read_rules(path, corpus)


def read_rules(path: Path, corpus: Corpus) -> Rules:
    """Rules of procedure from a file.

    :raises ProcedureError: with the place in the file, for whatever cannot be taken as it stands.
    """
    return _Reader(Fields(read_file(path, path.name), "procedure", ProcedureError), corpus).rules()


class _Reader:
    def __init__(self, top: Fields, corpus: Corpus) -> None:
        self._top, self._corpus = top, corpus
        if top.word("schema") != SCHEMA:
            top.fail("procedure.schema", "schema", want=SCHEMA)

    def rules(self) -> Rules:
        top = self._top
        facts = {name: self._type(item) for name, item in self._map("facts").items()}
        said = {name: self._type(item) for name, item in self._map("said").items()}
        parameters = {name: self._parameter(name, item) for name, item in self._map("charter").items()}
        motions, posts = top.words("motions"), top.words("posts")
        roles, states = self._texts("roles"), self._texts("states")
        charter = {name: one.type for name, one in parameters.items()}
        steps = {name: self._step(name, item) for name, item in self._map("steps").items()}
        outcomes = dict.fromkeys([*motions, *(one for step in steps.values() for one in step.outcomes)])
        words = {"steps": [*steps], "posts": posts, "roles": [*roles], "states": [*states], "outcome": [*outcomes]}
        self._scope = names_of({**facts, **said}, charter, words)
        guards = {name: self._guard(name, item) for name, item in self._map("guards").items()}
        read = Rules(
            name=top.word("procedure"),
            title=top.text("title"),
            place=top.word("place"),
            law=top.word("law"),
            posts=posts,
            votes=top.words("votes"),
            presides=top.words("presides"),
            roles=roles,
            start=top.word("start"),
            states=states,
            final=top.words("final"),
            motions=motions,
            facts=facts,
            said=said,
            per_round=top.words("per_round"),
            parameters=parameters,
            categories=tuple(self._category(name, item) for name, item in self._map("categories").items()),
            guards=guards,
            body=top.words("body"),
            steps=steps,
            waits={name: item.text if isinstance(item, Scalar) else "" for name, item in self._map("waits").items()},
            objects=top.words("objects"),
            limits=tuple(self._limit(name, item) for name, item in self._map("limits").items()),
        )
        top.done()
        self._check(read)
        return replace(read, edition=edition_of(read))

    def _map(self, key: str) -> Mapping[str, Item]:
        found = self._top.item(key)
        if found is None:
            return {}
        if not isinstance(found, Map):
            self._top.fail("procedure.not-a-map", key, got=key)
        return found.items

    def _texts(self, key: str) -> dict[str, dict[str, str]]:
        return {name: dict(as_text(item, ProcedureError)) for name, item in self._map(key).items()}

    def _check(self, read: Rules) -> None:
        """What names something names something that is there, and every guard keeps some step or the body."""
        acting = {one for step in read.steps.values() for one in step.by} | {
            one for part in read.guards.values() for one in part.who
        }
        for name in sorted((acting | set(read.posts) | set(read.waits.values())) - set(read.roles)):
            self._top.fail("procedure.unknown-role", "roles", got=name)
        used = {name for step in read.steps.values() for name in step.needs} | set(read.body)
        for name in sorted(used - set(read.guards)):
            self._top.fail("procedure.unknown-guard", "guards", got=name)
        for name in sorted(set(read.guards) - used):
            self._top.fail("procedure.idle-guard", "guards", got=name)
        for name in sorted({*read.votes, *read.presides} - set(read.posts)):
            self._top.fail("procedure.no-post", "posts", got=name, known=list(read.posts))
        for name in sorted(set(read.objects) - set(read.steps)):
            self._top.fail("procedure.unknown-step", "objects", got=name, known=sorted(read.steps))
        for name in sorted(set(read.waits) - set(read.states)):
            self._top.fail("procedure.unknown-state", "waits", got=name, step="waits")
        for name in sorted(set(read.per_round) - set(read.facts)):
            self._top.fail("procedure.unknown-fact", "per_round", got=name)
        for step in read.steps.values():
            self._check_step(read, step)

    def _check_step(self, read: Rules, step: Step) -> None:
        given = {*read.facts, *read.said, *GIVEN}
        for name in sorted(({*step.gives} - given) | ({*step.sets} - {*read.facts})):
            self._top.fail("procedure.unknown-given", "steps", got=name, step=step.name)
        for outcome in sorted(set(step.renews) - set(step.outcomes)):
            self._top.fail("procedure.unknown-outcome", "steps", got=outcome, step=step.name)
        known = {*read.states, "", "called", "open", "closed"}
        for state in sorted((set(step.states) | set(step.to.values()) - {"back", "same"}) - known):
            self._top.fail("procedure.unknown-state", "steps", got=state, step=step.name)
        for state in sorted(set(step.states) & set(read.final)):
            self._top.fail("procedure.after-final", "steps", got=state, step=step.name)

    # -- parts -------------------------------------------------------------------------------------------------------------------

    def _type(self, item: Item) -> Type:
        return parse_type(item.text if isinstance(item, Scalar) else "", item.where)

    def _basis(self, fields: Fields) -> Basis:
        """``norm: ID`` | ``charter: true`` (with ``stands_for: ID``, a clause that was not read) | ``practice: true``."""
        norm, after = fields.optional_word("norm"), fields.optional_word("stands_for")
        charter, practice = fields.flag("charter"), fields.flag("practice")
        if [norm is not None, charter, practice].count(True) != 1:
            fields.fail("procedure.no-basis")
        if practice:
            return Basis("practice")
        found = self._corpus.norms.get(norm or after or "")
        if (norm or after) and not found:
            fields.fail("procedure.unknown-norm", "norm" if norm else "stands_for", got=norm or after)
        unread = fields.flag("unread") or (bool(found) and found[-1].checked.against in _UNREAD)  # type: ignore[index]  # found is not empty
        if norm and unread:
            fields.fail("procedure.unread-norm", "norm", got=norm)
        pinpoint = found[-1].pinpoint if found else {}
        return Basis("norm" if norm else "charter", norm or after or "", pinpoint, unread)

    def _parameter(self, name: str, item: Item) -> Parameter:
        fields = Fields(item, f"charter.{name}", ProcedureError)
        least, most = fields.number("least"), fields.number("most")
        kind = parse_type(fields.word("type"), fields.where)
        read = Parameter(
            name,
            kind,
            _plain(fields.item("default")),
            self._basis(fields),
            fields.text("words"),
            None if least is None else int(least),
            None if most is None else int(most),
            fields.text("other"),
        )
        fields.done()
        return read

    def _category(self, name: str, item: Item) -> Category:
        fields = Fields(item, f"categories.{name}", ProcedureError)
        flags = fields.flag("sits", True), fields.flag("professional")
        read = Category(name, fields.text("words"), *flags, self._basis(fields))
        fields.done()
        return read

    def _guard(self, name: str, item: Item) -> Guard:
        fields = Fields(item, f"guards.{name}", ProcedureError)
        read = Guard(
            name,
            self._condition(fields, "require", self._scope),
            self._basis(fields),
            fields.text("lacks"),
            fields.text("cure"),
            fields.words("who"),
            cast(If, fields.optional_word("then", among=IFS) or "refuse"),
        )
        fields.done()
        return read

    def _condition(self, fields: Fields, key: str, scope: RulesScope) -> Expr:
        item = fields.item(key)
        if item is None:
            return TRUE
        expr = parse(item.text if isinstance(item, Scalar) else "", item.where)
        check_condition(expr, scope, item.where)
        return expr

    def _step(self, name: str, item: Item) -> Step:
        fields = Fields(item, f"steps.{name}", ProcedureError)
        to = fields.item("to")
        leads = {one: part.text for one, part in to.items.items() if isinstance(part, Scalar)} if isinstance(to, Map) else {}
        if isinstance(to, Scalar):
            leads = {"": to.text}
        read = Step(
            name,
            fields.words("from"),
            leads or {"": "same"},
            fields.words("by"),
            fields.words("needs"),
            fields.words("gives"),
            self._sets(fields),
            fields.text("words"),
            self._basis(fields),
            fields.flag("inside"),
            fields.words("renews"),
        )
        fields.done()
        return read

    def _sets(self, fields: Fields) -> dict[str, Plain]:
        found = fields.item("sets")
        return {name: _plain(item) for name, item in found.items.items()} if isinstance(found, Map) else {}

    def _limit(self, name: str, item: Item) -> Limit:
        fields = Fields(item, f"limits.{name}", ProcedureError)
        read = Limit(
            name=name,
            after=fields.words("after"),
            until=fields.words("until"),
            within=fields.word("within"),
            unit=fields.word("unit", among=("hour", "day", "working-day", "month", "year")),
            usual=fields.flag("usual"),
            every=fields.flag("every"),
            states=fields.words("in"),
            when=self._condition(fields, "when", self._scope),
            extended_by=fields.optional_word("extended_by") or "",
            who=fields.words("who"),
            words=fields.text("words"),
            basis=self._basis(fields),
        )
        fields.done()
        return read


def _plain(item: Item | None) -> Plain:
    if not isinstance(item, Scalar):
        return None
    return int(item.value) if isinstance(item.value, Decimal) else item.value
