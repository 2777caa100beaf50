"""The ledger as lines of JSON that anyone can verify with the standard library."""

import json
from collections.abc import Iterator

from makegood.kernel.ledger.models import Checkpoint, Leaf, LogKey, TreeHead


def exported_lines() -> Iterator[str]:
    """Yield every entry in the tree in order, every root that was kept, every key and every checkpoint."""
    leaves = Leaf.objects.select_related("entry").order_by("index")
    for leaf in leaves.iterator(chunk_size=2000):
        entry = json.loads(leaf.entry.canonical())
        yield json.dumps({"index": leaf.index, "hash": leaf.hash, "entry": entry})
    heads = TreeHead.objects.order_by("size").values_list("size", "root")
    for size, root in heads.iterator(chunk_size=2000):
        yield json.dumps({"size": size, "root": root})
    for verifier in LogKey.objects.order_by("made_at", "pk").values_list("verifier", flat=True):
        yield json.dumps({"key": verifier})
    notes = Checkpoint.objects.order_by("head_id").values_list("note", flat=True)
    for note in notes.iterator(chunk_size=2000):
        yield json.dumps({"note": note})
