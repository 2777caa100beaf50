import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0011_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("service", "The service itself"),
                            ("story", "How my story was asked for, shown or treated"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "made_to",
                    models.CharField(
                        choices=[("provider", "provider"), ("commissioner", "commissioner")],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("made", "made"),
                            ("answered", "answered"),
                            ("ended", "ended"),
                        ],
                        default="made",
                        max_length=10,
                    ),
                ),
                ("words_digest", models.CharField(max_length=64)),
                ("answer_digest", models.CharField(blank=True, max_length=64)),
                ("secret_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("answer_due_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="capture.storylink",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="capture.story",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["service", "story"])),
                        name="complaint_about_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("made_to__in", ["provider", "commissioner"])),
                        name="complaint_made_to_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["made", "answered", "ended"])),
                        name="complaint_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer_digest", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                ("answered_at__gte", models.F("made_at")),
                                ("answered_by__isnull", False),
                                models.Q(("answer_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_answered_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("ended_at__isnull", True),
                                ("state", "made"),
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("ended_at__isnull", True),
                                ("state", "answered"),
                            ),
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            _connector="OR",
                        ),
                        name="complaint_ended_when_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_answer", models.BooleanField(default=False)),
                ("words", models.TextField()),
                (
                    "salt",
                    models.CharField(default=makegood.kernel.ledger.models.new_salt, max_length=32),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="capture.complaint",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "complaint words",
                "ordering": ["is_answer"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("complaint", "is_answer"), name="complaint_words_once"
                    )
                ],
            },
        ),
    ]
