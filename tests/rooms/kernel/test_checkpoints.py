"""Checkpoints: who signs them, with which key, and what becomes of a key that is replaced."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, transaction
from django.test import Client

from makegood.kernel.ledger import checkpoints
from makegood.kernel.ledger.checkpoints import checkpoint_now, newest_checkpoint
from makegood.kernel.ledger.keys import KeyTrouble, keys_at_hand, make_key, origin, replace_key
from makegood.kernel.ledger.models import Checkpoint, Entry, LogKey, TreeHead
from makegood.kernel.ledger.notes import Signer, new_signer, read_head, read_note, read_verifier
from makegood.kernel.ledger.verify import verify
from makegood.web.checks import settings_are_fit_for_others
from makegood.web.clock import tick
from makegood.web.management.commands import serve
from tests.factories.cast import Cast
from tests.factories.ledger import NOW, a_checkpoint, many_entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_file(settings: Any, tmp_path: Path) -> Path:
    """A folder of one's own for the private key."""
    settings.LEDGER_KEY_FILE = tmp_path / "ledger-key"
    return tmp_path / "ledger-key"


def told(*words: str) -> str:
    """Return what `makegood ledger` says."""
    said = StringIO()
    call_command("ledger", *words, stdout=said)
    return said.getvalue()


def test_the_first_key_is_for_its_owner_alone_and_signs_at_once(cast: Cast, key_file: Path) -> None:
    said = told("key")
    assert key_file.stat().st_mode & 0o777 == 0o600
    made = LogKey.objects.get()
    assert made.verifier in said
    assert made.verifier == str(keys_at_hand()[0].verifier)
    newest = newest_checkpoint()
    assert newest is not None
    note = read_note(newest.note)
    assert note.signed_by(read_verifier(made.verifier))
    head = read_head(note.text)
    assert (head.origin, head.size, head.root.hex()) == (
        origin(), TreeHead.objects.latest("size").size, TreeHead.objects.latest("size").root,
    )  # fmt: skip
    assert told("checkpoint") == newest.note
    assert verify().problems == []
    assert told("key") == f"Checkpoints are signed with this key:\n{made.verifier}\n"


def test_making_a_key_stands_in_the_ledger(cast: Cast) -> None:
    told("key")
    assert Entry.objects.get(stream="ledger").act == "make_key"
    told("key", "--rotate")
    acts = Entry.objects.filter(stream="ledger").order_by("seq").values_list("act", flat=True)
    assert list(acts) == ["make_key", "retire_key", "make_key"]


def test_the_first_checkpoint_of_a_new_key_is_signed_by_both(cast: Cast, key_file: Path) -> None:
    told("key")
    before = newest_checkpoint()
    assert "is signed by it and by the one before." in told("key", "--rotate")
    old, new = [read_verifier(key.verifier) for key in LogKey.objects.order_by("made_at")]
    first = newest_checkpoint()
    assert before is not None
    assert first is not None
    assert read_note(before.note).signed_by(old)
    assert read_note(first.note).signed_by(old)
    assert read_note(first.note).signed_by(new)
    assert [str(signer.verifier) for signer in keys_at_hand()] == [str(new)]
    many_entries(3)
    later = read_note(told("checkpoint", "--now"))
    assert later.signed_by(new)
    assert later.signed_by(old) is None
    assert verify().problems == []
    assert (old.name, new.name) == (origin(), origin())


