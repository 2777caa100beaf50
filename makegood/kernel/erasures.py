"""What was erased or narrowed, noted outside the database: for an older backup that is restored.

A note names a reference and nothing that anybody said.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)


def note_erasure(what: str, *, key: str, at: datetime) -> None:
    """Note, once the act is sure, that ``what`` was erased which ``key`` names."""
    line = json.dumps({"at": at.isoformat(), "what": what, "key": key})
    transaction.on_commit(lambda: _append(line), robust=True)


def note_missing(what: str, *, keys: Iterable[str], at: datetime) -> int:
    """Note those of ``keys`` that no note names; return how many.

    A server may end between an act and its note, and another server has notes of its own.
    """
    noted = set(erasures_noted(what))
    missing = [key for key in dict.fromkeys(keys) if key not in noted]
    for key in missing:
        note_erasure(what, key=key, at=at)
    return len(missing)


def erasures_noted(what: str) -> Iterator[str]:
    """Yield the keys of all of one kind that were erased; a line that was cut short is passed over."""
    place = Path(settings.ERASURES)
    lines = place.read_text(encoding="utf-8").splitlines() if place.exists() else []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        try:
            said = json.loads(line)
        except ValueError:
            log.warning("Line %s of %s cannot be read.", number, place)
            continue
        if said["what"] == what:
            yield said["key"]


def _append(line: str) -> None:
    """Add a line of its own, whatever the one before ended in."""
    with Path(settings.ERASURES).open("a", encoding="utf-8") as notes:
        notes.write(f"\n{line}\n")
        notes.flush()
        os.fsync(notes.fileno())
