"""Comparing proposals: one sees what one may read, unknown is never nothing, and all follow one rule."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from makegood.articulate.actions import (
    PromiseTerms,
    add_promise,
    start_proposal,
    submit_proposal,
)
from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import HowKnown
from makegood.people.models import Organisation
from makegood.people.states import LegalForm
from makegood.web.queries.compare import compared, proposals_to_compare
from tests.factories import loop
from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def a_rival(cast: Cast, *, target: float, worth: int | None = None) -> Proposal:
    """Return another provider's proposal for the same need, on the same measure, and one in words."""
    need = Need.objects.get()
    mine = Proposal.objects.get()
    proposal = start_proposal(
        need=need, provider=cast.stranger, title="Another way", summary="B", by=cast.charlie
    )
    common = {"starts_on": loop.STARTS_ON, "due_on": loop.DUE_ON, "why_believed": "We saw it"}
    first = mine.promises.get()
    terms = PromiseTerms(
        for_whom="our staff",
        what_changes="fewer days lost",
        measure=first.measure,
        baseline=6.0,
        alternative=5.2,
        target=target,
        worth_low=worth and Decimal(worth),
        worth_high=worth and Decimal(worth),
        worth_source="A study" if worth else "",
        **common,  # type: ignore[arg-type]  # days and words
    )
    told = PromiseTerms(
        for_whom="people we visit",
        what_changes="they say they are heard",
        how_known=HowKnown.STORIES,
        how_gathered="By telephone",
        **common,  # type: ignore[arg-type]
    )
    for each in (terms, told):
        add_promise(proposal, terms=each, by=cast.charlie)
    return submit_proposal(proposal, by=cast.charlie)


def titles(client: Client, need: Need, **asked: str) -> list[str]:
    page = client.get(reverse("compare", args=[need.reference]), asked)
    return [entry.proposal.title for entry in page.context["entries"]]


def test_a_rival_is_compared_with_nobody_and_the_commissioner_with_all(
    cast: Cast, client: Client
) -> None:
    mine = loop.a_submitted_proposal(cast)
    rival = a_rival(cast, target=4.0)
    need = mine.need
    seen = {
        "": [],
        "alice": [mine.title],
        "charlie": [rival.title],
        "dana": [],
        "erin": [rival.title, mine.title],
        "grace": [rival.title, mine.title],
    }
    for who, shown in seen.items():
        client.logout()
        if who:
            client.force_login(getattr(cast, who))
        assert titles(client, need) == shown, who
        table = client.get(reverse("compare_table", args=[need.reference])).content.decode()
        assert (rival.title in table) is (rival.title in shown), who


def test_a_draft_is_never_compared(cast: Cast, client: Client) -> None:
    draft = loop.a_draft_promise(cast).proposal
    client.force_login(cast.alice)
    assert titles(client, draft.need) == []


def test_the_order_one_asks_for(cast: Cast, client: Client) -> None:
    mine = loop.a_submitted_proposal(cast)
    rival = a_rival(cast, target=3.0, worth=500)
    client.force_login(cast.erin)
    measure = mine.promises.get().measure
    assert measure
    assert titles(client, mine.need, order=measure.slug) == [rival.title, mine.title]
    assert titles(client, mine.need, order="worth") == [rival.title, mine.title]
    assert titles(client, mine.need, show=mine.code) == [mine.title]
    assert titles(client, mine.need, order="by height") == [rival.title, mine.title]


def test_what_is_added_is_over_the_alternative_and_said_when_it_is_worse(
    cast: Cast, client: Client
) -> None:
    mine = loop.a_submitted_proposal(cast)
    a_rival(cast, target=5.6)
    client.force_login(cast.erin)
    page = client.get(reverse("compare", args=[mine.need.reference])).content.decode()
    assert "0.7 percentage points better than the alternative" in page
    assert "0.4 percentage points worse than the alternative" in page
    assert "they say they are heard" in page


def test_the_table_says_what_the_page_says(cast: Cast, client: Client) -> None:
    mine = loop.a_submitted_proposal(cast)
    a_rival(cast, target=4.0)
    client.force_login(cast.erin)
    table = client.get(reverse("compare_table", args=[mine.need.reference])).content.decode()
    rows = {row["promise"]: row for row in csv.DictReader(io.StringIO(table))}
    assert len(rows) == 3
    own = rows[mine.promises.get().reference]
    assert float(own["added over the alternative"]) == pytest.approx(0.7)
    assert own["price in pounds"] == ""


@pytest.mark.parametrize("form", list(LegalForm)[:6])
def test_the_same_rules_hold_whatever_a_provider_is(cast: Cast, form: LegalForm) -> None:
    mine = loop.a_submitted_proposal(cast)
    a_rival(cast, target=4.0, worth=10)
    asked = {"proposals": proposals_to_compare(mine.need, person=cast.erin), "person": cast.erin}
    before = compared(mine.need, order="worth", **asked)  # type: ignore[arg-type]
    Organisation.objects.filter(pk=cast.stranger.pk).update(legal_form=form)
    asked["proposals"] = proposals_to_compare(mine.need, person=cast.erin)
    assert compared(mine.need, order="worth", **asked) == before  # type: ignore[arg-type]
