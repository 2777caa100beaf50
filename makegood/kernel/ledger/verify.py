"""Holding the ledger against itself, and every row against the ledger."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Max

from makegood.kernel.files.keep import digest_of
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.guards import missing_guards
from makegood.kernel.ledger.models import Checkpoint, Entry, Recorded, Stream
from makegood.kernel.ledger.verify_tree import TreeCheck


@dataclass(kw_only=True)
class Report:
    """What was checked, and what was found wrong: each problem names its place."""

    entries: int = 0
    rows: int = 0
    size: int = 0
    root: str = ""
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Return whether nothing was found wrong."""
        return not self.problems


def verify(*, saved: Iterable[str] = ()) -> Report:
    """Check guards, streams, tree, rows and files, and return all that is wrong with them.

    ``saved`` are checkpoints from earlier: a ledger that was made anew has another root at their size.
    Others go on meanwhile: all is read as it stood at one moment, and files last.
    """
    with _one_moment():
        report = _verify_database(saved)
    report.problems += _file_faults()
    return report


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read all that follows as it stood at one moment, and keep nobody from writing.

    By hand, for on SQLite a transaction of Django's begins with the lock for writing.
    """
    if connection.in_atomic_block:
        yield
        return
    words = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor != "sqlite" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN{words}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _verify_database(saved: Iterable[str]) -> Report:
    report = Report(entries=Entry.objects.count())
    report.problems += [
        f"Guard {name} is not in the database." for name in missing_guards(connection)
    ]
    report.problems += _stream_faults()
    tree = TreeCheck(saved)
    report.problems += tree.faults()
    report.size, report.root = tree.tree.size, tree.tree.root().hex()
    report.checkpoints = Checkpoint.objects.count()
    for model in recorded_models():
        try:
            report.problems += _row_faults(model, report)
        except (ArithmeticError, ValueError) as wrong:
            report.problems.append(f"A {model.ledger_kind()} cannot be read: {wrong!r}.")
    return report


def recorded_models() -> list[type[Recorded]]:
    """Return every kind of row that the ledger covers."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def _stream_faults() -> Iterator[str]:
    lengths = dict(Stream.objects.filter(length__gt=0).values_list("name", "length"))
    expected: dict[str, int] = {}
    entries = Entry.objects.order_by("stream", "seq").values_list("stream", "seq")
    for stream, seq in entries.iterator(chunk_size=2000):
        wanted = expected.get(stream, 0) + 1
        if seq != wanted:
            yield f"Stream {stream}: entry {wanted} is not there; entry {seq} follows."
        expected[stream] = seq
    for stream in sorted(lengths.keys() | expected.keys()):
        if lengths.get(stream, 0) != expected.get(stream, 0):
            yield (
                f"Stream {stream}: it ends at entry {expected.get(stream, 0)}, "
                f"but {lengths.get(stream, 0)} were written."
            )


def _file_faults() -> Iterator[str]:
    """Yield the files that are kept and are not what was handed in."""
    for kept in KeptFile.objects.filter(dropped_at=None).order_by("pk").iterator(chunk_size=500):
        if (fault := _fault_of(kept)) and KeptFile.objects.filter(pk=kept.pk, dropped_at=None):
            yield fault


def _fault_of(kept: KeptFile) -> str:
    try:
        found = digest_of(kept) if kept.content else None
    except FileNotFoundError:
        found = None
    if found is None:
        return f"File {kept.public_id} is gone, but it was not dropped."
    if found != kept.digest:
        return f"File {kept.public_id} was changed behind the application's back."
    return ""


def _row_faults(model: type[Recorded], report: Report) -> Iterator[str]:
    kind = model.ledger_kind()
    latest = _latest_digests(kind)
    for row in model.recorded_one_by_one().order_by("pk").iterator(chunk_size=2000):
        report.rows += 1
        kept = latest.pop(row.ledger_subject, None)
        if kept is None:
            yield f"Row {row.ledger_subject} ({row}) is not in the ledger."
        elif kept != row.ledger_digest():
            yield f"Row {row.ledger_subject} ({row}) was changed behind the application's back."
        if fault := row.ledger_fault():
            yield f"Row {row.ledger_subject} ({row}): {fault}"
    for subject in latest:
        yield f"Row {subject} was removed behind the application's back."


def _latest_digests(kind: str) -> dict[str, str]:
    last = (
        Entry.objects.filter(subject__startswith=f"{kind}:")
        .values("subject")
        .annotate(last=Max("id"))
        .values("last")
    )
    return dict(Entry.objects.filter(id__in=last).values_list("subject", "digest"))
