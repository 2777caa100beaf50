"""The comparators beside a series: their mean, and the band that holds most of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass(frozen=True, slots=True)
class Comparator:
    """The comparators beside a series: one entry a period, None where there is none."""

    mean: Sequence[float | None]
    lower: Sequence[float | None]
    upper: Sequence[float | None]
    label: str = "Comparators"


def comparator_of(
    histories: Sequence[Mapping[date, float | None]],
    periods: Sequence[date],
    *,
    label: str = "Comparators",
) -> Comparator:
    """Make the comparators' mean and the band that holds the middle 80% of them.

    A period with fewer than 3 comparators has none.
    """
    mean: list[float | None] = []
    lower: list[float | None] = []
    upper: list[float | None] = []
    for day in periods:
        found = [value for history in histories if (value := history.get(day)) is not None]
        enough = len(found) >= 3
        mean.append(float(np.mean(found)) if enough else None)
        lower.append(float(np.quantile(found, 0.1)) if enough else None)
        upper.append(float(np.quantile(found, 0.9)) if enough else None)
    return Comparator(mean, lower, upper, label)
