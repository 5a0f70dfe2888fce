"""One entry of a ``norms.yaml`` as a :class:`Norm`."""

from __future__ import annotations

from datetime import date

from guiju.calendars import parse_day
from guiju.logic import FALSE, TRUE, Expr, negation
from guiju.norms.fields import CorpusError, Fields, as_word, shape
from guiju.norms.model import (
    APPLICATION_WAYS,
    CHECKED_AGAINST,
    EFFECTS_IF_BROKEN,
    EFFECTS_IF_MET,
    MODALITIES,
    NORM_KINDS,
    PHASES,
    Bearer,
    Bind,
    Case,
    Check,
    Delay,
    Displacement,
    Exempt,
    GivenDuty,
    Norm,
    Practice,
    Presumption,
    Reading,
    Reference,
    Targets,
    Yield,
)
from guiju.norms.provisions import instrument_of
from guiju.norms.read_clock import read_clock
from guiju.norms.read_common import expression, places_read, read_targets, targets_of
from guiju.norms.read_places import read_explained
from guiju.norms.read_sanction import read_sanction
from guiju.norms.signoff import read_signoff
from guiju.norms.vocabulary import OBJECT_KINDS
from guiju.norms.yaml_reader import Item, Map, Scalar
from guiju.wording import GuijuError, Where


def read_norm(item: Item) -> Norm:
    """The entry as data; expressions are parsed, not yet checked against the vocabulary."""
    places: dict[Expr, Where] = {}
    places_read.set(places)
    f = Fields(item, "norm")
    identifier = f.word("id")
    f.what = identifier
    kind = f.word("kind", "duty", NORM_KINDS)
    modality = f.word(
        "modality", "prohibition" if f.has("forbid") else "permission" if f.has("permits") else "obligation", MODALITIES
    )
    norm = Norm(
        id=identifier,
        instrument=instrument_of(identifier),
        kind=kind,
        modality=modality,
        about=f.word("about", "system", OBJECT_KINDS),
        where=f.where,
        bearer=_bearer(f),
        bearer_from=f.optional_word("bearer_from"),
        owed_to=f.words("owed_to"),
        when=expression(f, "when", TRUE),
        unless=tuple(f.many("unless", _exempt)),
        require=_content(f),
        makes=f.words("makes"),
        ends=f.words("ends"),
        cases=tuple(f.many("cases", _case)),
        holder=f.optional_word("holder"),
        against=f.optional_word("against"),
        upon=f.optional_word("upon"),
        gives=_gives(f),
        enables=f.words("enables"),
        procedure=f.text("procedure"),
        expires=f.optional_word("expires"),
        sanction=read_sanction(f) if kind == "sanction" else None,
        applies=_targets_or_none(f, "applies"),
        residual_to=_residual(f),
        how=f.optional_word("how", among=APPLICATION_WAYS),
        clock=read_clock(f.item("clock"), identifier),
        refers=tuple(f.many("refers", _reference)),
        displaces=tuple(f.many("displaces", _displacement)),
        yields_to=tuple(f.many("yields_to", _yield)),
        delays=tuple(f.many("delays", _delay)),
        opens=tuple(f.many("opens", _opens)),
        presumes=tuple(f.many("presumes", _presumes)),
        demonstrates=f.words("demonstrates"),
        binds=tuple(bind for binds in f.many("binds", _bind) for bind in (binds,)),
        in_practice=tuple(f.many("in_practice", _practice)),
        readings=tuple(f.many("readings", _reading)),
        effect_if_met=f.word("effect_if_met", "none", EFFECTS_IF_MET),
        effect_if_broken=f.word("effect_if_broken", "none", EFFECTS_IF_BROKEN),
        since=f.optional_word("since"),
        phase=f.optional_word("phase", among=PHASES),
        topic=f.optional_word("topic"),
        principles=f.words("principles"),
        evidence=f.texts("evidence"),
        summary=f.text("summary"),
        pinpoint=f.text("pinpoint"),
        encoded=f.word("encoded", "whole", ("whole", "partly")),
        left_out=f.text("left_out"),
        encoded_by=f.optional_word("encoded_by"),
        checked=read_check(f),
        explained=tuple(f.many("explained", read_explained)),
        signed=tuple(f.many("reviewed", read_signoff)),
        places=places,
    )
    f.done()
    _shape(norm, f)
    return norm


def _shape(norm: Norm, f: Fields) -> None:
    """What a kind must have, and must not."""
    if norm.kind == "status" and not (norm.makes or norm.ends):
        f.fail("norm.status-without-term")
    if norm.kind == "right" and not norm.holder:
        f.fail("norm.right-without-holder")
    if norm.gives and not norm.against:
        f.fail("norm.gives-without-against", "gives")
    if norm.kind == "application" and not (norm.applies or norm.residual_to or norm.delays or norm.yields_to or norm.displaces):
        f.fail("norm.application-without-target")
    if norm.kind == "duty" and norm.require == TRUE and not (norm.binds or norm.in_practice):
        f.fail("norm.duty-without-content")
    if norm.bearer is None and norm.bearer_from is None and norm.kind == "duty":
        f.fail("norm.duty-without-bearer")
    if norm.kind != "sanction" and any(one.law for one in norm.yields_to):
        f.fail("norm.yields-to-words", "yields_to")
    if norm.kind == "power" and not norm.enables:
        f.fail("norm.power-without-object")
    if norm.encoded == "partly" and not norm.left_out:
        f.fail("norm.partly-without-left-out")


