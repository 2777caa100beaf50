"""A ledger with a key, checkpoints and as many entries as one wants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from makegood.kernel.ledger.append import integrate, record
from makegood.kernel.ledger.checkpoints import checkpoint_now
from makegood.kernel.ledger.guards import lowered
from makegood.kernel.ledger.keys import key_in_force, keys_at_hand, make_key, origin
from makegood.kernel.ledger.merkle import Frontier
from makegood.kernel.ledger.models import Checkpoint, Entry, Leaf, LogKey, Tile, TreeHead
from makegood.kernel.ledger.notes import Head, Signer, sign
from makegood.kernel.ledger.tiles import WIDTH, Place
from makegood.kernel.ledger.tree import keep_full_tiles
from tests.factories.cast import Cast

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_key() -> LogKey:
    """Return the ledger's key; a new one where there is none, or none of this ledger's."""
    if (there := key_in_force()) is not None:
        return there
    Path(settings.LEDGER_KEY_FILE).unlink(missing_ok=True)
    return make_key()


def a_checkpoint() -> Checkpoint:
    """Fold in what waits, and sign it."""
    a_key()
    integrate()
    made = checkpoint_now()
    assert made is not None
    return made


def many_entries(count: int, *, stream: str = "many") -> None:
    """Record so many acts on the key, one after another, and fold them in."""
    key = a_key()
    with transaction.atomic():
        for _ in range(count):
            record(key, act="look_again", stream=stream, by=None, now=NOW)
    integrate()


def behind_our_back(*statements: str) -> None:
    """Run SQL as an operator would who took every guard down first and put them back after."""
    with lowered(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount, f"{statement} touched nothing, so it proves nothing"


def made_anew(*, sizes: list[int] | None = None, signers: Sequence[Signer] = ()) -> None:
    """Make leaves, tiles, roots and checkpoints anew from the entries as they stand, all consistent.

    As somebody would who owns the machine and the key, so that nothing here can tell. ``sizes`` says
    which roots are made, if not those that stood; ``signers`` sign, if not those at hand.
    """
    order = list(Leaf.objects.order_by("index").values_list("entry_id", flat=True))
    heads = sizes or list(TreeHead.objects.order_by("size").values_list("size", flat=True))
    signed = list(Checkpoint.objects.order_by("pk").values_list("head_id", "made_at"))
    entries = Entry.objects.in_bulk(order)
    with lowered(connection):
        for model in (Checkpoint, Tile, TreeHead, Leaf):
            model.objects.all().delete()
        tree = Frontier()
        for size in heads:
            hashes = [entries[key].leaf_hash() for key in order[tree.size : size]]
            Leaf.objects.bulk_create(
                Leaf(index=index, entry_id=order[index], hash=leaf.hex())
                for index, leaf in enumerate(hashes, start=tree.size)
            )
            before, tree = tree.size, tree.extended(hashes)
            keep_full_tiles(before, tree.size)
            peaks = [peak.hex() for peak in tree.peaks]
            TreeHead.objects.create(size=size, root=tree.root().hex(), peaks=peaks, at=NOW)
        for size, made_at in signed:
            head = TreeHead.objects.filter(size=size).first()
            if head:
                text = Head(origin(), size, bytes.fromhex(head.root)).text
                note = sign(text, signers=signers or keys_at_hand())
                Checkpoint.objects.create(head=head, note=note, made_at=made_at)


Maker = Callable[[Cast], dict[str, object]]


def _with_checkpoint(made: Maker) -> Maker:
    def make(cast: Cast) -> dict[str, object]:
        a_checkpoint()
        return made(cast)

    return make


@_with_checkpoint
def _entry(_: Cast) -> dict[str, object]:
    entry = Entry.objects.latest("pk")
    return {"stream": entry.stream, "seq": entry.seq}


@_with_checkpoint
def _tile(_: Cast) -> dict[str, object]:
    return {"place": Place(index=0, width=min(WIDTH, Leaf.objects.count()))}


def _kept(_: Cast) -> dict[str, object]:
    return {"size": a_checkpoint().head_id}


@_with_checkpoint
def _nothing_else(_: Cast) -> dict[str, object]:
    return {}


LEDGER: dict[str, Maker] = {
    "checkpoint": _nothing_else, "checkpoint-kept": _kept, "entry-in-checkpoint": _entry, "tile": _tile,
}  # fmt: skip
"""What the addresses of the ledger need to be opened."""
