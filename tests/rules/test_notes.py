"""Signed notes and checkpoints, against the examples that others published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.ledger.notes import (
    Head,
    NotANote,
    Signer,
    Verifier,
    is_key_name,
    new_signer,
    read_head,
    read_note,
    read_signer,
    read_verifier,
    sign,
)

# The example in the documentation of Go's golang.org/x/mod/sumdb/note.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZIn"
    "NIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# A signed head of Go's own checksum database, whose form the checkpoint took over, and its key.
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_NOTE = (
    "go.sum database tree\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— sum.golang.org Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeO"
    "oRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)
# The example of c2sp.org/tlog-checkpoint; its signature is another log's, for show.
SOFA = GO_NOTE.replace("go.sum database tree", "example.com/behind-the-sofa").replace(
    "sum.golang.org", "example.com/behind-the-sofa"
)
NAMES = st.text(min_size=1, max_size=30).filter(is_key_name)


def test_the_published_key_signs_the_published_note() -> None:
    signer = read_signer(PRIVATE)
    assert signer.written() == PRIVATE
    assert str(signer.verifier) == PUBLIC
    assert sign(TEXT, signers=[signer]) == f"{TEXT}\n{LINE}"


def test_the_published_note_is_signed_by_the_published_key() -> None:
    note = read_note(f"{TEXT}\n{LINE}")
    assert note.text == TEXT
    assert note.signed_by(read_verifier(PUBLIC))
    assert read_note(f"{TEXT}altered\n\n{LINE}").signed_by(read_verifier(PUBLIC)) is False


def test_a_published_head_of_gos_database_is_read_and_verified() -> None:
    note = read_note(GO_NOTE)
    assert note.signed_by(read_verifier(GO_KEY))
    head = read_head(note.text)
    assert (head.origin, head.size) == ("go.sum database tree", 20852163)
    assert head.text == note.text


def test_the_published_checkpoint_is_read() -> None:
    head = read_head(read_note(SOFA).text)
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20852163)
    assert read_note(SOFA).signed_by(read_verifier(PUBLIC)) is None


@given(NAMES, st.integers(0, 10**18), st.binary(min_size=32, max_size=32))
def test_what_is_signed_is_read_again(name: str, size: int, root: bytes) -> None:
    signer, other = new_signer(name), new_signer("other")
    assert read_verifier(str(signer.verifier)) == signer.verifier
    head = Head("origin", size, root)
    note = read_note(sign(head.text, signers=[signer, other]))
    assert read_head(note.text) == head
    assert note.signed_by(signer.verifier)
    assert note.signed_by(other.verifier)
    assert note.signed_by(Verifier(name, other.verifier.key)) is None


@pytest.mark.parametrize(
    "written",
    ["", "text\n", "text\n\n", f"{TEXT}{LINE}", f"{TEXT}\n{LINE}"[:-1], f"{TEXT}\n{LINE}\n",
     f"{TEXT}\n{LINE.replace('—', '-')}", f"{TEXT}\n— a b c\n", f"{TEXT}\n— a !!!!\n",
     f"{TEXT}\n— a AAAA\n", f"a\tb\n\n{LINE}", f"{TEXT}\n{LINE * 101}", f"{TEXT}\n— a+b x08go/ZJ\n",
     f"{TEXT}\n{LINE.replace('nAM=', 'nAN=')}"],
)  # fmt: skip
def test_what_is_no_note_is_refused(written: str) -> None:
    with pytest.raises(NotANote):
        read_note(written)


@pytest.mark.parametrize(
    "text",
    ["", "o\n1\n", "o\n1\nAAAA\n", "o\n01\n{}\n", "o\n-1\n{}\n", "o\n١\n{}\n", "\n1\n{}\n",
     "o\n1\n{}", "o\n1\n{}\n\n", "o\n" + "9" * 5000 + "\n{}\n", "o\n1\n {}\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        read_head(text.replace("{}", "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="))


def test_lines_after_the_third_are_left_alone() -> None:
    assert read_head(f"{Head('o', 1, bytes(32)).text}more\n") == Head("o", 1, bytes(32))


@pytest.mark.parametrize(
    "line", ["", "name", "a b+00000000+AAAA", PUBLIC[:-4], PUBLIC.replace("+AR", "+BR"), PRIVATE]
)
def test_what_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(NotANote):
        read_verifier(line) if line != PRIVATE else read_signer(PUBLIC)


def test_a_private_key_is_not_shown_by_mistake() -> None:
    signer = Signer("log", bytes(range(32)))
    assert repr(signer) == "Signer(log)"
    assert bytes(range(32)).hex() not in f"{signer} {signer!r}"
