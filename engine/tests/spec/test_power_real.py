"""On real figures, power keeps its word.

Sickness absence of NHS organisations, in which nobody promised anything: a change of the size
that power names is added to an organisation's year, and the engine's own test is asked.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from makegood_engine.effect import Cases, measure
from makegood_engine.power import power_of

MONTHS = [date(2013 + (m + 3) // 12, (m + 3) % 12 + 1, 1) for m in range(72)]
START = date(2018, 4, 1)
POOL, DRAWS = 20, 150
NAME = "sickness_rate_by_organisation_monthly_2013-04_2022-02.csv"


@pytest.fixture(scope="module")
def rates(shared: Callable[[str], Path]) -> NDArray[np.float64]:
    """One organisation a row, six years of months, those without a gap."""
    found: dict[str, dict[date, float]] = defaultdict(dict)
    with (shared("data/sickness") / NAME).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["sickness_absence_rate_percent"].replace(".", "").isdecimal():
                month = date.fromisoformat(f"{row['month']}-01")
                found[row["ods_org_code"]][month] = float(row["sickness_absence_rate_percent"])
    whole = [one for name, one in sorted(found.items())
             if name.startswith("R") and len(name) == 3 and set(MONTHS) <= set(one)]  # fmt: skip
    return np.array([[one[month] for month in MONTHS] for one in whole])


@pytest.mark.parametrize("with_pool", [True, False])
def test_a_change_of_the_size_named_is_told(rates: NDArray[np.float64], *, with_pool: bool) -> None:
    """A change said to be told 80 times in 100 is told 70 to 95 times, on a real measure."""
    draws = np.random.default_rng(3)
    past = MONTHS[:60]
    told, claimed = [], []
    for _ in range(DRAWS):
        own, *others = draws.choice(len(rates), POOL + 1, replace=False)
        histories = [dict(zip(past, rates[i].tolist(), strict=False)) for i in (own, *others)]
        pool = {str(i): history for i, history in enumerate(histories[1:])} if with_pool else None
        found = power_of(histories[0], starts_on=START, pool=pool, comparators=POOL)
        assert found.smallest_change is not None
        values = rates[[own, *others]].copy()
        claimed.append(is_told(values))
        values[0, 60:] += found.smallest_change
        told.append(is_told(values))
    assert 0.70 <= np.mean(told) <= 0.95
    # 5% of 150 is 7.5, with a standard error of 2.7
    assert sum(claimed) <= 18


def is_told(values: NDArray[np.float64]) -> bool:
    """Whether the engine finds the first row better than all the others lead one to expect."""
    cases = Cases(
        np.array([0]), np.arange(1, POOL + 1), np.array([0, POOL]),
        np.array([[48, 60, 60, 72, 1]]), np.ones(1), np.array([0.05]), np.zeros(1, dtype=np.bool_),
    )  # fmt: skip
    return bool(measure(values, cases).p_better[0] <= 0.05 + 1e-12)
