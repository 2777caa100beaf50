"""What the pages of the ledger say of its checkpoints, its keys and its proofs."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from makegood.kernel.ledger.checkpoints import last_signed_by, newest_checkpoint
from makegood.kernel.ledger.keys import known_keys
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.notes import read_head, read_note
from makegood.kernel.ledger.prove import covers
from makegood.kernel.ledger.tree import Tree


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of the ledger, as others need it to check a signature."""

    verifier: str
    made_at: datetime
    retired_at: datetime | None
    passed_on: int | None
    """Of how many entries the checkpoint is that it signed last, beside the key that followed it."""


@dataclass(frozen=True, kw_only=True)
class Log:
    """The newest checkpoint as it is read, and every key that signed one."""

    origin: str
    size: int
    root: str
    note: str
    made_at: datetime
    keys: list[Key]

    @property
    def key(self) -> Key:
        """Return the key in force: the one made last."""
        return self.keys[-1]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That an entry stands in the newest checkpoint: its bytes, and the hashes that lead to the root."""

    words: str
    index: int
    size: int
    root: str
    hashes: list[str]
    key: str
    file: str
    made_at: datetime


def log_as_it_stands() -> Log | None:
    """Return the newest checkpoint with the keys; None where none is signed."""
    newest = newest_checkpoint()
    if newest is None:
        return None
    head = read_head(read_note(newest.note).text)
    keys = [
        Key(
            verifier=key.verifier,
            made_at=key.made_at,
            retired_at=key.retired_at,
            passed_on=last_signed_by(key, verifier=verifier),
        )
        for key, verifier in known_keys()
    ]
    return Log(
        origin=head.origin,
        size=head.size,
        root=_base64(head.root),
        note=newest.note,
        made_at=newest.made_at,
        keys=keys,
    )


def shown_proof(entry: Entry) -> Proof | None:
    """Return the proof of an entry against the newest checkpoint; None while it is in none."""
    newest = newest_checkpoint()
    if newest is None or not covers(newest, entry=entry):
        return None
    index, size = entry.leaf.index, newest.head_id
    return Proof(
        words=entry.canonical().decode(),
        index=index,
        size=size,
        root=_base64(bytes.fromhex(newest.head.root)),
        hashes=[_base64(each) for each in Tree(size).inclusion(index)],
        key=known_keys()[-1][0].verifier,
        file=proof_file(entry),
        made_at=newest.made_at,
    )


def proof_file(entry: Entry) -> str:
    """Return what the file of an entry's proof is called."""
    return f"{entry.stream}-{entry.seq}.tlog-proof".replace("/", "-")


def _base64(data: bytes) -> str:
    return b64encode(data).decode()
