"""Difference in differences: two-way fixed effects, weighted, errors clustered by series.

Value = a level for each series + a level for each period + effect × treated + noise. Both sets
of levels are taken out exactly (Frisch, Waugh and Lovell), so any number of series will do.

It is our own, and not that of statsmodels, because both sets of levels are absorbed: with dummies
for a thousand series a regression would hold a table of a thousand columns, and its errors would be
the same (a test holds them against statsmodels').

Small-sample convention: the clustered variance is multiplied by G / (G − 1) × (N − 1) / (N − K),
G series, N values, and K all coefficients, the absorbed levels counted; tests and intervals use
Student's t with G − 1 degrees of freedom. It is what Stata's `areg, cluster` and a regression on
dummies print.

Sources: Cameron and Miller, "A practitioner's guide to cluster-robust inference", Journal of
Human Resources 50 (2015); de Chaisemartin and D'Haultfœuille, "Two-way fixed effects estimators
with heterogeneous treatment effects", American Economic Review 110 (2020), for the weights.
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from makegood_engine.classical.panel import Panel, check_balanced, check_treated
from makegood_engine.tables import whole_file
from makegood_engine.tables.figures import plain

Floats = NDArray[np.float64]

CONVENTION = "clustered by series; G/(G−1) × (N−1)/(N−K), absorbed levels counted in K; t(G−1)"
"""The small-sample convention, in every answer."""
SAME = 1e-10
"""The part of a column's own variation below which nothing is left of it but rounding."""
FEW = 30
"""Series below which clustered errors are known to come out too small."""
FEW_TREATED = 5
"""Treated (or untreated) series below which they come out much too small."""


@dataclass(frozen=True, slots=True)
class DidFound:
    """What difference in differences found.

    `effect`, `standard_error`, `lower`, `upper` are in the value's unit; the interval covers
    `confidence`. The error, interval and `p_value` (two-sided) are None where fewer than two
    series were treated, or fewer than two not: clustering cannot see their noise.
    `p_placebo` is then the share of series, each put in the treated one's place, that moved at
    least as much either way; the treated one itself is left out of what the others are compared
    with, as what was done to it is no placebo's. `negative_weight` is the share of treated cells that count
    against themselves (0 where all start together). `cautions` say when not to trust it.
    """

    effect: float
    standard_error: float | None
    lower: float | None
    upper: float | None
    p_value: float | None
    p_placebo: float | None
    confidence: float
    values: int
    series: int
    treated_series: int
    coefficients: int
    negative_weight: float
    convention: str
    cautions: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it says, in plain words."""
        way = "higher" if self.effect >= 0 else "lower"
        lead = (
            f"Where it was treated the value ended {plain(abs(self.effect))} {way} "
            "than the other series lead us to expect"
        )
        if self.lower is not None and self.upper is not None:
            sure = f"{100 * self.confidence:g}% interval {plain(self.lower)} to {plain(self.upper)}"
            chance = "Chance alone could do that." if self.lower <= 0 <= self.upper else (
                "Chance alone would seldom do that, if all else holds."
            )  # fmt: skip
            return f"{lead} ({sure}). {chance}"
        if self.p_placebo is None:
            return f"{lead}. How much of that is chance cannot be said."
        share = round(100 * self.p_placebo)
        return (
            f"{lead}. Of all the series, {share}% moved as much or more, the others compared without "
            "the one that was treated."
        )


def difference_in_differences(panel: Panel, *, confidence: float = 0.95) -> DidFound:
    """Estimate the effect of treatment from a balanced panel.

    Raises `TableError` for a panel with gaps, with one series, with nothing or everything
    treated, or in which treatment cannot be told from the levels of series and periods.
    """
    check_balanced(panel)
    check_treated(panel)
    apart = _apart(panel.treated.astype(float), panel.weights)
    own = float((panel.weights * apart * panel.treated).sum())
    if own <= SAME * float((panel.weights * panel.treated).sum()):
        raise whole_file(
            "Treatment cannot be told apart from the levels of series and periods. "
            "Some series must change while others do not.",
            name=panel.name,
        )
    effect = float((panel.weights * apart * panel.values).sum()) / own
    rest = _apart(panel.values - effect * panel.treated, panel.weights)
    g, t = panel.values.shape
    k = g + t
    error = _error(panel, apart, rest, k) / own
    usual = float(stats.t.ppf((1 + confidence) / 2, g - 1))
    known = error > 0
    return DidFound(
        effect=effect,
        standard_error=error if known else None,
        lower=effect - usual * error if known else None,
        upper=effect + usual * error if known else None,
        p_value=float(2 * stats.t.sf(abs(effect) / error, g - 1)) if known else None,
        p_placebo=_p_placebo(panel, effect),
        confidence=confidence,
        values=panel.values.size,
        series=g,
        treated_series=int(panel.ever.sum()),
        coefficients=k,
        negative_weight=_negative_weight(panel, apart),
        convention=CONVENTION,
        cautions=_cautions(panel, apart),
    )


def _apart(cells: Floats, weights: Floats) -> Floats:
    """What is left of cells float64[G, T] once both sets of levels are taken out."""
    by_series = weights.sum(axis=1)
    own_means = (weights * cells).sum(axis=1) / by_series
    shares = weights / by_series[:, None]
    normal = np.diag(weights.sum(axis=0)) - weights.T @ shares
    moved = (weights * (cells - own_means[:, None])).sum(axis=0)
    periods = np.linalg.lstsq(normal, moved, rcond=1e-12)[0]
    return np.asarray(cells - own_means[:, None] - periods[None, :] + (shares @ periods)[:, None])


def _error(panel: Panel, apart: Floats, rest: Floats, k: int) -> float:
    """The root of the clustered variance, before it is divided by treatment's own variation."""
    g, n = len(panel.series), panel.values.size
    treated = int(panel.ever.sum())
    if treated < 2 or g - treated < 2 or n <= k:
        return nan
    scores = (panel.weights * apart * rest).sum(axis=1)
    size = np.sqrt((panel.weights * apart * apart).sum() * (panel.weights * panel.values**2).sum())
    if np.abs(scores).max() <= 1e-13 * size:
        return nan
    return float(np.sqrt((scores**2).sum() * g / (g - 1) * (n - 1) / (n - k)))


