"""The local runner: files of any size through the kernel, on one machine, in bounded memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from makegood_engine.runners.output import TableFile, table_files
from makegood_engine.runners.source import NotInOrderError, Whole, ahead, in_order, sorted_pieces
from makegood_engine.spc.points import DIRECTIONS, Labels, assure, label, trial_note
from makegood_engine.spc.rulesets import ASSURANCES, POINT_TYPES, PTD, RuleSet, ruleset_named
from makegood_engine.tables import (
    DEFINITIONS,
    MEASUREMENTS,
    ROW,
    Fault,
    FaultList,
    TableError,
    read_pieces,
    read_table,
    whole_file,
)

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Report = Callable[[int], None]
"""Told the number of points done so far."""


@dataclass(slots=True)
class Done:
    """What a run did."""

    points: int = 0
    series: int = 0
    flagged: int = 0
    sorted_first: bool = False


@dataclass(frozen=True, slots=True)
class Definitions:
    """How series are to be watched, by series; absent ones are neutral, without a target."""

    series: pa.Array
    better: NDArray[np.int8]
    target: Floats
    fix_after: Longs
    screen_outliers: NDArray[np.bool_]
    rebases: tuple[tuple[np.datetime64, ...], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The definitions of the series of one piece, aligned with them."""

    better: NDArray[np.int8]
    target: Floats
    fix_after: Longs
    screen_outliers: NDArray[np.bool_]
    rebases: dict[int, tuple[np.datetime64, ...]]


def run_spc(
    measurements: Path,
    *,
    points: Path,
    summary: Path,
    definitions: Path | None = None,
    ruleset: str = PTD.name,
    report: Report = lambda _done: None,
) -> Done:
    """Label every point of every series of a file, into two files.

    Input in order of series and period streams straight through; other input is sorted first
    (DuckDB, on disk where it must). Memory does not grow with the file. Raises `TableError`
    for bad input; then neither output is touched.
    """
    rules = ruleset_named(ruleset)
    asked = None if definitions is None else read_definitions(definitions)
    job = _Job(measurements, points, summary, asked, rules, report)
    try:
        return job.run(lambda faults, _: read_pieces(measurements, MEASUREMENTS, faults=faults))
    except NotInOrderError:
        done = job.run(lambda faults, folder: sorted_pieces(measurements, folder, faults))
        done.sorted_first = True
        return done


@dataclass(frozen=True, slots=True)
class _Job:
    measurements: Path
    points: Path
    summary: Path
    asked: Definitions | None
    rules: RuleSet
    report: Report

    def run(self, source: Callable[[FaultList, Path], Iterator[pa.Table]]) -> Done:
        """Stream one source through the kernel into both files."""
        faults, done = FaultList(self.measurements.name), Done()
        with (
            TemporaryDirectory(dir=self.points.parent if self.points.parent.is_dir() else None,
                               prefix=".makegood-") as folder,
            table_files(self.points, self.summary) as (points, summary),
        ):  # fmt: skip
            for whole in in_order(ahead(source(faults, Path(folder))), faults):
                self._take(whole, points, summary, done)
            faults.raise_if_any()
            if done.series == 0:
                said = "The table has a header but no rows."
                raise whole_file(said, name=self.measurements.name)
        return done

    def _take(self, whole: Whole, points: TableFile, summary: TableFile, done: Done) -> None:
        asked = _asked(whole.names, self.asked)
        starts, first = _groups(whole, asked)
        values = whole.table["value"].to_numpy().astype(np.float64, copy=False)
        of = np.repeat(np.arange(len(whole.names)), np.diff(first))
        found = label(
            values,
            starts,
            better=asked.better[of],
            fix_after=asked.fix_after[of],
            screen_outliers=asked.screen_outliers[of],
            ruleset=self.rules,
        )
        points.write(
            _points(whole, values=values, starts=starts, first=first, found=found, rules=self.rules)
        )
        summary.write(
            _summary(
                whole,
                values=values,
                starts=starts,
                first=first,
                found=found,
                asked=asked,
                rules=self.rules,
            )
        )
        done.points += len(values)
        done.series += len(whole.names)
        done.flagged += int(np.count_nonzero(found.cause))
        self.report(done.points)


def read_definitions(path: Path) -> Definitions:
    """Read a definitions table; refuses limits fixed on fewer than 12 points."""
    table = read_table(path, DEFINITIONS)
    n = table.num_rows

    def column(name: str, *, default: object) -> list[object]:
        if name not in table.column_names:
            return [default] * n
        return [default if cell is None else cell for cell in table[name].to_pylist()]

    fix_after = np.array(column("fix_after", default=0), dtype=np.int64)
    short = np.flatnonzero((fix_after > 0) & (fix_after < 12)).tolist()
    said = "{} is too few points to fix limits on. Use 12 or more."
    faults = [
        Fault(table[ROW][i].as_py(), "fix_after", str(fix_after[i]), said.format(fix_after[i]))
        for i in short
    ]
    if faults:
        raise TableError(faults, name=path.name)
    return Definitions(
        table["series"].combine_chunks(),
        np.array(
            [DIRECTIONS[str(way)] for way in column("better", default="neutral")], dtype=np.int8
        ),
        np.array(column("target", default=np.nan), dtype=np.float64),
        fix_after,
        np.array(column("screen_outliers", default=True), dtype=np.bool_),
        tuple(
            tuple(np.datetime64(day) for day in str(days).split(";") if day)
            for days in column("rebases", default="")
        ),
    )


