"""Letters on their way, and what all processes remember for a while."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tables."""

    dependencies: ClassVar = [("hall", "0003_record")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.CharField(blank=True, max_length=320)),
                ("subject", models.CharField(blank=True, max_length=300)),
                ("body", models.TextField(blank=True)),
                ("attachments", models.JSONField(default=list)),
                ("lang", models.CharField(max_length=2)),
                ("created", models.DateTimeField()),
                ("due", models.DateTimeField(db_index=True, null=True)),
                ("sent", models.DateTimeField(null=True)),
                ("tried", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Cached",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
