"""The kernel's tables are the ledger's."""

from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead

__all__ = ["Entry", "Leaf", "Recorded", "Stream", "TreeHead"]
