"""A nation's size, once: `python -m benchmarks.hundred_million` labels 96 million points.

100,000 contracts, ten measures each, 96 months, in order, from Parquet to point-level Parquet. It
needs about 10 GB of disk for a few minutes (TMPDIR says where), and prints seconds and memory.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import numpy as np
import pyarrow.parquet as pq

from benchmarks.engine_bench import (
    PERIODS,
    measurements_of,
    spc_in_its_own_process,
    write_measurements,
)

CONTRACTS, MEASURES = 100_000, 10
PART = 50_000
"""Series written at a time."""
ROOM = 12e9
"""Bytes that must be free on the disk."""
BESIDE = 17_000
"""Points a second of NHSRplotthedots 0.2.2.

One call of `ptd_spc` with facets, in R, on a machine of two cores of this kind, measured once before
this engine was begun; it is not installed here, so it is no figure of the same run.
"""


def main() -> int:
    """Write the file, label it once in a process of its own, and say how that went; 2 if no room."""
    free = shutil.disk_usage(gettempdir()).free
    if free < ROOM:
        print(
            f"{gettempdir()} has {free / 1e9:.0f} GB free, and {ROOM / 1e9:.0f} are needed. "
            "TMPDIR may name another folder.",
            file=sys.stderr,
        )
        return 2
    many = CONTRACTS * MEASURES
    with TemporaryDirectory() as made:
        path, small = Path(made) / "nation.parquet", Path(made) / "small.parquet"
        write_measurements(small, 100)
        spc_in_its_own_process(small, times=1)  # compiles, so that start-up stands aside
        write_in_parts(path, many)
        seconds, peak = spc_in_its_own_process(path, times=1)
    points = many * PERIODS
    rate = points / seconds
    print(
        f"{points / 1e6:,.0f} million points of {many:,} series in order: {seconds:.0f} s, "
        f"{peak:.2f} GB at most, {rate / 1e6:.1f} million points/s."
    )
    print(
        f"{rate / BESIDE:,.0f} times the {BESIDE:,} points/s of NHSRplotthedots 0.2.2 (one faceted "
        "call in R, measured once on two cores of this kind)."
    )
    return 0


def write_in_parts(path: Path, many: int) -> None:
    """Write so many series, in order, without holding more than a part of them."""
    draws = np.random.default_rng(2026)
    first = measurements_of(range(1), draws)
    with pq.ParquetWriter(path, first.schema) as writer:
        for start in range(0, many, PART):
            writer.write_table(measurements_of(range(start, min(start + PART, many)), draws))


if __name__ == "__main__":
    sys.exit(main())
