"""The tree of the ledger against RFC 6962's own words, and canonical JSON against itself."""

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.ledger.canonical import canonical
from makegood.kernel.ledger.merkle import leaf_hash, root_of

VALUES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)


def naive(data: list[bytes]) -> bytes:
    """Return the Merkle tree hash as section 2.1 of RFC 6962 defines it."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    split = 1 << ((len(data) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + naive(data[:split]) + naive(data[split:])).digest()


@given(st.lists(st.binary(max_size=20), max_size=70))
def test_the_growing_tree_has_the_root_of_the_definition(data: list[bytes]) -> None:
    assert root_of(leaf_hash(each) for each in data) == naive(data)


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=8), st.randoms())
def test_canonical_records_are_one_and_the_same(record: dict[str, object], random: object) -> None:
    names = list(record)
    random.shuffle(names)
    assert canonical({name: record[name] for name in names}) == canonical(record)
    assert json.loads(canonical(record)) == record
