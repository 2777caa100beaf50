"""Finding the ledger entries behind what a page shows."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from makegood.kernel.ledger.models import Entry, Recorded, TreeHead


def latest_entries(rows: Iterable[Recorded]) -> dict[str, Entry]:
    """Return the newest entry of each row, by the row's name in the ledger."""
    subjects = [row.ledger_subject for row in rows]
    last = (
        Entry.objects.filter(subject__in=subjects)
        .values("subject")
        .annotate(last=Max("id"))
        .values("last")
    )
    return {entry.subject: entry for entry in Entry.objects.filter(id__in=last)}


def entries_about(subject: str) -> QuerySet[Entry]:
    """Return every entry about one row, the first one first."""
    return Entry.objects.filter(subject=subject).order_by("id")


def entries() -> QuerySet[Entry]:
    """Return every entry with its place in the tree, the newest first; the ledger is public."""
    return Entry.objects.select_related("leaf").order_by("-id")


def latest_head() -> TreeHead | None:
    """Return the newest root of the tree, or None before the first entry."""
    return TreeHead.objects.order_by("-size").first()


def entry_at(stream: str, seq: int) -> Entry | None:
    """Return the entry at a place of a stream, with its place in the tree, if there is one."""
    return entries().filter(stream=stream, seq=seq).first()
