"""Proofs as text: of an entry (c2sp.org/tlog-proof), and from one checkpoint to a later one.

The second has the form in which witnesses are asked to sign (c2sp.org/tlog-witness).
"""

from base64 import b64encode
from collections.abc import Iterable

from makegood.kernel.ledger.models import Checkpoint, Entry
from makegood.kernel.ledger.tree import Tree

FORM = "c2sp.org/tlog-proof@v1"


def proof_of(entry: Entry, *, checkpoint: Checkpoint, with_words: bool = True) -> str:
    """Return the proof that ``entry`` stands in the tree that ``checkpoint`` signs, as text.

    What is beside it as extra is the entry itself; without its words, whoever checks must have it.
    """
    index = entry.leaf.index
    extra = [f"extra {_base64(entry.canonical())}"] if with_words else []
    path = Tree(checkpoint.head_id).inclusion(index)
    return _lines([FORM, *extra, f"index {index}", *map(_base64, path)], note=checkpoint.note)


def consistency_proof(old: int, *, checkpoint: Checkpoint) -> str:
    """Return the proof that the tree of ``old`` entries begins the one that ``checkpoint`` signs, as text."""
    path = Tree(checkpoint.head_id).consistency(old)
    return _lines([f"old {old}", *map(_base64, path)], note=checkpoint.note)


def covers(checkpoint: Checkpoint | None, *, entry: Entry) -> bool:
    """Return whether ``entry`` stands in the tree that ``checkpoint`` signs."""
    leaf = getattr(entry, "leaf", None)
    return checkpoint is not None and leaf is not None and leaf.index < checkpoint.head_id


def _lines(lines: Iterable[str], *, note: str) -> str:
    return "".join(f"{line}\n" for line in lines) + f"\n{note}"


def _base64(data: bytes) -> str:
    return b64encode(data).decode()
