import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0010_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
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
                    "way",
                    models.CharField(
                        choices=[
                            ("telephone", "By telephone"),
                            ("relay", "By text relay: you type, and read what we say"),
                            ("bsl", "By video, in British Sign Language"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "caller",
                    models.CharField(
                        choices=[("provider", "provider"), ("assessor", "assessor")], max_length=10
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "asked"), ("done", "done"), ("ended", "ended")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("words_digest", models.CharField(max_length=64)),
                ("secret_digest", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="capture.storylink",
                    ),
                ),
                (
                    "story",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call",
                        to="capture.story",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["telephone", "relay", "bsl"])),
                        name="call_way_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caller__in", ["provider", "assessor"])),
                        name="call_caller_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("state", "asked"),
                                ("story__isnull", True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "done"),
                                ("story__isnull", False),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state", "ended"),
                                ("story__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="call_ended_when_it_says_so",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reach", models.CharField(max_length=120)),
                ("called", models.CharField(blank=True, max_length=60)),
                ("times", models.CharField(max_length=300)),
                ("helps", models.CharField(blank=True, max_length=300)),
                (
                    "salt",
                    models.CharField(default=makegood.kernel.ledger.models.new_salt, max_length=32),
                ),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="capture.call",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "call words",
            },
        ),
        migrations.CreateModel(
            name="CallTry",
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
                    "came",
                    models.CharField(
                        choices=[
                            ("unreached", "I did not reach them"),
                            ("later", "I reached them, and they want another time"),
                            ("no_story", "They do not want to tell a story"),
                        ],
                        max_length=10,
                    ),
                ),
                ("tried_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tries",
                        to="capture.call",
                    ),
                ),
                (
                    "tried_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "call tries",
                "ordering": ["tried_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("came__in", ["unreached", "later", "no_story"])),
                        name="call_try_known",
                    )
                ],
            },
        ),
    ]
