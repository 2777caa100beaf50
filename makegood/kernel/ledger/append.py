"""Writing to the ledger: an entry in the act's own transaction, then its place in the tree."""

from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from makegood.kernel.ledger.merkle import Frontier
from makegood.kernel.ledger.models import Entry, Leaf, Recorded, Stream, TreeHead

SYSTEM = "system"
TREE = "tree"
"""The stream row that whoever adds to the tree holds; no entry stands in it."""


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
    transaction.on_commit(partial(_fold_in, entry.pk), robust=True)
    return entry


def take_turn(stream: str) -> None:
    """Wait until whoever else writes to ``stream`` is done; the turn is held until the act ends.

    For acts that look before they write: nobody else can write what was just looked for.
    """
    Stream.objects.get_or_create(name=stream)
    Stream.objects.select_for_update().get(name=stream)


@transaction.atomic
def integrate(*, since: int = 0) -> int:
    """Fold entries that are not yet in the tree into it, from id ``since`` on; return how many."""
    take_turn(TREE)
    waiting = list(Entry.objects.filter(id__gte=since, leaf__isnull=True).order_by("id"))
    if not waiting:
        return 0
    frontier = _frontier()
    leaves = []
    for entry in waiting:
        leaf = entry.leaf_hash()
        leaves.append(Leaf(index=frontier.size, entry=entry, hash=leaf.hex()))
        frontier = frontier.append(leaf)
    Leaf.objects.bulk_create(leaves)
    TreeHead.objects.create(
        size=frontier.size,
        root=frontier.root().hex(),
        peaks=[peak.hex() for peak in frontier.peaks],
        at=timezone.now(),
    )
    return len(waiting)


def _fold_in(entry: int) -> None:
    # A transaction's first entry folds in those that follow; for the others nothing is left to do.
    # Ids are given before they are committed, so an entry may stand before the last one folded in.
    if not Leaf.objects.filter(entry=entry).exists():
        last = Leaf.objects.order_by("-index").values_list("entry_id", flat=True).first()
        integrate(since=min(entry, last or 0))


def _frontier() -> Frontier:
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
