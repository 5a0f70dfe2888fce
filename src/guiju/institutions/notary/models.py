"""What is kept of the witnesses; the record itself has tables of its own (``guiju.record``)."""

from __future__ import annotations

from typing import Any

from django.db import models


class Asked(models.Model):
    """What a witness answered last: the size it has seen, and where it did not cosign, why, and when it is asked again."""

    vkey = models.CharField(max_length=400, primary_key=True)
    seen = models.BigIntegerField(default=0)
    cosigned = models.DateTimeField(null=True)
    again = models.DateTimeField()
    failed = models.PositiveIntegerField(default=0)
    problem: models.JSONField[Any, Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.vkey
