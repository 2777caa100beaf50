"""The kernel's tables: the ledger's, and letters on their way."""

from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead
from makegood.kernel.letters.models import Letter

__all__ = ["Entry", "Leaf", "Letter", "Recorded", "Stream", "TreeHead"]
