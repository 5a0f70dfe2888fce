"""The sanction of a breach (language, section 9)."""

from __future__ import annotations

from decimal import Decimal

from guiju.logic import TRUE
from guiju.norms.fields import Fields
from guiju.norms.model import CURRENCIES, Fine, Order, Sanction, Share, Tier, Variant
from guiju.norms.read_common import expression, read_targets
from guiju.norms.yaml_reader import Item, Map


def read_sanction(f: Fields) -> Sanction:
    """What follows a breach."""
    return Sanction(
        breach_of=read_targets(f.required("breach_of"), f"{f.what}.breach_of"),
        authority=f.words("authority"),
        on=f.word("on", "organisation", ("organisation", "responsible_person", "both")),
        route=f.word("route", "direct", ("direct", "after_order")),
        cure=f.text("cure") if isinstance(f.item("cure"), Map) else None,
        tiers=tuple(f.many("tiers", _tier)),
        variants=tuple(f.many("variants", _variant)),
        factors=f.texts("factors"),
        no_own_fine=f.flag("no_own_fine"),
        order=_order(f),
    )


def _order(f: Fields) -> Order | None:
    """The order that comes first, only where the route is ``after_order``."""
    inner = f.inner("order")
    if inner is None:
        return None
    if f.word("route", "direct") != "after_order":
        f.fail("norm.order-on-a-direct-route", "order")
    found = Order(inner.word("given"), inner.word("obeyed"))
    inner.done()
    return found


def _tier(item: Item) -> Tier:
    f = Fields(item, "tier")
    found = Tier(expression(f, "when", TRUE), f.words("measures"), _fine(f, "fine"), _fine(f, "person_fine"))
    f.done()
    return found


def _fine(f: Fields, key: str) -> Fine | None:
    inner = f.inner(key)
    if inner is None:
        return None
    share = inner.inner("share")
    found = Fine(
        currency=inner.word("currency", among=CURRENCIES),
        low=inner.number("min"),
        high=inner.number("max"),
        share=None if share is None else Share(_percent(share), share.word("of"), expression(share, "when", TRUE)),
        combine=inner.word("combine", "higher", ("higher", "lower")),
        per=inner.optional_word("per"),
    )
    if share is not None:
        share.done()
    inner.done()
    return found


def _percent(f: Fields) -> Decimal:
    number = f.number("percent")
    if number is None:
        f.fail("data.missing-key", wanted="percent")
    return number


def _variant(item: Item) -> Variant:
    f = Fields(item, "variant")
    found = Variant(
        f.word("at"), expression(f, "when", TRUE), f.word("combine", among=("higher", "lower")), f.optional_word("since")
    )
    f.done()
    return found
