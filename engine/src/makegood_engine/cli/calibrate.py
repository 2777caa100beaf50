"""`makegood-engine calibrate`: find out how often verdicts are wrong."""

import argparse
from dataclasses import asdict
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.calibration import (
    PLAN,
    WHOLE_PLAN,
    calibrate,
    calibrate_whole,
    markdown,
    markdown_whole,
)
from makegood_engine.calibration.real import check_folder
from makegood_engine.cli.options import Answer, progress
from makegood_engine.cli.written import check_named, write_text

TABLES = ()


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--quick", action="store_true", help="fewer contracts: about a minute")
    parser.add_argument(
        "--part", choices=("all", "direct", "whole"), default="all",
        help="the test alone (direct), through the whole of assess (whole), or all",
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
    with progress("Calibrating, cells done", quiet=asked.json) as report:
        cells, tables = [], []
        if asked.part != "whole":
            cells += calibrate(PLAN, quick=asked.quick, data=asked.data, report=report)
            tables.append(markdown(cells, PLAN, commit=asked.commit))
        if asked.part != "direct":
            whole = calibrate_whole(WHOLE_PLAN, quick=asked.quick, data=asked.data, report=report)
            tables.append(markdown_whole(whole, WHOLE_PLAN, commit=asked.commit))
            cells += whole
    table = "\n".join(tables)
    if asked.out is not None:
        write_text(table, asked.out)
    return {
        "cells": [asdict(one) for one in cells],
        "fails": sum(one.fails for one in cells),
        "plan": PLAN.digest(),
        "quick": asked.quick,
        "table": table,
        "version": __version__,
        "whole_plan": WHOLE_PLAN.digest(),
    }


def show(answer: Answer) -> None:
    """Print the table."""
    print(answer["table"])
