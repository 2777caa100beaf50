"""A finding says why it is not what the numbers say, or holds though figures were found wrong."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assess", "0001_initial"),
        ("contract", "0016_handovers_cancelled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="figures_wrong",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="finding",
            name="why_otherwise",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("figures_wrong__isnull", True),
                    models.Q(("why_otherwise", ""), _negated=True),
                    _connector="OR",
                ),
                name="ass_07_wrong_figures_say_why",
            ),
        ),
    ]
