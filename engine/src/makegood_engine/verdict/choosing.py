"""Choosing comparators for every commitment, before anything is signed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.effect import choose, windows_for
from makegood_engine.effect.pool import ABSENT, ITSELF, REASONS
from makegood_engine.effect.windows import LEAST
from makegood_engine.tables import ROW, Fault, FaultList, raise_together, strangers
from makegood_engine.verdict.gate import Tables, off_calendar
from makegood_engine.verdict.grid import Grid, grids_of, too_wide
from makegood_engine.verdict.promise import Promise

Floats = NDArray[np.float64]

PROMISED = "under a promise themselves"
NAMED = "named to be left out"
"""Why a series is not considered at all; the other reasons are `effect.pool.REASONS`."""

BACKWARDS = "{} is before the start."
TWICE = (
    "“{}” is the pool of row {} too, and pools are chosen one by one. Leave the cell empty in all "
    "rows but one, or give each row a name of its own."
)
TOO_FEW = "“{}” has {} figures in the window before its start. It takes {} to tell who is like it."


class Wish(NamedTuple):
    """How many comparators and substitutes are wanted of a commitment, and the seed for ties."""

    comparators: int
    seed: int
    substitutes: int = 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The comparators of one commitment and its substitutes, the most alike first.

    `considered` is how many could have served; `left_out` counts those that could not by reason.
    """

    commitment: str
    pool: str
    members: tuple[str, ...]
    substitutes: tuple[str, ...]
    considered: int
    left_out: dict[str, int]
    rule: str
    seed: int


def choose_pools(
    measurements: pa.Table,
    commitments: pa.Table,
    *,
    wish: Wish,
    but: Collection[str] = (),
    files: tuple[str, str] = ("measurements", "commitments"),
) -> list[Chosen]:
    """Choose for every commitment the series most like its own, by `effect.choose`.

    The tables are as `read_table` gives them; `files` is what errors call them. Considered are
    all series but those of any commitment and those of `but`, in the before-window up to the
    provider's own last figure; nothing from the start on is looked at. A pool bears the name
    that the commitment gives it, else the commitment's. Raises `TableError` for one pool of two
    commitments, a series without rows or off its calendar, and one with fewer than 6 figures in
    its before-window.
    """
    measured, promised = (FaultList(name) for name in files)
    measured.add(off_calendar(Tables(measurements, commitments, commitments.slice(0, 0))))
    measured.add(too_wide(measurements))
    promised.add(_unfit(measurements, commitments))
    raise_together([measured, promised])
    names = set(pc.unique(measurements["series"]).to_pylist()) - {None}
    own = set(commitments["series"].to_pylist())
    free = sorted(names - own - set(but))
    apart = {PROMISED: len(own), NAMED: len((names & set(but)) - own)}
    found: dict[int, Chosen] = {}
    for case in _cases(measurements, commitments):
        if case.known < LEAST:
            promised.add([case.fault()])
        else:
            found[case.at] = _chosen(case, free, apart, wish)
    raise_together([promised])
    return [found[at] for at in commitments[ROW].to_pylist()]


class _Case(NamedTuple):
    """One commitment: its row in the file, its pool's name, its series' grid and window."""

    at: int
    pool: str
    series: str
    promise: Promise
    grid: Grid
    columns: NDArray[np.int64]

    @property
    def row(self) -> int:
        """The row of its series; the grid's empty one where it has no figure."""
        return self.grid.rows.get(self.series, len(self.grid.values) - 1)

    @property
    def known(self) -> int:
        """How many figures of its series are in the window."""
        return int((~np.isnan(self.before([self.row]))).sum())

    def before(self, rows: list[int]) -> Floats:
        """The figures of some rows in the window, NaN where missing."""
        known = self.columns >= 0
        found = np.full((len(rows), len(self.columns)), np.nan)
        found[:, known] = self.grid.values[rows][:, self.columns[known]]
        return found

    def fault(self) -> Fault:
        """Say that too little is known of its series."""
        said = TOO_FEW.format(self.series, self.known, LEAST)
        return Fault(self.at, "series", self.series, said)


def _cases(measurements: pa.Table, commitments: pa.Table) -> Iterator[_Case]:
    """Every commitment, on a grid of nothing but the figures before its start."""
    names = pc.unique(measurements["series"]).cast(pa.string()).drop_null()
    known = measurements.filter(pc.is_valid(measurements["value"]))
    for start in pc.unique(commitments["starts_on"]).to_pylist():
        early = known.filter(pc.less(known["period"], pa.scalar(start)))
        grids = grids_of(early, names)
        for row in commitments.filter(pc.equal(commitments["starts_on"], start)).to_pylist():
            name = row["series"]
            grid = next((grid for grid in grids if name in grid.rows), grids[0])
            yield _case(row, grid)


def _case(row: dict[str, Any], grid: Grid) -> _Case:
    promise = Promise(**{name: row[name] for name in Promise._fields if name in row})
    at, name = int(row[ROW]), str(row["series"])
    place = grid.rows.get(name, len(grid.values) - 1)
    window = windows_for(
        grid.calendar,
        grid.pace(place),
        starts_on=promise.starts_on,
        due_on=promise.due_on,
        until=grid.calendar.column_at(promise.starts_on),
        before_from=promise.before_from,
    )
    columns = np.arange(*window.before, window.step)
    pool = str(row["pool"] or promise.commitment)
    return _Case(at, pool, name, promise, grid, columns[columns <= grid.last[place]])


def _chosen(case: _Case, free: list[str], apart: dict[str, int], wish: Wish) -> Chosen:
    here = [name for name in free if name in case.grid.rows]
    before = case.before([case.row, *(case.grid.rows[name] for name in here)])
    choice = choose(before, 0, count=wish.comparators + wish.substitutes, seed=wish.seed)
    ordered = tuple(here[place - 1] for place in choice.rows)
    tally = Counter(apart) + Counter(choice.left_out)
    del tally[REASONS[ITSELF]]
    tally[REASONS[ABSENT]] += len(free) - len(here)
    return Chosen(
        case.promise.commitment,
        case.pool,
        ordered[: wish.comparators],
        ordered[wish.comparators :],
        choice.considered,
        {reason: many for reason, many in tally.items() if many},
        choice.rule,
        wish.seed,
    )


def _unfit(measurements: pa.Table, commitments: pa.Table) -> list[Fault]:
    """Commitments whose series has no rows, that end before they start, or share a pool."""
    names = pc.unique(measurements["series"]).drop_null().to_pylist()
    held = set(names)
    rows = commitments.to_pylist()
    lost = [(row[ROW], row["series"]) for row in rows if row["series"] not in held]
    backwards = [
        Fault(row[ROW], "due_on", str(row["due_on"]), BACKWARDS.format(row["due_on"]))
        for row in rows
        if row["due_on"] < row["starts_on"]
    ]
    return [*strangers(lost, names), *backwards, *_shared_pools(rows)]


def _shared_pools(rows: list[dict[str, Any]]) -> Iterator[Fault]:
    """Commitments whose pools would have one name, each with a row that has it too."""
    held: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        held[row["pool"] or row["commitment"]].append(row[ROW])
    for row in rows:
        name = row["pool"] or row["commitment"]
        other = next((at for at in held[name] if at != row[ROW]), None)
        if other is not None:
            yield Fault(row[ROW], "pool", row["pool"], TWICE.format(name, f"{other:,}"))
