"""Checkpoints: roots of the tree as we signed them, one beside its head, each kept for good.

They are made on the clock, once for all that came since the last one, and when somebody asks. So only
the clock needs the private key, and a busy hour makes sixty of them, not thousands.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.keys import (
    forget_retired,
    key_in_force,
    keys_at_hand,
    known_keys,
)
from makegood.kernel.ledger.models import Checkpoint, LogKey, TreeHead
from makegood.kernel.ledger.notes import Head, Signer, Verifier, read_note, read_verifier, sign


def newest_checkpoint() -> Checkpoint | None:
    """Return the newest checkpoint, or None while none was signed."""
    return Checkpoint.objects.select_related("head").order_by("-head_id").first()


def checkpoint_of(size: int) -> Checkpoint | None:
    """Return the checkpoint of the tree at a size, if one was signed."""
    return Checkpoint.objects.select_related("head").filter(head__size=size).first()


def last_signed_by(key: LogKey, *, verifier: Verifier) -> int | None:
    """Return of how many entries the checkpoint is in which a retired key vouched for the next one.

    None for the key in force, and for one that was lost before it could.
    """
    if key.retired_at is None:
        return None
    after = Checkpoint.objects.filter(made_at__gte=key.retired_at).order_by("head_id").first()
    return after.head_id if after and read_note(after.note).signed_by(verifier) else None


def checkpoint_now(*, now: datetime | None = None) -> Checkpoint | None:
    """Sign the newest root and return that checkpoint; the one there is, if nothing came since.

    Return None where no root stands yet, or where the key in force is not at hand.
    """
    now = now or timezone.now()
    head = TreeHead.objects.order_by("-size").first()
    if head is None or (there := checkpoint_of(head.size)):
        return None if head is None else there
    in_force = key_in_force()
    signers = _signers() if in_force else []
    if in_force is None or str(in_force.verifier) not in {str(s.verifier) for s in signers}:
        return None
    name = read_verifier(in_force.verifier).name
    text = Head(name, head.size, bytes.fromhex(head.root)).text
    with transaction.atomic():
        made, _ = Checkpoint.objects.get_or_create(
            head=head, defaults={"note": sign(text, signers=signers), "made_at": now}
        )
    forget_retired(signed_by=in_force)
    return made


def _signers() -> list[Signer]:
    """Return who signs now: the key in force, and after it one retired since the last checkpoint."""
    last = Checkpoint.objects.order_by("-head_id").values_list("made_at", flat=True).first()
    wanted = [
        str(verifier)
        for key, verifier in reversed(known_keys())
        if key.retired_at is None or last is None or key.retired_at > last
    ]
    at_hand = {str(signer.verifier): signer for signer in keys_at_hand()}
    return [at_hand[verifier] for verifier in wanted if verifier in at_hand]
