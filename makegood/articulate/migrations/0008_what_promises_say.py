from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articulate", "0007_proposals_whole"),
        ("measures", "0002_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="promise",
            name="baseline_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="baseline_source",
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddField(
            model_name="promise",
            name="evidence",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="evidence_level",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[
                    (1, "We can say why it should work"),
                    (2, "We have seen it change"),
                    (3, "It changed more than elsewhere"),
                    (4, "Others found the same"),
                    (5, "It works wherever it is done this way"),
                ],
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="evidence_url",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="promise",
            name="gathered_by",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="promise",
            name="not_gathered_by",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="promise",
            name="told_by",
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddField(
            model_name="promise",
            name="told_least",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("evidence_level__isnull", True),
                    models.Q(
                        ("evidence_level__gte", 1),
                        ("evidence_level__lte", 5),
                        models.Q(("evidence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="art_57_level_of_evidence_rests_on_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="promise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_least__isnull", True), ("told_least__gte", 1), _connector="OR"
                ),
                name="art_59_at_least_one_is_asked",
            ),
        ),
    ]