def _content(f: Fields) -> Expr:
    """``require`` as it stands, ``forbid`` negated; a permission keeps what it permits."""
    if f.has("forbid"):
        if f.has("require"):
            f.fail("norm.require-and-forbid", "forbid")
        return negation(expression(f, "forbid", FALSE))
    if f.has("permits"):
        return expression(f, "permits", TRUE)
    return expression(f, "require", TRUE)


def _bearer(f: Fields) -> Bearer | None:
    inner = f.inner("bearer")
    if inner is None:
        return None
    for how in ("each", "jointly", "one_of", "by_agreement"):
        if inner.has(how):
            bearer = Bearer(how, inner.words(how), inner.words("otherwise"))
            inner.done()
            return bearer
    raise CorpusError("norm.bearer-shape", inner.where, what=f.what)


def _exempt(item: Item) -> Exempt:
    f = Fields(item, "exception")
    found = Exempt(
        at=f.word("at"),
        when=expression(f, "when", TRUE),
        unless=tuple(f.many("unless", _exempt)),
        replace_require=expression(f, "replace_require", TRUE) if f.has("replace_require") else None,
        since=f.optional_word("since"),
        summary=f.text("summary"),
    )
    f.done()
    return found


def _case(item: Item) -> Case:
    f = Fields(item, "case")
    unsettled = f.text("unsettled") if f.has("unsettled") else None
    outcome: str | bool | None = None
    if unsettled is None:
        raw = f.required("is")
        if not isinstance(raw, Scalar) or not isinstance(raw.value, (str, bool)):
            f.fail("data.not-a-word", "is", got=shape(raw))
        outcome = raw.value
    found = Case(expression(f, "when", TRUE), outcome, f.optional_word("at"), unsettled)
    f.done()
    return found


def _gives(f: Fields) -> GivenDuty | None:
    inner = f.inner("gives")
    if inner is None:
        return None
    identifier = inner.word("id")
    require = expression(inner, "require", TRUE)
    duty = GivenDuty(identifier, require, read_clock(inner.item("clock"), identifier), inner.text("summary"))
    inner.done()
    return duty


def _targets_or_none(f: Fields, key: str) -> Targets | None:
    """``applies:`` of an application norm: ids, or ``{residual_to, topic}`` which is read apart."""
    item = f.item(key)
    if item is None or (isinstance(item, Map) and "residual_to" in item.items):
        return None
    return read_targets(item, f"{f.what}.{key}")


def _residual(f: Fields) -> tuple[str, str] | None:
    item = f.item("applies")
    if not isinstance(item, Map) or "residual_to" not in item.items:
        return None
    inner = Fields(item, f"{f.what}.applies")
    found = (inner.word("residual_to"), inner.word("topic"))
    inner.done()
    return found


def _reference(item: Item) -> Reference:
    f = Fields(item, "refers")
    found = Reference(
        f.word("to"),
        f.word("how", "static", ("dynamic", "static")),
        f.word("role", "informs", ("requires", "permits", "defines", "informs")),
    )
    f.done()
    return found


def _displacement(item: Item) -> Displacement:
    f = Fields(item, "displaces")
    found = Displacement(targets_of(f), f.word("basis", "special", ("special", "later", "higher", "express")))
    f.done()
    return found


def _yield(item: Item) -> Yield:
    f = Fields(item, "yields_to")
    law = f.text("law")
    found = Yield(Targets(()) if law and not f.has("norms") else targets_of(f), expression(f, "when", TRUE), law)
    f.done()
    return found


def _delay(item: Item) -> Delay:
    f = Fields(item, "delays")
    targets = targets_of(f)
    until = f.required("until")
    if isinstance(until, Map):
        inner = Fields(until, "delays.until")
        words = inner.words("earliest")
        inner.done()
    else:
        words = (as_word(until, "delays.until"),)
    f.done()
    days = tuple(found for word in words if (found := _day_or_none(word, until)))
    return Delay(targets, days, tuple(word for word in words if not word[:1].isdigit()))


def _day_or_none(word: str, item: Item) -> date | None:
    if not word[:1].isdigit():
        return None
    try:
        return parse_day(word)
    except GuijuError as problem:
        raise CorpusError(problem.code, item.where, **problem.fields) from None


def _opens(item: Item) -> str:
    f = Fields(item, "opens")
    word = f.word("to")
    f.done()
    return word


def _presumes(item: Item) -> Presumption:
    f = Fields(item, "presumes")
    found = Presumption(targets_of(f), f.text("to_the_extent"))
    f.done()
    return found


def _bind(item: Item) -> Bind:
    f = Fields(item, "binds")
    found = Bind(f.words("to"), f.word("basis", "required", ("required", "declared", "contract")), expression(f, "when", TRUE))
    f.done()
    return found


def _practice(item: Item) -> Practice:
    f = Fields(item, "in_practice")
    found = Practice(f.word("yardstick"), f.optional_word("by"), f.word("source"), f.word("checked", among=CHECKED_AGAINST))
    f.done()
    return found


def _reading(item: Item) -> Reading:
    f = Fields(item, "reading")
    status = f.word("status", among=("official", "court", "scholarly", "house"))
    when = expression(f, "when", TRUE) if f.has("when") else None
    require = expression(f, "require", TRUE) if f.has("require") else None
    identifier = f.word("id")
    clock = read_clock(f.item("clock"), f"{f.what}.{identifier}")
    found = Reading(identifier, f.word("by"), f.word("source"), status, when, require, f.text("summary"), clock)
    f.done()
    return found


def read_check(f: Fields) -> Check:
    """Against what an entry was checked; where nothing is written, nothing is claimed."""
    inner = f.inner("checked")
    if inner is None:
        return Check("unstated")
    found = Check(inner.word("against", among=CHECKED_AGAINST), inner.optional_word("source"))
    inner.done()
    return found
