"""What the platform does on a clock, and the loop that runs it beside a small server."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from makegood.articulate.actions import close_due_needs
from makegood.assess.actions import analyse_commitments
from makegood.capture.actions import end_names_left_behind, note_what_was_erased, remind_of_figures
from makegood.contract.actions import begin_due_handovers, end_due_standstills
from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.checkpoints import checkpoint_now
from makegood.kernel.ledger.keys import KeyTrouble
from makegood.kernel.letters.post import deliver_due
from makegood.measures.actions import take_in_folder, work_on_uploads
from makegood.people.actions import (
    ask_motives_again,
    end_advice_left_behind,
    end_lapsed_memberships,
    note_people_erased,
    send_due_notices,
)
from makegood.people.queries import person_with_email
from makegood.web.actions import let_go

log = logging.getLogger(__name__)
Result = TypeVar("Result")
NOTHING: Mapping[str, int] = {}


@dataclass(frozen=True, kw_only=True)
class Done:
    """What one tick did."""

    entries: int
    verdicts: int
    letters: int
    gone: Mapping[str, int]
    """How many were deleted, past their time, of what."""
    failed: Sequence[str] = ()
    """The steps that failed: each is logged with its cause."""


def tick() -> Done:
    """Do all that is due; running it twice does nothing twice.

    Each step stands alone: one that fails is logged, and tried again with the next tick.
    """
    failed: list[str] = []

    def did(step: Callable[[], Result], instead: Result) -> Result:
        try:
            return step()
        except Exception:
            name = getattr(step, "__name__", str(step))
            log.exception("A step of the clock failed: %s. The others are done.", name)
            failed.append(name)
            return instead

    entries = did(integrate, 0)
    did(_sign, None)
    gone = did(_let_go, NOTHING)
    for step in STEPS:
        did(step, None)
    letters = did(deliver_due, 0)
    verdicts = did(analyse_commitments, 0)
    did(_empty_the_journal, None)
    return Done(entries=entries, verdicts=verdicts, letters=letters, gone=gone, failed=failed)


def _let_go() -> Mapping[str, int]:
    return let_go(now=timezone.now())


def _sign() -> None:
    """Sign what came since the last checkpoint; a key that cannot be used stops nothing else."""
    try:
        checkpoint_now()
    except KeyTrouble as trouble:
        log.error("The ledger is not signed: %s", trouble)


def watch_folder() -> None:
    """Take in the files that machines put into the folder that is watched, if one is."""
    by = person_with_email(settings.WATCHED_BY) if settings.WATCHED_FOLDER else None
    if by is not None:
        for file, words in take_in_folder(Path(settings.WATCHED_FOLDER), by=by).items():
            log.info("%s: %s", file, words)


STEPS: Sequence[Callable[[], object]] = (
    end_lapsed_memberships,
    end_advice_left_behind,
    end_names_left_behind,
    note_what_was_erased,
    note_people_erased,
    ask_motives_again,
    close_due_needs,
    end_due_standstills,
    begin_due_handovers,
    work_on_uploads,
    remind_of_figures,
    watch_folder,
    send_due_notices,
)
"""What is done between letting go and the letters, one after another."""


def _empty_the_journal() -> None:
    """Leave no withdrawn words in SQLite's journal; what was deleted is overwritten in its file."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def keep_working(*, every_seconds: float, until: threading.Event) -> None:
    """Go on with what takes long until told to stop; what fails is logged and tried again."""
    while not until.wait(every_seconds):
        try:
            work_on_uploads()
        except Exception:
            log.exception("The work on an upload failed; it is tried again.")
        finally:
            close_old_connections()


def keep_ticking(*, every_seconds: float, until: threading.Event) -> None:
    """Tick until told to stop; a tick that fails is logged and the next one tries again."""
    while not until.wait(every_seconds):
        try:
            tick()
        except Exception:
            log.exception("A tick failed; the next one will try again.")
        finally:
            close_old_connections()
