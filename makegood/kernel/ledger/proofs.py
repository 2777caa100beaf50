"""Proofs of RFC 6962: that an entry stands in a tree, and that one tree is the beginning of another.

A proof is a few hashes, each of a stretch of leaves; which stretches, follows from the sizes alone.
"""

from collections.abc import Callable, Sequence

from makegood.kernel.ledger.merkle import folded, node_hash

Stretch = tuple[int, int]
"""Leaves from the first number up to the second, that one left out."""
Subtrees = Callable[[int, int], bytes]
"""Returns the root of the complete subtree of a height and a number along that height."""


def inclusion_stretches(index: int, *, size: int) -> list[Stretch]:
    """Return what a proof that leaf ``index`` stands in a tree of ``size`` is made of, from the leaf up."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} has no entry {index}.")
    start, stop, found = 0, size, []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_stretches(old: int, *, size: int) -> list[Stretch]:
    """Return what a proof that a tree of ``old`` begins one of ``size`` is made of, from below up.

    Where the older tree is one complete subtree, it is not said again: whoever checks has its root.
    """
    if not 0 < old <= size:
        raise ValueError(f"A tree of {old} is not the beginning of one of {size}.")
    start, stop, found = 0, size, []
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            found.append((middle, stop))
            stop = middle
        else:
            found.append((start, middle))
            start = middle
    return [*([(start, stop)] if start else []), *found[::-1]]


def stretch_root(stretch: Stretch, *, subtrees: Subtrees) -> bytes:
    """Return the root over a stretch of a proof, of the complete subtrees it falls into."""
    start, stop = stretch
    roots = []
    while start < stop:
        height = (stop - start).bit_length() - 1
        roots.append(subtrees(height, start >> height))
        start += 1 << height
    return folded(roots)


def root_by_inclusion(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root of the tree of ``size`` in which ``leaf`` is number ``index``, by its proof."""
    root = leaf
    for (start, _), hashed in zip(inclusion_stretches(index, size=size), path, strict=True):
        root = node_hash(root, hashed) if start > index else node_hash(hashed, root)
    return root


def roots_by_consistency(
    old_root: bytes, *, old: int, size: int, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Return the roots that a proof gives of the older tree and of the newer one."""
    stretches = consistency_stretches(old, size=size)
    steps = list(zip(stretches, path, strict=True))
    first = last = old_root
    if steps and steps[0][0][1] == old:
        first = last = path[0]
        steps = steps[1:]
    for (start, _), hashed in steps:
        if start >= old:
            last = node_hash(last, hashed)
        else:
            first, last = node_hash(hashed, first), node_hash(hashed, last)
    return first, last


def _split(leaves: int) -> int:
    return 1 << ((leaves - 1).bit_length() - 1)
