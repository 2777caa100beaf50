"""Hiding small numbers so that no hidden number can be worked out again from what is shown.

A count or a group under `SMALLEST` is hidden (*primary*). Then, wherever the totals would leave
a hidden number fewer than `WIDTH` possible values, the smallest number still shown beside it
is hidden too (*secondary*), and the row's total at last. Ranges only widen as more is hidden, so
this ends. Where every story has exactly one theme, the themes of a group add up to its
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
RULE = (
    "Numbers under 5 are hidden, and others beside them, so that a hidden number cannot be worked out "
    "from the totals."
)
"""The rule, in words."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What may not be shown: `cells` and `sizes` bool[themes, groups], `totals` bool[themes]."""

    cells: Bools
    sizes: Bools
    totals: Bools


def hide(counts: Ints, sizes: Ints, *, one_each: bool = False) -> Hidden:
    """Say what to hide of `counts` among `sizes`, both int64[themes, groups].

    Shown beside them are each theme's total count and total stories. `one_each` says that every
    story has exactly one theme.
    """
    hidden_sizes = np.array([_hide_sizes(row) for row in sizes], dtype=bool).reshape(sizes.shape)
    rows = [_hide_row(*row) for row in zip(counts, sizes, hidden_sizes, strict=True)]
    cells = np.array([row[0] for row in rows], dtype=bool).reshape(counts.shape)
    totals = np.array([row[1] for row in rows], dtype=bool)
    hidden = Hidden(cells, hidden_sizes, totals)
    if one_each and len(counts):
        _hide_across(counts, sizes[0], hidden)
    return hidden


def _hide_sizes(sizes: Ints) -> Bools:
    """Which of a row's groups are too small to show, or would give one away."""
    hidden = sizes < SMALLEST
    if len(sizes) == 1:
        return np.zeros(1, dtype=bool)
    while hidden.any() and not hidden.all():
        if hidden.sum() > 1 and sizes[hidden].sum() >= WIDTH - 1:
            break
        hidden[_smallest(sizes, ~hidden)] = True
    return hidden


def _hide_row(counts: Ints, sizes: Ints, unknown: Bools) -> tuple[Bools, bool]:
    """Which cells of one theme to hide, and whether its total."""
    hidden = (counts < SMALLEST) | unknown
    if counts.sum() < SMALLEST:
        return np.ones_like(hidden), True
    while hidden.any() and not _is_wide(counts, sizes, hidden, unknown):
        if hidden.all():
            return hidden, True
        hidden[_smallest(counts, ~hidden)] = True
    return hidden, False


def _is_wide(counts: Ints, sizes: Ints, hidden: Bools, unknown: Bools) -> bool:
    """Whether the hidden cells of a row have room, given their sum and the stories they share.

    Groups whose size is unknown share what stories the others leave, in any way.
    """
    total, shared = counts[hidden].sum(), sizes[unknown].sum()
    room = sizes[hidden & ~unknown].sum() + shared
    highest = np.minimum(total, np.where(unknown, shared, sizes))
    lowest = np.maximum(0, total - room + np.where(unknown, 0, sizes))
    return bool((highest - lowest >= WIDTH - 1)[hidden].all())


def _smallest(numbers: Ints, among: Bools) -> int:
    return int(np.where(among, numbers, np.iinfo(np.int64).max).argmin())


def _hide_across(counts: Ints, sizes: Ints, hidden: Hidden) -> None:
    """Hide more cells, in place, where a group's stories would give one away."""
    safe = np.zeros_like(hidden.cells)
    while (hidden.cells & ~safe).any():
        theme, group = (int(place) for place in np.argwhere(hidden.cells & ~safe)[0])
        if _has_room(counts, sizes, hidden, theme=theme, group=group):
            safe[theme, group] = True
            continue
        beside = np.zeros_like(hidden.cells)
        beside[theme, :] = beside[:, group] = True
        beside &= ~hidden.cells
        if beside.any():
            hidden.cells.flat[_smallest(counts.ravel(), beside.ravel())] = True
        elif not hidden.totals.all():
            own = np.arange(len(counts)) == theme
            among = own if not hidden.totals[theme] else ~hidden.totals
            hidden.totals[_smallest(counts.sum(axis=1), among)] = True
        else:
            safe[theme, group] = True


def _has_room(counts: Ints, sizes: Ints, hidden: Hidden, *, theme: int, group: int) -> bool:
    """Whether one hidden cell keeps room when every sum that is shown is used against it."""
    places = np.argwhere(hidden.cells)
    themes, groups = places[:, 0], places[:, 1]
    left, right = [], []
    for row in np.flatnonzero(~hidden.totals):
        left.append(themes == row)
        right.append(counts[row][hidden.cells[row]].sum())
    known = ~hidden.sizes[0]
    for column in np.flatnonzero(known):
        left.append(groups == column)
        right.append(counts[:, column][hidden.cells[:, column]].sum())
    if not known.all():
        left.append(~known[groups])
        right.append(counts[:, ~known].sum())
    caps = np.where(known, sizes, sizes[~known].sum())[groups]
    goal = ((themes == theme) & (groups == group)).astype(float)
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * goal, A_eq=np.array(left, dtype=float), b_eq=np.array(right, dtype=float),
            bounds=np.column_stack([np.zeros(len(caps)), caps]),
        )  # fmt: skip
        ends.append(sign * float(found.fun))
    return ends[1] - ends[0] >= WIDTH - 1 - 1e-6
