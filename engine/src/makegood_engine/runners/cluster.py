"""Work spread over a cluster by Spark: rows to their groups, groups to Python, answers to files.

Rows are brought together by their groups and put in order (`repartition`, then
`sortWithinPartitions`); each part then goes, as Arrow, through a `Task` of ours (`mapInArrow`).
A task writes its answers itself, one file a part. Only tallies and the first faults of each part
come back to the driver. Outputs are folders. Nothing is kept of them where anything is wrong.
"""

import csv
import json
import os
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs
from pyspark import SparkContext, TaskContext
from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from makegood_engine.runners.output import naming, parquet_writer
from makegood_engine.tables import Contract, Fault, FaultList, TableError, whole_file
from makegood_engine.tables.faults import SHOWN
from makegood_engine.tables.lookalike import LOOKED_AT
from makegood_engine.tables.sniff import BOM, check_columns, header_of
from makegood_engine.tables.stopping import placing

BROKEN = "_broken"
"""Holds a CSV row that has not as many cells as the header."""
NO_JAVA = (
    "Spark cannot start: there is no Java here. Install Java 17 or newer "
    "(on Debian or Ubuntu: apt-get install openjdk-17-jre-headless), or use --engine local."
)
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
}
"""How a session of our own is set; one that is handed in is left as it is."""


@dataclass(slots=True)
class Place:
    """One thing wrong, by the place a cluster knows: series, period and column."""

    series: str | None
    period: str | None
    column: str | None
    value: str | None
    message: str


WIDTH = "The row has more or fewer cells than row 1 names columns."


def broken(rows: pa.Table, faults: FaultList) -> pa.Table:
    """The rows without the column `BROKEN`; each row of the wrong width is put among the faults."""
    if BROKEN not in rows.column_names:
        return rows
    at = np.flatnonzero(rows[BROKEN].is_valid().to_numpy()).tolist()
    faults.add(Fault(i, None, rows[BROKEN][i].as_py()[:80], WIDTH) for i in at)
    return rows.drop_columns([BROKEN])


def about(fault: Fault, rows: pa.Table) -> Fault:
    """The fault with the series and period of its row, as they were written."""
    at = fault.row or 0
    series, period = (rows[name][at].as_py() for name in ("series", "period"))
    return replace(fault, row=None, about=(series, None if period is None else str(period)))


def places_of(faults: FaultList) -> list[Place]:
    """The faults that are kept, by the places a cluster knows."""
    return [
        Place(*(fault.about or (None, None)), fault.column, fault.value, fault.message)
        for fault in faults.kept
    ]


@dataclass(slots=True)
class Tally:
    """What came of one part: how much was done, the first faults, how many there are in all.

    `names` are of series met, up to as many as are gone through for names that are alike.
    """

    points: int = 0
    series: int = 0
    flagged: int = 0
    faults: list[Place] = field(default_factory=list)
    total: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take in another part's tally."""
        self.points += other.points
        self.series += other.series
        self.flagged += other.flagged
        self.total += other.total
        self.faults = (self.faults + other.faults)[:SHOWN]
        self.names = (self.names + other.names)[:LOOKED_AT]


class PartFile:
    """One part's Parquet file of one output; opened when its first rows come."""

    def __init__(self, url: str) -> None:
        """Name the file; nothing is there until rows are."""
        self.url = url
        self._writer: pq.ParquetWriter | None = None

    def write(self, table: pa.Table) -> None:
        """Write some rows."""
        if self._writer is None:
            store, path = store_of(self.url)
            self._writer = parquet_writer(store.open_output_stream(path), table.schema)
        self._writer.write_table(table.cast(self._writer.schema))

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._writer is not None:
            self._writer.close()


class Task(Protocol):
    """What is done with one part. Sent to the workers whole, so it holds only what it needs."""

    def run(self, pieces: Iterator[pa.Table], files: Mapping[str, PartFile]) -> Tally:
        """Take a part's rows in order, write answers to `files`, and say what was done."""
        ...


