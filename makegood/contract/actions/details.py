"""What can be said of a contract besides its promises: what it is called, how it goes on and ends."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.binding import hold_draft
from makegood.contract.models import Contract
from makegood.contract.states import CONTRACTS
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a contract says of itself besides; what is empty is not said."""

    title: str = ""
    procurement_reference: str = ""
    procedure: str = ""
    manager_role: str = ""
    extensions: int | None = None
    extension_months: int | None = None
    notice_months: int | None = None
    notice_by: str = ""


@transaction.atomic
def describe_contract(
    contract: Contract, *, details: Details, by: Person, now: datetime | None = None
) -> Contract:
    """Say what a contract is called and how it goes on and ends, while nobody has signed (CON-27, CON-28)."""
    now = now or timezone.now()
    held = hold_draft(contract, by=by)
    move(held, table=CONTRACTS, act="revise_contract")
    rules.check_options_to_extend_are_whole(
        extensions=details.extensions, months=details.extension_months
    )
    runs = (held.ends_on - held.starts_on).days // 30
    rules.check_notice_is_whole(
        months=details.notice_months, by=details.notice_by, runs_months=runs
    )
    said = asdict(details)
    for name, value in said.items():
        setattr(held, name, value)
    held.save(update_fields=list(said))
    record(held, act="describe_contract", stream=held.stream, by=by, now=now)
    return held
