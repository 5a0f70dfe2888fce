"""The outbox."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of what happened."""

    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80)),
                ("about", models.CharField(max_length=300)),
                ("payload", models.JSONField(default=dict)),
                ("created", models.DateTimeField()),
                ("place", models.BigIntegerField(null=True, unique=True)),
            ],
            options={"ordering": ("place", "id")},
        ),
    ]
