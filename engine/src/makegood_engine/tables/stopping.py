"""When Ctrl-C must wait: while outputs move into place, or what was begun is cleared away."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread

STOPS = (signal.SIGINT, signal.SIGTERM)
"""What stops a command: Ctrl-C, and the system where a command hears that as it does Ctrl-C."""


@dataclass(slots=True)
class Placed:
    """How many times outputs were put in place since this process began."""

    times: int = 0


PLACED = Placed()


@contextmanager
def placing() -> Iterator[None]:
    """Move outputs into place, all of them: to be stopped between two would leave one alone."""
    with put_off():
        yield
        PLACED.times += 1


@contextmanager
def put_off() -> Iterator[None]:
    """Hear Ctrl-C, or the system, only at the end of the block."""
    heard = {one: now for one in STOPS if callable(now := signal.getsignal(one))}
    if not heard or current_thread() is not main_thread():
        yield
        return
    pressed: list[int] = []
    for one in heard:
        signal.signal(one, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        for one, before in heard.items():
            signal.signal(one, before)
    if pressed:
        heard[signal.Signals(pressed[0])](pressed[0], None)
