"""What can be done about who is invited to answer a need; the list is the commissioner's alone."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.telling import write_to_invited
from makegood.articulate.models import Need, NeedAddressee, NeedInvitation
from makegood.articulate.permissions import can_change_need
from makegood.articulate.queries import invited_to_answer
from makegood.articulate.states import NeedState
from makegood.kernel.ledger.append import record
from makegood.people.actions import tell_members
from makegood.people.models import Organisation, Person
from makegood.people.states import Kind, Right


@transaction.atomic
def invite_provider(
    need: Need, *, provider: Organisation, by: Person, now: datetime | None = None
) -> NeedInvitation:
    """Invite a provider in the directory; inviting it again changes nothing (ART-30)."""
    now = now or timezone.now()
    held = _held(need, by=by)
    is_provider = provider.kind == Kind.PROVIDER and provider.closed_on is None
    rules.check_a_provider_is_invited(is_provider=is_provider, name=str(provider))
    if standing := invited_to_answer(held).filter(organisation=provider).first():
        return standing
    invitation = _made(held, organisation=provider, by=by, now=now)
    if held.state == NeedState.PUBLISHED:
        tell_members(
            provider,
            right=Right.WRITE,
            words=f"{held.commissioner} invites you to answer “{held.title}”.",
            path=reverse("need", args=[held.reference]),
            by=by,
            now=now,
        )
    return invitation


@transaction.atomic
def invite_address(
    need: Need, *, email: str, by: Person, now: datetime | None = None
) -> NeedInvitation:
    """Invite whoever reads an e-mail address; asking the same address again changes nothing.

    Nothing tells whether it has an account here.
    """
    now, email = now or timezone.now(), email.strip().lower()
    held = _held(need, by=by)
    if standing := invited_to_answer(held).filter(addressee__email=email).first():
        return standing
    invitation = _made(held, organisation=None, by=by, now=now)
    NeedAddressee.objects.create(invitation=invitation, email=email)
    if held.state == NeedState.PUBLISHED:
        words = f"{held.commissioner} invites you to answer “{held.title}”."
        write_to_invited(held, email=email, words=words)
    return invitation


@transaction.atomic
def withdraw_need_invitation(
    invitation: NeedInvitation, *, by: Person, now: datetime | None = None
) -> NeedInvitation:
    """Take an invitation back; taking it back twice changes nothing."""
    now = now or timezone.now()
    need = _held(invitation.need, by=by)
    held = NeedInvitation.objects.select_for_update().get(pk=invitation.pk)
    if held.withdrawn_at:
        return held
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    NeedAddressee.objects.filter(invitation=held).delete()
    stream = need.programme.stream
    record(held, act="withdraw_need_invitation", stream=stream, by=by, now=now)
    return held


def take_up_invitation(need: Need, *, provider: Organisation, by: Person, now: datetime) -> None:
    """Note that whoever was invited by e-mail answers for ``provider``; the address is kept no more."""
    theirs = [email.lower() for email in by.addresses]
    told = invited_to_answer(need).filter(addressee__email__in=theirs)
    known = invited_to_answer(need).filter(organisation=provider).exists()
    for invitation in NeedInvitation.objects.select_for_update().filter(pk__in=told.values("pk")):
        if known:
            invitation.withdrawn_at = now
        else:
            invitation.organisation, known = provider, True
        invitation.save(update_fields=["organisation", "withdrawn_at"])
        NeedAddressee.objects.filter(invitation=invitation).delete()
        stream = need.programme.stream
        record(invitation, act="take_up_need_invitation", stream=stream, by=by, now=now)


def _held(need: Need, *, by: Person) -> Need:
    can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    rules.check_need_was_not_thrown_away(is_discarded=held.state == NeedState.DISCARDED)
    return held


def _made(
    need: Need, *, organisation: Organisation | None, by: Person, now: datetime
) -> NeedInvitation:
    invitation = NeedInvitation.objects.create(
        need=need, organisation=organisation, invited_by=by, invited_at=now
    )
    stream = need.programme.stream
    record(invitation, act="invite_to_answer", stream=stream, by=by, now=now)
    return invitation
