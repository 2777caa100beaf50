"""What can be done about an organisation that is here twice: make one of the two."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people import rules
from makegood.people.actions.carrying import (
    carry_formation,
    carry_motives,
    carry_what_is_said,
    move_rows,
)
from makegood.people.actions.claims import take_back_claim
from makegood.people.actions.duplicates import settle_with_merger
from makegood.people.actions.invitations import take_back_invitation
from makegood.people.actions.memberships import STREAM, appoint, end_all_memberships
from makegood.people.actions.notices import tell_members
from makegood.people.actions.successions import carry_successions
from makegood.people.holding import hold_with_advice
from makegood.people.models import (
    Claim,
    Invitation,
    Membership,
    Organisation,
    Person,
)
from makegood.people.permissions import can_decide_between
from makegood.people.queries import is_owner
from makegood.people.signals import closing_asked, merging_asked
from makegood.people.states import ClaimState, InvitationState, Kind, Right


@dataclass(frozen=True, kw_only=True)
class Merger:
    """Which goes, which stays, how that is known, and whether the members of the one join the other."""

    goes: Organisation
    stays: Organisation
    reason: str
    members_join: bool


@transaction.atomic
def merge_organisations(merger: Merger, *, by: Person, now: datetime | None = None) -> Organisation:
    """Close what is here twice and carry all that it said to what stays (PEO-70 to PEO-76, PEO-99).

    Nothing is lost and nothing can be undone. What other rooms recorded stays in its name, and is
    read with what stays.
    """
    now = now or timezone.now()
    before = _merged_before(merger)
    held = hold_with_advice([merger.goes.pk, merger.stays.pk, *before])
    goes, stays = held[merger.goes.pk], held[merger.stays.pk]
    merger = replace(merger, goes=goes, stays=stays)
    take_turn(STREAM)
    can_decide_between(by, one=goes, other=stays).require()
    _check(merger, goes=goes, stays=stays, now=now)
    rules.check_it_stands_where_it_stood(was_moved=_merged_before(merger) != before)
    words = f"{goes} is one with {stays} now. {merger.reason.strip()}"
    for each in (goes, stays):
        path = reverse("organisation", args=[stays.slug])
        tell_members(each, right=Right.SETTLE, words=words, path=path, by=by, now=now)
    _carry(merger, by=by, now=now)
    settle_with_merger(goes, stays=stays, reason=merger.reason, by=by, now=now)
    for each in (goes, *Organisation.objects.filter(merged_into=goes)):
        _lead(each, to=stays, reason=merger.reason.strip(), by=by, now=now)
    return stays


def _merged_before(merger: Merger) -> set[int]:
    """Return what was merged into what goes: it will lead on, so it is held like the two."""
    before = Organisation.objects.filter(merged_into=merger.goes)
    return set(before.values_list("pk", flat=True))


def _check(merger: Merger, *, goes: Organisation, stays: Organisation, now: datetime) -> None:
    rules.check_one_merges_into_another(is_same=goes == stays)
    rules.check_both_are_of_one_kind(goes=Kind(goes.kind), stays=Kind(stays.kind))
    for each in (goes, stays):
        into = str(each.merged_into) if each.merged_into else None
        rules.check_it_merges_once(merged_into=into, organisation=str(each))
    rules.check_what_stays_is_open(
        stays_closed=stays.closed_on is not None,
        goes_closed=goes.closed_on is not None,
        stays=str(stays),
    )
    rules.check_what_stays_is_as_far(
        goes_in_formation=goes.is_in_formation,
        stays_in_formation=stays.is_in_formation,
        stays=str(stays),
    )
    rules.check_a_merging_has_a_reason(merger.reason)
    still = _still_open(goes, now=now)
    rules.check_nothing_open_stands_in_its_name(still=still, organisation=str(goes))


def _still_open(goes: Organisation, *, now: datetime) -> list[str]:
    today = timezone.localdate(now)
    answers = closing_asked.send(Organisation, organisation=goes, today=today)
    answers += merging_asked.send(Organisation, organisation=goes, now=now)
    return [one for _, found in answers for one in found or ()]


def _lead(
    organisation: Organisation, *, to: Organisation, reason: str, by: Person, now: datetime
) -> None:
    """Let an organisation's page lead to another's; it closes, if it has not."""
    organisation.merged_into, organisation.is_entrusted = to, False
    if organisation.closed_on is None:
        organisation.closed_on = timezone.localdate(now)
        organisation.closing_reason = reason
    organisation.save()
    record(organisation, act="merge_organisation", stream=STREAM, by=by, now=now)


def _carry(merger: Merger, *, by: Person, now: datetime) -> None:
    goes, stays = merger.goes, merger.stays
    _carry_members(merger, by=by, now=now)
    _carry_requests(goes, stays=stays, by=by, now=now)
    carry_what_is_said(goes, to=stays, by=by, now=now)
    carry_formation(goes, to=stays, by=by, now=now)
    carry_motives(goes, to=stays, by=by, now=now)
    carry_successions(goes, to=stays, by=by, now=now)


def _carry_members(merger: Merger, *, by: Person, now: datetime) -> None:
    """End what everyone is in what goes; where they join what stays, they are the same there."""
    held = list(Membership.objects.current().filter(organisation=merger.goes))
    end_all_memberships(merger.goes, by=by, now=now)
    there = Membership.objects.current().filter(organisation=merger.stays)
    for each in held if merger.members_join else ():
        if not there.filter(person=each.person_id, role=each.role).exists():
            appoint(
                each.person,
                organisation=merger.stays,
                appointment=each.appointment,
                instead_of=each,
                by=by,
                now=now,
            )


def _carry_requests(goes: Organisation, *, stays: Organisation, by: Person, now: datetime) -> None:
    """Take back what was asked in the name of what goes, but for claims, which now are to the other."""
    for asked in Invitation.objects.filter(organisation=goes, state=InvitationState.OPEN):
        take_back_invitation(asked, by=by, now=now)
    waiting = Claim.objects.filter(state=ClaimState.OPEN)
    for claim in waiting.filter(organisation=goes):
        twice = waiting.filter(organisation=stays, claimed_by=claim.claimed_by).exists()
        if twice or is_owner(claim.claimed_by, organisation=stays):
            take_back_claim(claim, by=by, now=now)
        else:
            move_rows([claim], to=stays, by=by, now=now)
