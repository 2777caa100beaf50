"""`makegood-engine calibrate`: find out how often verdicts are wrong."""

import argparse
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import NamedTuple

from makegood_engine import __version__
from makegood_engine.calibration import (
    HARD_PLAN,
    PLAN,
    WHOLE_PLAN,
    Cell,
    Plan,
    WholePlan,
    calibrate,
    calibrate_hard,
    calibrate_whole,
    markdown,
    markdown_hard,
    markdown_whole,
)
from makegood_engine.calibration.real import check_folder
from makegood_engine.cli.options import Answer, progress
from makegood_engine.cli.written import check_named, write_text

TABLES = ()


class Part(NamedTuple):
    """One part of calibration: its plan, how it is carried out, and how it is written."""

    plan: Plan | WholePlan
    work: Callable[..., list[Cell]]
    write: Callable[..., str]


PARTS = {
    "direct": Part(PLAN, calibrate, partial(markdown, plan=PLAN)),
    "whole": Part(WHOLE_PLAN, calibrate_whole, partial(markdown_whole, plan=WHOLE_PLAN)),
    "hard": Part(HARD_PLAN, calibrate_hard, partial(markdown_hard, plan=HARD_PLAN)),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--quick", action="store_true", help="fewer contracts: about a minute")
    parser.add_argument(
        "--part", choices=("all", *PARTS), default="all",
        help="the test alone (direct), through the whole of assess (whole), hard figures (hard), or all",
    )  # fmt: skip
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER",
        help="real figures too, from a folder with sickness/ and indicators/",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="T", help="write the table here (Markdown)")
    parser.add_argument("--commit", default="", help="a name for the code, printed on the table")


def run(asked: argparse.Namespace) -> Answer:
    """Carry out the plan, and write its table where one is asked for."""
    if asked.out is not None:
        check_named(asked.out, ".md")
    if asked.data is not None:
        check_folder(asked.data)
    parts = [asked.part] if asked.part in PARTS else list(PARTS)
    cells, tables = [], []
    with progress("Calibrating, cells done", quiet=asked.json) as report:
        for part in parts:
            found = PARTS[part].work(quick=asked.quick, data=asked.data, report=report)
            tables.append(PARTS[part].write(found, commit=asked.commit))
            cells += found
    table = "\n".join(tables)
    if asked.out is not None:
        write_text(table, asked.out)
    return {
        "cells": [asdict(one) for one in cells],
        "fails": sum(one.fails for one in cells),
        "plans": {part: PARTS[part].plan.digest() for part in parts},
        "quick": asked.quick,
        "table": table,
        "version": __version__,
    }


def show(answer: Answer) -> None:
    """Print the table."""
    print(answer["table"])
