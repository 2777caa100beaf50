"""The tree of the ledger against RFC 6962's own words, and canonical JSON against itself."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.ledger.canonical import EntryValues, canonical, canonical_entry
from makegood.kernel.ledger.merkle import Frontier, GrowingTree, leaf_hash, root_of

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


@given(st.lists(st.binary(max_size=20), max_size=600), st.integers(0, 600))
def test_a_tree_grown_in_two_parts_is_the_same_and_tells_its_full_tiles(
    data: list[bytes], cut: int
) -> None:
    leaves = [leaf_hash(each) for each in data]
    grown = GrowingTree()
    for leaf in leaves:
        grown.append(leaf)
    assert Frontier().extended(leaves[:cut]).extended(leaves[cut:]).root() == grown.root()
    assert len(grown.full) == len(leaves) // 256
    assert grown.full == [root_of(leaves[at : at + 256]) for at in range(0, len(leaves) - 255, 256)]


ZONES = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone)
MOMENTS = st.datetimes(datetime(1000, 1, 3), datetime(9999, 12, 28), timezones=ZONES | st.just(UTC))  # noqa: DTZ001
TEXTS = st.text(max_size=40)


ENTRIES = st.tuples(TEXTS, st.integers(0, 2**53 - 1), MOMENTS, TEXTS, TEXTS, TEXTS, TEXTS)
NAMES = ("stream", "seq", "at", "actor", "act", "subject", "digest")


@given(ENTRIES)
def test_the_fast_form_of_an_entry_is_the_canonical_one(values: EntryValues) -> None:
    assert canonical_entry(values) == canonical(dict(zip(NAMES, values, strict=True)))
