"""The tiles that are full already, of the leaves that stand; and the turn of whoever adds to the tree."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from makegood.kernel.ledger.merkle import subtree_root

WIDTH = 256


def keep_tiles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("kernel", "Stream").objects.get_or_create(name="tree")
    Tile = apps.get_model("kernel", "Tile")
    leaves = apps.get_model("kernel", "Leaf").objects.order_by("index")
    row = (bytes.fromhex(each) for each in leaves.values_list("hash", flat=True).iterator())
    for level in range(8):
        roots, index, tile = [], 0, []
        for each in row:
            tile.append(each)
            if len(tile) == WIDTH:
                root = subtree_root(tile)
                Tile.objects.create(
                    level=level, index=index, hashes=b"".join(tile), root=root.hex()
                )
                roots.append(root)
                index, tile = index + 1, []
        row = iter(roots)


def forget_tiles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("kernel", "Tile").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0005_tiles_keys_and_checkpoints"),
    ]

    operations = [
        migrations.RunPython(keep_tiles, forget_tiles),
    ]
