"""Hiding small numbers so that no hidden number can be worked out again from what is shown.

A count under `SMALLEST`, one that leaves 1 to 4 stories without the theme, and a group or a total as
small are hidden (*primary*). Then, wherever the totals would leave a hidden number fewer than
`WIDTH` possible values, or all hidden ones together come to so few, the smallest number still shown
beside it is hidden too (*secondary*), and the row's total at last. Ranges only widen as more is
hidden, so this ends. Where every story has exactly one theme, the themes of a group add up to its
stories; that is known to a reader, so it is used against us as well (by linear programming,
whose bounds are whole numbers for such tables).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

SMALLEST = 5
"""The smallest number that may be shown."""
WIDTH = 5
"""Possible values that a hidden number must keep, where the table is large enough."""
TOTAL = -1
"""In place of a group: all of them."""
RULE = (
    "Numbers under 5 are hidden, and those that leave under 5 without the theme; and others beside them, "
    "so that a hidden number cannot be worked out from the totals."
)
"""The rule, in words."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may not be shown.

    `cells` and `sizes` bool[themes, groups]; of each theme over all groups, `totals` bool[themes] its
    count and `stories` bool[themes] the stories it is counted among.
    """

    cells: Bools
    sizes: Bools
    totals: Bools
    stories: Bools


def hide(counts: Ints, sizes: Ints, *, one_each: bool = False) -> Hidden:
    """Say what to hide of `counts` among `sizes`, both int64[themes, groups].

    Shown beside them are each theme's total count and total stories. `one_each` says that every
    story has exactly one theme.
    """
    groups = [hide_sizes(row) for row in sizes]
    rows = [
        (np.ones_like(unknown), True) if nothing else _hide_row(count, size, unknown)
        for count, size, (unknown, nothing) in zip(counts, sizes, groups, strict=True)
    ]
    hidden = Hidden(
        np.array([row[0] for row in rows], dtype=bool).reshape(counts.shape),
        np.array([row[0] for row in groups], dtype=bool).reshape(sizes.shape),
        np.array([row[1] for row in rows], dtype=bool),
        np.array([row[1] for row in groups], dtype=bool),
    )
    if one_each and len(counts) and bool((sizes == sizes[0]).all()):
        _hide_across(counts, sizes[0], hidden)
    return hidden


def hide_sizes(sizes: Ints) -> tuple[Bools, bool]:
    """Which groups of int64[groups] are too small to show, or would give one away; and if their sum is.

    A reader knows that every group has one story at least.
    """
    hidden = sizes < SMALLEST
    while hidden.any():
        many = int(hidden.sum())
        if many > 1 and sizes[hidden].sum() - many >= WIDTH - 1:
            break
        if hidden.all():
            return hidden, True
        hidden[_smallest(sizes, ~hidden)] = True
    return hidden, False


def _hide_row(counts: Ints, sizes: Ints, unknown: Bools) -> tuple[Bools, bool]:
    """Which cells of one theme to hide, and whether its total: then all of them."""
    every = np.ones_like(unknown)
    if is_small(counts.sum(), sizes.sum()):
        return every, True
    hidden = is_small(counts, sizes) | unknown
    while hidden.any() and not _is_wide(counts, sizes, hidden, unknown):
        if hidden.all():
            return every, True
        hidden[_smallest(counts, ~hidden)] = True
    return hidden, False


def is_small(counts: Ints | np.int64, sizes: Ints | np.int64) -> Bools:
    """Whether counts, or what of the sizes they leave without the theme, are too small to show."""
    without = sizes - counts
    return np.asarray((counts < SMALLEST) | ((without > 0) & (without < SMALLEST)))


def _is_wide(counts: Ints, sizes: Ints, hidden: Bools, unknown: Bools) -> bool:
    """Whether the hidden cells of a row, and what they leave, have room, given all that is shown.

    Groups whose size is unknown share what stories the others leave, in any way.
    """
    shared = sizes[unknown].sum()
    room = sizes[hidden & ~unknown].sum() + shared
    caps = np.where(unknown, shared - unknown.sum() + 1, sizes)
    for part in (counts, sizes - counts):
        total = part[hidden].sum()
        highest = np.minimum(total, caps)
        lowest = np.maximum(0, total - room + np.where(unknown, 1, sizes))
        if total < SMALLEST or (highest - lowest < WIDTH - 1)[hidden].any():
            return False
    return True


def _smallest(numbers: Ints, among: Bools) -> int:
    return int(np.where(among, numbers, np.iinfo(np.int64).max).argmin())


def _hide_across(counts: Ints, sizes: Ints, hidden: Hidden) -> None:
    """Hide more, in place, where a group's stories would give away a cell or a theme's total."""
    safe: set[tuple[int, int]] = set()
    while weak := [goal for goal in _goals(hidden) if goal not in safe]:
        theme, group = weak[0]
        if _has_room(counts, sizes, hidden, theme=theme, group=group):
            safe.add(weak[0])
            continue
        beside = np.zeros_like(hidden.cells)
        if group == TOTAL:
            beside[:] = True
        else:
            beside[theme, :] = beside[:, group] = True
        beside &= ~hidden.cells
        if beside.any():
            hidden.cells.flat[_smallest(counts.ravel(), beside.ravel())] = True
        elif not hidden.totals.all():
            own = np.arange(len(counts)) == theme
            among = own if not hidden.totals[theme] else ~hidden.totals
            gone = _smallest(counts.sum(axis=1), among)
            hidden.totals[gone] = hidden.cells[gone] = True
        else:
            safe.add(weak[0])


def _goals(hidden: Hidden) -> list[tuple[int, int]]:
    """Every hidden cell by theme and group, and every hidden total."""
    cells = [(int(theme), int(group)) for theme, group in np.argwhere(hidden.cells)]
    return cells + [(int(theme), TOTAL) for theme in np.flatnonzero(hidden.totals)]


def _has_room(counts: Ints, sizes: Ints, hidden: Hidden, *, theme: int, group: int) -> bool:
    """Whether a hidden cell or total keeps room when every sum that is shown is used against it."""
    known = ~hidden.sizes[0]
    if group != TOTAL and known[group] and counts[hidden.cells[:, group], group].sum() < SMALLEST:
        return False
    places = np.argwhere(hidden.cells)
    themes, groups = places[:, 0], places[:, 1]
    left, right = [], []
    for row in np.flatnonzero(~hidden.totals):
        left.append(themes == row)
        right.append(counts[row][hidden.cells[row]].sum())
    for column in np.flatnonzero(known):
        left.append(groups == column)
        right.append(counts[:, column][hidden.cells[:, column]].sum())
    if not known.all():
        left.append(~known[groups])
        right.append(counts[:, ~known].sum())
    caps = np.where(known, sizes, sizes[~known].sum() - (~known).sum() + 1)[groups]
    goal = ((themes == theme) & ((groups == group) | (group == TOTAL))).astype(float)
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * goal, A_eq=np.array(left, dtype=float), b_eq=np.array(right, dtype=float),
            bounds=np.column_stack([np.zeros(len(caps)), caps]),
        )  # fmt: skip
        ends.append(sign * float(found.fun))
    return ends[1] - ends[0] >= WIDTH - 1 - 1e-6
