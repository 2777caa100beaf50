"""The numbers of a funnel plot: how far chance would carry a provider of each size.

A provider lies beyond a limit where its own count has an exact tail below that limit's: the chance
of so many events or more (or so few or fewer), all of that count included, is under 0.1% for the
outer limits and 2.5% for the inner. So by chance no more lie beyond than is said, however few the
events; 0 events are beyond only where 0 is that rare. Counts are binomial (proportions) or Poisson
(rates) about the rate of the whole. Where units truly differ beyond chance, each has a rate of its
own, spread as a beta or gamma about that of the whole (an additive variance, from z-scores of which
the outer tenth on each side are pulled in), and tails are averaged over it. Limits are drawn where
the same tails, carried between whole counts by the incomplete beta and gamma, come to that chance.

Source: Spiegelhalter (2005), Statistics in Medicine 24 (funnel plots; exact limits, here not
mid-P, which may let more than the share said lie beyond); Clopper and Pearson (1934), Biometrika 26
(exact tails); Spiegelhalter and others (2012), J. R. Statist. Soc. A 175 (overdispersion:
winsorised, additive).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats

from makegood_engine.tables import out_of_reach, too_far
from makegood_engine.tables.counted import counted

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PULLED_IN = 0.1
"""The part of z-scores pulled in at each end before overdispersion is judged."""
KINDS = ("proportion", "rate")
NORMAL = np.linspace(-5.5, 5.5, 265)
"""Where a provider's own rate may lie, as quantiles of the normal, when a tail is averaged over it."""
HALVINGS = 32
"""Times a limit is looked for again, each in half the space."""


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
        low, high = (self._reached(sizes, (1 - share) / 2, high=high) for high in (False, True))
        return low * self.per, high * self.per

    def _reached(self, sizes: Floats, tail: float, *, high: bool) -> Floats:
        """The rates at which counts on one side of the centre have this tail, or the centre."""
        mean, own = self.centre / self.per, self._own_rates()
        inner = mean * sizes
        if own is None:
            return inner / sizes
        outer = np.zeros(len(sizes))
        if high:  # Cantelli's inequality: no count so far out has so large a tail
            spread = sizes * mean + sizes**2 * self.between / self.per**2
            outer = inner + np.sqrt(spread / tail) + 1
            outer = outer if self.kind == "rate" else np.minimum(outer, sizes)
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            rare = _tail(middle, sizes, own, self.kind, high=high) < tail
            inner, outer = np.where(rare, inner, middle), np.where(rare, middle, outer)
        return np.where(inner < 1e-6, 0.0, outer) / sizes

    def rare(self, share: float) -> Flags:
        """Who lies beyond the limits that hold so large a share; nobody whose size is unknown."""
        own = self._own_rates()
        if own is None:
            return np.abs(self.values - self.centre) > 1e-12 * self.per
        counts = self.values / self.per * self.sizes
        tails = [_tail(counts, self.sizes, own, self.kind, high=high) for high in (False, True)]
        tail = np.where(self.values > self.centre, tails[1], tails[0])
        return tail < (1 - share) / 2

    def _own_rates(self) -> tuple[Floats, Floats] | None:
        """Rates that providers may have, and the weight of each; None where no rate can vary."""
        mean, between = self.centre / self.per, self.between / self.per**2
        if mean <= 0 or (self.kind == "proportion" and mean >= 1):
            return None
        if between == 0:
            return np.array([mean]), np.ones(1)
        level, weights = stats.norm.cdf(NORMAL), stats.norm.pdf(NORMAL)
        if self.kind == "rate":
            rates = stats.gamma.ppf(level, mean**2 / between, scale=between / mean)
        else:
            count = max(mean * (1 - mean) / between - 1, 1e-6)
            rates = stats.beta.ppf(level, mean * count, (1 - mean) * count)
        return np.asarray(rates), weights / weights.sum()

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
    for lengths that differ, fewer than 3 providers, a count below 0, a proportion above 1, or a
    figure too large or too small to compare.
    """
    top, size = np.asarray(numerators, np.float64), np.asarray(denominators, np.float64)
    _check(names, top, size, kind)
    known = ~np.isnan(top) & (size > 0)
    if known.sum() < 3:
        have = counted(int(known.sum()), "provider has", "providers have")
        raise ValueError(f"Only {have} figures. At least 3 are needed.")
    safe = np.where(known, size, np.nan)
    rate = top / safe
    _check_reach(names, rate * per)
    whole = float(top[known].sum() / size[known].sum())
    chance = _chance(whole, safe, kind)
    between = _between(rate[known] - whole, chance[known])
    none = np.zeros(len(rate), np.bool_)
    made = Funnel(
        tuple(names), rate * per, safe, whole * per, between * per**2, per, kind, none, none
    )
    return replace(made, beyond_95=made.rare(0.95), outside=made.rare(0.998))


def _check(names: Sequence[str], top: Floats, size: Floats, kind: str) -> None:
    if not len(names) == len(top) == len(size):
        raise ValueError("Names, numerators and denominators must be as many.")
    if kind not in KINDS:
        raise ValueError(f"“{kind}” is not a kind of measure. Use proportion or rate.")
    if np.isinf(top).any() or np.isinf(size).any():
        raise ValueError("A count is infinite. Leave it missing if it is not known.")
    if (top < 0).any() or (size < 0).any():
        raise ValueError("A count is below 0.")
    for figures in (top, size):
        _check_reach(names, figures)
    if kind == "proportion" and (top > size).any():
        raise ValueError("A numerator is above its denominator. Events in time are of kind “rate”.")


def _check_reach(names: Sequence[str], figures: Floats) -> None:
    """Refuse figures too large or too small to compare, naming the first provider."""
    far = np.flatnonzero(out_of_reach(figures))
    if far.size:
        raise ValueError(f"{names[far[0]]}: {too_far(float(figures[far[0]]))}")


def _chance(whole: float, sizes: Floats, kind: str) -> Floats:
    """The variance of a rate by chance alone, for each size."""
    return whole * (1 - whole if kind == "proportion" else 1.0) / sizes


def _tail(
    counts: Floats, sizes: Floats, own: tuple[Floats, Floats], kind: str, *, high: bool
) -> Floats:
    """The chance of so many events or more (`high`), or so few or fewer; of any real count."""
    rates, weights = own
    x, n = counts[:, None], sizes[:, None]
    if kind == "rate":
        known = special.gammainc(x, n * rates) if high else special.gammaincc(x + 1, n * rates)
    elif high:
        known = special.betainc(x, n - x + 1, rates)
    else:
        known = special.betainc(np.maximum(n - x, 1e-12), x + 1, 1 - rates)
    return np.asarray(known @ weights)


def _between(apart: Floats, chance: Floats) -> float:
    """The variance among units beyond chance; 0 where there is none to be seen."""
    if not (chance > 0).all():
        return 0.0
    z = apart / np.sqrt(chance)
    pulled = np.clip(z, *np.quantile(z, [PULLED_IN, 1 - PULLED_IN]))
    n, weights = len(z), 1 / chance
    excess = float((pulled**2).sum()) - (n - 1)
    return max(excess / float(weights.sum() - (weights**2).sum() / weights.sum()), 0.0)
