"""`makegood-engine spc`: label every point of every series."""

import argparse
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.cli.options import Answer, add_measurements, progress, warn_of_lookalikes
from makegood_engine.runners.local import run_spc
from makegood_engine.spc import PTD, RULESETS
from makegood_engine.tables import DEFINITIONS, MEASUREMENTS

TABLES = (MEASUREMENTS, DEFINITIONS)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_measurements(parser)
    parser.add_argument("--definitions", type=Path, metavar="D", help="how each is watched (table)")
    parser.add_argument("--points", type=Path, required=True, metavar="P", help="points, out")
    parser.add_argument("--summary", type=Path, required=True, metavar="S", help="summary, out")
    parser.add_argument("--ruleset", choices=list(RULESETS), default=PTD.name, help="named rules")
    parser.add_argument("--engine", choices=["local"], default="local", help="where it runs")


def run(asked: argparse.Namespace) -> Answer:
    """Label every point, into two files."""
    if asked.definitions is not None:
        warn_of_lookalikes(asked.definitions, DEFINITIONS)
    with progress("Labelling points", quiet=asked.json) as report:
        done = run_spc(
            asked.measurements,
            points=asked.points,
            summary=asked.summary,
            definitions=asked.definitions,
            ruleset=asked.ruleset,
            report=report,
        )
    return {
        "points": done.points,
        "series": done.series,
        "special_causes": done.flagged,
        "sorted_first": done.sorted_first,
        "ruleset": asked.ruleset,
        "written": [str(asked.points), str(asked.summary)],
        "version": __version__,
    }


def show(answer: Answer) -> None:
    """Say how many points were labelled."""
    print(
        f"{answer['points']:,} points of {answer['series']:,} series labelled by "
        f"{answer['ruleset']}; {answer['special_causes']:,} special causes."
    )
