"""What the hall keeps: the outbox."""

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
