"""Succession: one side says who follows whom, the other confirms it, and only then everyone sees it."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.actions import (
    Following,
    Merger,
    close_organisation,
    confirm_succession,
    decline_succession,
    entrust,
    import_organisations,
    merge_organisations,
    name_predecessor,
    name_successor,
    register_organisation,
    undo_succession,
    withdraw_succession,
)
from makegood.people.lists import read_list
from makegood.people.models import Notice, Organisation, Person, Succession
from makegood.people.queries import organisations_called
from makegood.people.states import Extent, Kind, SuccessionState
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
HOW = Following(extent=Extent.PART, since_on=date(2026, 4, 1), reason="Its nurses came to us.")


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def page(organisation: Organisation, person: Person | None = None) -> str:
    client = client_of(person) if person else Client()
    shown = client.get(reverse("organisation", args=[organisation.slug]))
    return unescape(shown.content.decode())


def said(cast: Cast) -> Succession:
    """Moor View Care says that Somebody Else follows it."""
    return name_successor(cast.provider, successor=cast.stranger, how=HOW, by=cast.alice)


def claimed_to_follow(cast: Cast, before: Organisation) -> Succession:
    """Somebody Else says that it follows another."""
    return name_predecessor(cast.stranger, predecessor=before, how=HOW, by=cast.charlie)


def nobodys(cast: Cast) -> Organisation:
    import_organisations(read_list(b"name,kind\nHill Care,provider\n"), by=cast.operator)
    return Organisation.objects.get(name="Hill Care")


def another(cast: Cast, name: str) -> Organisation:
    return register_organisation(name=name, kind=Kind.PROVIDER, is_another=True, by=cast.alice)


def test_both_pages_say_so_only_once_it_is_confirmed(cast: Cast) -> None:
    made = said(cast)
    for each in (cast.provider, cast.stranger):
        assert "Its nurses" not in page(each)
        assert "Its nurses" not in page(each, cast.frank)
    confirm_succession(made, by=cast.charlie)
    before, after = page(cast.provider), page(cast.stranger)
    assert "<dt>Followed by</dt>" in before
    assert "in a part of what it did, since 1 April 2026" in before
    assert "Its nurses came to us." in before
    assert "<dt>Follows</dt>" in after
    assert "Moor View Care" in after
    assert verify().problems == []


def test_only_the_other_side_answers_and_only_ones_own_is_taken_back(cast: Cast) -> None:
    made = said(cast)
    for act in (confirm_succession, decline_succession):
        for person in (cast.alice, cast.bob, cast.frank, cast.operator):
            with pytest.raises(NotPermitted):
                act(made, by=person)
    with pytest.raises(NotPermitted):
        withdraw_succession(made, by=cast.charlie)
    with pytest.raises(NotPermitted, match="Only an owner"):
        name_successor(cast.provider, successor=cast.stranger, how=HOW, by=cast.bob)
    with pytest.raises(NotPermitted, match="Only an owner"):
        name_predecessor(cast.stranger, predecessor=cast.provider, how=HOW, by=cast.alice)


def test_what_is_declined_or_taken_back_shows_nowhere_and_can_be_said_again(cast: Cast) -> None:
    decline_succession(said(cast), by=cast.charlie)
    made = said(cast)
    withdraw_succession(made, by=cast.alice)
    assert "Followed by" not in page(cast.provider, cast.alice)
    with pytest.raises(WrongState):
        confirm_succession(made, by=cast.charlie)
    confirm_succession(said(cast), by=cast.charlie)
    acts = Entry.objects.filter(act__endswith="_succession").values_list("act", flat=True)
    assert set(acts) == {f"{act}_succession" for act in ("name", "decline", "withdraw", "confirm")}


def test_it_is_of_another_said_once_and_not_foretold(cast: Cast) -> None:
    with refused("PEO-65"):
        name_successor(cast.provider, successor=cast.provider, how=HOW, by=cast.alice)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for how, number in (
        (Following(extent=Extent.WHOLE, since_on=tomorrow, reason="Soon"), "PEO-69"),
        (Following(extent=Extent.WHOLE, since_on=date(2026, 4, 1), reason=" "), "PEO-68"),
    ):
        with refused(number):
            name_successor(cast.provider, successor=cast.stranger, how=how, by=cast.alice)
    said(cast)
    with refused("PEO-67"):
        claimed_to_follow(cast, cast.provider)


def test_nobody_follows_what_followed_it_through_others_either(cast: Cast) -> None:
    second, third = another(cast, "Second"), another(cast, "Third")
    for before, after in ((cast.provider, second), (second, third)):
        made = name_successor(before, successor=after, how=HOW, by=cast.alice)
        confirm_succession(made, by=cast.alice)
    for before, after in ((second, cast.provider), (third, cast.provider)):
        with refused("PEO-66", saying=f"{before} follows {after}"):
            name_successor(before, successor=after, how=HOW, by=cast.alice)
    name_successor(cast.provider, successor=third, how=HOW, by=cast.alice)


def test_the_database_keeps_a_pair_once_and_nobody_after_themselves(cast: Cast) -> None:
    made = said(cast)
    for change in ({"pk": None, "public_id": None}, {"successor": cast.provider}, {"reason": ""}):
        wrong = Succession.objects.get(pk=made.pk)
        for name, value in change.items():
            setattr(wrong, name, value)
        wrong.public_id = wrong.public_id or "00000000-0000-4000-8000-000000000000"
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


@pytest.mark.parametrize("is_closed", [True, False])
def test_for_one_that_closed_or_is_nobodys_those_decide_who_are_trusted(
    cast: Cast, is_closed: bool
) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    before = cast.provider if is_closed else nobodys(cast)
    if is_closed:
        day = timezone.localdate()
        before = close_organisation(before, closed_on=day, reason="It ended.", by=cast.alice)
    made = claimed_to_follow(cast, before)
    answering = reverse("settle_succession", args=[made.public_id])
    assert answering in client_of(cast.frank).get(reverse("desk")).content.decode()
    with pytest.raises(NotPermitted):
        confirm_succession(made, by=cast.dana)
    confirm_succession(made, by=cast.frank)
    assert "<dt>Follows</dt>" in page(cast.stranger)


def test_whoever_decides_belongs_to_neither(cast: Cast) -> None:
    made = claimed_to_follow(cast, nobodys(cast))
    cast.charlie.is_staff = True
    cast.charlie.save()
    with pytest.raises(NotPermitted, match="PEO-70 You belong to Somebody Else"):
        confirm_succession(made, by=cast.charlie)
    confirm_succession(made, by=cast.operator)


def test_a_body_that_decides_is_spoken_for_by_operators_alone(cast: Cast) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    day = timezone.localdate()
    unit = close_organisation(cast.support_unit, closed_on=day, reason="Ended.", by=cast.frank)
    made = name_predecessor(cast.assessors, predecessor=unit, how=HOW, by=cast.dana)
    with pytest.raises(NotPermitted, match="Only an operator"):
        confirm_succession(made, by=cast.alice)
    confirm_succession(made, by=cast.operator)


def test_those_it_concerns_are_told(cast: Cast) -> None:
    made = said(cast)
    [asked] = Notice.objects.filter(person=cast.charlie)
    assert asked.words == (
        "Moor View Care says that Somebody Else follows Moor View Care. Is that so?"
    )
    assert asked.path == reverse("settle_succession", args=[made.public_id])
    confirm_succession(made, by=cast.charlie)
    [answered] = Notice.objects.filter(person=cast.alice)
    assert answered.words.startswith("It is confirmed")
    assert not Notice.objects.filter(person=cast.bob).exists()


def test_an_owner_says_it_on_the_page_and_the_other_answers(cast: Cast) -> None:
    naming = reverse("name_successor", args=[cast.provider.slug])
    alice = client_of(cast.alice)
    describing = alice.get(reverse("describe_organisation", args=[cast.provider.slug]))
    assert naming in describing.content.decode()
    day = {"since_on_day": 1, "since_on_month": 4, "since_on_year": 2026}
    answers = {"extent": "whole", "reason": "We merged.", **day}
    told = unescape(alice.post(naming, {"other": "somebody", **answers}).content.decode())
    assert "None is called so. Found like it: Somebody Else." in told
    assert "We merged." in told
    alice.post(naming, {"other": "somebody else", **answers})
    made = Succession.objects.get()
    taking_back = reverse("withdraw_succession", args=[made.public_id])
    assert taking_back in page(cast.provider, cast.alice)
    assert taking_back not in page(cast.provider, cast.bob)
    answering = reverse("settle_succession", args=[made.public_id])
    charlie = client_of(cast.charlie)
    assert answering in page(cast.stranger, cast.charlie)
    assert answering in charlie.get(reverse("desk")).content.decode()
    charlie.post(answering, {"answer": "yes"})
    made.refresh_from_db()
    assert made.state == SuccessionState.CONFIRMED
    assert answering not in charlie.get(reverse("desk")).content.decode()


def test_the_owner_of_one_that_closed_still_says_who_follows(cast: Cast) -> None:
    day = timezone.localdate()
    close_organisation(cast.provider, closed_on=day, reason="It ended.", by=cast.alice)
    naming = reverse("name_successor", args=[cast.provider.slug])
    assert naming in page(cast.provider, cast.alice)
    assert naming not in page(cast.provider, cast.bob)
    assert client_of(cast.alice).get(naming).status_code == 200


def test_an_organisation_is_found_by_its_name_or_the_address_of_its_page(cast: Cast) -> None:
    at = "https://makegood.example.org/organisations/moor-view-care/"
    for text in ("moor view care", " Moor View Care ", at, at[:-1], "moor-view-care"):
        assert list(organisations_called(text)) == [cast.provider]
    twin = another(cast, "Moor View Care")
    assert set(organisations_called("Moor View Care")) == {cast.provider, twin}
    assert not organisations_called("Moor").exists()


def test_what_was_confirmed_by_mistake_is_undone_by_whoever_decides(cast: Cast) -> None:
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    made = confirm_succession(said(cast), by=cast.charlie)
    undoing = reverse("undo_succession", args=[made.public_id])
    for person in (cast.alice, cast.charlie, cast.bob, cast.grace):
        assert undoing not in page(cast.provider, person)
        with pytest.raises(NotPermitted):
            undo_succession(made, reason="A slip", by=person)
    with refused("PEO-94"):
        undo_succession(made, reason=" ", by=cast.frank)
    frank = client_of(cast.frank)
    for each in (cast.provider, cast.stranger):
        assert undoing in page(each, cast.frank)
    frank.post(undoing, {"reason": ""})
    assert "<dt>Followed by</dt>" in page(cast.provider)
    frank.post(undoing, {"reason": "The nurses went elsewhere."})
    made.refresh_from_db()
    assert (made.state, made.undoing_reason) == (
        SuccessionState.UNDONE,
        "The nurses went elsewhere.",
    )
    for each in (cast.provider, cast.stranger):
        assert "Its nurses" not in page(each)
    for owner in (cast.alice, cast.charlie):
        told = Notice.objects.filter(person=owner).latest("pk").words
        assert told.startswith("It no longer stands that")
        assert told.endswith("The nurses went elsewhere.")
    assert verify().problems == []
    with pytest.raises(WrongState):
        undo_succession(made, reason="Again", by=cast.frank)
    confirm_succession(said(cast), by=cast.charlie)


def test_owners_are_told_who_undoes_what_they_confirmed(cast: Cast) -> None:
    told = "An operator of this Makegood undoes it, or a support unit that decides on claims."
    made = said(cast)
    assert told not in page(cast.provider, cast.alice)
    confirm_succession(made, by=cast.charlie)
    for house, owner in ((cast.provider, cast.alice), (cast.stranger, cast.charlie)):
        assert told in page(house, owner)
        assert told not in page(house, cast.bob)
        assert told not in page(house)
        with pytest.raises(NotPermitted, match="so neither takes it back"):
            undo_succession(made, reason="A slip", by=owner)
        undoing = client_of(owner).get(reverse("undo_succession", args=[made.public_id]))
        assert undoing.status_code == 403
        assert told in unescape(undoing.content.decode())
    undo_succession(made, reason="A slip", by=cast.operator)
    assert told not in page(cast.provider, cast.alice)


def test_nobody_undoes_what_is_of_their_own(cast: Cast) -> None:
    made = confirm_succession(said(cast), by=cast.charlie)
    cast.charlie.is_staff = True
    cast.charlie.save()
    with pytest.raises(NotPermitted, match="PEO-70 You belong to Somebody Else"):
        undo_succession(made, reason="A slip", by=cast.charlie)
    assert reverse("undo_succession", args=[made.public_id]) not in page(
        cast.stranger, cast.charlie
    )


def test_the_database_undoes_nothing_without_a_reason(cast: Cast) -> None:
    made = confirm_succession(said(cast), by=cast.charlie)
    for change in ({"state": SuccessionState.UNDONE}, {"undoing_reason": "So"}):
        wrong = Succession.objects.filter(pk=made.pk)
        with pytest.raises(IntegrityError, match="undone"), transaction.atomic():
            wrong.update(**change)


def test_whom_a_merger_took_meanwhile_is_who_stayed(cast: Cast) -> None:
    goes = another(cast, "Twin")
    merger = Merger(goes=goes, stays=cast.assessors, reason="One", members_join=False)
    Organisation.objects.filter(pk=cast.assessors.pk).update(kind=Kind.PROVIDER)
    merge_organisations(merger, by=cast.operator)
    made = name_successor(cast.provider, successor=goes, how=HOW, by=cast.alice)
    assert made.successor == cast.assessors
    with pytest.raises(NotPermitted):
        name_successor(goes, successor=cast.provider, how=HOW, by=cast.alice)
