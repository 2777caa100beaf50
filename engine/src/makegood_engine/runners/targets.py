"""Targets of definitions that may be in another unit than the figures they are for."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from makegood_engine.verdict.misplaced import doubts_on
from makegood_engine.verdict.promise import Promise

Floats = NDArray[np.float64]


def target_doubts(target: float, values: Floats) -> tuple[str, ...]:
    """Ask after a target as after a promise's: see `doubts_on`. NaN is none."""
    if np.isnan(target):
        return ()
    return doubts_on(Promise("", "neutral", date.min, date.min, None, None, target), values)


def targets_doubted(
    targets: Floats, values: Floats, starts: NDArray[np.int64]
) -> Mapping[int, tuple[str, ...]]:
    """What is asked after the targets float64[S] of series laid end to end, by their places.

    `values` float64[n], `starts` int64[S + 1]. Most lie among their figures, and are left at once.
    """
    if np.isnan(targets).all():
        return {}
    sizes, aim = np.abs(values), np.abs(targets)
    low = np.fmin.reduceat(sizes, starts[:-1])
    high = np.fmax.reduceat(sizes, starts[:-1])
    beyond = np.flatnonzero((aim < low) | (aim > high)).tolist()
    asked = {i: target_doubts(targets[i], values[starts[i] : starts[i + 1]]) for i in beyond}
    return {i: said for i, said in asked.items() if said}
