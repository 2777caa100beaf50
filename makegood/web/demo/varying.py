"""What changed in the example since it was signed: variations, a handover, an early end."""

from datetime import datetime, timedelta

from makegood.contract import actions as contracts
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Ground, HandoverGround, HandoverSide, Side
from makegood.people.models import Organisation, Person

LATER = "Three of the eight assistants began half a year later than planned."
MORE = "The first year went well; both sides want more people to have it."
JOINED = "The members of the mutual voted to join Northern Home Support, with all its staff."
FEWER = "Too few people came, and the room was needed for the surgery."


def vary_one(contract: Contract, *, buyer: Person, owner: Person, now: datetime) -> None:
    """Make the target of one commitment weaker, for a reason, by both sides."""
    commitment = _in_numbers(contract)
    begun = contracts.begin_variation(
        contract,
        side=Side.PROVIDER,
        terms=contracts.VariationTerms(reason=LATER, from_on=now.date()),
        by=owner,
        now=now,
    )
    terms = _terms(commitment, share=0.1)
    contracts.vary_commitment(begun, commitment=commitment, agreed=terms, by=owner, now=now)
    contracts.propose_variation(begun, by=owner, now=now)
    then = now + timedelta(days=9)
    contracts.sign_variation(begun, side=Side.PROVIDER, by=owner, now=now)
    contracts.sign_variation(begun, side=Side.COMMISSIONER, by=buyer, now=then)


def propose_one(contract: Contract, *, buyer: Person, now: datetime) -> None:
    """Propose to use the option to extend, with more to be reached; the provider has not signed."""
    contract = Contract.objects.get(pk=contract.pk)
    last = contract.last_ends_on
    terms = contracts.VariationTerms(
        reason=MORE, from_on=now.date(), ends_on=last, uses_option=bool(contract.extensions)
    )
    begun = contracts.begin_variation(
        contract, side=Side.COMMISSIONER, terms=terms, by=buyer, now=now
    )
    contracts.propose_variation(begun, by=buyer, now=now)


def hand_one_over(
    contract: Contract,
    *,
    to: Organisation,
    buyer: Person,
    owner: Person,
    taker: Person,
    now: datetime,
) -> None:
    """Let another organisation take over a contract, with all that was promised in it."""
    terms = contracts.HandoverTerms(
        successor=to, ground=HandoverGround.MOVES, reason=JOINED, from_on=now.date()
    )
    begun = contracts.begin_handover(contract, side=Side.PROVIDER, terms=terms, by=owner, now=now)
    contracts.propose_handover(begun, by=owner, now=now)
    for side, by in (
        (HandoverSide.PROVIDER, owner),
        (HandoverSide.SUCCESSOR, taker),
        (HandoverSide.COMMISSIONER, buyer),
    ):
        contracts.sign_handover(begun, side=side, by=by, now=now + timedelta(hours=3))


def end_one(contract: Contract, *, buyer: Person, now: datetime) -> None:
    """End a contract by notice, before its last day."""
    contract = Contract.objects.get(pk=contract.pk)
    terms = contracts.EndingTerms(
        ground=Ground.NOTICE,
        notice_on=now.date(),
        ends_on=now.date() + timedelta(days=190),
        reason=FEWER,
    )
    contracts.end_contract(contract, side=Side.COMMISSIONER, terms=terms, by=buyer, now=now)


def _in_numbers(contract: Contract) -> Commitment:
    found = contract.commitments.filter(promise__isnull=False, measure__isnull=False)
    return found.order_by("reference")[0]


def _terms(commitment: Commitment, *, share: float) -> contracts.VariedTerms:
    """Return what it says with the target moved back so far towards its baseline."""
    baseline, target = commitment.baseline or 0.0, commitment.target or 0.0
    return contracts.VariedTerms(
        baseline=commitment.baseline,
        alternative=commitment.alternative,
        target=round(target + share * (baseline - target), 2),
        due_on=commitment.due_on,
        for_whom=commitment.for_whom,
        whom=commitment.whom,
    )
