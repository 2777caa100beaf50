"""What can be done to keep a part of a proposal from the public for a while."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.models import Proposal, ProposalWithholding
from makegood.articulate.permissions import can_change_need
from makegood.articulate.queries import proposal_withholdings
from makegood.articulate.states import ProposalPart
from makegood.kernel.ledger.append import record
from makegood.people.models import Person


@transaction.atomic
def withhold_proposal_part(
    proposal: Proposal,
    *,
    part: ProposalPart,
    reason: str,
    until_on: date,
    by: Person,
    now: datetime | None = None,
) -> ProposalWithholding:
    """Keep a part of ``proposal`` from the public until a day, for a reason all can read.

    The public body answers for it. ART-13, ART-14, ART-15.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    can_change_need(by, need=proposal.need).require()
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_withheld_part_has_a_reason(reason=reason)
    most = settings.WITHHOLD_MOST_YEARS
    rules.check_withheld_part_is_shown_again(until_on, today=today, most_years=most)
    same = proposal_withholdings(held, today=today).filter(part=part)
    rules.check_proposal_part_is_withheld_once(is_withheld=same.exists())
    made = ProposalWithholding.objects.create(
        proposal=held,
        part=part,
        reason=reason,
        until_on=until_on,
        withheld_by=by,
        withheld_at=now,
    )
    record(made, act="withhold_proposal_part", stream=held.stream, by=by, now=now)
    return made


@transaction.atomic
def lift_proposal_withholding(
    withholding: ProposalWithholding, *, by: Person, now: datetime | None = None
) -> ProposalWithholding:
    """Show a part of a proposal again before its day; lifting twice changes nothing."""
    now = now or timezone.now()
    can_change_need(by, need=withholding.proposal.need).require()
    held = ProposalWithholding.objects.select_for_update().get(pk=withholding.pk)
    if held.lifted_at:
        return held
    held.lifted_at = now
    held.save(update_fields=["lifted_at"])
    record(held, act="lift_proposal_withholding", stream=held.proposal.stream, by=by, now=now)
    return held
