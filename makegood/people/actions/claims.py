"""What can be done about claims: make one, take it back, decide, and say which support unit decides."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.letters.post import write_letter
from makegood.kernel.transition import move
from makegood.people import rules
from makegood.people.actions.memberships import STREAM, appoint, end_all_memberships
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_organisation, hold_with
from makegood.people.models import Claim, Organisation, Person, Proof
from makegood.people.permissions import can_claim, can_decide_claim, can_withdraw_claim
from makegood.people.queries import claims_of, domain_shared, is_owner
from makegood.people.states import CLAIMS, Appointment, Kind, Right, Role


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What somebody shows: what they are to it, a register that names them, and their own words."""

    position: str
    link: str = ""
    words: str = ""


@transaction.atomic
def claim_organisation(
    organisation: Organisation, *, shown: Shown, by: Person, now: datetime | None = None
) -> Claim:
    """Say that an organisation is one's own to look after (PEO-50, PEO-51, PEO-52).

    That one reads e-mail at its domain is found by itself, from the addresses one has confirmed.
    Its owners, where it has any, are told; not by whom.
    """
    now = now or timezone.now()
    organisation = hold_organisation(organisation.pk)
    can_claim(by, organisation=organisation).require()
    take_turn(STREAM)
    waiting = claims_of(by)
    rules.check_a_claim_is_made_once(
        is_open=waiting.filter(organisation=organisation).exists(),
        is_owner=is_owner(by, organisation=organisation),
        organisation=str(organisation),
    )
    rules.check_few_claims_wait(waiting=waiting.count())
    domain = domain_shared(by, organisation=organisation)
    rules.check_a_claim_shows_something(domain=domain, link=shown.link, words=shown.words)
    claim = Claim.objects.create(organisation=organisation, claimed_by=by, claimed_at=now)
    Proof.objects.create(
        claim=claim, position=shown.position, domain=domain, link=shown.link, words=shown.words
    )
    record(claim, act="claim_organisation", stream=STREAM, by=by, now=now)
    tell_members(
        organisation,
        right=Right.MANAGE,
        words=f"Somebody says that {organisation} is theirs. Whoever decides may ask you.",
        path=reverse("organisation", args=[organisation.slug]),
        by=by,
        now=now,
    )
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: Person, now: datetime | None = None) -> None:
    """Take one's claim back; what was shown for it is gone."""
    can_withdraw_claim(by, claim=claim).require()
    take_back_claim(claim, by=by, now=now or timezone.now())


def take_back_claim(claim: Claim, *, by: Person, now: datetime) -> None:
    """Take a claim back, with what was shown for it; whoever calls knows that ``by`` may."""
    held = _moved(claim, act="withdraw_claim")
    Proof.objects.filter(claim=held).delete()
    _settle(held, act="withdraw_claim", by=by, now=now)


@transaction.atomic
def accept_claim(
    claim: Claim,
    *,
    reason: str,
    replaces: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Claim:
    """Make the claimant an owner; with ``replaces``, all who belong there now leave (PEO-53, PEO-54)."""
    now = now or timezone.now()
    held = _decided(claim, act="accept_claim", reason=reason, by=by, now=now)
    if replaces:
        end_all_memberships(held.organisation, by=by, now=now)
    owns = Appointment(role=Role.OWNER)
    appoint(held.claimed_by, organisation=held.organisation, appointment=owns, by=by, now=now)
    return held


@transaction.atomic
def decline_claim(claim: Claim, *, reason: str, by: Person, now: datetime | None = None) -> Claim:
    """Say no to a claim, with the reason (PEO-53, PEO-54)."""
    return _decided(claim, act="decline_claim", reason=reason, by=by, now=now or timezone.now())


@transaction.atomic
def entrust(
    organisation: Organisation, *, is_entrusted: bool, by: Person, now: datetime | None = None
) -> Organisation:
    """Let a support unit decide on claims, or no longer (PEO-55)."""
    held = hold_organisation(organisation.pk)
    rules.check_an_operator_entrusts(is_operator=by.is_staff, kind=Kind(held.kind))
    if held.is_entrusted != is_entrusted:
        held.is_entrusted = is_entrusted
        held.save(update_fields=["is_entrusted"])
        act = "entrust" if is_entrusted else "end_trust"
        record(held, act=act, stream=STREAM, by=by, now=now or timezone.now())
    return held


def _decided(claim: Claim, *, act: str, reason: str, by: Person, now: datetime) -> Claim:
    held = _moved(claim, act=act)
    can_decide_claim(by, claim=held).require()
    rules.check_nobody_decides_on_their_own_claim(is_own=held.claimed_by_id == by.pk)
    rules.check_a_decision_on_a_claim_has_a_reason(reason)
    held.reason = reason
    _settle(held, act=act, by=by, now=now)
    address = reverse("organisation", args=[held.organisation.slug])
    context = {"claim": held, "link": settings.ADDRESS + address}
    write_letter("people/letters/claim", to=held.claimed_by.email, context=context)
    return held


def _moved(claim: Claim, *, act: str) -> Claim:
    held = hold_with(claim, "organisation")
    move(held, table=CLAIMS, act=act)
    return held


def _settle(claim: Claim, *, act: str, by: Person, now: datetime) -> None:
    claim.settled_by, claim.settled_at = by, now
    claim.save(update_fields=["state", "reason", "settled_by", "settled_at"])
    record(claim, act=act, stream=STREAM, by=by, now=now)
