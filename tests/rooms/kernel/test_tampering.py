"""All that somebody might do who has the database to themselves: each is found, and named by what is wrong.

Each is done behind the guards, as an operator with SQL would. Those who also make everything else fit
(hashes, tiles, roots, signatures) are found by a checkpoint that somebody saved earlier.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from makegood.contract.models import PaperSigner
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.keys import keys_at_hand, origin, replace_key
from makegood.kernel.ledger.models import Checkpoint, Entry, Leaf, LogKey, TreeHead
from makegood.kernel.ledger.notes import Head, new_signer, sign
from makegood.kernel.ledger.tiles import WIDTH
from makegood.kernel.ledger.verify import verify
from makegood.measures.actions import MeasureWords, revise_measure
from makegood.measures.models import Measure
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.ledger import a_checkpoint, behind_our_back, made_anew, many_entries

pytestmark = pytest.mark.django_db
MANY = "many"
"""A stream whose entries are about one row: all but the last are superseded."""


@dataclass(frozen=True)
class Honest:
    """A ledger that holds, with a checkpoint that somebody saved."""

    saved: str
    size: int


@pytest.fixture
def honest(cast: Cast, settings: Any, tmp_path: Path) -> Honest:
    """Return a ledger with contracts, a paper, a measure said anew, a full tile, and checkpoints."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    loop.a_contract_on_paper(cast)
    measure = Measure.objects.earliest("pk")
    words = replace(MeasureWords.of(measure), definition="Days lost, of all days that were due")
    revise_measure(measure, words=words, reason="Plainer", read=1, by=cast.alice)
    a_checkpoint()
    many_entries(WIDTH)
    newest = a_checkpoint()
    many_entries(2)
    assert verify(saved=[newest.note]).problems == []
    return Honest(saved=newest.note, size=newest.head_id)


def one(number: int = 5) -> Entry:
    """Return one of the superseded entries of the long stream."""
    return Entry.objects.get(stream=MANY, seq=number)


def sql(statement: str) -> Callable[[], None]:
    def tamper() -> None:
        behind_our_back(statement)

    tamper.__name__ = " ".join(statement.split()[:3])
    return tamper


def change_an_entry() -> None:
    behind_our_back(f"UPDATE kernel_entry SET digest = '{'0' * 64}' WHERE id = {one().pk}")


def change_its_act() -> None:
    behind_our_back(f"UPDATE kernel_entry SET act = 'approve' WHERE id = {one().pk}")


def change_its_time() -> None:
    behind_our_back(
        f"UPDATE kernel_entry SET at = '2020-01-01 00:00:00+00:00' WHERE id = {one().pk}"
    )


def change_who_did_it() -> None:
    behind_our_back(f"UPDATE kernel_entry SET actor = 'somebody' WHERE id = {one().pk}")


def delete_one() -> None:
    entry = one()
    behind_our_back(
        f"DELETE FROM kernel_leaf WHERE entry_id = {entry.pk}",
        f"DELETE FROM kernel_entry WHERE id = {entry.pk}",
    )


def insert_one() -> None:
    behind_our_back(
        "INSERT INTO kernel_entry (stream, seq, at, actor, act, subject, digest) SELECT stream, "
        f"seq + 1000, at, actor, act, subject, digest FROM kernel_entry WHERE id = {one().pk}"
    )


def insert_one_and_count_it() -> None:
    insert_one()
    behind_our_back(f"UPDATE kernel_stream SET length = length + 1 WHERE name = '{MANY}'")


def reorder_two() -> None:
    first, second = one(5).leaf, one(6).leaf
    behind_our_back(
        f'UPDATE kernel_leaf SET entry_id = -1 WHERE "index" = {first.index}',
        f'UPDATE kernel_leaf SET entry_id = {first.entry_id} WHERE "index" = {second.index}',
        f'UPDATE kernel_leaf SET entry_id = {second.entry_id} WHERE "index" = {first.index}',
    )


def cut_a_stream_short() -> None:
    last = Entry.objects.filter(stream=MANY).latest("seq")
    behind_our_back(
        f"DELETE FROM kernel_leaf WHERE entry_id = {last.pk}",
        f"DELETE FROM kernel_entry WHERE id = {last.pk}",
        f"UPDATE kernel_stream SET length = length - 1 WHERE name = '{MANY}'",
    )


def cut_the_tree_short() -> None:
    behind_our_back(f'DELETE FROM kernel_leaf WHERE "index" = {Leaf.objects.latest("index").index}')


def fork_a_stream() -> None:
    behind_our_back(
        f"UPDATE kernel_entry SET stream = 'many too' WHERE stream = '{MANY}' AND seq > 9"
    )


