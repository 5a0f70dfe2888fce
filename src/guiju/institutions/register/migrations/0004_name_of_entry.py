"""What is published has the name that was published, whatever the system is called at the desk since."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _name_those_that_are_published(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for one in apps.get_model("register", "Entry").objects.exclude(document=None).select_related("document").iterator():
        assert one.document is not None
        one.name = json.loads(bytes(one.document.content))["name"]
        one.save(update_fields=["name"])


class Migration(migrations.Migration):
    """What the table becomes."""

    dependencies = [("register", "0003_systems")]

    operations = [
        migrations.AddField(model_name="entry", name="name", field=models.JSONField(default=dict)),
        migrations.RunPython(_name_those_that_are_published, migrations.RunPython.noop),
    ]
