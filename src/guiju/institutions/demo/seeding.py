"""The whole example world in this database: seeded, there or not, removed."""

from __future__ import annotations

from collections import Counter

from django.db import transaction

from guiju.institutions.demo.models import ExampleCheck
from guiju.institutions.demo.world import world
from guiju.institutions.hall.example_world import Counted, parts


def seed_world() -> Counted:
    """Seed what is not there yet; what that was. Doing it twice is doing it once."""
    done: Counter[str] = Counter()
    with transaction.atomic():
        for part in parts():
            done.update(part.seed(world()))
    return done


def remove_world() -> Counted:
    """Remove what was seeded, the last app's part first, and nothing else; what that was."""
    done: Counter[str] = Counter()
    with transaction.atomic():
        for part in reversed(parts()):
            done.update(part.remove())
    return done


def is_here() -> bool:
    """Whether the example world is in this database."""
    return ExampleCheck.objects.exists()
