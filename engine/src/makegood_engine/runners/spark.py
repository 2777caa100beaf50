"""The Spark runner: the same kernel and the same code as on one machine, over a cluster."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import SparkSession

from makegood_engine.runners.answers import answers_of
from makegood_engine.runners.cluster import (
    BROKEN,
    PartFile,
    Place,
    Tally,
    Task,
    in_groups,
    last_of,
    own_session,
    read_frame,
    spread,
)
from makegood_engine.runners.definitions import Definitions, read_definitions
from makegood_engine.runners.local import Done
from makegood_engine.runners.rates import check_rates
from makegood_engine.runners.source import in_order
from makegood_engine.spc.rulesets import PTD, ruleset_named
from makegood_engine.tables import MEASUREMENTS, ROW, Fault, FaultList, TableError, whole_file
from makegood_engine.tables.check import check_batch

WIDTH = "The row has more or fewer cells than row 1 names columns."


def run_spark(
    measurements: str,
    *,
    points: str,
    summary: str,
    definitions: Path | None = None,
    ruleset: str = PTD.name,
    session: SparkSession | None = None,
) -> Done:
    """Label every point of every series on a cluster, into two folders of Parquet files.

    `measurements` is a CSV or Parquet file, or a folder of them; it and the outputs may be
    URLs (s3a://, gs://, abfs://, hdfs://). `definitions` is a file on this machine. Without a
    `session` one is started, and stopped at the end. Raises `TableError` for bad input, naming
    file, series, period and column; then nothing is written.
    """
    rules = ruleset_named(ruleset)
    known = None if definitions is None else read_definitions(definitions)
    if points.rstrip("/") == summary.rstrip("/"):
        raise whole_file("Points and summary need a folder each.", name=last_of(points))
    spark = session or own_session()
    try:
        frame = read_frame(spark, measurements, MEASUREMENTS)
        done = spread(
            in_groups(frame, by=["series"], then=["period"]),
            LabelTask(known, rules.name),
            outputs={"points": points, "summary": summary},
            source=frame,
        )
    finally:
        if session is None:
            spark.stop()
    if done.series == 0:
        raise whole_file("The table has a header but no rows.", name=last_of(measurements))
    return Done(done.points, done.series, done.flagged, sorted_first=True)


@dataclass(frozen=True, slots=True)
class LabelTask(Task):
    """Labels the whole series of one part."""

    known: Definitions | None
    ruleset: str

    def run(self, pieces: Iterator[pa.Table], files: Mapping[str, PartFile]) -> Tally:
        """Check, label and write one part."""
        tally, faults = Tally(), FaultList()
        rules = ruleset_named(self.ruleset)
        try:
            for whole in in_order(self._checked(pieces, faults), faults):
                found = answers_of(whole, self.known, rules, faults)
                if found is not None:
                    files["points"].write(found.points)
                    files["summary"].write(found.summary)
                    tally.add(Tally(found.points.num_rows, found.summary.num_rows, found.flagged))
        except TableError as error:
            faults.add(error.faults)
        tally.faults, tally.total = [_place(fault) for fault in faults.kept], faults.total
        return tally

    def _checked(self, pieces: Iterator[pa.Table], faults: FaultList) -> Iterator[pa.Table]:
        """Type each piece by its contract, as files are on one machine."""
        for piece in pieces:
            found = FaultList()
            rows = piece
            if BROKEN in piece.column_names:
                rows = piece.drop_columns([BROKEN])
                found.add(_broken(piece))
            found.add(_blanks(piece))
            typed = check_batch(rows, MEASUREMENTS, rows=int, faults=found)
            placed = typed.append_column(ROW, pa.array(np.arange(typed.num_rows)))
            for _ in check_rates(iter([placed]), self.known, found):
                faults.add(_about(fault, piece) for fault in found.kept)
                faults.total += found.total - len(found.kept)
            yield typed


def _broken(piece: pa.Table) -> Iterator[Fault]:
    for i in np.flatnonzero(piece[BROKEN].is_valid().to_numpy()).tolist():
        yield Fault(i, None, piece[BROKEN][i].as_py()[:80], WIDTH)


def _blanks(piece: pa.Table) -> Iterator[Fault]:
    """Tabs and line breaks about a name or date, by which the cluster has put it in its place."""
    for name in ("series", "period"):
        cells = piece[name]
        if not pa.types.is_string(cells.type):
            continue
        other = pc.not_equal(pc.utf8_trim_whitespace(cells), cells).fill_null(fill_value=False)
        for i in np.flatnonzero(other.to_numpy()).tolist():
            yield Fault(i, name, cells[i].as_py(), "There is a tab or line break about this cell.")


def _about(fault: Fault, piece: pa.Table) -> Fault:
    """The fault with the series and period of its row, as they were written."""
    at = fault.row or 0
    series, period = (piece[name][at].as_py() for name in ("series", "period"))
    return replace(fault, row=None, about=(series, None if period is None else str(period)))


def _place(fault: Fault) -> Place:
    series, period = fault.about or (None, None)
    return Place(series, period, fault.column, fault.value, fault.message)