def swap_two_streams() -> None:
    behind_our_back(
        f"UPDATE kernel_entry SET stream = 'meanwhile' WHERE stream = '{MANY}'",
        f"UPDATE kernel_entry SET stream = '{MANY}' WHERE stream = 'ledger'",
        "UPDATE kernel_entry SET stream = 'ledger' WHERE stream = 'meanwhile'",
        f"UPDATE kernel_stream SET length = 1 WHERE name = '{MANY}'",
        f"UPDATE kernel_stream SET length = {WIDTH + 2} WHERE name = 'ledger'",
    )


def rehash_a_suffix() -> None:
    change_its_act()
    made_anew()


def rehash_a_suffix_without_the_key() -> None:
    change_its_act()
    made_anew(signers=[new_signer(origin())])


def rebuild_the_whole_log() -> None:
    last = Entry.objects.filter(stream=MANY).latest("seq")
    gone = Entry.objects.filter(stream=MANY, seq__gt=1, seq__lt=last.seq)
    keys = ", ".join(str(key) for key in gone.values_list("pk", flat=True))
    behind_our_back(
        f"DELETE FROM kernel_leaf WHERE entry_id IN ({keys})",
        f"DELETE FROM kernel_entry WHERE id IN ({keys})",
        f"UPDATE kernel_entry SET seq = 2 WHERE id = {last.pk}",
        f"UPDATE kernel_stream SET length = 2 WHERE name = '{MANY}'",
    )
    made_anew(sizes=[Entry.objects.count()])


def rebuild_it_with_another_key() -> None:
    rebuild_the_whole_log()
    replace_key()


def alter_a_kept_file() -> None:
    kept = KeptFile.objects.get()
    with default_storage.open(str(kept.content.name), "wb") as opened:
        opened.write(b"%PDF-1.4 something else")


def alter_a_kept_file_and_its_digest() -> None:
    scan = PaperSigner.objects.get().scan
    behind_our_back(f"UPDATE kernel_keptfile SET digest = '{'0' * 64}' WHERE id = {scan.pk}")


def lose_a_kept_file() -> None:
    default_storage.delete(str(KeptFile.objects.get().content.name))


def forge_a_note() -> None:
    head = TreeHead.objects.latest("size")
    text = Head(origin(), head.size, bytes.fromhex(head.root)).text
    note = sign(text, signers=[new_signer(origin())])
    Checkpoint.objects.create(head=head, note=note, made_at=Checkpoint.objects.latest("pk").made_at)


def forge_a_root() -> None:
    head = TreeHead.objects.latest("size")
    note = sign(Head(origin(), head.size, bytes(32)).text, signers=keys_at_hand())
    Checkpoint.objects.create(head=head, note=note, made_at=Checkpoint.objects.latest("pk").made_at)


def sign_for_another_log() -> None:
    head = TreeHead.objects.latest("size")
    text = Head("example.org/another", head.size, bytes.fromhex(head.root)).text
    note = sign(text, signers=keys_at_hand())
    Checkpoint.objects.create(head=head, note=note, made_at=Checkpoint.objects.latest("pk").made_at)


def alter_what_is_signed() -> None:
    behind_our_back("UPDATE kernel_checkpoint SET note = replace(note, 'AA', 'AB') || ' '")


def alter_a_note() -> None:
    note = Checkpoint.objects.latest("head_id").note.replace(f"{origin()}\n", "elsewhere\n", 1)
    behind_our_back(
        f"UPDATE kernel_checkpoint SET note = '{note}' WHERE head_id = "
        "(SELECT max(head_id) FROM kernel_checkpoint)"
    )


def sign_before_the_key_was_made() -> None:
    made_at = LogKey.objects.get().made_at - timedelta(days=1)
    behind_our_back(f"UPDATE kernel_checkpoint SET made_at = '{made_at}'")


def put_another_key_in_place() -> None:
    behind_our_back(f"UPDATE kernel_logkey SET verifier = '{new_signer(origin()).verifier}'")


def drop_a_guard() -> None:
    on = "" if connection.vendor == "sqlite" else " ON kernel_entry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guard_kernel_entry_delete{on}")


