"""A million figures from one CSV file: read, checked, shown and kept, in a process of its own.

python -m benchmarks.uploads_bench                                     on SQLite
python -m tests.postgres python -m benchmarks.uploads_bench            on PostgreSQL

Beside it stands what the bare parting of the same file into cells costs with Python's own csv.
"""

from __future__ import annotations

import csv
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pages_bench import MAKEGOOD, ROOT

ROWS = int(os.environ.get("ROWS", "1000000"))
MONTHS = 1_000
FIRST_YEAR = 1940
TWINS = 10_000
"""Periods that a second file has twice, with different figures."""
TAKE_IN = "from benchmarks.full_uploads import take_in; take_in({!r}, {!r})"


def bench_uploads() -> Iterator[tuple[str, str, str]]:
    """Yield what each step of taking in a million figures takes."""
    with TemporaryDirectory() as home:
        file, twins = Path(home) / "million.csv", Path(home) / "twins.csv"
        _write(file)
        _write(twins, called="Other", twins=TWINS)
        environment = os.environ | {"MAKEGOOD_HOME": home, "PYTHONPATH": str(ROOT)}

        def run(*words: str) -> str:
            ran = subprocess.run(
                [*MAKEGOOD, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )  # fmt: skip
            return ran.stdout

        run("migrate", "--verbosity", "0")
        said = run("shell", "--verbosity", "0", "-c", TAKE_IN.format(str(file), str(twins)))
        alone = _alone(file)
    for line in said.splitlines():
        name, figure, beside = line.split("\t")
        yield f"upload of {ROWS:,}: {name}", figure, beside
    yield "the same file parted by csv alone", f"{alone:.1f} s", ""


def _write(path: Path, *, called: str = "Place", twins: int = 0) -> None:
    """Write ``ROWS`` figures, a thousand months of each series; the first ``twins`` once more, otherwise."""
    months = [f"{FIRST_YEAR + n // 12}-{n % 12 + 1:02d}-01" for n in range(MONTHS)]
    with path.open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["period", "series", "value", "numerator", "denominator"])
        for number in range(ROWS // MONTHS):
            for place, month in enumerate(months):
                top = (number * 7 + place * 13) % 97 + 1
                cells = [month, f"{called} {number}", f"{top / 10.7:.4f}", top, 1070]
                lines.writerow(cells)
                if number * MONTHS + place < twins:
                    lines.writerow([*cells[:2], 0.5, *cells[3:]])


def _alone(path: Path) -> float:
    begun = time.perf_counter()
    with path.open(newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - begun


if __name__ == "__main__":
    for row in bench_uploads():
        print(" | ".join(row))
