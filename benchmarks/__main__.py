"""Measure the engine and print one small table: `python -m benchmarks`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.engine_bench import (
    bench_chart,
    bench_files,
    bench_kernel,
    bench_memory,
    bench_power,
    bench_verdicts,
)
from benchmarks.identifying_bench import bench_identifying
from benchmarks.ledger_bench import bench_ledger
from benchmarks.pages_bench import bench_pages
from benchmarks.phone_bench import bench_phone
from benchmarks.schedule_bench import bench_schedule
from benchmarks.spark_bench import bench_spark
from benchmarks.uploads_bench import bench_uploads


def main() -> None:
    """Run every bench and print what it measured."""
    table = Table(title="Measured on this machine, start-up aside")
    for heading in ("What", "Figure", "Beside"):
        table.add_column(heading, justify="left" if heading == "What" else "right")
    with TemporaryDirectory() as made:
        folder = Path(made)
        rows = [
            bench_kernel(), *bench_files(folder), *bench_memory(folder), bench_spark(folder),
            bench_verdicts(), bench_chart(), bench_power(), bench_schedule(),
            *bench_ledger(), *bench_identifying(), *bench_pages(), *bench_phone(),
            *bench_uploads(),
        ]  # fmt: skip
    for row in rows:
        table.add_row(*row)
    Console(width=100).print(table)


main()
