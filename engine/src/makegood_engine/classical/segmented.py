"""Segmented regression of one interrupted series: a change of level, and a change of slope.

Figure = level + slope × time + level change × after + slope change × time since the start
(+ season, as pairs of waves). Time is counted in periods; time since the start is 0 at the
first period after it, so the level change is the step at the start itself.

Gaussian: ordinary least squares with Newey and West's errors (Bartlett weights; lags by their
rule of 1994, the whole part of 4 × (n ÷ 100)^(2/9), unless told; n / (n − k) small-sample
factor). Lags are of time: where a period is missing, those on either side of it are two apart,
and a pair that lacks one adds nothing. These errors are our own for that reason: statsmodels, which
fits the lines and the counts, takes neighbours in the table for neighbours in time. Without gaps the
two agree (a test holds them together). Poisson: log link, `exposure` as an offset, errors scaled
by √(Pearson X² ÷ (n − k)): overdispersion is on unless told otherwise. Both use Student's t with
n − k degrees of freedom.

Sources: Wagner and others, "Segmented regression analysis of interrupted time series studies",
Journal of Clinical Pharmacy and Therapeutics 27 (2002); Bernal, Cummins and Gasparrini,
"Interrupted time series regression for the evaluation of public health interventions", International
Journal of Epidemiology 46 (2017); Newey and West, Review of Economic Studies 61 (1994); for missing
periods Parzen, "On spectral analysis with missing observations and amplitude modulation", Sankhyā A
25 (1963), and Datta and Du, "Nonparametric HAC estimation for time series data with missing
observations" (2012), whose amplitude-modulated errors these are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
import statsmodels.api as sm
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import PerfectSeparationError

from makegood_engine.tables import out_of_reach, too_far, whole_file
from makegood_engine.tables.counted import counted
from makegood_engine.tables.figures import plain

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FAMILIES = ("gaussian", "poisson")
LEAST = 4
"""Known periods without which neither side can show a slope and its noise."""
FEW = 12
"""Known periods on a side below which a caution is given."""
EACH = 5
"""Known periods that every term of the line needs, or the errors cannot be believed."""
NAMES = ("level", "slope", "level change", "slope change")
NO_ERROR = "One figure is so far from the others that no error can be told. Look at it again."
NO_COMPARATOR = (
    "There is no comparator. With nothing done, the plain form of this method "
    "found a change in 17 to 55 of 100 real series."
)
"""Least squares, A&E departments, a year each side: `python -m benchmarks.figures_said interrupted`."""


@dataclass(frozen=True, slots=True)
class Term:
    """One coefficient: on the value's scale, or for counts on the log scale.

    `ratio`, `ratio_lower`, `ratio_upper` are the exponentials for counts, None for figures.
    """

    name: str
    estimate: float
    standard_error: float
    lower: float
    upper: float
    p_value: float
    ratio: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None


@dataclass(frozen=True, slots=True)
class Segments:
    """What segmented regression found.

    `terms` are the level, the slope, their changes, and then the waves of the season; `at_end`
    is the whole change by the last known period (level change + slope change × periods since).
    `lags` is Newey and West's, None for counts; `dispersion` is X² ÷ (n − k), 1 where it
    was told to be, None for figures; `autocorrelation` is that of the residuals of periods that
    follow each other with none missing between.
    """

    family: str
    terms: tuple[Term, ...]
    at_end: Term
    n_before: int
    n_after: int
    lags: int | None
    lag_rule: str
    dispersion: float | None
    autocorrelation: float
    confidence: float
    cautions: tuple[str, ...]

    def term(self, name: str) -> Term:
        """Find a term by name; raises `KeyError` for one that is not there."""
        found = next((term for term in self.terms if term.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    @property
    def sentence(self) -> str:
        """What it says, in plain words."""
        sure = f"{100 * self.confidence:g}% interval"
        step, end = self.term("level change"), self.at_end
        if step.ratio is None or end.ratio is None:
            said = (
                f"At the start it stepped by {_ends(step, sure)}. By the end the whole change was "
            )
            return f"{said}{_ends(end, sure)}. {_chance(end)}"
        said = f"At the start it was {_times(step, sure)}. By the end it was "
        return f"{said}{_times(end, sure)}. {_chance(end)}"


def segmented(
    values: Sequence[float | None] | Floats,
    *,
    start: int,
    family: str = "gaussian",
    exposure: Sequence[float | None] | Floats | None = None,
    season: int | None = None,
    waves: int = 2,
    lags: int | None = None,
    overdispersion: bool = True,
    confidence: float = 0.95,
    name: str = "series",
) -> Segments:
    """Fit one interrupted series.

    `values` float[n] at equal steps, missing as None or NaN; `start` is the place of the first
    period after. For `family` "poisson" they are counts, and `exposure` float[n], above 0, is
    what they are counted over. `season` is the periods in a season, as `waves` pairs of waves.
    Raises `TableError`, under `name`, for a series that cannot be fitted, for more waves than half
    a season, and for fewer than 5 known periods a term; and `ValueError`
    for an unknown family.
    """
    if family not in FAMILIES:
        raise ValueError(f"“{family}” is not a family. Use {' or '.join(FAMILIES)}.")
    y = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    over = None
    if exposure is not None:
        over = np.array([np.nan if v is None else v for v in exposure], dtype=np.float64)
    kept = ~np.isnan(y) if over is None else ~np.isnan(y) & ~np.isnan(over)
    if season is not None and 2 * waves > season and waves:
        raise whole_file(
            f"A season of {season} periods holds at most {season // 2} pairs of waves. "
            f"{waves} are asked for (--waves).",
            name=name,
        )
    design, names = _design(len(y), start, season, waves)
    _check(y[kept], design[kept], kept, start, name)
    errors = None
    if family == "poisson":
        _check_counts(y, over, kept, start=start, name=name)
        logged = None if over is None else np.log(over[kept])
        fit = _poisson(
            y[kept], design[kept], logged=logged, overdispersion=overdispersion, name=name
        )
        used = None
    else:
        used = _lags(int(kept.sum())) if lags is None else min(lags, len(y) - 1)
        fit = sm.OLS(y[kept], design[kept]).fit(use_t=True)
        errors = _newey_west(design, kept, np.asarray(fit.resid), lags=used)
    told = _Asked(family, start, used, lags is not None, confidence, name)
    return _found(fit, names, kept, told, errors)


def _design(n: int, start: int, season: int | None, waves: int) -> tuple[Floats, list[str]]:
    time = np.arange(n, dtype=np.float64)
    after = (time >= start).astype(np.float64)
    columns, names = [np.ones(n), time, after, after * (time - start)], list(NAMES)
    for wave in range(1, waves + 1 if season and season > 1 else 1):
        assert season is not None
        turn = 2 * np.pi * wave * time / season
        columns.append(np.cos(turn))
        names.append(f"season, cosine {wave}")
        if 2 * wave < season:
            columns.append(np.sin(turn))
            names.append(f"season, sine {wave}")
        if 2 * wave >= season:
            break
    return np.column_stack(columns), names


def _check(y: Floats, design: Floats, kept: Flags, start: int, name: str) -> None:
    if (far := y[out_of_reach(y)]).size:
        raise whole_file(too_far(float(far[0])), name=name)
    before, after = int(kept[:start].sum()) if start > 0 else 0, int(kept[max(start, 0) :].sum())
    for many, side in ((before, "before"), (after, "after")):
        if many < LEAST:
            raise whole_file(
                f"It has {counted(many, 'period')} with a figure {side} the start. "
                f"At least {LEAST} are needed.",
                name=name,
            )
    if len(y) < EACH * design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        raise whole_file(
            f"{len(y)} known periods are too few for {design.shape[1]} terms (level, slope, their "
            f"changes, waves): each needs {EACH}. Take a longer series, or fewer waves.",
            name=name,
        )
    if np.ptp(y) == 0:
        raise whole_file(f"Every known figure is {plain(float(y[0]))}: nothing moves.", name=name)


def _check_counts(y: Floats, over: Floats | None, kept: Flags, *, start: int, name: str) -> None:
    if (y[kept] < 0).any() or (y[kept] != np.round(y[kept])).any():
        raise whole_file("Counts must be whole numbers of 0 or more.", name=name)
    if over is not None and not ((over[kept] > 0) & np.isfinite(over[kept])).all():
        raise whole_file("What is counted over (the denominator) must be above 0.", name=name)
    for side, part in (("before", slice(None, start)), ("after", slice(start, None))):
        if (y[part][kept[part]] > 0).sum() < 2:
            raise whole_file(f"Nearly all counts {side} the start are 0.", name=name)


def _lags(n: int) -> int:
    return int(4 * (n / 100) ** (2 / 9))


def _newey_west(design: Floats, kept: Flags, rest: Floats, *, lags: int) -> Floats:
    """Covariance of the terms, float64[k, k]; a missing period keeps its place, and weighs 0."""
    scores = np.zeros_like(design)
    bread = np.linalg.pinv(design[kept].T @ design[kept])
    scores[kept] = (
        design[kept] * rest[:, None]
    ) @ bread  # first, so that no far point drowns a term
    found = scores.T @ scores
    for lag in range(1, lags + 1):
        part = (1 - lag / (lags + 1)) * scores[lag:].T @ scores[:-lag]
        found += part + part.T
    n, k = int(kept.sum()), design.shape[1]
    return np.asarray(found * n / (n - k))


def _near(rest: Floats, kept: Flags) -> float:
    """How residuals float64[known] follow each other, over pairs of which neither is missing."""
    whole = np.full(len(kept), np.nan)
    whole[kept] = rest
    pairs = kept[1:] & kept[:-1]
    one, next_one = whole[:-1][pairs], whole[1:][pairs]
    if len(one) < LEAST or np.ptp(one) == 0 or np.ptp(next_one) == 0:
        return 0.0
    return float(np.corrcoef(one, next_one)[0, 1])


def _poisson(
    y: Floats, design: Floats, *, logged: Floats | None, overdispersion: bool, name: str
) -> Any:
    model = sm.GLM(y, design, family=sm.families.Poisson(), offset=logged)
    try:
        fit = model.fit(
            scale="X2" if overdispersion else None, use_t=True,
            maxiter=200, tol=1e-9, tol_criterion="params",
        )  # fmt: skip
    except (PerfectSeparationError, np.linalg.LinAlgError, ValueError) as error:
        raise whole_file(f"The counts cannot be fitted ({error}).", name=name) from None
    if not (fit.converged and np.isfinite(fit.bse).all()):
        raise whole_file("The counts cannot be fitted: no line follows them.", name=name)
    return fit


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked of the fit."""

    family: str
    start: int
    lags: int | None
    lags_told: bool
    confidence: float
    name: str


