"""How long pages take: 12 proposals of 30 promises compared, and lists that hold 2,000.

They are looked at in a place of its own, which `benchmarks.full_pages` fills.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
MAKEGOOD = (sys.executable, "-c", "from makegood.web.cli import main; main()")
LOOK = "from benchmarks.full_pages import look_at_all; look_at_all()"
SERVED = {"MAKEGOOD_HOSTS": "localhost,testserver", "MAKEGOOD_HTTPS": "0"}
MOST = {"compare": "at most 300 ms"}


def bench_pages() -> Iterator[tuple[str, str, str]]:
    """Yield how long the processor is at each page, and how often it asks the database."""
    with TemporaryDirectory() as home:
        environment = os.environ | {"MAKEGOOD_HOME": home, "PYTHONPATH": str(ROOT)} | SERVED

        def run(*words: str) -> str:
            ran = subprocess.run(
                [*MAKEGOOD, *words], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
            )  # fmt: skip
            return ran.stdout

        run("migrate", "--verbosity", "0")
        run("collectstatic", "--noinput", "--verbosity", "0")
        said = run("shell", "--verbosity", "0", "-c", LOOK)
    for line in said.splitlines():
        name, what, milliseconds, queries = line.split("\t")
        yield f"{name}, {what}", f"{milliseconds} ms", MOST.get(name, f"{queries} queries")
