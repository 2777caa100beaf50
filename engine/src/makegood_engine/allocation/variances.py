"""How far applications and reviewers vary, over how far the rest does, and how sure that is.

The two ratios of standard deviations have independent half-Cauchy priors of scale 1 (Gelman
2006, *Bayesian Analysis* 1): weak, of median 1, and with room for any size. Their posterior is laid
on a grid of equal steps in the prior's own distribution function, so that each point's weight is
its restricted likelihood alone, and REML's answer is where the posterior is highest.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import stdtr

from makegood_engine.allocation.mixed import Mixed

Floats = NDArray[np.float64]
LARGEST_RATIO = 100.0
"""The most a standard deviation may be, in those of the rest (scores that never disagree)."""
STARTS = ((1.0, 1.0), (0.3, 1.0), (1.0, 0.3), (0.05, 0.05), (3.0, 1.0))
"""Where the search for the variances begins."""
POINTS = 16
"""Points of the grid on a side."""
FAR = 16.0
"""How far minus twice the log likelihood rises before the grid ends (four standard errors)."""
WIDER = 1.3
"""The grid is wider than that along each side alone, as the two ratios may lean on each other."""
LIGHT = 1e-5
"""Points of less weight than this, in that of the heaviest, are left out."""
HALVINGS = 32
"""Times an end of an interval is looked for again, each in half the space."""
TAIL = 0.05
"""What is left out at each end of a 90% interval."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """The posterior of merit: `weights` float64[m] over `ratios` float64[m, 2].

    `means` and `spreads` float64[m, n] are of Student's t at each point; `parts` float64[reviewers]
    the reviewers' means over all points.
    """

    model: Mixed
    ratios: Floats
    weights: Floats
    means: Floats
    spreads: Floats
    parts: Floats

    @property
    def mean(self) -> Floats:
        """The posterior mean of every merit, float64[n]."""
        return np.asarray(self.weights @ self.means)

    def interval(self) -> tuple[Floats, Floats]:
        """The two ends of every merit's 90% interval, each float64[n]."""
        return self._end(TAIL), self._end(1 - TAIL)

    def _end(self, chance: float) -> Floats:
        low = (self.means - 60 * self.spreads).min(axis=0)
        high = (self.means + 60 * self.spreads).max(axis=0)
        freedom = float(self.model.size - 1)
        spreads = np.maximum(self.spreads, 1e-300)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = self.weights @ stdtr(freedom, (middle - self.means) / spreads)
            low, high = (
                np.where(under < chance, middle, low),
                np.where(under < chance, high, middle),
            )
        return np.asarray((low + high) / 2)

    def draws(self, number: int, source: np.random.Generator) -> Floats:
        """Draw merits float64[number, n], each under ratios that are drawn first."""
        points = source.choice(len(self.weights), number, p=self.weights)
        made = np.empty((number, self.means.shape[1]))
        for point in np.unique(points):
            mine = np.flatnonzero(points == point)
            own, other = self.ratios[point]
            made[mine] = self.model.draws(float(own), float(other), len(mine), source)
        return made


def mixture_of(model: Mixed, best: tuple[float, float]) -> Mixture:
    """Lay the posterior on a grid about the ratios that are `best` by REML."""
    lowest = model.misfit(*best)
    own = _side(lambda ratio: model.misfit(ratio, best[1]) - lowest, best[0])
    other = np.zeros(1)
    if model.reviewers > 1:
        other = _side(lambda ratio: model.misfit(best[0], ratio) - lowest, best[1])
    ratios = np.array([(a, b) for a in own for b in other])
    misfit = np.array([model.misfit(a, b) for a, b in ratios])
    weights = np.exp(-(misfit - misfit.min()) / 2)
    kept = weights > LIGHT
    ratios, weights = ratios[kept], weights[kept] / weights[kept].sum()
    found = [model.posterior(a, b) for a, b in ratios]
    return Mixture(
        model, ratios, weights, np.array([one.mean for one in found]),
        np.array([one.spread for one in found]), weights @ np.array([one.parts for one in found]),
    )  # fmt: skip


def _side(rise: Callable[[float], float], best: float) -> Floats:
    """One side of the grid: the middles of equal steps, between where the rise is `FAR`."""
    at, last = _place(best), _place(LARGEST_RATIO)
    ends = []
    for end in (0.0, last):
        near, far = at, end
        if rise(_ratio(end)) > FAR:
            for _ in range(12):
                middle = (near + far) / 2
                near, far = (near, middle) if rise(_ratio(middle)) > FAR else (middle, far)
        ends.append(min(max(at + WIDER * (far - at), 0.0), last))
    low, high = ends
    steps = low + (high - low) * (np.arange(POINTS) + 0.5) / POINTS
    return np.array([_ratio(step) for step in steps])


def _place(ratio: float) -> float:
    """The half-Cauchy distribution function."""
    return float(2 / np.pi * np.arctan(ratio))


def _ratio(place: float) -> float:
    return float(np.tan(np.pi / 2 * place))


def best_ratios(model: Mixed) -> tuple[float, float]:
    """The two standard deviations, over that of the rest, of the highest likelihood."""
    free = model.reviewers > 1
    best = (np.inf, (0.0, 0.0))
    for start in STARTS:
        found = minimize(
            lambda ratio: model.misfit(ratio[0], ratio[1] if free else 0.0),
            start, method="Nelder-Mead",
            bounds=[(0, LARGEST_RATIO)] * 2,
            options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2000},
        )  # fmt: skip
        own, other = (float(part) for part in found.x)
        best = min(best, (float(found.fun), (own, other if free else 0.0)))
    return best[1]
