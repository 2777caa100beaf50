"""What a proposal says of its price and days stands in the form of its contract, to be changed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import submit_proposal
from makegood.articulate.models import Proposal
from makegood.contract.actions import decide_proposal
from makegood.contract.models import Contract
from makegood.contract.queries import Offered, frame_offered
from makegood.contract.states import Outcome
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.proposals import a_whole_draft
from tests.factories.sign_in import sign_in

pytestmark = pytest.mark.django_db
PARTS = ("day", "month", "year")


def test_words_say_where_a_price_comes_from() -> None:
    assert Offered().price_in_words == ""
    offered = Offered(value=Decimal(12500), years=1)
    assert offered.price_in_words == "The price in the proposal is £12,500, over 1 year."


def test_the_draft_begins_from_the_price_and_days_of_the_proposal(cast: Cast) -> None:
    proposal = submit_proposal(a_whole_draft(cast), by=cast.alice)
    decide_proposal(proposal, outcome=Outcome.APPROVED, reasons="Good", by=cast.erin)
    proposal = Proposal.objects.get(pk=proposal.pk)
    offered = frame_offered(proposal, person=cast.erin)
    assert offered.value == 1200 * offered.years > 0
    assert (offered.starts_on, offered.ends_on) == (loop.STARTS_ON, loop.DUE_ON)
    client = Client()
    sign_in(client, cast.erin)
    page = client.get(reverse("draft_contract", args=[proposal.code]))
    assert page.context["form"].initial["value"] == offered.value
    assert offered.price_in_words in page.content.decode()
    assert "The last promise is due on" in page.content.decode()
    given = {
        "assessor": cast.assessors.slug,
        **{f"starts_on_{part}": of for part, of in zip(PARTS, (1, 4, 2027), strict=True)},
        **{f"ends_on_{part}": of for part, of in zip(PARTS, (31, 3, 2028), strict=True)},
        "value": "99",
    }
    client.post(reverse("draft_contract", args=[proposal.code]), given)
    contract = Contract.objects.get()
    assert contract.value == 99
    again = client.get(reverse("revise_contract", args=[contract.reference]))
    assert again.context["form"].initial["value"] == 99
    assert offered.price_in_words in again.content.decode()


def test_without_a_price_nothing_is_filled_in(cast: Cast) -> None:
    proposal = loop.an_approved_promise(cast).proposal
    assert frame_offered(proposal, person=cast.erin).value is None
    client = Client()
    sign_in(client, cast.erin)
    page = client.get(reverse("draft_contract", args=[proposal.code])).content.decode()
    assert "The price in the proposal" not in page
