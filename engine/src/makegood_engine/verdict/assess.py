"""From tables to verdicts, and from one promise to one verdict in detail."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from makegood_engine.effect import Windows
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import COMMITMENTS, ROW, far_away, out_of_reach, too_far
from makegood_engine.verdict.answer import COLUMNS, SCHEMA, LeftOut, Verdict, table_of, verdict_of
from makegood_engine.verdict.gate import (
    Table,
    Tables,
    checked,
    read_files,
    series_used,
)
from makegood_engine.verdict.grid import Grid, History, grid_of_histories, grids_of
from makegood_engine.verdict.judge import Pool, judge_all, windows_of
from makegood_engine.verdict.portfolio import portfolio_list
from makegood_engine.verdict.promise import RATE, Promise
from makegood_engine.verdict.rate_gate import refuse_rates
from makegood_engine.verdict.rules import TESTED, Finding

Floats = NDArray[np.float64]
_Histories: TypeAlias = Mapping[str, History]

LEFT_OUT_SCHEMA = pa.schema(
    [
        ("commitment", pa.string()),
        ("series", pa.string()),
        ("effect", pa.float64()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("p_added", pa.float64()),
        ("verdict", pa.string()),
    ]
)
"""The table of what would be found with each comparator left out."""


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
    table, p_t = judge_tables(tables)
    delivered = np.array([said == Finding.DELIVERED.value for said in table["verdict"].to_pylist()])
    listed = portfolio_list(p_t, delivered, fdr=fdr)
    place = table.schema.get_field_index("in_portfolio_list")
    table = table.set_column(place, table.schema.field(place), pa.array(listed))
    return with_own_columns(table, tables.commitments)


def with_own_columns(table: pa.Table, promised: pa.Table) -> pa.Table:
    """The verdicts table with the columns of the commitments that are their owner's own."""
    for name in promised.column_names:
        if COMMITMENTS.column(name) is None and name not in (ROW, *COLUMNS):
            table = table.append_column(name, promised[name])
    return table


def judge_tables(tables: Tables) -> tuple[pa.Table, Floats]:
    """Judge all commitments, the portfolio list still to be marked.

    Also gives p by prediction-t, float64[C], NaN where there was no test.
    """
    parts: list[pa.Table] = [SCHEMA.empty_table()]
    p_t: list[Floats] = []
    places: list[int] = []
    for share in _by_grid(tables):
        judged = judge_all(
            share.grid, share.promises, share.rows, [pool for _, pool in share.pools]
        )
        parts.append(table_of(judged))
        p_t.append(np.where(judged.findings >= TESTED, judged.effects.p_t, np.nan))
        places += share.places
    order = np.argsort(np.array(places, dtype=np.int64))
    together = np.concatenate([np.array([]), *p_t])
    return pa.concat_tables(parts).take(order).combine_chunks(), together[order]


def left_out(tables: Tables) -> pa.Table:
    """Say for every commitment what would be found with each of its comparators left out.

    One row a commitment and comparator that can be used; none for a commitment without a test.
    """
    rows: list[tuple[object, ...]] = []
    for case in _by_grid(tables):
        for promise, row, (names, pool) in zip(case.promises, case.rows, case.pools, strict=True):
            whole, changes = _with_each_left_out(case.grid, promise, row, names, pool)
            if whole.effect is None:
                continue
            rows += [
                (promise.commitment, one.series, one.effect, one.lower, one.upper, one.p_added,
                 one.verdict)
                for one in changes
            ]  # fmt: skip
    cells = zip(*rows, strict=True) if rows else [[]] * len(LEFT_OUT_SCHEMA)
    return pa.table([list(column) for column in cells], schema=LEFT_OUT_SCHEMA)


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
    looks: Sequence[date] = (),
    weights: Mapping[str, History] | None = None,
    counts: Mapping[str, History] | None = None,
    scale: str = "level",
    commitment: str = "",
    unit: str = "",
) -> Verdict:
    """Judge one commitment, and say what leaving each comparator out would change.

    `series` and each of `comparators` map the first day of a period to a value (None where
    missing). `now` is the day of the look: later figures are not used. `looks` are the days
    agreed beforehand, over which the error is spent; the due date is always one. `weights` map a
    comparator's name to its denominators, and "" to the provider's own; `counts` do so for
    numerators. `scale` is "rate" for counts that vary more than chance, judged on a log scale,
    else "level". `unit` is for the words alone: "%" makes differences percentage points. Raises
    `TypeError` for a text or time where there must be a date; `ValueError` for an unknown
    direction or scale, a due date before the start, a look outside the contract, an infinite
    value or one too large to compare, a rate below 0, or one that its counts do not come to.
    """
    names = list(comparators)
    _refuse_what_is_no_date(
        {"starts_on": [starts_on], "due_on": [due_on], "now": [now], "looks": looks,
         "series": series, "comparators": [day for one in comparators.values() for day in one]}
    )  # fmt: skip
    promise = Promise(
        commitment, better, starts_on, due_on, baseline, alternative, target, look=now,
        looks=";".join(day.isoformat() for day in looks), scale=scale, unit=unit,
    )  # fmt: skip
    histories = {"": series, **comparators}
    _refuse_what_cannot_be(promise, list(histories.values()))
    beside = [
        None if part is None else [part.get(name, {}) for name in ("", *names)]
        for part in (weights, counts)
    ]
    grid = grid_of_histories([series, *comparators.values()], *beside)
    _refuse_out_of_reach(promise, histories, counts or {}, weights or {})
    if scale == RATE:
        refuse_rates(histories, counts or {}, weights or {})
    everyone = np.arange(1, len(names) + 1, dtype=np.int64)
    pool = Pool.of(grid, everyone)
    whole, changes = _with_each_left_out(grid, promise, 0, names, pool)
    window = windows_of(grid, promise, 0, pool)
    stray = _stray_note([series, *comparators.values()], grid, window)
    whole = replace(whole, notes=(*whole.notes, *stray))
    return whole if whole.effect is None else replace(whole, leave_one_out=changes)


