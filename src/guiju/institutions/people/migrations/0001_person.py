"""Persons."""

from typing import ClassVar

from django.db import migrations, models

from guiju.institutions.people.models import new_name


class Migration(migrations.Migration):
    """The table of persons."""

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("public_id", models.CharField(default=new_name, editable=False, max_length=20, unique=True)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(blank=True, max_length=80)),
                ("lang", models.CharField(default="zh", max_length=2)),
                ("is_active", models.BooleanField(default=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("example", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
