"""The three tables of `assess`, checked one by one and then together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.effect.windows import pace_of
from makegood_engine.spc.points import DIRECTIONS
from makegood_engine.tables import (
    COMMITMENTS,
    MEASUREMENTS,
    NO_ROWS,
    POOLS,
    ROW,
    Contract,
    Fault,
    FaultList,
    TableError,
    from_arrow,
    raise_together,
    read_table,
    strangers,
)
from makegood_engine.tables.lookalike import LOOKED_AT
from makegood_engine.verdict.grid import on_firsts, too_wide
from makegood_engine.verdict.rate_gate import unfit_rates
from makegood_engine.verdict.share_gate import beyond_the_whole

Table: TypeAlias = "pa.Table | Mapping[str, Sequence[object]]"
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_Reader: TypeAlias = Callable[[FaultList], pa.Table]

NOT_FIRST = "{} is not the first of a month, as most dates of “{}” are."
BETWEEN = "{} is not between the start and the due date."
LATE = "{} is after the due date. Leave it empty to judge the whole contract."
WRONG_WAY = "The target, {:g}, is worse than the {}, {:g}, where {} is better. Is it meant so?"
NO_BETTER = "The target, {:g}, is just the {}, so nothing is promised. Is it meant so?"
OFF_PACE = "{} does not keep the pace of “{}”, which has a figure every {} days."


@dataclass(frozen=True, slots=True)
class Tables:
    """Measurements, commitments and pools, typed by their contracts, fit to be judged."""

    measurements: pa.Table
    commitments: pa.Table
    pools: pa.Table


def read_files(measurements: Path, commitments: Path, pools: Path) -> Tables:
    """Read and check three files. Raises one `TableError` for all that is wrong in them all."""
    contracts = ((measurements, MEASUREMENTS), (commitments, COMMITMENTS), (pools, POOLS))
    return _gathered([(path.name, partial(_read, path, contract)) for path, contract in contracts])


def checked(tables: Mapping[str, Table]) -> Tables:
    """Check three tables in memory, named as their contracts are."""
    contracts = (MEASUREMENTS, COMMITMENTS, POOLS)
    return _gathered([(kind.name, partial(_take, tables[kind.name], kind)) for kind in contracts])


def series_used(tables: Tables) -> pa.Array:
    """The names of all series that commitments or pools speak of."""
    texts = (
        pc.unique(part["series"]).cast(pa.string()) for part in (tables.commitments, tables.pools)
    )
    return pa.array(pc.unique(pa.concat_arrays(list(texts)))).drop_null()


def _read(path: Path, contract: Contract, faults: FaultList) -> pa.Table:
    return read_table(path, contract, faults=faults)


def _take(table: Table, contract: Contract, faults: FaultList) -> pa.Table:
    if not isinstance(table, pa.Table):
        table = pa.table(dict(table))
    return table if ROW in table.column_names else from_arrow(table, contract, faults=faults)


def _gathered(readers: Sequence[tuple[str, _Reader]]) -> Tables:
    """Read each table, then check them together as far as they could be read."""
    lists = [FaultList(name) for name, _ in readers]
    found: list[pa.Table] = []
    for faults, (_, reader) in zip(lists, readers, strict=True):
        try:
            found.append(reader(faults))
        except TableError as error:
            faults.add(error.faults)
    if len(found) == len(readers):
        tables = Tables(*found)
        lists[0].add(faults_between(tables))
        lists[1].add(at_odds(tables))
        lists[1].add(beyond_the_whole(tables.measurements, tables.commitments))
    raise_together(lists)
    return Tables(*found)


def faults_between(tables: Tables) -> list[Fault]:
    """What the commitments find wrong with the measurements, by the measurements' rows."""
    used = tables.measurements.filter(
        pc.is_in(tables.measurements["series"], value_set=series_used(tables))
    )
    rates = unfit_rates(tables.measurements, tables.commitments, tables.pools)
    return sorted([*off_calendar(tables), *too_wide(used), *rates], key=_row)


def at_odds(tables: Tables) -> list[Fault]:
    """Commitments that name what the other tables lack, end before they start, or promise too much."""
    promised = tables.commitments
    names = pc.unique(tables.measurements["series"]).cast(pa.string())
    pools = pc.unique(tables.pools["pool"]).cast(pa.string())
    no_series = pc.invert(pc.is_in(promised["series"], value_set=names))
    no_pool = pc.and_(
        pc.not_equal(promised["pool"], ""), pc.invert(pc.is_in(promised["pool"], value_set=pools))
    )
    backwards = pc.less(promised["due_on"], promised["starts_on"])
    faults = [
        *_strangers(promised, "series", no_series, names, NO_ROWS),
        *_strangers(promised, "pool", no_pool, pools, "“{}” has no rows among the pools."),
        *_faults(promised, "due_on", backwards, "{} is before the start."),
        *_looks_outside(promised),
        *_windows_astray(promised),
    ]
    return sorted(faults, key=lambda fault: fault.row or 0)


