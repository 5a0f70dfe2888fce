"""Many people at once at one meeting, on a real database: run in a process of its own, where Django is set up for that one."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from tests.institutions.ethics import house as at
from tests.institutions.people_run import together

from guiju.institutions.ethics import meetings
from guiju.institutions.ethics.models import Case, Done, Meeting

ROUNDS = 3


def _met(name: str) -> tuple[at.House, Case, Meeting]:
    """A committee whose meeting is open, with a motion put."""
    home = at.house(name)
    case = at.accepted(home)
    meeting = at.opened(home, case)
    at.put(home, meeting, case)
    return home, case, meeting


def _votes(meeting: Meeting) -> str:
    return str(Done.objects.filter(about=meeting.public_id, step="vote").count())


def _vote(home: at.House, meeting: Meeting, name: str) -> Callable[[], object]:
    return lambda: meetings.vote(meeting, home.people[name], "for", 1)


def voting(home: at.House, meeting: Meeting) -> list[str]:
    return [*together(_vote(home, meeting, "he"), _vote(home, meeting, "yi")), _votes(meeting)]


def voting_twice(home: at.House, meeting: Meeting) -> list[str]:
    return [*together(_vote(home, meeting, "he"), _vote(home, meeting, "he")), _votes(meeting)]


def counting(home: at.House, meeting: Meeting) -> list[str]:
    return together(*(lambda who=who: meetings.count(meeting, home.people[who], 1) for who in ("ye", "deputy")))


def voting_and_counting(home: at.House, meeting: Meeting) -> list[str]:
    """Whether what was counted is every vote that was taken, and no other."""
    together(_vote(home, meeting, "he"), lambda: meetings.count(meeting, home.people["ye"], 1), _vote(home, meeting, "yi"))
    row = Done.objects.get(about=meeting.public_id, step="count")
    late = Done.objects.filter(about=meeting.public_id, step="vote", number__gt=row.number).exists()
    return [str(not late and str(row.words["found"]["votes_for"]) == _votes(meeting))]


def closing(home: at.House, meeting: Meeting) -> list[str]:
    return together(*(lambda who=who: at.meets(home, who, meeting, "close") for who in ("ye", "deputy")))


def opening(number: int) -> list[str]:
    home = at.house(f"opening{number}")
    meeting = at.called(home, at.accepted(home))
    gives = {"present": [home.seat(one) for one in at.VOTERS], "chair": home.seat("chair")}
    return together(*(lambda who=who: at.meets(home, who, meeting, "open", **gives) for who in ("ye", "deputy")))


def putting(number: int) -> list[str]:
    home = at.house(f"putting{number}")
    case = at.accepted(home)
    meeting = at.opened(home, case)
    digest = at.stands(case).digest
    put = lambda who: meetings.put(meeting, home.people[who], case, "approve", digest)  # noqa: E731
    found = together(lambda: put("chair"), lambda: put("deputy"))
    return [*found, str(Done.objects.filter(about=meeting.public_id, step="put").count())]


def main() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    found: dict[str, Any] = {"vendor": connection.vendor}
    for act in (voting, voting_twice, counting, voting_and_counting, closing):
        told = set()
        for number in range(ROUNDS):
            home, _, meeting = _met(f"{act.__name__.replace('_', '')}{number}")
            told.add(" ".join(act(home, meeting)))
        found[act.__name__] = sorted(told)
    for begun in (opening, putting):
        found[begun.__name__] = sorted({" ".join(begun(number)) for number in range(ROUNDS)})
    return found
