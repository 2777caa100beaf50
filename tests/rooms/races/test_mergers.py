"""While one entry merges into another: what is done meanwhile goes along, or is refused."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.utils import timezone

from makegood.articulate.actions import (
    start_proposal,
)
from makegood.kernel.refusal import NotPermitted, Refused
from makegood.people.actions import (
    Merger,
    MotivesSaid,
    accept_invitation,
    add_contact,
    ask_motives_again,
    close_offer,
    confirm_succession,
    import_organisations,
    invite,
    make_offer,
    merge_organisations,
    register_organisation,
    state_motives,
    take_down_contact,
)
from makegood.people.lists import read_list
from makegood.people.models import (
    Contact,
    Membership,
    Notice,
    Organisation,
    Succession,
)
from makegood.people.permissions import can_act_for
from makegood.people.states import (
    Appointment,
    Became,
    ClaimState,
    Kind,
    Motive,
    OfferKind,
    OfferSide,
    Right,
    Role,
    ShownTo,
    SuccessionState,
)
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.examples import a_claim, a_succession
from tests.factories.loop import (
    a_published_need,
)
from tests.factories.racing import at_once, failed, overtaking
from tests.factories.twins import merge, twin

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_that_are_merged_into_each_other_at_once_leave_one(cast: Cast) -> None:
    merge = partial(merge_organisations, by=cast.operator)
    one, other = cast.provider, cast.stranger
    ways = [
        Merger(goes=goes, stays=stays, reason="They are one", members_join=True)
        for goes, stays in ((one, other), (other, one))
    ]
    [told] = failed(at_once(*(partial(merge, way) for way in ways)))
    assert isinstance(told, Refused)
    assert told.number == "PEO-73"
    assert Organisation.objects.filter(merged_into=None, pk__in=(one.pk, other.pk)).count() == 1


def test_one_that_is_merged_twice_at_once_goes_to_one_with_all_it_has(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    add_contact(goes, name="Desk", email="d@example.org", shown_to=ShownTo.MEMBERS, by=cast.dana)
    make_offer(goes, side=OfferSide.OFFER, kind=OfferKind.PLACE, words="A hall", by=cast.dana)
    a_claim(goes, by=cast.frank)
    ways = [
        Merger(goes=goes, stays=stays, reason="They are one", members_join=True)
        for stays in (cast.provider, cast.stranger)
    ]
    [told] = failed(
        at_once(*(partial(merge_organisations, each, by=cast.operator) for each in ways))
    )
    assert isinstance(told, Refused)
    assert told.number == "PEO-73"
    goes.refresh_from_db()
    stays = goes.merged_into
    assert stays
    assert f"Twin was merged into {stays} already." in told.sentence
    assert Contact.objects.get().organisation == stays
    assert goes.offers.count() == 0
    assert stays.offers.count() == stays.claims.filter(state=ClaimState.OPEN).count() == 1
    assert Membership.objects.current().filter(organisation=stays, person=cast.dana).exists()


def test_a_chain_of_mergers_at_once_leaves_nothing_on_the_way(cast: Cast) -> None:
    houses = [
        register_organisation(name=f"House {n}", kind=Kind.PROVIDER, by=cast.dana) for n in range(4)
    ]
    for each in houses[:-1]:
        make_offer(
            each, side=OfferSide.OFFER, kind=OfferKind.PLACE, words=f"Of {each}", by=cast.dana
        )
        a_claim(each, by=newcomer(f"claimant{each.pk}"))
    ways = [Merger(goes=a, stays=b, reason="One", members_join=True) for a, b in pairwise(houses)]
    told = failed(at_once(*(partial(merge_organisations, each, by=cast.operator) for each in ways)))
    assert all(isinstance(error, Refused) for error in told), told
    for each in Organisation.objects.filter(merged_into__isnull=False):
        stays = each.merged_into
        assert stays
        assert stays.merged_into is None
        assert not each.offers.filter(closed_at=None).exists()
        assert not each.claims.filter(state=ClaimState.OPEN).exists()
        assert not Membership.objects.current().filter(organisation=each).exists()
    assert sum(each.offers.filter(closed_at=None).count() for each in houses) == 3


def test_what_came_before_a_merger_at_the_last_moment_is_held_with_it(cast: Cast) -> None:
    houses = [
        register_organisation(name=f"House {n}", kind=Kind.PROVIDER, by=cast.dana) for n in range(4)
    ]
    merge = partial(merge_organisations, by=cast.operator)
    ways = [Merger(goes=a, stays=b, reason="One", members_join=True) for a, b in pairwise(houses)]
    onto, middle, away = (partial(merge, way) for way in ways)
    outcomes = overtaking(middle, second=partial(at_once, onto, away))
    assert isinstance(outcomes, list)
    told = failed(outcomes)
    assert all(isinstance(error, Refused) for error in told), told
    assert "PEO-73" in {error.number for error in told if isinstance(error, Refused)}
    if len(told) > 1:  # it saw the one between open still, and was asked to look again
        merge(ways[-1])
    led = Organisation.objects.filter(merged_into=houses[3])
    assert set(led) == {houses[1], houses[2]}


def test_followers_named_of_what_was_merged_wait_for_nobody_for_ever(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    before, after = [], []
    for n in range(5):
        old = register_organisation(name=f"Old {n}", kind=Kind.PROVIDER, by=cast.dana)
        merge_organisations(
            Merger(goes=old, stays=goes, reason="One", members_join=False), by=cast.operator
        )
        before.append(old)
        after.append(register_organisation(name=f"New {n}", kind=Kind.PROVIDER, by=cast.dana))
    merger = Merger(goes=goes, stays=cast.provider, reason="One", members_join=False)
    told = failed(
        at_once(
            partial(merge_organisations, merger, by=cast.operator),
            *(
                partial(a_succession, before=new, after=old, by=cast.dana)
                for old, new in zip(before, after, strict=True)
            ),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    named = Succession.objects.filter(state=SuccessionState.NAMED)
    assert not named.filter(successor__merged_into__isnull=False).exists()


def test_what_is_done_for_an_organisation_while_it_merges_is_told_or_goes_along(
    cast: Cast,
) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    asked = Appointment(role=Role.READER)
    invited = invite(goes, email=cast.erin.email, appointment=asked, by=cast.dana)
    named = a_succession(before=goes, after=cast.stranger, by=cast.dana)
    offer = partial(make_offer, side=OfferSide.OFFER, kind=OfferKind.PLACE, by=cast.dana)
    standing = offer(goes, words="A hall")
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    told = failed(
        at_once(
            partial(accept_invitation, invited, by=cast.erin),
            partial(confirm_succession, named, by=cast.charlie),
            partial(offer, goes, words="A bus"),
            partial(close_offer, standing, by=cast.dana),
            partial(a_claim, goes, by=cast.frank),
            partial(state_motives, goes, said=MotivesSaid(motives=[Motive.AUTONOMY]), by=cast.dana),
            partial(merge_organisations, merger, by=cast.operator),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    assert not Membership.objects.current().filter(organisation=goes).exists()
    assert not goes.offers.filter(closed_at=None).exists()
    assert not goes.motive_answers.filter(superseded_at=None).exists()
    assert not goes.claims.filter(state=ClaimState.OPEN).exists()


def test_contacts_taken_down_while_it_merges_make_nobody_wait_for_ever(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    named = [
        add_contact(
            goes, name=f"Bob {n}", email=cast.bob.email, shown_to=ShownTo.MEMBERS, by=cast.dana
        )
        for n in range(8)
    ]
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    told = failed(
        at_once(
            partial(merge_organisations, merger, by=cast.operator),
            *(partial(take_down_contact, each, by=cast.bob) for each in named),
        )
    )
    assert all(isinstance(error, Refused) for error in told), told
    for each in Contact.objects.filter(pk__in=[each.pk for each in named], removed_at=None):
        take_down_contact(each, by=cast.bob)
    assert not Contact.objects.exclude(name="").exists()


def test_an_owner_that_a_list_names_is_of_the_one_that_stays(cast: Cast) -> None:
    rows = read_list(f"name,kind,owner\nHill Care,provider,{cast.bob.email}\n".encode())
    import_organisations(read_list(b"name,kind\nHill Care,provider\n"), by=cast.operator)
    goes = Organisation.objects.get(name="Hill Care")
    stays = register_organisation(name="Dale Care", kind=Kind.PROVIDER, by=cast.dana)
    merger = Merger(goes=goes, stays=stays, reason="They are one", members_join=False)
    [told] = overtaking(
        partial(merge_organisations, merger, by=cast.operator),
        second=partial(import_organisations, rows, by=cast.operator),
    )
    assert told.became == Became.THERE
    assert not Membership.objects.current().filter(organisation=goes).exists()


def test_whoever_is_asked_again_why_is_asked_where_the_answer_went(cast: Cast) -> None:
    goes = register_organisation(name="Twin", kind=Kind.PROVIDER, by=cast.dana)
    said = MotivesSaid(motives=[Motive.AUTONOMY])
    state_motives(goes, said=said, by=cast.dana, now=timezone.now() - timedelta(days=400))
    merger = Merger(goes=goes, stays=cast.provider, reason="They are one", members_join=False)
    asked = overtaking(
        partial(merge_organisations, merger, by=cast.operator), second=ask_motives_again
    )
    assert asked == 1
    assert Notice.objects.get(path__endswith="/motives/").organisation == cast.provider


def test_no_proposal_begins_in_the_name_of_one_that_is_merged_meanwhile(cast: Cast) -> None:
    merger = Merger(goes=cast.provider, stays=cast.stranger, reason="One", members_join=True)
    told = overtaking(
        partial(merge_organisations, merger, by=cast.operator),
        second=partial(
            start_proposal,
            need=a_published_need(cast),
            provider=cast.provider,
            title="Care",
            summary="A team",
            by=cast.alice,
        ),
    )
    assert isinstance(told, NotPermitted), told


def test_what_is_owed_by_what_was_merged_is_not_done_while_it_moves_on(cast: Cast) -> None:
    """PEO-99: somebody else answers for it by then, so whoever does so begins anew."""
    goes = merge(twin(cast), cast.provider, by=cast.operator)
    third = twin(cast, "Moorview", by=newcomer("nia"))

    @transaction.atomic
    def answer() -> None:
        can_act_for(cast.alice, organisation=goes, right=Right.ANSWER).require()

    answer()
    told = overtaking(
        partial(merge, cast.provider, third, by=cast.operator, members_join=False), second=answer
    )
    assert isinstance(told, NotPermitted), told
    if connection.features.has_select_for_update:  # elsewhere the act begins only once they are one
        assert told.number == "PEO-99"
