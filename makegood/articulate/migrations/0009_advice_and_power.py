import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import makegood.kernel.ledger.models


class Migration(migrations.Migration):
    dependencies = [
        ("articulate", "0008_what_promises_say"),
        ("measures", "0002_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceSetAside",
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
                ("number", models.CharField(max_length=6)),
                ("seen", models.TextField()),
                ("reason", models.TextField()),
                ("is_taken_up", models.BooleanField(default=False)),
                ("set_aside_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "advice set aside",
                "verbose_name_plural": "advice set aside",
                "ordering": ["promise", "number", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PromisePower",
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
                    "origin",
                    models.CharField(
                        choices=[
                            ("own", "the provider’s own figures"),
                            ("alternative", "the figures of the need’s alternative"),
                            ("typed", "figures the provider gave"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=240)),
                ("history", models.JSONField()),
                ("terms_digest", models.CharField(max_length=64)),
                ("inputs_digest", models.CharField(max_length=64)),
                ("engine", models.CharField(max_length=40)),
                ("known", models.PositiveIntegerField()),
                ("periods", models.PositiveIntegerField()),
                ("smallest_change", models.FloatField(null=True)),
                ("change", models.FloatField(null=True)),
                ("chance", models.FloatField(null=True)),
                ("periods_needed", models.PositiveIntegerField(null=True)),
                ("noise", models.FloatField()),
                ("sentence", models.TextField()),
                ("notes", models.JSONField()),
                ("worked_out_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "power of a promise",
                "verbose_name_plural": "powers of promises",
                "ordering": ["promise", "pk"],
            },
        ),
        migrations.AddField(
            model_name="advicesetaside",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="advice_set_aside",
                to="articulate.promise",
            ),
        ),
        migrations.AddField(
            model_name="advicesetaside",
            name="set_aside_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="promisepower",
            name="promise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="powers",
                to="articulate.promise",
            ),
        ),
        migrations.AddField(
            model_name="promisepower",
            name="series",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="measures.series",
            ),
        ),
        migrations.AddField(
            model_name="promisepower",
            name="worked_out_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="advicesetaside",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="art_55_advice_set_aside_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="advicesetaside",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_taken_up", False)),
                fields=("promise", "number"),
                name="art_56_advice_set_aside_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisepower",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["own", "alternative", "typed"])),
                name="promise_power_origin_known",
            ),
        ),
    ]
