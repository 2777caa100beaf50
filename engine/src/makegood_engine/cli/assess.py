"""`makegood-engine assess`: judge promises against their comparators."""

import argparse
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.compute as pc
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.cli.on_spark import load, stoppable
from makegood_engine.cli.options import (
    Answer,
    print_table,
    progress,
    share,
    warn,
    warn_of_lookalikes,
)
from makegood_engine.runners.output import check_output, table_files
from makegood_engine.tables import COMMITMENTS, MEASUREMENTS, POOLS, read_table, twins, whole_file
from makegood_engine.tables.check import plain_text
from makegood_engine.tables.counted import counted
from makegood_engine.verdict import Finding
from makegood_engine.verdict.assess import assess_tables, left_out
from makegood_engine.verdict.gate import read_files, wrong_way

TABLES = (MEASUREMENTS, COMMITMENTS, POOLS)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--measurements", required=True, metavar="M",
        help="series, period, value (with Spark also a folder or a URL)",
    )  # fmt: skip
    parser.add_argument("--commitments", type=Path, required=True, metavar="C", help="promises")
    parser.add_argument("--pools", type=Path, required=True, metavar="Q", help="comparators")
    parser.add_argument("--verdicts", required=True, metavar="V", help="verdicts, out")
    parser.add_argument(
        "--left-out",
        type=Path,
        metavar="L",
        help="what each comparator's absence would change, out",
    )
    parser.add_argument(
        "--engine", choices=["local", "spark"], default="local",
        help="where it runs: this machine, or a cluster (Spark; verdicts are then a folder)",
    )  # fmt: skip
    parser.add_argument(
        "--fdr", type=share, default=0.10, metavar="Q",
        help="false discovery rate of the portfolio list (0.10)",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> Answer:
    """Judge every promise, into one file or folder."""
    warn_of_lookalikes(asked.commitments, COMMITMENTS)
    with progress("Judging promises", quiet=asked.json):
        tally = _on_spark(asked) if asked.engine == "spark" else _here(asked)
    promised = read_table(asked.commitments, COMMITMENTS)
    astray = [replace(fault, name=asked.commitments.name) for fault in wrong_way(promised)]
    listed = tally.pop("")
    out = [asked.verdicts, *([] if asked.left_out is None else [str(asked.left_out)])]
    return {
        "commitments": sum(tally.values()),
        "verdicts": {finding.value: tally.get(finding.value, 0) for finding in Finding},
        "in_portfolio_list": listed,
        "fdr": asked.fdr,
        "engine": asked.engine,
        "warnings": warn(astray),
        "written": out,
        "version": __version__,
    }


def _here(asked: argparse.Namespace) -> dict[str, int]:
    """Judge on this machine; counts by verdict, and under "" of those in the portfolio list."""
    verdicts = Path(asked.verdicts)
    out = [verdicts, *([] if asked.left_out is None else [asked.left_out])]
    for path in out:
        check_output(path)
    with table_files(*out) as files:
        tables = read_files(Path(asked.measurements), asked.commitments, asked.pools)
        names = pc.unique(tables.measurements["series"]).to_pylist()
        warn(twins(names, file=Path(asked.measurements).name))
        found = assess_tables(tables, fdr=asked.fdr)
        files[0].write(plain_text(found))
        if asked.left_out is not None:
            files[1].write(left_out(tables))
    listed = sum(found["in_portfolio_list"].to_pylist())
    return {**Counter(found["verdict"].to_pylist()), "": listed}


def _on_spark(asked: argparse.Namespace) -> dict[str, int]:
    """Judge on a cluster."""
    if asked.left_out is not None:
        raise whole_file(
            "With --engine spark there is no --left-out. Judge a few promises locally."
        )
    found: dict[str, int] = stoppable(
        partial(
            load("spark_verdicts").assess_spark,
            str(asked.measurements),
            asked.commitments,
            asked.pools,
            verdicts=str(asked.verdicts),
            fdr=asked.fdr,
        )
    )
    return found


def show(answer: Answer) -> None:
    """Count the promises by verdict."""
    table = Table(title=f"{counted(answer['commitments'], 'promise')} judged")
    table.add_column("Verdict")
    table.add_column("Promises", justify="right")
    verdicts = answer["verdicts"]
    assert isinstance(verdicts, dict)
    for name, count in verdicts.items():
        if count:
            table.add_row(name, f"{count:,}")
    print_table(table)
    print(f"In the portfolio list of delivered: {answer['in_portfolio_list']:,}.")