@dataclass(frozen=True, slots=True)
class _Part:
    """Runs a task in a worker, over the Arrow batches of one part."""

    task: Task
    folders: Mapping[str, str]

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Yield one row: the part's tally."""
        here = TaskContext.get()
        assert here is not None
        name = f"part-{here.partitionId():05d}-{here.taskAttemptId()}.parquet"
        files = {key: PartFile(f"{folder}/{name}") for key, folder in self.folders.items()}
        tally = self.task.run(_gathered(batches), files)
        for file in files.values():
            file.close()
        yield pa.RecordBatch.from_pydict({"name": [name], "tally": [json.dumps(asdict(tally))]})


def _gathered(batches: Iterator[pa.RecordBatch], enough: int = 1 << 19) -> Iterator[pa.Table]:
    """Put small batches together, so that each step has enough to do."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= enough:
            yield pa.Table.from_batches(held)
            held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held)


def own_session() -> SparkSession:
    """Start Spark as `spark-submit` or the environment say, else on this machine."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise whole_file(NO_JAVA)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
    builder = SparkSession.builder.appName("makegood-engine")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def call_off() -> None:
    """Stop Spark, whatever it is at; it does not say then what broke off."""
    context = SparkContext._active_spark_context  # noqa: SLF001  all else would start one
    if context is not None and getattr(context, "_jsc", None) is not None:  # None while it starts
        context.setLogLevel("OFF")
        context.stop()


def read_frame(spark: SparkSession, url: str, contract: Contract) -> DataFrame:
    """Open a CSV or Parquet file or folder of them; cells are checked later, by the workers.

    CSV must be UTF-8, each file with the same header. Refuses a table without a needed column.
    """
    name = last_of(url)
    try:
        if url.rstrip("/").lower().endswith((".csv", ".txt")):
            frame = _read_csv(spark, url)
        else:
            frame = spark.read.parquet(url)
    except AnalysisException as error:
        said = "There is no such file." if "NOT_FOUND" in str(error) else str(error).split("\n")[0]
        raise whole_file(said, name=name) from None
    check_columns(frame.columns, contract.needed, name=name)
    return frame


def _read_csv(spark: SparkSession, url: str) -> DataFrame:
    name = last_of(url)
    first = spark.read.text(url).first()
    if first is None or not first[0].strip():
        raise whole_file("The file is empty. It needs a header row and one row a value.", name=name)
    columns = header_of(next(csv.reader([first[0].removeprefix(BOM.decode())])), name=name)
    schema = ", ".join(f"`{column}` string" for column in [*columns, BROKEN])
    read = spark.read.schema(schema).option("columnNameOfCorruptRecord", BROKEN)
    return read.csv(url, header=True, multiLine=False, quote='"', escape='"').na.drop("all")


def in_groups(frame: DataFrame, *, by: Sequence[str], then: Sequence[str]) -> DataFrame:
    """Bring the rows of each group together and put them in order; spaces about names go first."""
    for name in by:
        frame = frame.withColumn(name, f.trim(f.col(f"`{name}`").cast("string")))
    for name in then:
        kind = dict(frame.dtypes)[name]
        if kind == "string":
            frame = frame.withColumn(name, f.trim(f.col(f"`{name}`")))
        elif kind.startswith("timestamp"):
            frame = frame.withColumn(name, f.col(f"`{name}`").cast("date"))
    return frame.repartition(*by).sortWithinPartitions(*by, *then)


