"""Duties: witnesses are asked beside the requests, and beside the sequencer, which never waits for another site."""

from __future__ import annotations

from django_tasks import task

from guiju.institutions.hall.tasks import every
from guiju.institutions.notary import witnesses


@every(seconds=2)
def hand_out() -> int:
    """Let the worker ask each witness that has not seen the newest checkpoint; how many those are."""
    found = witnesses.to_ask()
    for one in found:
        ask.enqueue(str(one.key))
    return len(found)


@task()
def ask(vkey: str) -> bool:
    """Ask one witness; whether it cosigned. One that is named no longer is not asked."""
    found = next((one for one in witnesses.own() if str(one.key) == vkey), None)
    return found is not None and witnesses.ask(found)
