"""What the platform does on a clock, and the loop that runs it beside a small server."""

import logging
import threading
from dataclasses import dataclass

from django.db import close_old_connections

from makegood.assess.actions import analyse_commitments
from makegood.kernel.ledger.append import integrate

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What one tick did."""

    entries: int
    verdicts: int


def tick() -> Done:
    """Do all that is due; running it twice does nothing twice."""
    verdicts = analyse_commitments()
    return Done(entries=integrate(), verdicts=verdicts)


def keep_ticking(*, every_seconds: float, until: threading.Event) -> None:
    """Tick until told to stop; a tick that fails is logged and the next one tries again."""
    while not until.wait(every_seconds):
        try:
            tick()
        except Exception:
            log.exception("A tick failed; the next one will try again.")
        finally:
            close_old_connections()
