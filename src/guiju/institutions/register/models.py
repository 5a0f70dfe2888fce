"""What is stored: documents by their digest, checks by the hash of their key, and the links that were given out.

No key and no token is stored, only its SHA-256: whoever has the database cannot open an address with it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import CASCADE, PROTECT

DIGEST_LENGTH = 71
"""``sha256:`` and 64 hexadecimal digits."""


class Document(models.Model):
    """Bytes that never change, under their own digest."""

    digest = models.CharField(primary_key=True, max_length=DIGEST_LENGTH)
    kind = models.CharField(max_length=16)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest

    def bytes(self) -> bytes:
        """The content, whatever the database hands out."""
        return bytes(self.content)


class KeptEdition(models.Model):
    """The rules under which a result was shared, packed, so that it can be told from them as long as its link lasts."""

    digest = models.CharField(primary_key=True, max_length=DIGEST_LENGTH)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class Link(models.Model):
    """An address that is a secret: by its hash, with its end."""

    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(db_index=True)
    kept = models.BooleanField(default=False)

    class Meta:
        """No table of its own."""

        abstract = True


class Check(Link):
    """One self-check: a dossier, what it was read from, and how often it was changed."""

    key_hash = models.CharField(max_length=64, unique=True)
    dossier = models.ForeignKey(Document, on_delete=PROTECT, related_name="checks")
    source = models.ForeignKey(Document, on_delete=PROTECT, related_name="read_for", null=True)
    source_name = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name or f"check {self.pk}"


class Share(Link):
    """A result as it stood on a day, for others to read; it never changes, and nothing can be changed through it."""

    token_hash = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    check_of = models.ForeignKey(Check, on_delete=CASCADE, related_name="shares")
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="shares")
    edition = models.ForeignKey(KeptEdition, on_delete=PROTECT, related_name="shares", null=True)
    dossier_digest = models.CharField(max_length=DIGEST_LENGTH, blank=True)
    on = models.DateField()
    known = models.DateField()
    party = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"share {self.pk}"


class Colleague(Link):
    """A link with which somebody who was named answers the questions that were left to them, and nothing else."""

    token_hash = models.CharField(max_length=64, unique=True)
    salt = models.CharField(max_length=32)
    check_of = models.ForeignKey(Check, on_delete=CASCADE, related_name="colleagues")
    who = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"link for {self.who}"
