import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0009_samples"),
        ("contract", "0016_handovers_cancelled"),
        ("kernel", "0007_kinds_of_files"),
        ("people", "0022_right_to_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                ("reference", models.CharField(max_length=12, unique=True)),
                ("from_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                (
                    "readers",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone"),
                            ("parties", "The provider, the commissioner and the assessor"),
                            ("assessor", "The provider and the assessor"),
                        ],
                        max_length=10,
                    ),
                ),
                ("said_digest", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("is_erased", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_added",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "added_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_given",
                        to="contract.commitment",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document",
                        to="kernel.keptfile",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_withdrawn",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-added_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("readers__in", ["everyone", "parties", "assessor"])),
                        name="document_readers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_on__isnull", True), ("until_on__isnull", True)),
                            models.Q(
                                ("from_on__isnull", False), ("until_on__gte", models.F("from_on"))
                            ),
                            _connector="OR",
                        ),
                        name="cap_54_document_time_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_because", ""),
                                ("withdrawn_by__isnull", True),
                                ("is_erased", False),
                                ("withdrawn_at__isnull", True),
                            ),
                            models.Q(
                                models.Q(("withdrawn_because", ""), _negated=True),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cap_55_withdrawn_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("summary", models.TextField()),
                (
                    "salt",
                    models.CharField(default=makegood.kernel.ledger.models.new_salt, max_length=32),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="capture.document",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "document words",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("summary", ""), _negated=True),
                        ),
                        name="cap_53_document_is_described",
                    )
                ],
            },
        ),
    ]
