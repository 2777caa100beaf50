"""From tables to verdicts: windows, effects, the verdict table, the portfolio list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from makegood_engine.effect import Cases, Effects, Windows, measure, windows_for
from makegood_engine.effect.pool import REASONS
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import (
    COMMITMENTS,
    MEASUREMENTS,
    POOLS,
    ROW,
    Contract,
    Fault,
    TableError,
    from_arrow,
)
from makegood_engine.verdict.answer import COLUMNS, LeftOut, Numbers, Verdict, answer
from makegood_engine.verdict.grid import Grid, History, grid_of, grid_of_histories
from makegood_engine.verdict.portfolio import portfolio_list
from makegood_engine.verdict.rules import Facts, Finding
from makegood_engine.verdict.words import Words

ALPHA = 0.05
"""The level of each one-sided test, so intervals are of 90%."""
NO_ALTERNATIVE = "No alternative was given, so the baseline stands for it."
NO_BASELINE = "No baseline was given, so the average before the start stands for it."

Table: TypeAlias = "pa.Table | Mapping[str, Sequence[object]]"

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
    measured = _checked(measurements, MEASUREMENTS)
    promised = _checked(commitments, COMMITMENTS)
    pooled = _checked(pools, POOLS)
    check_together(measured, promised, pooled)
    wanted = pa.array(
        pc.unique(pa.concat_arrays([_texts(promised, "series"), _texts(pooled, "series")]))
    )
    grid = grid_of(measured, wanted)
    verdicts, p_t = _judge_table(grid, promised, pooled)
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
    whole, *without = (_verdict(promise, window, found, c) for c in range(len(pools)))
    if whole.effect is None:
        return whole
    changes = tuple(
        LeftOut(name, one.effect, one.lower, one.upper, one.p_added, one.verdict)
        for name, one in zip(names, without, strict=True)
        if one.n_comparators < whole.n_comparators
    )
    return replace(whole, leave_one_out=changes)


def check_together(measured: pa.Table, promised: pa.Table, pooled: pa.Table) -> None:
    """Refuse commitments that name what the other tables lack, or end before they start."""
    absent_series = pc.invert(pc.is_in(promised["series"], value_set=_texts(measured, "series")))
    named = pc.fill_null(pc.not_equal(promised["pool"], ""), fill_value=False)
    known = pc.is_in(promised["pool"], value_set=_texts(pooled, "pool"))
    absent_pool = pc.and_(named, pc.invert(known))
    backwards = pc.less(promised["due_on"], promised["starts_on"])
    faults = [
        *_faults(promised, "series", absent_series, "“{}” has no rows among the measurements."),
        *_faults(promised, "pool", absent_pool, "“{}” has no rows among the pools."),
        *_faults(promised, "due_on", backwards, "{} is before the start."),
    ]
    if faults:
        faults.sort(key=lambda fault: fault.row or 0)
        raise TableError(faults, name="commitments")


def _faults(promised: pa.Table, column: str, bad: pa.ChunkedArray, said: str) -> list[Fault]:
    rows = promised.filter(bad)
    return [
        Fault(row, column, str(cell), said.format(cell))
        for row, cell in zip(rows[ROW].to_pylist(), rows[column].to_pylist(), strict=True)
    ]


def _checked(table: Table, contract: Contract) -> pa.Table:
    if not isinstance(table, pa.Table):
        table = pa.table(dict(table))
    return table if ROW in table.column_names else from_arrow(table, contract)


def _texts(table: pa.Table, column: str) -> pa.Array:
    return pc.unique(table[column]).cast(pa.string())


def _judge_table(
    grid: Grid, promised: pa.Table, pooled: pa.Table
) -> tuple[list[Verdict], np.ndarray]:
    names = [name for name in _Promise.__slots__ if name in promised.column_names]
    promises = [
        _Promise(**dict(zip(names, cells, strict=True)))
        for cells in zip(*(promised[name].to_pylist() for name in names), strict=True)
    ]
    rows = [grid.rows[name] for name in promised["series"].to_pylist()]
    members = _members(grid, pooled)
    none = np.array([], dtype=np.int64)
    pools = [members.get(name, none) for name in promised["pool"].to_pylist()]
    windows = [_windows(grid, *case) for case in zip(promises, rows, pools, strict=True)]
    cases = _cases(rows, pools, windows, [promise.better for promise in promises])
    found = measure(grid.values, cases, weights=grid.weights, alpha=ALPHA)
    verdicts = [_verdict(promise, windows[c], found, c) for c, promise in enumerate(promises)]
    tested = np.array([one.effect is not None for one in verdicts])
    return verdicts, np.where(tested, found.p_t, np.nan)


def _members(grid: Grid, pooled: pa.Table) -> dict[str, np.ndarray]:
    """Rows of each pool's members; one that has no figures gets an empty row of its own."""
    found: dict[str, list[int]] = {}
    pairs = zip(pooled["pool"].to_pylist(), pooled["series"].to_pylist(), strict=True)
    for pool, series in pairs:
        found.setdefault(pool, []).append(grid.rows.get(series, -1))
    return {pool: np.array(rows, dtype=np.int64) for pool, rows in found.items()}


def _windows(grid: Grid, promise: _Promise, row: int, pool: np.ndarray) -> Windows:
    until = int(max(grid.last[row], grid.last[pool].max(initial=-1)))
    if promise.look is not None:
        until = min(until, grid.calendar.column_at(promise.look))
    return windows_for(
        grid.calendar,
        grid.known(row),
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        until=until,
        before_from=promise.before_from,
        after_from=promise.after_from,
    )


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


def _verdict(promise: _Promise, window: Windows, found: Effects, c: int) -> Verdict:
    sign = DIRECTIONS[promise.better] or 1
    before, after = float(found.before[c]), float(found.after[c])
    base = before if promise.baseline is None else promise.baseline
    instead = base if promise.alternative is None else promise.alternative
    notes = () if promise.alternative is not None else (NO_ALTERNATIVE,)
    if promise.alternative is None and promise.baseline is None:
        notes = (*notes, NO_BASELINE)
    facts = Facts(
        better=promise.better,
        annual=window.annual,
        comparators=int(found.comparators[c]),
        pool=int(found.left_out[c].sum()),
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
    tally = zip(REASONS[1:], found.left_out[c, 1:].tolist(), strict=True)
    numbers = Numbers(
        before, after, float(found.lower[c]), bool(found.by_rank[c]),
        tuple(pair for pair in tally if pair[1]), notes,
    )  # fmt: skip
    words = Words(promise.target, promise.unit or "")
    return answer(promise.commitment, facts, numbers, words=words, alpha=ALPHA)


def _reached(after: float, promise: _Promise, sign: int) -> bool | None:
    if promise.better == "neutral" or np.isnan(after):
        return None
    slack = 1e-12 * max(abs(after), abs(promise.target))
    return bool(sign * (after - promise.target) >= -slack)
