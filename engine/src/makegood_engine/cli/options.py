"""What several commands ask for, and how they show that work goes on."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from makegood_engine.tables import (
    Contract,
    Fault,
    TableError,
    column_names,
    lookalikes,
    whole_file,
)
from makegood_engine.tables.cells import read_date, read_number
from makegood_engine.tables.faults import SHOWN

Answer = dict[str, object]
"""What a command found: printed as JSON, or shown in words."""
FILES = ("measurements", "points", "summary", "verdicts")
"""Options that name a file or folder in words, for it may be a URL."""
Report = Callable[[int], None]
"""Told how much is done so far."""


def add_measurements(parser: argparse.ArgumentParser) -> None:
    """Ask for a measurements table."""
    parser.add_argument(
        "--measurements", type=Path, required=True, metavar="M", help="series, period, value"
    )


def share(text: str) -> float:
    """Read a share between 0 and 1, ends left out."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a share between 0 and 1")
    return value


def day(text: str) -> date:
    """Read a date, for an option."""
    try:
        return read_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def whole_number(text: str) -> int:
    """Read a whole number of 0 or more, for an option."""
    if not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of 0 or more")
    return int(text)


def number(text: str) -> float:
    """Read a finite number, for an option."""
    try:
        return read_number(text)
    except ValueError as error:
        said = (
            str(error)
            .replace(", or leave the cell empty", "")
            .replace(" Leave the cell empty.", "")
        )
        raise argparse.ArgumentTypeError(said) from None


def told(found: Any) -> Answer:
    """Turn a dataclass into an answer; what is not a finite number is None, as JSON needs."""
    answer = _told(asdict(found))
    assert isinstance(answer, dict)
    return answer


def _told(part: object) -> object:
    if isinstance(part, dict):
        return {name: _told(inner) for name, inner in part.items()}
    if isinstance(part, tuple | list):
        return [_told(inner) for inner in part]
    return None if isinstance(part, float) and not isfinite(part) else part


def said_and_doubted(answer: Answer) -> None:
    """Print an answer's sentence, and then each reason not to lean on it."""
    print(answer["sentence"])
    cautions = answer["cautions"]
    assert isinstance(cautions, list)
    for caution in cautions:
        print(f"  Careful: {caution}")


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


def warn(faults: Sequence[Fault]) -> list[str]:
    """Say on stderr what was given and not used, by file and row; gives what was said of each."""
    said = [f"{fault.name}: {fault}" for fault in faults]
    for line in said[:SHOWN]:
        print(line, file=sys.stderr)
    if len(said) > SHOWN:
        print(f"And {len(said) - SHOWN:,} more like it.", file=sys.stderr)
    return said


def check_distinct(asked: argparse.Namespace) -> None:
    """Refuse a command in which one file is named twice: what is read must not be written over."""
    named: dict[Path, str] = {}
    for option, value in vars(asked).items():
        if not isinstance(value, Path) and option not in FILES:
            continue
        if value is None or "://" in str(value):
            continue
        place = Path(value).absolute()
        if place in named:
            said = f"--{named[place]} and --{option} are the same file. Name another."
            raise whole_file(said.replace("_", "-"), name=place.name)
        named[place] = option


def print_table(table: Table) -> None:
    """Print a table with the names in it as they are, whatever signs they hold."""
    Console(markup=False, emoji=False).print(table)


@contextmanager
def progress(words: str, *, quiet: bool) -> Iterator[Report]:
    """Show that work goes on, and how far it has come, where someone is looking."""
    console = Console(stderr=True, quiet=quiet)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(words, total=None)
        yield lambda done: shown.update(task, description=f"{words}: {done:,}")
