"""Which checks of this database are examples, and the links to their results, which are public."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CASCADE

from guiju.institutions.register.models import Check


class ExampleCheck(models.Model):
    """A check that was seeded: of which system, with the card of which language, and what it was seeded from (``stamp``).

    ``results`` holds, for each result, its day, its counts and its token. Nobody has the key of the check.
    """

    system = models.CharField(max_length=80)
    lang = models.CharField(max_length=2, blank=True)
    stamp = models.CharField(max_length=71)
    check_of = models.OneToOneField(Check, on_delete=CASCADE, related_name="example")
    results: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        """One for each system and language."""

        constraints = (models.UniqueConstraint(fields=("system", "lang"), name="one_example_each"),)

    def __str__(self) -> str:
        return f"{self.system} ({self.lang})"