def spread(
    frame: DataFrame,
    task: Task,
    *,
    outputs: Mapping[str, str],
    source: DataFrame,
    staged: bool = False,
) -> Tally:
    """Run a task over every part of a frame, and keep its outputs if nothing is wrong.

    `outputs` are the folders (paths or URLs) by the names the task knows them by; what stands
    there is replaced. `source` is what was read, in which the file of each fault is looked up;
    `staged` says that the outputs are not yet what the user asked for.
    Raises `TableError`, and leaves the folders as they were, where a part found a fault.
    """
    mark = f".makegood-{uuid4().hex[:12]}"
    folders = {name: f"{url.rstrip('/')}{mark}" for name, url in outputs.items()}
    for url in outputs.values():
        _check_folder(url)
    try:
        for name, folder in folders.items():
            store, path = store_of(folder)
            with naming(Path(outputs[name])):
                store.create_dir(path, recursive=True)
        parts = frame.mapInArrow(_Part(task, folders), "name string, tally string").collect()
        whole = Tally()
        for part in sorted(parts):
            found = json.loads(part["tally"])
            whole.add(Tally(**{**found, "faults": [Place(**each) for each in found["faults"]]}))
        if whole.total:
            raise TableError(_with_files(whole.faults, source), whole.total)
        if whole.series:
            with nullcontext() if staged else placing():
                for name, url in outputs.items():
                    keep(folders[name], url, {part["name"] for part in parts})
        return whole
    finally:
        for folder in folders.values():
            store, path = store_of(folder)
            if store.get_file_info(path).type == fs.FileType.Directory:
                store.delete_dir(path)


def keep(folder: str, url: str, names: set[str] | None = None) -> None:
    """Put the finished files of a folder (those named, or all of Parquet) in place of what is at `url`."""
    store, path = store_of(folder)
    _, final = store_of(url)
    if store.get_file_info(final).type == fs.FileType.Directory:
        store.delete_dir(final)
    store.create_dir(final, recursive=True)
    found = {info.base_name for info in store.get_file_info(fs.FileSelector(path))}
    wanted = names or {name for name in found if name.endswith(".parquet")}
    for name in sorted(wanted & found):
        store.move(f"{path}/{name}", f"{final}/{name}")
    with store.open_output_stream(f"{final}/_SUCCESS"):
        pass


def _check_folder(url: str) -> None:
    """Refuse an output that is a file: a cluster writes a folder of them."""
    store, path = store_of(url)
    if store.get_file_info(path.rstrip("/")).type == fs.FileType.File:
        said = "There is a file of that name. Spark writes a folder: name another, or remove it."
        raise whole_file(said, name=last_of(url))


def _with_files(places: list[Place], source: DataFrame) -> list[Fault]:
    """Say each fault with its file, series, period and column: a cluster knows no rows."""
    wanted: list[Column] = [
        text_of(source, "series").eqNullSafe(f.lit(place.series))
        & text_of(source, "period").eqNullSafe(f.lit(place.period))
        for place in places
    ]
    chosen = source.where(reduce(or_, wanted)).select(
        text_of(source, "series").alias("series"),
        text_of(source, "period").alias("period"),
        source["_metadata.file_path"].alias("file"),
    )
    rows = chosen.distinct().limit(10 * SHOWN).collect()
    files = {(row["series"], row["period"]): last_of(row["file"]) for row in rows}
    faults = []
    for place in places:
        file = files.get((place.series, place.period), "")
        where = [file, f"series {place.series}", f"period {place.period}", place.column]
        lead = ", ".join(part for part in where if part)
        faults.append(Fault(None, place.column, place.value, f"{lead}: {place.message}", file))
    return faults


def text_of(source: DataFrame, name: str) -> Column:
    """A column as text, without blanks about it."""
    return f.trim(source[name].cast("string"))


def store_of(url: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or URL (s3, gs, abfs, hdfs …), and the path within it."""
    if "://" not in url:
        return fs.LocalFileSystem(), str(Path(url).absolute())
    store, path = fs.FileSystem.from_uri(url.replace("s3a://", "s3://", 1))
    return store, path


def last_of(url: str) -> str:
    """The last part of a path or URL."""
    return url.rstrip("/").rsplit("/", 1)[-1]
