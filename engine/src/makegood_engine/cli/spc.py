"""`makegood-engine spc`: label every point of every series."""

import argparse
from functools import partial
from pathlib import Path

from makegood_engine import __version__
from makegood_engine.cli.on_spark import load, stoppable
from makegood_engine.cli.options import Answer, Report, progress, warn, warn_of_lookalikes
from makegood_engine.runners.local import Done, run_spc
from makegood_engine.spc import PTD, RULESETS
from makegood_engine.tables import DEFINITIONS, MEASUREMENTS
from makegood_engine.tables.counted import counted

TABLES = (MEASUREMENTS, DEFINITIONS)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--measurements", required=True, metavar="M",
        help="series, period, value (with Spark also a folder or a URL)",
    )  # fmt: skip
    parser.add_argument("--definitions", type=Path, metavar="D", help="how each is watched (table)")
    parser.add_argument("--points", required=True, metavar="P", help="points, out")
    parser.add_argument("--summary", required=True, metavar="S", help="summary, out")
    parser.add_argument("--ruleset", choices=list(RULESETS), default=PTD.name, help="named rules")
    parser.add_argument(
        "--engine", choices=["local", "spark"], default="local",
        help="where it runs: this machine, or a cluster (Spark; outputs are then folders)",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> Answer:
    """Label every point, into two files."""
    if asked.definitions is not None:
        warn_of_lookalikes(asked.definitions, DEFINITIONS)
    with progress("Labelling points", quiet=asked.json) as report:
        done = _on_spark(asked) if asked.engine == "spark" else _here(asked, report)
    return {
        "points": done.points,
        "series": done.series,
        "special_causes": done.flagged,
        "sorted_first": done.sorted_first,
        "ruleset": asked.ruleset,
        "engine": asked.engine,
        "warnings": warn(done.unused),
        "written": [str(asked.points), str(asked.summary)],
        "version": __version__,
    }


def _here(asked: argparse.Namespace, report: Report) -> Done:
    return run_spc(
        Path(asked.measurements),
        points=Path(asked.points),
        summary=Path(asked.summary),
        definitions=asked.definitions,
        ruleset=asked.ruleset,
        report=report,
    )


def _on_spark(asked: argparse.Namespace) -> Done:
    """Run on a cluster."""
    done: Done = stoppable(
        partial(
            load("spark").run_spark,
            str(asked.measurements),
            points=str(asked.points),
            summary=str(asked.summary),
            definitions=asked.definitions,
            ruleset=asked.ruleset,
        )
    )
    return done


def show(answer: Answer) -> None:
    """Say how many points were labelled."""
    print(
        f"{counted(answer['points'], 'point')} of {answer['series']:,} series labelled by "
        f"{answer['ruleset']}; {_marked(answer['special_causes'])}."
    )


def _marked(count: object) -> str:
    return f"{count:,} point{' is' if count == 1 else 's are'} marked as special cause"
