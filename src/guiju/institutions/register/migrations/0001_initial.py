"""The first tables: documents, checks, shared results, links for colleagues."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the tables become."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateTimeField(db_index=True)),
                ("kept", models.BooleanField(default=False)),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                ("source_name", models.CharField(blank=True, max_length=200)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("digest", models.CharField(max_length=71, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("content", models.BinaryField()),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Colleague",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateTimeField(db_index=True)),
                ("kept", models.BooleanField(default=False)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("salt", models.CharField(max_length=32)),
                ("who", models.CharField(max_length=200)),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="colleagues", to="register.check"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="check",
            name="dossier",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="register.document"),
        ),
        migrations.AddField(
            model_name="check",
            name="source",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="read_for", to="register.document"
            ),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("expires", models.DateTimeField(db_index=True)),
                ("kept", models.BooleanField(default=False)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("salt", models.CharField(max_length=32)),
                ("on", models.DateField()),
                ("known", models.DateField()),
                ("party", models.CharField(blank=True, max_length=200)),
                (
                    "check_of",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="register.check"),
                ),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="register.document"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
