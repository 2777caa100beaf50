import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.capture.states
import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0008_checks_and_disputes"),
        ("contract", "0016_handovers_cancelled"),
        ("measures", "0004_uploads_of_many"),
        ("people", "0022_right_to_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sample",
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
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("announced", "announced"),
                            ("drawn", "drawn"),
                            ("closed", "closed"),
                        ],
                        default=makegood.capture.states.SampleState["ANNOUNCED"],
                        max_length=10,
                    ),
                ),
                ("drawn_from", models.JSONField()),
                ("size", models.PositiveIntegerField()),
                ("announced_at", models.DateTimeField()),
                ("tree_size", models.PositiveBigIntegerField(null=True)),
                ("seed", models.CharField(blank=True, max_length=64)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("wrong", models.PositiveIntegerField(null=True)),
                ("unknown", models.PositiveIntegerField(null=True)),
                ("most_wrong", models.PositiveIntegerField(null=True)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                ("why_not_whole", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples_announced",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples_closed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="contract.contract",
                    ),
                ),
                (
                    "drawn_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-announced_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["announced", "drawn", "closed"])),
                        name="sample_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1)), name="cap_49_sample_has_a_size"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn_at__isnull", True),
                                ("seed", ""),
                                ("state", makegood.capture.states.SampleState["ANNOUNCED"]),
                                ("tree_size__isnull", True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state", makegood.capture.states.SampleState["ANNOUNCED"]),
                                    _negated=True,
                                ),
                                models.Q(("seed", ""), _negated=True),
                                ("drawn_at__gte", models.F("announced_at")),
                                ("tree_size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sample_drawn_by_a_seed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state", makegood.capture.states.SampleState["CLOSED"]),
                                    _negated=True,
                                ),
                                ("closed_at__isnull", True),
                                ("most_wrong__isnull", True),
                                ("sentence", ""),
                                ("closed_by__isnull", True),
                                ("unknown__isnull", True),
                                ("wrong__isnull", True),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("most_wrong__isnull", False),
                                ("state", makegood.capture.states.SampleState["CLOSED"]),
                                ("closed_by__isnull", False),
                                ("unknown__isnull", False),
                                ("wrong__isnull", False),
                                models.Q(("sentence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sample_closed_says_what_it_shows",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", makegood.capture.states.SampleState["CLOSED"]), _negated=True
                        ),
                        fields=("contract",),
                        name="cap_48_one_sample_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampleItem",
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
                ("place", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=60)),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "It is right"),
                            ("wrong", "It is wrong"),
                            ("cannot tell", "I cannot tell"),
                        ],
                        max_length=12,
                    ),
                ),
                ("true_value", models.FloatField(null=True)),
                ("note", models.TextField(blank=True)),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contract.commitment",
                    ),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn_figures_checked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="measures.measurement",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="capture.sample",
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "place"],
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "place"), name="sample_place_once"),
                    models.UniqueConstraint(fields=("sample", "name"), name="drawn_once"),
                    models.CheckConstraint(
                        condition=models.Q(("found__in", ["", "right", "wrong", "cannot tell"])),
                        name="found_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", ""),
                                ("found_at__isnull", True),
                                ("found_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("found", ""), _negated=True),
                                ("found_at__isnull", False),
                                ("found_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="found_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", makegood.capture.states.Found["WRONG"]), _negated=True
                            ),
                            ("true_value__isnull", False),
                            _connector="OR",
                        ),
                        name="cap_51_wrong_says_what_is_true",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("found", makegood.capture.states.Found["UNKNOWN"]), _negated=True
                            ),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cap_51_unknown_says_why",
                    ),
                ],
            },
        ),
    ]
