"""Cases with their time limits over years of simulated days: no reminder is missed, none comes twice, every day is the right one.

What is expected is counted here, by hand, from what the test itself did: thirty days or some months, moved on to the next working
day by the State Council's notices as github.com/NateScarlet/holiday-cn has read them. Some cases over some months each time;
with GUIJU_CASES and GUIJU_YEARS as many as one likes (docs/ethics.md has what came of it).
"""

from __future__ import annotations

import calendar
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from tests.institutions.ethics.house import VOTERS, House, by, by_applicant, drafted, house, opened, put, stands, vote, written
from tests.institutions.ethics.house import count as counted
from tests.institutions.ethics.house import meets as at_meeting

from guiju.calendars import fixed
from guiju.institutions.ethics.casework import Said, move
from guiju.institutions.ethics.models import Case
from guiju.institutions.people import reminders
from guiju.institutions.people.models import Person, Reminder

CASES = int(os.environ.get("GUIJU_CASES", "6"))
DAYS = int(float(os.environ.get("GUIJU_YEARS", "0.6")) * 365)
FIRST = date(2022, 1, 4)
SEED = 20261123

OFF = {
    2022: "0101 0102 0103 0131 0201 0202 0203 0204 0205 0206 0403 0404 0405 0430 0501 0502 0503 0504 0603 0604 0605 0910 "
    "0911 0912 1001 1002 1003 1004 1005 1006 1007",
    2023: "0101 0102 0121 0122 0123 0124 0125 0126 0127 0405 0429 0430 0501 0502 0503 0622 0623 0624 0929 0930 1001 1002 "
    "1003 1004 1005 1006",
    2024: "0101 0210 0211 0212 0213 0214 0215 0216 0217 0404 0405 0406 0501 0502 0503 0504 0505 0610 0915 0916 0917 1001 "
    "1002 1003 1004 1005 1006 1007",
    2025: "0101 0128 0129 0130 0131 0201 0202 0203 0204 0404 0405 0406 0501 0502 0503 0504 0505 0531 0601 0602 1001 1002 "
    "1003 1004 1005 1006 1007 1008",
    2026: "0101 0102 0103 0215 0216 0217 0218 0219 0220 0221 0222 0223 0404 0405 0406 0501 0502 0503 0504 0505 0619 0620 "
    "0621 0925 0926 0927 1001 1002 1003 1004 1005 1006 1007",
}
WORKED = {
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2023: "0128 0129 0423 0506 0625 1007 1008",
    2024: "0204 0218 0407 0428 0511 0914 0929 1012",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}


def is_worked(day: date) -> bool:
    mark = f"{day:%m%d}"
    if mark in WORKED.get(day.year, "").split():
        return True
    return day.isoweekday() <= 5 and mark not in OFF.get(day.year, "").split()


def worked_from(day: date) -> date:
    """The day itself, or the next on which is worked."""
    while day.year in OFF and not is_worked(day):
        day += timedelta(days=1)
    return day


def after_months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass
class Clock:
    """A limit that runs for some people from a day on, and is over with the day before ``ended``."""

    case: str
    limit: str
    who: str
    began: date
    due: date
    ended: date | None = None


@dataclass
class Diary:
    """What ought to run, as the test itself knows it."""

    clocks: list[Clock] = field(default_factory=list)

    def start(self, case: Case, limit: str, who: str, began: date, due: date) -> None:
        self.clocks.append(Clock(case.public_id, limit, who, began, due))

    def stop(self, case: Case, limit: str, on: date) -> None:
        for one in self.clocks:
            if (one.case, one.limit, one.ended) == (case.public_id, limit, None):
                one.ended = on

    def reminders(self, last: date) -> Iterator[tuple[str, str, date, int]]:
        """Who is told of what, and at which step."""
        for one in self.clocks:
            days = ((one.ended or last + timedelta(days=1)) - one.began).days
            steps = {step_of(one.due, one.began + timedelta(days=ahead)) for ahead in range(days)}
            for step in sorted(steps - {0}):
                yield one.who, f"ethics:{one.case}:{one.limit}", one.due, step

    def stirs(self, day: date) -> bool:
        """Whether something is told or begins on a day; on others the site need not be asked, since nothing would be new."""
        running = [one for one in self.clocks if one.began <= day and (one.ended is None or day < one.ended)]
        return any(day == one.began or (one.due - day).days in (7, 1, -1) for one in running)


def step_of(due: date, day: date) -> int:
    """The step of a reminder that a day has reached; 0 for none."""
    left = (due - day).days
    return -1 if left < 0 else 1 if left <= 1 else 7 if left <= 7 else 0


