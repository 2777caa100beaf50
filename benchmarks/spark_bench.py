"""What the Spark runner does in a second on this machine, warm, beside the local one."""

import os
import sys
import time
from pathlib import Path
from shutil import which

from pyspark.sql import SparkSession

from benchmarks.engine_bench import PERIODS, SERIES, Row, best_of, write_measurements
from makegood_engine.runners.cluster import SETTINGS
from makegood_engine.runners.local import run_spc
from makegood_engine.runners.spark import run_spark

WHAT = "Spark local[2], warm"


def bench_spark(folder: Path) -> Row:
    """Parquet to point-level Parquet through Spark, after two runs to warm it."""
    if which("java") is None and "JAVA_HOME" not in os.environ:
        return WHAT, "not tried", "no Java here: make system"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    source, count = folder / "spark.parquet", SERIES // 2 * PERIODS
    write_measurements(source, SERIES // 2)
    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g")
    for name, value in {**SETTINGS, "spark.sql.shuffle.partitions": "4"}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()

    def once() -> object:
        points, summary = str(folder / "points"), str(folder / "summary")
        return run_spark(str(source), points=points, summary=summary, session=session)

    for _ in range(2):
        once()
    seconds = best_of(3, once)
    session.stop()
    start = time.perf_counter()
    run_spc(source, points=folder / "p.parquet", summary=folder / "s.parquet")
    here = time.perf_counter() - start
    return (
        WHAT,
        f"{count / seconds / 1e6:,.2f} million points/s",
        f"local {seconds / here:,.0f} × faster",
    )
