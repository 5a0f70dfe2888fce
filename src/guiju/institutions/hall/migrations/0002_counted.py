"""Counters of what clients did in a minute."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of counters."""

    dependencies: ClassVar = [("hall", "0001_outbox")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("window", models.BigIntegerField(db_index=True)),
                ("done", models.PositiveIntegerField(default=0)),
            ],
        ),
    ]
