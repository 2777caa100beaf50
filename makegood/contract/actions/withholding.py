"""What can be done to keep a part of a contract from the public for a while."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.models import Contract, Withholding
from makegood.contract.permissions import can_withhold
from makegood.contract.queries import withholdings_in_force
from makegood.contract.states import Part
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


@transaction.atomic
def withhold_part(
    contract: Contract,
    *,
    part: Part,
    reason: str,
    until_on: date,
    by: Person,
    now: datetime | None = None,
) -> Withholding:
    """Keep a part of ``contract`` from the public until a day, for a reason all can read (CON-50)."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    can_withhold(by, contract=contract).require()
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    rules.check_withholding_has_a_reason(reason=reason)
    rules.check_withholding_ends(until_on, today=today, most_years=settings.WITHHOLD_MOST_YEARS)
    held = withholdings_in_force(contract, today=today).filter(part=part)
    rules.check_part_is_withheld_once(is_withheld=held.exists())
    made = Withholding.objects.create(
        contract=contract,
        part=part,
        reason=reason,
        until_on=until_on,
        withheld_by=by,
        withheld_at=now,
    )
    record(made, act="withhold_part", stream=contract.stream, by=by, now=now)
    return made


@transaction.atomic
def lift_withholding(
    withholding: Withholding, *, by: Person, now: datetime | None = None
) -> Withholding:
    """Show a part again before its day; lifting twice changes nothing."""
    now = now or timezone.now()
    can_withhold(by, contract=withholding.contract).require()
    held = Withholding.objects.select_for_update().get(pk=withholding.pk)
    if held.lifted_at:
        return held
    held.lifted_at = now
    held.save(update_fields=["lifted_at"])
    record(held, act="lift_withholding", stream=held.contract.stream, by=by, now=now)
    return held
