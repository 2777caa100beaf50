"""The kernel's tables: the ledger's, letters on their way, and files that are kept."""

from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.models import (
    Checkpoint,
    Entry,
    Leaf,
    LogKey,
    Recorded,
    Stream,
    Tile,
    TreeHead,
)
from makegood.kernel.letters.models import Letter

__all__ = [
    "Checkpoint",
    "Entry",
    "KeptFile",
    "Leaf",
    "Letter",
    "LogKey",
    "Recorded",
    "Stream",
    "Tile",
    "TreeHead",
]
