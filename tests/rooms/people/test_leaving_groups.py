"""Who leaves a group, or its support unit: founders take themselves down, and advice ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people import actions
from makegood.people.actions import FounderSaid
from makegood.people.models import Founder, Membership, Notice, Organisation, Person
from makegood.people.queries import advice_to
from makegood.people.states import Appointment, Role, ShownTo
from makegood.web.clock import tick
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.groups import nia, the_new_ones
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def group(cast: Cast) -> Organisation:
    """A group of Nia's that aims to be a CIC; Bob reads for it."""
    return the_new_ones(cast)


def page(group: Organisation, name: str = "formation", **more: object) -> str:
    return reverse(name, kwargs={"slug": group.slug, **more})


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def charlies_own(group: Organisation, cast: Cast, **more: object) -> Founder:
    """Return what Charlie, who edits for the group, wrote of himself."""
    join(group, person=cast.charlie, role=Role.EDITOR, by=nia(group))
    said = FounderSaid(name="Charlie", skills="Sums", is_me=True, **more)  # type: ignore[arg-type]
    return actions.add_founder(group, said=said, by=cast.charlie)


def test_peo_44_nobody_takes_a_founder_or_shows_them_to_more(
    group: Organisation, cast: Cast, client: Client
) -> None:
    """PEO-44"""
    own = charlies_own(group, cast, shown_to=ShownTo.SIGNED_IN)
    for said, told in (
        (FounderSaid(name="Nia", shown_to=ShownTo.MEMBERS, is_me=True), "Add yourself"),
        (FounderSaid(name="Charlie", shown_to=ShownTo.EVERYONE), "Only they"),
    ):
        with refused("PEO-44", saying=told):
            actions.revise_founder(own, said=said, by=nia(group))
    fewer = FounderSaid(name="Charlie C", shown_to=ShownTo.MEMBERS)
    assert actions.revise_founder(own, said=fewer, by=nia(group)).person == cast.charlie
    more = FounderSaid(name="Charlie", shown_to=ShownTo.EVERYONE, is_me=True)
    assert actions.revise_founder(own, said=more, by=cast.charlie).shown_to == ShownTo.EVERYONE
    client.force_login(nia(group))
    answers = {"name": "Long words", "shown_to": ShownTo.MEMBERS, "is_me": "on"}
    assert "Long words" in client.post(
        page(group, "revise_founder", founder=own.public_id), answers
    ).content.decode()  # fmt: skip


def test_founders_who_left_take_themselves_down(
    group: Organisation, cast: Cast, client: Client
) -> None:
    own = charlies_own(group, cast, shown_to=ShownTo.EVERYONE)
    actions.end_membership(cast.charlie.memberships.get(organisation=group), by=nia(group))
    with pytest.raises(NotPermitted):
        actions.take_down_founder(own, by=nia(group))
    client.force_login(cast.charlie)
    said = read(client, reverse("my_data"))
    address = reverse("take_down_founder", args=[own.public_id])
    assert "You are named as a founder of The New Ones" in said
    assert f'href="{address}"' in said
    assert "Charlie" in read(client, address)
    client.post(address)
    own.refresh_from_db()
    assert (own.name, own.skills, own.person) == ("", "", None)
    assert client.post(address).status_code == 404
    assert "You are named as a founder" not in read(client, reverse("my_data"))
    assert verify().sound


def leave(ann: Person, *, how: str, cast: Cast) -> None:
    """Let Ann, who advises, be an adviser no more."""
    held = ann.memberships.get()
    if how == "ends":
        actions.end_membership(held, by=ann)
    elif how == "hands over":
        actions.hand_over(cast.support_unit, leaver=ann, successor=cast.frank, by=cast.frank)
    elif how == "is something else":
        actions.change_membership(held, appointment=Appointment(role=Role.READER), by=cast.frank)
    else:
        Membership.objects.filter(pk=held.pk).update(ends_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize("how", ["ends", "hands over", "is something else", "lapses"])
def test_a_group_is_told_that_its_adviser_left_and_asks_anew(
    how: str, group: Organisation, cast: Cast
) -> None:
    ann = newcomer("ann")
    join(cast.support_unit, person=ann, role=Role.ADVISER, by=cast.frank)
    asked = actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    actions.take_advice(asked, adviser=ann, by=cast.frank)
    assert actions.end_advice_left_behind() == 0
    leave(ann, how=how, cast=cast)
    tick()
    assert advice_to(group) is None
    for person in (nia(group), cast.frank):
        [notice] = Notice.objects.filter(person=person, words__contains="Their adviser left.")
        assert notice.words.startswith("The Support Unit advises The New Ones no longer.")
    assert actions.ask_for_adviser(group, unit=cast.support_unit, by=nia(group))
    tick()
    assert advice_to(group) is not None
    assert verify().sound
