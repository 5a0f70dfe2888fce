"""The first tables: committees, their acts, cases with papers, meetings, conditions, publications, reports."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import guiju.institutions.people.models


class Migration(migrations.Migration):
    """What the tables become."""

    initial = True

    dependencies = [
        ("people", "0002_organisations"),
        ("register", "0004_name_of_entry"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rules", models.CharField(max_length=40)),
                ("founded", models.DateField()),
                ("made", models.DateTimeField()),
                ("registered", models.DateField(null=True)),
                ("registration", models.CharField(blank=True, max_length=120)),
                ("outside", models.BooleanField(default=False)),
                ("public", models.BooleanField(default=False)),
                ("letter", models.JSONField(default=dict)),
                ("minutes", models.JSONField(default=dict)),
                (
                    "body",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="committee", to="people.body"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=guiju.institutions.people.models.new_name, editable=False, max_length=20, unique=True
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=20)),
                ("matters", models.JSONField(default=list)),
                ("draft", models.JSONField(default=dict)),
                ("made", models.DateTimeField()),
                ("example", models.BooleanField(default=False)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ethics_cases", to="people.organisation"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ethics_rereviews",
                        to="people.organisation",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ethics_cases", to="register.system"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ethics_cases",
                        to="register.dossierversion",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="ethics.committee"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("step", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=60)),
                ("behalf", models.CharField(blank=True, max_length=60)),
                ("about", models.CharField(db_index=True, max_length=60)),
                ("gives", models.JSONField(default=dict)),
                ("words", models.JSONField(default=dict)),
                (
                    "committee",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="ethics.committee"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.CharField(max_length=1000)),
                ("due", models.DateField(null=True)),
                ("evidence", models.CharField(blank=True, max_length=1000)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="conditions", to="ethics.case"),
                ),
                (
                    "dropped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions_dropped",
                        to="ethics.done",
                    ),
                ),
                (
                    "met_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="conditions_met", to="ethics.done"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="conditions", to="ethics.done"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(
                        default=guiju.institutions.people.models.new_name, editable=False, max_length=20, unique=True
                    ),
                ),
                ("planned", models.DateTimeField()),
                ("where", models.CharField(blank=True, max_length=200)),
                ("notes", models.TextField(blank=True)),
                ("made", models.DateTimeField()),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="ethics.committee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Papers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="ethics.case")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ethics_papers", to="register.document"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("withheld", models.BooleanField(default=False)),
                ("title", models.JSONField(default=dict)),
                ("summary", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("why", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written", models.DateTimeField()),
                ("returned", models.TextField(blank=True)),
                ("published", models.DateTimeField(null=True)),
                ("receipt", models.CharField(blank=True, max_length=64)),
                ("withdrawn", models.DateTimeField(null=True)),
                ("withdrawal", models.JSONField(default=dict)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="ethics.case"),
                ),
                (
                    "decision",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="ethics.done"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ethics_publications",
                        to="register.document",
                    ),
                ),
                ("writers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveIntegerField()),
                ("sent", models.DateField()),
                ("content", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="ethics.committee"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attached",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ethics_files", to="register.document"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attached", to="ethics.case"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "document"), name="attached_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="done",
            constraint=models.UniqueConstraint(fields=("committee", "number"), name="one_act_each"),
        ),
        migrations.AddConstraint(
            model_name="condition",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="one_condition_each"),
        ),
        migrations.AddConstraint(
            model_name="papers",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="one_paper_each"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="one_publication_each"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published__isnull", True)), fields=("case",), name="one_publication_drafted"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("committee", "year"), name="one_report_a_year"),
        ),
    ]
