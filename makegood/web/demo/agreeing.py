"""What both sides agree in the commitments of the example, and what they contract besides."""

from datetime import datetime

from makegood.articulate.states import HowKnown
from makegood.contract import actions as contracts
from makegood.contract.models import Commitment, Contract
from makegood.contract.states import Consequence, Verification
from makegood.kernel.period import add_months, first_day, name_month
from makegood.people.models import Person

NEIGHBOURS = "neighbours of the people who use the service"
KNOWN = "they know whom to ring when they worry"
CONSEQUENCE = contracts.Consequences(
    follows=Consequence.PLAN,
    consequence="Within 30 days; both sides look at it again after three months.",
)


def agree_whole(contract: Contract, *, by: Person, now: datetime) -> None:
    """Agree every part of each commitment of ``contract``, while nobody has signed it."""
    for commitment in contract.commitments.filter(is_dropped=False).select_related("measure"):
        parts = (_evidence(commitment), CONSEQUENCE, _figures(commitment))
        for part in parts if commitment.measure else parts[:2]:
            contracts.agree_on(commitment, agreed=part, by=by, now=now)


def add_what_was_not_promised(contract: Contract, *, by: Person, now: datetime) -> None:
    """Contract something that nobody promised."""
    terms = contracts.AdditionalTerms(
        for_whom=NEIGHBOURS,
        what_changes=KNOWN,
        how_known=HowKnown.STORIES,
        starts_on=contract.starts_on,
        due_on=contract.ends_on,
    )
    contracts.add_commitment(contract, terms=terms, by=by, now=now)


def _figures(commitment: Commitment) -> contracts.Figures:
    first = add_months(first_day(commitment.starts_on), -12)
    last = add_months(first_day(commitment.starts_on), -1)
    halfway = commitment.starts_on + (commitment.due_on - commitment.starts_on) / 2
    baseline, target = commitment.baseline or 0.0, commitment.target or 0.0
    return contracts.Figures(
        baseline_period=f"{name_month(first)} to {name_month(last)}",
        baseline_source="the service’s own records",
        frequency=commitment.measure.frequency if commitment.measure else "",
        within_days=20,
        trajectory=[{"on": halfway.isoformat(), "target": round((baseline + target) / 2, 2)}],
    )


def _evidence(commitment: Commitment) -> contracts.Evidence:
    tells = commitment.how_known != HowKnown.NUMBERS
    return contracts.Evidence(
        stories_least=commitment.stories_least or (10 if tells else None),
        stories_from=commitment.stories_from or (commitment.for_whom if tells else ""),
        documents="The yearly report to the board",
        verification=Verification.VERIFIED,
        sample=20,
    )