def _asked(names: pa.Array, known: Definitions | None) -> _Asked:
    n = len(names)
    plain = _Asked(
        np.zeros(n, np.int8), np.full(n, np.nan), np.zeros(n, np.int64), np.ones(n, np.bool_), {}
    )
    if known is None:
        return plain
    place = pc.index_in(names, value_set=known.series).fill_null(-1).to_numpy()
    here = np.flatnonzero(place >= 0)
    at = place[here]
    plain.better[here] = known.better[at]
    plain.target[here] = known.target[at]
    plain.fix_after[here] = known.fix_after[at]
    plain.screen_outliers[here] = known.screen_outliers[at]
    pairs = zip(here.tolist(), at.tolist(), strict=True)
    plain.rebases.update({i: known.rebases[k] for i, k in pairs if known.rebases[k]})
    return plain


def _groups(whole: Whole, asked: _Asked) -> tuple[Longs, Longs]:
    """Where each group begins (and the end), and each series' first group (and their number)."""
    starts = whole.starts
    if not asked.rebases:
        return starts, np.arange(len(starts))
    days = whole.table["period"].to_numpy()
    cuts: set[int] = set()
    for i, dates in asked.rebases.items():
        low, high = int(starts[i]), int(starts[i + 1])
        found = low + np.searchsorted(days[low:high], np.array(dates))
        cuts |= {int(cut) for cut in found if low < cut < high}
    every = np.union1d(starts, np.array(sorted(cuts), dtype=np.int64))
    return every, np.searchsorted(every, starts)


def _points(
    whole: Whole, *, values: Floats, starts: Longs, first: Longs, found: Labels, rules: RuleSet
) -> pa.Table:
    """The points table of one piece; what is unknown is null."""
    lengths = np.diff(starts)
    number = np.arange(len(lengths)) - np.repeat(first[:-1], np.diff(first))
    gone = np.isnan(values)
    missing = gone if gone.any() else None
    series = pa.DictionaryArray.from_arrays(
        pa.array(np.repeat(np.arange(len(whole.names), dtype=np.int32), np.diff(whole.starts))),
        whole.names,
    )
    columns = {
        "series": series,
        "period": whole.table["period"],
        "value": whole.table["value"],
        "group": pa.array(np.repeat(number.astype(np.int32), lengths)),
        "mean": _repeated(found.mean, lengths),
        "lower": _repeated(found.lower, lengths),
        "upper": _repeated(found.upper, lengths),
        "outside": pa.array(found.outside, mask=missing),
        "side": pa.array(found.side, mask=missing),
        "close": pa.array(found.close, mask=missing),
        "special_cause": _coded(found.cause, rules.labels),
        "point_type": _coded(found.kind, POINT_TYPES),
    }
    for name in whole.table.column_names:
        if name not in columns and name != ROW:
            columns[name] = whole.table[name]
    return pa.table(columns)


def _repeated(per_group: Floats, lengths: Longs) -> pa.Array:
    values = np.repeat(per_group, lengths)
    gone = np.isnan(per_group)
    return pa.array(values, mask=np.repeat(gone, lengths) if gone.any() else None)


def _coded(codes: NDArray[np.int8], labels: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels))


def _notes(counts: Longs, rules: RuleSet) -> pa.Array:
    """The notes of each series, from the known points of its last group."""
    said = pa.array([" ".join(trial_note(k, rules)) for k in range(rules.settled + 1)])
    return pa.DictionaryArray.from_arrays(pa.array(np.minimum(counts, rules.settled)), said)


def _summary(
    whole: Whole,
    *,
    values: Floats,
    starts: Longs,
    first: Longs,
    found: Labels,
    asked: _Asked,
    rules: RuleSet,
) -> pa.Table:
    """The summary table of one piece: each series' last group, last known point, assurance."""
    known = ~np.isnan(values)
    last = first[1:] - 1
    n = np.add.reduceat(known, whole.starts[:-1], dtype=np.int64)
    in_last = np.add.reduceat(known, starts[:-1], dtype=np.int64)[last]
    place = np.maximum.reduceat(np.where(known, np.arange(len(values)), -1), whole.starts[:-1])
    variation = np.where(n > 0, found.kind[place], 0).astype(np.int8)
    lower, upper = found.lower[last], found.upper[last]
    assurance = np.zeros(len(last), np.int8)
    for i in np.flatnonzero(~np.isnan(asked.target)).tolist():
        assurance[i] = assure(lower[i], upper[i], asked.target[i], int(asked.better[i]))
    return pa.table(
        {
            "series": whole.names,
            "n": n,
            "mean": pa.array(found.mean[last], from_pandas=True),
            "lower": pa.array(lower, from_pandas=True),
            "upper": pa.array(upper, from_pandas=True),
            "variation": _coded(variation, POINT_TYPES),
            "assurance": _coded(assurance, ASSURANCES),
            "ruleset": _coded(np.zeros(len(n), np.int8), (rules.name,)),
            "notes": _notes(in_last, rules),
        }
    )
