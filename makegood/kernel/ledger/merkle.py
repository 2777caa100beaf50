"""The Merkle tree of RFC 6962: leaves, roots, and trees that grow in logarithmic time."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from makegood.kernel.ledger.tiles import HEIGHT

LEAF, NODE = b"\x00", b"\x01"
EMPTY_ROOT = hashlib.sha256().digest()
_sha256 = hashlib.sha256


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf (32 bytes); the prefix keeps leaves and nodes apart."""
    return _sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node (32 bytes)."""
    return _sha256(NODE + left + right).digest()


def folded(peaks: Sequence[bytes]) -> bytes:
    """Return the root over the roots of complete subtrees, the largest first; of none, that of nothing."""
    if not peaks:
        return EMPTY_ROOT
    *rest, root = peaks
    for peak in reversed(rest):
        root = node_hash(peak, root)
    return root


@dataclass(frozen=True)
class Frontier:
    """A tree of ``size`` leaves, kept as the roots of its complete subtrees, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(f"A tree of {self.size} leaves has {self.size.bit_count()} peaks.")

    def extended(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the frontier with more leaf hashes, in their order."""
        tree = GrowingTree(self.size, list(self.peaks))
        for leaf in leaves:
            tree.append(leaf)
        return Frontier(tree.size, tuple(tree.peaks))

    def root(self) -> bytes:
        """Return the root of the tree (32 bytes); of no leaves, the hash of nothing."""
        return folded(self.peaks)


@dataclass
class GrowingTree:
    """A tree to which leaves are added in place, one after another, as fast as they can be hashed."""

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)
    full: list[bytes] = field(default_factory=list)
    """The roots of tiles that became full, level by level, until whoever needs them takes them out."""

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        peaks, size, height = self.peaks, self.size, 0
        self.size += 1
        while size & 1:
            leaf = _sha256(NODE + peaks.pop() + leaf).digest()
            size >>= 1
            height += 1
            if not height % HEIGHT:
                self.full.append(leaf)
        peaks.append(leaf)

    def root(self) -> bytes:
        """Return the root of the tree as it stands (32 bytes)."""
        return folded(self.peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes in order."""
    return Frontier().extended(leaves).root()


def subtree_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the roots of subtrees of one height; there are 1, 2, 4, 8 … of them."""
    while len(hashes) > 1:
        hashes = [node_hash(left, right) for left, right in _pairs(hashes)]
    return hashes[0]


def _pairs(hashes: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    return zip(hashes[::2], hashes[1::2], strict=True)
