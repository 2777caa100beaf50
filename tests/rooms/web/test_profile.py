"""The page of one organisation: all that is public of it, in few questions, and no more than that."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from makegood.people.actions import (
    add_area,
    add_contact,
    add_identifier,
    load_areas,
    make_offer,
)
from makegood.people.models import Area, Organisation
from makegood.people.states import OfferKind, OfferSide, ShownTo
from tests.factories import loop
from tests.factories.cast import Cast

MOST_QUERIES = 13


def shown(organisation: Organisation, client: Client | None = None) -> str:
    page = (client or Client()).get(reverse("organisation", args=[organisation.slug]))
    return page.content.decode()


def test_days_are_told_whole(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    shown = Client().get(reverse("organisation", args=[cast.provider.slug])).content.decode()
    day = f"{timezone.localdate(cast.provider.registered_at):%-d %B %Y}"
    assert f"<dt>Here since</dt><dd>{day}</dd>" in shown
    assert f"{contract.starts_on:%-d %B %Y} to {contract.ends_on:%-d %B %Y}" in shown


def test_promises_contracts_and_findings_stand_on_it(cast: Cast) -> None:
    finding = loop.a_published_finding(cast)
    contract = finding.commitment.contract
    for organisation in (cast.provider, cast.commissioner, cast.assessors):
        page = shown(organisation)
        assert reverse("contract", args=[contract.reference]) in page
        assert reverse("promise", args=[finding.commitment.promise.reference]) in page
        assert "Found by Fair Findings" in page
    assert "Promised to it" in shown(cast.commissioner)
    assert "What it promised" in shown(cast.provider)
    assert contract.reference not in shown(cast.stranger)


@pytest.mark.parametrize("make", [loop.a_draft_contract, loop.a_sent_finding])
def test_what_is_not_public_stands_on_nobodys_page(cast: Cast, make: object) -> None:
    assert callable(make)
    make(cast)
    client = Client()
    client.force_login(cast.charlie)
    for page in (shown(cast.provider), shown(cast.provider, client)):
        assert "Found by" not in page
        if make is loop.a_draft_contract:
            assert "Contracts</h2>" not in page


def test_a_draft_contract_is_not_listed_for_its_own_parties_either(cast: Cast) -> None:
    loop.a_draft_contract(cast)
    client = Client()
    client.force_login(cast.alice)
    assert "Contracts</h2>" not in shown(cast.provider, client)


def test_only_who_may_describe_it_is_asked_to(cast: Cast) -> None:
    way_in = reverse("describe_organisation", args=[cast.provider.slug])
    seen = {}
    for person in (cast.alice, cast.bob, cast.charlie):
        client = Client()
        client.force_login(person)
        seen[person.name] = way_in in shown(cast.provider, client)
    assert seen == {"Alice": True, "Bob": False, "Charlie": False}


def describe(cast: Cast, *, kind: str, begin: int) -> None:
    """Say five more of everything."""
    for number, area in enumerate(Area.objects.filter(kind=kind)[:5], start=begin):
        add_area(cast.provider, area=area, by=cast.alice)
        add_identifier(cast.provider, scheme="GB-CHC", value=f"10900{number}", by=cast.alice)
        make_offer(
            cast.provider,
            side=OfferSide.OFFER,
            kind=OfferKind.SKILL,
            words=f"Skill {number}",
            by=cast.alice,
        )
        add_contact(
            cast.provider,
            name=f"Desk {number}",
            email="desk@example.org",
            shown_to=ShownTo.EVERYONE,
            by=cast.alice,
        )


def test_the_page_asks_no_more_for_more(cast: Cast) -> None:
    load_areas()
    loop.a_published_finding(cast)
    counts = []
    for kind, begin in (("region", 10), ("county", 20)):
        describe(cast, kind=kind, begin=begin)
        shown(cast.provider)
        with CaptureQueriesContext(connection) as queries:
            shown(cast.provider)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES
