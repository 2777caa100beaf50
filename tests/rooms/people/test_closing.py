"""Closing: with a day and a reason, not in mid-contract, and opened again by operators alone."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import start_proposal, submit_proposal
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import (
    ask_for_adviser,
    close_organisation,
    end_membership,
    make_offer,
    register_organisation,
    reopen_organisation,
    take_advice,
)
from makegood.people.directory import Sought, organisations_found
from makegood.people.models import Membership, Notice, Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import (
    advice_asked_of,
    advice_given_by,
    advice_to,
    open_organisations,
    organisations_where,
    organisations_writing,
)
from makegood.people.states import AdviceState, Kind, OfferKind, OfferSide, Right
from tests.factories import examples, loop
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
REASON = "Its nurses went back to the hospital."


def close(organisation: Organisation, *, by: Person, on: date | None = None) -> Organisation:
    day = on or timezone.localdate()
    now = datetime.combine(day, time(12), tzinfo=UTC)
    return close_organisation(organisation, closed_on=day, reason=REASON, by=by, now=now)


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def test_a_closed_organisation_stays_and_says_when_and_why(cast: Cast) -> None:
    close(cast.provider, by=cast.alice, on=date(2026, 4, 1))
    page = Client().get(reverse("organisation", args=[cast.provider.slug])).content.decode()
    assert "Closed on 1 April 2026." in page
    assert REASON in page
    found = Client().get(reverse("organisations"), {"q": "Moor View"}).content.decode()
    assert "Moor View Care" in found
    assert "Closed</strong>" in found
    assert verify().problems == []


@pytest.mark.parametrize("right", [Right.WRITE, Right.SIGN, Right.ORGANISE])
def test_a_closed_organisation_takes_no_new_acts(cast: Cast, right: Right) -> None:
    closed = close(cast.provider, by=cast.alice, on=date(2026, 4, 1))
    may = can_act_for(cast.alice, organisation=closed, right=right)
    assert (bool(may), may.reason) == (False, "Moor View Care closed on 1 April 2026.")
    assert not organisations_where(cast.alice, right=right, kind=Kind.PROVIDER).exists()
    with pytest.raises(NotPermitted, match="closed on"):
        make_offer(
            closed, side=OfferSide.OFFER, kind=OfferKind.PLACE, words="A hall", by=cast.alice
        )


def test_nobody_claims_what_closed_nor_takes_what_it_offered(cast: Cast) -> None:
    for side in OfferSide:
        make_offer(cast.provider, side=side, kind=OfferKind.PLACE, words="A hall", by=cast.alice)
    page = reverse("organisation", args=[cast.provider.slug])
    claiming = reverse("claim_organisation", args=[cast.provider.slug])
    charlie = client_of(cast.charlie)
    shown = charlie.get(page).content.decode()
    assert ("A hall" in shown, claiming in shown) == (True, True)
    closed = close(cast.provider, by=cast.alice, on=date(2026, 4, 1))
    shown = charlie.get(page).content.decode()
    assert ("A hall" in shown, claiming in shown) == (False, False)
    assert charlie.get(claiming).status_code == 403
    assert not organisations_found(Sought(offers=OfferKind.PLACE)).exists()
    with pytest.raises(NotPermitted, match="closed on 1 April 2026"):
        examples.a_claim(closed, by=cast.charlie)


def test_the_table_says_which_closed(cast: Cast) -> None:
    make_offer(
        cast.provider, side=OfferSide.NEED, kind=OfferKind.PLACE, words="A hall", by=cast.alice
    )
    close(cast.provider, by=cast.alice, on=date(2026, 4, 1))
    table = Client().get(reverse("organisations_table")).content.decode()
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(table))}
    assert rows["Moor View Care"]["closed on"] == "2026-04-01"
    assert rows["Moor View Care"]["needs"] == ""
    assert rows["Somebody Else"]["closed on"] == ""


def test_nobody_proposes_to_a_commissioner_that_closed(cast: Cast) -> None:
    promise = loop.a_draft_promise(cast)
    need = promise.proposal.need
    page = reverse("need", args=[need.reference])
    proposing = reverse("start_proposal", args=[need.reference])
    alice = client_of(cast.alice)
    assert proposing in alice.get(page).content.decode()
    close(cast.commissioner, by=cast.erin)
    shown = alice.get(page).content.decode()
    assert proposing not in shown
    assert "takes no more proposals" in shown
    with refused("ART-10", saying="Valley Council closed on"):
        start_proposal(need=need, provider=cast.provider, title="T", summary="S", by=cast.alice)
    with refused("ART-10"):
        submit_proposal(promise.proposal, by=cast.alice)


def test_a_closed_assessor_is_not_offered_for_a_contract(cast: Cast) -> None:
    assert cast.assessors in open_organisations(kind=Kind.ASSESSOR)
    close(cast.assessors, by=cast.dana)
    assert cast.assessors not in open_organisations(kind=Kind.ASSESSOR)


def test_its_members_still_come_and_go(cast: Cast) -> None:
    closed = close(cast.provider, by=cast.alice)
    assert can_act_for(cast.alice, organisation=closed, right=Right.MANAGE)
    bob = Membership.objects.current().get(organisation=closed, person=cast.bob)
    end_membership(bob, by=cast.alice)
    assert not Membership.objects.current().filter(pk=bob.pk).exists()


@pytest.mark.parametrize("is_taken", [True, False])
def test_advice_ends_when_the_group_closes(cast: Cast, is_taken: bool) -> None:
    asked = examples.some_advice(cast)
    if is_taken:
        take_advice(asked, adviser=cast.frank, by=cast.frank)
    Notice.objects.all().delete()
    close(cast.provider, by=cast.alice)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at is not None) == (AdviceState.ENDED, True)
    assert Entry.objects.filter(act="end_advice", subject=asked.ledger_subject).count() == 1
    told = Notice.objects.get(person=cast.frank)
    given = "The Support Unit advises Moor View Care no longer."
    assert told.words == (
        f"{given if is_taken else 'Moor View Care needs no adviser of The Support Unit.'} "
        "Moor View Care closed."
    )
    assert client_of(cast.frank).get(told.path).status_code == 200
    assert not advice_given_by(cast.frank).exists()
    assert not advice_asked_of(cast.frank).exists()
    assert verify().problems == []


def test_advice_ends_when_the_support_unit_closes(cast: Cast) -> None:
    asked = examples.some_advice(cast)
    take_advice(asked, adviser=cast.frank, by=cast.frank)
    Notice.objects.all().delete()
    close(cast.support_unit, by=cast.frank)
    assert advice_to(cast.provider) is None
    told = Notice.objects.get(person=cast.alice)
    assert told.words.endswith("advises Moor View Care no longer. The Support Unit closed.")
    other = register_organisation(name="Unit", kind=Kind.SUPPORT_UNIT, by=cast.erin)
    with refused("PEO-46", saying="Nobody advises at The Support Unit"):
        ask_for_adviser(cast.provider, unit=cast.support_unit, by=cast.alice)
    ask_for_adviser(cast.provider, unit=other, by=cast.alice)


def test_nobody_closes_in_mid_contract(cast: Cast) -> None:
    contract = loop.a_signed_contract(cast)
    for organisation, owner in (
        (cast.provider, cast.alice),
        (cast.commissioner, cast.erin),
        (cast.assessors, cast.dana),
    ):
        with refused("PEO-62", saying=f"contract {contract.reference} is in force"):
            close(organisation, by=owner, on=contract.ends_on)
    close(cast.stranger, by=cast.charlie, on=contract.ends_on)
    close(cast.provider, by=cast.alice, on=contract.ends_on + timedelta(days=1))


def test_only_an_owner_closes_and_only_an_operator_opens_again(cast: Cast) -> None:
    with pytest.raises(NotPermitted, match="Only an owner"):
        close(cast.provider, by=cast.bob)
    closed = close(cast.provider, by=cast.alice)
    with refused("PEO-64", saying="already"):
        close(closed, by=cast.alice)
    with refused("PEO-63", saying="Only an operator"):
        reopen_organisation(closed, by=cast.alice)
    opened = reopen_organisation(closed, by=cast.operator)
    assert can_act_for(cast.alice, organisation=opened, right=Right.WRITE)
    assert opened in organisations_writing(cast.alice)


def test_the_database_keeps_no_closing_without_a_reason(cast: Cast) -> None:
    cast.provider.closed_on = date(2026, 4, 1)
    with pytest.raises(IntegrityError, match="reason"), transaction.atomic():
        cast.provider.save()


def test_the_way_in_is_where_it_is_described(cast: Cast) -> None:
    slug = cast.provider.slug
    closing, client = reverse("close_organisation", args=[slug]), client_of(cast.alice)
    describing = reverse("describe_organisation", args=[slug])
    assert closing in client.get(describing).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    day = {f"closed_on_{part}": getattr(tomorrow, part) for part in ("day", "month", "year")}
    told = client.post(closing, {**day, "reason": REASON}).content.decode()
    assert "That day is to come" in told
    assert REASON in told
    client.post(closing, {**day, "closed_on_year": 2024, "closed_on_day": 1, "reason": REASON})
    cast.provider.refresh_from_db()
    assert cast.provider.closing_reason == REASON


def test_an_operator_opens_it_again_on_the_page(cast: Cast) -> None:
    close(cast.provider, by=cast.alice)
    opening, client = (
        reverse("reopen_organisation", args=[cast.provider.slug]),
        client_of(cast.operator),
    )
    page = reverse("organisation", args=[cast.provider.slug])
    assert opening in client.get(page).content.decode()
    client.post(opening)
    assert Organisation.objects.get(pk=cast.provider.pk).closed_on is None
