"""What changes after both sides have signed: variations at each stage, and contracts that ended early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from makegood.contract import actions
from makegood.contract.actions import Details, EndingTerms, VariationTerms, VariedTerms
from makegood.contract.models import Commitment, Contract, Ending, Variation
from makegood.contract.states import Ground, Side
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.handing_over import HANDING_OVER

FROM_ON = date(2025, 1, 1)
WHY = "Two of the three houses open later than was planned"


def variation_terms(**changes: object) -> VariationTerms:
    """Return why a contract is varied, and nothing that changes in it."""
    return replace(VariationTerms(reason=WHY, from_on=FROM_ON), **changes)  # type: ignore[arg-type]


def varied_terms(commitment: Commitment, **changes: object) -> VariedTerms:
    """Return what a commitment says as it stands, with some of it changed."""
    names = VariedTerms.__dataclass_fields__
    said = {name: getattr(commitment, name) for name in names}
    return VariedTerms(**said | changes)


def a_draft_variation(
    cast: Cast, *, contract: Contract | None = None, **changes: object
) -> Variation:
    """Return a variation that Erin writes, and in which nothing changes yet but what is given."""
    contract = contract or loop.a_signed_contract(cast)
    terms = variation_terms(**changes)
    return actions.begin_variation(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)


def a_weaker_variation(cast: Cast, *, contract: Contract | None = None) -> Variation:
    """Return a variation that Erin writes: the target of the one commitment becomes weaker."""
    variation = a_draft_variation(cast, contract=contract)
    commitment = variation.contract.commitments.get(promise__isnull=False)
    terms = varied_terms(commitment, target=4.8)
    actions.vary_commitment(variation, commitment=commitment, agreed=terms, by=cast.erin)
    return variation


def all_varied(contract: Contract, *, cast: Cast) -> Variation:
    """Return a variation that Erin writes, and that changes every commitment of a contract."""
    terms = variation_terms(from_on=contract.starts_on)
    made = actions.begin_variation(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)
    for commitment in contract.commitments.filter(is_dropped=False):
        agreed = actions.Evidence(documents="The yearly report")
        actions.vary_commitment(made, commitment=commitment, agreed=agreed, by=cast.erin)
    return made


def a_proposed_variation(cast: Cast) -> Variation:
    """Return a variation that Erin proposed to Alice."""
    return actions.propose_variation(a_weaker_variation(cast), by=cast.erin)


def sign_both(variation: Variation, *, cast: Cast) -> Variation:
    """Sign a proposed variation for both sides."""
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        actions.sign_variation(variation, side=side, by=by)
    return Variation.objects.get(pk=variation.pk)


def a_variation_on_paper(cast: Cast) -> Variation:
    """Return a variation that Erin signed by account, and the provider on paper."""
    variation = a_proposed_variation(cast)
    actions.sign_variation(variation, side=Side.COMMISSIONER, by=cast.erin)
    paper = loop.a_paper()
    actions.record_paper_variation(variation, side=Side.PROVIDER, paper=paper, by=cast.erin)
    return Variation.objects.get(pk=variation.pk)


def a_varied_contract(cast: Cast) -> Contract:
    """Return a contract whose one commitment both sides made weaker."""
    return sign_both(a_proposed_variation(cast), cast=cast).contract


def a_running_contract(cast: Cast, *, details: Details | None = None) -> Contract:
    """Return a contract in force whose last day is a year from now."""
    contract = loop.a_settled_contract(cast)
    actions.revise_contract(
        contract,
        assessor=contract.assessor,
        starts_on=contract.starts_on,
        ends_on=in_days(365),
        value=contract.value,
        by=cast.erin,
    )
    if details:
        actions.describe_contract(contract, details=details, by=cast.erin)
    return sign_both_sides(contract, cast=cast)


def sign_both_sides(contract: Contract, *, cast: Cast) -> Contract:
    """Sign a contract for both sides."""
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        actions.sign_contract(contract, side=side, by=by)
    return Contract.objects.get(pk=contract.pk)


def in_days(days: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=days)


def as_typed(name: str, day: date) -> dict[str, str]:
    """Return a day as its three fields are typed."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(number) for part, number in parts.items()}


def ending_terms(**changes: object) -> EndingTerms:
    """Return that a contract ends for a breach, a hundred days from now."""
    terms = EndingTerms(
        ground=Ground.BREACH,
        notice_on=in_days(-90),
        ends_on=in_days(100),
        reason="Nobody came for three weeks",
    )
    return replace(terms, **changes)  # type: ignore[arg-type]


def an_ended_contract(cast: Cast) -> Ending:
    """Return that Erin ended a contract."""
    contract = a_running_contract(cast)
    terms = ending_terms()
    return actions.end_contract(contract, side=Side.COMMISSIONER, terms=terms, by=cast.erin)


def _named(variation: Variation) -> dict[str, object]:
    return {"reference": variation.contract.reference, "number": variation.number}


def _commitment(variation: Variation) -> dict[str, object]:
    commitment = variation.contract.commitments.get(promise__isnull=False)
    return _named(variation) | {"commitment": commitment.reference}


VARYING: dict[str, Callable[[Cast], dict[str, object]]] = {
    "running-contract": lambda cast: {"reference": a_running_contract(cast).reference},
    "draft-variation": lambda cast: _named(a_weaker_variation(cast)),
    "draft-varied": lambda cast: _commitment(a_weaker_variation(cast)),
    "draft-varied-part": lambda cast: _commitment(a_weaker_variation(cast)) | {"part": "figures"},
    "proposed-variation": lambda cast: _named(a_proposed_variation(cast)),
    "proposed-for-provider": lambda cast: _named(a_proposed_variation(cast)) | {"side": "provider"},
    "paper-variation": lambda cast: _named(a_variation_on_paper(cast)) | {"side": "provider"},
    "variation": lambda cast: _named(sign_both(a_proposed_variation(cast), cast=cast)),
    **HANDING_OVER,
}
"""Examples of addresses of variations and handovers."""
