"""Saying that the kernels are compiled, which each machine does once and keeps."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from numba.core import event

PREPARING = "Preparing the engine for this machine: this takes about a minute, once."


class _Said(event.Listener):
    """Says so at the first compilation; a kernel that is loaded from disk is none."""

    said = False

    def on_start(self, _event: object) -> None:
        """Say so, once."""
        if not self.said:
            self.said = True
            print(PREPARING, file=sys.stderr, flush=True)

    def on_end(self, _event: object) -> None:
        """Say nothing."""


@contextmanager
def said_once() -> Iterator[None]:
    """Say on stderr, once and only if it happens, that kernels are compiled."""
    with event.install_listener("numba:compile", _Said()):
        yield
