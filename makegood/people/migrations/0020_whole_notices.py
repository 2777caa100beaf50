from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0019_undoing"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="words",
            field=models.TextField(),
        ),
    ]