def _strangers(
    promised: pa.Table, column: str, bad: pa.ChunkedArray, known: pa.Array, said: str
) -> list[Fault]:
    """Names that another table lacks, the first with the known name most like each."""
    like = known.slice(0, LOOKED_AT).drop_null().to_pylist()
    return strangers(_bad(promised, column, bad), like, column=column, said=said)


def _faults(promised: pa.Table, column: str, bad: pa.ChunkedArray, said: str) -> list[Fault]:
    return [
        Fault(row, column, str(cell), said.format(cell))
        for row, cell in _bad(promised, column, bad)
    ]


def _bad(promised: pa.Table, column: str, bad: pa.ChunkedArray) -> list[tuple[int, str]]:
    """The row and cell of each commitment where `bad` holds and the cell is filled."""
    rows = promised.filter(
        pc.and_(pc.fill_null(bad, fill_value=False), pc.is_valid(promised[column]))
    )
    return list(zip(rows[ROW].to_pylist(), rows[column].to_pylist(), strict=True))


def wrong_way(promised: pa.Table) -> list[Fault]:
    """Commitments whose target is no better than what they are held against, by row."""
    faults = []
    for row in promised.to_pylist():
        name = "baseline" if row["alternative"] is None else "alternative"
        instead, sign = row[name], DIRECTIONS[row["better"]]
        if sign and instead is not None and sign * (row["target"] - instead) <= 0:
            worse = row["target"] != instead
            said = (WRONG_WAY if worse else NO_BETTER).format(
                row["target"], name, instead, row["better"]
            )
            faults.append(Fault(row[ROW], "target", f"{row['target']:g}", said))
    return faults


def _looks_outside(promised: pa.Table) -> list[Fault]:
    """Agreed looks that are not between a commitment's start and its due date."""
    if "looks" not in promised.column_names:
        return []
    rows = promised.select(["starts_on", "due_on", "looks", ROW]).to_pylist()
    outside = [
        (row, day)
        for row in rows
        for day in (row["looks"] or "").split(";")
        if day and row["starts_on"] and row["due_on"]
        and not row["starts_on"].isoformat() <= day <= row["due_on"].isoformat()
    ]  # fmt: skip
    return [Fault(row[ROW], "looks", row["looks"], BETWEEN.format(day)) for row, day in outside]


def _windows_astray(promised: pa.Table) -> list[Fault]:
    """A look outside the contract, or a window that opens on the wrong side of its start."""
    names = [
        name for name in ("look", "before_from", "after_from") if name in promised.column_names
    ]
    rows = promised.select(["starts_on", "due_on", ROW, *names]).to_pylist() if names else []
    return [
        Fault(row[ROW], name, str(row[name]), said.format(row[name]))
        for row in rows
        for name in names
        if row[name] and row["starts_on"] and row["due_on"]
        and (said := _astray(name, row[name], row["starts_on"], row["due_on"]))
    ]  # fmt: skip


def _astray(name: str, day: date, start: date, due: date) -> str:
    """Say what is wrong with the day of a look or of a window's opening; "" where nothing is."""
    if name == "before_from":
        return "" if day < start else "{} is not before the start."
    if start <= day <= due:
        return ""
    if name == "after_from":
        return BETWEEN
    return "{} is before the start." if day < start else LATE


def off_calendar(tables: Tables) -> list[Fault]:
    """Periods that do not keep to their own series' calendar.

    In a series of months, any day but a first; in a provider's series of days or weeks, a day
    off its pace. Series that no commitment and no pool names are not looked at.
    """
    measured = tables.measurements
    used = measured.filter(
        pc.and_(pc.is_in(measured["series"], value_set=series_used(tables)),
                pc.is_valid(measured["period"]))
    )  # fmt: skip
    if not used.num_rows:
        return []
    first, monthly = on_firsts(used)
    bad = used.filter(pa.array(monthly & ~first))
    faults = [_off(row, NOT_FIRST, row["series"]) for row in _rows(bad)]
    if monthly.all():
        return faults
    providers = pc.is_in(used["series"], value_set=tables.commitments["series"].combine_chunks())
    in_days = used.filter(pc.and_(providers, pa.array(~monthly)))
    for name in pc.unique(in_days["series"]).to_pylist():
        own = in_days.filter(pc.equal(in_days["series"], name)).sort_by("period")
        days = own["period"].cast(pa.int32()).to_numpy().astype(np.int64)
        step, phase = pace_of(np.unique(days))
        faults += [
            _off(row, OFF_PACE, name, step)
            for row in _rows(own.filter(pa.array(days % step != phase)))
        ]
    return faults


def _row(fault: Fault) -> int:
    return fault.row or 0


def _rows(table: pa.Table) -> list[dict[str, object]]:
    return table.select(["series", "period", ROW]).to_pylist()


def _off(row: dict[str, object], said: str, *more: object) -> Fault:
    at, day = row[ROW], str(row["period"])
    assert isinstance(at, int)
    return Fault(at, "period", day, said.format(day, *more))
