"""When Ctrl-C must wait: while outputs move into place, or what was begun is cleared away."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread


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
    """Hear Ctrl-C only at the end of the block."""
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or current_thread() is not main_thread():
        yield
        return
    pressed: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        before(pressed[0], None)
