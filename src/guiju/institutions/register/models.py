"""What is stored: documents by their digest, checks by the hash of their key and the links that were given out; systems.

No key and no token is stored, only its SHA-256: whoever has the database cannot open an address with it. The one exception a
person asks for: the key of a check that they keep at their desk is stored sealed (:mod:`.kept`).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, Q

from guiju.institutions.people.models import Organisation, Person, new_name

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


# -- systems of organisations --------------------------------------------------------------------------------------------------


class System(models.Model):
    """An AI system that an organisation answers for. ``seed`` is what it was seeded as, where it is an example."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=PROTECT, related_name="systems")
    name: models.JSONField[Any, Any] = models.JSONField()
    created = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)
    seed = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"system:{self.public_id}"


class DossierVersion(models.Model):
    """What was said of a system at a time; never changed, only followed by the next."""

    system = models.ForeignKey(System, on_delete=CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="versions")
    way = models.CharField(max_length=10)
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """Numbered from 1."""

        constraints = (models.UniqueConstraint(fields=("system", "number"), name="one_version_each"),)

    def __str__(self) -> str:
        return f"{self.system} v{self.number}"


class SystemResult(models.Model):
    """A result of a version as of a day, by the rules of an edition, kept as it is."""

    system = models.ForeignKey(System, on_delete=CASCADE, related_name="results")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(DossierVersion, on_delete=PROTECT, related_name="results")
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="results")
    edition = models.ForeignKey(KeptEdition, on_delete=PROTECT, related_name="results")
    on = models.DateField()
    known = models.DateField()
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        """Numbered from 1."""

        constraints = (models.UniqueConstraint(fields=("system", "number"), name="one_result_each"),)

    def __str__(self) -> str:
        return f"{self.system} result {self.number}"


class Filing(models.Model):
    """A filing, registration or listing of a system with an authority or a store, and the number it was given."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    system = models.ForeignKey(System, on_delete=CASCADE, related_name="filings")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=120, blank=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.system}"


class FilingStep(models.Model):
    """What happened with a filing on a day, on what evidence; a step that was wrong is struck out and stays."""

    filing = models.ForeignKey(Filing, on_delete=CASCADE, related_name="steps")
    kind = models.CharField(max_length=24)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    at = models.DateTimeField()
    struck = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class SystemParty(models.Model):
    """Another party to a system: an organisation of this site, which is asked to confirm, or one outside by its name."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    system = models.ForeignKey(System, on_delete=CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=PROTECT, related_name="takes_part", null=True)
    name = models.CharField(max_length=200, blank=True)
    roles: models.JSONField[Any, Any] = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField(null=True)
    named = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)
    answered = models.DateTimeField(null=True)

    class Meta:
        """An organisation stands once with a system at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("system", "organisation"), condition=Q(until__isnull=True), name="one_part_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation or self.name} in {self.system}"


class Entry(models.Model):
    """A version of the public part of a system: a draft until somebody who did not write it publishes it.

    ``words``: for each part (:mod:`.entries`), the text by language. ``document`` holds what was published, canonical JSON;
    ``name`` is that of the document, so that the public list says and finds no other, whatever the desk calls the system since.
    """

    system = models.ForeignKey(System, on_delete=CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    words: models.JSONField[Any, Any] = models.JSONField(default=dict)
    name: models.JSONField[Any, Any] = models.JSONField(default=dict)
    version = models.ForeignKey(DossierVersion, on_delete=PROTECT, related_name="entries", null=True)
    result = models.ForeignKey(SystemResult, on_delete=PROTECT, related_name="entries", null=True)
    revision = models.PositiveIntegerField(default=1)
    writers: models.ManyToManyField[Person, Any] = models.ManyToManyField(Person, related_name="+")
    written = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    published = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="entries", null=True)
    receipt = models.CharField(max_length=64, blank=True)
    withdrawn = models.DateTimeField(null=True)
    reason: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        """Numbered from 1, with one draft at a time."""

        constraints = (
            models.UniqueConstraint(fields=("system", "number"), name="one_entry_each"),
            models.UniqueConstraint(fields=("system",), condition=Q(published__isnull=True), name="one_draft_at_a_time"),
        )

    def __str__(self) -> str:
        return f"{self.system} entry {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; from its document on it has a name that does not change."""
        if self.document_id and not self.name:
            self.name = dict(self.system.name)
        super().save(*args, **kwargs)


class Correction(models.Model):
    """Somebody says that a public entry is wrong. What they wrote, and where to write to them, is sealed in the record.

    ``receipt`` and ``objection`` are the hashes of the numbers of the request and of the one objection to its answer.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    entry = models.ForeignKey(Entry, on_delete=CASCADE, related_name="corrections")
    part = models.CharField(max_length=16)
    own_data = models.BooleanField(default=False)
    lang = models.CharField(max_length=2)
    asked = models.DateTimeField()
    due = models.DateField()
    counted_by = models.CharField(max_length=8)
    receipt = models.CharField(max_length=64, unique=True)
    objected = models.DateTimeField(null=True)
    objection = models.CharField(max_length=64, unique=True, null=True)
    closed = models.DateTimeField(null=True)
    erased = models.DateTimeField(null=True)
    example: models.JSONField[Any, Any] = models.JSONField(default=dict)  # what an invented one says: it stands in no record

    def __str__(self) -> str:
        return f"correction:{self.public_id}"


class CorrectionAnswer(models.Model):
    """What was answered to a request, first and, after an objection, again; ``entry`` is the corrected one."""

    correction = models.ForeignKey(Correction, on_delete=CASCADE, related_name="answers")
    turn = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12)
    reasons = models.TextField()
    entry = models.ForeignKey(Entry, on_delete=SET_NULL, related_name="+", null=True)
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        """One answer for each turn."""

        constraints = (models.UniqueConstraint(fields=("correction", "turn"), name="one_answer_a_turn"),)

    def __str__(self) -> str:
        return f"answer {self.turn} to {self.correction}"


class KeptCheck(models.Model):
    """A check at somebody's desk, with its key sealed; with a system, a version of its dossier opened to be edited.

    ``lengthened``: whether it was this that took the end from the check, and so gives it back.
    """

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    person = models.ForeignKey(Person, on_delete=CASCADE, related_name="kept_checks")
    check_of = models.ForeignKey(Check, on_delete=CASCADE, related_name="kept_by")
    sealed = models.BinaryField()
    at = models.DateTimeField()
    lengthened = models.BooleanField(default=False)
    system = models.ForeignKey(System, on_delete=CASCADE, related_name="opened", null=True)
    base = models.ForeignKey(DossierVersion, on_delete=CASCADE, related_name="opened", null=True)

    class Meta:
        """A person keeps a check once."""

        constraints = (models.UniqueConstraint(fields=("person", "check_of"), name="kept_once"),)

    def __str__(self) -> str:
        return f"check kept by {self.person}"
