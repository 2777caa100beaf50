"""The door of the command line: it loads next to nothing, so that Ctrl-C is heard from the start.

Exit codes: 0 done, 2 bad input (said plainly, nothing written), 1 our fault, 130 stopped by Ctrl-C or,
which is taken for the same, by the system (SIGTERM).
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import current_thread, main_thread
from time import monotonic
from typing import NoReturn

STOPPED = 130
STOPS = (signal.SIGINT, signal.SIGTERM)
SAID = "Stopped. Nothing was written."
AGAIN = 3.0
"""Seconds in which pressing Ctrl-C again changes nothing, while what was begun is cleared away."""


def leave() -> NoReturn:
    """Run one command and end the process at once with its exit code.

    Arrow's and DuckDB's threads may still be ending while the interpreter takes its libraries down,
    which now and then aborts a process whose work was done.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    with _heard_once():
        try:
            code: int = import_module("makegood_engine.cli.commands").run(given)
        except KeyboardInterrupt:
            print(SAID, file=sys.stderr)
            return STOPPED
    return code


@contextmanager
def _heard_once() -> Iterator[None]:
    """Take Ctrl-C that is pressed several times, as it often is, for one."""
    if current_thread() is not main_thread():
        yield
        return
    last = -AGAIN

    def stop(_signal: int, _frame: object) -> None:
        nonlocal last
        if monotonic() - last < AGAIN:
            return
        last = monotonic()
        raise KeyboardInterrupt

    before = {one: signal.signal(one, stop) for one in STOPS}
    try:
        yield
    finally:
        for one, heard in before.items():
            signal.signal(one, heard)
