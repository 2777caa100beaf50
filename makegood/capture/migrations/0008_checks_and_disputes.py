import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.capture.states
import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0007_figure_reminders"),
        ("contract", "0016_handovers_cancelled"),
        ("measures", "0004_uploads_of_many"),
        ("people", "0022_right_to_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Check",
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
                (
                    "level",
                    models.CharField(
                        choices=[("corroborated", "corroborated"), ("verified", "verified")],
                        max_length=14,
                    ),
                ),
                ("how", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="contract.commitment",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures_checked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="measures.measurement",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("how", ""), _negated=True), name="cap_43_check_says_how"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["corroborated", "verified"])),
                        name="check_level_known",
                    ),
                    models.UniqueConstraint(
                        fields=("commitment", "measurement", "level", "made_by"),
                        name="checked_once_by_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
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
                            ("open", "open"),
                            ("answered", "answered"),
                            ("resolved", "resolved"),
                        ],
                        default=makegood.capture.states.DisputeState["OPEN"],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stands", "The figure stands"),
                            ("wrong", "The figure is wrong, and has to be corrected"),
                        ],
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="contract.commitment",
                    ),
                ),
                (
                    "measurement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="measures.measurement",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_opened",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_for",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes_resolved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="cap_45_dispute_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="dispute_answer_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(
                                    ("state", makegood.capture.states.DisputeState["RESOLVED"]),
                                    _negated=True,
                                ),
                                ("outcome", ""),
                                ("resolved_at__isnull", True),
                                ("resolved_by__isnull", True),
                                ("why", ""),
                            ),
                            models.Q(
                                ("outcome__in", ["stands", "wrong"]),
                                ("state", makegood.capture.states.DisputeState["RESOLVED"]),
                                models.Q(("why", ""), _negated=True),
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cap_45_resolved_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", makegood.capture.states.DisputeState["RESOLVED"]),
                            _negated=True,
                        ),
                        fields=("commitment", "measurement"),
                        name="cap_46_one_open_dispute",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "answered", "resolved"])),
                        name="dispute_state_known",
                    ),
                ],
            },
        ),
    ]