def _p_placebo(panel: Panel, effect: float) -> float | None:
    """Put every other series in the one treated series' place; None unless there is one."""
    if panel.ever.sum() != 1 or len(panel.series) < 3:
        return None
    row = int(panel.ever.argmax())
    when = panel.treated[row]
    others = panel.without(row)
    reached = 1
    for place in range(len(others.series)):
        treated = np.zeros(others.values.shape)
        treated[place] = when
        apart = others.weights * _apart(treated, others.weights)
        moved = (apart * others.values).sum() / (apart * treated).sum()
        reached += int(abs(moved) >= abs(effect) * (1 - 1e-9))
    return reached / len(panel.series)


def _negative_weight(panel: Panel, apart: Floats) -> float:
    """The share of treated cells whose own effect counts with the wrong sign."""
    share = (panel.weights * apart)[panel.treated]
    slack = SAME * np.abs(share).max(initial=0)
    return float(np.mean(share < -slack))


def _cautions(panel: Panel, apart: Floats) -> tuple[str, ...]:
    treated, g = int(panel.ever.sum()), len(panel.series)
    fewest = min(treated, g - treated)
    starts = panel.starts()
    said = ["It holds only if all series would have moved alike without the treatment."]
    if fewest < 2:
        said.append(
            "One treated series has no error of its own: judge it by `assess`, with a pool."
        )
    elif fewest < FEW_TREATED or g < FEW:
        said.append(f"With {g} series, {treated} of them treated, the error is likely too small.")
    if len(np.unique(starts)) > 1:
        said.append("Starts differ. If the effect grows or fades with time, this average misleads.")
    if (negative := _negative_weight(panel, apart)) > 0:
        said.append(f"{100 * negative:.0f}% of treated cells count against themselves.")
    if (np.diff(panel.treated.astype(int), axis=1) < 0).any():
        said.append("Some treatment ends. What lasts after its end is counted as untreated.")
    if treated == g:
        said.append("Every series is treated at some time, so early ones judge later ones.")
    return tuple(said)
