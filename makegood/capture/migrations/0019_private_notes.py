"""Notes that stand in the ledger for what is nobody's business."""

from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0018_plain_films"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrivateNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "salt",
                    models.CharField(
                        default=makegood.kernel.ledger.models.new_salt,
                        editable=False,
                        max_length=32,
                    ),
                ),
                ("what", models.CharField(blank=True, max_length=60)),
                ("row", models.PositiveBigIntegerField(null=True)),
                ("row_digest", models.CharField(blank=True, max_length=64)),
                ("noted_on", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["what", "row"], name="private_note_of_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("row__isnull", True), ("row_digest", ""), ("what", "")),
                            models.Q(
                                models.Q(("what", ""), _negated=True),
                                ("row__isnull", False),
                                models.Q(("row_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="private_note_whole_or_empty",
                    )
                ],
            },
        ),
    ]
