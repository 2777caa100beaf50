"""The numbers of a funnel plot: how far chance would carry a provider of each size.

Limits are those of a proportion or rate of the whole, widened by what units truly differ beyond
chance (an additive variance, from z-scores of which the outer tenth on each side are pulled in).
They are the ends of the beta (proportions) or gamma (rates) distribution of that mean and
variance, which is lopsided where events are few, as counts are.

Source: Spiegelhalter (2005), Statistics in Medicine 24 (funnel plots); Spiegelhalter and others
(2012), J. R. Statist. Soc. A 175 (overdispersion: winsorised, additive).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PULLED_IN = 0.1
"""The part of z-scores pulled in at each end before overdispersion is judged."""
KINDS = ("proportion", "rate")


@dataclass(frozen=True, slots=True)
class Funnel:
    """P providers on one measure.

    `values` float64[P] are rates of `per` (NaN where the size is unknown or 0), `sizes` float64[P]
    their denominators; `centre` is the rate of all together; `between` the additive variance;
    `beyond_95` and `outside` (99.8%) bool[P] say who lies beyond the limits.
    """

    names: tuple[str, ...]
    values: Floats
    sizes: Floats
    centre: float
    between: float
    per: float
    kind: str
    beyond_95: Flags
    outside: Flags

    def limits_at(self, sizes: Floats, share: float) -> tuple[Floats, Floats]:
        """The limits that hold so large a share of providers of these sizes, by chance alone."""
        mean = self.centre / self.per
        spread = _chance(mean, sizes, self.kind) + self.between / self.per**2
        tail = (1 - share) / 2
        low, high = (_end(mean, spread, level, self.kind) for level in (tail, 1 - tail))
        return low * self.per, high * self.per

    @property
    def note(self) -> str:
        """Say how the limits were made."""
        if self.between == 0:
            return "The limits are those of chance alone."
        return "The limits are widened, for providers differ by more than chance."


def funnel(
    names: Sequence[str],
    numerators: Sequence[float] | Floats,
    denominators: Sequence[float] | Floats,
    *,
    kind: str = "proportion",
    per: float = 1.0,
) -> Funnel:
    """Compare P providers fairly: each beside the limits of its own size.

    `numerators` and `denominators` float64[P]; `kind` is "proportion" (events among people) or
    "rate" (events in time); `per` 100 gives percent, 1000 a rate per thousand. Raises `ValueError`
    for lengths that differ, fewer than 3 providers, a count below 0, or a proportion above 1.
    """
    top, size = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    _check(names, top, size, kind)
    known = ~np.isnan(top) & (size > 0)
    if known.sum() < 3:
        raise ValueError(f"Only {int(known.sum())} providers have figures. At least 3 are needed.")
    safe = np.where(known, size, np.nan)
    rate = top / safe
    whole = float(top[known].sum() / size[known].sum())
    chance = _chance(whole, safe, kind)
    between = _between(rate[known] - whole, chance[known])
    none = np.zeros(len(rate), np.bool_)
    made = Funnel(
        tuple(names), rate * per, safe, whole * per, between * per**2, per, kind, none, none
    )
    return replace(made, beyond_95=_beyond(made, 0.95), outside=_beyond(made, 0.998))


def _beyond(made: Funnel, share: float) -> Flags:
    """Who lies beyond the limits that hold so large a share; nobody whose size is unknown."""
    low, high = made.limits_at(made.sizes, share)
    slack = 1e-12 * made.per
    return (made.values < low - slack) | (made.values > high + slack)


def _check(names: Sequence[str], top: Floats, size: Floats, kind: str) -> None:
    if not len(names) == len(top) == len(size):
        raise ValueError("Names, numerators and denominators must be as many.")
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is not a kind of measure. Use proportion or rate.")
    if np.isinf(top).any() or np.isinf(size).any():
        raise ValueError("A count is infinite. Leave it missing if it is not known.")
    if (top < 0).any() or (size < 0).any():
        raise ValueError("A count is below 0.")
    if kind == "proportion" and (top > size).any():
        raise ValueError("A numerator is above its denominator. Events in time are of kind “rate”.")


def _chance(whole: float, sizes: Floats, kind: str) -> Floats:
    """The variance of a rate by chance alone, for each size."""
    return whole * (1 - whole if kind == "proportion" else 1.0) / sizes


def _end(mean: float, spread: Floats, level: float, kind: str) -> Floats:
    """The point below which so large a part lies, of a lopsided distribution; the mean if it is 0."""
    if mean <= 0 or (kind == "proportion" and mean >= 1):
        return np.full(len(spread), mean)
    if kind == "rate":
        return np.asarray(stats.gamma.ppf(level, mean**2 / spread, scale=spread / mean))
    count = np.maximum(mean * (1 - mean) / spread - 1, 1e-6)
    return np.asarray(stats.beta.ppf(level, mean * count, (1 - mean) * count))


def _between(apart: Floats, chance: Floats) -> float:
    """The variance among units beyond chance; 0 where there is none to be seen."""
    if not (chance > 0).all():
        return 0.0
    z = apart / np.sqrt(chance)
    pulled = np.clip(z, *np.quantile(z, [PULLED_IN, 1 - PULLED_IN]))
    n, weights = len(z), 1 / chance
    excess = float((pulled**2).sum()) - (n - 1)
    return max(excess / float(weights.sum() - (weights**2).sum() / weights.sum()), 0.0)
