"""What is done to things that stand in no room, and to what is past its time in any."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, Q, QuerySet

from makegood.kernel.personal import all_held
from makegood.measures.actions import discard_stale_uploads
from makegood.people.models import Person

log = logging.getLogger(__name__)
AT_ONCE = 5000
"""How many rows of a table go at once; the next tick takes more."""
BETWEEN_LETTERS = b"-" * 79 + b"\n"
"""What Django writes after each letter in a file."""


def let_go(*, now: datetime) -> dict[str, int]:
    """Delete all that is past its time, as it is declared; return how many of what.

    What cannot be deleted is logged and tried again the next time; it holds up nothing else.
    """
    counts = {name: _tried(name, delete) for name, delete in _deletions(now)}
    return {name: count for name, count in counts.items() if count}


def forget_old_tries(*, now: datetime) -> int:
    """Delete the counts of tries that count no more; return how many."""
    kept = settings.CACHES["default"]
    if not str(kept["BACKEND"]).endswith(".DatabaseCache"):
        return 0
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(str(kept["LOCATION"]))
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [moment])  # noqa: S608  # ours
        return int(cursor.rowcount)


def burn_old_letters(*, before: datetime) -> int:
    """Remove the files of letters that were written ``before`` then; return how many."""
    old = [file for file in letters() if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def forget_person(*, name: str, addresses: Iterable[str], by: Person) -> None:
    """Take what an erased person was called out of the operators' log."""
    said = Q()
    for words in filter(None, [name, *addresses]):
        said |= Q(object_repr__icontains=words) | Q(change_message__icontains=words)
    found = LogEntry.objects.select_for_update().filter(said).order_by("pk")
    LogEntry.objects.filter(pk__in=list(found.values_list("pk", flat=True))).update(
        object_repr=str(by), change_message=""
    )


def burn_letters(*, addresses: Iterable[str]) -> None:
    """Remove the files of letters that name one of these addresses."""
    wanted = [address.lower().encode() for address in addresses]
    for file in letters():
        held = file.read_bytes().split(BETWEEN_LETTERS)
        left = [one for one in held if not any(address in one.lower() for address in wanted)]
        if len(left) < len(held):
            file.write_bytes(BETWEEN_LETTERS.join(left))


def letters() -> list[Path]:
    """Return the files of letters, where no mail server is set."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log")) if folder.is_dir() else []


def _deletions(now: datetime) -> Iterator[tuple[str, Callable[[], int]]]:
    """Yield what is to be deleted, and how; nothing is done until it is asked."""
    for held in all_held():
        if held.past and not isinstance(held.store, str):
            past: QuerySet[Model] = QuerySet(held.store).filter(held.past(now))
            yield held.name, partial(_delete, past)
    before = now - timedelta(days=settings.KEEP_PREVIEWS_DAYS)
    yield "files of figures never kept", partial(discard_stale_uploads, before=before, now=now)
    yield "counts of tries", partial(forget_old_tries, now=now)
    before = now - timedelta(days=settings.KEEP_LETTERS_DAYS)
    yield "letters written to files", partial(burn_old_letters, before=before)


def _delete(past: QuerySet[Model]) -> int:
    keys = list(past.select_for_update().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    QuerySet(past.model).filter(pk__in=keys).delete()
    return len(keys)


def _tried(name: str, delete: Callable[[], int]) -> int:
    try:
        with transaction.atomic():
            return delete()
    except (DatabaseError, OSError):
        log.exception("What is past its time could not be deleted: %s.", name)
        return 0
