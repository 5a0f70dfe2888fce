"""The first table: which checks are examples."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the tables become."""

    initial = True

    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ExampleCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("system", models.CharField(max_length=80)),
                ("lang", models.CharField(blank=True, max_length=2)),
                ("stamp", models.CharField(max_length=71)),
                ("results", models.JSONField(default=list)),
                (
                    "check_of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="example", to="register.check"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("system", "lang"), name="one_example_each")],
            },
        ),
    ]
