"""Looks agreed beforehand, and the level of each, so that watching does not fool.

All looks together may claim added value where there is none in `ALPHA` of cases. What is spent
by a look grows with the fourth power of the time that has passed (a power family), so that an
early claim needs strong figures and the last look keeps the most. Two looks whose after-windows
share periods tend to agree; how much is taken from the share alone, as if noise were independent
and nothing else tied the looks. Real figures agree more than that, so the true error is mostly
below what is spent (the table of calibration says by how much).

Source: Lan and DeMets (1983), Biometrika 70; Kim and DeMets (1987), Biometrika 74 (the power
family); Slepian (1962), on why closer agreement lowers the error.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import floor

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr
from scipy.stats import qmc

from makegood_engine.effect.measure import ALPHA
from makegood_engine.effect.windows import Windows

POWER = 4.0
"""What is spent grows with time to this power."""
WINDOW_DAYS = 365
"""How far back a look's after-window reaches, for figures by month."""
DAYS_IN_MONTH = 30
"""Days counted for a month, so that the last day of a month is never too early a look."""
DRAWS = 2**17
SEED = 2026
"""Draws from which levels are read, and their seed: the same schedule has the same levels."""
SMALLEST = 1e-5
"""Levels are rounded down to whole multiples of this."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Look:
    """One agreed look: its day, its number (from 1), and the level of each one-sided test."""

    on: date
    number: int
    level: float


def schedule(
    looks: Sequence[date],
    *,
    starts_on: date,
    due_on: date,
    shortest: int = 0,
    window: int = WINDOW_DAYS,
    alpha: float = ALPHA,
) -> tuple[Look, ...]:
    """Give every agreed look its level; the due date is always the last.

    `shortest` is how many days after the start a verdict can first be had: an earlier look
    judges nothing and has level 0. `window` is how many days an after-window holds: looks further
    apart share none. Raises `ValueError` for a look not between start and due date.
    """
    wrong = [day for day in looks if not starts_on <= day <= due_on]
    if wrong:
        raise ValueError(f"The look on {wrong[0]} is not between the start and the due date.")
    days = sorted({*looks, due_on})
    passed = [(day - starts_on).days + 1 for day in days]
    judged = tuple(p for p in passed if p >= shortest)
    levels = [0.0] * (len(passed) - len(judged)) + list(_levels(judged, passed[-1], window, alpha))
    return tuple(
        Look(day, number, level)
        for number, (day, level) in enumerate(zip(days, levels, strict=True), 1)
    )


def agreed_looks(
    looks: Sequence[date],
    windows: Windows,
    *,
    starts_on: date,
    due_on: date,
    after_from: date | None = None,
    alpha: float = ALPHA,
) -> tuple[Look, ...]:
    """Give looks on figures with such windows their levels: for what judges and what foretells.

    A verdict can first be had after the periods that the windows need; `after_from`, where it is
    given, opens the after-window, which then may hold the whole contract. Raises as `schedule`.
    """
    days = DAYS_IN_MONTH if windows.monthly else 1
    window = windows.length * days
    if after_from is not None:
        window = (due_on - starts_on).days + 1
    shortest = windows.needed * windows.step * days
    return schedule(
        looks, starts_on=starts_on, due_on=due_on, shortest=shortest, window=window, alpha=alpha
    )


@lru_cache(maxsize=4096)
def _levels(passed: tuple[int, ...], whole: int, window: int, alpha: float) -> tuple[float, ...]:
    """Levels of looks after so many days, of `whole` days in all; the last takes what is left."""
    if len(passed) <= 1:
        return (alpha,) * len(passed)
    spent = alpha * (np.array(passed) / whole) ** POWER
    spent[-1] = alpha
    score = qmc.MultivariateNormalQMC(
        np.zeros(len(passed)), _agreement(passed, window), rng=np.random.default_rng(SEED)
    ).random(DRAWS)
    left = np.ones(DRAWS, dtype=np.bool_)
    levels = []
    for look, target in enumerate(spent):
        claims = round(target * DRAWS) - int((~left).sum())
        level = 0.0
        if claims > 0:
            edge = np.partition(score[left, look], -claims)[-claims]
            level = floor(float(ndtr(-edge)) / SMALLEST) * SMALLEST
            left &= score[:, look] < edge
        levels.append(level)
    return tuple(levels)


def _agreement(passed: tuple[int, ...], window: int) -> Floats:
    """Correlation of the after-means of every two looks, from the days that both hold."""
    ends = np.array(passed, dtype=np.float64)
    begins = np.maximum(ends - window, 0.0)
    shared = np.minimum.outer(ends, ends) - np.maximum.outer(begins, begins)
    length = ends - begins
    return np.maximum(shared, 0.0) / np.sqrt(np.outer(length, length))
