"""The systems of the example world: their checks with results that are shared as long as it is there, and their register."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from typing import Any, Final

from django.db import transaction

from guiju.assess import assess
from guiju.assess.report import report_of
from guiju.institutions.demo import registered, reviewed
from guiju.institutions.demo.dossiers import dossier_of
from guiju.institutions.demo.models import ExampleCheck
from guiju.institutions.demo.world import text_of
from guiju.institutions.hall.edition import site_corpus
from guiju.institutions.hall.example_world import Counted, System, World
from guiju.institutions.register import checks
from guiju.institutions.register.models import Check
from guiju.subjects import Dossier, write_dossier

CHECKS: Final = "demo.counted-checks"
RESULTS: Final = "demo.counted-results"


def seed(world: World) -> Counted:
    """Store what is not stored as it is now; what was seeded from another text or under other rules is seeded anew."""
    done: Counter[str] = Counter()
    there = {(one.system, one.lang): one for one in ExampleCheck.objects.select_related("check_of")}
    for system in world.systems:
        for lang in system.cards or ("",):
            dossier = dossier_of(system, lang, world)
            stamp = _stamp(dossier, system, world)
            found = there.pop((system.entry.id, lang), None)
            if found is not None and found.stamp == stamp:
                continue
            if found is not None:
                checks.delete(found.check_of)
            done += _seeded(system, lang, dossier, stamp, world.known)
    for gone in there.values():  # a system that the world has no longer
        checks.delete(gone.check_of)
    return done + Counter(registered.seed(world)) + Counter(reviewed.seed(world))


def remove() -> Counted:
    """Delete the checks that were seeded, with their links and what only they needed."""
    done: Counter[str] = Counter()
    with transaction.atomic():
        for one in ExampleCheck.objects.select_related("check_of"):
            done += Counter({CHECKS: 1, RESULTS: len(one.results)})
            checks.delete(one.check_of)
        done += Counter(reviewed.remove())  # first: its cases name systems
        done += Counter(registered.remove())
    return done


def _stamp(dossier: Dossier, system: System, world: World) -> str:
    """What a seeded check was made from: text, days and rules."""
    parts = (write_dossier(dossier), system.days, world.known, site_corpus().edition)
    return "sha256:" + hashlib.sha256(repr(parts).encode()).hexdigest()


def _seeded(system: System, lang: str, dossier: Dossier, stamp: str, known: date) -> Counter[str]:
    name = system.cards.get(lang, system.dossier)
    check, key = checks.open_check(dossier, text_of(name).encode(), name, system.entry.id)
    results = [_result(check, key, on, known) for on in system.days]
    ExampleCheck.objects.create(system=system.entry.id, lang=lang, stamp=stamp, check_of=check, results=results)
    return Counter({CHECKS: 1, RESULTS: len(results)})


def _result(check: Check, key: str, on: date, known: date) -> dict[str, Any]:
    """A result shared without end; its counts stand beside its token."""
    found = assess(checks.dossier_of(check), site_corpus(), on, known)
    token = checks.share(check, key, on, known, result=found)
    checks.keep_share(checks.share_by_token(token), True)
    counts = report_of(found, "en").counts
    return {"on": str(on), "token": token, "binding": counts.binding, "unmet": counts.unmet, "open": counts.open}
