"""What the hall keeps: the outbox, letters on their way, and counters against those who ask too often."""

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
    receipt = models.CharField(max_length=64, null=True, unique=True)  # the hash of its number, where it was an act

    class Meta:
        """In the order of the places; the acts about a thing are found without reading the rest."""

        ordering = ("place", "id")
        indexes = (models.Index(fields=("about", "id"), condition=models.Q(receipt__isnull=False), name="acts_about"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


class Counted(models.Model):
    """How often one client did one kind of act in one minute; the key tells nothing of either."""

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(db_index=True)
    done = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.window}: {self.done}"


class Letter(models.Model):
    """A letter on its way. Once it was sent, or given up, nothing stands here but when, and how often it was tried."""

    to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    attachments: models.JSONField[Any, Any] = models.JSONField(default=list)  # [name, type, base64]
    lang = models.CharField(max_length=2)
    created = models.DateTimeField()
    due = models.DateTimeField(null=True, db_index=True)  # the next attempt; none once it was sent or given up
    sent = models.DateTimeField(null=True)
    tried = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Cached(models.Model):
    """What all processes remember for a while; read and written by Django's cache alone."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
