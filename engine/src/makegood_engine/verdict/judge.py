"""Many promises on one grid of figures: windows, levels, effects, findings, all by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makegood_engine.effect import Cases, Effects, Look, Windows, measure, windows_for
from makegood_engine.verdict.grid import Grid
from makegood_engine.verdict.promise import RATE, Promise
from makegood_engine.verdict.rules import findings_on
from makegood_engine.verdict.waiting import Ahead

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows of a pool's members, and the last column any of them knows (-1 for none)."""

    rows: Longs
    last: int

    @classmethod
    def of(cls, grid: Grid, rows: Longs) -> "Pool":
        """Make the pool of these rows."""
        return cls(rows, int(grid.last[rows].max(initial=-1)))


class Case(NamedTuple):
    """One promise on a grid: its row and windows, its look's level, and if that was agreed.

    `ahead` are the agreed looks still to come.
    """

    promise: Promise
    row: int
    window: Windows
    level: float
    agreed: bool
    ahead: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of C promises.

    `promised` float64[C] is the added value promised, in the better direction; `reached`
    float64[C] 1, 0 or NaN (unknown); `findings` int64[C] places in `rules.FINDINGS`.
    """

    grid: Grid
    cases: list[Case]
    effects: Effects
    promised: Floats
    reached: Floats
    findings: Longs


def judge_all(
    grid: Grid, promises: Sequence[Promise], rows: Sequence[int], pools: Sequence[Pool]
) -> Judged:
    """Judge promise i, kept by row i of the grid, against pool i."""
    cases = _cases(grid, promises, rows, pools)
    found = measure(grid.values, _arrays(cases, pools), weights=grid.weights, counts=grid.counts)
    after = found.after
    promised = np.array(
        [
            case.promise.added(before)
            for case, before in zip(cases, found.before.tolist(), strict=True)
        ]
    )
    reached = _reached(cases, after)
    findings = findings_on(
        neutral=np.array([case.promise.better == "neutral" for case in cases], dtype=np.bool_),
        annual=np.array([case.window.annual for case in cases], dtype=np.bool_),
        comparators=found.comparators,
        pool=found.left_out.sum(axis=1),
        reached=reached,
        n_before=found.n_before,
        n_after=found.n_after,
        needed=np.array([case.window.needed for case in cases], dtype=np.int64),
        promised_added=promised,
        effect=found.effect,
        upper=found.upper,
        p_better=found.p_better,
        p_worse=found.p_worse,
        alpha=np.array([case.level for case in cases]),
        still=found.still.any(axis=1),
    )
    return Judged(grid, cases, found, promised, reached, findings)


def _cases(
    grid: Grid, promises: Sequence[Promise], rows: Sequence[int], pools: Sequence[Pool]
) -> list[Case]:
    """Fix windows and looks, once for all promises of the same dates whose figures end alike."""
    known: dict[tuple[object, ...], tuple[Windows, float, bool, tuple[Look, ...]]] = {}
    last, cases = grid.last.tolist(), []
    for promise, row, pool in zip(promises, rows, pools, strict=True):
        alike = (promise.dates, grid.pace(row), last[row], pool.last)
        if alike not in known:
            window = windows_of(grid, promise, row, pool)
            known[alike] = (window, *_level(grid, promise, window, pool, row))
        cases.append(Case(promise, row, *known[alike]))
    return cases


def _level(
    grid: Grid, promise: Promise, window: Windows, pool: Pool, row: int
) -> tuple[float, bool, tuple[Look, ...]]:
    """The level of this look, whether it was agreed, and the agreed looks after it.

    The look is on the day that is given, else in the period of the last figure. One that was not
    agreed is judged at the level of the next that was.
    """
    agreed = promise.agreed(window)
    at = grid.calendar.column_at
    here = max(int(grid.last[row]), pool.last) if promise.look is None else at(promise.look)
    coming = [look for look in agreed if at(look.on) >= here] or [agreed[-1]]
    ahead = tuple(look for look in coming if at(look.on) >= here + window.step)
    return coming[0].level, len(ahead) < len(coming), ahead


def looks_ahead(grid: Grid, case: Case) -> Iterator[Ahead]:
    """The looks to come of one promise: those agreed, or any period where only the end was."""
    window = case.window
    if not case.promise.looks and case.ahead:
        for more in range(1, window.to_come + 1):
            yield Ahead(None, more, more, case.level)
    for look in case.ahead:
        more = (grid.calendar.column_at(look.on) - window.after[1]) // window.step + 1
        yield Ahead(look.on, more, min(more, window.to_come), look.level)


def windows_of(grid: Grid, promise: Promise, row: int, pool: Pool) -> Windows:
    """Fix the windows: to the due date once any figures reach it, else to the provider's last."""
    own = int(grid.last[row])
    until = max(own, pool.last)
    if promise.look is not None:
        until = min(until, grid.calendar.column_at(promise.look))
    early = own < until < grid.calendar.column_at(promise.due_on)
    found = windows_for(
        grid.calendar,
        grid.pace(row),
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        until=own if early else until,
        before_from=promise.before_from,
        after_from=promise.after_from,
    )
    return replace(found, ends_early=True) if early and found.after[1] > found.after[0] else found


def _arrays(cases: list[Case], pools: Sequence[Pool]) -> Cases:
    sizes = [len(pool.rows) for pool in pools]
    return Cases(
        np.array([case.row for case in cases], dtype=np.int64),
        np.concatenate([np.array([], dtype=np.int64), *(pool.rows for pool in pools)]),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array(
            [(*case.window.before, *case.window.after, case.window.step) for case in cases],
            dtype=np.int64,
        ).reshape(-1, 5),
        np.array([case.promise.sign for case in cases], dtype=np.float64),
        np.array([case.level for case in cases], dtype=np.float64),
        np.array([case.promise.scale == RATE for case in cases], dtype=np.bool_),
    )


def _reached(cases: list[Case], after: Floats) -> Floats:
    """Whether each after-window's mean met the target; NaN where nothing can be said."""
    target = np.array([case.promise.target for case in cases])
    sign = np.array([case.promise.sign for case in cases])
    neutral = np.array([case.promise.better == "neutral" for case in cases], dtype=np.bool_)
    slack = 1e-12 * np.maximum(np.abs(after), np.abs(target))
    met = (sign * (after - target) >= -slack).astype(np.float64)
    return np.where(neutral | np.isnan(after), np.nan, met)
