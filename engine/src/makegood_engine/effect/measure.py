# ruff: noqa: FBT001, PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""Effects for many commitments at once: one compiled pass, each commitment on its own."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from makegood_engine.effect.placebo import judge
from makegood_engine.effect.pool import COPY, ELIGIBLE, FROZEN, ITSELF, REASONS, alike, standing
from makegood_engine.effect.windows import COMPLETE, LEAST

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

BY_RANK = 19
"""Comparators from which the rank alone judges: 1 ÷ 20 is 5%."""
VALID = 5
"""Comparators without which there is no valid comparator."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Commitments as the compiled pass takes them, C of them.

    `provider` int64[C] is a row of the values; `members` int64[M] rows of comparators, those of
    case c being members[offsets[c]:offsets[c + 1]]; `windows` int64[C, 5] is before first, end,
    after first, end, step; `sign` float64[C] is 1 where up is better, -1 where down is.
    """

    provider: Longs
    members: Longs
    offsets: Longs
    windows: Longs
    sign: Floats


@dataclass(frozen=True, slots=True)
class Effects:
    """What was found for each of C commitments; in the better direction unless said otherwise.

    `provider`, `n_before`, `n_after`, `comparators` int64[C], the first being rows of the values;
    `before`, `after` the provider's window means
    in the measure's own direction; `effect`, `lower`, `upper`, `p_better`, `p_worse`, `p_t`
    float64[C], NaN where there was no test; `by_rank` bool[C]; `left_out` int64[C, 6] counts
    the pool's members by `pool.REASONS`; `still` bool[C, 2] says whether the provider's own
    figures are frozen, before and after.
    """

    provider: Longs
    n_before: Longs
    n_after: Longs
    comparators: Longs
    before: Floats
    after: Floats
    effect: Floats
    lower: Floats
    upper: Floats
    p_better: Floats
    p_worse: Floats
    p_t: Floats
    by_rank: Flags
    left_out: Longs
    still: Flags


def measure(
    values: Floats, cases: Cases, *, weights: Floats | None = None, alpha: float = 0.05
) -> Effects:
    """Measure the effect of every case.

    `values` float64[S, T] holds one series a row, NaN where missing; `weights` (denominators)
    the same shape, or None for equal ones; `alpha` is the level of each one-sided test, so the
    interval covers 1 - 2 × `alpha`.
    """
    c = len(cases.provider)
    largest = int(np.diff(cases.offsets).max(initial=0)) + 1
    quantiles = np.full(largest + 1, np.nan)
    quantiles[1:] = stdtrit(np.arange(1, largest + 1), 1 - alpha)
    found = np.full((c, 9), np.nan)
    counts = np.zeros((c, 2 + len(REASONS)), np.int64)
    by_rank, still = np.zeros(c, np.bool_), np.zeros((c, 2), np.bool_)
    heavy = np.ones((1, 1)) if weights is None else _filled(weights)
    _measure_all(
        np.ascontiguousarray(values), heavy, weights is not None,
        cases.provider, cases.members, cases.offsets, cases.windows, cases.sign,
        alpha, quantiles, found, counts, by_rank, still,
    )  # fmt: skip
    p_t = 1 - stdtr(found[:, 8], found[:, 7])
    return Effects(
        cases.provider, counts[:, 0], counts[:, 1], counts[:, 2 + ELIGIBLE],
        found[:, 0], found[:, 1], found[:, 2], found[:, 3], found[:, 4],
        np.where(by_rank, found[:, 5], p_t),
        np.where(by_rank, found[:, 6], 1 - p_t),
        p_t, by_rank, counts[:, 2:], still,
    )  # fmt: skip


def _filled(weights: Floats) -> Floats:
    """Give a missing denominator its series' mean one; 1 to a series that has none."""
    usable = np.where(weights > 0, weights, np.nan)
    known = np.isfinite(usable)
    many = np.maximum(known.sum(axis=1), 1)
    means = np.where(known, usable, 0.0).sum(axis=1) / many
    means = np.where(known.any(axis=1), means, 1.0)
    return np.ascontiguousarray(np.where(known, usable, means[:, None]))


