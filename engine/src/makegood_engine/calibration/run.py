"""Carrying out the plan, cell by cell."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from makegood_engine.calibration.contracts import cells_of_contracts
from makegood_engine.calibration.plan import PLAN, Plan, Pool
from makegood_engine.calibration.portfolios import cells_of_portfolios
from makegood_engine.calibration.real import cells_of_real
from makegood_engine.calibration.tally import Cell
from makegood_engine.calibration.watching import cells_of_looks

Work = Callable[[], Iterator[Cell]]
Report = Callable[[int], None]


def calibrate(
    plan: Plan = PLAN,
    *,
    quick: bool = False,
    data: Path | None = None,
    report: Report = lambda _done: None,
) -> list[Cell]:
    """Carry out the plan; give every cell, those that fail too.

    `quick` simulates fewer contracts, with wider Monte Carlo intervals. `data` is the folder of
    real figures (`sickness/`, `indicators/`); without it, or where they are absent, only what is
    simulated is given. `report` is told how many cells' work is done.
    """
    found: list[Cell] = []
    for done, work in enumerate(_work(plan, quick=quick, data=data), 1):
        found += work()
        report(done)
    return found


def _work(plan: Plan, *, quick: bool, data: Path | None) -> Iterator[Work]:
    plain = plan.quick_replicates if quick else plan.replicates
    chosen = plan.quick_choices if quick else plan.choices
    runs = plan.quick_portfolio_runs if quick else plan.portfolio_runs
    for scenario in plan.scenarios:
        count = plain if scenario.pool is Pool.ALIKE else chosen
        for k in plan.comparators:
            yield partial(cells_of_contracts, plan, scenario, k, replicates=count)
    for looks in plan.looks:
        for k in plan.comparators:
            for follows in plan.follows_at_looks:
                yield partial(cells_of_looks, plan, looks, k, follows, replicates=plain)
    for portfolio in plan.portfolios:
        for k in plan.comparators:
            yield partial(cells_of_portfolios, plan, portfolio, k, runs=runs)
    if data is not None:
        yield partial(cells_of_real, plan, data)
