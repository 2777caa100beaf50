"""Entries as they are served, 256 side by side (c2sp.org/tlog-tiles): each with its length before it."""

import struct

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.tiles import Place

LENGTH = struct.Struct(">H")


def entries_in(place: Place) -> list[Entry]:
    """Return the entries of a tile of leaves, in their order."""
    indexes = range(place.start, place.start + place.width)
    found = Entry.objects.filter(leaf__index__gte=indexes.start, leaf__index__lt=indexes.stop)
    return list(found.order_by("leaf__index"))


def bundled(entries: list[Entry]) -> bytes:
    """Return entries as a bundle: for each its length in two bytes, then its canonical JSON."""
    written = (entry.canonical() for entry in entries)
    return b"".join(LENGTH.pack(len(each)) + each for each in written)
