"""Figures of a promise whose decimal point or unit may be wrong: far off all that was measured."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from makegood_engine.spc.slips import FAR, FEWEST, PARTS
from makegood_engine.verdict.promise import Promise

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

FIGURES = ("target", "alternative", "baseline")
NEAR = 2.0
"""How many times the middle figure a promise's may be once its decimal point is moved."""
ASKED = (
    "Take care: the {}, {:,.10g}, is about {} its figures. Are its unit and decimal point right?"
)


def beyond_figures(promises: Sequence[Promise], rows: Longs, values: Floats) -> list[int]:
    """Find the promises of which a figure lies beyond all in its row of `values` float64[S, T].

    `rows` int64[C] are the promises' own. Only of these need anything be asked.
    """
    sizes = np.abs(
        np.array(
            [(one.target, one.alternative, one.baseline) for one in promises], dtype=np.float64
        ).reshape(-1, len(FIGURES))
    )
    known = np.abs(values)
    low, high = np.fmin.reduce(known, axis=1), np.fmax.reduce(known, axis=1)
    beyond = (sizes < low[rows, None]) | (sizes > high[rows, None])
    return np.flatnonzero(beyond.any(axis=1)).tolist()


def doubts_on(promise: Promise, values: Floats) -> tuple[str, ...]:
    """Ask after each figure of a promise that would lie among `values` float64[T] if it were moved.

    It lies beyond them all, five times off their middle or more, and within twice of it once its
    decimal point is moved by one to three places. NaN is missing; under twelve figures none is asked.
    """
    known = np.abs(values[~np.isnan(values)])
    if len(known) < FEWEST:
        return ()
    low, high = float(known.min()), float(known.max())
    figures = {name: getattr(promise, name) or 0.0 for name in FIGURES}
    beyond = {name: f for name, f in figures.items() if f and not low <= abs(f) <= high}
    if not beyond:
        return ()
    middle, said = float(np.median(known)), []
    for name, figure in beyond.items():
        size = abs(figure)
        if middle / FAR < size < FAR * middle:
            continue
        for places in (1, 2, 3):
            times = 10.0**places
            if middle / NEAR <= size / times <= NEAR * middle:
                said.append(ASKED.format(name, figure, f"{times:,.0f} times"))
            elif middle / NEAR <= size * times <= NEAR * middle:
                said.append(ASKED.format(name, figure, f"a {PARTS[places]} of"))
    return tuple(said)
