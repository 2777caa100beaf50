"""Finding a command, running it, and saying what came of it."""

import argparse
import errno
import json
import os
import re
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from makegood_engine import __version__
from makegood_engine.cli.main import STOPPED
from makegood_engine.cli.options import Answer, check_distinct
from makegood_engine.tables import (
    COMMITMENTS,
    DEFINITIONS,
    MEASUREMENTS,
    POOLS,
    TableError,
    columns_said,
    whole_file,
)
from makegood_engine.tables.stopping import PLACED

DONE, OUR_FAULT, BAD_INPUT = 0, 1, 2
SORRY = "Something went wrong that is our fault, not yours. {} Please send us this line:"
"""Said before the error itself, where we did not foresee it."""
NOTHING, ALL = "Nothing was written.", "All that was asked for was written."
OPTION = re.compile(r"--[a-z-]+")
MINUS = re.compile(r"-[£$€]?[\d.].*")
LATE = "Stopped. All that was asked for had been written."
NOT_OURS = {
    errno.EACCES, errno.EPERM, errno.EROFS,  # not allowed
    errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG,  # no such place
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG,  # no room
    errno.EIO, errno.ESTALE, errno.ENODEV, errno.ENXIO,  # a disk that fails, or is no disk
}  # fmt: skip
"""Why a file or disk cannot be used through no fault of ours; all else is."""

COMMANDS = {
    "spc": "label every point of every series",
    "pool": "choose comparators, before anything is signed",
    "assess": "judge promises against their comparators",
    "chart": "draw what the other commands found, as SVG, PNG or PDF",
    "calibrate": "find out how often verdicts are wrong",
    "power": "say what could be told from noise, before anything is signed",
    "value": "say what came of it is worth, over what it cost (SROI)",
    "did": "compare treated series with others over time (difference in differences)",
    "segmented": "look for a break in one series (interrupted time series)",
    "synthetic": "let a blend of others stand in for a treated series (synthetic control)",
    "themes": "say how far coders agree, and how common each theme is",
    "codebook": "turn a codebook from CSV into REFI-QDA (.qdc), or back",
    "sample": "draw evidence to check, and say what the check showed",
    "allocate": "share out a fund that was asked for more than it has",
}
"""Each command and what it does; the module of that name has the rest."""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence, and exits 2."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong."""
        self.print_usage(sys.stderr)
        message = message.replace("the following arguments are required:", "this is needed too:")
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def run(given: Sequence[str]) -> int:
    """Run one command; returns its exit code. Ctrl-C passes through where nothing is written."""
    parser = _parser(given)
    if bare := next((word for word in given if word.endswith("=--")), None):
        parser.error(f"{bare} has no value")  # argparse would hand on an empty list for it
    asked = parser.parse_args(_joined(given))
    before = PLACED.times
    try:
        return _answered(asked)
    except KeyboardInterrupt:
        if PLACED.times == before:
            raise
        print(LATE, file=sys.stderr)
        return STOPPED


def _joined(given: Sequence[str]) -> list[str]:
    """Put a value that begins with a minus to its option: argparse takes -10% for an option."""
    words: list[str] = []
    for word in given:
        if words and OPTION.fullmatch(words[-1]) and MINUS.fullmatch(word):
            words[-1] = f"{words[-1]}={word}"
        else:
            words.append(word)
    return words


def _answered(asked: argparse.Namespace) -> int:
    """Carry a command out, and show its answer or what is wrong."""
    before = PLACED.times
    try:
        check_distinct(asked)
        with _preparing():
            answer: Answer = asked.run(asked)
        return _said(asked, answer)
    except TableError as error:
        return _refuse(error, as_json=asked.json)
    except OSError as error:
        if error.errno in NOT_OURS:
            return _refuse(_unusable(error), as_json=asked.json)
        return _sorry(error, written=PLACED.times > before)
    except Exception as error:  # noqa: BLE001  the last guard: our own faults are said plainly too
        return _sorry(error, written=PLACED.times > before)


def _said(asked: argparse.Namespace, answer: Answer) -> int:
    """Print an answer, as JSON or in words; whoever reads it may stop when they have seen enough."""
    with suppress(BrokenPipeError):
        if asked.json:
            print(json.dumps(answer, default=str, allow_nan=False))
        else:
            asked.show(answer)
        sys.stdout.flush()
        return DONE
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _preparing() -> AbstractContextManager[None]:
    """Say that kernels are compiled, if they must be; a command without any loads nothing for it."""
    if "numba" not in sys.modules:
        return nullcontext()
    said: AbstractContextManager[None] = import_module("makegood_engine.cli.preparing").said_once()
    return said


def _sorry(error: Exception, *, written: bool) -> int:
    said = SORRY.format(ALL if written else NOTHING)
    print(f"makegood-engine: {said} {error!r}", file=sys.stderr)
    return OUR_FAULT


def _unusable(error: OSError) -> TableError:
    """Say which file or disk cannot be used, by the name it was given under."""
    name = Path(os.fsdecode(error.filename or "")).name
    if name.endswith(".part"):
        name = name.removeprefix(".").removesuffix(".part")
    return whole_file(f"This cannot be used: {os.strerror(error.errno or 0)}.", name=name)


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


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Make the parser; only the command asked for is loaded, so that none waits for the rest."""
    parser = _Parser(
        prog="makegood-engine",
        description="Honest verdicts on promised change. Tables are CSV, Parquet or Arrow, by name.",
        epilog=columns_said(MEASUREMENTS, DEFINITIONS, COMMITMENTS, POOLS)
        + "\n\nA command's own --help lists its tables.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"makegood-engine {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in given if word in COMMANDS), None)
    for name, does in COMMANDS.items():
        if name == wanted:
            _load(commands, name, does)
        else:
            commands.add_parser(name, help=does)
    return parser


def _load(commands: Any, name: str, does: str) -> None:
    module = import_module(f"makegood_engine.cli.{name}")
    command = commands.add_parser(
        name,
        help=does,
        description=f"{does[:1].upper()}{does[1:]}.",
        epilog=columns_said(*module.TABLES) if module.TABLES else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add(command)
    command.add_argument("--json", action="store_true", help="answer as JSON")
    command.set_defaults(run=module.run, show=module.show)
