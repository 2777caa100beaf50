import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0012_complaints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoryVersion",
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
                    "kind",
                    models.CharField(
                        choices=[("translation", "A translation"), ("easy_read", "Easy Read")],
                        max_length=12,
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                (
                    "made_how",
                    models.CharField(
                        choices=[
                            ("translator", "Made by somebody whose work it is"),
                            ("teller", "Made by whoever told the story"),
                            ("near", "Made by somebody near to them"),
                            ("member", "Made by a member of the house that judges"),
                            ("machine", "Made by a machine"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words_digest", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="capture.storypublication",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="capture.story",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["translation", "easy_read"])),
                        name="story_version_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "made_how__in",
                                ["translator", "teller", "near", "member", "machine"],
                            )
                        ),
                        name="story_version_made_how_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("story", "kind", "language"),
                        name="cap_70_story_version_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checked_by__isnull", False),
                                models.Q(("checked_by", models.F("added_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cap_71_story_version_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("publication__isnull", True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="story_version_checked_before_shown",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryVersionWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField()),
                (
                    "salt",
                    models.CharField(default=makegood.kernel.ledger.models.new_salt, max_length=32),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="said",
                        to="capture.storyversion",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "story version words",
            },
        ),
    ]
