"""The ledger as lines of JSON that anyone can verify with the standard library."""

import json
from collections.abc import Iterator

from makegood.kernel.ledger.models import Leaf, TreeHead


def exported_lines() -> Iterator[str]:
    """Yield every entry in the tree in order, then every root that was kept, a JSON line each."""
    leaves = Leaf.objects.select_related("entry").order_by("index")
    for leaf in leaves.iterator(chunk_size=2000):
        entry = json.loads(leaf.entry.canonical())
        yield json.dumps({"index": leaf.index, "hash": leaf.hash, "entry": entry})
    for size, root in TreeHead.objects.order_by("size").values_list("size", "root"):
        yield json.dumps({"size": size, "root": root})
