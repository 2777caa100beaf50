"""Writing to the ledger: an entry in the act's own transaction, then its place in the tree."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from makegood.kernel.ledger.merkle import Frontier
from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead
from makegood.kernel.ledger.tree import keep_full_tiles

SYSTEM = "system"
TREE = "tree"
"""The stream row that whoever adds to the tree holds; no entry stands in it."""
AT_ONCE = 10_000
"""So many entries are folded in at a time."""
LATE = 200
"""So far back an act looks for entries that were written before its own and committed after; the
clock looks at all."""


class Actor(Protocol):
    """Whoever acts: the ledger knows them by an opaque id alone."""

    public_id: UUID


def record(subject: Recorded, *, act: str, stream: str, by: Actor | None, now: datetime) -> Entry:
    """Append that ``by`` did ``act`` to ``subject`` (already saved); call within the act's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "An entry is written in its act's transaction."
        )
    entry = Entry.objects.create(
        stream=stream,
        seq=_next_place(stream),
        at=now,
        actor=str(by.public_id) if by else SYSTEM,
        act=act,
        subject=subject.ledger_subject,
        digest=subject.ledger_digest(),
    )
    transaction.on_commit(lambda: _fold_in(entry.pk), robust=True)  # a partial has no name to log
    return entry


def take_turn(stream: str) -> None:
    """Wait until whoever else writes to ``stream`` is done; the turn is held until the act ends.

    For acts that look before they write: nobody else can write what was just looked for.
    """
    Stream.objects.get_or_create(name=stream)
    Stream.objects.select_for_update().get(name=stream)


def integrate(*, since: int = 0) -> int:
    """Fold entries that are not yet in the tree into it, from id ``since`` on; return how many.

    Whoever finds somebody else at it leaves its entries to them, and never waits. So whoever is at
    it looks again once it has let go: what came meanwhile was left to it.
    """
    done = 0
    some_wait = _waiting(since).exists if since else _some_wait
    while some_wait() and (folded := _fold_in_some(since)):
        done += folded
    return done


@transaction.atomic
def _fold_in_some(since: int) -> int:
    """Fold in the next entries and return how many, if it is our turn; else none."""
    waiting = list(_waiting(since).order_by("id")[:AT_ONCE]) if _is_our_turn() else []
    if not waiting:
        return 0
    before = frontier()
    hashes = [entry.leaf_hash() for entry in waiting]
    after = before.extended(hashes)
    Leaf.objects.bulk_create(
        Leaf(index=index, entry=entry, hash=leaf.hex())
        for index, (entry, leaf) in enumerate(zip(waiting, hashes, strict=True), start=before.size)
    )
    keep_full_tiles(before.size, after.size)
    TreeHead.objects.create(
        size=after.size,
        root=after.root().hex(),
        peaks=[peak.hex() for peak in after.peaks],
        at=timezone.now(),
    )
    return len(waiting)


def _is_our_turn() -> bool:
    # SQLite has one writer at a time, and that is the turn. PostgreSQL says at once who is at it.
    turn = Stream.objects.select_for_update(skip_locked=True).filter(name=TREE)
    return turn.first() is not None or Stream.objects.get_or_create(name=TREE)[1]


def _waiting(since: int) -> QuerySet[Entry]:
    return Entry.objects.filter(id__gte=since, leaf__isnull=True)


def _some_wait() -> bool:
    """Return whether some entries wait, by the lengths of the streams: entries are not counted again."""
    written = Stream.objects.aggregate(all=Sum("length"))["all"] or 0
    return written != frontier().size


def _fold_in(entry: int) -> None:
    # A transaction's first entry folds in those that follow; for the others nothing is left to do.
    # Ids are given before they are committed, so an entry may stand before the last one folded in.
    if not Leaf.objects.filter(entry=entry).exists():
        last = Leaf.objects.order_by("-index").values_list("entry_id", flat=True).first()
        integrate(since=max(1, min(entry, (last or 0) - LATE)))


def frontier() -> Frontier:
    """Return the tree as it stands, ready to grow."""
    head = TreeHead.objects.order_by("-size").first()
    if head is None:
        return Frontier()
    return Frontier(head.size, tuple(bytes.fromhex(peak) for peak in head.peaks))


def _next_place(stream: str) -> int:
    line = Stream.objects.filter(name=stream)
    if not line.update(length=F("length") + 1):
        Stream.objects.get_or_create(name=stream)
        line.update(length=F("length") + 1)
    return line.values_list("length", flat=True).get()
