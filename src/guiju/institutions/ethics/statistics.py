"""What a committee decided, in numbers: by year and outcome, how much of it is shown, how long it took; who sits in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final

from django.db import transaction

from guiju.calendars import now
from guiju.institutions.ethics.models import Case, Committee, Done, Publication
from guiju.institutions.ethics.publishing import outcome_of
from guiju.institutions.ethics.standing import act_of, rules_of, standing_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.keeping import Keeping
from guiju.procedure import Act, Limit, Rules, Running, Standing, begin, day_of, running, take

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


_kept: Final = Keeping(64)


def times(committee: Committee) -> Times | None:
    """How long it took; None where nothing was decided yet under a limit that the rules set."""
    found = ended(committee)
    return Times(len(found), float(median(one.days for one in found)), sum(one.past for one in found)) if found else None


def ended(committee: Committee) -> tuple[Ended, ...]:
    """Every usual limit that a decision ended, each act looked at once in this process, as the rules stood when it was done."""
    rules = rules_of(committee)
    last = committee.acts.order_by("-number").values_list("number", "pk").first()
    if last is None:
        return ()
    key = (committee.body.public_id, committee.rules, site_corpus().edition)
    held: tuple[int, int, Standing, tuple[Ended, ...]] | None = _kept.held(key)
    if held is not None and held[:2] == last:
        return held[3]
    after, standing, found = 0, begin(rules), list[Ended]()
    if held is not None and held[0] < last[0] and committee.acts.filter(number=held[0], pk=held[1]).exists():
        after, standing, found = held[0], held[2], [*held[3]]
    for row in committee.acts.filter(number__gt=after).order_by("number"):
        one = act_of(row)
        found.extend(_ended(rules, standing, one))
        standing = take(rules, standing, one)
    done = tuple(found)
    transaction.on_commit(lambda: _kept.put(key, (*last, standing, done)))  # what is rolled back was never so
    return done


def _ended(rules: Rules, standing: Standing, one: Act) -> Iterator[Ended]:
    limits = [limit for limit in rules.limits if _first(limit) and one.step in limit.until]
    if not limits or one.about not in standing.cases:
        return
    for run in running(rules, standing, one.about, one.at):
        if run.limit in limits:
            yield Ended(one.about, _days(rules, run, one.at), run.over(one.at, rules.place))


def _first(limit: Limit) -> bool:
    """Whether a limit is one within which, as a rule, a case is decided; not one that comes round."""
    return limit.usual and not limit.every


def _days(rules: Rules, run: Running, at: datetime) -> int:
    return (day_of(rules, at) - day_of(rules, run.began)).days


# -- who sits in it ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Composition:
    """A committee in numbers: members with a vote, how many have each post, how many are of each kind. Nobody by name."""

    members: int
    posts: Mapping[str, int]
    kinds: Mapping[str, int]


def composition(committee: Committee) -> Composition:
    """Who sits in a committee today, in numbers."""
    rules, standing = rules_of(committee), standing_of(committee)
    seats = standing.sitting_seats(day_of(rules, now()))
    voters = [one for one in seats if one.post in rules.votes]
    posts = {post: sum(one.post == post for one in seats) for post in rules.posts}
    kinds = {kind.name: sum(kind.name in one.categories for one in voters) for kind in rules.categories}
    return Composition(len(voters), posts, kinds)