def _refuse_what_is_no_date(given: Mapping[str, Iterable[object]]) -> None:
    """Refuse texts and times where there must be dates, and days centuries away, by argument."""
    for name, days in given.items():
        for day in days:
            if day is None and name == "now":
                continue
            if not isinstance(day, date) or isinstance(day, datetime):
                said = f"“{day}” in {name} is a {type(day).__name__}, not a date."
                raise TypeError(f"{said} Give a datetime.date, like date(2024, 4, 1).")
            if said := far_away(day):
                raise ValueError(f"{said} It is in {name}.")


def _refuse_what_cannot_be(promise: Promise, histories: Sequence[History]) -> None:
    if promise.better not in DIRECTIONS:
        raise ValueError(f"“{promise.better}” is not a direction. Use up, down or neutral.")
    if promise.scale not in {"level", "rate"}:
        raise ValueError(f"“{promise.scale}” is not a scale. Use level or rate.")
    if promise.due_on < promise.starts_on:
        raise ValueError(f"It is due on {promise.due_on}, before it starts on {promise.starts_on}.")
    if promise.scale == "rate" and any(
        value is not None and value < 0 for history in histories for value in history.values()
    ):
        raise ValueError("A rate is below 0. Counts of events cannot be.")


def _refuse_out_of_reach(
    promise: Promise, values: _Histories, counts: _Histories, sizes: _Histories
) -> None:
    """Refuse figures too large or too small to compare, naming the first and its day."""
    for name in ("baseline", "alternative", "target"):
        figure = getattr(promise, name)
        if figure is not None and (said := too_far(figure)):
            raise ValueError(f"{name}: {said}")
    for part in (values, counts, sizes):
        for history in part.values():
            days, figures = list(history), np.array(list(history.values()), dtype=np.float64)
            bad = out_of_reach(figures)
            if bad.any():
                at = int(np.argmax(bad))
                raise ValueError(f"{days[at]}: {too_far(float(figures[at]))}")


def _with_each_left_out(
    grid: Grid, promise: Promise, row: int, names: Sequence[str], pool: Pool
) -> tuple[Verdict, tuple[LeftOut, ...]]:
    """The verdict, and what each usable comparator's absence would change."""
    without = [
        Pool(np.delete(pool.rows, i), pool.last)  # the windows stay as they were
        for i in range(len(names))
    ]
    count = len(without) + 1
    judged = judge_all(grid, [promise] * count, [row] * count, [pool, *without])
    whole, *others = (verdict_of(judged, place) for place in range(count))
    return whole, tuple(
        LeftOut(name, one.effect, one.lower, one.upper, one.p_added, one.verdict)
        for name, one in zip(names, others, strict=True)
        if one.n_comparators < whole.n_comparators
    )


class _Share:
    """The commitments whose series share one grid: months, or days."""

    def __init__(self, grid: Grid, tables: Tables) -> None:
        series = tables.commitments["series"].to_pylist()
        members = _members(grid, tables.pools)
        none: tuple[list[str], Pool] = ([], Pool.of(grid, np.array([], dtype=np.int64)))
        pools = tables.commitments["pool"].to_pylist()
        promises = _promises(tables.commitments)
        self.grid = grid
        self.places = [c for c, name in enumerate(series) if name in grid.rows]
        self.promises = [promises[c] for c in self.places]
        self.rows = [grid.rows[series[c]] for c in self.places]
        self.pools = [members.get(pools[c], none) for c in self.places]


def _by_grid(tables: Tables) -> Iterator[_Share]:
    """Those commitments in months and those in days apart."""
    for grid in grids_of(tables.measurements, series_used(tables)):
        yield _Share(grid, tables)


def _promises(promised: pa.Table) -> list[Promise]:
    here, plain = promised.column_names, Promise._field_defaults
    cells = (
        _cells(promised[name]) if name in here else repeat(plain[name], promised.num_rows)
        for name in Promise._fields
    )
    return list(map(Promise._make, zip(*cells, strict=True)))


def _cells(column: pa.ChunkedArray) -> list[Any]:
    """A column as Python has it; dates, of which there are few, are each made once."""
    if not pa.types.is_date(column.type):
        cells: list[Any] = column.to_pylist()
        return cells
    coded = column.combine_chunks().dictionary_encode()
    days = [*coded.dictionary.to_pylist(), None]
    return [days[code] for code in coded.indices.fill_null(len(days) - 1).to_pylist()]


def _members(grid: Grid, pooled: pa.Table) -> dict[str, tuple[list[str], Pool]]:
    """Each pool's members; one that has no figures gets the grid's empty row."""
    found: dict[str, list[str]] = {}
    empty = len(grid.values) - 1
    pairs = zip(pooled["pool"].to_pylist(), pooled["series"].to_pylist(), strict=True)
    for pool, series in pairs:
        found.setdefault(pool, []).append(series)
    return {
        pool: (names, Pool.of(grid, np.array([grid.rows.get(n, empty) for n in names], np.int64)))
        for pool, names in found.items()
    }


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
