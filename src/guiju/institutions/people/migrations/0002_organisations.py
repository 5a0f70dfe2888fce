"""Organisations, bodies, seats and what belongs to them."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

from guiju.institutions.people.models import new_name


class Migration(migrations.Migration):
    """Nine tables."""

    dependencies: ClassVar = [("people", "0001_person")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(on_delete=models.CASCADE, related_name="calendar_key", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Keeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("person", models.OneToOneField(on_delete=models.CASCADE, related_name="keeper", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=40, unique=True)),
                ("name", models.JSONField()),
                ("place", models.CharField(blank=True, max_length=40)),
                ("created", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("example", models.BooleanField(default=False)),
                (
                    "merged_into",
                    models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="merged", to="people.Organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("name", models.JSONField()),
                ("created", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("example", models.BooleanField(default=False)),
                ("organisation", models.ForeignKey(on_delete=models.CASCADE, related_name="bodies", to="people.Organisation")),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("post", models.CharField(max_length=16)),
                ("outside", models.BooleanField(default=False)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("taken", models.DateTimeField(null=True)),
                ("left", models.DateTimeField(null=True)),
                ("body", models.ForeignKey(on_delete=models.CASCADE, related_name="seats", to="people.Body")),
                (
                    "person",
                    models.ForeignKey(null=True, on_delete=models.PROTECT, related_name="seats", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("roles", models.JSONField(default=list)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("lang", models.CharField(max_length=2)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=10)),
                ("answered", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("by", models.ForeignKey(null=True, on_delete=models.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="invitations", to="people.Organisation"),
                ),
                ("seat", models.ForeignKey(null=True, on_delete=models.CASCADE, related_name="invitations", to="people.Seat")),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=16)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField(null=True)),
                ("person", models.ForeignKey(on_delete=models.CASCADE, related_name="memberships", to=settings.AUTH_USER_MODEL)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="memberships", to="people.Organisation"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)),
                        fields=("organisation", "person", "role"),
                        name="one_role_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=8)),
                ("register", models.CharField(blank=True, max_length=80)),
                ("value", models.CharField(max_length=80)),
                ("declared", models.DateTimeField()),
                ("confirmed", models.DateTimeField(null=True)),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=models.CASCADE, related_name="identifiers", to="people.Organisation"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed__isnull", False)),
                        fields=("scheme", "register", "value"),
                        name="one_confirmed",
                    ),
                    models.UniqueConstraint(fields=("organisation", "scheme", "register", "value"), name="declared_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=120)),
                ("due", models.DateField()),
                ("step", models.SmallIntegerField()),
                ("made", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=models.CASCADE, related_name="reminders", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "case", "due", "step"), name="reminded_once")],
            },
        ),
    ]