def test_a_key_that_is_replaced_while_another_signs_stays_until_both_have_signed(
    cast: Cast, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told("key")
    many_entries(2)
    signed = checkpoints.sign

    def replaced_meanwhile(text: str, *, signers: list[Signer]) -> str:
        replace_key()
        return signed(text, signers=signers)

    monkeypatch.setattr(checkpoints, "sign", replaced_meanwhile)
    checkpoint_now()
    assert len(keys_at_hand()) == 2
    monkeypatch.setattr(checkpoints, "sign", signed)
    many_entries(2)
    first = checkpoint_now()
    old, new = [read_verifier(key.verifier) for key in LogKey.objects.order_by("made_at")]
    assert first is not None
    assert read_note(first.note).signed_by(old)
    assert read_note(first.note).signed_by(new)
    assert [str(signer.verifier) for signer in keys_at_hand()] == [str(new)]
    assert verify().problems == []


def test_a_key_that_was_lost_is_replaced_and_the_new_one_signs_alone(
    cast: Cast, key_file: Path
) -> None:
    told("key")
    key_file.unlink()
    many_entries(2)
    assert checkpoint_now() is None
    with pytest.raises(CommandError, match="Its private key is not here"):
        told("checkpoint", "--now")
    assert "is signed by it alone." in told("key", "--rotate")
    assert verify().problems == []


def test_the_clock_signs_what_came_and_signs_nothing_twice(cast: Cast) -> None:
    told("key")
    many_entries(1)
    tick()
    assert Checkpoint.objects.latest("head_id").head == TreeHead.objects.latest("size")
    count = Checkpoint.objects.count()
    tick()
    assert Checkpoint.objects.count() == count


def test_a_key_that_others_can_read_is_not_used_and_stops_nothing_else(
    cast: Cast, key_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    told("key")
    many_entries(1)
    key_file.chmod(0o640)
    count = Checkpoint.objects.count()
    with caplog.at_level("ERROR"):
        tick()
    assert "can be read by others" in caplog.text
    assert Checkpoint.objects.count() == count
    with pytest.raises(CommandError, match="chmod 600"):
        told("checkpoint", "--now")


def test_a_file_of_something_else_is_no_key(key_file: Path) -> None:
    key_file.touch(mode=0o600)
    key_file.write_text("PRIVATE+KEY+what")
    with pytest.raises(KeyTrouble, match="holds no key of a ledger"):
        make_key()


def test_a_key_is_kept_where_it_can_be(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEY_FILE = tmp_path / "nowhere" / "ledger-key"
    with pytest.raises(CommandError, match="cannot be written"):
        told("key")
    assert not LogKey.objects.exists()


def test_a_second_first_key_is_refused(cast: Cast) -> None:
    make_key()
    with pytest.raises(KeyTrouble, match="--rotate"):
        make_key()
    with pytest.raises(Error), transaction.atomic():
        LogKey.objects.create(verifier="other", made_at=LogKey.objects.get().made_at)


def test_what_is_not_there_is_not_replaced() -> None:
    with pytest.raises(CommandError, match="no key yet"):
        told("key", "--rotate")
    with pytest.raises(CommandError, match="Make a key first"):
        told("checkpoint")


def test_a_key_from_the_environment_signs_and_is_replaced_there(
    cast: Cast, settings: Any, key_file: Path
) -> None:
    first, second = new_signer(origin()), new_signer(origin())
    settings.LEDGER_KEY = first.written()
    told("key")
    with pytest.raises(CommandError, match="Put a new one before it"):
        told("key", "--rotate")
    settings.LEDGER_KEY = f"{second.written()}\n{first.written()}"
    assert "by it and by the one before." in told("key", "--rotate")
    assert not key_file.exists()
    newest = newest_checkpoint()
    assert newest is not None
    assert read_note(newest.note).signed_by(first.verifier)
    assert read_note(newest.note).signed_by(second.verifier)


def test_a_log_is_called_as_the_settings_say_until_it_has_a_key(settings: Any) -> None:
    settings.LEDGER_ORIGIN = "example.org/our-log"
    assert read_verifier(make_key().verifier).name == "example.org/our-log"
    settings.LEDGER_ORIGIN = "example.org/another"
    assert origin() == "example.org/our-log"


def test_a_name_that_no_key_can_have_is_refused(settings: Any) -> None:
    settings.LEDGER_ORIGIN = "our log"
    with pytest.raises(KeyTrouble, match="MAKEGOOD_LEDGER_ORIGIN"):
        make_key()


@pytest.mark.parametrize(
    "change",
    [{"verifier": "x"}, {"made_at": NOW}, {"retired_at": None}, {"salt": "x"}],
)
def test_a_key_is_retired_and_never_changed(cast: Cast, change: dict[str, Any]) -> None:
    made = make_key()
    with pytest.raises(Error, match="LED-01 A key of the ledger"), transaction.atomic():
        LogKey.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(Error, match="LED-01 A checkpoint"), transaction.atomic():
        Checkpoint.objects.filter(pk=a_checkpoint().pk).update(note="x")


def test_an_unsigned_ledger_is_said_to_be_unsigned(settings: Any, key_file: Path) -> None:
    settings.ALLOWED_HOSTS = ["makegood.example.org", "testserver"]

    def warned() -> bool:
        return "makegood.W009" in {str(each.id) for each in settings_are_fit_for_others()}

    assert warned()
    assert "No checkpoint is signed here yet" in Client().get("/ledger/").content.decode()
    assert "Make a key first" in told("verify")
    key_file.touch()
    assert not warned()
    key_file.unlink()
    settings.LEDGER_KEY = new_signer("a").written()
    assert not warned()


def served() -> str:
    """Return what `makegood serve` says of the ledger before it serves."""
    told = StringIO()
    serve.Command(stderr=told)._sign()
    return told.getvalue()


def test_serving_signs_the_ledger_with_a_key_it_makes_once(cast: Cast, key_file: Path) -> None:
    assert served() == ""
    assert LogKey.objects.count() == Checkpoint.objects.count() == 1
    assert served() == ""
    assert LogKey.objects.count() == Checkpoint.objects.count() == 1
    key_file.unlink()
    assert "The ledger is not signed: the private key is not in" in served()
    key_file.touch(mode=0o644)
    assert "chmod 600" in served()
