"""What can be done when an organisation comes to its end: close it, and open it again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.people import rules
from makegood.people.actions.formations import close_all_advice
from makegood.people.actions.memberships import STREAM
from makegood.people.holding import hold_organisation, hold_with_advice
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_settle
from makegood.people.signals import closing_asked


@transaction.atomic
def close_organisation(
    organisation: Organisation,
    *,
    closed_on: date,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> Organisation:
    """Say that an organisation closed; it stays in the directory (PEO-60 to PEO-62, PEO-64).

    The advice that it asks for, has or gives ends; both sides are told.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    held = hold_with_advice([organisation.pk])[organisation.pk]
    can_settle(by, organisation=held).require()
    rules.check_it_closes_once(closed_on=held.closed_on, organisation=str(held))
    rules.check_a_closing_day_is_not_to_come(closed_on=closed_on, today=today)
    rules.check_a_closing_has_a_reason(reason)
    still = _still_needs(held, today=today)
    rules.check_nothing_needs_it(still=still, organisation=str(held))
    close_all_advice(held, because=f"{held} closed.", by=by, now=now)
    held.closed_on, held.closing_reason = closed_on, reason.strip()
    held.save(update_fields=["closed_on", "closing_reason"])
    record(held, act="close_organisation", stream=STREAM, by=by, now=now)
    return held


@transaction.atomic
def reopen_organisation(
    organisation: Organisation, *, by: Person, now: datetime | None = None
) -> Organisation:
    """Open an organisation again that closed, or was closed by mistake (PEO-63, PEO-77)."""
    rules.check_an_operator_reopens(is_operator=by.is_staff)
    held = hold_organisation(organisation.pk)
    rules.check_what_was_merged_stays_merged(
        merged_into=str(held.merged_into) if held.merged_into else None, organisation=str(held)
    )
    if held.closed_on is not None:
        held.closed_on, held.closing_reason = None, ""
        held.save(update_fields=["closed_on", "closing_reason"])
        act = "reopen_organisation"
        record(held, act=act, stream=STREAM, by=by, now=now or timezone.now())
    return held


def _still_needs(organisation: Organisation, *, today: date) -> list[str]:
    answers = closing_asked.send(Organisation, organisation=organisation, today=today)
    return [need for _, needs in answers for need in needs or ()]
