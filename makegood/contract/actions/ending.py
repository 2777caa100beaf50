"""What can be done to end a contract before its last day."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.actions.varying import hold_in_force
from makegood.contract.models import Contract, Ending, Handover
from makegood.contract.permissions import can_end_for
from makegood.contract.queries import handover_to_come, is_change_sent
from makegood.contract.states import HANDOVERS, Ground, Side
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right


@dataclass(frozen=True, kw_only=True)
class EndingTerms:
    """On what ground a contract ends early, when notice was given, its last day then, and why."""

    ground: Ground
    notice_on: date
    ends_on: date
    reason: str


@transaction.atomic
def end_contract(
    contract: Contract,
    *,
    side: Side,
    terms: EndingTerms,
    by: Person,
    now: datetime | None = None,
) -> Ending:
    """End a contract before its last day, for one side; what was owed is still judged (CON-80 to CON-83).

    A handover that all have signed, and that would have counted later, is cancelled (CON-98).
    """
    now = now or timezone.now()
    can_end_for(by, contract=contract, side=side).require()
    held = hold_in_force(contract)
    rules.check_ending_has_its_reason(reason=terms.reason)
    rules.check_one_variation_at_a_time(is_open=is_change_sent(held))
    waiting = handover_to_come(held)
    rules.check_it_ends_before_it_is_handed_over(
        terms.ends_on,
        successor=str(waiting.successor) if waiting else "",
        from_on=waiting.from_on if waiting else None,
    )
    rules.check_it_ends_early(
        terms.ends_on,
        notice_on=terms.notice_on,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        today=timezone.localdate(now),
    )
    if terms.ground == Ground.NOTICE:
        rules.check_notice_was_long_enough(
            terms.ends_on,
            notice_on=terms.notice_on,
            months=held.notice_months,
            may_give=held.lets_give_notice(side),
        )
    ending = Ending(contract=held, side=side, would_end_on=held.ends_on, ended_by=by, ended_at=now)
    for name, value in asdict(terms).items():
        setattr(ending, name, value)
    ending.save()
    record(ending, act="end_contract", stream=held.stream, by=by, now=now)
    held.ends_on = terms.ends_on
    held.save(update_fields=["ends_on"])
    record(held, act="end_contract", stream=held.stream, by=by, now=now)
    if waiting:
        move(waiting, table=HANDOVERS, act="cancel_handover")
        waiting.save(update_fields=["state"])
        record(waiting, act="cancel_handover", stream=held.stream, by=by, now=now)
    _tell(ending, cancelled=waiting, by=by, now=now)
    return ending


def _tell(ending: Ending, *, cancelled: Handover | None, by: Person, now: datetime) -> None:
    """Tell the other side, who judges, and whoever was to take over."""
    contract = ending.contract
    words = f"{ending.party} ends “{contract.name}” on {ending.ends_on:%-d %B %Y}"
    told = [(contract.party(side), Right.WRITE) for side in Side if side != ending.side]
    told.append((contract.assessor, Right.ASSESS))
    if cancelled:
        words += f", so {cancelled.successor} does not take it over"
        told.append((cancelled.successor, Right.WRITE))
    for organisation, right in told:
        tell_members(
            organisation,
            right=right,
            words=f"{words}: {ending.reason}",
            path=reverse("contract", args=[contract.reference]),
            by=by,
            now=now,
        )
