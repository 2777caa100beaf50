# ruff: noqa: PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""The rules, once, compiled. Runners bring it data; the tests hold it to a slow plain oracle.

Data come flat: the points of all groups one after another, `starts` saying where each group
begins (and, last, where the final one ends). A group is a series, or a part of one between
rebases. A missing value is NaN: it breaks runs, carries no label and never counts.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Bytes = NDArray[np.int8]
Flags = NDArray[np.bool_]

TOLERANCE = 1e-12
"""A value within this part of the mean is on the mean."""
BLOCK = 16
"""Groups drawn before they are looked at: what was just written cannot be read at once."""
OUTSIDE, TREND, TWO_IN_THREE, SHIFT, ZONES = 1, 2, 4, 8, 16
"""What a quick look at a group may find."""


class Rules(NamedTuple):
    """A rule set in numbers; 0 (or NaN for `limit`) where it has no such rule.

    `two_in_three` is 1 where all three must lie on one side within the limits, 2 where the third
    may lie anywhere and points beyond the limits count.
    """

    limit: float
    near: float
    screen: float
    shift: int
    trend: int
    two_in_three: int
    four_in_five: int
    median: int


class Asked(NamedTuple):
    """How each group is to be watched, one entry a group.

    `better` int8 (1 up, -1 down, 0 neutral), `fix_after` int64 (0: limits from all points),
    `screen_outliers` bool, `varies` bool (limits differ from point to point).
    """

    better: Bytes
    fix_after: Longs
    screen_outliers: Flags
    varies: Flags


class Lines(NamedTuple):
    """The lines of each group: `mean` and `width` (mean to limit), float64[g]; NaN if unknown.

    Where limits vary, `mean` is given and `widths` float64[n] has the width at each point.
    """

    mean: Floats
    width: Floats
    widths: Floats


class Marks(NamedTuple):
    """What is said of each point [n]: see `points.Labels`."""

    outside: Flags
    side: Bytes
    close: Flags
    cause: Bytes
    kind: Bytes


@njit(cache=True, nogil=True)
def label_groups(
    values: Floats,
    starts: Longs,
    low: int,
    high: int,
    asked: Asked,
    rules: Rules,
    lines: Lines,
    marks: Marks,
) -> None:
    """Label every point of groups `low` to `high` (left out), writing into `lines` and `marks`.

    `values` float64[n]; `starts` int64[g + 1]. `cause` is a place in `RuleSet.labels`, `kind` one
    in `POINT_TYPES`. A rule is looked for closely only in a group that a quick look says has it.
    """
    spare = np.empty(np.diff(starts).max() if high > low else 0, np.int8)
    for block in range(low, high, BLOCK):
        until = min(high, block + BLOCK)
        for g in range(block, until):
            _draw(values, starts[g], starts[g + 1], g, asked, rules, lines, marks)
        for g in range(block, until):
            first, end = starts[g], starts[g + 1]
            seen = _look(values, first, end, rules, marks, spare)
            marks.cause[first:end] = 0
            marks.kind[first:end] = 0
            if seen:
                _mark(values, first, end, g, seen, asked, rules, lines, marks)


@njit(cache=True, nogil=True)
def _draw(
    values: Floats,
    first: int,
    end: int,
    g: int,
    asked: Asked,
    rules: Rules,
    lines: Lines,
    marks: Marks,
) -> None:
    """Draw the lines of one group and say where its points lie."""
    if asked.varies[g]:
        _place_varying(values, first, end, lines.mean[g], lines.widths, rules.near, marks)
        return
    fix = asked.fix_after[g]
    until = end if fix <= 0 else min(end, first + fix)
    screen = rules.screen if asked.screen_outliers[g] else 0.0
    mean, amr = _level_and_range(values, first, until, screen)
    if rules.median:
        mean = _median(values, first, until)
    lines.mean[g], lines.width[g] = mean, rules.limit * amr
    _place(values, first, end, mean, lines.width[g], rules.near, marks)


@njit(cache=True, nogil=True)
def _mark(
    values: Floats,
    first: int,
    end: int,
    g: int,
    seen: int,
    asked: Asked,
    rules: Rules,
    lines: Lines,
    marks: Marks,
) -> None:
    """Mark the points of one group rule by rule, the later rules over the earlier."""
    if seen & SHIFT:
        _mark_shifts(marks.side, first, end, rules.shift, marks.cause)
    if rules.four_in_five:
        _mark_four_in_five(values, first, end, g, asked, lines, marks)
    if seen & TWO_IN_THREE and rules.two_in_three == 1:
        _mark_two_on_one_side(marks, first, end)
    if seen & TWO_IN_THREE and rules.two_in_three == 2:
        _mark_two_anywhere(values, marks, first, end)
    if seen & TREND:
        _mark_trends(values, first, end, rules.trend, marks.cause)
    if seen & OUTSIDE:
        for i in range(first, end):
            if marks.outside[i]:
                marks.cause[i] = 1 if marks.side[i] > 0 else 2
    _mark_kinds(marks, first, end, asked.better[g])


