"""What became of every promise in approved proposals, as the gap counts it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from makegood.articulate.models import Promise
from makegood.articulate.queries import promises_visible_to
from makegood.articulate.states import ProposalState
from makegood.contract.states import ContractState, Fate
from makegood.kernel.money import PoundsRange
from makegood.measures.states import Better

NEVER_AFTER = timedelta(days=90)
"""Approved this long ago and still not signed counts as never contracted."""


class Share(StrEnum):
    """What became of a promise in an approved proposal, as the gap counts it."""

    AS_PROMISED = "contracted as promised"
    CHANGED = "contracted, changed but not weaker"
    WEAKENED = "contracted, but weakened"
    NOT_CONTRACTED = "not contracted"
    NEVER_CONTRACTED = "approved, never signed"
    OPEN = "contract not signed yet"


CONTRACTED = (Share.AS_PROMISED, Share.CHANGED)
LOST = (Share.NOT_CONTRACTED, Share.NEVER_CONTRACTED)


@dataclass(kw_only=True)
class Tally:
    """How many promises, what the valued ones are worth a year, and how many are not valued."""

    promises: list[Promise] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many promises there are."""
        return len(self.promises)

    @property
    def worth(self) -> PoundsRange:
        """Return what the valued ones are worth together."""
        nothing = PoundsRange(low=Decimal(0), high=Decimal(0))
        return sum((p.worth for p in self.promises if p.worth), nothing)

    @property
    def unvalued(self) -> int:
        """Return how many are not valued: unknown, not nothing."""
        return sum(1 for promise in self.promises if promise.worth is None)


def is_weaker(promise: Promise) -> bool:
    """Return whether the commitment owes less than its promise, or owes it later."""
    owed = promise.commitment
    if owed.due_on > promise.due_on:
        return True
    if promise.measure is None or promise.target is None or owed.target is None:
        return False
    gain = Better(promise.measure.better).gain(over=promise.target, to=owed.target)
    return gain is None or gain < 0


def share_of(promise: Promise, *, now: datetime) -> Share:
    """Return how the gap counts a promise whose disposition, contract and decision are at hand."""
    contract = getattr(promise.proposal, "contract", None)
    signed = contract is not None and contract.state == ContractState.IN_FORCE
    if signed:
        fate = Fate(promise.disposition.fate)
        if fate is not Fate.CHANGED:
            return Share.AS_PROMISED if fate is Fate.AS_PROMISED else Share.NOT_CONTRACTED
        return Share.WEAKENED if is_weaker(promise) else Share.CHANGED
    if contract is not None and contract.is_brought_in:
        return Share.OPEN  # it was signed elsewhere; here it is not shown yet
    waited = now - promise.proposal.decision.decided_at
    return Share.NEVER_CONTRACTED if waited > NEVER_AFTER else Share.OPEN


def contracting_gap(
    promises: QuerySet[Promise] | None = None, *, now: datetime
) -> dict[Share, Tally]:
    """Return what became of every promise in approved proposals, by share."""
    found = promises_visible_to(None) if promises is None else promises
    approved = found.filter(proposal__state=ProposalState.APPROVED).select_related(
        "disposition", "commitment", "proposal__contract", "proposal__decision"
    )
    gap = {share: Tally() for share in Share}
    for promise in approved:
        gap[share_of(promise, now=now)].promises.append(promise)
    return gap
