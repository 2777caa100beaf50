"""Hidden numbers stay hidden: every table that fits what is shown is tried, one by one."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from thorough import examples

from makegood_engine.themes import Hidden, hide, read_codings, theme_report
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
    """One theme's counts within one to four groups of one to twelve stories."""
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))
    counts = [draw(st.integers(0, size)) for size in sizes]
    return np.array([counts]), np.array([sizes])


def groups_that_fit(sizes: Ints, hidden: Hidden) -> set[tuple[int, ...]]:
    """Every set of group sizes, each of one story at least, that has the sizes shown and their sum."""
    everyone = np.full_like(sizes, sizes.sum())
    found = rows_that_fit(sizes, hidden.sizes[0], int(sizes.sum()), everyone)
    return {row for row in found if min(row) >= 1}


def told_of(counts: Ints, sizes: Ints, hidden: Hidden) -> Iterator[tuple[list[int], set[int]]]:
    """Each number that is hidden, or that is what others leave: its groups and all it may be.

    A number is of one group or of all whose count is hidden: those with the theme, those
    without it, and all there are.
    """
    gone = [int(place) for place in np.flatnonzero(hidden.cells[0])]
    fits = [
        (np.array(row), np.array(group))
        for group in groups_that_fit(sizes[0], hidden)
        for row in rows_that_fit(
            counts[0], hidden.cells[0],
            None if hidden.totals[0] else int(counts.sum()), np.array(group),
        )
    ]  # fmt: skip
    assert any((row == counts[0]).all() and (group == sizes[0]).all() for row, group in fits)
    for places in [*([place] for place in gone), gone]:
        yield places, {int(row[places].sum()) for row, _ in fits}
        yield places, {int((group - row)[places].sum()) for row, group in fits}
    for place in np.flatnonzero(hidden.sizes[0]):
        yield [int(place)], {int(group[place]) for _, group in fits}


def small(numbers: Ints) -> bool:
    return bool(((numbers > 0) & (numbers < SMALLEST)).any())


@given(table=themes())
@settings(max_examples=examples(150), deadline=None)
def test_no_hidden_number_can_be_worked_out(table: tuple[Ints, Ints]) -> None:
    counts, sizes = table
    hidden = hide(counts, sizes)
    assert not small(counts[~hidden.cells])
    assert not small((sizes - counts)[~hidden.cells])
    assert not small(sizes[~hidden.sizes])
    if hidden.stories[0]:
        assert hidden.sizes.all()
        assert hidden.cells.all()
        assert hidden.totals.all()
        return  # nothing at all is shown
    assert sizes.sum() >= SMALLEST
    if hidden.totals[0]:
        assert hidden.cells.all()
    else:
        assert not small(np.array([counts.sum(), (sizes - counts).sum()]))
    for places, numbers in told_of(counts, sizes, hidden):
        if len(places) == 1:
            assert len(numbers) >= WIDTH, (places, numbers)
        assert len(numbers) > 1 or not small(np.array(list(numbers))), (places, numbers)


@pytest.mark.parametrize(
    ("counts", "sizes", "hidden"),
    [
        ([2], [3], ([1], [1], 1, 1)),  # one group of under five, and so all stories
        ([4], [9], ([1], [0], 1, 0)),  # a total of under five
        ([7], [9], ([1], [0], 1, 0)),  # a total that leaves under five
        ([9], [9], ([0], [0], 0, 0)),  # one that leaves none
        # a group that leaves under five
        ([8, 10, 9], [10, 30, 30], ([1, 0, 1], [0, 0, 0], 0, 0)),
        # four in all hidden, or left by all hidden
        ([2, 2, 30, 40], [20, 20, 60, 60], ([1, 1, 1, 0], [0] * 4, 0, 0)),
        ([18, 18, 20, 30], [20, 20, 60, 60], ([1, 1, 1, 0], [0] * 4, 0, 0)),
        # two groups of five stories in all have four possible sizes; two of six have five
        ([0, 0, 30], [1, 4, 60], ([1, 1, 1], [1, 1, 1], 0, 0)),
        ([0, 0, 30], [2, 4, 60], ([1, 1, 1], [1, 1, 0], 0, 0)),
        # six stories in six groups are one each
        ([0] * 6, [1] * 6, ([1] * 6, [1] * 6, 1, 1)),
    ],
)
def test_each_rule_hides(
    counts: list[int], sizes: list[int], hidden: tuple[list[int], list[int], int, int]
) -> None:
    """What each rule hides: cells, group sizes, the total, and the number of stories."""
    found = hide(np.array([counts]), np.array([sizes]))
    cells, groups = found.cells[0].astype(int).tolist(), found.sizes[0].astype(int).tolist()
    assert (cells, groups, int(found.totals[0]), int(found.stories[0])) == hidden


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
    tables = np.array(sorted(fits)).reshape(-1, *counts.shape)
    everything = hidden.cells.all() and hidden.totals.all()
    for place in np.flatnonzero(hidden.cells.ravel()):
        assert len(ranges(fits, int(place))) >= (2 if everything else WIDTH)
    for row, gone in enumerate(hidden.cells):
        known = set(tables[:, row, gone].sum(axis=1).tolist())
        assert len(known) > 1 or not small(np.array(list(known)))
    for column, gone in enumerate(hidden.cells.T):
        known = set(tables[:, gone, column].sum(axis=1).tolist())
        assert len(known) > 1 or not small(np.array(list(known)))


