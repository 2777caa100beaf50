"""Made-up histories that look like real ones: a level, a season, noise that remembers."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from makegood.kernel.period import add_months

MEMORY = 0.35
"""How much of one month's chance is still there the next."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a measure moves: all in its own unit; ``change`` is what the provider really brings."""

    level: float
    season: float
    noise: float
    change: float = 0.0
    trend: float = 0.0
    places: int = 2

    def at_level(self, level: float) -> "Shape":
        """Return the same shape about another level."""
        return replace(self, level=level)


def history(
    shape: Shape, *, start: date, months: int, changes_on: date | None = None, seed: int
) -> dict[date, float]:
    """Return ``months`` values from ``start``, the change phased in over the first half year."""
    random = np.random.default_rng(seed)
    chance, values = 0.0, {}
    for month in range(months):
        period = add_months(start, month)
        chance = MEMORY * chance + random.normal(0, shape.noise)
        wave = shape.season * np.cos(2 * np.pi * (period.month - 1) / 12)
        since = _months_since(changes_on, period) if changes_on else -1
        share = min(max(since + 1, 0) / 6, 1.0)
        value = shape.level + shape.trend * month / 12 + wave + chance + shape.change * share
        values[period] = round(max(float(value), 0.0), shape.places)
    return values


def _months_since(start: date, period: date) -> int:
    return (period.year - start.year) * 12 + period.month - start.month
