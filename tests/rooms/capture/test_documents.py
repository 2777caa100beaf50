"""A document is given with words beside it, read by whom it is meant for, and withdrawn with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from makegood.capture.actions import add_document, erase_again, withdraw_document
from makegood.capture.models import Document, DocumentWords
from makegood.capture.states import Readers
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Notice
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.giving_documents import PDF, a_document, said
from tests.rules.refusing import refused


def test_a_document_is_kept_once_with_its_words(cast: Cast) -> None:
    document = a_document(cast)
    file = ContentFile(PDF, name="again.pdf")
    assert add_document(document.commitment, file=file, said=said(), by=cast.alice) == document
    assert (document.said.title, document.file.size) == ("The rota of May", len(PDF))
    assert verify().problems == []


def test_only_recorders_of_the_provider_give_documents(cast: Cast) -> None:
    commitment = loop.a_commitment(cast)
    for by in (cast.bob, cast.charlie, cast.dana, cast.erin):
        with pytest.raises(NotPermitted):
            add_document(commitment, file=ContentFile(PDF), said=said(), by=by)


def test_a_document_is_told_in_words_and_of_a_whole_time(cast: Cast) -> None:
    commitment = loop.a_commitment(cast)
    for number, wrong in (
        ("CAP-53", replace(said(), summary=" ")),
        ("CAP-53", replace(said(), title="")),
        ("CAP-54", replace(said(), from_on=date(2024, 5, 1))),
        ("CAP-54", replace(said(), from_on=date(2024, 5, 1), until_on=date(2024, 4, 1))),
    ):
        with refused(number):
            add_document(commitment, file=ContentFile(PDF), said=wrong, by=cast.alice)


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04not a text", b"ID3 a sound"])
def test_a_file_of_another_kind_is_not_kept(cast: Cast, content: bytes) -> None:
    commitment = loop.a_commitment(cast)
    with refused("CAP-57"):
        add_document(commitment, file=ContentFile(content), said=said(), by=cast.alice)


@override_settings(UPLOAD_MAX_BYTES=10)
def test_a_file_that_is_too_large_is_not_kept(cast: Cast) -> None:
    commitment = loop.a_commitment(cast)
    with refused("CAP-57"):
        add_document(commitment, file=ContentFile(PDF), said=said(), by=cast.alice)


@pytest.mark.parametrize(
    ("readers", "who"),
    [
        (Readers.EVERYONE, {"alice", "bob", "dana", "erin", "frank", "grace", "charlie", ""}),
        (Readers.PARTIES, {"alice", "bob", "dana", "erin", "grace"}),
        (Readers.ASSESSOR, {"alice", "bob", "dana", "grace"}),
    ],
)
def test_who_reads_a_document(cast: Cast, readers: Readers, who: set[str]) -> None:
    document = a_document(cast, readers=readers)
    file = reverse("document_file", args=[document.reference])
    listed = reverse("documents", args=[document.commitment.reference])
    for name in ("", "alice", "bob", "dana", "erin", "frank", "grace", "charlie"):
        client = Client()
        if name:
            client.force_login(getattr(cast, name))
        answer = client.get(file)
        assert (answer.status_code == 200) == (name in who), name
        page = client.get(listed).content.decode()
        assert ("The rota of May" in page) == (name in who), name
        assert "Given by" in page


def test_a_withdrawn_document_says_why_to_everyone(cast: Cast, client: Client) -> None:
    document = a_document(cast, readers=Readers.EVERYONE)
    with refused("CAP-55"):
        withdraw_document(document, why=" ", erases=False, by=cast.alice)
    for by in (cast.bob, cast.erin, cast.dana):
        with pytest.raises(NotPermitted):
            withdraw_document(document, why="It is wrong", erases=False, by=by)
    withdraw_document(document, why="It is of another year", erases=False, by=cast.alice)
    with refused("CAP-56"):
        withdraw_document(document, why="Again", erases=True, by=cast.alice)
    page = client.get(reverse("documents", args=[document.commitment.reference]))
    assert "It is of another year" in page.content.decode()
    assert client.get(reverse("document_file", args=[document.reference])).status_code == 404
    assert {n.person for n in Notice.objects.filter(words__contains="another year")} == {
        cast.dana,
        cast.erin,
    }
    assert verify().problems == []


def test_what_told_of_somebody_is_erased_for_good(cast: Cast) -> None:
    document = a_document(cast)
    withdraw_document(document, why="It names a nurse", erases=True, by=cast.alice)
    held = Document.objects.get()
    assert (held.file.digest, bool(held.file.content)) == ("", False)
    assert not DocumentWords.objects.exists()
    assert verify().problems == []


def test_what_was_erased_is_erased_again_after_an_older_backup(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = a_document(cast)
    noted = {"document": [document.reference]}
    for place in ("documents", "erasing"):
        monkeypatch.setattr(
            f"makegood.capture.actions.{place}.erasures_noted", lambda what: noted.get(what, [])
        )
    assert (erase_again(), erase_again()) == (1, 0)
    held = Document.objects.get()
    assert (held.is_erased, held.file.digest) == (True, "")
    assert verify().problems == []


def test_the_database_keeps_documents(cast: Cast) -> None:
    document = a_document(cast)
    for change in ({"readers": "everyone"}, {"said_digest": "0"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentWords.objects.all()._raw_delete(DocumentWords.objects.db)


def test_a_document_is_given_and_withdrawn_on_its_pages(cast: Cast, client: Client) -> None:
    commitment = loop.a_commitment(cast)
    client.force_login(cast.alice)
    address = reverse("add_document", args=[commitment.reference])
    sent = {"title": "The rota", "summary": "Who was on duty", "readers": "everyone"}
    page = client.post(address, sent).content.decode()
    assert "Choose the file" in page
    file = SimpleUploadedFile("rota.pdf", PDF, content_type="application/pdf")
    assert client.post(address, sent | {"file": file}).status_code == 302
    document = Document.objects.get()
    withdraw = reverse("withdraw_document", args=[document.reference])
    answer = client.post(withdraw, {"why": "It is of another year", "erases": "on"})
    assert answer["Location"] == reverse("documents", args=[commitment.reference])
    assert "erased" in client.get(answer["Location"]).content.decode()