def test_the_columns_are_used_against_us_only_where_they_add_up() -> None:
    """Two themes of one hidden cell each are safe alone, and not where the themes fill a group."""
    counts = np.array([[2, 8], [14, 11], [14, 11]])
    sizes = np.array([[30, 30]] * 3)
    assert not hide(counts, sizes).cells[1:].any()
    assert hide(counts, sizes, one_each=True).cells[1:].sum() >= 2
    assert len(tables_that_fit(counts, hide(counts, sizes, one_each=True))) >= WIDTH


def test_nothing_is_hidden_without_need() -> None:
    counts, sizes = np.array([[5, 9, 12]]), np.array([[20, 20, 20]])
    hidden = hide(counts, sizes)
    assert not hidden.cells.any()
    assert not hidden.totals.any()
    assert not hidden.sizes.any()


def coded(pairs: list[tuple[str, ...]]) -> dict[str, list[str | None]]:
    """Codings of stories by two coders: each pair has the codes that either gave, "" for none."""
    rows = [
        (f"s{i}", coder, code or None)
        for i, pair in enumerate(pairs)
        for coder, codes in zip(("Alice", "Bob"), pair, strict=True)
        for code in codes.split("+")
    ]
    return {name: [row[i] for row in rows] for i, name in enumerate(("unit", "coder", "code"))}


def by_what_is_shown(worlds: list[list[tuple[str, ...]]]) -> dict[str, set[int]]:
    """How many stories have “hope” in the worlds where that is hidden, by all else that is shown."""
    found: dict[str, set[int]] = defaultdict(set)
    for pairs in worlds:
        report = theme_report(read_codings(coded(pairs)), resamples=20).as_dict()
        number = sum(any("hope" in codes for codes in pair) for pair in pairs)
        lines = report["prevalence"]
        assert isinstance(lines, list)
        if next(line["suppressed"] for line in lines if line["theme"] == "hope"):
            found[json.dumps(report, sort_keys=True)].add(number)
    return found


def test_agreement_tells_no_hidden_number() -> None:
    """Of each theme, and overall: every world of ten stories that shows the same is tried."""
    stories, beside = 10, [("work", "work")] * 6 + [("work", ""), ("", "work"), ("", ""), ("", "")]
    worlds = [
        [
            (f"hope+{a}" if i < both + apart else a, f"hope+{b}" if i < both else b)
            for i, (a, b) in enumerate(beside)
        ]
        for both in range(stories + 1)
        for apart in range(stories + 1 - both)
        if both + apart
    ]
    worlds = [[(a.strip("+"), b.strip("+")) for a, b in pairs] for pairs in worlds]
    for numbers in by_what_is_shown(worlds).values():
        assert len(numbers) >= WIDTH


def test_nor_does_it_where_each_coder_chooses_one_code() -> None:
    """What the shown themes leave is the hidden one's, so their agreement is hidden too."""
    kinds = [("hope", "hope"), ("hope", "work"), ("hope", "home"), ("work", "home")]
    worlds = []
    for times in product(range(1, 3), range(2), range(2), range(4)):
        pairs = [kind for kind, many in zip(kinds, times, strict=True) for _ in range(many)]
        for homes in range(6, 9):
            ends = [("work", "work")] * (20 - len(pairs) - homes) + [("home", "home")] * homes
            worlds.append([*pairs, *ends])
    found = by_what_is_shown(worlds)
    whole = [numbers for numbers in found.values() if len(numbers) > 1]
    assert whole
    for shown in found:
        told = json.loads(shown)
        for one in (told["overall"], told["choice"], *told["codes"].values()):
            assert {one[part] for part in ("alpha", "lower", "upper", "units", "values")} == {None}
