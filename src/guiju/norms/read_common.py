"""Conditions and targets, as every kind of entry writes them."""

from __future__ import annotations

from contextvars import ContextVar

from guiju.logic import FALSE, TRUE, Expr, parse
from guiju.norms.fields import CorpusError, Fields, as_word, shape
from guiju.norms.model import Targets
from guiju.norms.yaml_reader import Item, Scalar, Seq
from guiju.wording import Where


def expression(f: Fields, key: str, default: Expr) -> Expr:
    """The condition of a key, parsed where it stands."""
    item = f.item(key)
    return default if item is None else parse_item(item, f"{f.what}.{key}")


places_read: ContextVar[dict[Expr, Where]] = ContextVar("places of the expressions read so far")
"""Where each expression of the norm that is being read stands, for what the type checker says of it."""


def parse_item(item: Item, what: str) -> Expr:
    """A scalar as a condition; its place is noted."""
    expr = _parsed(item, what)
    places_read.get({}).setdefault(expr, item.where)
    return expr


def _parsed(item: Item, what: str) -> Expr:
    if isinstance(item, Scalar):
        if isinstance(item.value, bool):
            return TRUE if item.value else FALSE
        if item.value is not None:
            if not item.quoted and item.text.count("(") > item.text.count(")"):
                raise CorpusError("data.expression-cut", item.where, what=what, got=item.text)
            return parse(item.text, item.where.shifted(1) if item.quoted else item.where)
    raise CorpusError("data.not-an-expression", item.where, what=what, got=shape(item))


def read_targets(item: Item, what: str) -> Targets:
    """An id, a list of ids, or ``{all_of, except}`` / ``{norms, except}`` / ``{norm}``."""
    if isinstance(item, Scalar):
        return Targets((as_word(item, what),))
    if isinstance(item, Seq):
        return Targets(tuple(as_word(child, what) for child in item.items))
    f = Fields(item, what)
    targets = targets_of(f)
    f.done()
    return targets


def targets_of(f: Fields) -> Targets:
    """The targets named by ``norms``, ``norm`` or ``all_of``, less ``except``."""
    for key in ("norms", "norm", "all_of", "applies"):
        if f.has(key):
            return Targets(f.words(key), f.words("except"))
    raise CorpusError("data.missing-key", f.where, what=f.what, wanted="norms")