def _found(
    fit: Any, names: list[str], kept: Flags, asked: _Asked, errors: Floats | None
) -> Segments:
    """Put the answer together; `errors` is the covariance of the terms, None for the fit's own."""
    counts, start, confidence = asked.family == "poisson", asked.start, asked.confidence
    since = int(np.flatnonzero(kept)[-1]) - start
    whole = np.zeros(len(names))
    whole[2], whole[3] = 1, since
    rows = (*np.eye(len(names)), whole)
    if errors is not None and any(row @ errors @ row < 0 for row in rows):
        raise whole_file(NO_ERROR, name=asked.name)
    tests = [fit.t_test(row, cov_p=errors) for row in rows]
    terms = [
        _term(test, name, confidence, counts=counts)
        for test, name in zip(tests, [*names, "whole change by the end"], strict=True)
    ]
    rest = np.asarray(fit.resid_pearson if counts else fit.resid)
    near = _near(rest, kept)
    before, after = int(kept[:start].sum()), int(kept[start:].sum())
    dispersion = float(fit.scale) if counts else None
    rule = "told" if asked.lags_told else "whole part of 4 × (n ÷ 100)^(2/9)"
    return Segments(
        asked.family, tuple(terms[:-1]), terms[-1], before, after, asked.lags,
        "none: counts are taken as independent" if counts else rule,
        dispersion, near, confidence,
        _cautions(before, after, near, counts=counts),
    )  # fmt: skip


