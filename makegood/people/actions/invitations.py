"""What can be done about invitations: an organisation asks somebody to join it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.letters.post import write_letter
from makegood.kernel.transition import move
from makegood.people.actions.memberships import STREAM, appoint, check_appointment
from makegood.people.holding import hold_organisation, hold_with
from makegood.people.models import Addressee, Invitation, Membership, Organisation, Person
from makegood.people.permissions import can_answer, can_invite
from makegood.people.queries import with_bounds
from makegood.people.rules import check_a_last_day_is_to_come, check_invitation_is_fresh
from makegood.people.signals import asked_again, invited
from makegood.people.states import INVITATION_LASTS, INVITATIONS, Appointment, InvitationState


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    appointment: Appointment,
    bounds: Sequence[str] = (),
    by: Person,
    now: datetime | None = None,
) -> Invitation:
    """Ask whoever reads this e-mail address to join; nothing tells whether they have an account.

    ``bounds`` are keys of what a later room bounds the role by (``queries.bounds_to_offer``).
    Asking the same again changes nothing; what is asked otherwise, or ran out, is taken back for
    it. PEO-03, PEO-05, PEO-06, PEO-07.
    """
    now = now or timezone.now()
    organisation = hold_organisation(organisation.pk)
    can_invite(by, organisation=organisation).require()
    check_appointment(appointment, organisation=organisation, by=by, now=now)
    take_turn(STREAM)
    asked = Invitation.objects.filter(
        organisation=organisation,
        role=appointment.role,
        state=InvitationState.OPEN,
        addressee__email__iexact=email.strip(),
    )
    if standing := asked.first():
        if _asks_the_same(standing, appointment=appointment, bounds=bounds, now=now):
            return standing
        take_back_invitation(standing, by=by, now=now)
    invitation = Invitation.objects.create(
        organisation=organisation,
        role=appointment.role,
        signing_limit=appointment.signing_limit,
        ends_on=appointment.ends_on,
        invited_by=by,
        sent_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    Addressee.objects.create(invitation=invitation, email=email.strip())
    record(invitation, act="invite", stream=STREAM, by=by, now=now)
    invited.send(Invitation, invitation=invitation, bounds=bounds, by=by, now=now)
    _write(invitation)
    return invitation


def _asks_the_same(
    standing: Invitation, *, appointment: Appointment, bounds: Sequence[str], now: datetime
) -> bool:
    if standing.expires_at < now or standing.appointment != appointment:
        return False
    answers = asked_again.send(Invitation, invitation=standing, bounds=bounds)
    return not any(is_otherwise for _, is_otherwise in answers)


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person, now: datetime | None = None) -> None:
    """Send the letter once more; the fortnight begins again."""
    now = now or timezone.now()
    held = _moved(invitation, act="send_again")
    can_invite(by, organisation=held.organisation).require()
    held.sent_at, held.expires_at = now, now + INVITATION_LASTS
    held.save(update_fields=["sent_at", "expires_at"])
    record(held, act="send_again", stream=STREAM, by=by, now=now)
    _write(held)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, now: datetime | None = None) -> None:
    """Take an invitation back."""
    organisation = hold_organisation(invitation.organisation_id)
    can_invite(by, organisation=organisation).require()
    take_back_invitation(invitation, by=by, now=now or timezone.now())


def take_back_invitation(invitation: Invitation, *, by: Person, now: datetime) -> None:
    """Take an invitation back; whoever calls knows that ``by`` may."""
    held = _moved(invitation, act="withdraw_invitation")
    _answer(held, act="withdraw_invitation", by=by, now=now)


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: Person, now: datetime | None = None
) -> Membership:
    """Join, as whom the invitation went to (PEO-08, PEO-96)."""
    now = now or timezone.now()
    held = hold_with(invitation, "organisation")
    can_answer(by, invitation=held).require()
    move(held, table=INVITATIONS, act="accept_invitation")
    check_invitation_is_fresh(expires_at=held.expires_at, now=now)
    check_a_last_day_is_to_come(held.ends_on, today=timezone.localdate(now))
    _answer(held, act="accept_invitation", by=by, now=now)
    return appoint(
        by,
        organisation=held.organisation,
        appointment=held.appointment,
        instead_of=held,
        by=by,
        now=now,
    )


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: Person, now: datetime | None = None) -> None:
    """Say no, as whom the invitation went to."""
    held = hold_with(invitation, "organisation")
    can_answer(by, invitation=held).require()
    move(held, table=INVITATIONS, act="decline_invitation")
    _answer(held, act="decline_invitation", by=by, now=now or timezone.now())


def _moved(invitation: Invitation, *, act: str) -> Invitation:
    held = hold_with(invitation, "organisation")
    move(held, table=INVITATIONS, act=act)
    return held


def _answer(invitation: Invitation, *, act: str, by: Person, now: datetime) -> None:
    invitation.answered_at = now
    invitation.save(update_fields=["state", "answered_at"])
    Addressee.objects.filter(invitation=invitation).delete()
    record(invitation, act=act, stream=STREAM, by=by, now=now)


def _write(invitation: Invitation) -> None:
    with_bounds([invitation])
    context = {
        "invitation": invitation,
        "link": settings.ADDRESS + reverse("invitation", args=[invitation.public_id]),
    }
    write_letter("people/letters/invitation", to=invitation.addressee.email, context=context)
