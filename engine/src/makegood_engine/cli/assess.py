"""`makegood-engine assess`: judge promises against their comparators."""

import argparse
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.cli.options import (
    Answer,
    add_measurements,
    progress,
    share,
    warn_of_lookalikes,
)
from makegood_engine.runners.output import check_output, table_files
from makegood_engine.tables import COMMITMENTS, MEASUREMENTS, POOLS
from makegood_engine.tables.check import plain_text
from makegood_engine.verdict import Finding
from makegood_engine.verdict.assess import assess_tables, left_out
from makegood_engine.verdict.gate import read_files

TABLES = (MEASUREMENTS, COMMITMENTS, POOLS)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_measurements(parser)
    parser.add_argument("--commitments", type=Path, required=True, metavar="C", help="promises")
    parser.add_argument("--pools", type=Path, required=True, metavar="Q", help="comparators")
    parser.add_argument("--verdicts", type=Path, required=True, metavar="V", help="verdicts, out")
    parser.add_argument(
        "--left-out",
        type=Path,
        metavar="L",
        help="what each comparator's absence would change, out",
    )
    parser.add_argument("--engine", choices=["local"], default="local", help="where it runs")
    parser.add_argument(
        "--fdr", type=share, default=0.10, metavar="Q",
        help="false discovery rate of the portfolio list (0.10)",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> Answer:
    """Judge every promise, into one file."""
    out = [path for path in (asked.verdicts, asked.left_out) if path is not None]
    for path in out:
        check_output(path)
    warn_of_lookalikes(asked.commitments, COMMITMENTS)
    with progress("Judging promises", quiet=asked.json), table_files(*out) as files:
        tables = read_files(asked.measurements, asked.commitments, asked.pools)
        found = assess_tables(tables, fdr=asked.fdr)
        files[0].write(plain_text(found))
        if asked.left_out is not None:
            files[1].write(left_out(tables))
    tally = Counter(found["verdict"].to_pylist())
    return {
        "commitments": found.num_rows,
        "verdicts": {finding.value: tally[finding.value] for finding in Finding},
        "in_portfolio_list": sum(found["in_portfolio_list"].to_pylist()),
        "fdr": asked.fdr,
        "written": [str(path) for path in out],
        "version": __version__,
    }


def show(answer: Answer) -> None:
    """Count the promises by verdict."""
    table = Table(title=f"{answer['commitments']:,} promises judged")
    table.add_column("Verdict")
    table.add_column("Promises", justify="right")
    verdicts = answer["verdicts"]
    assert isinstance(verdicts, dict)
    for name, count in verdicts.items():
        if count:
            table.add_row(name, f"{count:,}")
    Console().print(table)
    print(f"In the portfolio list of delivered: {answer['in_portfolio_list']:,}.")
