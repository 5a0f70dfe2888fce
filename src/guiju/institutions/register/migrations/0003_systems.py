"""Systems of organisations: versions, results, filings, parties, public entries with corrections; checks kept at a desk."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from guiju.institutions.people.models import new_name

PEOPLE = "people"
ORGANISATION = f"{PEOPLE}.organisation"  # not written as one word, which would look like a code of the catalogue


class Migration(migrations.Migration):
    """Ten tables."""

    dependencies = [
        ("people", "0002_organisations"),
        ("register", "0002_kept_edition"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("kind", models.CharField(max_length=40)),
                ("number", models.CharField(blank=True, max_length=120)),
                ("made", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DossierVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("way", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="register.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("words", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written", models.DateTimeField()),
                ("published", models.DateTimeField(null=True)),
                ("receipt", models.CharField(blank=True, max_length=64)),
                ("withdrawn", models.DateTimeField(null=True)),
                ("reason", models.JSONField(default=dict)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.document"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="register.dossierversion",
                    ),
                ),
                ("writers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("part", models.CharField(max_length=16)),
                ("own_data", models.BooleanField(default=False)),
                ("lang", models.CharField(max_length=2)),
                ("asked", models.DateTimeField()),
                ("due", models.DateField()),
                ("counted_by", models.CharField(max_length=8)),
                ("receipt", models.CharField(max_length=64, unique=True)),
                ("objected", models.DateTimeField(null=True)),
                ("objection", models.CharField(max_length=64, null=True, unique=True)),
                ("closed", models.DateTimeField(null=True)),
                ("erased", models.DateTimeField(null=True)),
                ("example", models.JSONField(default=dict)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="corrections", to="register.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FilingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
                ("struck", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="register.filing"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="System",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("name", models.JSONField()),
                ("created", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("example", models.BooleanField(default=False)),
                ("seed", models.CharField(blank=True, max_length=80)),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="systems", to=ORGANISATION),
                ),
            ],
        ),
        migrations.AddField(
            model_name="filing",
            name="system",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="filings", to="register.system"),
        ),
        migrations.AddField(
            model_name="entry",
            name="system",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="register.system"),
        ),
        migrations.AddField(
            model_name="dossierversion",
            name="system",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="register.system"),
        ),
        migrations.CreateModel(
            name="SystemParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("roles", models.JSONField(default=list)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("named", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=10)),
                ("answered", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takes_part",
                        to=ORGANISATION,
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="register.system"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SystemResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("known", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="register.document"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="register.keptedition"
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="results", to="register.system"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="register.dossierversion"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="entry",
            name="result",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.systemresult"
            ),
        ),
        migrations.CreateModel(
            name="CorrectionAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("turn", models.PositiveSmallIntegerField()),
                ("outcome", models.CharField(max_length=12)),
                ("reasons", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="register.correction"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="register.entry"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("correction", "turn"), name="one_answer_a_turn")],
            },
        ),
        migrations.CreateModel(
            name="KeptCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("lengthened", models.BooleanField(default=False)),
                (
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opened",
                        to="register.dossierversion",
                    ),
                ),
                (
                    "check_of",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="kept_by", to="register.check"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_checks", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="opened", to="register.system"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "check_of"), name="kept_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="dossierversion",
            constraint=models.UniqueConstraint(fields=("system", "number"), name="one_version_each"),
        ),
        migrations.AddConstraint(
            model_name="systemparty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("system", "organisation"), name="one_part_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="systemresult",
            constraint=models.UniqueConstraint(fields=("system", "number"), name="one_result_each"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("system", "number"), name="one_entry_each"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published__isnull", True)), fields=("system",), name="one_draft_at_a_time"
            ),
        ),
    ]
