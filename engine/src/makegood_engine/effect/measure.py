"""Effects for many commitments at once: one compiled pass, each commitment on its own."""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from makegood_engine.effect import placebo
from makegood_engine.effect.cases import Cases, Effects, Figures, Found, nothing_yet
from makegood_engine.effect.noise import freed, noise_of
from makegood_engine.effect.placebo import judge
from makegood_engine.effect.pool import ELIGIBLE, FROZEN, standing, standing_in_pool
from makegood_engine.effect.rates import HALF, rate_weights, rates
from makegood_engine.effect.sizes import count_weights, size_weights
from makegood_engine.effect.unlike import part_of_size, times_as_restless
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


def measure(
    values: Floats, cases: Cases, *, weights: Floats | None = None, counts: Floats | None = None
) -> Effects:
    """Measure the effect of every case.

    `values` float64[S, T] holds one series a row, NaN where missing; `weights` (denominators)
    the same shape, or None for equal ones; `counts` (numerators) the same, or None where the
    values themselves are counts. Where every unit of a case has denominators, small units weigh
    less. A rate's effect is given back in the measure's own unit.
    """
    heavy, weighted = _or_none(None if weights is None else _filled(weights))
    events, counted = _or_none(counts)
    sized = _sized(weights, len(values))
    figures = Figures(np.ascontiguousarray(values), heavy, weighted, sized, events, counted)
    found = nothing_yet(len(cases.provider))

    def some(first: int) -> None:
        part = slice(first, first + AT_ONCE)
        _measure_all(figures, _part_of(cases, part), Found._make(each[part] for each in found))

    some(len(cases.provider))  # none: compiles here if it must, for Ctrl-C is not heard in threads
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(some, range(0, len(cases.provider), AT_ONCE)))
    return _effects(cases, found)


def _part_of(cases: Cases, part: slice) -> Cases:
    """Some of the cases; all members stay, since offsets are counted from the first of them."""
    return Cases(
        cases.provider[part], cases.members, cases.offsets[part.start : part.stop + 1],
        cases.windows[part], cases.sign[part], cases.alpha[part], cases.as_rate[part],
    )  # fmt: skip


def _effects(cases: Cases, found: Found) -> Effects:
    """Turn what was written into effects, intervals and chances."""
    by_rank, tested = found.by_rank, found.tested
    effect, lower, upper = (
        _in_unit(one, found.judged_after, cases) for one in _ends(tested, by_rank, cases.alpha)
    )
    p_t = 1 - stdtr(tested[:, placebo.DF], tested[:, placebo.T])
    return Effects(
        cases.provider, found.n_before, found.n_after, found.left_out[:, ELIGIBLE],
        found.before, found.after, found.judged_after,
        effect, lower, upper,
        np.where(by_rank, tested[:, placebo.P_BETTER], p_t),
        np.where(by_rank, tested[:, placebo.P_WORSE], 1 - p_t),
        p_t, by_rank, found.left_out, found.still,
        tested[:, placebo.ERROR], found.variance, found.follows, found.events,
        found.restless, found.size,
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


def _ends(tested: Floats, by_rank: Flags, alpha: Floats) -> tuple[Floats, Floats, Floats]:
    """The effect and its interval: by rank, or by the prediction-t at the case's own level."""
    effect = tested[:, placebo.EFFECT]
    half = stdtrit(tested[:, placebo.DF], 1 - alpha) * tested[:, placebo.ERROR]
    lower = np.where(by_rank, tested[:, placebo.LOWER], effect - half)
    upper = np.where(by_rank, tested[:, placebo.UPPER], effect + half)
    return effect, lower, upper


def _in_unit(effect: Floats, after: Floats, cases: Cases) -> Floats:
    """Turn effects on the log scale into the measure's unit: after less what was expected.

    Half an event is in both (`after` as judged), so the difference is one of events themselves.
    """
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
def _measure_all(figures: Figures, cases: Cases, found: Found) -> None:
    for c in range(cases.provider.size):
        _measure_one(c, figures, cases, found)


@njit(cache=True, nogil=True)
def _measure_one(c: int, figures: Figures, cases: Cases, found: Found) -> None:
    """Measure case c, and write what is found in its places."""
    values, weights, weighted = figures.values, figures.weights, figures.weighted
    window, provider, as_rate = cases.windows[c], cases.provider[c], cases.as_rate[c]
    before, after, step = window[0:2], window[2:4], window[4]
    pool = cases.members[cases.offsets[c] : cases.offsets[c + 1]]
    rows = _kept(values, pool, provider, window, as_rate, found.left_out[c])
    x, found.n_before[c] = window_means(values, weights, weighted, rows, before, step)
    y, found.n_after[c] = window_means(values, weights, weighted, rows, after, step)
    for side in range(2):
        first, end = window[2 * side], window[2 * side + 1]
        frozen = standing(values[provider], first, end, step, 0.0) == FROZEN
        found.still[c, side] = frozen and not as_rate
    if as_rate:
        # what a missing month is made good by may be more than all events there were
        x, y = np.maximum(x, 0.0), np.maximum(y, 0.0)
    found.before[c], found.after[c], found.judged_after[c] = x[0], y[0], y[0]
    if rows.size - 1 < VALID or np.isnan(x[0]) or np.isnan(y[0]) or found.still[c].any():
        return  # comparators that stand still are left out, so a provider that does has none alike
    alpha, sign = cases.alpha[c], cases.sign[c]
    found.by_rank[c] = rows.size - 1 >= BY_RANK and 1.0 / rows.size <= alpha + SLACK
    heavy = trust = level = np.ones(rows.size)
    if as_rate or figures.sized[rows].all():
        m, size = _sums(figures, rows, before, step)
        k, sizes = _sums(figures, rows, after, step)
        if as_rate or figures.counted:
            found.events[c] = min(m[0], k[0], np.median(m[1:]), np.median(k[1:]))
        if as_rate:
            level, late = rates(x, m, size), rates(y, k, sizes)
            x, y, trust = np.log(level), np.log(late), m + HALF
            heavy = rate_weights(x, y, m, k)
            found.judged_after[c] = late[0]
        else:
            heavy = trust = _by_size(figures.counted, (x, y), (m, k), (size, sizes))
    judge(sign * x, sign * y, heavy, alpha, found.by_rank[c], found.tested[c])
    early = freed(values, rows, before, step)
    found.variance[c], found.follows[c] = noise_of(early, freed(values, rows, after, step))
    found.restless[c] = times_as_restless(early, level, trust)
    if weighted and not as_rate and heavy.min() == heavy.max():
        found.size[c] = part_of_size(weights, figures.sized, rows, before, step)


@njit(cache=True, nogil=True)
def _kept(  # noqa: PLR0917  compiled: by place
    values: Floats,
    pool: Longs,
    provider: int,
    window: Longs,
    as_rate: bool,  # noqa: FBT001  compiled: by place
    tally: Longs,
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
    counted: bool,  # noqa: FBT001  compiled: by place
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
def _sums(figures: Figures, rows: Longs, window: Longs, step: int) -> tuple[Floats, Floats]:
    """Each row's events and denominators, over the periods of a window it has a value for."""
    values = figures.values
    events = figures.counts if figures.counted else values
    total, size = np.zeros(rows.size), np.zeros(rows.size)
    first = max(window[0], window[0] % step)
    for i in range(rows.size):
        for column in range(first, min(window[1], values.shape[1]), step):
            event = events[rows[i], column]
            if np.isnan(values[rows[i], column]) or np.isnan(event):
                continue
            size[i] += figures.weights[rows[i], column] if figures.weighted else 1.0
            total[i] += event
    return total, size
