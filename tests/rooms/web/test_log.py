"""The ledger as programs and people read it: tiles, checkpoint, proofs, and how to check them."""

from __future__ import annotations

import gzip
from base64 import b64decode
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from makegood.contract.actions import end_due_standstills
from makegood.kernel.ledger.checkpoints import newest_checkpoint
from makegood.kernel.ledger.keys import replace_key
from makegood.kernel.ledger.merkle import leaf_hash
from makegood.kernel.ledger.models import Checkpoint, Entry, Leaf, Tile
from makegood.kernel.ledger.proofs import root_by_inclusion
from makegood.kernel.ledger.tiles import Place
from tests.factories.cast import Cast
from tests.factories.deciding import a_decided_contest
from tests.factories.ledger import a_checkpoint, many_entries

pytestmark = pytest.mark.django_db
BYTES, TEXT = "application/octet-stream", "text/plain; charset=utf-8"


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> None:
    """A folder of one's own for the private key."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"


@pytest.fixture
def size(cast: Cast) -> int:
    """A ledger of one full tile and part of another, signed."""
    many_entries(300)
    return a_checkpoint().head_id


def opened(name: str, *arguments: object) -> Any:
    return Client().get(reverse(name, args=arguments))


def test_the_checkpoint_is_served_as_it_was_signed_and_not_kept_for_long(size: int) -> None:
    answer = opened("checkpoint")
    newest = newest_checkpoint()
    assert newest is not None
    assert answer.content.decode() == newest.note
    assert (answer["Content-Type"], answer["Cache-Control"]) == (TEXT, "no-cache")


@pytest.mark.parametrize("name", ["tile", "tile_of_entries"])
def test_a_tile_may_be_kept_for_good(size: int, name: str) -> None:
    for place in (Place(index=0), Place(index=1, width=size - 256)):
        answer = opened(name, place)
        assert answer["Content-Type"] == BYTES
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_addresses_are_those_that_others_know(size: int) -> None:
    client, rest = Client(), size - 256
    assert client.get("/ledger/tile/0/000").content == bytes(Tile.objects.get().hashes)
    assert len(client.get(f"/ledger/tile/0/001.p/{rest}").content) == rest * 32
    assert client.get("/ledger/tile/1/000.p/1").content.hex() == Tile.objects.get().root
    data = client.get("/ledger/tile/entries/000").content
    length = int.from_bytes(data[:2])
    first = Leaf.objects.select_related("entry").get(index=0)
    assert data[2 : 2 + length] == first.entry.canonical()
    assert leaf_hash(data[2 : 2 + length]).hex() == first.hash


@pytest.mark.parametrize(
    "path",
    ["tile/0/001", "tile/0/002", "tile/1/000", "tile/1/001.p/1", "tile/0/001.p/255", "tile/9/000",
     "tile/63/000", "tile/64/000", "tile/0/x999/x999/999", "tile/0/000.p/256", "tile/0/1",
     "tile/entries/001", "tile/entries/001.p/255", "tile/0/" + "x999/" * 9 + "999"],
)  # fmt: skip
def test_what_is_not_there_or_not_so_written_is_not_found(size: int, path: str) -> None:
    assert Client().get(f"/ledger/{path}", follow=True).status_code == 404


def test_tiles_cost_a_query_or_two(size: int) -> None:
    for name, most in (("tile", 2), ("tile_of_entries", 3), ("checkpoint", 1)):
        for place in (Place(index=0), Place(index=1, width=size - 256)):
            with CaptureQueriesContext(connection) as asked:
                opened(name, *([place] if name != "checkpoint" else []))
            assert len(asked) <= most, [query["sql"] for query in asked]


def test_entries_are_pressed_together_for_whoever_can_read_it(size: int) -> None:
    path = reverse("tile_of_entries", args=[Place(index=0)])
    answer = Client().get(path, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == Client().get(path).content


def lines_of(answer: HttpResponse) -> list[str]:
    return answer.content.decode().split("\n")


def test_a_proof_is_given_to_keep_and_leads_to_the_root(size: int) -> None:
    entry = Entry.objects.select_related("leaf").get(stream="many", seq=7)
    answer = opened("entry_proof", "many", 7)
    assert answer["Content-Type"] == TEXT
    assert answer["Content-Disposition"] == 'attachment; filename="many-7.tlog-proof"'
    lines = lines_of(answer)
    end = lines.index("")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert b64decode(lines[1].removeprefix("extra ")) == entry.canonical()
    assert lines[2] == f"index {entry.leaf.index}"
    path = [b64decode(line) for line in lines[3:end]]
    root = root_by_inclusion(entry.leaf_hash(), index=entry.leaf.index, size=size, path=path)
    assert b64decode(lines[end + 3]) == root


def test_the_page_of_the_ledger_says_how_to_check_it(size: int) -> None:
    page = unescape(opened("ledger").content.decode())
    newest = newest_checkpoint()
    assert newest is not None
    assert newest.note.split("\n")[2] in page
    assert reverse("checkpoint") in page
    assert reverse("verifier") in page
    assert "python3 verify_ledger.py" in page
    replace_key()
    a_checkpoint()
    page = unescape(opened("ledger").content.decode())
    assert "until" in page
    newest = newest_checkpoint()
    assert newest is not None
    assert newest.note.count("\n— ") == 2
    assert reverse("checkpoint_kept", args=[newest.head_id]) in page


def test_every_checkpoint_is_kept_and_served(size: int) -> None:
    many_entries(2)
    a_checkpoint()
    for kept in Checkpoint.objects.all():
        answer = opened("checkpoint_kept", kept.head_id)
        assert answer.content.decode() == kept.note
        assert (answer["Content-Type"], "immutable" in answer["Cache-Control"]) == (TEXT, True)
    assert opened("checkpoint_kept", size + 1).status_code == 404
    assert opened("checkpoint_kept", 10**30).status_code == 404


def test_the_page_of_an_entry_shows_all_that_its_proof_needs(size: int) -> None:
    entry = Entry.objects.get(stream="many", seq=7)
    page = unescape(opened("entry", "many", 7).content.decode())
    assert entry.canonical().decode() in page
    for line in lines_of(opened("entry_proof", "many", 7))[3:8]:
        assert line in page
    assert "many-7.tlog-proof" in page


def test_the_entries_about_one_record_come_page_by_page(size: int) -> None:
    address = reverse("entry", args=("many", 7))
    first, last = (Client().get(address, {"page": page}).content.decode() for page in (1, 7))
    assert (first.count("Look again</a>"), "page=2" in first) == (48, True)
    assert "</strong>, this entry" in first
    assert "</strong>, this entry" not in last


def test_an_entry_that_came_since_says_so(size: int) -> None:
    many_entries(1)
    newest = Entry.objects.latest("pk")
    assert opened("entry_proof", newest.stream, newest.seq).status_code == 404
    assert (
        "in no signed checkpoint yet" in opened("entry", newest.stream, newest.seq).content.decode()
    )
    assert "Lines came since." in opened("ledger").content.decode()


def test_the_page_of_an_entry_asks_no_more_for_a_large_ledger(size: int) -> None:
    with CaptureQueriesContext(connection) as few:
        opened("entry", "many", 7)
    many_entries(400)
    a_checkpoint()
    with CaptureQueriesContext(connection) as many:
        opened("entry", "many", 7)
    assert len(many) <= len(few) + 2
    assert len(many) <= 12


def test_the_verifier_can_be_downloaded(root: Path) -> None:
    answer = opened("verifier")
    assert answer.content == (root / "docs" / "verify_ledger.py").read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="verify_ledger.py"'


def test_no_tile_tells_who_was_chosen_while_that_stands_still(cast: Cast) -> None:
    a_decided_contest(cast, now=timezone.now() - timedelta(days=60))
    size = a_checkpoint().head_id
    settled = Entry.objects.get(act="choose_proposal")
    bundle = Place(index=0, width=size)
    answer = opened("tile_of_entries", bundle)
    assert answer.status_code == 403
    assert "stands still" in answer.content.decode()
    assert opened("tile", bundle).status_code == 200
    proof = opened("entry_proof", settled.stream, settled.seq)
    assert proof.status_code == 200
    assert "extra" not in proof.content.decode()
    assert "choose_proposal" not in opened("entry", settled.stream, settled.seq).content.decode()
    end_due_standstills()
    assert opened("tile_of_entries", bundle).status_code == 200
    assert "extra" in opened("entry_proof", settled.stream, settled.seq).content.decode()
