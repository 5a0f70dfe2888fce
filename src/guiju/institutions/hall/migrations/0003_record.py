"""The record's own tables, and which entries of the outbox are acts."""

from typing import Any, ClassVar

from django.db import migrations, models

from guiju import record


def create(_: Any, editor: Any) -> None:
    """The tables of the record, as the library makes them."""
    record.create_tables(record.sql_of(editor.connection))


class Migration(migrations.Migration):
    """From the record on."""

    dependencies: ClassVar = [("hall", "0002_counted")]

    operations: ClassVar = [
        migrations.AddField("outbox", "receipt", models.CharField(max_length=64, null=True, unique=True)),
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
