"""From tables to verdicts: windows, effects, the verdict table, the portfolio list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isnan
from pathlib import Path

import numpy as np
import pyarrow as pa

from makegood_engine.effect import Cases, Effects, Windows, measure, windows_for
from makegood_engine.effect.pool import REASONS
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import COMMITMENTS, ROW
from makegood_engine.verdict.answer import COLUMNS, LeftOut, Numbers, Verdict, answer
from makegood_engine.verdict.gate import Table, Tables, checked, read_files, series_used
from makegood_engine.verdict.grid import Grid, History, grid_of_histories, grids_of
from makegood_engine.verdict.portfolio import portfolio_list
from makegood_engine.verdict.rules import Facts, Finding
from makegood_engine.verdict.words import Span, Words

ALPHA = 0.05
"""The level of each one-sided test, so intervals are of 90%."""
NO_ALTERNATIVE = "No alternative was given, so the baseline stands for it."
NO_BASELINE = "No baseline was given, so the average before the start stands for it."

STILL = tuple(
    f"Take care: {when} the start, the provider's own figure is the same again and again."
    for when in ("before", "after")
)

SCHEMA = pa.schema(
    [
        ("commitment", pa.string()),
        ("verdict", pa.string()),
        ("promised_added", pa.float64()),
        ("effect", pa.float64()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("p_added", pa.float64()),
        ("reached", pa.bool_()),
        ("in_portfolio_list", pa.bool_()),
        ("n_before", pa.int64()),
        ("n_after", pa.int64()),
        ("n_comparators", pa.int64()),
        ("periods_needed", pa.int64()),
        ("method", pa.string()),
        ("reason", pa.string()),
        ("version", pa.string()),
    ]
)
"""The verdicts table."""


@dataclass(frozen=True, slots=True)
class _Promise:
    """One commitment as written."""

    commitment: str
    better: str
    starts_on: date
    due_on: date
    baseline: float | None
    alternative: float | None
    target: float
    before_from: date | None = None
    after_from: date | None = None
    look: date | None = None
    unit: str | None = ""


def assess(measurements: Table, commitments: Table, pools: Table, *, fdr: float = 0.10) -> pa.Table:
    """Judge every commitment: one row of the verdicts table each, in the order given.

    The three tables have the columns of their contracts (`tables.MEASUREMENTS`, `COMMITMENTS`,
    `POOLS`), as Arrow tables or lists by column. Unknown columns of the commitments follow the
    verdict's own. `fdr` is the portfolio list's false discovery rate. Raises `TableError` for
    bad cells, for a series or pool that is named but absent, and for a due date before the start.
    """
    tables = {"measurements": measurements, "commitments": commitments, "pools": pools}
    return assess_tables(checked(tables), fdr=fdr)


def assess_files(
    measurements: Path, commitments: Path, pools: Path, *, fdr: float = 0.10
) -> pa.Table:
    """Judge every commitment of three files, as `assess` does; errors name the files."""
    return assess_tables(read_files(measurements, commitments, pools), fdr=fdr)


def assess_tables(tables: Tables, *, fdr: float) -> pa.Table:
    """Judge every commitment of three tables that have been checked."""
    promised = tables.commitments
    verdicts, p_t = _judge_tables(tables)
    delivered = np.array([found.verdict == Finding.DELIVERED.value for found in verdicts])
    listed = portfolio_list(p_t, delivered, fdr=fdr)
    columns = {name: [getattr(found, name) for found in verdicts] for name in COLUMNS}
    columns["in_portfolio_list"] = listed.tolist()
    table = pa.table(columns, schema=SCHEMA)
    for name in promised.column_names:
        if COMMITMENTS.column(name) is None and name not in (ROW, *COLUMNS):
            table = table.append_column(name, promised[name])
    return table


def assess_one(
    *,
    series: History,
    comparators: Mapping[str, History],
    better: str,
    starts_on: date,
    due_on: date,
    baseline: float | None,
    alternative: float | None,
    target: float,
    now: date | None = None,
    weights: Mapping[str, History] | None = None,
    commitment: str = "",
    unit: str = "",
) -> Verdict:
    """Judge one commitment, and say what leaving each comparator out would change.

    `series` and each of `comparators` map the first day of a period to a value (None where
    missing). `now` is the day of the look: later figures are not used. `weights` map a
    comparator's name to its denominators, and "" to the provider's own. `unit` is for the words
    alone: "%" makes differences percentage points. Raises `ValueError` for
    an unknown direction, a due date before the start, or an infinite value.
    """
    if better not in DIRECTIONS:
        raise ValueError(f"“{better}” is not a direction. Use up, down or neutral.")
    if due_on < starts_on:
        raise ValueError(f"It is due on {due_on}, before it starts on {starts_on}.")
    names = list(comparators)
    heavy = None if weights is None else [weights.get(name, {}) for name in ("", *names)]
    grid = grid_of_histories([series, *comparators.values()], heavy)
    promise = _Promise(
        commitment, better, starts_on, due_on, baseline, alternative, target, look=now, unit=unit
    )
    everyone = np.arange(1, len(names) + 1, dtype=np.int64)
    pools = [everyone, *(np.delete(everyone, i) for i in range(len(names)))]
    window = _windows(grid, promise, 0, everyone)
    cases = _cases([0] * len(pools), pools, [window] * len(pools), [better] * len(pools))
    found = measure(grid.values, cases, weights=grid.weights, alpha=ALPHA)
    whole, *without = (_verdict(promise, grid, window, found, c) for c in range(len(pools)))
    stray = _stray_note([series, *comparators.values()], grid, window)
    whole = replace(whole, notes=(*whole.notes, *stray))
    if whole.effect is None:
        return whole
    changes = tuple(
        LeftOut(name, one.effect, one.lower, one.upper, one.p_added, one.verdict)
        for name, one in zip(names, without, strict=True)
        if one.n_comparators < whole.n_comparators
    )
    return replace(whole, leave_one_out=changes)


def _judge_tables(tables: Tables) -> tuple[list[Verdict], np.ndarray]:
    """Judge all commitments, those in months and those in days apart; p by prediction-t."""
    promised = tables.commitments
    names = [name for name in _Promise.__slots__ if name in promised.column_names]
    promises = [
        _Promise(**dict(zip(names, cells, strict=True)))
        for cells in zip(*(promised[name].to_pylist() for name in names), strict=True)
    ]
    series = promised["series"].to_pylist()
    pools = promised["pool"].to_pylist()
    verdicts: dict[int, Verdict] = {}
    p_t = np.full(len(promises), np.nan)
    for grid in grids_of(tables.measurements, series_used(tables)):
        here = [c for c, name in enumerate(series) if name in grid.rows]
        members = _members(grid, tables.pools)
        none = np.array([], dtype=np.int64)
        found, p_t[here] = _judge_grid(
            grid,
            [promises[c] for c in here],
            [grid.rows[series[c]] for c in here],
            [members.get(pools[c], none) for c in here],
        )
        verdicts |= dict(zip(here, found, strict=True))
    return [verdicts[c] for c in range(len(promises))], p_t


def _judge_grid(
    grid: Grid, promises: list[_Promise], rows: list[int], pools: list[np.ndarray]
) -> tuple[list[Verdict], np.ndarray]:
    windows = [_windows(grid, *case) for case in zip(promises, rows, pools, strict=True)]
    cases = _cases(rows, pools, windows, [promise.better for promise in promises])
    found = measure(grid.values, cases, weights=grid.weights, alpha=ALPHA)
    verdicts = [_verdict(promise, grid, windows[c], found, c) for c, promise in enumerate(promises)]
    tested = np.array([one.effect is not None for one in verdicts], dtype=np.bool_)
    return verdicts, np.where(tested, found.p_t, np.nan)


def _members(grid: Grid, pooled: pa.Table) -> dict[str, np.ndarray]:
    """Rows of each pool's members; one that has no figures gets the grid's empty row."""
    found: dict[str, list[int]] = {}
    empty = len(grid.values) - 1
    pairs = zip(pooled["pool"].to_pylist(), pooled["series"].to_pylist(), strict=True)
    for pool, series in pairs:
        found.setdefault(pool, []).append(grid.rows.get(series, empty))
    return {pool: np.array(rows, dtype=np.int64) for pool, rows in found.items()}


def _windows(grid: Grid, promise: _Promise, row: int, pool: np.ndarray) -> Windows:
    """Fix the windows: to the due date once any figures reach it, else to the provider's last."""
    until = int(max(grid.last[row], grid.last[pool].max(initial=-1)))
    if promise.look is not None:
        until = min(until, grid.calendar.column_at(promise.look))
    own = int(grid.last[row])
    early = own < until < grid.calendar.column_at(promise.due_on)
    found = windows_for(
        grid.calendar,
        grid.known(row),
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        until=own if early else until,
        before_from=promise.before_from,
        after_from=promise.after_from,
    )
    return replace(found, ends_early=True) if early and found.after[1] > found.after[0] else found


