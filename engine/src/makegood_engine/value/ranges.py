"""A figure that may be a range: its shape, its ends, and draws from it.

Sources: the PERT of Malcolm and others, Operations Research 7 (1959), as the beta with shape
1 + 4 (likely − low) ÷ (high − low) and 1 + 4 (high − likely) ÷ (high − low); the lognormal by its
own mean and standard deviation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from makegood_engine.tables import too_far

Floats = NDArray[np.float64]

SHAPES = {
    "fixed": ("value",),
    "uniform": ("low", "high"),
    "triangular": ("low", "likely", "high"),
    "pert": ("low", "likely", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "beta": ("a", "b"),
}
"""Each shape and the figures that it takes."""
LARGEST = 1e15
"""The largest figure that is taken."""
NEVER = 5.0
"""Standard deviations from its mean beyond which a normal is taken as never going."""


@dataclass(frozen=True, slots=True)
class Range:
    """One figure: a shape of `SHAPES`, with its figures in the order given there.

    Raises `ValueError`, with a plain sentence, for figures that make no such shape.
    """

    shape: str
    figures: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no range."""
        if self.shape not in SHAPES:
            raise ValueError(f"“{self.shape}” is not a shape. Use {', '.join(SHAPES)}.")
        if not all(isfinite(figure) for figure in self.figures):
            raise ValueError("It needs plain numbers.")
        if max(abs(figure) for figure in self.figures) > LARGEST:
            raise ValueError("The number is too large.")
        if said := next(filter(None, map(too_far, self.figures)), ""):
            raise ValueError(said)
        _check(self.shape, self.figures)

    @property
    def is_fixed(self) -> bool:
        """Whether it is one number."""
        return self.shape == "fixed"

    @property
    def support(self) -> tuple[float, float]:
        """The least and the most it can be; a normal is taken to keep within 5 deviations."""
        match self.shape:
            case "fixed":
                return self.figures[0], self.figures[0]
            case "normal":
                mean, sd = self.figures
                return mean - NEVER * sd, mean + NEVER * sd
            case "lognormal":
                return 0.0, inf
            case "beta":
                return 0.0, 1.0
        return self.figures[0], self.figures[-1]

    def at(self, chance: "Floats | float") -> Floats:
        """The figure below which it falls with each chance, strictly between 0 and 1."""
        p = np.asarray(chance, dtype=np.float64)
        match self.shape:
            case "fixed":
                return np.full(p.shape, self.figures[0])
            case "normal" | "lognormal":
                return _normal(p, *self.figures, logged=self.shape == "lognormal")
            case "beta":
                return np.asarray(betaincinv(*self.figures, p))
        return _bounded(p, self.shape, self.figures)

    def times(self, factor: float) -> "Range":
        """The same range in other units, `factor` above 0; a beta cannot be."""
        if self.shape == "beta":
            raise ValueError("A beta is a share and has no other units.")
        return Range(self.shape, tuple(factor * figure for figure in self.figures))


def fixed(value: float) -> Range:
    """One number, as a range that does not range."""
    return Range("fixed", (value,))


def range_of(entry: Mapping[str, object]) -> Range:
    """Make a range of a table with `shape` and its figures. Raises `ValueError`."""
    shape = entry.get("shape")
    if not isinstance(shape, str) or shape not in SHAPES or shape == "fixed":
        some = ", ".join(name for name in SHAPES if name != "fixed")
        raise ValueError(f"A range needs a shape: {some}.")
    wanted = SHAPES[shape]
    figures = []
    for name in wanted:
        figure = entry.get(name)
        if isinstance(figure, bool) or not isinstance(figure, int | float):
            raise ValueError(f"A {shape} range needs the numbers {', '.join(wanted)}.")
        figures.append(float(figure))
    over = sorted(set(entry) - {"shape", *wanted})
    if over:
        raise ValueError(f"A {shape} range has no “{over[0]}”: only {', '.join(wanted)}.")
    return Range(shape, tuple(figures))


def _check(shape: str, figures: tuple[float, ...]) -> None:
    if shape in {"uniform", "triangular", "pert"}:
        if list(figures) != sorted(figures):
            raise ValueError(f"A {shape} range must rise: {', '.join(SHAPES[shape])}.")
        if figures[0] == figures[-1]:
            raise ValueError("Its ends are the same: it is no range.")
    elif shape in {"normal", "lognormal"} and figures[1] <= 0:
        raise ValueError("The sd must be above 0.")
    elif shape == "beta" and min(figures) <= 0:
        raise ValueError("Both a and b must be above 0.")
    if shape == "lognormal" and figures[0] <= 0:
        raise ValueError("The mean of a lognormal must be above 0.")


def _normal(p: Floats, mean: float, sd: float, *, logged: bool) -> Floats:
    if not logged:
        return np.asarray(mean + sd * ndtri(p))
    spread = log(1 + (sd / mean) ** 2)
    return np.asarray(np.exp(log(mean) - spread / 2 + sqrt(spread) * ndtri(p)))


def _bounded(p: Floats, shape: str, figures: tuple[float, ...]) -> Floats:
    low, high = figures[0], figures[-1]
    if shape == "uniform":
        return np.asarray(low + (high - low) * p)
    if shape == "pert":
        a = 1 + 4 * (figures[1] - low) / (high - low)
        return np.asarray(low + (high - low) * betaincinv(a, 6 - a, p))
    return _triangular(p, *figures)


def _triangular(p: Floats, low: float, likely: float, high: float) -> Floats:
    width = high - low
    rising = low + np.sqrt(p * width * (likely - low))
    falling = high - np.sqrt((1 - p) * width * (high - likely))
    return np.asarray(np.where(p * width <= likely - low, rising, falling))
