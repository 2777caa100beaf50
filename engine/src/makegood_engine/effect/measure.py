# ruff: noqa: FBT001, PLR0917
# Compiled functions take their arguments by place, for numba's sake.
"""Effects for many commitments at once: one compiled pass, each commitment on its own."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from makegood_engine.effect import placebo
from makegood_engine.effect.noise import noise_of
from makegood_engine.effect.placebo import judge
from makegood_engine.effect.pool import ELIGIBLE, FROZEN, REASONS, standing, standing_in_pool
from makegood_engine.effect.rates import rate_weights, rates
from makegood_engine.effect.sizes import count_weights, size_weights
from makegood_engine.effect.window_means import window_means

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]

ALPHA = 0.05
"""The level of each one-sided test at a single look, so intervals are of 90%; agreed looks share it."""
SLACK = 1e-12
"""How far above its level a chance may be by rounding alone."""
BY_RANK = 19
"""Comparators from which the rank alone judges: 1 ÷ 20 is 5%."""
VALID = 5
"""Comparators without which there is no valid comparator."""

AT_ONCE = 2000
"""Cases that one thread takes at a time."""

BEFORE, AFTER = 8, 9
VARIANCE, FOLLOWS, EVENTS = 10, 11, 12
_FOUND = 13
"""What the compiled pass writes after the eight places of `placebo`."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Commitments as the compiled pass takes them, C of them.

    `provider` int64[C] is a row of the values; `members` int64[M] rows of comparators, those of
    case c being members[offsets[c]:offsets[c + 1]]; `windows` int64[C, 5] is before first, end,
    after first, end, step; `sign` float64[C] is 1 where up is better, -1 where down is.
    `alpha` float64[C] is the level of each one-sided test, so the interval is one of
    1 - 2 × `alpha`; `as_rate` bool[C] asks for counts on a log scale.
    """

    provider: Longs
    members: Longs
    offsets: Longs
    windows: Longs
    sign: Floats
    alpha: Floats
    as_rate: Flags


@dataclass(frozen=True, slots=True)
class Effects:
    """What was found for each of C commitments; in the better direction unless said otherwise.

    `provider`, `n_before`, `n_after`, `comparators` int64[C], the first being rows of the values;
    `before`, `after` the provider's window means
    in the measure's own direction; `effect`, `lower`, `upper`, `p_better`, `p_worse`, `p_t`
    float64[C], NaN where there was no test; `by_rank` bool[C]; `left_out` int64[C, 6] counts
    the pool's members by `pool.REASONS`; `still` bool[C, 2] says whether the provider's own
    figures are frozen, before and after. `error` float64[C] is the standard error of one unit's
    effect; `variance` and `follows` the variance of one period's noise, and how far it follows
    the last period's (a correlation), as the comparators show them. `events` float64[C] is, where
    events are counted, the fewest in a window: the provider's, or of half its comparators.
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
    error: Floats
    variance: Floats
    follows: Floats
    events: Floats


def measure(
    values: Floats, cases: Cases, *, weights: Floats | None = None, counts: Floats | None = None
) -> Effects:
    """Measure the effect of every case.

    `values` float64[S, T] holds one series a row, NaN where missing; `weights` (denominators)
    the same shape, or None for equal ones; `counts` (numerators) the same, or None where the
    values themselves are counts. Where every unit of a case has denominators, small units weigh
    less. A rate's effect is given back in the measure's own unit.
    """
    c = len(cases.provider)
    found = np.full((c, _FOUND), np.nan)
    tally = np.zeros((c, 2 + len(REASONS)), np.int64)
    flags = np.zeros((c, 3), np.bool_)
    heavy, weighted = _or_none(None if weights is None else _filled(weights))
    events, counted = _or_none(counts)
    sized = _sized(weights, len(values))
    whole = np.ascontiguousarray(values)

    def some(first: int) -> None:
        part = slice(first, first + AT_ONCE)
        _measure_all(
            whole, heavy, weighted, sized, events, counted,
            cases.provider[part], cases.members, cases.offsets[first:], cases.windows[part],
            cases.sign[part], cases.alpha[part], cases.as_rate[part],
            found[part], tally[part], flags[part],
        )  # fmt: skip

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(some, range(0, c, AT_ONCE)))
    by_rank = flags[:, 0]
    effect, lower, upper = (
        _in_unit(one, found[:, AFTER], cases) for one in _ends(found, by_rank, cases.alpha)
    )
    p_t = 1 - stdtr(found[:, placebo.DF], found[:, placebo.T])
    return Effects(
        cases.provider, tally[:, 0], tally[:, 1], tally[:, 2 + ELIGIBLE],
        found[:, BEFORE], found[:, AFTER],
        effect, lower, upper,
        np.where(by_rank, found[:, placebo.P_BETTER], p_t),
        np.where(by_rank, found[:, placebo.P_WORSE], 1 - p_t),
        p_t, by_rank, tally[:, 2:], flags[:, 1:],
        found[:, placebo.ERROR], found[:, VARIANCE], found[:, FOLLOWS],
        found[:, EVENTS],
    )  # fmt: skip


def _sized(weights: Floats | None, series: int) -> Flags:
    """Which series have denominators of their own, bool[S]."""
    found = np.zeros(series, np.bool_)
    if weights is not None:
        found |= (weights > 0).any(axis=1)
    return found


