"""What the hall keeps: the outbox, and counters against those who ask too often."""

from __future__ import annotations

from typing import Any

from django.db import models


class Outbox(models.Model):
    """What happened, told in the transaction in which it happened; the sequencer gives it its place."""

    kind = models.CharField(max_length=80)
    about = models.CharField(max_length=300)
    payload: models.JSONField[Any, Any] = models.JSONField(default=dict)
    created = models.DateTimeField()
    place = models.BigIntegerField(null=True, unique=True)

    class Meta:
        """In the order of the places."""

        ordering = ("place", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Counted(models.Model):
    """How often one client did one kind of act in one minute; the key tells nothing of either."""

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(db_index=True)
    done = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.window}: {self.done}"
