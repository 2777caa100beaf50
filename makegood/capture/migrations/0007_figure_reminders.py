import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("capture", "0006_safeguarding"),
        ("contract", "0016_handovers_cancelled"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReminderRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(unique=True)),
                ("ended_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[("soon", "soon"), ("late", "late"), ("long", "long")], max_length=8
                    ),
                ),
                ("told_at", models.DateTimeField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figure_reminders",
                        to="contract.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "period", "stage"), name="reminded_once_at_each_stage"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["soon", "late", "long"])),
                        name="reminder_stage_known",
                    ),
                ],
            },
        ),
    ]
