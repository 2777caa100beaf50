"""The command line: `makegood-engine spc` and `makegood-engine assess`.

Exit codes: 0 done, 2 bad input (said plainly, nothing written), 1 our fault.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from makegood_engine import __version__
from makegood_engine.runners.local import Report, run_spc
from makegood_engine.runners.output import check_output, write_whole
from makegood_engine.spc import PTD, RULESETS
from makegood_engine.tables import (
    COMMITMENTS,
    DEFINITIONS,
    MEASUREMENTS,
    POOLS,
    Contract,
    TableError,
    column_names,
    columns_said,
    lookalikes,
)
from makegood_engine.tables.check import plain_text
from makegood_engine.verdict import Finding, assess_files

DONE, OUR_FAULT, BAD_INPUT = 0, 1, 2
Answer = dict[str, object]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence, and exits 2."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong."""
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        answer: Answer = asked.run(asked)
    except TableError as error:
        return _refuse(error, as_json=asked.json)
    except OSError as error:
        said = f"The file {error.filename or ''} could not be used: {error.strerror or error}."
        print(f"makegood-engine: {said}", file=sys.stderr)
        return BAD_INPUT if isinstance(error, PermissionError | IsADirectoryError) else OUR_FAULT
    except Exception as error:  # noqa: BLE001  the last guard: our own faults are said plainly too
        print(f"makegood-engine: our fault, not yours: {error!r}", file=sys.stderr)
        return OUR_FAULT
    if asked.json:
        print(json.dumps(answer, default=str))
    else:
        asked.show(answer)
    return DONE


def _refuse(error: TableError, *, as_json: bool) -> int:
    print(error, file=sys.stderr)
    if as_json:
        faults = [
            {"file": part.name, "row": part.row, "column": part.column, "value": part.value,
             "message": part.message}
            for part in error.faults
        ]  # fmt: skip
        print(json.dumps({"error": str(error), "total": error.total, "faults": faults}))
    return BAD_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="makegood-engine",
        description="Honest verdicts on promised change. Tables are CSV, Parquet or Arrow, by name.",
        epilog=columns_said(MEASUREMENTS, DEFINITIONS, COMMITMENTS, POOLS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"makegood-engine {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_spc(commands)
    _add_assess(commands)
    return parser


def _command(commands: Any, name: str, does: str, *contracts: Contract) -> Any:
    return commands.add_parser(
        name,
        help=does,
        description=f"{does.capitalize()}.",
        epilog=columns_said(*contracts),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def warn_of_lookalikes(path: Path, contract: Contract) -> None:
    """Say on stderr which unknown columns look as if they were meant for known ones."""
    try:
        names = column_names(path)
    except TableError:  # reading the table will say what is wrong with it
        return
    for name, known in lookalikes(names, contract).items():
        print(
            f"{path.name}: the column “{name}” is kept but not used. "
            f"If it was meant for “{known}”, name it so.",
            file=sys.stderr,
        )


def _add_spc(commands: Any) -> None:
    spc = _command(commands, "spc", "label every point of every series", MEASUREMENTS, DEFINITIONS)
    _add_measurements(spc)
    spc.add_argument("--definitions", type=Path, metavar="D", help="how each is watched (table)")
    spc.add_argument("--points", type=Path, required=True, metavar="P", help="points, out")
    spc.add_argument("--summary", type=Path, required=True, metavar="S", help="summary, out")
    spc.add_argument("--ruleset", choices=list(RULESETS), default=PTD.name, help="named rules")
    _add_shared(spc)
    spc.set_defaults(run=_spc, show=_show_spc)


def _add_assess(commands: Any) -> None:
    judge = _command(
        commands, "assess", "judge promises against their comparators",
        MEASUREMENTS, COMMITMENTS, POOLS,
    )  # fmt: skip
    _add_measurements(judge)
    judge.add_argument("--commitments", type=Path, required=True, metavar="C", help="promises")
    judge.add_argument("--pools", type=Path, required=True, metavar="Q", help="comparators")
    judge.add_argument("--verdicts", type=Path, required=True, metavar="V", help="verdicts, out")
    _add_shared(judge)
    judge.add_argument(
        "--fdr", type=_share, default=0.10, metavar="Q",
        help="false discovery rate of the portfolio list (0.10)",
    )  # fmt: skip
    judge.set_defaults(run=_assess, show=_show_assess)


def _add_measurements(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--measurements", type=Path, required=True, metavar="M", help="series, period, value"
    )


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--engine", choices=["local"], default="local", help="where it runs")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a share between 0 and 1")
    return value


def _spc(asked: argparse.Namespace) -> Answer:
    if asked.definitions is not None:
        warn_of_lookalikes(asked.definitions, DEFINITIONS)
    with _progress("Labelling points", quiet=asked.json) as report:
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


def _show_spc(answer: Answer) -> None:
    print(
        f"{answer['points']:,} points of {answer['series']:,} series labelled by "
        f"{answer['ruleset']}; {answer['special_causes']:,} special causes."
    )


def _assess(asked: argparse.Namespace) -> Answer:
    check_output(asked.verdicts)
    warn_of_lookalikes(asked.commitments, COMMITMENTS)
    with _progress("Judging promises", quiet=asked.json):
        found = assess_files(asked.measurements, asked.commitments, asked.pools, fdr=asked.fdr)
        write_whole(plain_text(found), asked.verdicts)
    tally = Counter(found["verdict"].to_pylist())
    return {
        "commitments": found.num_rows,
        "verdicts": {finding.value: tally[finding.value] for finding in Finding},
        "in_portfolio_list": sum(found["in_portfolio_list"].to_pylist()),
        "fdr": asked.fdr,
        "written": [str(asked.verdicts)],
        "version": __version__,
    }


def _show_assess(answer: Answer) -> None:
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


@contextmanager
def _progress(words: str, *, quiet: bool) -> Iterator[Report]:
    """Show that work goes on, and how far it has come, where someone is looking."""
    console = Console(stderr=True, quiet=quiet)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(words, total=None)
        yield lambda done: shown.update(task, description=f"{words}: {done:,}")


if __name__ == "__main__":
    sys.exit(main())
