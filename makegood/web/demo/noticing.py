"""Published indicators of the example, and a notice of how one contract does."""

from datetime import datetime, timedelta

from makegood.contract import actions as contracts
from makegood.contract.models import Contract
from makegood.contract.states import Rating
from makegood.kernel.period import add_months, first_day
from makegood.measures.states import Better
from makegood.people.models import Person

REPLY = "The figures are ours, and they are right. The new rota began in the last of these months."
NO_FIGURE = "No figure was given for these months in time."


def publish_first(contract: Contract, *, by: Person, now: datetime) -> None:
    """Make the first commitment in numbers a published indicator, while nobody has signed."""
    found = contract.commitments.filter(
        is_dropped=False, promise__isnull=False, measure__better__in=[Better.UP, Better.DOWN]
    )
    commitment = found.order_by("reference").first()
    if commitment is None or commitment.baseline is None or commitment.target is None:
        return
    near, far = (
        round(commitment.target + share * (commitment.baseline - commitment.target), 2)
        for share in (0.25, 0.5)
    )
    agreed = contracts.Published(is_kpi=True, kpi_approaching=near, kpi_improvement=far)
    contracts.agree_on(commitment, agreed=agreed, by=by, now=now)


def publish_one(contract: Contract, *, buyer: Person, owner: Person, now: datetime) -> None:
    """Publish how the indicators of a contract did in six months that are over."""
    until = first_day(now.date()) - timedelta(days=1)
    notice = contracts.begin_notice(
        contract, from_on=add_months(first_day(until), -5), until_on=until, by=buyer, now=now
    )
    for rating in notice.ratings.filter(rating=Rating.OTHER, reason=""):
        contracts.rate_indicator(rating, chosen=Rating.OTHER, reason=NO_FIGURE, by=buyer, now=now)
    contracts.send_notice(notice, by=buyer, now=now)
    notice = contracts.reply_to_notice(notice, words=REPLY, by=owner, now=now + timedelta(days=4))
    contracts.publish_notice(notice, by=buyer, now=now + timedelta(days=6))
