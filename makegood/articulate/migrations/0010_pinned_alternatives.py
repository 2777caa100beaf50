import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articulate", "0009_advice_and_power"),
        ("measures", "0002_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="measuredalternative",
            name="measure_version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="measures.measureversion",
            ),
        ),
    ]