@njit(cache=True, nogil=True)
def _level_and_range(values: Floats, first: int, end: int, screen: float) -> tuple[float, float]:
    """Mean of the known values, corrected once for rounding (as R's is), and of their steps.

    The mean step is taken once more without the steps of `screen` means or above.
    """
    total, n, steps, m = 0.0, 0, 0.0, 0
    before = np.nan
    for i in range(first, end):
        value = values[i]
        step = abs(value - before)
        before = value
        if not np.isnan(value):
            total += value
            n += 1
        if not np.isnan(step):
            steps += step
            m += 1
    if n == 0:
        return np.nan, np.nan
    rough = total / n
    average = steps / m if m else np.nan
    longest = screen * average if screen > 0.0 and steps > 0.0 else np.inf
    rest, kept, k = 0.0, 0.0, 0
    before = np.nan
    for i in range(first, end):
        value = values[i]
        step = abs(value - before)
        before = value
        if not np.isnan(value):
            rest += value - rough
        if step < longest:
            kept += step
            k += 1
    return rough + rest / n, (kept / k if k else np.nan)


@njit(cache=True, nogil=True)
def _median(values: Floats, first: int, end: int) -> float:
    """Middle of the known values; NaN where there are none."""
    part = values[first:end]
    known = part[~np.isnan(part)]
    return np.median(known) if known.size else np.nan


@njit(cache=True, nogil=True)
def _place(
    values: Floats, first: int, end: int, mean: float, width: float, near: float, marks: Marks
) -> None:
    """Say where each point lies: side of the mean, outside the limits, close to them.

    Free of branches, so that many points are placed at once; NaN fails every comparison.
    """
    outside, side, close = marks.outside, marks.side, marks.close
    lower, upper = mean - width, mean + width
    low, high = mean - near * width, mean + near * width
    size = abs(mean)
    for i in range(first, end):
        value = values[i]
        apart = value - mean
        far = abs(apart) > TOLERANCE * max(abs(value), size)
        beyond = far & ((value > upper) | (value < lower))
        outside[i] = beyond
        close[i] = far & (not beyond) & ((value > high) | (value < low))
        side[i] = np.int8(far & (apart > 0)) - np.int8(far & (apart < 0))


@njit(cache=True, nogil=True)
def _place_varying(
    values: Floats,
    first: int,
    end: int,
    mean: float,
    widths: Floats,
    near: float,
    marks: Marks,
) -> None:
    """Place each point, as `_place` does, by limits of its own."""
    for i in range(first, end):
        _place(values, i, i + 1, mean, widths[i], near, marks)


@njit(cache=True, nogil=True)
def _look(values: Floats, first: int, end: int, rules: Rules, marks: Marks, spare: Bytes) -> int:
    """Look quickly which rules could be met in a group; the answer adds up their numbers.

    Plain loops without branches, so that many points are looked at together.
    """
    n = end - first
    side, close, outside = marks.side[first:end], marks.close[first:end], marks.outside[first:end]
    for i in range(n):
        spare[i] = np.int8(close[i]) + np.int8(2) * np.int8(outside[i])
    seen = ZONES * rules.four_in_five + _far_out(spare, n, rules.two_in_three)
    if rules.shift and _any_run(side, n, rules.shift, spare):
        seen |= SHIFT
    if rules.trend:
        steps = marks.cause[first:end]
        part = values[first:end]
        for i in range(n - 1):
            steps[i] = np.int8(part[i + 1] > part[i]) - np.int8(part[i + 1] < part[i])
        if _any_run(steps, n - 1, rules.trend - 1, spare):
            seen |= TREND
    return seen


@njit(cache=True, nogil=True)
def _far_out(far: Bytes, n: int, pairs: int) -> int:
    """Look for a point outside, and for two of three neighbours that are close or outside.

    `far` is 0, 1 for a close point or 2 for one outside; `pairs` is 0 where no rule asks.
    """
    most = np.int8(0)
    for i in range(n):
        most = max(most, far[i])
    seen = OUTSIDE if most == 2 else 0
    if most and pairs:
        pair = np.int8(0)
        for i in range(n - 1):
            pair |= np.int8((far[i] > 0) & (far[i + 1] > 0))
        for i in range(n - 2):
            pair |= np.int8((far[i] > 0) & (far[i + 2] > 0))
        if pair:
            seen |= TWO_IN_THREE
    return seen


