"""Carrying out the plan, cell by cell."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from makegood_engine.calibration.contracts import cells_of_contracts
from makegood_engine.calibration.hard import cells_of_hard
from makegood_engine.calibration.hard_plan import HARD_PLAN, Hard
from makegood_engine.calibration.plan import PLAN, Plan, Pool
from makegood_engine.calibration.portfolios import cells_of_portfolios
from makegood_engine.calibration.real import cells_held_out, cells_of_real
from makegood_engine.calibration.real_tables import cells_of_tables
from makegood_engine.calibration.tally import Cell
from makegood_engine.calibration.watching import cells_of_looks
from makegood_engine.calibration.whole import cells_of_whole
from makegood_engine.calibration.whole_plan import WHOLE_PLAN, WholePlan

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
    return _done(_work(plan, quick=quick, data=data), report)


def calibrate_whole(
    plan: WholePlan = WHOLE_PLAN,
    *,
    quick: bool = False,
    data: Path | None = None,
    report: Report = lambda _done: None,
) -> list[Cell]:
    """Carry out the second plan, through the whole of `assess`; the rest is as `calibrate`'s."""
    return _done(_whole_work(plan, quick=quick, data=data), report)


def calibrate_hard(
    plan: WholePlan = HARD_PLAN,
    *,
    quick: bool = False,
    data: Path | None = None,
    report: Report = lambda _done: None,
) -> list[Cell]:
    """Carry out the third plan, on figures that are hard; the rest is as `calibrate`'s."""
    return _done(_hard_work(plan, quick=quick, data=data), report)


def _done(works: Iterator[Work], report: Report) -> list[Cell]:
    found: list[Cell] = []
    for done, work in enumerate(works, 1):
        found += work()
        report(done)
    return found


def _whole_work(plan: WholePlan, *, quick: bool, data: Path | None) -> Iterator[Work]:
    worlds = plan.quick_worlds if quick else plan.worlds
    for setting in plan.settings:
        for k in plan.comparators:
            yield partial(cells_of_whole, plan, setting, k, worlds=worlds)
    if data is not None:
        yield partial(cells_held_out, plan, data)


def _hard_work(plan: WholePlan, *, quick: bool, data: Path | None) -> Iterator[Work]:
    worlds = plan.quick_worlds if quick else plan.worlds
    for setting in plan.settings:
        if isinstance(setting, Hard):
            for k in plan.comparators:
                yield partial(cells_of_hard, plan, setting, k, worlds=worlds)
    if data is not None:
        yield partial(cells_of_tables, plan, data)


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
