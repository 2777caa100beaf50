"""What is done to things that stand in no room, and to what is past its time in any."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, Q, QuerySet

from makegood.capture.actions import end_old_calls, end_old_complaints
from makegood.contract.actions import erase_old_papers
from makegood.kernel.files.keep import sweep_files
from makegood.kernel.personal import all_held
from makegood.measures.actions import (
    discard_stale_measures,
    discard_stale_uploads,
    sweep_sent_files,
)
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


def note_letting_in(person: Person, *, is_moved: bool, by: Person) -> None:
    """Note in the operators' log that ``by`` let ``person`` in again; it names no address."""
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(person.pk),
        object_repr=str(person),
        action_flag=CHANGE,
        change_message="Let in again" + (", at another address." if is_moved else "."),
    )


def forget_person(*, name: str, addresses: Iterable[str], by: Person) -> None:
    """Take what an erased person was called out of the operators' log; what was done stays in it.

    Their name is looked for in what is about them alone: others may be called the same.
    """
    kind = ContentType.objects.get_for_model(Person)
    found = Q(content_type=kind, object_id=str(by.pk))
    for address in addresses:
        found |= Q(object_repr__icontains=address) | Q(change_message__icontains=address)
    called = "|".join(re.escape(words) for words in (name, *addresses) if words)
    words = re.compile(rf"(?<![\w.+-])(?:{called})(?![\w@-])" if called else "(?!)", re.IGNORECASE)
    for entry in LogEntry.objects.select_for_update().filter(found).order_by("pk"):
        is_theirs = (entry.content_type_id, entry.object_id) == (kind.pk, str(by.pk))
        entry.object_repr = str(by) if is_theirs else words.sub(str(by), entry.object_repr)
        entry.change_message = words.sub(str(by), entry.change_message)
        entry.save(update_fields=["object_repr", "change_message"])


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
    yield "files of measures never kept", partial(discard_stale_measures, before=before, now=now)
    before = now - timedelta(days=settings.KEEP_CALLS_DAYS)
    yield "calls that brought nothing", partial(end_old_calls, before=before, now=now)
    before = now - timedelta(days=settings.KEEP_COMPLAINTS_DAYS)
    yield "complaints long answered", partial(end_old_complaints, before=before, now=now)
    yield "scans of signatures", partial(erase_old_papers, now=now)
    yield "files that no row names", partial(sweep_files, now=now)
    yield "files of figures that no row names", partial(sweep_sent_files, now=now)
    yield "counts of tries", partial(forget_old_tries, now=now)
    before = now - timedelta(days=settings.KEEP_LETTERS_DAYS)
    yield "letters written to files", partial(burn_old_letters, before=before)


def _delete(past: QuerySet[Model]) -> int:
    rows: QuerySet[Model] = QuerySet(past.model)
    found = rows.filter(pk__in=past.values("pk")).order_by("pk").select_for_update()
    held = list(found.values_list("pk", flat=True)[:AT_ONCE])
    keys = list(past.filter(pk__in=held).values_list("pk", flat=True))  # now that nobody moves them
    rows.filter(pk__in=keys).delete()
    return len(keys)


def _tried(name: str, delete: Callable[[], int]) -> int:
    try:
        with transaction.atomic():
            return delete()
    except (DatabaseError, OSError):
        log.exception("What is past its time could not be deleted: %s.", name)
        return 0
