"""The tree in the database: its tiles, and any hash of it from a few of them."""

from collections.abc import Iterable

from makegood.kernel.ledger.merkle import subtree_root
from makegood.kernel.ledger.models import Leaf, Tile, TreeHead
from makegood.kernel.ledger.notes import HASH_BYTES
from makegood.kernel.ledger.proofs import (
    Stretch,
    consistency_stretches,
    inclusion_stretches,
    stretch_root,
)
from makegood.kernel.ledger.tiles import HEIGHT, WIDTH, Place, newly_full, width_at


def keep_full_tiles(before: int, after: int) -> None:
    """Keep the tiles that became full as the tree grew; its leaves stand already."""
    for level, full in newly_full(before, after):
        hashes = _row(level, start=full.start * WIDTH, stop=full.stop * WIDTH)
        Tile.objects.bulk_create(
            Tile(
                level=level,
                index=index,
                hashes=b"".join(tile),
                root=subtree_root(tile).hex(),
            )
            for index, tile in zip(full, _in_tiles(hashes), strict=True)
        )


def hashes_in(place: Place) -> bytes | None:
    """Return the hashes of a tile side by side; None where the tree is not so large."""
    if place.is_full:
        tile = Tile.objects.filter(level=place.level, index=place.index).first()
        return bytes(tile.hashes) if tile else None
    row = _row(place.level, start=place.start, stop=place.start + place.width)
    return b"".join(row) if len(row) == place.width else None


def is_kept(place: Place) -> bool:
    """Return whether the tree had this tile in this width when one of its roots was kept."""
    smallest, more = place.sizes()
    heads = TreeHead.objects.filter(size__gte=smallest)
    return heads.exists() if place.is_full else heads.filter(size__lt=more).exists()


class Tree:
    """The tree at one of its sizes; each tile is asked for once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tiles: dict[tuple[int, int], bytes] = {}

    def inclusion(self, index: int) -> list[bytes]:
        """Return the proof that leaf ``index`` stands in this tree, from the leaf up."""
        return self._roots(inclusion_stretches(index, size=self.size))

    def consistency(self, old: int) -> list[bytes]:
        """Return the proof that the tree of ``old`` entries is the beginning of this one."""
        return self._roots(consistency_stretches(old, size=self.size))

    def root(self) -> bytes:
        """Return the root of this tree, from its tiles."""
        return stretch_root((0, self.size), subtrees=self.subtree)

    def subtree(self, height: int, index: int) -> bytes:
        """Return the root of a complete subtree, out of the one tile it stands in."""
        level, within = divmod(height, HEIGHT)
        first = index << within
        tile = self._tile(level, first // WIDTH)
        start = first % WIDTH
        wanted = tile[start * HASH_BYTES : (start + (1 << within)) * HASH_BYTES]
        return subtree_root(_apart(wanted))

    def _roots(self, stretches: Iterable[Stretch]) -> list[bytes]:
        return [stretch_root(each, subtrees=self.subtree) for each in stretches]

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._tiles:
            width = width_at(self.size, level=level, index=index)
            found = hashes_in(Place(level=level, index=index, width=width))
            if found is None:
                raise LookupError(f"The tree has no tile {level}/{index} of {width}.")
            self._tiles[level, index] = found
        return self._tiles[level, index]


def _row(level: int, *, start: int, stop: int) -> list[bytes]:
    """Return the hashes of a level from one number up to another, from leaves or from tiles below."""
    rows = (
        Tile.objects.filter(level=level - 1, index__gte=start, index__lt=stop)
        .order_by("index")
        .values_list("root", flat=True)
        if level
        else Leaf.objects.filter(index__gte=start, index__lt=stop)
        .order_by("index")
        .values_list("hash", flat=True)
    )
    return [bytes.fromhex(each) for each in rows]


def _in_tiles(hashes: list[bytes]) -> list[list[bytes]]:
    return [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]


def _apart(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
