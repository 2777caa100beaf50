from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0021_duplicates"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_right_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="right",
            field=models.CharField(
                choices=[
                    ("manage members", "manage members"),
                    ("write and decide", "write and decide"),
                    ("record what happened", "record what happened"),
                    ("sign contracts", "sign contracts"),
                    ("assess evidence", "assess evidence"),
                    ("review applications", "review applications"),
                    ("advise organisations", "advise organisations"),
                    ("moderate what is said", "moderate what is said"),
                    ("arrange events", "arrange events"),
                    ("close it or say who follows it", "close it or say who follows it"),
                    (
                        "answer for what it promised and bought",
                        "answer for what it promised and bought",
                    ),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "right__in",
                        [
                            "manage members",
                            "write and decide",
                            "record what happened",
                            "sign contracts",
                            "assess evidence",
                            "review applications",
                            "advise organisations",
                            "moderate what is said",
                            "arrange events",
                            "close it or say who follows it",
                            "answer for what it promised and bought",
                        ],
                    )
                ),
                name="notice_right_known",
            ),
        ),
    ]
