"""How a measure moves by itself: level and season taken off, then noise with a memory.

What is left follows an AR(1): each period keeps a part of the last. Level and season effects
(one for each place in the season, where two whole seasons or more are known) are fitted, so
what is left is too small and too little alike; both are put right. The sum of squares and that
of neighbours' products have expectations tr(M Σ) and tr(M J M Σ), M being what fitting leaves,
Σ the noise and J the neighbours: the memory is the one whose expected ratio, less
2 × memory ÷ n, is the ratio seen. A memory below 0 is taken as 0, for caution.

Sources: Kendall, "Note on bias in the estimation of autocorrelation", Biometrika 41 (1954);
Marriott and Pope, the same volume.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from makegood_engine.effect.pool import FROZEN, standing
from makegood_engine.tables import out_of_reach, too_far, whole_file
from makegood_engine.tables.figures import plain

Floats = NDArray[np.float64]

LEAST = 12
"""Known periods without which noise cannot be told from level."""
LONGEST = 240
"""Periods looked back at, rounded down to whole seasons."""
MOST = 0.95
"""The longest memory looked for; more cannot be told from a walk without end."""
STILL = 1e-9
"""The part of the figures' own size below which what moves is rounding."""


@dataclass(frozen=True, slots=True)
class Noise:
    """How a measure moves by itself.

    `sd` is that of one period about level and season, in the measure's unit; `autocorrelation`
    that of neighbouring periods, 0 to 0.95; `known` the periods used; `seasonal` whether season
    effects were taken off; `freedom` about how many independent periods `sd` rests on.
    """

    sd: float
    autocorrelation: float
    known: int
    seasonal: bool
    freedom: float


def noise_of(values: Floats, *, season: int, name: str = "history") -> Noise:
    """Tell the noise of one history, float64[n] at equal steps, NaN where missing.

    `season` is the periods in one. Raises `TableError` for a history too short, or one that
    does not move.
    """
    recent = values[-max(LONGEST // season, 2) * season :]
    known = np.flatnonzero(~np.isnan(recent))
    _check(recent, known, name=name)
    seasonal = season > 1 and len(known) >= 2 * season and _each_twice(known, season)
    _, groups = np.unique(known % season if seasonal else 0 * known, return_inverse=True)
    many = np.bincount(groups)
    left = recent[known] - (np.bincount(groups, recent[known]) / many)[groups]
    if float(np.abs(left).max()) <= STILL * float(np.abs(recent[known]).max()):
        raise whole_file("The history does not move but for its season.", name=name)
    memory, total = _memory(left, known, groups)
    sd = float(np.sqrt((left**2).sum() / total))
    freedom = max((len(known) - len(many)) * (1 - memory**2) / (1 + memory**2), 2.0)
    return Noise(sd, memory, len(known), seasonal, freedom)


def _check(recent: Floats, known: NDArray[np.intp], *, name: str) -> None:
    if len(known) < LEAST:
        raise whole_file(
            f"Only {len(known)} period{' has a figure' if len(known) == 1 else 's have figures'} "
            f"before the start. At least {LEAST} are needed.",
            name=name,
        )
    far = known[out_of_reach(recent[known])]
    if far.size:
        raise whole_file(too_far(float(recent[far[0]])), name=name)
    if np.ptp(recent[known]) == 0:
        raise whole_file(
            f"Every figure is {plain(float(recent[known[0]]))}: nothing moves, "
            "so nothing can be told from noise.",
            name=name,
        )
    if standing(recent, 0, len(recent), 1, 0.0) == FROZEN:
        raise whole_file(
            "The history is frozen: the same figure again and again. Find out how it is filled in.",
            name=name,
        )


def _each_twice(known: NDArray[np.intp], season: int) -> bool:
    return bool(np.bincount(known % season, minlength=season).min() >= 2)


def _memory(left: Floats, known: NDArray[np.intp], groups: NDArray[np.intp]) -> tuple[float, float]:
    """The memory of what is left, and the expected sum of squares for noise of one unit.

    `groups` int[n] says whose mean was taken off each: that of its place in the season, or of
    all. Traces are sums over gaps, so that each memory tried costs one pass over them.
    """
    beside = np.diff(known) == 1
    seen = float((left[1:] * left[:-1])[beside].sum() / (left**2).sum())
    maker, neighbours = _traced(groups, beside)
    gaps = np.abs(known[:, None] - known[None, :]).ravel()
    by_gap, by_gap_beside = (np.bincount(gaps, part.ravel()) for part in (maker, neighbours))
    lags = np.arange(len(by_gap))

    def short(memory: float) -> float:
        powers = memory**lags
        expected = float(by_gap_beside @ powers) / float(by_gap @ powers)
        return expected - 2 * memory / len(known) - seen

    if short(0.0) >= 0:
        memory = 0.0
    elif short(MOST) <= 0:
        memory = MOST
    else:
        memory = float(brentq(short, 0.0, MOST, xtol=1e-6))
    return memory, float(by_gap @ memory**lags)


def _traced(groups: NDArray[np.intp], beside: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """M, which takes each group's mean off, and half of M J M, J marking neighbours."""
    many = np.bincount(groups)
    same = groups[:, None] == groups[None, :]
    maker = np.eye(len(groups)) - same / many[groups][:, None]
    moved = np.zeros_like(maker)
    moved[:-1][beside] += maker[1:][beside]
    moved[1:][beside] += maker[:-1][beside]
    firsts = np.concatenate([[0], np.cumsum(many)[:-1]])
    means = np.add.reduceat(moved[np.argsort(groups, kind="stable")], firsts) / many[:, None]
    return maker, (moved - means[groups]) / 2
