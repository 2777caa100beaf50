from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def say_it(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Take what is said of a row for its own: what came of others is said anew."""
    apps.get_model("measures", "RejectedRow").objects.update(of_itself=F("reason"))


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_what_is_wrong_of_itself")]

    operations = [migrations.RunPython(say_it, migrations.RunPython.noop)]
