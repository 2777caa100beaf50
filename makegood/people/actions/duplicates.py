"""What can be done about two entries that somebody says are one: say so, and decide."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.letters.post import write_letter
from makegood.kernel.transition import move
from makegood.people import rules
from makegood.people.actions.memberships import STREAM
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_organisations
from makegood.people.models import Duplicate, Grounds, Membership, Organisation, Person
from makegood.people.permissions import can_decide_between
from makegood.people.queries import duplicates_between, duplicates_open, operators
from makegood.people.states import DUPLICATES, Kind, Right


@transaction.atomic
def report_duplicate(
    organisation: Organisation,
    *,
    other: Organisation,
    words: str,
    by: Person,
    now: datetime | None = None,
) -> Duplicate:
    """Tell whoever decides that one organisation is here twice (PEO-71, PEO-73).

    Saying the same again changes nothing.
    """
    now = now or timezone.now()
    rules.check_one_merges_into_another(is_same=organisation == other)
    for each in hold_organisations([organisation.pk, other.pk]).values():
        into = str(each.merged_into) if each.merged_into else None
        rules.check_it_merges_once(merged_into=into, organisation=str(each))
    take_turn(STREAM)
    if said := duplicates_between(organisation, other=other).filter(said_by=by).first():
        return said
    made = Duplicate.objects.create(organisation=organisation, other=other, said_by=by, said_at=now)
    Grounds.objects.create(duplicate=made, words=words.strip())
    record(made, act="report_duplicate", stream=STREAM, by=by, now=now)
    _tell_deciders(made, now=now)
    return made


@transaction.atomic
def leave_as_two(
    organisation: Organisation,
    *,
    other: Organisation,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> None:
    """Decide that two entries are two; whoever said that they are one is told why (PEO-70, PEO-36)."""
    hold_organisations([organisation.pk, other.pk])
    can_decide_between(by, one=organisation, other=other).require()
    rules.check_two_that_stay_two_have_a_reason(reason)
    for each in duplicates_between(organisation, other=other).select_for_update(of=("self",)):
        _settle(each, act="leave_as_two", reason=reason, by=by, now=now or timezone.now())


def settle_with_merger(
    goes: Organisation, *, stays: Organisation, reason: str, by: Person, now: datetime
) -> None:
    """Settle what said that both are one; what said so of ``goes`` and a third is of what stays."""
    for each in duplicates_between(goes, other=stays).select_for_update(of=("self",)):
        _settle(each, act="settle_with_merger", reason=reason, by=by, now=now)
    for each in duplicates_open().filter(organisation=goes).select_for_update(of=("self",)):
        each.organisation = stays
        _carry(each, by=by, now=now)
    for each in duplicates_open().filter(other=goes).select_for_update(of=("self",)):
        each.other = stays
        _carry(each, by=by, now=now)


def _carry(said: Duplicate, *, by: Person, now: datetime) -> None:
    said.save(update_fields=["organisation", "other"])
    record(said, act="move_with_merger", stream=STREAM, by=by, now=now)


def _settle(said: Duplicate, *, act: str, reason: str, by: Person, now: datetime) -> None:
    move(said, table=DUPLICATES, act=act)
    said.settled_by, said.settled_at, said.reason = by, now, reason.strip()
    said.save(update_fields=["state", "settled_by", "settled_at", "reason"])
    record(said, act=act, stream=STREAM, by=by, now=now)
    if said.said_by.is_active and said.said_by != by:
        path = reverse("organisation", args=[said.organisation.slug])
        context = {"said": said, "link": settings.ADDRESS + path}
        write_letter("people/letters/duplicate_settled", to=said.said_by.email, context=context)


def _tell_deciders(said: Duplicate, *, now: datetime) -> None:
    """Tell the support units that decide, by a notice, and the operators, by a letter.

    Told are those who decide on these two, and no others (PEO-70); how somebody knows stands on the
    page alone, so that it goes when it is erased.
    """
    both = (said.organisation, said.other)
    by_operators = any(each.is_entrusted or each.kind == Kind.AUDITOR for each in both)
    units = Organisation.objects.filter(is_entrusted=True)
    path = reverse("merge_organisations", args=[said.organisation.slug, said.other.slug])
    words = f"Somebody says that {said}. Read how they know, and decide."
    for unit in units.none() if by_operators else units:
        tell_members(
            unit, right=Right.WRITE, words=words, path=path, by=said.said_by, outside=both, now=now
        )
    own = Membership.objects.current().filter(organisation__in=both)
    context = {"said": said, "link": settings.ADDRESS + path}
    for operator in operators().exclude(pk__in=own.values("person")):
        write_letter("people/letters/duplicate", to=operator.email, context=context)
