"""The tree cut into tiles: addresses and widths as c2sp.org/tlog-tiles gives them, and the whole again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.ledger.merkle import leaf_hash, root_of, subtree_root
from makegood.kernel.ledger.tiles import (
    WIDTH,
    Place,
    newly_full,
    read_address,
    width_at,
)

SIZES = st.integers(1, 2**40)
LEVELS = st.integers(0, 3)


def test_the_example_of_the_specification_is_written_so() -> None:
    assert Place(index=1234067).address == "x001/x234/067"
    assert Place(index=0, width=5).address == "000.p/5"
    assert read_address("x001/x234/067") == Place(index=1234067)


@given(st.integers(0, 2**50), st.integers(1, WIDTH), LEVELS)
def test_every_tile_has_one_address(index: int, width: int, level: int) -> None:
    place = Place(level=level, index=index, width=width)
    assert read_address(place.address, level=level) == place


@pytest.mark.parametrize(
    "address",
    ["", "1", "0001", "x000/001", "x001/x234/67", "001.p/0", "001.p/256", "001.p/007", "001.p/",
     "001/x002", "x001", "-01", "٠٠١", "001.p/1/", "001\n"],
)  # fmt: skip
def test_no_other_way_of_writing_is_read(address: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        read_address(address)


def test_a_level_that_no_log_reaches_is_none() -> None:
    with pytest.raises(ValueError, match="no address"):
        read_address("000", level=8)


def test_the_tree_of_the_specification_has_these_tiles() -> None:
    size = 70_000
    assert width_at(size, level=0, index=272) == WIDTH
    assert width_at(size, level=0, index=273) == 112
    assert width_at(size, level=1, index=0) == WIDTH
    assert width_at(size, level=1, index=1) == 17
    assert width_at(size, level=2, index=0) == 1
    assert width_at(size, level=0, index=274) == width_at(size, level=3, index=0) == 0
    assert width_at(256, level=0, index=0) == WIDTH
    assert width_at(256, level=1, index=0) == 1


@given(SIZES, LEVELS)
def test_a_tile_is_of_the_sizes_it_says(size: int, level: int) -> None:
    index = max(0, (size >> 8 * level) - 1) // WIDTH
    width = width_at(size, level=level, index=index)
    if width:
        place = Place(level=level, index=index, width=width)
        smallest, more = place.sizes()
        assert smallest <= size
        assert place.is_of(size)
        assert place.is_of(smallest)
        assert place.is_full or not place.is_of(more)
        assert not place.is_of(smallest - 1)


@given(st.integers(0, 200_000), st.integers(0, 70_000))
def test_growing_fills_each_tile_once(before: int, more: int) -> None:
    filled = {(level, index) for level, full in newly_full(before, before + more) for index in full}
    wanted = {
        (level, index)
        for level in range(3)
        for index in range(before >> 8 * (level + 1), (before + more) >> 8 * (level + 1))
    }
    assert filled == wanted


@given(st.integers(0, 9))
def test_the_root_of_a_subtree_is_that_of_its_leaves(height: int) -> None:
    leaves = [leaf_hash(bytes([number % 256])) for number in range(1 << height)]
    assert subtree_root(leaves) == root_of(leaves)
