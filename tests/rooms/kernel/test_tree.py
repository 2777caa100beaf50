"""Tiles are kept as the tree grows, and give every proof in a few reads."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from makegood.kernel.ledger import append
from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.bundles import bundled, entries_in
from makegood.kernel.ledger.merkle import leaf_hash, root_of
from makegood.kernel.ledger.models import Entry, Leaf, Tile, TreeHead
from makegood.kernel.ledger.proofs import root_by_inclusion, roots_by_consistency
from makegood.kernel.ledger.tiles import WIDTH, Place
from makegood.kernel.ledger.tree import Tree, hashes_in, is_kept
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.ledger import behind_our_back, many_entries

pytestmark = pytest.mark.django_db
SIZE = 2 * WIDTH + 90


@pytest.fixture
def leaves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Two full tiles and part of a third, folded in piece by piece."""
    monkeypatch.setattr(append, "AT_ONCE", 100)
    many_entries(SIZE - Entry.objects.count() - 1)
    assert Entry.objects.count() == SIZE
    assert verify().problems == []
    return [
        bytes.fromhex(leaf)
        for leaf in Leaf.objects.order_by("index").values_list("hash", flat=True)
    ]


def test_tiles_are_kept_once_they_are_full(leaves: list[bytes]) -> None:
    kept = Tile.objects.order_by("level", "index").values_list("level", "index")
    assert list(kept) == [(0, 0), (0, 1)]
    for index, tile in enumerate(Tile.objects.order_by("index")):
        hashes = leaves[index * WIDTH : (index + 1) * WIDTH]
        assert bytes(tile.hashes) == b"".join(hashes)
        assert tile.root == root_of(hashes).hex()


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        (Place(index=0), True),
        (Place(index=1), True),
        (Place(index=2), False),
        (Place(index=2, width=90), True),
        (Place(index=2, width=91), False),
        (Place(level=1, index=0, width=2), True),
        (Place(level=1, index=0, width=1), True),
        (Place(level=1, index=0), False),
        (Place(level=1, index=1, width=1), False),
        (Place(level=7, index=0, width=1), False),
    ],
)
def test_a_tile_is_there_or_not(leaves: list[bytes], place: Place, is_there: bool) -> None:
    assert (is_kept(place) and hashes_in(place) is not None) == is_there


def test_a_tile_that_is_not_full_is_given_for_sizes_that_were_kept_alone(
    leaves: list[bytes],
) -> None:
    sizes = set(TreeHead.objects.values_list("size", flat=True))
    for size in range(2 * WIDTH + 1, SIZE + 1):
        assert is_kept(Place(index=2, width=size - 2 * WIDTH)) == (size in sizes)
    assert hashes_in(Place(index=2, width=90)) == b"".join(leaves[2 * WIDTH :])


def test_every_proof_of_inclusion_gives_the_root(leaves: list[bytes]) -> None:
    tree, root = Tree(SIZE), root_of(leaves)
    assert tree.root() == root
    for index in range(0, SIZE, 7):
        path = tree.inclusion(index)
        assert root_by_inclusion(leaves[index], index=index, size=SIZE, path=path) == root


def test_every_kept_root_is_the_beginning_of_the_tree(leaves: list[bytes]) -> None:
    tree, root = Tree(SIZE), root_of(leaves)
    for head in TreeHead.objects.all():
        first, path = bytes.fromhex(head.root), tree.consistency(head.size)
        assert roots_by_consistency(first, old=head.size, size=SIZE, path=path) == (first, root)


def test_a_proof_reads_a_few_tiles_however_many_entries_there_are(leaves: list[bytes]) -> None:
    for index in (0, 300, SIZE - 1):
        with CaptureQueriesContext(connection) as asked:
            Tree(SIZE).inclusion(index)
            Tree(SIZE).consistency(index + 1)
        assert len(asked) <= 8


def test_a_bundle_holds_the_entries_of_its_leaves(leaves: list[bytes]) -> None:
    place = Place(index=2, width=90)
    data, found = bundled(entries_in(place)), []
    while data:
        length = int.from_bytes(data[:2])
        found.append(leaf_hash(data[2 : 2 + length]))
        data = data[2 + length :]
    assert found == leaves[2 * WIDTH :]


@pytest.mark.parametrize("act", ["UPDATE kernel_tile SET root = 'x'", "DELETE FROM kernel_tile"])
def test_a_tile_is_never_changed(leaves: list[bytes], act: str) -> None:
    with (
        pytest.raises(Error, match="LED-01 A tile is never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act)


def test_an_older_ledger_gets_its_tiles_when_it_is_brought_up_to_date(leaves: list[bytes]) -> None:
    def tiles() -> list[tuple[int, int, bytes, str]]:
        rows = Tile.objects.order_by("level", "index")
        return [(row.level, row.index, bytes(row.hashes), row.root) for row in rows]

    before = tiles()
    behind_our_back("DELETE FROM kernel_tile")
    import_module("makegood.kernel.migrations.0006_tiles_of_what_stands").keep_tiles(apps, None)
    assert tiles() == before
    many_entries(WIDTH)
    assert integrate() == 0
    assert verify().problems == []
