"""One entry of a ``norms.yaml`` as a :class:`Norm`."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date
from decimal import Decimal

from guiju.calendars import Period, calendars, counting_rules, parse_day, parse_period
from guiju.logic import FALSE, TRUE, Expr, negation, parse
from guiju.norms.fields import CorpusError, Fields, as_word, shape
from guiju.norms.model import (
    APPLICATION_WAYS,
    CHECKED_AGAINST,
    CLOCK_KINDS,
    CURRENCIES,
    EFFECTS_IF_BROKEN,
    EFFECTS_IF_MET,
    MODALITIES,
    NORM_KINDS,
    PHASES,
    Bearer,
    Bind,
    Case,
    Check,
    Clock,
    ClockCase,
    Delay,
    Displacement,
    Exempt,
    Fine,
    GivenDuty,
    Norm,
    Practice,
    Reading,
    Reference,
    Sanction,
    Share,
    Targets,
    Tier,
    Variant,
    Yield,
)
from guiju.norms.provisions import instrument_of
from guiju.norms.vocabulary import OBJECT_KINDS
from guiju.norms.yaml_reader import Item, Map, Scalar, Seq
from guiju.wording import GuijuError, Where


def read_norm(item: Item) -> Norm:
    """The entry as data; expressions are parsed, not yet checked against the vocabulary."""
    places: dict[Expr, Where] = {}
    _places.set(places)
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
        sanction=_sanction(f) if kind == "sanction" else None,
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
        reviewed=f.optional_word("reviewed"),
        places=places,
    )
    f.done()
    _shape(norm, f)
    return norm


def _shape(norm: Norm, f: Fields) -> None:
    """What a kind must have, and must not."""
    if norm.kind == "status" and not (norm.makes or norm.ends):
        f.fail("norm.status-without-term")
    if norm.kind == "right" and not (norm.gives and norm.holder):
        f.fail("norm.right-without-duty")
    if norm.kind == "application" and not (norm.applies or norm.residual_to or norm.delays or norm.yields_to or norm.displaces):
        f.fail("norm.application-without-target")
    if norm.kind == "duty" and norm.require == TRUE and not (norm.binds or norm.in_practice):
        f.fail("norm.duty-without-content")
    if norm.bearer is None and norm.bearer_from is None and norm.kind == "duty":
        f.fail("norm.duty-without-bearer")
    if norm.encoded == "partly" and not norm.left_out:
        f.fail("norm.partly-without-left-out")


def expression(f: Fields, key: str, default: Expr) -> Expr:
    """The condition of a key, parsed where it stands."""
    item = f.item(key)
    return default if item is None else parse_item(item, f"{f.what}.{key}")


_places: ContextVar[dict[Expr, Where]] = ContextVar("places of the expressions read so far")
"""Where each expression of the norm that is being read stands, for what the type checker says of it."""


def parse_item(item: Item, what: str) -> Expr:
    """A scalar as a condition; its place is noted."""
    expr = _parsed(item, what)
    _places.get({}).setdefault(expr, item.where)
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


def read_clock(item: Item | None, what: str) -> Clock | None:
    """A clock; ``clock: null`` and no clock are the same."""
    if item is None:
        return None
    f = Fields(item, f"{what}.clock")
    clock = Clock(
        kind=f.word("kind", "deadline", CLOCK_KINDS),
        start=_start(f),
        within=_period(f, "within"),
        cases=tuple(f.many("cases", _clock_case)),
        general=f.flag("general"),
        calendar=f.optional_word("calendar", among=calendars()),
        counting=f.optional_word("counting", among=_countings()),
        to=f.optional_word("to"),
        on=_day_of_year(f),
        also=_also(f),
        first=f.optional_word("first"),
        extension={key: as_word(value, what) for key, value in _map(f, "extension").items()},
        stops_while=f.words("stops_while"),
    )
    f.done()
    return clock


def _countings() -> list[str]:
    """What a clock may name to be counted by: a rule, or the place whose rule it is."""
    return [word for name, rule in counting_rules().items() for word in (name, *rule.places)]


def _day_of_year(f: Fields) -> str | None:
    """``03-31``: a day that every year has."""
    word = f.optional_word("on")
    if word is not None:
        try:
            parse_day(f"2001-{word}")
        except GuijuError:
            f.fail("data.not-a-day-of-the-year", "on", got=word)
    return word


def _start(f: Fields) -> tuple[str, ...]:
    inner = f.item("from")
    if isinstance(inner, Map):
        fields = Fields(inner, f"{f.what}.from")
        events = fields.words("earliest")
        fields.done()
        return events
    return f.words("from")


def _also(f: Fields) -> str | None:
    inner = f.inner("also")
    if inner is None:
        return None
    word = inner.word("immediately_after")
    inner.done()
    return word


def _map(f: Fields, key: str) -> dict[str, Item]:
    item = f.item(key)
    return item.items if isinstance(item, Map) else {}


def _period(f: Fields, key: str) -> Period | None:
    word = f.optional_word(key)
    if word is None:
        return None
    try:
        return parse_period(word)
    except GuijuError as problem:
        f.fail(problem.code, key, **{name: value for name, value in problem.fields.items() if name not in ("what", "key")})


def _clock_case(item: Item) -> ClockCase:
    f = Fields(item, "clock case")
    within = _period(f, "within")
    if within is None:
        f.fail("data.missing-key", wanted="within")
    found = ClockCase(expression(f, "when", TRUE), within)
    f.done()
    return found


def _gives(f: Fields) -> GivenDuty | None:
    inner = f.inner("gives")
    if inner is None:
        return None
    identifier = inner.word("id")
    duty = GivenDuty(identifier, expression(inner, "require", TRUE), read_clock(inner.item("clock"), identifier))
    inner.done()
    return duty


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
    found = (inner.word("residual_to"), inner.word("topic", ""))
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
    found = Yield(targets_of(f), expression(f, "when", TRUE))
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


def _presumes(item: Item) -> Targets:
    f = Fields(item, "presumes")
    targets = targets_of(f)
    f.text("to_the_extent")
    f.done()
    return targets


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
    found = Reading(f.word("id"), f.word("by"), f.word("source"), status, when, require, f.text("summary"))
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


def _sanction(f: Fields) -> Sanction:
    return Sanction(
        breach_of=read_targets(f.required("breach_of"), f"{f.what}.breach_of"),
        authority=f.words("authority"),
        on=f.word("on", "organisation", ("organisation", "responsible_person", "both")),
        route=f.word("route", "direct", ("direct", "after_order")),
        cure=f.text("cure") if isinstance(f.item("cure"), Map) else None,
        tiers=tuple(f.many("tiers", _tier)),
        variants=tuple(f.many("variants", _variant)),
        factors=f.words("factors"),
        no_own_fine=f.flag("no_own_fine"),
    )


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
