"""The norm as data (docs/language.md, sections 5-11): what one entry of a rule file holds, read and typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from guiju.calendars import Period
from guiju.logic import TRUE, Expr
from guiju.norms.accounts import Coverage, Explained, SignOff
from guiju.wording import Text, Where

NORM_KINDS: Final = ("duty", "right", "power", "status", "sanction", "application")
MODALITIES: Final = ("obligation", "prohibition", "permission", "encouragement", "best_efforts")
APPLICATION_WAYS: Final = ("by_reference", "mutatis_mutandis", "residual", "special", "transition")
EFFECTS_IF_MET: Final = ("none", "presumption", "accepted_means", "condition_of")
EFFECTS_IF_BROKEN: Final = ("sanctioned", "after_order", "civil", "void", "none")
EVENT_KINDS: Final = (
    "adopt", "sign", "ratify", "publish", "commence", "amend", "postpone", "correct", "suspend", "annul", "expire", "repeal",
    "replace", "list", "delist", "moratorium", "fail",
)  # fmt: skip
PHASES: Final = ("before", "during", "after")
CURRENCIES: Final = ("CAD", "CNY", "EUR", "GBP", "JPY", "KRW", "SGD", "TWD", "USD")
CHECKED_AGAINST: Final = ("full-text", "excerpt", "secondary", "memory")
CLOCK_KINDS: Final = ("deadline", "interval", "retention", "before", "standstill", "yearly", "fixed")


@dataclass(frozen=True, slots=True)
class Targets:
    """Norms by id, provision or instrument part; ``all_of ... except`` with what is taken out."""

    ids: tuple[str, ...]
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exempt:
    """One exception, with the exceptions to it. ``replace_require`` attenuates instead of taking the norm away."""

    at: str
    when: Expr
    unless: tuple[Exempt, ...] = ()
    replace_require: Expr | None = None
    since: str | None = None
    summary: Text = field(default_factory=dict)


def _nested(several: tuple[Exempt, ...]) -> Iterator[Exempt]:
    for one in several:
        yield one
        yield from _nested(one.unless)


@dataclass(frozen=True, slots=True)
class Case:
    """One of the ordered outcomes of a status norm; ``outcome`` is None where the law leaves it open (``unsettled``)."""

    when: Expr
    outcome: str | bool | None
    at: str | None = None
    unsettled: Text | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who owes: each, jointly, one_of, or by_agreement (otherwise: ...). Members are terms."""

    how: str
    terms: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClockCase:
    """A period for one case."""

    when: Expr
    within: Period


@dataclass(frozen=True, slots=True)
class Extension:
    """Who may extend a time limit, by how much at most, and what must be stated.

    ``event``: the event or measure that records an extension; ``until``: the event that is its new last day.
    """

    granted_by: Text = field(default_factory=dict)
    longest: Period | None = None
    must_state: Text = field(default_factory=dict)
    event: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A clock stands still from one event to another; without an end it stands still for good."""

    start: str
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit of the law (section 9). ``day`` and ``every``: of a day that the text names, and how often it comes again."""

    kind: str
    start: tuple[str, ...] = ()
    within: Period | None = None
    cases: tuple[ClockCase, ...] = ()
    general: bool = False
    calendar: str | None = None
    counting: str | None = None
    to: str | None = None
    on: str | None = None
    also: str | None = None
    first: str | None = None
    extension: Extension | None = None
    stops_while: tuple[Stop, ...] = ()
    day: date | None = None
    every: Period | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a figure of the offender: ``percent`` of ``of``; ``when``: only for such offenders."""

    percent: Decimal
    of: str
    when: Expr = TRUE


@dataclass(frozen=True, slots=True)
class Fine:
    """The limits of a fine: fixed amounts, a share, and how the two combine."""

    currency: str
    low: Decimal | None = None
    high: Decimal | None = None
    share: Share | None = None
    combine: str = "higher"
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a sanction: when it may be taken, its measures and fines."""

    when: Expr = TRUE
    measures: tuple[str, ...] = ()
    fine: Fine | None = None
    person_fine: Fine | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """For such offenders the two limits of a fine combine otherwise."""

    at: str
    when: Expr
    combine: str
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order that comes before a sanction: the event of its being given, the measure of obeying it; both of the party."""

    given: str
    obeyed: str


@dataclass(frozen=True, slots=True)
class Sanction:
    """The consequences of a breach, as a function."""

    breach_of: Targets
    authority: tuple[str, ...] = ()
    on: str = "organisation"
    route: str = "direct"
    cure: Text | None = None
    tiers: tuple[Tier, ...] = ()
    variants: tuple[Variant, ...] = ()
    factors: tuple[Text, ...] = ()
    no_own_fine: bool = False
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Delay:
    """For these norms and this object it applies from ``until``: the earliest of days and events."""

    targets: Targets
    days: tuple[date, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bind:
    """A soft text made binding: ``to`` ids, or a relation whose rows are the editions declared."""

    to: tuple[str, ...]
    basis: str
    when: Expr = TRUE


@dataclass(frozen=True, slots=True)
class Displacement:
    """Norms that yield to this one's text, and by which canon."""

    targets: Targets
    basis: str = "special"


