"""Saying that a command's kernels are compiled, which each machine does once and keeps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from numba.core import event

PREPARING = (
    "Preparing this command for this machine: this takes about a minute, the first time only."
)


class _Said(event.Listener):
    """Says so at the first compilation; a kernel that is loaded from disk is none."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.first = Lock()

    def on_start(self, _event: object) -> None:
        """Say so, once, whichever thread is the first."""
        if self.first.acquire(blocking=False):
            print(PREPARING, file=sys.stderr, flush=True)

    def on_end(self, _event: object) -> None:
        """Say nothing."""


@contextmanager
def said_once() -> Iterator[None]:
    """Say on stderr, once and only if it happens, that kernels are compiled."""
    with event.install_listener("numba:compile", _Said()):
        yield
