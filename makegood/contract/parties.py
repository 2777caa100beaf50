"""Whom a contract concerns, now and before it was handed over: what permissions and queries both ask."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from makegood.articulate.queries import Reach, reach_of
from makegood.contract.models import Contract, Handover, Signature
from makegood.contract.states import SENT_HANDOVERS, HandoverSide, HandoverState
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
    once = handed_over_by(reach)
    found = reach.rows(f"{contract}taken_over_by", programme=programme)
    found |= reach.rows(f"{contract}proposal__provider", programme=programme)
    return found | Q(**{f"{contract}pk__in" if contract else "pk__in": once.values("contract")})


def handed_over_by(reach: Reach) -> "QuerySet[Handover]":
    """Return the handovers in force by which an organisation of theirs left a contract."""
    own = reach.rows("outgoing", programme=f"contract__{PROGRAMME}")
    return Handover.objects.filter(own, state=HandoverState.IN_FORCE)


def asked_to_take_over(reach: Reach) -> Q:
    """Keep the contracts that an organisation of theirs is asked to take over."""
    programme = f"contract__{PROGRAMME}"
    asked = Handover.objects.filter(
        reach.rows("successor", programme=programme), state__in=SENT_HANDOVERS
    )
    return Q(pk__in=asked.values("contract"))


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

    Whoever once delivered it reads on what it could read (``left_by``).
    """
    ever = {each.pk for each in contract.providers}
    return {contract.commissioner.pk, contract.assessor_id, *ever, *_asked(contract)}


def is_inside(person: Person | None, *, contract: Contract) -> bool:
    """Return whether ``person`` reads all of ``contract``: for one of its houses, or as an auditor."""
    reach = reach_of(person)
    return reach.is_inside(houses_of(contract), programme=contract.proposal.need.programme_id)


def is_party(person: Person | None, *, contract: Contract) -> bool:
    """Return whether ``person`` reads what is withheld: for a party of today, its assessor, or as an auditor.

    A successor is one from when both parties of before agree to it.
    """
    agreed = contract.handovers.filter(
        Exists(_signed_by_another(OuterRef("side")))
        | Q(side=HandoverSide.COMMISSIONER, outgoing__closed_on__isnull=False),
        state__in=SENT_HANDOVERS,
    )
    houses = {contract.commissioner.pk, contract.assessor_id, contract.provider.pk}
    houses |= set(agreed.values_list("successor", flat=True))
    return reach_of(person).is_inside(houses, programme=contract.proposal.need.programme_id)


def _signed_by_another(proposer: OuterRef) -> "QuerySet[Signature]":
    """Return the signatures of a handover by the party of before that did not propose it."""
    held = Signature.objects.filter(
        contract=OuterRef("contract"), signing_round=OuterRef("signing_round")
    )
    return held.exclude(side=HandoverSide.SUCCESSOR).exclude(side=proposer)


def left_by(person: Person | None, *, contract: Contract) -> Handover | None:
    """Return the handover by which ``person`` left: they are inside for a provider of before alone.

    They read what was there until then; of what came after, what everyone reads.
    """
    gone = {each.outgoing_id: each for each in contract.handed_over}
    if not gone:
        return None
    reach, programme = reach_of(person), contract.proposal.need.programme_id
    here = {contract.commissioner.pk, contract.assessor_id, contract.provider.pk, *_asked(contract)}
    if reach.is_inside(here, programme=programme):
        return None
    own = [each for house, each in gone.items() if reach.belongs(house, programme=programme)]
    return own[-1] if own else None


def _asked(contract: Contract) -> "QuerySet[Handover, int]":
    asked = contract.handovers.filter(state__in=SENT_HANDOVERS)
    return asked.values_list("successor", flat=True)
