"""Somebody may write one proposal without belonging to its provider; files stand beside a draft."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import (
    accept_writing,
    add_attachment,
    end_writing,
    invite_writer,
    remove_attachment,
    submit_proposal,
    withdraw_proposal,
    withhold_proposal_part,
    write_part,
)
from makegood.articulate.models import Attachment, Proposal, ProposalWriter, WriterAddressee
from makegood.articulate.queries import attachments_of, proposals_visible_to
from makegood.articulate.states import ProposalPart
from makegood.contract.actions import decide_proposal
from makegood.contract.states import Outcome
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.models import Notice, Person
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_co_writer, a_file, an_invitation_to_write, filled
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
RISKS = ProposalPart.RISKS
A_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_who_is_invited_reads_and_writes_this_proposal_and_no_other(cast: Cast) -> None:
    writer = an_invitation_to_write(cast)
    draft = writer.proposal
    assert not proposals_visible_to(cast.charlie).exists()
    [letter] = mail.outbox
    assert draft.title not in letter.subject + letter.body
    link = re.search(r"/writing/\S+/", letter.body)
    assert link
    client = browser(cast.charlie)
    assert draft.title in client.get(link[0]).content.decode()
    assert draft.title not in browser(cast.erin).get(link[0]).content.decode()
    assert client.post(f"{link[0]}accept/").status_code == 302
    write_part(draft, part=RISKS, piece=filled(RISKS), by=cast.charlie)
    assert list(proposals_visible_to(cast.charlie)) == [draft]
    page = client.get(reverse("proposal", args=[draft.code])).content.decode()
    assert "What could go wrong" in page
    assert "Check and submit" not in page
    assert Notice.objects.filter(person=cast.alice, words__contains="with you now").exists()
    assert not WriterAddressee.objects.exists()
    assert not verify().problems


def test_who_is_invited_neither_sends_withdraws_nor_invites(cast: Cast) -> None:
    draft = a_co_writer(cast).proposal
    acts = (
        lambda: submit_proposal(draft, by=cast.charlie),
        lambda: withdraw_proposal(draft, by=cast.charlie),
        lambda: invite_writer(draft, email="mo@example.org", by=cast.charlie),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_it_ends_at_once_when_it_is_ended(cast: Cast) -> None:
    writer = a_co_writer(cast)
    end_writing(writer, by=cast.alice)
    assert not proposals_visible_to(cast.charlie).exists()
    with pytest.raises(NotPermitted):
        write_part(writer.proposal, part=RISKS, piece=filled(RISKS), by=cast.charlie)
    with refused("ART-52"):
        end_writing(writer, by=cast.alice)


def test_they_stop_themselves(cast: Cast) -> None:
    writer = a_co_writer(cast)
    client = browser(cast.charlie)
    path = reverse("end_writing", args=[writer.proposal.code, writer.public_id])
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == reverse("desk")
    assert client.get(reverse("proposal", args=[writer.proposal.code])).status_code == 404


def test_what_was_sent_they_read_until_it_is_decided_and_change_no_more(cast: Cast) -> None:
    draft = a_co_writer(cast).proposal
    submit_proposal(draft, by=cast.alice)
    sent = Proposal.objects.get()
    assert proposals_visible_to(cast.charlie).exists()
    with pytest.raises(NotPermitted):
        write_part(sent, part=RISKS, piece=filled(RISKS), by=cast.charlie)
    decide_proposal(sent, outcome=Outcome.DECLINED, reasons="No", by=cast.erin)
    assert not proposals_visible_to(cast.charlie).exists()


def test_only_whoever_it_went_to_accepts_and_only_in_time(cast: Cast) -> None:
    writer = an_invitation_to_write(cast)
    with pytest.raises(NotPermitted):
        accept_writing(writer, by=cast.erin)
    late = timezone.now() + timedelta(days=15)
    with refused("ART-51"):
        accept_writing(writer, by=cast.charlie, now=late)
    again = invite_writer(writer.proposal, email=cast.charlie.email, by=cast.alice, now=late)
    assert again.pk != writer.pk
    accept_writing(again, by=cast.charlie, now=late)
    assert ProposalWriter.objects.filter(ended_at=None).count() == 1


def test_a_second_invitation_to_the_same_address_changes_nothing(cast: Cast) -> None:
    writer = an_invitation_to_write(cast)
    same = invite_writer(writer.proposal, email=cast.charlie.email.upper(), by=cast.alice)
    assert same == writer
    assert len(mail.outbox) == 1


def test_a_file_is_kept_with_what_it_shows_and_given_to_those_who_read_the_proposal(
    cast: Cast,
) -> None:
    draft = loop.a_draft_promise(cast).proposal
    client, path = browser(cast.alice), reverse("attachments", args=[draft.code])
    given = {"title": "Rota", "description": "Two of us", "file": SimpleUploadedFile("r", A_PNG)}
    assert client.post(path, given).status_code == 302
    [held] = attachments_of(draft)
    address = reverse("attachment", args=[draft.code, held.public_id])
    answer = client.get(address)
    assert answer.content == A_PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser(cast.erin).get(address).status_code == 404
    submit_proposal(draft, by=cast.alice)
    assert browser(cast.erin).get(address).status_code == 200
    assert browser(cast.charlie).get(address).status_code == 404


def test_a_file_of_no_kind_we_keep_or_without_words_is_refused(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    client, path = browser(cast.alice), reverse("attachments", args=[draft.code])
    page = SimpleUploadedFile("rota.pdf", b"<script>alert(1)</script>")
    told = client.post(path, {"title": "Rota", "description": "Two", "file": page})
    assert "Choose a PDF, PNG or JPEG file." in told.content.decode()
    assert told.context["form"]["title"].value() == "Rota"
    with refused("ART-46"):
        add_attachment(draft, title="Rota", description=" ", file=A_PNG, by=cast.alice)
    a_file(draft, by=cast.alice)
    with refused("ART-08"):
        a_file(draft, by=cast.alice)
    for number in range(9):
        add_attachment(draft, title=f"{number}", description="x", file=A_PNG, by=cast.alice)
    with refused("ART-47"):
        add_attachment(draft, title="One more", description="x", file=A_PNG, by=cast.alice)


def test_a_file_is_removed_from_a_draft_and_never_from_what_was_sent(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    draft = loop.a_draft_promise(cast).proposal
    held = a_file(draft, by=cast.alice)
    place = held.file.content.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_attachment(held, by=cast.alice)
    assert not default_storage.exists(place)
    assert not attachments_of(draft)
    a_file(draft, by=cast.alice)
    submit_proposal(draft, by=cast.alice)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attachment.objects.update(removed_at=timezone.now())
    assert Proposal.objects.get().versions.get().files[0]["title"] == "Rota"


def test_files_may_be_withheld(cast: Cast) -> None:
    draft = loop.a_draft_promise(cast).proposal
    held = a_file(draft, by=cast.alice)
    submit_proposal(draft, by=cast.alice)
    decide_proposal(Proposal.objects.get(), outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    address = reverse("attachment", args=[draft.code, held.public_id])
    assert Client().get(address).status_code == 200
    withhold_proposal_part(
        Proposal.objects.get(), part=ProposalPart.ATTACHMENTS, reason="It names people",
        until_on=timezone.localdate() + timedelta(days=9), by=cast.erin,
    )  # fmt: skip
    assert Client().get(address).status_code == 404
    page = Client().get(reverse("proposal", args=[draft.code])).content.decode()
    assert "It names people" in page
    assert "Two of us a shift" not in page
    assert browser(cast.alice).get(address).status_code == 200
