"""Whether where and when a film or sound was made is taken out of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capture", "0017_concerns_again")]

    operations = [
        migrations.AddField(
            model_name="storyfile",
            name="is_plain",
            field=models.BooleanField(default=False),
        ),
    ]
