"""What witnesses answered."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    initial = True

    dependencies: ClassVar = [("hall", "0003_record")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                ("vkey", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("seen", models.BigIntegerField(default=0)),
                ("cosigned", models.DateTimeField(null=True)),
                ("again", models.DateTimeField()),
                ("failed", models.PositiveIntegerField(default=0)),
                ("problem", models.JSONField(default=dict)),
            ],
        ),
    ]
