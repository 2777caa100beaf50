"""The Spark runner: the same kernel and the same code as on one machine, over a cluster."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame, SparkSession

from makegood_engine.runners.answers import Answers, answers_of
from makegood_engine.runners.cluster import (
    PartFile,
    Tally,
    about,
    broken,
    in_groups,
    last_of,
    own_session,
    places_of,
    read_frame,
    spread,
    text_of,
)
from makegood_engine.runners.definitions import Definitions, read_definitions
from makegood_engine.runners.local import Done
from makegood_engine.runners.rates import check_rates
from makegood_engine.runners.source import Whole, in_order
from makegood_engine.spc.rulesets import PTD, ruleset_named
from makegood_engine.tables import (
    MEASUREMENTS,
    ROW,
    Fault,
    FaultList,
    TableError,
    strangers,
    twins,
    whole_file,
)
from makegood_engine.tables.check import check_batch
from makegood_engine.tables.lookalike import LOOKED_AT


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
        unused = [] if known is None else _unused(known, frame, spark)
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
    unused = twins(sorted(done.names), file=last_of(measurements)) + unused
    return Done(done.points, done.series, done.flagged, sorted_first=True, unused=unused)


def _unused(known: Definitions, frame: DataFrame, spark: SparkSession) -> list[Fault]:
    """The definitions whose series the measurements lack. Raises `TableError` if none has any."""
    rows = list(zip(known.series.to_pylist(), known.rows.tolist(), strict=True))
    wanted = spark.createDataFrame(rows, "series string, at long")
    there = frame.select(text_of(frame, "series").alias("series")).distinct()
    absent = wanted.join(there, on="series", how="left_anti").orderBy("at")
    lost = [(row["at"], row["series"]) for row in absent.collect()]
    names = [row["series"] for row in there.dropna().limit(LOOKED_AT).collect()] if lost else []
    faults = strangers(lost, names, name=known.file)
    if len(lost) == len(rows):
        raise TableError(faults, name=known.file)
    return faults


@dataclass(frozen=True, slots=True)
class LabelTask:
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
                    tally.add(_tally(found, whole))
        except TableError as error:
            faults.add(error.faults)
        tally.faults, tally.total = places_of(faults), faults.total
        return tally

    def _checked(self, pieces: Iterator[pa.Table], faults: FaultList) -> Iterator[pa.Table]:
        """Type each piece by its contract, as files are on one machine."""
        for piece in pieces:
            found = FaultList()
            rows = broken(piece, found)
            found.add(_blanks(piece))
            typed = check_batch(rows, MEASUREMENTS, rows=int, faults=found)
            placed = typed.append_column(ROW, pa.array(np.arange(typed.num_rows)))
            for _ in check_rates(iter([placed]), self.known, found):
                faults.add(about(fault, piece) for fault in found.kept)
                faults.total += found.total - len(found.kept)
            yield typed


def _tally(found: Answers, whole: Whole) -> Tally:
    names = whole.names.slice(0, LOOKED_AT).to_pylist()
    return Tally(found.points.num_rows, found.summary.num_rows, found.flagged, names=names)


def _blanks(piece: pa.Table) -> Iterator[Fault]:
    """Tabs and line breaks about a name or date, by which the cluster has put it in its place."""
    for name in ("series", "period"):
        cells = piece[name]
        if not pa.types.is_string(cells.type):
            continue
        other = pc.not_equal(pc.utf8_trim_whitespace(cells), cells).fill_null(fill_value=False)
        for i in np.flatnonzero(other.to_numpy()).tolist():
            yield Fault(i, name, cells[i].as_py(), "There is a tab or line break about this cell.")