class Life:
    """A case from its application to its end, some days between its steps; ``days`` gives the days on which it goes on."""

    def __init__(self, home: House, diary: Diary, chance: random.Random) -> None:
        self.home, self.diary, self.chance = home, diary, chance
        self.listed = chance.random() < 0.25
        self.today = FIRST

    def wait(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def run(self) -> Iterator[int]:
        """Each step yields after how many days it is taken."""
        home, diary = self.home, self.diary
        yield self.wait(0, 40)
        case = drafted(home)
        facts = {"risk_assessed": True, "state_secret": False, "listed": self.listed, "urgent": False, "own_unit": False}
        by_applicant(home, case, "apply", {**facts, "entrusted": True})
        yield self.wait(1, 10)
        route = "general" if self.listed else "simplified"
        judged = {"not_above_minimal_risk": not self.listed, "listed": self.listed}
        by(home, "ye", case, "accept", {"items_missing": 0, "route": route, "reasons_given": True, **judged})
        diary.start(case, "decide", "committee", self.today, worked_from(self.today + timedelta(days=30)))
        if self.chance.random() < 0.4:
            yield self.wait(20, 40)
            due = next(one.due for one in reversed(diary.clocks) if one.case == case.public_id)
            until = due + timedelta(days=self.wait(11, 30))  # it is ten days late at most
            diary.stop(case, "decide", self.today)
            by(home, "ye", case, "extend", {"reasons_given": True, "until": str(until)})
            diary.start(case, "decide", "committee", self.today, until)
        yield self.wait(2, 60)
        if self.listed:
            yield from self.listed_way(case)
        else:
            self.simplified(case)
        months = 6 if self.listed else 12
        name = "follow_up_listed" if self.listed else "follow_up"
        while True:
            diary.start(case, name, "presiding", self.today, worked_from(after_months(self.today, months)))
            yield self.wait(30 * months - 60, 30 * months + 90)
            last = self.chance.random() < 0.2
            diary.stop(case, name, self.today)
            by(
                home,
                "chair",
                case,
                "follow_up",
                {"outcome": "end" if last else "continue", "reasons_given": True, "conditions_open": 0},
            )
            if last:
                return

    def simplified(self, case: Case) -> None:
        home = self.home
        by(home, "chair", case, "name_panel", {"panel": [home.seat("zheng"), home.seat("su")]})
        for name in ("zheng", "su"):
            by(home, name, case, "opine", {"opinion": "agree"})
        self.diary.stop(case, "decide", self.today)
        said = {"outcome": "approve", "reasons_given": True, "departs": False, "departure_explained": False}
        by(home, "chair", case, "decide_simplified", {**said, "digest": stands(case).digest})

    def listed_way(self, case: Case) -> Iterator[int]:
        home, diary = self.home, self.diary
        there = VOTERS[:6]
        meeting = opened(home, case, present=there)
        put(home, meeting, case)
        for name in there:
            vote(home, meeting, name)
        counted(home, meeting)
        at_meeting(home, "ye", meeting, "close")
        diary.stop(case, "decide", self.today)
        said = {"outcome": "approve", "reasons_given": True, "departs": False, "departure_explained": False}
        by(home, "chair", case, "pass_initially", {**said, "field_expert_took_part": True})
        yield self.wait(1, 20)
        authority = home.authority
        by_applicant(home, case, "ask_rereview", {"parties": {"authority": [authority.organisation.org]}})
        diary.start(case, "rereview", "authority", self.today, worked_from(self.today + timedelta(days=30)))
        yield self.wait(5, 45)
        diary.stop(case, "rereview", self.today)
        experts = [f"expert {number}" for number in range(5)]
        given = {"group": experts, "group_for": experts[:4], "rereview_agrees": True, "centre_reviewed_it": False}
        move(case, authority.approver, "answer_rereview", Said(given), authority.organisation.org)
        yield self.wait(1, 10)
        by(home, "chair", case, "decide_rereviewed", {**said, "conditions_open": 0})
        diary.start(case, "register", "applicant", self.today, worked_from(self.today + timedelta(days=30)))
        self.registered_on = self.today + timedelta(days=self.wait(1, 20))
        written(case, "As it is.")


def people_of(home: House) -> dict[str, list[Person]]:
    """Who is told of which limits."""
    return {
        "committee": list(home.people.values()),
        "presiding": [home.people[one] for one in ("chair", "deputy", "ye")],  # whose follow-ups are, and who looks after all
        "applicant": [home.applicant.admin, home.applicant.editor, home.applicant.second_editor],
        "authority": [home.authority.admin, home.authority.approver, home.authority.second_approver],
    }


@pytest.mark.django_db(transaction=True)
def test_nobody_is_reminded_twice_or_not_at_all() -> None:
    chance, diary = random.Random(SEED), Diary()
    with fixed(FIRST):
        home = house(days=5 * 365 + 60)
        people = people_of(home)
        concerned = [one.pk for who in people.values() for one in who]
        Person.objects.exclude(pk__in=concerned).update(is_active=False)
    lives = [Life(home, diary, chance) for _ in range(CASES)]
    running = {life: life.run() for life in lives}
    due = {life: FIRST + timedelta(days=next(steps)) for life, steps in running.items()}
    for ahead in range(DAYS):
        day = FIRST + timedelta(days=ahead)
        with fixed(day):
            for life in [one for one, when in due.items() if when == day]:
                life.today = day
                wait = next(running[life], None)
                if wait is None:
                    del due[life]
                else:
                    due[life] = day + timedelta(days=max(wait, 1))
            if diary.stirs(day) or chance.random() < 0.1:
                reminders.remind_all()
                assert chance.random() < 0.9 or reminders.remind_all() == 0  # asked again at once, nothing is told
    last = FIRST + timedelta(days=DAYS - 1)
    found = sorted((one.person.public_id, one.case, one.due, one.step) for one in told())
    wanted = sorted((one.public_id, key, when, step) for who, key, when, step in diary.reminders(last) for one in people[who])
    assert found == wanted
    assert len(found) > CASES
    print(f"{CASES} cases, {DAYS} days: {len(diary.clocks)} limits, {len(found)} reminders")  # noqa: T201  # the figure to write down


def told() -> list[Reminder]:
    """The reminders of limits of cases; the committee's own are told elsewhere."""
    held = Reminder.objects.select_related("person").filter(case__startswith="ethics:")
    return [
        one for one in held if one.case.rpartition(":")[2] in ("decide", "rereview", "follow_up", "follow_up_listed", "register")
    ]
