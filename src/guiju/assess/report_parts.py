"""The parts of a report: plain data in one language that any page, sheet or server can show.

Days are days, states are codes, ids are ids; what is prose is already in the reader's language. Prose may hold marked runs
(a name as somebody wrote it, an id, a piece in the other language): ``report_words.runs`` takes them apart, ``plain`` drops
the marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Tree = tuple[tuple[int, str], ...]
"""Lines with their depth: a sentence tree."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground of an answer: the sentence, and who said so from what."""

    text: str
    norm: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Something to find out: its cause (fact, judgement, evidence, reading), the question, and by what a judgement is made."""

    cause: str
    name: str
    text: str
    of: str = ""
    help: str = ""
    criteria: str = ""
    settles: int = 0
    hard: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """How the answer would be if the text were read so."""

    text: str
    by: str
    source: str
    answer: str


@dataclass(frozen=True, slots=True)
class Due:
    """A time limit: ``state`` as in the JSON, the last day, days left on the day asked for (negative: days over)."""

    state: str
    text: str
    day: date | None = None
    left: int | None = None
    left_words: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Penalty:
    """What may follow a breach by one sanction norm, in lines."""

    clause: str
    norm: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """One rule for one object and one party: what, who, when, how binding, met or not, on what all that rests.

    ``owed_by`` is who has to do it and ``owed_to`` to whom; of a right, who has it and against whom; of a power, who has it.
    """

    anchor: str
    norm: str
    version: str
    kind: str
    permitted: bool
    kind_words: str
    phase: str
    clause: str
    instrument: str
    instrument_kind: str
    official: str | None
    summary: str
    about: str
    object: str
    party: str | None
    owed_by: str
    owed_to: str
    force: str
    path: tuple[str, ...]
    scope: str
    status: str
    since: str
    from_day: date | None
    moved: str
    met: str | None
    met_words: str
    basis: str
    due: Due | None
    because: tuple[Ground, ...]
    same_as: str
    needs: tuple[Need, ...]
    readings: tuple[Reading, ...]
    asked: Tree
    stated: tuple[Ground, ...]
    evidence: tuple[str, ...]
    changes: Tree
    effects: tuple[str, ...]
    penalties: tuple[Penalty, ...]
    left_out: str
    checked: str
    checked_source: str
    reviewed: str

    @property
    def binding(self) -> bool:
        """Whether it binds: hard, or soft law made binding."""
        return self.force in ("hard", "hardened")


@dataclass(frozen=True, slots=True)
class Phase:
    """Duties of one phase (before, during, after; empty where a rule has none)."""

    phase: str
    title: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Duties of one force, by phase."""

    force: str
    title: str
    count: int
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Duties of one status in time, by force."""

    status: str
    title: str
    lead: str
    count: int
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What one scheme answers: in words, what decides it, from which day, and what it rests on."""

    scheme: str
    label: str
    answers: str
    result: str
    settled: bool
    decided_by: str
    days: str
    details: tuple[str, ...]
    because: tuple[Ground, ...]
    needs: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Todo:
    """One of the next things to do: ``kind`` is overdue, late, due, coming, unmet or question."""

    kind: str
    text: str
    when: str
    clause: str
    who: str
    anchor: str
    day: date | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the roles that its own doing gives it; the first ``telling`` of them tell it from the others."""

    org: str
    name: str
    roles: tuple[str, ...]
    open_roles: tuple[str, ...]
    telling: int


@dataclass(frozen=True, slots=True)
class Proposed:
    """A fact read from a document: what, where it stands there, and whether somebody has accepted it."""

    label: str
    value: str
    line: int
    excerpt: str
    confidence: str
    state: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something the result does not answer."""

    title: str
    text: str
    norm: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How the binding rules of one instrument that apply now stand: all, not met, not shown, met (by word alone: declared).

    Rights and the like have no "met", so the parts need not add up to ``now``. ``kind`` and ``checked`` say what it is and
    against what its rules were checked.
    """

    instrument: str
    kind: str
    official: str | None
    checked: str
    now: int
    unmet: int
    shown_open: int
    met: int
    declared: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rules stand how; ``met`` to ``open_met`` count binding duties that apply now."""

    now: int
    binding: int
    met: int
    declared: int
    unmet: int
    shown_open: int
    coming: int
    open: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report in one language; ``mark`` says that its people and systems are invented, empty where they are not."""

    lang: str
    mark: str
    title: str
    subject: str
    subject_id: str
    subject_kind: str
    on: date
    known: date
    edition: str
    dossier: str
    engine: str
    parties: tuple[Party, ...]
    counts: Counts
    answer: tuple[str, ...]
    axes: tuple[Axis, ...]
    todo: tuple[Todo, ...]
    overview: tuple[Share, ...]
    weighed: tuple[Lacking, ...]
    groups: tuple[Group, ...]
    appliers: tuple[Duty, ...]
    unsettled: tuple[tuple[str, tuple[Duty, ...]], ...]
    outside: tuple[Duty, ...]
    questions: tuple[tuple[str, tuple[Need, ...]], ...]
    word_only: tuple[Duty, ...]
    divided: tuple[Duty, ...]
    acts: tuple[str, ...]
    readiness: tuple[str, ...]
    awaited: tuple[tuple[str, tuple[Lacking, ...]], ...]
    proposals: tuple[Proposed, ...]
    lacking: tuple[Lacking, ...]
    partly: tuple[Lacking, ...]
    memory: tuple[Lacking, ...]
    warnings: tuple[str, ...]
    command: str

    @property
    def titled(self) -> str:
        """The title, behind the mark of an example where it is one."""
        return f"{self.mark} · {self.title}" if self.mark else self.title

    @property
    def duties(self) -> list[Duty]:
        """Every rule shown, in the order of the report."""
        applying = [duty for group in self.groups for band in group.bands for phase in band.phases for duty in phase.duties]
        unsettled = [duty for _, duties in self.unsettled for duty in duties]
        return [*applying, *self.appliers, *unsettled, *self.outside]
