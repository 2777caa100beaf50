"""Verdicts over a cluster: each block of commitments goes, with its series, to one worker.

Commitments and pools are read where the command runs, and sent out whole. Measurements never come
back: each row goes to the blocks that need its series, is checked there, and is judged there by
the code that judges on one machine.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import fs
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from makegood_engine.runners.cluster import (
    PartFile,
    Tally,
    about,
    broken,
    in_groups,
    keep,
    own_session,
    places_of,
    read_frame,
    spread,
    store_of,
    text_of,
)
from makegood_engine.tables import (
    COMMITMENTS,
    MEASUREMENTS,
    POOLS,
    ROW,
    FaultList,
    TableError,
    read_table,
    strangers,
    whole_file,
)
from makegood_engine.tables.check import check_batch, check_key, plain_text
from makegood_engine.tables.lookalike import LOOKED_AT
from makegood_engine.tables.stopping import placing
from makegood_engine.verdict import Finding
from makegood_engine.verdict.assess import judge_tables, with_own_columns
from makegood_engine.verdict.gate import Tables, at_odds, faults_between, series_used

BLOCK = 500
"""Commitments that one worker judges at a time."""
GROUP, CHANCE = "_block", "_p"


def assess_spark(
    measurements: str,
    commitments: Path,
    pools: Path,
    *,
    verdicts: str,
    fdr: float = 0.10,
    block: int = BLOCK,
    session: SparkSession | None = None,
) -> dict[str, int]:
    """Judge every commitment on a cluster, into a folder of Parquet files.

    `measurements` is a CSV or Parquet file, a folder of them, or a URL; `verdicts` a folder or URL.
    `commitments` and `pools` are files on this machine. Gives the number of verdicts by name, and
    under "" of those in the portfolio list, whose false discovery rate is `fdr`. A worker judges
    `block` commitments at a time. Raises
    `TableError` for bad input, as `assess` does; then nothing is written.
    """
    promised, pooled = read_table(commitments, COMMITMENTS), read_table(pools, POOLS)
    _refuse(commitments.name, promised, pooled)
    spark = session or own_session()
    with ExitStack() as ending:
        if session is None:
            ending.callback(spark.stop)
        frame = read_frame(spark, measurements, MEASUREMENTS)
        task = JudgeTask(plain_text(promised), plain_text(pooled), block)
        _refuse_absent(commitments.name, promised, frame, spark)
        stage = f"{verdicts.rstrip('/')}.makegood-judged"
        listed = f"{verdicts.rstrip('/')}.makegood-listed"
        ending.callback(_remove, stage)
        ending.callback(_remove, listed)
        placed = frame.join(
            f.broadcast(_needs(task, spark)), text_of(frame, "series") == f.col("_series")
        )
        spread(
            in_groups(placed.drop("_series"), by=[GROUP], then=["series", "period"]),
            task,
            outputs={"verdicts": stage},
            source=frame,
            staged=True,
        )
        found = _listed(spark.read.parquet(stage), listed, fdr=fdr)
        with placing():
            keep(listed, verdicts)
        return found


@dataclass(frozen=True, slots=True)
class JudgeTask:
    """Judges the whole blocks of one part."""

    promised: pa.Table
    pooled: pa.Table
    size: int

    def block(self, number: int) -> Tables:
        """The commitments and pools of one block, without measurements."""
        promised = self.promised.slice(number * self.size, self.size)
        wanted = promised["pool"].combine_chunks().drop_null()
        pooled = self.pooled.filter(pc.is_in(self.pooled["pool"], value_set=wanted))
        return Tables(MEASURED_NOTHING, promised, pooled)

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return -(-self.promised.num_rows // self.size)

    def run(self, pieces: Iterator[pa.Table], files: Mapping[str, PartFile]) -> Tally:
        """Check and judge one part, block by block."""
        tally, faults = Tally(), FaultList()
        for number, rows in _by_block(pieces):
            here = FaultList()
            tables = replace(self.block(number), measurements=_checked(rows, here))
            if not here.total:
                here.add(faults_between(tables))
            faults.add(about(fault, rows) for fault in here.kept)
            if not here.total:
                table, chance = judge_tables(tables)
                told = with_own_columns(table, tables.commitments)
                files["verdicts"].write(told.append_column(CHANCE, pa.array(chance)))
                tally.add(Tally(rows.num_rows, told.num_rows))
        tally.faults, tally.total = places_of(faults), faults.total
        return tally


MEASURED_NOTHING = pa.table({"series": pa.array([], pa.string())})


def _refuse(name: str, promised: pa.Table, pooled: pa.Table) -> None:
    """Refuse commitments that are at odds with themselves or with the pools."""
    every = pa.table({"series": pc.unique(promised["series"])})
    faults = FaultList(name)
    faults.add(at_odds(Tables(every, promised, pooled)))
    faults.raise_if_any()
    if promised.num_rows == 0:
        raise whole_file("The table has a header but no rows.", name=name)


def _refuse_absent(name: str, promised: pa.Table, frame: DataFrame, spark: SparkSession) -> None:
    """Refuse commitments whose series the measurements do not hold."""
    rows = [
        (row["series"], row[ROW])
        for row in promised.select(["series", ROW]).to_pylist()
    ]  # fmt: skip
    wanted = spark.createDataFrame(rows, "series string, at long")
    there = frame.select(text_of(frame, "series").alias("series")).distinct()
    absent = wanted.join(there, on="series", how="left_anti").orderBy("at")
    found = [(row["at"], row["series"]) for row in absent.limit(20).collect()]
    if found:
        names = [row["series"] for row in there.dropna().limit(LOOKED_AT).collect()]
        raise TableError(strangers(found, names), absent.count(), name=name)


def _needs(task: JudgeTask, spark: SparkSession) -> DataFrame:
    """Which block needs which series."""
    pairs = [
        (name, number)
        for number in range(task.blocks)
        for name in series_used(task.block(number)).to_pylist()
    ]
    return spark.createDataFrame(pairs, f"_series string, {GROUP} long")


def _by_block(pieces: Iterator[pa.Table]) -> Iterator[tuple[int, pa.Table]]:
    """Put the rows of each block together; they come in order of blocks."""
    held: list[pa.Table] = []
    at: str | None = None
    for piece in pieces:
        numbers = piece[GROUP].to_numpy(zero_copy_only=False)
        cuts = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist(), len(numbers)]
        for first, end in pairwise(cuts):
            if at is not None and numbers[first] != at:
                yield int(at), pa.concat_tables(held)
                held = []
            at = numbers[first]
            held.append(piece.slice(first, end - first))
    if at is not None:
        yield int(at), pa.concat_tables(held)


def _checked(rows: pa.Table, faults: FaultList) -> pa.Table:
    """Type the measurements of one block; rows are known by their place within it."""
    kept = broken(rows, faults).drop_columns([GROUP]).combine_chunks()
    typed = check_batch(kept, MEASUREMENTS, rows=int, faults=faults)
    typed = typed.append_column(ROW, pa.array(np.arange(typed.num_rows)))
    check_key(typed, MEASUREMENTS, faults=faults)
    return typed


def _listed(judged: DataFrame, folder: str, *, fdr: float) -> dict[str, int]:
    """Mark the portfolio list, write the verdicts to a folder, and count them."""
    tested = judged.where(f.col(CHANCE).isNotNull()).count()
    delivered = f.col("verdict") == Finding.DELIVERED.value
    chances = judged.where(delivered).select(CHANCE).sort(CHANCE).rdd.zipWithIndex()
    below = chances.filter(lambda pair: pair[0][0] <= fdr * (pair[1] + 1) / tested)
    edge = below.map(lambda pair: pair[0][0]).fold(-1.0, max)
    marked = judged.withColumn("in_portfolio_list", delivered & (f.col(CHANCE) <= edge))
    marked.drop(CHANCE).write.mode("overwrite").parquet(folder)
    found = {row["verdict"]: row["count"] for row in judged.groupBy("verdict").count().collect()}
    return {**found, "": marked.where("in_portfolio_list").count()}


def _remove(folder: str) -> None:
    store, path = store_of(folder)
    if store.get_file_info(path).type == fs.FileType.Directory:
        store.delete_dir(path)
