"""How far an after-mean falls from what its before-mean predicts, where nothing is done.

From one history: Var(after) + b² Var(before) − 2 b Cov, of window means of AR(1) noise. The
slope b is what a line over units with levels that spread by `levels` would have; where that is
not known it is 1, the cautious end (levels far apart).

From a pool: the same windows are laid everywhere in the past, a line is fitted over all its units
each time, and what is left is put together. It counts everything that moves units apart. The
provider is not among them: its own restlessness would be averaged away.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from makegood_engine.effect.measure import VALID
from makegood_engine.effect.windows import COMPLETE
from makegood_engine.power.noise import Noise

Floats = NDArray[np.float64]

PLACES = 60
"""Placebo windows laid at most, the latest."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The standard deviation of an after-mean about its prediction, in the measure's unit.

    `freedom` is about how many independent pieces it rests on; `placebos` how many windows of
    a pool were laid (0: from noise alone).
    """

    sd: float
    freedom: float
    placebos: int = 0


def spread_of_noise(
    noise: Noise, *, before: int, after: int, gap: int = 0, levels: float | None = None
) -> Spread:
    """The spread that noise alone gives, for windows of so many periods with a gap between.

    `levels` is the standard deviation of units' levels, in the measure's unit, if it is known.
    """
    memory = noise.autocorrelation
    x, y = np.arange(before), before + gap + np.arange(after)
    var_x = _mean_power(memory, x, x) * noise.sd**2
    var_y = _mean_power(memory, y, y) * noise.sd**2
    both = _mean_power(memory, x, y) * noise.sd**2
    if levels is None:
        return Spread(sqrt(var_x + var_y - 2 * both), noise.freedom)
    left = levels**2 + var_y - (levels**2 + both) ** 2 / (levels**2 + var_x)
    return Spread(sqrt(left), noise.freedom)


def _mean_power(memory: float, one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    return float(np.mean(memory ** np.abs(one[:, None] - other[None, :])))


def restlessness(units: Floats) -> float:
    """How many times as much the first unit's figures move as the others', 1 at least.

    `units` float64[K + 1, n] at equal steps, NaN where missing. Movement is the standard deviation
    of a period about the unit's own level and the others' mean of that period, freed of what that
    mean adds to it. A calmer provider counts as 1: so few periods tell less than caution asks.
    """
    k = len(units) - 1
    many = np.maximum((~np.isnan(units[1:])).sum(axis=0), 1)
    freed = units - np.nanmean(units, axis=1, keepdims=True)
    common = np.nansum(freed[1:], axis=0) / many
    theirs = float(np.nanmean((freed[1:] - common) ** 2)) * k / (k - 1)
    mine = float(np.nanmean((freed[0] - common) ** 2)) - theirs / k
    return sqrt(max(mine / theirs, 1.0)) if theirs > 0 else 1.0


def spread_of_pool(values: Floats, *, before: int, after: int, gap: int = 0) -> Spread | None:
    """The spread among comparators, float64[K, n] at equal steps before the start, NaN if missing.

    None where the histories are too short for such windows, or five comparators never stand
    90% complete in both.
    """
    length = before + gap + after
    last = values.shape[1] - length
    if last < 0:
        return None
    starts = np.arange(max(last - PLACES + 1, 0), last + 1)
    sums = _running(np.nan_to_num(values)), _running((~np.isnan(values)).astype(np.float64))
    x, y = _means(sums, starts, before), _means(sums, starts + before + gap, after)
    usable = ~(np.isnan(x) | np.isnan(y))
    laid = usable.sum(axis=0) >= VALID
    if not laid.any():
        return None
    squares = _squares_left(x[:, laid], y[:, laid], usable[:, laid])
    freedom = float((usable.sum(axis=0)[laid] - 2).sum())
    if squares <= 0:
        return None
    many = int(laid.sum())
    apart = min(max(1.0, values.shape[1] / length), many)
    return Spread(sqrt(squares / freedom), freedom / many * apart, many)


def _running(cells: Floats) -> Floats:
    return np.concatenate([np.zeros((len(cells), 1)), np.cumsum(cells, axis=1)], axis=1)


def _means(sums: tuple[Floats, Floats], starts: NDArray[np.intp], many: int) -> Floats:
    """Each unit's means over windows, float64[units, starts]; NaN where under 90% is known."""
    total, known = (part[:, starts + many] - part[:, starts] for part in sums)
    enough = known >= COMPLETE * many
    return np.where(enough, total / np.maximum(known, 1), np.nan)


def _squares_left(x: Floats, y: Floats, usable: NDArray[np.bool_]) -> float:
    """The squares that lines of y on x leave, a line for each column, over its usable rows."""
    many = usable.sum(axis=0)
    across, down = (
        np.where(usable, part - np.where(usable, part, 0.0).sum(axis=0) / many, 0.0)
        for part in (x, y)
    )
    spread = (across * across).sum(axis=0)
    slope = (across * down).sum(axis=0) / np.where(spread > 0, spread, 1.0)
    rest = down - slope * across
    return float((rest * rest).sum())
