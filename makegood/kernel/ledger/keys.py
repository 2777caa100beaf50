"""The keys that sign checkpoints: private ones in a file of their owner's, public ones in the ledger.

The private key that signs stands first in its file. While a key is being replaced the old one stands
after it, so that both sign the first note; then it is taken out.
"""

import os
import stat
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.ledger.models import LogKey
from makegood.kernel.ledger.notes import (
    NotANote,
    Signer,
    Verifier,
    is_key_name,
    new_signer,
    read_signer,
    read_verifier,
)

STREAM = "ledger"
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyTrouble(Exception):
    """A key cannot be used or made; the sentence says why, and what to do."""


def origin() -> str:
    """Return the name of this log: that of its first key, else as the settings say or the host."""
    first = LogKey.objects.order_by("made_at").first()
    if first is not None:
        return read_verifier(first.verifier).name
    name: str = settings.LEDGER_ORIGIN or f"{urlsplit(settings.ADDRESS).netloc}/ledger"
    if not is_key_name(name):
        raise KeyTrouble(f"A log cannot be called “{name}”. Set MAKEGOOD_LEDGER_ORIGIN.")
    return name


def key_in_force() -> LogKey | None:
    """Return the key that signs now, if one was made."""
    return LogKey.objects.filter(retired_at=None).first()


def known_keys() -> list[tuple[LogKey, Verifier]]:
    """Return every key this ledger was ever signed with, the first one first."""
    return [(key, read_verifier(key.verifier)) for key in LogKey.objects.order_by("made_at", "pk")]


def keys_at_hand() -> list[Signer]:
    """Return the private keys that can be read here, the one that signs first; often none."""
    if settings.LEDGER_KEY:
        return _read(settings.LEDGER_KEY, place="MAKEGOOD_LEDGER_KEY")
    place = Path(settings.LEDGER_KEY_FILE)
    if not place.exists():
        return []
    if stat.S_IMODE(place.stat().st_mode) & FOR_OTHERS:
        raise KeyTrouble(f"{place} can be read by others. Run: chmod 600 {place}")
    return _read(place.read_text(), place=str(place))


@transaction.atomic
def make_key(*, now: datetime | None = None) -> LogKey:
    """Make the first key of this ledger, or take the one that is at hand; refuses a second one."""
    take_turn(STREAM)
    if key_in_force() is not None:
        raise KeyTrouble("The ledger has a key. To replace it: makegood ledger key --rotate")
    at_hand = keys_at_hand()
    signer = at_hand[0] if at_hand else new_signer(origin())
    if not at_hand:
        _keep([signer])
    return _make_known(signer, now=now or timezone.now())


@transaction.atomic
def replace_key(*, now: datetime | None = None) -> LogKey:
    """Put a new key in the place of the one in force, which is retired and still verifies its notes.

    With keys from the environment, the new one has to stand first there already.
    """
    take_turn(STREAM)
    now = now or timezone.now()
    held = LogKey.objects.select_for_update().filter(retired_at=None).first()
    if held is None:
        raise KeyTrouble("The ledger has no key yet. Make the first: makegood ledger key")
    at_hand = keys_at_hand()
    signer = at_hand[0] if settings.LEDGER_KEY else new_signer(origin())
    if LogKey.objects.filter(verifier=str(signer.verifier)).exists():
        raise KeyTrouble(
            "The first key in MAKEGOOD_LEDGER_KEY is known already. Put a new one before it, then "
            f"run this again. Here is one, made for you alone: {new_signer(origin()).written()}"
        )
    if not settings.LEDGER_KEY:
        _keep([signer, *at_hand])
    held.retired_at = now
    held.save(update_fields=["retired_at"])
    record(held, act="retire_key", stream=STREAM, by=None, now=now)
    return _make_known(signer, now=now)


def forget_retired(*, signed_by: LogKey) -> None:
    """Take private keys that sign no more out of the file, once both have signed.

    ``signed_by`` was in force when it was signed. Where another is by now, both have not.
    """
    known = list(LogKey.objects.all())
    if settings.LEDGER_KEY or any(k.retired_at for k in known if k.pk == signed_by.pk):
        return
    at_hand, gone = keys_at_hand(), {key.verifier for key in known if key.retired_at}
    left = [signer for signer in at_hand if str(signer.verifier) not in gone]
    if len(left) < len(at_hand):
        _keep(left)


def _make_known(signer: Signer, *, now: datetime) -> LogKey:
    made = LogKey.objects.create(verifier=str(signer.verifier), made_at=now)
    record(made, act="make_key", stream=STREAM, by=None, now=now)
    return made


def _read(text: str, *, place: str) -> list[Signer]:
    try:
        return [read_signer(line) for line in text.split()]
    except NotANote as wrong:
        raise KeyTrouble(f"{place} holds no key of a ledger: {wrong}") from wrong


def _keep(signers: Sequence[Signer]) -> None:
    """Write the private keys where only their owner reads them, all or nothing."""
    place = Path(settings.LEDGER_KEY_FILE)
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w") as opened:
            opened.writelines(f"{signer.written()}\n" for signer in signers)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(place)
    except OSError as wrong:
        raise KeyTrouble(f"{place} cannot be written: {wrong.strerror}.") from wrong