FOUND: dict[Callable[[], None], str] = {
    change_an_entry: "Entry many 5 (look_again, kernel.logkey:{key}) was changed.",
    change_its_act: "Entry many 5 (approve, kernel.logkey:{key}) was changed.",
    change_its_time: "Entry many 5 (look_again, kernel.logkey:{key}) was changed.",
    change_who_did_it: "Entry many 5 (look_again, kernel.logkey:{key}) was changed.",
    delete_one: "Stream many: entry 5 is not there; entry 6 follows.",
    insert_one: "Stream many: entry 259 is not there; entry 1005 follows.",
    insert_one_and_count_it: "Stream many: entry 259 is not there; entry 1005 follows.",
    reorder_two: "Entry many 6 (look_again, kernel.logkey:{key}) was changed.",
    cut_a_stream_short: "but those entries are not there.",
    cut_the_tree_short: "but those entries are not there.",
    fork_a_stream: "Stream many: it ends at entry 9, but 258 were written.",
    swap_two_streams: "Entry ledger 5 (look_again, kernel.logkey:{key}) was changed.",
    rehash_a_suffix_without_the_key: "no key of this ledger signed it.",
    sql("UPDATE contract_commitment SET target = 5"): "Row contract.commitment:",
    sql("UPDATE measures_measureversion SET definition = 'x' WHERE number = 1"): (
        "Row measures.measureversion:"
    ),
    sql("DELETE FROM contract_schedule"): " was removed behind the application's back.",
    sql(
        "INSERT INTO contract_schedule (salt, contract_id, number, data, data_digest, pdf_digest, "
        "set_with, kept_at) SELECT salt, contract_id, number + 1, data, data_digest, pdf_digest, "
        "set_with, kept_at FROM contract_schedule"
    ): ", schedule 2) is not in the ledger.",
    alter_a_kept_file: "was changed behind the application's back.",
    alter_a_kept_file_and_its_digest: "its scan is not the one that was recorded.",
    lose_a_kept_file: "is gone, but it was not dropped.",
    sql("UPDATE kernel_tile SET root = 'x'"): "Tile 0/0 is not made of its entries.",
    sql("DELETE FROM kernel_tile"): "Tile 0/0 is not there.",
    sql(
        'INSERT INTO kernel_tile (level, "index", hashes, root) '
        "SELECT 1, 0, hashes, root FROM kernel_tile"
    ): "Tile 1/0 is there, but not the 256 hashes it is made of.",
    forge_a_note: "no key of this ledger signed it.",
    forge_a_root: "it signs another root than that of the first",
    sign_for_another_log: "it is called example.org/another, not",
    alter_what_is_signed: "it is no checkpoint.",
    alter_a_note: "a signature beneath it is not right.",
    sign_before_the_key_was_made: "no key of this ledger signed it.",
    put_another_key_in_place: "Row kernel.logkey:",
    drop_a_guard: "Guard guard_kernel_entry_delete is not in the database.",
}
"""What is done, and the words by which it is found."""

BY_A_SAVED_NOTE: dict[Callable[[], None], str] = {
    rehash_a_suffix: "Saved checkpoint 1: it signs another root than that of the first {size} entries.",
    rebuild_the_whole_log: "Saved checkpoint 1: it is of {size} entries, but there are only",
    rebuild_it_with_another_key: "Saved checkpoint 1: it is of {size} entries, but there are only",
}
"""What is found by a checkpoint that somebody saved, and by nothing that stands here."""


@pytest.mark.parametrize(("tamper", "named"), FOUND.items())
def test_every_tampering_is_found_and_named(
    honest: Honest, tamper: Callable[[], None], named: str
) -> None:
    key = LogKey.objects.get().pk
    tamper()
    found = verify().problems
    assert [each for each in found if named.format(key=key) in each], found


@pytest.mark.parametrize(("tamper", "named"), BY_A_SAVED_NOTE.items())
def test_a_log_made_anew_is_found_by_a_saved_checkpoint_alone(
    honest: Honest, tamper: Callable[[], None], named: str, tmp_path: Path
) -> None:
    tamper()
    assert verify().problems == []
    found = verify(saved=[honest.saved]).problems
    assert [each for each in found if each.startswith(named.format(size=honest.size))], found
    saved = tmp_path / "checkpoint.txt"
    saved.write_text(honest.saved)
    with pytest.raises(CommandError, match="does not hold"):
        call_command("ledger", "verify", checkpoint=[saved])


def test_a_saved_checkpoint_of_an_honest_log_still_fits(honest: Honest) -> None:
    many_entries(40)
    replace_key()
    a_checkpoint()
    assert verify(saved=[honest.saved]).problems == []


@pytest.mark.parametrize("saved", ["", "nothing\n", "a\nb\nc\n\n— d e\n"])
def test_what_is_saved_and_is_no_checkpoint_is_said_to_be_none(honest: Honest, saved: str) -> None:
    [found] = verify(saved=[saved]).problems
    assert found.startswith("Saved checkpoint 1: it is no checkpoint.")


def test_a_checkpoint_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("ledger", "verify", checkpoint=[tmp_path / "none"])
