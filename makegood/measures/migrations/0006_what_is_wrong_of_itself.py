from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_series_going_on")]

    operations = [
        migrations.AddField(
            model_name="rejectedrow",
            name="of_itself",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        )
    ]
