"""The rules under which a result was shared are kept with it, and which answers it rests on."""

# ruff: noqa: RUF012  # the lists are Django's way of writing a migration

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the tables become."""

    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KeptEdition",
            fields=[
                ("digest", models.CharField(max_length=71, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
                ("created", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddField(
            model_name="share",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="shares",
                to="register.keptedition",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="dossier_digest",
            field=models.CharField(blank=True, default="", max_length=71),
            preserve_default=False,
        ),
    ]
