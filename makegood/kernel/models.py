"""The kernel's tables: the ledger's, letters on their way, and files that are kept."""

from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead
from makegood.kernel.letters.models import Letter

__all__ = ["Entry", "KeptFile", "Leaf", "Letter", "Recorded", "Stream", "TreeHead"]