def _cases(
    rows: list[int], pools: list[np.ndarray], windows: list[Windows], better: list[str]
) -> Cases:
    sizes = [len(pool) for pool in pools]
    return Cases(
        np.array(rows, dtype=np.int64),
        np.concatenate([np.array([], dtype=np.int64), *pools]),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array([(*w.before, *w.after, w.step) for w in windows], dtype=np.int64).reshape(-1, 5),
        np.array([DIRECTIONS[way] or 1 for way in better], dtype=np.float64),
    )


def _stray_note(histories: Sequence[History], grid: Grid, window: Windows) -> tuple[str, ...]:
    """Say how many figures stand between the provider's periods, and so are not used."""
    at = [
        grid.calendar.column(day) if grid.calendar.holds(day) else None
        for history in histories
        for day, value in history.items()
        if value is not None
    ]
    stray = sum(column is None or (column - window.before[0]) % window.step != 0 for column in at)
    if not stray:
        return ()
    if stray == 1:
        return ("1 figure is dated between the provider's periods, so it was not used.",)
    return (f"{stray:,} figures are dated between the provider's periods, so they were not used.",)


def _verdict(promise: _Promise, grid: Grid, window: Windows, found: Effects, c: int) -> Verdict:
    sign = DIRECTIONS[promise.better] or 1
    before, after = float(found.before[c]), float(found.after[c])
    base = before if promise.baseline is None else promise.baseline
    instead = base if promise.alternative is None else promise.alternative
    notes = () if promise.alternative is not None else (NO_ALTERNATIVE,)
    if promise.alternative is None and promise.baseline is None:
        notes = (*notes, NO_BASELINE)
    tally = found.left_out[c].tolist()
    facts = Facts(
        better=promise.better,
        annual=window.annual,
        comparators=int(found.comparators[c]),
        pool=sum(tally),
        reached=_reached(after, promise, sign),
        n_before=int(found.n_before[c]),
        n_after=int(found.n_after[c]),
        needed=window.needed,
        promised_added=sign * (promise.target - instead),
        effect=float(found.effect[c]),
        upper=float(found.upper[c]),
        p_better=float(found.p_better[c]),
        p_worse=float(found.p_worse[c]),
    )
    numbers = Numbers(
        before, after, float(found.lower[c]), bool(found.by_rank[c]),
        tuple(pair for pair in zip(REASONS[1:], tally[1:], strict=True) if pair[1]), notes,
    )  # fmt: skip
    words = Words(promise.target, promise.unit or "")
    span = _span(promise, grid, window, found, c)
    return answer(promise.commitment, facts, numbers, words=words, span=span, alpha=ALPHA)


def _span(promise: _Promise, grid: Grid, window: Windows, found: Effects, c: int) -> Span:
    """Gather what the words say of time: room, periods without a figure, cautions."""
    at = grid.calendar.column_at
    past = promise.look is not None and at(promise.look) >= at(promise.due_on)
    missing: tuple[str, ...] = ()
    if found.n_after[c] < window.needed:
        row = found.provider[c]
        columns = range(*window.after, window.step)
        missing = tuple(grid.calendar.name(k) for k in columns if not grid.has(row, k))
    cautions = [said for said, true in zip(STILL, found.still[c].tolist(), strict=True) if true]
    if window.ends_early:
        last = grid.calendar.name(window.after[1] - window.step)
        cautions.insert(0, f"Its figures end in {last}, but its comparators' go on.")
    to_come = 0 if past else window.to_come
    return Span(window.season, window.room, to_come, missing, tuple(cautions))


def _reached(after: float, promise: _Promise, sign: int) -> bool | None:
    if promise.better == "neutral" or isnan(after):
        return None
    slack = 1e-12 * max(abs(after), abs(promise.target))
    return bool(sign * (after - promise.target) >= -slack)