@dataclass(frozen=True, slots=True)
class Yield:
    """Norms that this one yields to, and when; ``law``: law that no rule file holds, in words (of sanctions only)."""

    targets: Targets
    when: Expr = TRUE
    law: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another text and what it does there."""

    to: str
    how: str = "static"
    role: str = "informs"


@dataclass(frozen=True, slots=True)
class Practice:
    """An authority's yardstick that does not bind: the text, who uses it, how that is known."""

    yardstick: str
    by: str | None
    source: str
    checked: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Another body for a norm, attributed, never binding by itself: another condition, content or clock."""

    id: str
    by: str
    source: str
    status: str
    when: Expr | None = None
    require: Expr | None = None
    summary: Text = field(default_factory=dict)
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class GivenDuty:
    """The duty that a right gives to the other side."""

    id: str
    require: Expr
    clock: Clock | None = None
    summary: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presumption:
    """Norms that whoever meets this one is presumed to meet, and how far."""

    targets: Targets
    to_the_extent: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """Against what an entry was checked: one of ``CHECKED_AGAINST``, or ``unstated`` where its file does not say."""

    against: str
    source: str | None = None


@dataclass(frozen=True)
class Norm:
    """One version of one norm. ``reviewed``: the person whose sign-off stands (see :mod:`guiju.norms.signoff`)."""

    id: str
    instrument: str
    kind: str
    modality: str
    about: str
    where: Where
    bearer: Bearer | None = None
    bearer_from: str | None = None
    owed_to: tuple[str, ...] = ()
    when: Expr = TRUE
    unless: tuple[Exempt, ...] = ()
    require: Expr = TRUE
    makes: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    holder: str | None = None
    against: str | None = None
    upon: str | None = None
    gives: GivenDuty | None = None
    of_right: str | None = None
    enables: tuple[str, ...] = ()
    procedure: Text = field(default_factory=dict)
    expires: str | None = None
    sanction: Sanction | None = None
    applies: Targets | None = None
    residual_to: tuple[str, str] | None = None
    how: str | None = None
    clock: Clock | None = None
    refers: tuple[Reference, ...] = ()
    displaces: tuple[Displacement, ...] = ()
    yields_to: tuple[Yield, ...] = ()
    delays: tuple[Delay, ...] = ()
    opens: tuple[str, ...] = ()
    presumes: tuple[Presumption, ...] = ()
    demonstrates: tuple[str, ...] = ()
    binds: tuple[Bind, ...] = ()
    in_practice: tuple[Practice, ...] = ()
    readings: tuple[Reading, ...] = ()
    effect_if_met: str = "none"
    effect_if_broken: str = "none"
    since: str | None = None
    phase: str | None = None
    topic: str | None = None
    principles: tuple[str, ...] = ()
    evidence: tuple[Text, ...] = ()
    summary: Text = field(default_factory=dict)
    pinpoint: Text = field(default_factory=dict)
    encoded: str = "whole"
    left_out: Text = field(default_factory=dict)
    encoded_by: str | None = None
    checked: Check = Check("memory")
    explained: tuple[Explained, ...] = ()
    signed: tuple[SignOff, ...] = ()
    reviewed: str | None = None
    meaning: str = ""
    places: Mapping[Expr, Where] = field(default_factory=dict, compare=False, repr=False)

    @property
    def exceptions(self) -> Iterator[Exempt]:
        """Every exception, each followed by the exceptions to it."""
        return _nested(self.unless)

    @property
    def active(self) -> bool:
        """What rests on memory alone is shipped, shown apart and never answers."""
        return self.checked.against != "memory"


@dataclass(frozen=True, slots=True)
class ClassDate:
    """The day for one class of objects (``FALSE`` never, ``TRUE`` all)."""

    when: Expr
    on: date


@dataclass(frozen=True, slots=True)
class Event:
    """A legal event: the only thing that moves dates (section 8). ``inserts``: provisions that were not there before it."""

    id: str
    instrument: str
    kind: str
    known: date
    targets: Targets
    dates: tuple[ClassDate, ...]
    where: Where
    day: str | None = None
    about: str | None = None
    until: date | None = None
    effect: date | None = None
    order: int | None = None
    pending: str | None = None
    basis: str | None = None
    source: str | None = None
    inserts: tuple[str, ...] = ()
    checked: Check = Check("memory")
    summary: Text = field(default_factory=dict)

    @property
    def on(self) -> date | None:
        """The one day of an event without classes."""
        return self.dates[0].on if len(self.dates) == 1 and self.dates[0].when == TRUE else None

    @property
    def takes_effect(self) -> date:
        """The day the event itself has effect (the day it was known, where none is named)."""
        return self.effect or self.known


@dataclass(frozen=True, slots=True)
class Part:
    """A named part of an instrument: a chapter or section with the articles it holds."""

    id: str
    holds: tuple[str, ...]
    title: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, rule, standard or code as published."""

    id: str
    kind: str
    title: Text
    issuer: tuple[str, ...]
    territory: str
    place: str
    authentic: tuple[str, ...]
    contents: tuple[Part, ...]
    where: Where
    short: Text = field(default_factory=dict)
    number: Text = field(default_factory=dict)
    official: str | None = None
    not_covered: Text = field(default_factory=dict)
    coverage: Coverage | None = None
    checked: Check = Check("memory")


@dataclass(frozen=True, slots=True)
class InstrumentKind:
    """A kind of instrument in one jurisdiction's legal order: rank (1 is highest) and whether it binds by itself."""

    id: str
    rank: int
    hard: bool
    label: Text
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fold:
    """How a scheme grades rows of a relation, or the object: grade -> condition."""

    over: str
    when: tuple[tuple[str, Expr], ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One axis of grading; ``order`` from the mildest to the gravest.

    ``questionnaire``: the scored questionnaire that the grade is worked out by; its editions hold the official arithmetic.
    """

    id: str
    answers: str
    order: tuple[str, ...]
    rows: Fold | None
    object: Fold | None
    label: Text
    labels: Mapping[str, Text]
    where: Where
    details: tuple[str, ...] = ()
    questionnaire: str | None = None
