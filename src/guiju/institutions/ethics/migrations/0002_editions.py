"""Each act says by which edition of the rules it was done, and stands in a chain of digests; no two cases have one number."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

from typing import Any

from django.db import migrations, models

from guiju.institutions.ethics.chaining import beginning, link
from guiju.procedure import Act, editions_of


def link_all(apps: Any, _schema: Any) -> None:
    """What was done before there were editions was done by the first of them."""
    for committee in apps.get_model("ethics", "Committee").objects.select_related("body").order_by("pk"):
        committee.edition = editions_of(committee.rules)[0].id
        committee.save(update_fields=["edition"])
        chain = beginning(committee.body.public_id, committee.rules)
        for row in apps.get_model("ethics", "Done").objects.filter(committee=committee).order_by("number"):
            act = Act(row.step, row.at, row.by, row.about, row.gives, row.behalf)
            row.edition = committee.edition
            row.chain = chain = link(chain, act, row.edition)
            row.save(update_fields=["edition", "chain"])


def nothing(_apps: Any, _schema: Any) -> None:
    """Backwards the fields go with what stands in them."""


class Migration(migrations.Migration):
    """What the tables become."""

    dependencies = [("ethics", "0001_first")]

    operations = [
        migrations.AddField("committee", "edition", models.CharField(max_length=80, default=""), preserve_default=False),
        migrations.AddField("done", "edition", models.CharField(max_length=80, default=""), preserve_default=False),
        migrations.AddField("done", "chain", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.AddConstraint(
            "case",
            models.UniqueConstraint(condition=~models.Q(number=""), fields=("committee", "number"), name="one_case_of_a_number"),
        ),
        migrations.RunPython(link_all, nothing),
    ]
