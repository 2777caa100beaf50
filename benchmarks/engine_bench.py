"""What the engine does in a second, and beside pandas in the same run."""

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from os import cpu_count
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from makegood_engine.charts import comparator_of, spc_chart
from makegood_engine.power import power_of
from makegood_engine.runners.local import run_spc
from makegood_engine.spc import analyse, label
from makegood_engine.verdict import assess

PERIODS = 96
SERIES = 100_000
Row = tuple[str, str, str]


def months(count: int) -> list[date]:
    """The first days of so many months."""
    return [date(2014 + m // 12, m % 12 + 1, 1) for m in range(count)]


def best_of(times: int, work: Callable[[], object]) -> float:
    """The least seconds a piece of work took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def write_measurements(path: Path, series: int, *, in_order: bool = True) -> None:
    """Write a Parquet file of monthly series, in order of series and period or shuffled."""
    draws = np.random.default_rng(2026)
    pq.write_table(measurements_of(range(series), draws, in_order=in_order), path)


def measurements_of(
    series: range, draws: np.random.Generator, *, in_order: bool = True
) -> pa.Table:
    """Monthly series of such numbers, in order of series and period or shuffled."""
    names = pa.array([f"series-{i:07d}" for i in series])
    n = len(series) * PERIODS
    codes = np.repeat(np.arange(len(series), dtype=np.int32), PERIODS)
    days = np.tile(np.array(months(PERIODS), dtype="datetime64[D]"), len(series))
    values = draws.normal(50, 5, n)
    if not in_order:
        order = draws.permutation(n)
        codes, days, values = codes[order], days[order], values[order]
    return pa.table(
        {
            "series": pa.DictionaryArray.from_arrays(pa.array(codes), names).cast(pa.string()),
            "period": pa.array(days),
            "value": values,
        }
    )


def bench_kernel() -> Row:
    """The kernel over an array in memory."""
    n = SERIES * PERIODS
    values = np.random.default_rng(1).normal(50, 5, n)
    starts = np.arange(0, n + 1, PERIODS, dtype=np.int64)
    each = {
        "better": np.ones(SERIES, np.int8),
        "fix_after": np.zeros(SERIES, np.int64),
        "screen_outliers": np.ones(SERIES, np.bool_),
    }
    label(values[:PERIODS], starts[:2], **{name: part[:1] for name, part in each.items()})
    seconds = best_of(7, lambda: label(values, starts, **each))
    return (
        "Kernel in memory",
        f"{n / seconds / 1e6:,.1f} million points/s",
        f"{cpu_count()} threads",
    )


def bench_files(folder: Path) -> list[Row]:
    """Parquet to point-level Parquet, in order and shuffled, beside a pandas group-by."""
    ordered, small = folder / "ordered.parquet", folder / "small.parquet"
    write_measurements(ordered, SERIES)
    write_measurements(small, SERIES // 50)
    peak = spc_in_its_own_process(small)[1]  # compiles the kernel, so that start-up stands aside
    seconds, peak = spc_in_its_own_process(ordered)
    slow = best_of(1, lambda: with_pandas(small, folder / "pandas.parquet"))
    ours, theirs = SERIES * PERIODS / seconds, SERIES // 50 * PERIODS / slow
    shuffled = folder / "shuffled.parquet"
    write_measurements(shuffled, SERIES // 4, in_order=False)
    unsorted, high = spc_in_its_own_process(shuffled)
    rate = SERIES // 4 * PERIODS / unsorted
    return [
        ("Parquet to points, in order", f"{ours / 1e6:,.1f} million points/s", f"{peak:.2f} GB peak"),
        ("Parquet to points, unsorted", f"{rate / 1e6:,.1f} million points/s", f"{high:.2f} GB peak"),
        ("pandas group-by, same file shape", f"{theirs / 1e6:,.2f} million points/s",
         f"{ours / theirs:,.0f} times slower"),
    ]  # fmt: skip


def bench_memory(folder: Path) -> list[Row]:
    """Files of 48 million points, five times those above: does memory grow with them?"""
    rows = []
    for words, in_order in (("in order", True), ("unsorted", False)):
        path = folder / "long.parquet"
        write_measurements(path, 5 * SERIES, in_order=in_order)
        seconds, peak = spc_in_its_own_process(path, times=1)
        rate = 5 * SERIES * PERIODS / seconds / 1e6
        rows.append(
            (f"48 million points, {words}", f"{peak:.2f} GB peak", f"{rate:,.1f} million/s")
        )
        path.unlink()
    return rows


def spc_in_its_own_process(path: Path, *, times: int = 3) -> tuple[float, float]:
    """Run the runner in a process of its own; seconds for its best time, and peak GB."""
    command = [sys.executable, __file__, str(path), str(times)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def spc_alone(path: Path, times: int) -> None:
    """Label a file so many times; print the best time and the process's peak memory."""
    out = {"points": path.with_suffix(".points.parquet"),
           "summary": path.with_suffix(".summary.parquet")}  # fmt: skip
    analyse([1.0, 2.0])
    seconds = best_of(times, lambda: run_spc(path, **out))
    print(seconds, peak_memory() / 1e9)
    for part in out.values():
        part.unlink()


def peak_memory() -> float:
    """The most bytes this process has held at once.

    Linux hands a parent's peak on to its child in `ru_maxrss`, so its own record is read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        assert found is not None
        return float(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def with_pandas(source: Path, out: Path) -> None:
    """The same limits and two of the rules, as an analyst would write them in pandas."""
    rows = pd.read_parquet(source)
    groups = rows.groupby("series", sort=False)["value"]
    rows["mean"] = groups.transform("mean")
    steps = groups.diff().abs()
    by_series = steps.groupby(rows["series"], sort=False)
    average = by_series.transform("mean")
    kept = steps.where(steps < 3.267 * average)
    amr = kept.groupby(rows["series"], sort=False).transform("mean")
    rows["lower"], rows["upper"] = rows["mean"] - 2.66 * amr, rows["mean"] + 2.66 * amr
    rows["outside"] = (rows["value"] > rows["upper"]) | (rows["value"] < rows["lower"])
    side = np.sign(rows["value"] - rows["mean"])
    seven = side.groupby(rows["series"], sort=False).rolling(7).sum().droplevel(0).abs() == 7
    marked = seven[::-1].groupby(rows["series"][::-1], sort=False).rolling(7, min_periods=1).max()
    rows["shift"] = marked.droplevel(0).sort_index() == 1
    rows.to_parquet(out)


def bench_chart() -> Row:
    """One chart of 120 points with its comparators' band."""
    days = months(120)
    draws = np.random.default_rng(3)
    points = analyse(draws.normal(4.5, 0.3, 120), better="down", target=4.0)
    pool = [dict(zip(days, draws.normal(4.6, 0.3, 120).tolist(), strict=True)) for _ in range(20)]
    band = comparator_of(pool, days)

    def draw() -> str:
        return spc_chart(
            points, days, title="Staff sickness", unit="% of days lost", better="down",
            target=4.0, starts_on=days[60], comparator=band,
        )  # fmt: skip

    seconds = best_of(20, draw)
    return (
        "Chart of 120 points",
        f"{seconds * 1000:.1f} ms",
        f"{len(draw().encode()) / 1000:.1f} kB",
    )


def bench_power() -> Row:
    """What could be told, from 60 points, beside the 300 ms that somebody who writes should wait."""
    days = months(60)
    noise = np.random.default_rng(5).normal(5.0, 0.4, 60).tolist()
    past = dict(zip(days, noise, strict=True))

    def work() -> object:
        return power_of(past, starts_on=date(2019, 1, 1), periods=24, change=0.3, better="down")

    seconds = best_of(20, work)
    return (
        "Power from 60 points",
        f"{seconds * 1000:.1f} ms",
        f"{0.3 / seconds:,.0f} × within 300 ms",
    )


def bench_verdicts(count: int = 10_000) -> Row:
    """Commitments judged against 20 comparators of 48 months each."""
    draws = np.random.default_rng(4)
    days = months(48)
    names = [f"s{i}" for i in range(1_000)]
    measurements = pa.table(
        {
            "series": np.repeat(names, 48),
            "period": pa.array(np.tile(np.array(days, dtype="datetime64[D]"), 1_000)),
            "value": draws.normal(50, 5, 48_000),
        }
    )
    members = [draws.choice(1_000, 20, replace=False) for _ in range(200)]
    pools = pa.table(
        {
            "pool": np.repeat([f"p{i}" for i in range(200)], 20),
            "series": [names[i] for part in members for i in part],
        }
    )
    commitments = pa.table(
        {
            "commitment": [f"c{i}" for i in range(count)],
            "series": [names[i % 1_000] for i in range(count)],
            "better": ["up"] * count,
            "starts_on": [date(2016, 1, 1)] * count,
            "due_on": [date(2017, 12, 31)] * count,
            "baseline": [50.0] * count,
            "alternative": [50.0] * count,
            "target": [52.0] * count,
            "pool": [f"p{i % 200}" for i in range(count)],
        }
    )
    first = commitments.filter(pc.equal(commitments["commitment"], "c0"))
    assess(measurements, first, pools)
    seconds = best_of(2, lambda: assess(measurements, commitments, pools))
    return "Verdicts, 20 comparators each", f"{count / seconds:,.0f} commitments/s", ""


if __name__ == "__main__":
    spc_alone(Path(sys.argv[1]), int(sys.argv[2]))