def _or_none(table: Floats | None) -> tuple[Floats, bool]:
    """A table for the compiled pass, and whether there is one."""
    if table is None:
        return np.ones((1, 1)), False
    return np.ascontiguousarray(table), True


def _ends(found: Floats, by_rank: Flags, alpha: Floats) -> tuple[Floats, Floats, Floats]:
    """The effect and its interval: by rank, or by the prediction-t at the case's own level."""
    effect = found[:, placebo.EFFECT]
    half = stdtrit(found[:, placebo.DF], 1 - alpha) * found[:, placebo.ERROR]
    lower = np.where(by_rank, found[:, placebo.LOWER], effect - half)
    upper = np.where(by_rank, found[:, placebo.UPPER], effect + half)
    return effect, lower, upper


def _in_unit(effect: Floats, after: Floats, cases: Cases) -> Floats:
    """Turn effects on the log scale into the measure's unit: after less what was expected."""
    if not cases.as_rate.any():
        return effect
    sign = cases.sign
    with np.errstate(over="ignore"):
        as_units = sign * after * -np.expm1(-sign * effect)
    return np.where(cases.as_rate, as_units, effect)


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
    sized: Flags,
    counts: Floats,
    counted: bool,
    provider: Longs,
    members: Longs,
    offsets: Longs,
    windows: Longs,
    sign: Floats,
    alpha: Floats,
    as_rate: Flags,
    found: Floats,
    tally: Longs,
    flags: Flags,
) -> None:
    for c in range(provider.size):
        pool = members[offsets[c] : offsets[c + 1]]
        rows = _kept(values, pool, provider[c], windows[c], as_rate[c], tally[c, 2:])
        before, after = windows[c, 0:2], windows[c, 2:4]
        step = windows[c, 4]
        x, tally[c, 0] = window_means(values, weights, weighted, rows, before, step)
        y, tally[c, 1] = window_means(values, weights, weighted, rows, after, step)
        for side in range(2):
            first, end = windows[c, 2 * side], windows[c, 2 * side + 1]
            frozen = standing(values[provider[c]], first, end, step, 0.0) == FROZEN
            flags[c, 1 + side] = frozen and not as_rate[c]
        found[c, BEFORE], found[c, AFTER] = x[0], y[0]
        if rows.size - 1 < VALID or np.isnan(x[0]) or np.isnan(y[0]):
            continue
        flags[c, 0] = rows.size - 1 >= BY_RANK and 1.0 / rows.size <= alpha[c] + SLACK
        heavy = np.ones(rows.size)
        if as_rate[c] or sized[rows].all():
            events = counts if counted else values
            m, size = _sums(events, weights, weighted, values, rows, before, step)
            k, sizes = _sums(events, weights, weighted, values, rows, after, step)
            if as_rate[c] or counted:
                found[c, EVENTS] = min(m[0], k[0], np.median(m[1:]), np.median(k[1:]))
            if as_rate[c]:
                x, y = np.log(rates(x, m, size)), np.log(rates(y, k, sizes))
                heavy = rate_weights(x, y, m, k)
                found[c, BEFORE], found[c, AFTER] = np.exp(x[0]), np.exp(y[0])
            else:
                heavy = _by_size(counted, (x, y), (m, k), (size, sizes))
        judge(sign[c] * x, sign[c] * y, heavy, alpha[c], flags[c, 0], found[c, 0:8])
        found[c, VARIANCE], found[c, FOLLOWS] = noise_of(values, rows, before, after, step)


@njit(cache=True, nogil=True)
def _kept(
    values: Floats, pool: Longs, provider: int, window: Longs, as_rate: bool, tally: Longs
) -> Longs:
    """The provider's row and those of its eligible comparators; all are counted by standing.

    Counted events may be none month after month, which is no sign that figures are frozen.
    """
    rows = np.empty(pool.size + 1, np.int64)
    rows[0] = provider
    kept = 1
    for row in pool:
        code = standing_in_pool(values, row, provider, window, as_rate)
        tally[code] += 1
        if code == ELIGIBLE:
            rows[kept] = row
            kept += 1
    return rows[:kept]


@njit(cache=True, nogil=True)
def _by_size(
    counted: bool,
    means: tuple[Floats, Floats],
    events: tuple[Floats, Floats],
    sizes: tuple[Floats, Floats],
) -> Floats:
    """Weights of units of unlike size: from their counts where they are known, else their sizes.

    Each pair is of the before-window and the after-window, float64[rows].
    """
    if sizes[0].min() <= 0.0 or sizes[1].min() <= 0.0:
        return np.ones(sizes[0].size)
    if counted and (events[0].sum() + events[1].sum()) > 0.0:
        return count_weights(means[0], means[1], events, sizes)
    return size_weights(means[0], means[1], sizes[0], sizes[1])


@njit(cache=True, nogil=True)
def _sums(
    events: Floats,
    weights: Floats,
    weighted: bool,
    values: Floats,
    rows: Longs,
    window: Longs,
    step: int,
) -> tuple[Floats, Floats]:
    """Each row's events and denominators, over the periods of a window it has a value for."""
    total, size = np.zeros(rows.size), np.zeros(rows.size)
    first = max(window[0], window[0] % step)
    for i in range(rows.size):
        for column in range(first, min(window[1], values.shape[1]), step):
            event = events[rows[i], column]
            if np.isnan(values[rows[i], column]) or np.isnan(event):
                continue
            size[i] += weights[rows[i], column] if weighted else 1.0
            total[i] += event
    return total, size
