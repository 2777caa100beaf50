# ruff: noqa: PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""The rules, once, compiled. Runners bring it data; the tests hold it to a slow plain oracle.

Data come flat: the points of all groups one after another, `starts` saying where each group
begins (and, last, where the final one ends). A group is a series, or a part of one between
rebases. A missing value is NaN: it breaks runs, carries no label and never counts.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Bytes = NDArray[np.int8]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-12
"""A value within this part of the mean is on the mean."""


@njit(cache=True, nogil=True)
def label_groups(
    values: Floats,
    starts: Longs,
    better: Bytes,
    fix_after: Longs,
    screen_outliers: Flags,
    rules: Floats,
    mean: Floats,
    lower: Floats,
    upper: Floats,
    outside: Flags,
    side: Bytes,
    close: Flags,
    cause: Bytes,
    kind: Bytes,
) -> None:
    """Label every point of every group, writing into the last eight arrays.

    `values` float64[n]; `starts` int64[g + 1]; per group: `better` int8 (1 up, -1 down, 0
    neutral), `fix_after` int64 (0: limits from all points), `screen_outliers` bool; `rules` is
    (limit, near, screen, shift, trend). Out, per group: `mean`, `lower`, `upper` float64[g] (NaN
    where unknown). Out, per point: `outside`, `close` bool, `side` int8 (-1, 0, 1), `cause` int8
    (place in `RuleSet.labels`), `kind` int8 (place in `POINT_TYPES`).
    """
    for g in range(starts.size - 1):
        first, end = starts[g], starts[g + 1]
        until = end if fix_after[g] <= 0 else min(end, first + fix_after[g])
        mean[g] = _mean(values, first, until)
        screen = rules[2] if screen_outliers[g] else 0.0
        amr = _mean_moving_range(values, first, until, screen)
        lower[g] = mean[g] - rules[0] * amr
        upper[g] = mean[g] + rules[0] * amr
        near = rules[1] * rules[0] * amr
        _place(values, first, end, mean[g], lower[g], upper[g], near, outside, side, close)
        _mark_shifts(side, first, end, int(rules[3]), cause)
        _mark_two_in_three(side, close, first, end, cause)
        _mark_trends(values, first, end, int(rules[4]), cause)
        for i in range(first, end):
            if outside[i]:
                cause[i] = 1 if side[i] > 0 else 2
            kind[i] = _kind_of(cause[i], better[g])


@njit(cache=True, nogil=True)
def _mean(values: Floats, first: int, end: int) -> float:
    """Mean of the known values, corrected once for rounding (as R's is)."""
    total, n = 0.0, 0
    for i in range(first, end):
        if not np.isnan(values[i]):
            total += values[i]
            n += 1
    if n == 0:
        return np.nan
    rough, rest = total / n, 0.0
    for i in range(first, end):
        if not np.isnan(values[i]):
            rest += values[i] - rough
    return rough + rest / n


@njit(cache=True, nogil=True)
def _mean_moving_range(values: Floats, first: int, end: int, screen: float) -> float:
    """Mean step between neighbours, once more without the steps of `screen` means or above."""
    total, n = 0.0, 0
    for i in range(first + 1, end):
        step = abs(values[i] - values[i - 1])
        if not np.isnan(step):
            total += step
            n += 1
    if n == 0:
        return np.nan
    average = total / n
    if screen <= 0.0 or total == 0.0:
        return average
    kept, m = 0.0, 0
    for i in range(first + 1, end):
        step = abs(values[i] - values[i - 1])
        if step < screen * average:
            kept += step
            m += 1
    return kept / m


@njit(cache=True, nogil=True)
def _place(
    values: Floats,
    first: int,
    end: int,
    mean: float,
    lower: float,
    upper: float,
    near: float,
    outside: Flags,
    side: Bytes,
    close: Flags,
) -> None:
    """Say where each point lies: side of the mean, outside the limits, close to them."""
    for i in range(first, end):
        value = values[i]
        apart = value - mean
        outside[i] = close[i] = False
        side[i] = 0
        if np.isnan(value) or abs(apart) <= TOLERANCE * max(abs(value), abs(mean)):
            continue
        side[i] = 1 if apart > 0 else -1
        if value > upper or value < lower:
            outside[i] = True
        elif value > mean + near or value < mean - near:
            close[i] = True


@njit(cache=True, nogil=True)
def _mark_shifts(side: Bytes, first: int, end: int, length: int, cause: Bytes) -> None:
    """Mark runs of `length` or more on one side; every other point becomes common cause."""
    i = first
    while i < end:
        j = i + 1
        while j < end and side[j] == side[i]:
            j += 1
        code = 0
        if side[i] != 0 and j - i >= length:
            code = 7 if side[i] > 0 else 8
        for k in range(i, j):
            cause[k] = code
        i = j


@njit(cache=True, nogil=True)
def _mark_two_in_three(side: Bytes, close: Flags, first: int, end: int, cause: Bytes) -> None:
    """Mark close points of any three on one side of which two or more are close."""
    for i in range(first, end - 2):
        if side[i] == 0 or side[i] != side[i + 1] or side[i] != side[i + 2]:
            continue
        if int(close[i]) + int(close[i + 1]) + int(close[i + 2]) < 2:
            continue
        for j in range(i, i + 3):
            if close[j]:
                cause[j] = 5 if side[i] > 0 else 6


@njit(cache=True, nogil=True)
def _mark_trends(values: Floats, first: int, end: int, length: int, cause: Bytes) -> None:
    """Mark runs of `length` points each strictly beyond the last; a shared point goes forward."""
    i = first
    while i < end - 1:
        step = _step(values, i)
        j = i + 1
        while j < end - 1 and step != 0 and _step(values, j) == step:
            j += 1
        if step != 0 and j - i + 1 >= length:
            for k in range(i, j + 1):
                cause[k] = 3 if step > 0 else 4
        i = j


@njit(cache=True, nogil=True)
def _step(values: Floats, i: int) -> int:
    """Direction from point `i` to the next; 0 for a tie or a missing value."""
    if values[i + 1] > values[i]:
        return 1
    if values[i + 1] < values[i]:
        return -1
    return 0


@njit(cache=True, nogil=True)
def _kind_of(cause: int, better: int) -> int:
    """Turn a cause and the better direction into a place in `POINT_TYPES`."""
    if cause == 0:
        return 0
    high = cause % 2 == 1
    if better == 0:
        return 3 if high else 4
    return 1 if high == (better > 0) else 2
