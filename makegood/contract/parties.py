"""Whom a contract concerns, now and before it was handed over: what permissions and queries both ask."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from makegood.articulate.queries import Reach, reach_of
from makegood.contract.models import Contract, Handover
from makegood.contract.states import SENT_HANDOVERS, HandoverState
from makegood.people.models import Organisation, Person

PROGRAMME = "proposal__need__programme"
"""The way from a contract to its programme."""


def delivered_by(reach: Reach, *, contract: str = "") -> Q:
    """Keep what belongs to contracts that an organisation of theirs delivers now.

    ``contract`` is the way from a row to its contract, with ``__`` at its end.
    """
    programme = f"{contract}{PROGRAMME}"
    promised = reach.rows(f"{contract}proposal__provider", programme=programme)
    not_handed_over = Q(**{f"{contract}taken_over_by__isnull": True})
    took_over = reach.rows(f"{contract}taken_over_by", programme=programme)
    return took_over | (not_handed_over & promised)


def ever_delivered_by(reach: Reach, *, contract: str = "") -> Q:
    """Keep what belongs to contracts that an organisation of theirs delivers, or once did."""
    programme = f"{contract}{PROGRAMME}"
    once = Handover.objects.filter(
        reach.rows("outgoing", programme=f"contract__{PROGRAMME}"), state=HandoverState.IN_FORCE
    )
    found = reach.rows(f"{contract}taken_over_by", programme=programme)
    found |= reach.rows(f"{contract}proposal__provider", programme=programme)
    return found | Q(**{f"{contract}pk__in" if contract else "pk__in": once.values("contract")})


def with_provider(
    organisations: "Sequence[Organisation] | QuerySet[Organisation]", *, contract: str = ""
) -> Q:
    """Keep what belongs to contracts that one of ``organisations`` promised, or ever delivered."""
    once = Handover.objects.filter(outgoing__in=organisations, state=HandoverState.IN_FORCE)
    found = Q(**{f"{contract}proposal__provider__in": organisations})
    found |= Q(**{f"{contract}taken_over_by__in": organisations})
    return found | Q(**{f"{contract}pk__in": once.values("contract")})


def houses_of(contract: Contract) -> set[int]:
    """Return who reads all of ``contract``, by key: its parties, who judges it, and whom it is handed to.

    Whoever once delivered it reads on what it could read (``last_round_of``).
    """
    asked = contract.handovers.filter(state__in=SENT_HANDOVERS).values_list("successor", flat=True)
    ever = {each.pk for each in contract.providers}
    return {contract.commissioner.pk, contract.assessor_id, *ever, *asked}


def is_inside(person: Person | None, *, contract: Contract) -> bool:
    """Return whether ``person`` reads all of ``contract``: for one of its houses, or as an auditor."""
    reach = reach_of(person)
    return reach.is_inside(houses_of(contract), programme=contract.proposal.need.programme_id)


def last_round_of(person: Person | None, *, contract: Contract) -> int | None:
    """Return up to which round of signatures ``person`` reads what is not public yet; None: every one.

    Whoever is inside only for a provider that handed the contract over reads up to that handover.
    """
    reach, programme = reach_of(person), contract.proposal.need.programme_id
    gone = {each.outgoing_id: each.signing_round for each in contract.handed_over}
    here = houses_of(contract) - (gone.keys() - {contract.provider.pk})
    if not gone or reach.is_inside(here, programme=programme):
        return None
    own = [last for house, last in gone.items() if reach.belongs(house, programme=programme)]
    return max(own, default=0)
