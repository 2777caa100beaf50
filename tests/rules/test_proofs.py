"""Proofs against RFC 6962's own words, and against every lie that is easily told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from makegood.kernel.ledger.merkle import leaf_hash, root_of
from makegood.kernel.ledger.proofs import (
    consistency_stretches,
    inclusion_stretches,
    root_by_inclusion,
    roots_by_consistency,
    stretch_root,
)

EIGHT = tuple(
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
)  # fmt: skip
"""The leaves that Certificate Transparency's own tests are made of."""
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
GROWN = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
SIZES = st.integers(1, 300)


def in_memory(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    return lambda height, index: root_of(leaves[index << height : (index + 1) << height])


def path_of(leaves: list[bytes], stretches: list[tuple[int, int]]) -> list[bytes]:
    return [stretch_root(each, subtrees=in_memory(leaves)) for each in stretches]


def some_leaves(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4)) for number in range(size)]


@pytest.mark.parametrize("size", range(9))
def test_the_eight_leaves_have_their_known_roots(size: int) -> None:
    assert root_of(map(leaf_hash, EIGHT[:size])).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "known"), PATHS.items())
def test_the_eight_leaves_have_their_known_proofs(
    place: tuple[int, int], known: tuple[str, ...]
) -> None:
    index, size = place
    leaves = [leaf_hash(each) for each in EIGHT[:size]]
    path = path_of(leaves, inclusion_stretches(index, size=size))
    assert tuple(each.hex() for each in path) == known
    root = root_by_inclusion(leaves[index], index=index, size=size, path=path)
    assert root.hex() == ROOTS[size]


@pytest.mark.parametrize(("sizes", "known"), GROWN.items())
def test_the_eight_leaves_have_their_known_consistency(
    sizes: tuple[int, int], known: tuple[str, ...]
) -> None:
    old, size = sizes
    leaves = [leaf_hash(each) for each in EIGHT[:size]]
    path = path_of(leaves, consistency_stretches(old, size=size))
    assert tuple(each.hex() for each in path) == known
    roots = roots_by_consistency(bytes.fromhex(ROOTS[old]), old=old, size=size, path=path)
    assert tuple(each.hex() for each in roots) == (ROOTS[old], ROOTS[size])


def defined_path(index: int, data: list[bytes]) -> list[bytes]:
    """Return PATH(m, D[n]) as section 2.1.1 of RFC 6962 defines it, over leaf hashes."""
    if len(data) == 1:
        return []
    split = 1 << ((len(data) - 1).bit_length() - 1)
    if index < split:
        return [*defined_path(index, data[:split]), root_of(data[split:])]
    return [*defined_path(index - split, data[split:]), root_of(data[:split])]


def defined_proof(old: int, data: list[bytes], *, whole: bool = True) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b) as section 2.1.2 of RFC 6962 defines it, over leaf hashes."""
    if old == len(data):
        return [] if whole else [root_of(data)]
    split = 1 << ((len(data) - 1).bit_length() - 1)
    if old <= split:
        return [*defined_proof(old, data[:split], whole=whole), root_of(data[split:])]
    return [*defined_proof(old - split, data[split:], whole=False), root_of(data[:split])]


@given(SIZES, st.data())
def test_a_proof_is_the_one_that_is_defined_and_gives_the_root(
    size: int, data: st.DataObject
) -> None:
    index, leaves = data.draw(st.integers(0, size - 1)), some_leaves(size)
    path = path_of(leaves, inclusion_stretches(index, size=size))
    assert path == defined_path(index, leaves)
    assert len(path) <= size.bit_length()
    root = root_by_inclusion(leaves[index], index=index, size=size, path=path)
    assert root == root_of(leaves)


@given(SIZES, st.data())
def test_consistency_is_the_one_that_is_defined_and_gives_both_roots(
    size: int, data: st.DataObject
) -> None:
    old, leaves = data.draw(st.integers(1, size)), some_leaves(size)
    path = path_of(leaves, consistency_stretches(old, size=size))
    assert path == defined_proof(old, leaves)
    first = root_of(leaves[:old])
    assert roots_by_consistency(first, old=old, size=size, path=path) == (first, root_of(leaves))


@given(st.integers(2, 200), st.data())
def test_a_lie_gives_another_root(size: int, data: st.DataObject) -> None:
    index, leaves = data.draw(st.integers(0, size - 1)), some_leaves(size)
    path = path_of(leaves, inclusion_stretches(index, size=size))
    lie = hashlib.sha256(b"lie").digest()
    assert root_by_inclusion(lie, index=index, size=size, path=path) != root_of(leaves)
    wrong = data.draw(st.integers(0, len(path) - 1))
    path[wrong] = lie
    assert root_by_inclusion(leaves[index], index=index, size=size, path=path) != root_of(leaves)


@given(st.integers(2, 200), st.data())
def test_a_rewritten_tree_is_not_consistent(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    changed = data.draw(st.integers(0, old - 1))
    before = some_leaves(old)
    after = some_leaves(size)
    after[changed] = leaf_hash(b"rewritten")
    path = path_of(after, consistency_stretches(old, size=size))
    roots = roots_by_consistency(root_of(before), old=old, size=size, path=path)
    assert roots != (root_of(before), root_of(after))


@pytest.mark.parametrize("more", [-1, 1])
def test_a_proof_of_another_length_is_none(more: int) -> None:
    leaves = some_leaves(6)
    path = path_of(leaves, inclusion_stretches(2, size=6))
    path = path[:more] if more < 0 else [*path, leaves[0]]
    with pytest.raises(ValueError, match="zip"):
        root_by_inclusion(leaves[2], index=2, size=6, path=path)


@given(st.integers(-3, 10), st.integers(0, 10))
def test_what_is_not_there_has_no_proof(number: int, size: int) -> None:
    assume(not 0 <= number < size)
    with pytest.raises(ValueError, match="has no entry"):
        inclusion_stretches(number, size=size)
    if not 0 < number <= size:
        with pytest.raises(ValueError, match="is not the beginning"):
            consistency_stretches(number, size=size)
