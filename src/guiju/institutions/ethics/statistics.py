"""What a committee decided, in numbers: by year and outcome, how much of it is shown, how long it took; who sits in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from guiju.calendars import now
from guiju.institutions.ethics.composition import Composition, composed
from guiju.institutions.ethics.models import Case, Committee, Done, Publication
from guiju.institutions.ethics.publishing import outcome_of
from guiju.institutions.ethics.standing import Following, Played, rules_of, standing_of
from guiju.procedure import Limit, Rules, Running, day_of, running

SHOWN: Final = ("published", "withheld", "withdrawn", "counted")
"""How much of a decided case everybody can read; ``counted``: nothing was published of it, so that it is counted and no more."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided case, by its latest decision: the year, the step and the outcome, and how much of it is shown."""

    case: str
    year: int
    step: str
    outcome: str
    shown: str


def decided(committee: Committee) -> list[Decided]:
    """Every case that a committee decided, once, under its latest decision; the newest first."""
    rules = rules_of(committee)
    last = {row.about: row for row in committee.acts.filter(step__in=rules.deciding).order_by("number")}
    shown = shown_of(committee)
    real = set(Case.objects.filter(public_id__in=last).values_list("public_id", flat=True))
    rows = sorted((row for row in last.values() if row.about in real), key=lambda row: row.number, reverse=True)
    return [Decided(row.about, year_of(rules, row), row.step, outcome_of(row), shown.get(row.about, "counted")) for row in rows]


def year_of(rules: Rules, row: Done) -> int:
    """The year of an act, at the committee's place."""
    return day_of(rules, row.at).year


def shown_of(committee: Committee) -> dict[str, str]:
    """How much is shown of each case of which something was published: by what was published last."""
    found = Publication.objects.filter(case__committee=committee).exclude(published=None).order_by("number")
    return {
        case: "withheld" if withheld else "withdrawn" if withdrawn else "published"
        for case, withheld, withdrawn in found.values_list("case__public_id", "withheld", "withdrawn")
    }


def by_year(found: Sequence[Decided]) -> dict[int, dict[tuple[str, str], Mapping[str, int]]]:
    """Counts of what is shown, by year (the newest first), then by step and outcome."""
    rows: dict[int, dict[tuple[str, str], Counter[str]]] = {}
    for one in found:
        key = (one.step, one.outcome) if not one.outcome else ("", one.outcome)
        rows.setdefault(one.year, {}).setdefault(key, Counter())[one.shown] += 1
    return {year: dict(rows[year]) for year in sorted(rows, reverse=True)}


def count(found: Sequence[Decided]) -> Mapping[str, int]:
    """How much is shown, together."""
    return Counter(one.shown for one in found)


# -- how long it took --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ended:
    """A time limit of the usual kind that a decision ended: days from its beginning, and whether it was over by then."""

    case: str
    days: int
    past: bool


@dataclass(frozen=True, slots=True)
class Times:
    """How long a committee takes from acceptance to its decision: of how many, the median, how many past the usual time."""

    count: int
    median: float
    past: int


def times(committee: Committee) -> Times | None:
    """How long it took; None where nothing was decided yet under a limit that the rules set."""
    found = ended(committee)
    return Times(len(found), float(median(one.days for one in found)), sum(one.past for one in found)) if found else None


def ended(committee: Committee) -> tuple[Ended, ...]:
    """Every usual limit that a decision ended, as the rules stood when it was done."""
    return _ends.after_all(committee)[1]


def _with_ended(found: tuple[Ended, ...], one: Played) -> tuple[Ended, ...]:
    rules, row = one.rules, one.row
    limits = [limit for limit in rules.limits if _first(limit) and row.step in limit.until]
    if not limits or row.about not in one.before.cases:
        return found
    runs = [run for run in running(rules, one.before, row.about, row.at) if run.limit in limits]
    return (*found, *(Ended(row.about, _days(rules, run, row.at), run.over(row.at, rules.place)) for run in runs))


_ends: Final[Following[tuple[Ended, ...]]] = Following(64, (), _with_ended)


def _first(limit: Limit) -> bool:
    """Whether a limit is one within which, as a rule, a case is decided; not one that comes round."""
    return limit.usual and not limit.every


def _days(rules: Rules, run: Running, at: datetime) -> int:
    return (day_of(rules, at) - day_of(rules, run.began)).days


# -- who sits in it ----------------------------------------------------------------------------------------------------------


def composition(committee: Committee) -> Composition:
    """Who sits in a committee today, in numbers."""
    rules = rules_of(committee)
    return composed(rules, standing_of(committee).sitting_seats(day_of(rules, now())))
