"""What is stored of ethics review: acts one after another, from which everything else is worked out, and what they say in words.

How a case, a meeting or a body stands is in no table: it is what :mod:`guiju.procedure` makes of the acts.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import CASCADE, PROTECT, SET_NULL, Q

from guiju.institutions.people.models import Body, Organisation, Person, new_name
from guiju.institutions.register.models import Document, DossierVersion, System


class Committee(models.Model):
    """A body that reviews: by which edition of which rules of procedure, since when, how it is entered with the authority.

    ``outside``: whether it takes cases of other organisations. ``public``: whether its organisation shows it to everybody.
    ``letter``, ``minutes``: the unit's own templates by language, where it has them.
    """

    body = models.OneToOneField(Body, on_delete=PROTECT, related_name="committee")
    rules = models.CharField(max_length=40)
    edition = models.CharField(max_length=80)
    founded = models.DateField()
    made = models.DateTimeField()
    registered = models.DateField(null=True)
    registration = models.CharField(max_length=120, blank=True)
    outside = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    letter: models.JSONField[Any, Any] = models.JSONField(default=dict)
    minutes: models.JSONField[Any, Any] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"committee:{self.body.public_id}"


class Done(models.Model):
    """An act, as it was done; never changed. ``gives`` is what the rules ask it to say, ``words`` what it says to people.

    ``edition``: by which edition of the rules it was done; ``chain``: the digest of it and of all before it (:mod:`.chaining`).
    """

    committee = models.ForeignKey(Committee, on_delete=PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    behalf = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=60, db_index=True)
    gives: models.JSONField[Any, Any] = models.JSONField(default=dict)
    words: models.JSONField[Any, Any] = models.JSONField(default=dict)
    edition = models.CharField(max_length=80)
    chain = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)

    class Meta:
        """Numbered from 1, one after another."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("committee", "number"), name="one_act_each"),)

    def __str__(self) -> str:
        return f"{self.committee} {self.number} {self.step}"


class Case(models.Model):
    """A case: what is reviewed, for whom, before which committee. Until it is applied for there is only the draft."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    committee = models.ForeignKey(Committee, on_delete=PROTECT, related_name="cases")
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    applicant = models.ForeignKey(Organisation, on_delete=PROTECT, related_name="ethics_cases")
    system = models.ForeignKey(System, on_delete=PROTECT, related_name="ethics_cases", null=True)
    version = models.ForeignKey(DossierVersion, on_delete=PROTECT, related_name="ethics_cases", null=True)
    matters: models.JSONField[Any, Any] = models.JSONField(default=list)
    draft: models.JSONField[Any, Any] = models.JSONField(default=dict)
    made = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    authority = models.ForeignKey(Organisation, on_delete=PROTECT, related_name="ethics_rereviews", null=True)
    example = models.BooleanField(default=False)

    class Meta:
        """A number is one case's of a committee."""

        constraints = (
            models.UniqueConstraint(fields=("committee", "number"), condition=~Q(number=""), name="one_case_of_a_number"),
        )

    def __str__(self) -> str:
        return f"ethics-case:{self.public_id}"


class Papers(models.Model):
    """What was handed in: bytes under their digest, with the files that they name; the next ones stand beside, never instead."""

    case = models.ForeignKey(Case, on_delete=CASCADE, related_name="papers")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="ethics_papers")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)

    class Meta:
        """Numbered from 1."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_paper_each"),)

    def __str__(self) -> str:
        return f"{self.case} papers {self.number}"


class Attached(models.Model):
    """A file of a case, under its digest; drafts and papers name it."""

    case = models.ForeignKey(Case, on_delete=CASCADE, related_name="attached")
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="ethics_files")
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        """Once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "document"), name="attached_once"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.case}"


class Meeting(models.Model):
    """A meeting that was called: when and where. What happened at it is in the acts; ``notes`` is added by the secretary."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    committee = models.ForeignKey(Committee, on_delete=PROTECT, related_name="meetings")
    planned = models.DateTimeField()
    where = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"meeting:{self.public_id}"


class Condition(models.Model):
    """A condition of a decision, followed until it is met."""

    case = models.ForeignKey(Case, on_delete=CASCADE, related_name="conditions")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=1000)
    due = models.DateField(null=True)
    set_by = models.ForeignKey(Done, on_delete=PROTECT, related_name="conditions")
    met_by = models.ForeignKey(Done, on_delete=PROTECT, related_name="conditions_met", null=True)
    dropped_by = models.ForeignKey(Done, on_delete=PROTECT, related_name="conditions_dropped", null=True)
    evidence = models.CharField(max_length=1000, blank=True)

    class Meta:
        """Numbered from 1."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_condition_each"),)

    def __str__(self) -> str:
        return f"condition {self.number} of {self.case}"


class Publication(models.Model):
    """What is made public of a decision: its words, or that it is withheld and why. A decision that has none is counted only.

    A draft until somebody of the unit who did not write it publishes it; the one that was published last is what stands.
    ``reason``: by which of the grounds it is withheld, ``why``: in words. ``document``: what was published, canonical JSON.
    ``returned``: why it was sent back to whoever writes it. ``withdrawal``: why it was withdrawn.
    """

    decision = models.ForeignKey(Done, on_delete=PROTECT, related_name="publications")
    case = models.ForeignKey(Case, on_delete=PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    withheld = models.BooleanField(default=False)
    title: models.JSONField[Any, Any] = models.JSONField(default=dict)
    summary: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason = models.CharField(max_length=40, blank=True)
    why: models.JSONField[Any, Any] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    writers: models.ManyToManyField[Person, Any] = models.ManyToManyField(Person, related_name="+")
    written = models.DateTimeField()
    returned = models.TextField(blank=True)
    approved_by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)
    published = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, on_delete=PROTECT, related_name="ethics_publications", null=True)
    receipt = models.CharField(max_length=64, blank=True)
    withdrawn = models.DateTimeField(null=True)
    withdrawal: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        """Numbered from 1, with one draft at a time."""

        constraints = (
            models.UniqueConstraint(fields=("case", "number"), name="one_publication_each"),
            models.UniqueConstraint(fields=("case",), condition=Q(published__isnull=True), name="one_publication_drafted"),
        )

    def __str__(self) -> str:
        return f"publication {self.number} of {self.case}"


class Report(models.Model):
    """The report of a committee on a year, as it was sent in."""

    committee = models.ForeignKey(Committee, on_delete=CASCADE, related_name="reports")
    year = models.PositiveIntegerField()
    sent = models.DateField()
    content: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=SET_NULL, related_name="+", null=True)

    class Meta:
        """One of a year."""

        constraints = (models.UniqueConstraint(fields=("committee", "year"), name="one_report_a_year"),)

    def __str__(self) -> str:
        return f"report {self.year} of {self.committee}"
