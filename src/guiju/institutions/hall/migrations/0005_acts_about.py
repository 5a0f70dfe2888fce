"""The acts about a thing are found without reading the rest of the outbox."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index of acts."""

    dependencies: ClassVar = [("hall", "0004_letters")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(
                condition=models.Q(("receipt__isnull", False)),
                fields=["about", "id"],
                name="acts_about",
            ),
        ),
    ]
