"""Krippendorff's alpha, with a bootstrap interval, and a plain reason where there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from makegood_engine.themes.tally import (
    MOST_VALUES,
    Floats,
    Level,
    Tally,
    count,
    expected,
    observed,
    scale_of,
)

RESAMPLES = 2_000
"""Times the clusters are drawn again for an interval."""
SEED = 2011
"""The seed used where none is given."""
BLOCK = 100
"""Resamples drawn at a time, so that memory stays small."""
UNDEFINED = 0.05
"""An interval is refused where more than this share of resamples has no alpha."""
RELIABLE, TENTATIVE = 0.8, 2 / 3
"""Krippendorff's customary marks: rely on it, and tentative conclusions only."""
METHOD = (
    "Percentile bootstrap: whole stories are drawn again with replacement (numpy's PCG64), and alpha "
    "is worked out afresh each time."
)
"""How the interval is made."""
SMALL = (
    "Too few stories have the theme, or lack it, to show its numbers; agreement would tell them."
)
"""Why the agreement on a theme is hidden."""
BESIDE = "Hidden beside a theme whose numbers are hidden: it would tell them."
"""Why agreement on other themes, or on them all, is hidden."""


@dataclass(frozen=True, slots=True)
class Alpha:
    """How far coders agree beyond chance: 1 is full agreement, 0 is what chance would give.

    `alpha` is None where it has no meaning, and `reason` says why; `lower` and `upper` bound it
    at `confidence`, or are None, and `reason` says why. `units` are the decisions that two or
    more coders made, `values` how many values these hold; all four None where they must be hidden.
    `reading` is the advice in words.
    """

    alpha: float | None
    lower: float | None
    upper: float | None
    level: str
    units: int | None
    values: int | None
    confidence: float
    resamples: int
    reading: str
    reason: str


