"""`makegood-engine did`: difference in differences."""

import argparse
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.classical import PANEL, difference_in_differences, read_panel
from makegood_engine.cli.options import (
    Answer,
    day,
    said_and_doubted,
    share,
    told,
    warn_of_lookalikes,
)

TABLES = (PANEL,)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_panel(parser)
    parser.add_argument(
        "--confidence", type=share, default=0.95, metavar="C", help="of the interval (0.95)"
    )


def add_panel(parser: argparse.ArgumentParser) -> None:
    """Ask for a panel, and what of it was treated."""
    parser.add_argument(
        "--panel", type=Path, required=True, metavar="P", help="series, period, value"
    )
    parser.add_argument(
        "--treated", action="append", default=[], metavar="S",
        help="a treated series, where the table has no such column (may be repeated)",
    )  # fmt: skip
    parser.add_argument("--starts-on", type=day, metavar="D", help="the day they were treated from")


def run(asked: argparse.Namespace) -> Answer:
    """Estimate the effect."""
    warn_of_lookalikes(asked.panel, PANEL)
    panel = read_panel(asked.panel, treated=asked.treated, starts_on=asked.starts_on)
    found = difference_in_differences(panel, confidence=asked.confidence)
    return {**told(found), "sentence": found.sentence, "version": __version__}


def show(answer: Answer) -> None:
    """Say what was found, and when not to trust it."""
    said_and_doubted(answer)
    print(
        f"{answer['series']} series, {answer['treated_series']} of them treated, "
        f"{answer['values']:,} values. Standard errors: {answer['convention']}."
    )
