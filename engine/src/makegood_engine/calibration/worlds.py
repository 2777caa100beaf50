"""Worlds of made-up contracts, as the three tables `assess` reads."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.calibration.simulate import Panel, following, panel
from makegood_engine.calibration.whole_plan import HISTORY, Setting, WholePlan
from makegood_engine.tables import COMMITMENTS, MEASUREMENTS, from_arrow
from makegood_engine.verdict.choosing import Wish, choose_pools

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

RISE = 0.25
"""The promise on counts: a rate higher by this much on the log scale."""
LATE, LEFT = 9, 3
"""Months of figures before the start of one that is late; months short of the due date."""
START = date(2020, 4, 1)


class World(NamedTuple):
    """One world's figures: the panel, which rows are providers, and each one's pool of rows."""

    made: Panel
    pools: list[Longs]

    @property
    def providers(self) -> Longs:
        """The rows of the providers."""
        return self.made.providers


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a world: its plan and setting, and the comparators of each contract."""

    plan: WholePlan
    setting: Setting
    comparators: int


def day_of(month: int) -> date:
    """The first day of a month, counted from the start (which is 0)."""
    year, place = divmod(START.month - 1 + month, 12)
    return date(START.year + year, place + 1, 1)


def last_day_of(month: int) -> date:
    """The last day of a month, counted from the start."""
    return date.fromordinal(day_of(month + 1).toordinal() - 1)


def figures(asked: Asked, draws: np.random.Generator, *, kept: bool) -> Panel:
    """Make the figures of one world, the promise kept just so by every provider, or nothing added."""
    plan, setting = asked.plan, asked.setting
    rise = RISE if kept else 0.0
    made = panel(setting.scenario, plan.each - 1, plan.providers, draws, rise=rise)
    values = made.values
    first = np.arange(len(values)) % plan.each == 0
    if setting.restless:
        restless = np.where(
            first, setting.provider_restless, draws.random(len(values)) < setting.restless
        )
        more = following(setting.scenario.follows, values.shape, draws)
        values = values + np.sqrt(3.0) * restless[:, None] * more  # its variance is then 4
    if kept and not setting.scenario.events:
        values = values + plan.promise * np.outer(first, np.arange(values.shape[1]) >= HISTORY)
    late = first & (draws.random(len(values)) < setting.late)
    values[late, : HISTORY - LATE] = np.nan
    leave = ~first & (draws.random(len(values)) < setting.leave)
    values[leave, HISTORY + setting.months - LEFT :] = np.nan
    return Panel(values, made.sizes, made.counts, made.comparators)


def measurements(made: Panel) -> pa.Table:
    """The measurements table of a panel; a month without a figure has no row."""
    months = made.values.shape[1]
    rows, columns = np.nonzero(~np.isnan(made.values))
    names = pa.array([f"unit {row}" for row in range(len(made.values))])
    days = pa.array([day_of(month - HISTORY) for month in range(months)])
    table = {
        "series": names.take(pa.array(rows)),
        "period": days.take(pa.array(columns)),
        "value": made.values[rows, columns],
    }
    if made.counts is not None and made.sizes is not None:
        table |= {
            "numerator": made.counts[rows, columns],
            "denominator": made.sizes[rows, columns],
        }
    return from_arrow(pa.table(table), MEASUREMENTS)


def commitments(asked: Asked, providers: Longs) -> pa.Table:
    """The commitments table: one row a provider, and for each of its looks where there are any."""
    setting, plan = asked.setting, asked.plan
    looks = setting.looks or (setting.months,)
    rows = [
        {
            "commitment": f"{row} at {month}",
            "series": f"unit {row}",
            "better": "up",
            "starts_on": START,
            "due_on": last_day_of(setting.months - 1),
            "baseline": 50.0,
            "alternative": 50.0,
            "target": 50.0 + plan.promise,
            "pool": f"pool {row}",
            "look": last_day_of(month - 1),
            "looks": ";".join(last_day_of(one - 1).isoformat() for one in setting.looks),
            "scale": "rate" if setting.scenario.events else "level",
        }
        for month in looks
        for row in providers.tolist()
    ]
    return from_arrow(pa.Table.from_pylist(rows), COMMITMENTS)


def pools_of(
    asked: Asked, measured: pa.Table, promised: pa.Table, draws: np.random.Generator
) -> list[Longs]:
    """Each provider's comparators, as rows: chosen by likeness before the start, or drawn."""
    plan, k = asked.plan, asked.comparators
    rows = np.arange(plan.providers * plan.each)
    if not asked.setting.chosen:
        others = rows[rows % plan.each != 0]
        return [draws.choice(others, k, replace=False) for _ in range(plan.providers)]
    wish = Wish(k, int(draws.integers(2**31)))
    found = choose_pools(measured, promised.slice(0, plan.providers), wish=wish)
    return [np.array([int(name.split()[1]) for name in one.members]) for one in found]


def pools_table(providers: Longs, pools: list[Longs]) -> pa.Table:
    """The pools table."""
    pairs = [
        (f"pool {row}", f"unit {other}")
        for row, pool in zip(providers.tolist(), pools, strict=True)
        for other in pool.tolist()
    ]
    names, series = zip(*pairs, strict=True)
    return pa.table({"pool": list(names), "series": list(series)})
