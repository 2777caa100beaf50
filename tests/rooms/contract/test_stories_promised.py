"""Who is to tell whether a promise came true, and how many at least, is promised too."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import PromiseTerms, add_promise, submit_proposal
from makegood.articulate.models import Promise, Proposal
from makegood.articulate.states import HowKnown
from makegood.contract.actions import (
    Evidence,
    agree_on,
    decide_proposal,
    dispose_promise,
    draft_contract,
    sign_contract,
)
from makegood.contract.models import Commitment, Contract
from makegood.contract.queries import Share, contracting_gap, reconcile, schedule_data
from makegood.contract.states import ContractState, Fate, Mark, Outcome, Side
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.factories.terms import terms_alone
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
FEWER = Evidence(stories_least=10, stories_from="families")


def _promised_to_be_told(cast: Cast) -> tuple[Contract, Promise]:
    """Return a draft contract of a promise that at least twenty families are to tell of."""
    draft = loop.a_draft_promise(cast)
    terms = PromiseTerms(
        for_whom="families", what_changes="they hear sooner", starts_on=loop.STARTS_ON,
        due_on=loop.DUE_ON, why_believed="We asked", how_known=HowKnown.STORIES,
        how_gathered="By telephone", told_by="families", told_least=20,
        gathered_by="Valley Voices", not_gathered_by="our staff",
    )  # fmt: skip
    told = add_promise(draft.proposal, terms=terms, by=cast.alice)
    proposal = submit_proposal(draft.proposal, by=cast.alice)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    contract = draft_contract(
        Proposal.objects.get(pk=proposal.pk), assessor=cast.assessors,
        starts_on=loop.STARTS_ON, ends_on=date(2026, 3, 31), by=cast.erin,
    )  # fmt: skip
    dispose_promise(
        Promise.objects.get(pk=draft.pk), contract=contract, fate=Fate.AS_PROMISED,
        terms=terms_alone(draft), by=cast.erin,
    )  # fmt: skip
    return contract, Promise.objects.get(pk=told.pk)


def test_as_promised_takes_over_who_tells_it_and_no_fewer(cast: Cast) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, by=cast.erin)
    owed = Commitment.objects.get(promise=promise)
    assert (owed.stories_least, owed.stories_from) == (20, "families")
    with refused("CON-67"):
        agree_on(owed, agreed=FEWER, by=cast.erin)
    said = schedule_data(contract, withheld={})["promises"][1]
    assert (
        "at least 20 families, asked by Valley Voices, and not by our staff" in said["said"][0][1]
    )


@pytest.mark.parametrize(
    "behind",
    [
        "UPDATE contract_commitment SET stories_least = 10 WHERE stories_least = 20",
        "UPDATE contract_commitment SET stories_least = NULL, stories_from = ''",
    ],
)
def test_the_database_lets_nobody_sign_fewer_as_promised(cast: Cast, behind: str) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, by=cast.erin)
    with connection.cursor() as cursor:
        cursor.execute(behind)
    with pytest.raises(Error, match="CON-67"), transaction.atomic():
        sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    assert Contract.objects.get().state == ContractState.DRAFTING


def test_the_database_lets_both_sign_fewer_as_a_change(cast: Cast) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(promise, contract=contract, fate=Fate.CHANGED, reason="Few come", by=cast.erin)
    agree_on(Commitment.objects.get(promise=promise), agreed=FEWER, by=cast.erin)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contract_disposition SET fate = 'as promised'")
    with pytest.raises(Error, match="CON-67"), transaction.atomic():
        sign_contract(contract, side=Side.COMMISSIONER, by=cast.erin)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contract_disposition SET fate = 'changed', reason = 'Few come'")
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    assert Contract.objects.get().state == ContractState.IN_FORCE


def test_fewer_stories_are_a_change_that_weakens(cast: Cast) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(promise, contract=contract, fate=Fate.CHANGED, reason="Few come", by=cast.erin)
    agree_on(Commitment.objects.get(promise=promise), agreed=FEWER, by=cast.erin)
    row = reconcile(contract, withheld={}).promised[1]
    assert [each.mark for each in row.differences] == [Mark.WEAKER]
    for side, by in ((Side.COMMISSIONER, cast.erin), (Side.PROVIDER, cast.alice)):
        sign_contract(contract, side=side, by=by)
    assert contracting_gap(now=timezone.now())[Share.WEAKENED].count == 1


def test_a_paper_is_compared_with_all_that_it_must_say(cast: Cast) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, by=cast.erin)
    client = Client()
    sign_in(client, cast.erin)
    page = client.get(
        reverse("record_paper_signature", args=[contract.reference, "provider"])
    ).content.decode()
    for said in (promise.reference, promise.what_changes, "at least 20 families"):
        assert said in page


def test_no_figures_are_asked_of_what_is_told_in_words(cast: Cast) -> None:
    contract, promise = _promised_to_be_told(cast)
    dispose_promise(
        promise, contract=contract, fate=Fate.AS_PROMISED, terms=terms_alone(promise), by=cast.erin
    )
    numbers = contract.commitments.get(measure__isnull=False)
    words = contract.commitments.get(measure__isnull=True)
    client = Client()
    sign_in(client, cast.erin)
    page = client.get(reverse("reconciliation", args=[contract.reference])).content.decode()
    of_numbers, of_words = (
        reverse("agree_figures", args=[contract.reference, owed.reference])
        for owed in (numbers, words)
    )
    assert of_numbers in page
    assert of_words not in page
    assert client.get(of_numbers).status_code == 200
    led = client.get(of_words, follow=True)
    assert led.redirect_chain[0][0] == reverse(
        "agree_evidence", args=[contract.reference, words.reference]
    )
    assert "is told in words, so no figures are asked for" in led.content.decode()