@njit(cache=True, nogil=True)
def _any_run(signs: Bytes, n: int, length: int, spare: Bytes) -> bool:
    """Look for `length` neighbours of one sign among `n`: their sum is as large as can be."""
    m = n - length + 1
    if m <= 0:
        return False
    spare[:m] = signs[:m]
    for k in range(1, length):
        for i in range(m):
            spare[i] = np.int8(spare[i] + signs[i + k])
    found = 0
    for i in range(m):
        found += (spare[i] == length) | (spare[i] == -length)
    return found > 0


@njit(cache=True, nogil=True)
def _mark_shifts(side: Bytes, first: int, end: int, length: int, cause: Bytes) -> None:
    """Mark runs of `length` or more on one side."""
    run, was = 0, 0
    for i in range(first, end):
        run = run + 1 if side[i] == was else 1
        was = side[i]
        if was != 0 and run >= length:
            for k in range(i + 1 - (length if run == length else 1), i + 1):
                cause[k] = 7 if was > 0 else 8


@njit(cache=True, nogil=True)
def _mark_two_on_one_side(marks: Marks, first: int, end: int) -> None:
    """Mark close points of any three on one side of which two or more are close."""
    side, close = marks.side, marks.close
    for i in range(first, end - 2):
        if side[i] == 0 or side[i] != side[i + 1] or side[i] != side[i + 2]:
            continue
        if int(close[i]) + int(close[i + 1]) + int(close[i + 2]) < 2:
            continue
        for j in range(i, i + 3):
            if close[j]:
                marks.cause[j] = 5 if side[i] > 0 else 6


@njit(cache=True, nogil=True)
def _mark_two_anywhere(values: Floats, marks: Marks, first: int, end: int) -> None:
    """Mark points of any three, close or beyond on one side, of which there are two or more."""
    side, close, outside = marks.side, marks.close, marks.outside
    for i in range(first, end - 2):
        for way in (1, -1):
            found = known = 0
            for j in range(i, i + 3):
                known += not np.isnan(values[j])
                found += side[j] == way and (close[j] or outside[j])
            if known < 3 or found < 2:
                continue
            for j in range(i, i + 3):
                if side[j] == way and (close[j] or outside[j]):
                    marks.cause[j] = 5 if way > 0 else 6


@njit(cache=True, nogil=True)
def _mark_four_in_five(
    values: Floats, first: int, end: int, g: int, asked: Asked, lines: Lines, marks: Marks
) -> None:
    """Mark points of any five beyond a third of the way to one limit, if four or more are."""
    mean = lines.mean[g]
    for i in range(first, end - 4):
        for way in (1, -1):
            found = known = 0
            for pass_ in range(2):
                for j in range(i, i + 5):
                    width = lines.widths[j] if asked.varies[g] else lines.width[g]
                    far = marks.side[j] == way and way * (values[j] - mean) > width / 3
                    if pass_ == 0:
                        known += not np.isnan(values[j])
                        found += far
                    elif far and known == 5 and found >= 4:
                        marks.cause[j] = 9 if way > 0 else 10


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
def _mark_kinds(marks: Marks, first: int, end: int, better: int) -> None:
    """Turn each cause and the better direction into a place in `POINT_TYPES`."""
    for i in range(first, end):
        cause = marks.cause[i]
        if cause == 0:
            continue
        high = cause % 2 == 1
        if better == 0:
            marks.kind[i] = 3 if high else 4
        else:
            marks.kind[i] = 1 if high == (better > 0) else 2


@njit(cache=True, nogil=True)
def count_runs(side: Bytes, starts: Longs, useful: Longs, longest: Longs, crossings: Longs) -> None:
    """Count, per group, the useful points, the longest run and the crossings of the line."""
    for g in range(starts.size - 1):
        run, was = 0, 0
        for i in range(starts[g], starts[g + 1]):
            if side[i] == 0:
                continue
            useful[g] += 1
            crossings[g] += was != 0 and side[i] != was
            run = run + 1 if side[i] == was else 1
            was = side[i]
            longest[g] = max(longest[g], run)


@njit(cache=True, nogil=True)
def mark_runs(
    marks: Marks, starts: Longs, better: Bytes, crossings: Longs, most: Longs, least: Longs
) -> None:
    """Mark runs longer than `most` and, where crossings are below `least`, every useful point."""
    for g in range(starts.size - 1):
        few = crossings[g] < least[g]
        begun, run, was = starts[g], 0, 0
        for i in range(starts[g], starts[g + 1]):
            side = marks.side[i]
            if side == 0:
                continue
            if side != was:
                begun, run, was = i, 0, side
            run += 1
            if few and marks.cause[i] == 0:
                marks.cause[i] = 13 if side > 0 else 14
            if run > most[g]:
                for k in range(begun, i + 1):
                    if marks.side[k] != 0:
                        marks.cause[k] = 11 if side > 0 else 12
        _mark_kinds(marks, starts[g], starts[g + 1], better[g])
