"""What Krippendorff's alpha is made of, counted once a cluster so that clusters can be redrawn.

A *unit* is one decision that several coders may have made; a *cluster* is what is redrawn
together (a story, which may hold many decisions). Units with fewer than two values say nothing of
agreement and are left out. Source: Krippendorff (2011), *Computing Krippendorff's
Alpha-Reliability*.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_VALUES = 2_000
"""Different values that a ratio scale may have: their pairs are all looked at."""


class Level(StrEnum):
    """What the values of a code are: names, an order, or numbers."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Tally:
    """The values of one code (or of several pooled), counted.

    `values` float64[k], sorted; `unit` and `category` int64[n] for each pairable value;
    `cluster` int64[n_units]; `size` int64[n_units], the values of each unit (2 or more);
    `clusters` how many clusters there are in all, with values or without.
    """

    level: Level
    values: Floats
    unit: Ints
    category: Ints
    cluster: Ints
    size: Ints
    clusters: int

    @property
    def counts(self) -> sparse.csr_matrix:
        """How often each cluster holds each value: [clusters, k]."""
        shape = (self.clusters, len(self.values))
        ones = np.ones(len(self.unit))
        return sparse.csr_matrix((ones, (self.cluster[self.unit], self.category)), shape=shape)


def count(
    unit: Ints, value: Floats, *, cluster: Ints, clusters: int, level: Level = Level.NOMINAL
) -> Tally:
    """Count values int64[n] of units 0..len(cluster)−1; missing ones (NaN) are left out."""
    there = ~np.isnan(value)
    size = np.bincount(unit[there], minlength=len(cluster))
    keep = there & (size[unit] >= 2)
    kept, within = np.unique(unit[keep], return_inverse=True)
    values, category = np.unique(value[keep], return_inverse=True)
    return Tally(level, values, within, category, cluster[kept], size[kept], clusters)


def observed(tally: Tally, scale: Floats) -> Floats:
    """Disagreement within each unit: the sum over pairs of values, over (values − 1).

    `scale` float64[k] stands for the values on interval and ordinal scales. Shape [n_units].
    """
    pairs = _nominal if tally.level is Level.NOMINAL else _squares
    if tally.level is Level.RATIO:
        pairs = _ratios
    found: Floats = pairs(tally, scale) / (tally.size - 1)
    return found


def expected(tally: Tally, counts: Floats, scale: Floats) -> float:
    """Disagreement among all pairs of `counts` float64[k], over (values − 1)."""
    n = float(counts.sum())
    if tally.level is Level.NOMINAL:
        total = n * n - float(counts @ counts)
    elif tally.level is Level.RATIO:
        total = float(counts @ _ratio_distances(tally.values) @ counts)
    else:
        centred = scale - float(counts @ scale) / n
        total = 2 * n * float(counts @ (centred * centred))
    return total / (n - 1)


def scale_of(tally: Tally, counts: Floats) -> Floats:
    """The numbers that stand for the values: middle ranks on an ordinal scale, else themselves."""
    if tally.level is Level.ORDINAL:
        ranks: Floats = np.cumsum(counts) - counts / 2
        return ranks
    return tally.values


def _nominal(tally: Tally, scale: Floats) -> Floats:
    del scale
    k = max(len(tally.values), 1)
    cells, times = np.unique(tally.unit * k + tally.category, return_counts=True)
    same = np.bincount(cells // k, times * times, minlength=len(tally.size))
    return np.asarray(tally.size * tally.size - same, dtype=np.float64)


def _squares(tally: Tally, scale: Floats) -> Floats:
    number = scale[tally.category]
    mean = np.bincount(tally.unit, number, minlength=len(tally.size)) / tally.size
    away = number - mean[tally.unit]
    squares = np.zeros(len(tally.size))
    np.add.at(squares, tally.unit, away * away)
    return 2.0 * tally.size * squares


def _ratios(tally: Tally, scale: Floats) -> Floats:
    del scale
    distances = _ratio_distances(tally.values)
    order = np.argsort(tally.unit, kind="stable")
    parts = np.split(tally.category[order], np.cumsum(tally.size)[:-1])
    return np.array([float(distances[np.ix_(part, part)].sum()) for part in parts])


def _ratio_distances(values: Floats) -> Floats:
    apart = values[:, None] - values[None, :]
    total = values[:, None] + values[None, :]
    share: Floats = np.divide(apart, total, out=np.zeros_like(apart), where=total != 0)
    return share * share
