"""Persons. What a person may do hangs on memberships and seats, never on a mark of the person itself."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


def new_name() -> str:
    """An opaque name for an address: 80 random bits."""
    return secrets.token_hex(10)


class Persons(BaseUserManager["Person"]):
    """How persons are found."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """By the address of mail, in whatever case it is typed."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80, blank=True)
    lang = models.CharField(max_length=2, default="zh")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    example = models.BooleanField(default=False)

    objects: ClassVar[Persons] = Persons()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def shown_name(self) -> str:
        """What colleagues call them: their name, else the address of mail they gave."""
        return self.name or self.email

    def __str__(self) -> str:
        return self.name or self.public_id


class Keeper(models.Model):
    """Somebody who keeps this site in order: confirms identifiers, merges organisations that are one."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="keeper")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person)


class Organisation(models.Model):
    """An organisation. Libraries know it by ``org:`` and its handle alone."""

    handle = models.CharField(max_length=40, unique=True)
    name: models.JSONField[Any, Any] = models.JSONField()
    place = models.CharField(max_length=40, blank=True)
    created = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)  # of its details, against two people at once
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="merged", null=True)
    example = models.BooleanField(default=False)

    @property
    def org(self) -> str:
        """Its id in dossiers, rules and the record."""
        return f"org:{self.handle}"

    def __str__(self) -> str:
        return self.org


class Identifier(models.Model):
    """A typed identifier of an organisation: declared by its people, confirmed by a keeper."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=8)
    register = models.CharField(max_length=80, blank=True)
    value = models.CharField(max_length=80)
    declared = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    ground = models.CharField(max_length=200, blank=True)

    class Meta:
        """Confirmed for one organisation only; anybody may have declared it."""

        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "register", "value"), condition=models.Q(confirmed__isnull=False), name="one_confirmed"
            ),
            models.UniqueConstraint(fields=("organisation", "scheme", "register", "value"), name="declared_once"),
        )

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Membership(models.Model):
    """A role of a person in an organisation, from a moment to a moment; one person may have several."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16)
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)

    class Meta:
        """One of a kind at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person", "role"), condition=models.Q(ends__isnull=True), name="one_role_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.role} {self.organisation}"


class Body(models.Model):
    """A body of an organisation that decides by seats: an ethics committee, a board."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bodies")
    name: models.JSONField[Any, Any] = models.JSONField()
    created = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"body:{self.public_id}"


class Seat(models.Model):
    """A post in a body for a term of days, both counted; taken by a person, or vacant."""

    public_id = models.CharField(max_length=20, unique=True, default=new_name, editable=False)
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    post = models.CharField(max_length=16)
    outside = models.BooleanField(default=False)
    begins = models.DateField()
    ends = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats", null=True)
    taken = models.DateTimeField(null=True)
    left = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.post} of {self.body}"


class Invitation(models.Model):
    """A link with which somebody takes up roles in an organisation, or a seat; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="invitations", null=True)
    roles: models.JSONField[Any, Any] = models.JSONField(default=list)
    email = models.EmailField(blank=True)
    lang = models.CharField(max_length=2)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True)  # accepted, declined, withdrawn
    answered = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, related_name="+", null=True)

    def __str__(self) -> str:
        return f"invitation to {self.organisation}"


class CalendarKey(models.Model):
    """The hash of the key of a person's calendar of due days; whoever has the key reads the calendar, and nothing else."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_key")
    key_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.person}"


class Reminder(models.Model):
    """That a person was reminded of a case with a due day: a week before, a day before, or after it (``step`` days left)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    case = models.CharField(max_length=120)
    due = models.DateField()
    step = models.SmallIntegerField()
    made = models.DateTimeField()

    class Meta:
        """Nothing twice."""

        constraints = (models.UniqueConstraint(fields=("person", "case", "due", "step"), name="reminded_once"),)

    def __str__(self) -> str:
        return f"{self.case} {self.due} {self.step}"
