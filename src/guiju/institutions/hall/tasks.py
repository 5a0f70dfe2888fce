"""Work beside the requests: reactions to the outbox, and duties that come round.

``@every(minutes=10)`` on a function without arguments makes it a periodic duty of the sequencer. An app writes its duties in its
module ``tasks`` and its reactions in ``reactions``; both are found by :func:`discover`. Duties are idempotent and short.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.module_loading import autodiscover_modules
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from guiju.calendars import now
from guiju.institutions.hall.limits import forget_counted
from guiju.institutions.hall.models import Cached, Outbox
from guiju.institutions.hall.reacting import name_of, reaction_named

log = logging.getLogger(__name__)

Duty = Callable[[], object]

GIVEN_UP: Final = timedelta(minutes=15)
"""A task that has been running for longer lost its worker and is done again."""

KEPT: Final = timedelta(days=14)
"""How long the results of finished tasks are kept."""


@dataclass(slots=True)
class Round:
    """A duty, how often it comes round, and when it is next due (seconds of a monotonic clock)."""

    duty: Duty
    seconds: float
    due: float = 0.0


_rounds: dict[str, Round] = {}


def every(*, minutes: float = 0, hours: float = 0, seconds: float = 0) -> Callable[[Duty], Duty]:
    """Register a duty of the sequencer; it is done when the site starts, and then as often as said."""

    def registered(duty: Duty) -> Duty:
        _rounds[name_of(duty)] = Round(duty, timedelta(minutes=minutes, hours=hours, seconds=seconds).total_seconds())
        return duty

    return registered


def duties() -> dict[str, Round]:
    """The registered duties by name."""
    return _rounds


def discover() -> None:
    """Import what the apps register."""
    autodiscover_modules("tasks", "reactions")


def do_duties(moment: float) -> int:
    """Do what is due at this moment of a monotonic clock; how many. One that fails is logged and comes round again."""
    done = 0
    for name, one in list(_rounds.items()):
        if one.due > moment:
            continue
        one.due = moment + one.seconds
        try:
            one.duty()
            done += 1
        except Exception:  # one app's duty must not stop another's
            log.exception("The duty %s failed", name)
    return done


@task()
def react(entry: int, name: str) -> bool:
    """Do one reaction to one entry; False where entry or reaction is there no longer."""
    discover()
    found = Outbox.objects.filter(pk=entry).first()
    reaction = reaction_named(found.kind, name) if found else None
    if found is None or reaction is None:
        return False
    reaction(found)
    return True


@every(minutes=1)
def take_up_again() -> int:
    """Tasks whose worker died in the middle are made ready again; how many."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now() - GIVEN_UP)
    return int(lost.update(status=TaskResultStatus.READY, started_at=None))


@every(minutes=5)
def forget_counters() -> int:
    """Counters of minutes that are over are deleted; how many."""
    return forget_counted()


@every(minutes=30)
def forget_cached() -> int:
    """What all processes remember and need no longer is deleted; how many."""
    return Cached.objects.filter(expires__lt=now()).delete()[0]


@every(hours=6)
def forget_results() -> int:
    """Results of tasks finished long ago are deleted; how many."""
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    return int(DBTaskResult.objects.filter(status__in=ended, finished_at__lt=now() - KEPT).delete()[0])