def krippendorff_alpha(
    values: ArrayLike,
    *,
    level: Level | str = Level.NOMINAL,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Alpha:
    """Agreement in `values`, float64[units, coders], NaN where a coder gave none.

    Any number of coders. With `resamples` 0 there is no interval. Units are redrawn whole.
    Source: Krippendorff (2011). Raises `ValueError` for an unknown level or a wrong shape.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError("values must have two dimensions: units by coders")
    units, coders = table.shape
    tally = count(
        np.repeat(np.arange(units), coders),
        table.ravel(),
        cluster=np.arange(units),
        clusters=units,
        level=Level(level),
    )
    return agreements([tally], confidence=confidence, resamples=resamples, seed=seed)[0]


def agreements(
    tallies: Sequence[Tally],
    *,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> list[Alpha]:
    """Alpha of each tally; all share the same redrawn clusters."""
    points = [_point(tally) for tally in tallies]
    drawn: list[list[float]] = [[] for _ in tallies]
    asked = [i for i, (value, _) in enumerate(points) if value is not None]
    again = {i: _Redraw(tallies[i]) for i in asked}
    clusters = np.unique(np.concatenate([[0], *(tallies[i].cluster for i in asked)]))
    for weights in _weights(clusters, tallies, resamples if asked else 0, seed):
        for i in asked:
            drawn[i].extend(again[i].alphas(weights))
    return [
        _answer(tally, point, np.array(found), confidence, resamples)
        for tally, point, found in zip(tallies, points, drawn, strict=True)
    ]


def _point(tally: Tally) -> tuple[float | None, str]:
    """Alpha and an empty reason, or None and why."""
    if not len(tally.size):
        return None, "No decision was made by two coders or more, so agreement cannot be told."
    if tally.level is Level.RATIO and tally.values.min() < 0:
        return None, "A ratio scale starts at 0, but some values are below 0."
    if tally.level is Level.RATIO and len(tally.values) > MOST_VALUES:
        return None, f"A ratio scale may have {MOST_VALUES:,} different values at most."
    if len(tally.values) == 1:
        return None, "Every value is the same, so agreement cannot be told from chance."
    counts = np.bincount(tally.category, minlength=len(tally.values)).astype(float)
    scale = scale_of(tally, counts)
    apart = expected(tally, counts, scale)
    return 1.0 - float(observed(tally, scale).sum()) / apart, ""


class _Redraw:
    """Works alpha out again for redrawn clusters."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.counts = tally.counts
        self.fixed: Floats | None = None
        if tally.level is not Level.ORDINAL:
            within = observed(tally, tally.values)
            self.fixed = np.zeros(tally.clusters)
            np.add.at(self.fixed, tally.cluster, within)

    def alphas(self, weights: Floats) -> Iterator[float]:
        """Yield an alpha (or NaN) for each row of weights float64[b, clusters]."""
        counts = np.asarray((self.counts.T @ weights.T).T)
        for weight, found in zip(weights, counts, strict=True):
            if np.count_nonzero(found) < 2:
                yield float("nan")
                continue
            scale = scale_of(self.tally, found)
            yield 1.0 - self._observed(weight, scale) / expected(self.tally, found, scale)

    def _observed(self, weight: Floats, scale: Floats) -> float:
        if self.fixed is not None:
            return float(weight @ self.fixed)
        return float(weight[self.tally.cluster] @ observed(self.tally, scale))


def _weights(
    clusters: NDArray[np.int64], tallies: Sequence[Tally], resamples: int, seed: int
) -> Iterator[Floats]:
    """Yield how often each cluster is drawn, [b, clusters], until `resamples` rows are made."""
    draws = np.random.default_rng(seed)
    even = np.full(len(clusters), 1 / len(clusters))
    for start in range(0, resamples, BLOCK):
        rows = min(BLOCK, resamples - start)
        weights = np.zeros((rows, tallies[0].clusters))
        weights[:, clusters] = draws.multinomial(len(clusters), even, size=rows)
        yield weights


def _answer(
    tally: Tally,
    point: tuple[float | None, str],
    drawn: Floats,
    confidence: float,
    resamples: int,
) -> Alpha:
    alpha, reason = point
    lower = upper = None
    defined = drawn[~np.isnan(drawn)]
    if alpha == 1.0:
        reason = (
            "No interval: nobody disagreed, so drawing again cannot show any doubt. "
            f"It rests on {len(tally.size):,} decisions."
        )
    elif alpha is not None and len(defined) < (1 - UNDEFINED) * len(drawn):
        reason = (
            "No interval: too many of the redrawn samples hold one value only. "
            "More stories read twice would help."
        )
    elif alpha is not None and len(np.unique(tally.cluster)) < 2:
        reason = "No interval: there is only one story to draw again."
    elif len(defined):
        tail = 50 * (1 - confidence)
        lower, upper = (float(q) for q in np.percentile(defined, [tail, 100 - tail]))
    units, values = len(tally.size), len(tally.unit)
    return Alpha(
        alpha, lower, upper, tally.level.value, units, values, confidence, resamples,
        _reading(alpha, lower, upper), reason,
    )  # fmt: skip


def hide_agreement(found: Alpha, why: str) -> Alpha:
    """Leave nothing of agreement that was worked out from the codings; `why` is its reason."""
    reading = _reading(None, None, None)
    return replace(
        found, alpha=None, lower=None, upper=None, units=None, values=None, reading=reading,
        reason=why,
    )  # fmt: skip


def _reading(alpha: float | None, lower: float | None, upper: float | None) -> str:
    """Advice by Krippendorff's marks, from the interval and never from the point alone."""
    if alpha is None:
        return "cannot tell"
    if lower is None or upper is None:
        return "no interval, so do not lean on it"
    if lower >= RELIABLE:
        return "agree well enough to rely on"
    if lower >= TENTATIVE:
        return "agree well enough for tentative conclusions"
    if upper < TENTATIVE:
        return "agree too little to rely on"
    return "cannot tell yet: more stories read twice would tell"
