"""A promise stays as promised through a variation that touches neither it nor the evidence for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from makegood.contract import actions
from makegood.contract.actions import Consequences, Evidence, Figures, Judging
from makegood.contract.actions.agreeing import Agreed
from makegood.contract.models import Contract
from makegood.contract.queries import Share, contracting_gap, gap_of, share_of
from makegood.contract.states import Consequence, Verification
from makegood.kernel.period import Frequency
from tests.factories import loop, varying
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
SIGNED = Evidence(
    stories_least=20,
    stories_from="families",
    documents="The yearly report",
    evidence_required="A survey of all families",
    verification=Verification.VERIFIED,
    sample=10,
)
FIGURES = Figures(frequency=Frequency.QUARTER, within_days=30)


def _varied(cast: Cast, *, agreed: Agreed, signed: Evidence = SIGNED) -> Contract:
    """Return a contract signed as promised, and varied in one part since."""
    contract = loop.a_settled_contract(cast)
    commitment = contract.commitments.get()
    for part in (signed, FIGURES):
        actions.agree_on(commitment, agreed=part, by=cast.erin)
    contract = varying.sign_both_sides(contract, cast=cast)
    variation = varying.a_draft_variation(cast, contract=contract)
    actions.vary_commitment(variation, commitment=commitment, agreed=agreed, by=cast.erin)
    actions.propose_variation(variation, by=cast.erin)
    return varying.sign_both(variation, cast=cast).contract


def _share(contract: Contract) -> Share | None:
    share = share_of(contract.proposal.promises.get(), now=timezone.now())
    assert contracting_gap(now=timezone.now())[share].count == 1  # type: ignore[index]
    assert [*gap_of(contract)] == [share]
    return share


@pytest.mark.parametrize(
    "agreed",
    [
        replace(SIGNED, stories_least=25),
        replace(SIGNED, stories_from="families and staff"),
        replace(SIGNED, sample=30),
        replace(FIGURES, frequency=Frequency.MONTH),
        replace(FIGURES, within_days=10),
        Judging(no_pool_because="Nobody else does this", looks_on=["2024-09-30"]),
        Consequences(follows=Consequence.PLAN),
    ],
)
def test_as_much_evidence_or_more_leaves_it_as_promised(cast: Cast, agreed: Agreed) -> None:
    assert _share(_varied(cast, agreed=agreed)) == Share.AS_PROMISED


def test_evidence_where_there_was_none_leaves_it_as_promised(cast: Cast) -> None:
    contract = _varied(cast, agreed=SIGNED, signed=Evidence())
    assert _share(contract) == Share.AS_PROMISED


@pytest.mark.parametrize(
    "agreed",
    [
        replace(SIGNED, stories_least=19),
        replace(SIGNED, stories_least=None, stories_from=""),
        replace(SIGNED, sample=9),
        replace(SIGNED, sample=None),
        replace(SIGNED, verification=Verification.CORROBORATED, sample=None),
        replace(SIGNED, documents=""),
        replace(SIGNED, documents="Another report"),
        replace(SIGNED, evidence_required=""),
        replace(FIGURES, frequency=Frequency.YEAR),
        Figures(),
    ],
)
def test_less_evidence_than_was_signed_makes_it_changed(cast: Cast, agreed: Agreed) -> None:
    assert _share(_varied(cast, agreed=agreed)) == Share.CHANGED


@pytest.mark.parametrize(
    ("was", "now", "share"),
    [
        (Verification.CORROBORATED, "", Share.CHANGED),
        (Verification.CORROBORATED, Verification.VERIFIED, Share.AS_PROMISED),
        (Verification.SELF_REPORTED, Verification.CORROBORATED, Share.AS_PROMISED),
    ],
)
def test_how_far_it_is_checked_counts(cast: Cast, was: str, now: str, share: Share) -> None:
    signed = Evidence(verification=was)
    contract = _varied(cast, agreed=replace(signed, verification=now), signed=signed)
    assert _share(contract) == share


def test_evidence_given_up_and_owed_again_is_as_promised(cast: Cast) -> None:
    contract = _varied(cast, agreed=replace(SIGNED, sample=5))
    again = varying.a_draft_variation(cast, contract=contract)
    commitment = contract.commitments.get()
    actions.vary_commitment(again, commitment=commitment, agreed=SIGNED, by=cast.erin)
    actions.propose_variation(again, by=cast.erin)
    assert _share(varying.sign_both(again, cast=cast).contract) == Share.AS_PROMISED


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({"target": 4.0}, Share.CHANGED),
        ({"baseline": 9.0}, Share.CHANGED),
        ({"due_on": loop.DUE_ON - timedelta(days=1)}, Share.CHANGED),
        ({"target": 4.8}, Share.WEAKENED),
        ({"is_released": True}, Share.WEAKENED),
    ],
)
def test_what_was_promised_counts_as_before(
    cast: Cast, changes: dict[str, object], share: Share
) -> None:
    variation = varying.a_draft_variation(cast)
    commitment = variation.contract.commitments.get()
    terms = varying.varied_terms(commitment, **changes)
    actions.vary_commitment(variation, commitment=commitment, agreed=terms, by=cast.erin)
    actions.propose_variation(variation, by=cast.erin)
    assert _share(varying.sign_both(variation, cast=cast).contract) == share
