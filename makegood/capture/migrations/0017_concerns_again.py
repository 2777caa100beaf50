"""A concern can be said with a story again, after somebody took the first up."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capture", "0016_samples_of_programmes")]

    operations = [
        migrations.AlterField(
            model_name="concern",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="concerns",
                to="capture.story",
            ),
        ),
    ]
