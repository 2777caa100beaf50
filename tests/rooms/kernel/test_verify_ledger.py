"""The verifier that needs nothing but Python finds every tampering with an export."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command

from makegood.kernel.ledger.append import integrate
from makegood.kernel.ledger.checkpoints import newest_checkpoint
from makegood.kernel.ledger.keys import key_in_force, keys_at_hand, origin, replace_key
from makegood.kernel.ledger.models import Entry, TreeHead
from makegood.kernel.ledger.notes import Head, new_signer, sign
from makegood.kernel.ledger.prove import consistency_proof, proof_of
from tests.factories.cast import Cast
from tests.factories.ledger import a_checkpoint, many_entries
from tests.factories.loop import a_draft_promise

VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_ledger.py"
Lines = list[dict[str, Any]]


@pytest.fixture
def lines(cast: Cast, capsys: pytest.CaptureFixture[str]) -> Lines:
    integrate()
    a_draft_promise(cast)
    integrate()
    a_checkpoint()
    many_entries(3)
    a_checkpoint()
    call_command("ledger", "export")
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


Said = subprocess.CompletedProcess[str]


def _run(*words: str) -> Said:
    command = [sys.executable, "-I", str(VERIFIER), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _verify(lines: Lines, folder: Path, *options: str) -> Said:
    file = folder / "ledger.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    return _run(str(file), *options)


def test_an_export_holds(lines: Lines, tmp_path: Path) -> None:
    said = _verify(lines, tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    entries = sum("entry" in line for line in lines)
    assert said.stdout.startswith(f"{entries} entries: the ledger holds.\n")
    assert "Who signed was not checked" in said.stdout


def _change(field: str, value: object) -> Callable[[Lines], None]:
    def tamper(lines: Lines) -> None:
        lines[2]["entry"][field] = value

    return tamper


def _swap(lines: Lines) -> None:
    lines[2], lines[3] = lines[3], lines[2]


def _drop_last(lines: Lines) -> None:
    del lines[max(i for i, line in enumerate(lines) if "entry" in line)]


def _change_head(lines: Lines) -> None:
    [*_, last] = [line for line in lines if "root" in line]
    last["root"] = "0" * 64


def _change_note(lines: Lines) -> None:
    lines[-1]["note"] = lines[-1]["note"].replace("\n", "\n1", 1)


def _sign_again(lines: Lines) -> None:
    text = lines[-1]["note"].partition("\n\n")[0]
    lines[-1]["note"] = sign(f"{text}\n", signers=[new_signer(origin())])


def _sign_another_root(lines: Lines) -> None:
    size = sum("entry" in line for line in lines)
    text = Head(origin(), size, bytes(32)).text
    lines[-1]["note"] = sign(text, signers=keys_at_hand())


def _add(lines: Lines) -> None:
    lines.insert(3, lines[2])


def _rehash(lines: Lines) -> None:
    lines[2]["entry"]["digest"] = "0" * 64
    lines[2]["hash"] = "1" * 64


@pytest.mark.parametrize(
    "tamper",
    [
        _change("act", "other"),
        _change("digest", "0" * 64),
        _change("actor", "someone"),
        _change("at", "2020-01-01T00:00:00.000000Z"),
        _change("seq", 99),
        _change("stream", "another"),
        _swap,
        _drop_last,
        _change_head,
        _change_note,
        _sign_again,
        _sign_another_root,
        _add,
        _rehash,
        lambda lines: lines.pop(0),
    ],
)
def test_every_tampering_is_found(
    lines: Lines, tmp_path: Path, tamper: Callable[[Lines], None]
) -> None:
    tamper(lines)
    said = _verify(lines, tmp_path)
    assert said.returncode == 1
    assert said.stderr


def test_a_root_noted_earlier_catches_a_rebuilt_log(lines: Lines, tmp_path: Path) -> None:
    noted = TreeHead.objects.earliest("size")
    assert _verify(lines, tmp_path, "--head", f"{noted.size}:{noted.root}").returncode == 0
    said = _verify(lines, tmp_path, "--head", f"{noted.size}:{'0' * 64}")
    assert said.returncode == 1
    assert f"The root at {noted.size} entries" in said.stderr


def _key() -> str:
    in_force = key_in_force()
    assert in_force is not None
    return in_force.verifier


def _note() -> str:
    newest = newest_checkpoint()
    assert newest is not None
    return newest.note


def test_the_key_says_whether_it_signed(lines: Lines, tmp_path: Path) -> None:
    said = _verify(lines, tmp_path, "--key", _key())
    assert (said.returncode, said.stderr) == (0, "")
    assert "was not checked" not in said.stdout
    said = _verify(lines, tmp_path, "--key", str(new_signer(origin()).verifier))
    assert said.returncode == 1
    assert "no key you trust signed it" in said.stderr


def test_a_checkpoint_saved_earlier_catches_a_rebuilt_log(lines: Lines, tmp_path: Path) -> None:
    saved = tmp_path / "saved.txt"
    saved.write_text(_note())
    options = ("--checkpoint", str(saved), "--key", _key())
    assert _verify(lines, tmp_path, *options).returncode == 0
    head = TreeHead.objects.latest("size")
    saved.write_text(sign(Head(origin(), head.size, bytes(32)).text, signers=keys_at_hand()))
    said = _verify(lines, tmp_path, *options)
    assert said.returncode == 1
    assert f"The root at {head.size} entries is not the one of {saved}." in said.stderr
    saved.write_text(sign(Head(origin(), 999, bytes(32)).text, signers=keys_at_hand()))
    said = _verify(lines, tmp_path, *options)
    assert said.returncode == 1
    assert "is of 999 entries, but there are" in said.stderr


def test_a_log_whose_key_was_replaced_holds_for_the_newer_key(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = _key()
    replace_key()
    a_checkpoint()
    many_entries(1)
    a_checkpoint()
    call_command("ledger", "export")
    exported = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert _verify(exported, tmp_path, "--key", _key()).returncode == 0
    assert _verify(exported, tmp_path, "--key", old).returncode == 1


@pytest.fixture
def proof(lines: Lines, tmp_path: Path) -> Path:
    newest = newest_checkpoint()
    assert newest is not None
    file = tmp_path / "an.tlog-proof"
    file.write_text(
        proof_of(Entry.objects.select_related("leaf").earliest("pk"), checkpoint=newest)
    )
    return file


def test_a_proof_of_an_entry_holds(proof: Path) -> None:
    said = _run("--proof", str(proof), "--key", _key())
    assert (said.returncode, said.stdout, said.stderr) == (0, "One proof: the ledger holds.\n", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [("index 0", "index 1"), ("extra eyJhY3", "extra eyJhY4"), ("index 0", "index 9999")],
)
def test_a_proof_that_was_altered_does_not_hold(proof: Path, old: str, new: str) -> None:
    assert old in proof.read_text()
    proof.write_text(proof.read_text().replace(old, new, 1))
    said = _run("--proof", str(proof), "--key", _key())
    assert said.returncode == 1
    assert said.stderr


def test_a_proof_without_the_entry_asks_for_it(proof: Path, tmp_path: Path) -> None:
    kept = [line for line in proof.read_text().split("\n") if not line.startswith("extra ")]
    proof.write_text("\n".join(kept))
    said = _run("--proof", str(proof))
    assert said.returncode == 2
    assert "--entry FILE" in said.stderr
    entry = tmp_path / "entry.json"
    entry.write_bytes(Entry.objects.earliest("pk").canonical())
    assert _run("--proof", str(proof), "--entry", str(entry)).returncode == 0
    entry.write_bytes(Entry.objects.latest("pk").canonical())
    assert _run("--proof", str(proof), "--entry", str(entry)).returncode == 1


def test_a_proof_that_lines_were_only_added_holds_for_what_was_saved(
    lines: Lines, tmp_path: Path
) -> None:
    saved, file = tmp_path / "saved.txt", tmp_path / "grown.txt"
    saved.write_text(_note())
    old = TreeHead.objects.latest("size")
    many_entries(5)
    file.write_text(consistency_proof(old.size, checkpoint=a_checkpoint()))
    words = ("--proof", str(file), "--checkpoint", str(saved), "--key", _key())
    assert _run(*words).returncode == 0
    assert _run("--proof", str(file)).returncode == 2
    saved.write_text(sign(Head(origin(), old.size, bytes(32)).text, signers=keys_at_hand()))
    said = _run(*words)
    assert said.returncode == 1
    assert f"The first {old.size} entries are not those of the checkpoint" in said.stderr


# Section 7.1 of RFC 8032: its second and third test.
SIGNED = (
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)  # fmt: skip


def _verifier() -> dict[str, Any]:
    return runpy.run_path(str(VERIFIER))


@pytest.mark.parametrize(("key", "text", "half", "other_half"), SIGNED)
def test_the_signatures_of_the_standard_are_told_from_others(
    key: str, text: str, half: str, other_half: str
) -> None:
    is_signed = _verifier()["is_signed"]
    given = {"signature": bytes.fromhex(half + other_half), "key": bytes.fromhex(key)}
    assert is_signed(bytes.fromhex(text), **given)
    assert not is_signed(bytes.fromhex(text) + b"x", **given)
    for place in (0, 31, 32, 63):
        altered = bytearray(given["signature"])
        altered[place] ^= 1
        assert not is_signed(bytes.fromhex(text), **given | {"signature": bytes(altered)})


def test_signatures_are_told_as_a_known_library_tells_them() -> None:
    is_signed, random = _verifier()["is_signed"], Random(8032)
    for _ in range(20):
        signer = new_signer("a")
        text, other = random.randbytes(30), random.randbytes(64)
        private = Ed25519PrivateKey.from_private_bytes(signer.seed)
        assert is_signed(text, signature=private.sign(text), key=signer.verifier.key)
        assert not is_signed(text, signature=other, key=signer.verifier.key)
        assert not is_signed(text, signature=private.sign(text), key=random.randbytes(32))


@pytest.mark.parametrize("words", [[], ["a", "--proof", "b"], ["--key"]])
def test_words_that_make_no_sense_are_refused(words: list[str]) -> None:
    assert _run(*words).returncode == 2


@pytest.mark.parametrize("written", ["{", "[]", '{"entry": 1}', '{"note": "x"}', "\xff"])
def test_what_is_not_an_export_is_said_to_be_none(tmp_path: Path, written: str) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_text(written, "latin-1")
    said = _run(str(file))
    assert said.returncode == 2
    assert "is not an export of a ledger" in said.stderr
    assert _run("--proof", str(file)).returncode == 2


def _streams(*entries: tuple[str, int], unknown: int) -> list[str]:
    """Return what the verifier says of entries of streams, where so many are told later."""
    held = runpy.run_path(str(VERIFIER))["Held"]([])
    held.unknown = unknown
    return [
        fault
        for stream, seq in entries
        for fault in held.add(json.dumps({"seq": seq, "stream": stream}, separators=(",", ":")).encode())
    ]  # fmt: skip


def test_what_is_told_later_explains_no_more_gaps_than_it_can() -> None:
    gaps = (("a", 1), ("a", 3), ("b", 1), ("b", 4))
    assert _streams(*gaps, unknown=3) == []
    assert _streams(*gaps, unknown=2) == ["Stream b: entry 2 is not there; entry 4 is."]
    assert _streams(*gaps, unknown=0) == [
        "Stream a: entry 2 is not there; entry 3 is.",
        "Stream b: entry 2 is not there; entry 4 is.",
    ]
    assert _streams(("a", 1), ("a", 1), unknown=9) == [
        "Stream a: entry 2 is not there; entry 1 is."
    ]
