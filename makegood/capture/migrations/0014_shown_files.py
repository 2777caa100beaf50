from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("capture", "0013_versions")]

    operations = [
        migrations.AddField(
            model_name="storyfile",
            name="is_for_all",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="storypublication",
            name="shown_files",
            field=models.JSONField(null=True),
        ),
    ]