@njit(cache=True, nogil=True)
def _measure_all(
    values: Floats,
    weights: Floats,
    weighted: bool,
    provider: Longs,
    members: Longs,
    offsets: Longs,
    windows: Longs,
    sign: Floats,
    alpha: float,
    quantiles: Floats,
    found: Floats,
    counts: Longs,
    by_rank: Flags,
    still: Flags,
) -> None:
    for c in range(provider.size):
        pool = members[offsets[c] : offsets[c + 1]]
        rows = np.empty(pool.size + 1, np.int64)
        rows[0] = provider[c]
        kept = 1
        for row in pool:
            code = _standing(values, row, provider[c], windows[c])
            counts[c, 2 + code] += 1
            if code == ELIGIBLE:
                rows[kept] = row
                kept += 1
        rows = rows[:kept]
        step = windows[c, 4]
        x, counts[c, 0] = _means(values, weights, weighted, rows, windows[c, 0:2], step)
        y, counts[c, 1] = _means(values, weights, weighted, rows, windows[c, 2:4], step)
        for k in range(2):
            first, end = windows[c, 2 * k], windows[c, 2 * k + 1]
            code = standing(values[provider[c]], first, end, step, 0.0)
            still[c, k] = code == FROZEN
        found[c, 0] = x[0]
        found[c, 1] = y[0]
        if kept - 1 < VALID or np.isnan(x[0]) or np.isnan(y[0]):
            continue
        by_rank[c] = kept - 1 >= BY_RANK and 1.0 / kept <= alpha + 1e-12
        out = np.empty(7)
        judge(sign[c] * x, sign[c] * y, alpha, by_rank[c], quantiles, out)
        found[c, 2:9] = out


@njit(cache=True, nogil=True)
def _standing(values: Floats, row: int, provider: int, window: Longs) -> int:
    """Judge one member of a pool over both windows."""
    if row == provider:
        return ITSELF
    code = standing(values[row], window[0], window[1], window[4], COMPLETE)
    if code == ELIGIBLE:
        code = standing(values[row], window[2], window[3], window[4], COMPLETE)
    if code == ELIGIBLE:
        one, other, step = values[provider], values[row], window[4]
        before, moved = alike(one, other, window[0], window[1], step)
        if moved == 0:
            after, moved = alike(one, other, window[2], window[3], step)
            if moved == 0 and before + after >= LEAST:
                code = COPY
    return code


@njit(cache=True, nogil=True)
def _means(
    values: Floats, weights: Floats, weighted: bool, rows: Longs, window: Longs, step: int
) -> tuple[Floats, int]:
    """Each row's mean over a window, and how many of the first row's periods are known.

    A row with gaps is first freed of the period effects that the complete comparators show
    (from those with no gap at all), so that a missing winter does not flatter.
    """
    first, end = max(window[0], 0), min(window[1], values.shape[1])
    first += (window[0] - first) % step
    columns = max(0, (end - first + step - 1) // step)
    expected = max(0, (window[1] - window[0] + step - 1) // step)
    effects = _period_effects(values, rows, first, step, columns)
    out = np.empty(rows.size)
    known = 0
    for i in range(rows.size):
        total, heavy, n, shifted = 0.0, 0.0, 0, 0.0
        for k in range(columns):
            column = first + k * step
            value = values[rows[i], column]
            if np.isnan(value):
                continue
            weight = weights[rows[i], column] if weighted else 1.0
            total += weight * value
            shifted += weight * effects[k]
            heavy += weight
            n += 1
        if i == 0:
            known = n
        out[i] = np.nan if n == 0 else total / heavy
        if 0 < n < expected:
            out[i] -= shifted / heavy
    return out, known


@njit(cache=True, nogil=True)
def _period_effects(values: Floats, rows: Longs, first: int, step: int, columns: int) -> Floats:
    """How each period of a window stands to the window's mean, over gapless comparators."""
    effects = np.zeros(columns)
    gapless = 0
    for i in range(1, rows.size):
        total = 0.0
        for k in range(columns):
            total += values[rows[i], first + k * step]
        if np.isnan(total):
            continue
        gapless += 1
        for k in range(columns):
            effects[k] += values[rows[i], first + k * step] - total / columns
    return effects / gapless if gapless > 0 else effects