def _term(test: Any, name: str, confidence: float, *, counts: bool) -> Term:
    lower, upper = (float(end) for end in test.conf_int(alpha=1 - confidence)[0])
    estimate, error = float(np.squeeze(test.effect)), float(np.squeeze(test.sd))
    ratios = (_grown(estimate), _grown(lower), _grown(upper)) if counts else (None, None, None)
    return Term(name, estimate, error, lower, upper, float(np.squeeze(test.pvalue)), *ratios)


def _grown(power: float) -> float:
    return exp(min(power, 700.0))


def _cautions(before: int, after: int, near: float, *, counts: bool) -> tuple[str, ...]:
    said = [NO_COMPARATOR]
    if min(before, after) < FEW:
        said.append(
            f"There are {before} periods before and {after} after. "
            f"Fewer than {FEW} on a side seldom tell a slope."
        )
    if counts and near > 2 / np.sqrt(before + after):
        said.append("Neighbouring periods are alike, so the interval is likely too narrow.")
    elif not counts and near > 0.3:
        said.append("Neighbouring periods are much alike, so even these errors are too small.")
    return tuple(said)


def _ends(term: Term, sure: str) -> str:
    return f"{plain(term.estimate)} ({sure} {plain(term.lower)} to {plain(term.upper)})"


def _times(term: Term, sure: str) -> str:
    ratio, lower, upper = term.ratio, term.ratio_lower, term.ratio_upper
    assert ratio is not None
    assert lower is not None
    assert upper is not None
    return f"{plain(ratio)} times what the past led us to expect ({sure} {plain(lower)} to {plain(upper)})"


def _chance(term: Term) -> str:
    if term.lower <= 0 <= term.upper:
        return "Chance alone could do that."
    return (
        "Chance alone would seldom do that, if all else holds; but other things may have changed."
    )
