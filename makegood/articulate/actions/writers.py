"""What can be done about those who write one proposal: invite, accept, end."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Proposal, ProposalWriter, WriterAddressee
from makegood.articulate.permissions import can_answer_to_write, can_send_proposal
from makegood.articulate.queries import writers_of
from makegood.articulate.states import ProposalState
from makegood.kernel.ledger.append import record
from makegood.kernel.letters.post import write_letter
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import INVITATION_LASTS, Right


@transaction.atomic
def invite_writer(
    proposal: Proposal, *, email: str, by: Person, now: datetime | None = None
) -> ProposalWriter:
    """Invite whoever reads an e-mail address to write one draft; nothing tells if they have an account.

    Asking the same address again while it stands changes nothing.
    """
    now, email = now or timezone.now(), email.strip().lower()
    can_send_proposal(by, proposal=proposal).require()
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_proposal_is_a_draft(is_draft=held.state == ProposalState.DRAFT)
    standing = writers_of(held).filter(addressee__email=email, expires_at__gt=now).first()
    if standing:
        return standing
    for stale in ProposalWriter.objects.filter(
        proposal=held, addressee__email=email, ended_at=None
    ):
        _end(stale, by=by, now=now)
    writer = ProposalWriter.objects.create(
        proposal=held, invited_by=by, invited_at=now, expires_at=now + INVITATION_LASTS
    )
    WriterAddressee.objects.create(writer=writer, email=email)
    record(writer, act="invite_writer", stream=held.stream, by=by, now=now)
    link = settings.ADDRESS + reverse("invitation_to_write", args=[writer.public_id])
    context = {"writer": writer, "proposal": held, "link": link}
    write_letter("articulate/letters/writer", to=email, context=context)
    return writer


@transaction.atomic
def accept_writing(
    writer: ProposalWriter, *, by: Person, now: datetime | None = None
) -> ProposalWriter:
    """Begin to write, as whom the invitation went to (ART-51)."""
    now = now or timezone.now()
    can_answer_to_write(by, writer=writer).require()
    held = ProposalWriter.objects.select_for_update().get(pk=writer.pk)
    proposal = held.proposal
    rules.check_invitation_to_write_is_open(
        is_ended=held.ended_at is not None,
        is_draft=proposal.state == ProposalState.DRAFT,
        expires_at=held.expires_at,
        now=now,
    )
    WriterAddressee.objects.filter(writer=held).delete()
    if same := writers_of(proposal).filter(person=by).first():
        _end(held, by=by, now=now)
        return same
    held.person, held.accepted_at = by, now
    held.save(update_fields=["person", "accepted_at"])
    record(held, act="accept_writing", stream=proposal.stream, by=by, now=now)
    words = f"{by} writes “{proposal.title}” with you now."
    path = reverse("proposal_writers", args=[proposal.code])
    tell_members(proposal.provider, right=Right.WRITE, words=words, path=path, by=by, now=now)
    return held


@transaction.atomic
def end_writing(
    writer: ProposalWriter, *, by: Person, now: datetime | None = None
) -> ProposalWriter:
    """Let somebody write no more, or take an invitation back; what they wrote stays (ART-52)."""
    now = now or timezone.now()
    if writer.person_id != by.pk:
        can_send_proposal(by, proposal=writer.proposal).require()
    held = ProposalWriter.objects.select_for_update().get(pk=writer.pk)
    rules.check_writing_has_not_ended(is_ended=held.ended_at is not None)
    _end(held, by=by, now=now)
    return held


def _end(writer: ProposalWriter, *, by: Person, now: datetime) -> None:
    writer.ended_at = now
    writer.save(update_fields=["ended_at"])
    WriterAddressee.objects.filter(writer=writer).delete()
    record(writer, act="end_writing", stream=writer.proposal.stream, by=by, now=now)
