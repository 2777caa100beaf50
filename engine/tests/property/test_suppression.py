"""Hidden numbers stay hidden: every table that fits what is shown is tried, one by one."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from thorough import examples

from makegood_engine.themes import Hidden, hide
from makegood_engine.themes.suppression import SMALLEST, WIDTH

Ints = NDArray[np.int64]


def rows_that_fit(
    row: Ints, hidden: NDArray[np.bool_], total: int | None, caps: Ints
) -> set[tuple[int, ...]]:
    """Every row of whole numbers that has the numbers shown and their total."""
    choices = [
        range(int(cap) + 1) if gone else [int(value)]
        for value, gone, cap in zip(row, hidden, caps, strict=True)
    ]
    return {found for found in product(*choices) if total is None or sum(found) == total}


def ranges(found: set[tuple[int, ...]], place: int) -> set[int]:
    return {row[place] for row in found}


@st.composite
def themes(draw: st.DrawFn) -> tuple[Ints, Ints]:
    """One theme's counts within two to four groups of one to nine stories."""
    sizes = draw(st.lists(st.integers(1, 9), min_size=2, max_size=4))
    counts = [draw(st.integers(0, size)) for size in sizes]
    return np.array([counts]), np.array([sizes])


@given(table=themes())
@settings(max_examples=examples(150), deadline=None)
def test_no_hidden_number_can_be_worked_out(table: tuple[Ints, Ints]) -> None:
    counts, sizes = table
    hidden = hide(counts, sizes)
    small_shown = (counts < SMALLEST) & ~hidden.cells
    assert not small_shown.any()
    assert not ((sizes < SMALLEST) & ~hidden.sizes).any()
    everyone = np.full_like(sizes[0], sizes.sum())
    groups = rows_that_fit(sizes[0], hidden.sizes[0], int(sizes.sum()), everyone)
    total = None if hidden.totals[0] else int(counts.sum())
    fits = {
        row
        for group in groups
        for row in rows_that_fit(counts[0], hidden.cells[0], total, np.array(group))
    }
    assert tuple(counts[0]) in fits
    for place in np.flatnonzero(hidden.cells[0]):
        known = ranges(fits, int(place))
        assert len(known) >= (2 if hidden.sizes[0].all() else WIDTH)
    for place in np.flatnonzero(hidden.sizes[0]):
        assert len(ranges(groups, int(place))) >= 2


@st.composite
def choices(draw: st.DrawFn) -> tuple[Ints, Ints]:
    """Stories with exactly one of two or three themes, in two or three groups of five or more."""
    groups = draw(st.integers(2, 3))
    most = 9 if groups == 2 else 5
    rows = draw(st.integers(2, 3))
    cell = st.integers(0, most)
    counts = np.array(
        draw(
            st.lists(st.lists(cell, min_size=groups, max_size=groups), min_size=rows, max_size=rows)
        )
    )
    counts[0] += np.maximum(0, 5 - counts.sum(axis=0))
    return counts, np.broadcast_to(counts.sum(axis=0), counts.shape).copy()


def tables_that_fit(counts: Ints, hidden: Hidden) -> set[tuple[int, ...]]:
    """Every table that has what is shown, row by row, and whose columns hold every story."""
    sizes = counts.sum(axis=0)
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), (0,) * len(sizes))]
    for row, gone, total_gone in zip(counts, hidden.cells, hidden.totals, strict=True):
        total = None if total_gone else int(row.sum())
        options = rows_that_fit(row, gone, total, sizes)
        longer = []
        for flat, sums in found:
            for option in options:
                both = tuple(a + b for a, b in zip(sums, option, strict=True))
                if all(a <= b for a, b in zip(both, sizes, strict=True)):
                    longer.append((flat + option, both))
        found = longer
    return {flat for flat, sums in found if sums == tuple(sizes)}


@given(table=choices())
@settings(max_examples=examples(20), deadline=None)
def test_nor_where_every_story_has_exactly_one_theme(table: tuple[Ints, Ints]) -> None:
    counts, sizes = table
    hidden = hide(counts, sizes, one_each=True)
    fits = tables_that_fit(counts, hidden)
    assert tuple(counts.ravel()) in fits
    everything = hidden.cells.all() and hidden.totals.all()
    for place in np.flatnonzero(hidden.cells.ravel()):
        assert len(ranges(fits, int(place))) >= (2 if everything else WIDTH)


def test_the_columns_are_used_against_us_only_where_they_add_up() -> None:
    """Two themes of one hidden cell each are safe alone, and not where the themes fill a group."""
    counts = np.array([[2, 8], [8, 6]])
    sizes = np.array([[10, 14]] * 2)
    assert not hide(counts, sizes).cells[1].any()
    assert hide(counts, sizes, one_each=True).cells[1].sum() >= 2
    assert len(tables_that_fit(counts, hide(counts, sizes, one_each=True))) >= WIDTH


def test_nothing_is_hidden_without_need() -> None:
    counts, sizes = np.array([[5, 9, 12]]), np.array([[20, 20, 20]])
    hidden = hide(counts, sizes)
    assert not hidden.cells.any()
    assert not hidden.totals.any()
    assert not hidden.sizes.any()
