"""Memberships change, end by themselves, are left and handed over; what auditors read is noted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract.permissions import can_sign
from makegood.contract.states import Side
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import (
    accept_invitation,
    change_membership,
    end_lapsed_memberships,
    end_membership,
    hand_over,
    invite,
)
from makegood.people.models import Membership, Person, Reading
from makegood.people.permissions import can_act_for
from makegood.people.queries import (
    bearing_of,
    members_of,
    organisations_owned_alone,
)
from makegood.people.states import Appointment, Right, Role
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.loop import a_settled_contract, a_story
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused


def held_by(person: Person, role: Role) -> Membership:
    return Membership.objects.current().get(person=person, role=role)


def roles_of(person: Person, cast: Cast) -> set[str]:
    return set(members_of(cast.provider).filter(person=person).values_list("role", flat=True))


def test_a_changed_membership_keeps_what_was(cast: Cast) -> None:
    was = held_by(cast.bob, Role.READER)
    signs = Appointment(role=Role.SIGNATORY, signing_limit=Decimal(10_000))
    now = change_membership(was, appointment=signs, by=cast.alice)
    was.refresh_from_db()
    assert was.ended_at is not None
    assert (now.role, now.signing_limit) == (Role.SIGNATORY, 10_000)
    assert roles_of(cast.bob, cast) == {Role.SIGNATORY}
    assert verify().problems == []


def test_changing_nothing_changes_nothing(cast: Cast) -> None:
    held = held_by(cast.bob, Role.READER)
    assert change_membership(held, appointment=held.appointment, by=cast.alice) == held
    assert Membership.objects.filter(person=cast.bob).count() == 1


def test_the_last_owner_stays_owner(cast: Cast) -> None:
    owner = Membership.objects.get(person=cast.alice, organisation=cast.provider)
    with refused("PEO-01"):
        change_membership(owner, appointment=Appointment(role=Role.EDITOR), by=cast.alice)


def test_an_owner_with_a_last_day_is_not_the_only_one(cast: Cast) -> None:
    owner = Membership.objects.get(person=cast.alice, organisation=cast.provider)
    day = timezone.localdate() + timedelta(days=9)
    for_a_while = Appointment(role=Role.OWNER, ends_on=day)
    with refused("PEO-01"):
        change_membership(owner, appointment=for_a_while, by=cast.alice)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice, ends_on=day)
    with refused("PEO-01"):
        end_membership(owner, by=cast.alice)
    assert cast.provider in organisations_owned_alone(cast.alice)
    end_membership(held_by(cast.bob, Role.READER), by=cast.bob)
    lasting = Appointment(role=Role.OWNER)
    change_membership(held_by(cast.bob, Role.OWNER), appointment=lasting, by=cast.alice)
    change_membership(owner, appointment=for_a_while, by=cast.alice)


def test_only_owners_change_what_others_may_do(cast: Cast) -> None:
    held = held_by(cast.bob, Role.READER)
    for person in (cast.bob, cast.charlie):
        with pytest.raises(NotPermitted):
            change_membership(held, appointment=Appointment(role=Role.OWNER), by=person)
    with refused("PEO-05"):
        change_membership(held, appointment=Appointment(role=Role.ASSESSOR), by=cast.alice)


def test_anyone_may_leave_and_none_may_end_anothers(cast: Cast) -> None:
    held = held_by(cast.bob, Role.READER)
    with pytest.raises(NotPermitted):
        end_membership(held, by=cast.charlie)
    end_membership(held, by=cast.bob)
    assert not roles_of(cast.bob, cast)


def test_what_somebody_does_is_handed_over_whole(cast: Cast) -> None:
    join(
        cast.provider,
        person=cast.alice,
        role=Role.SIGNATORY,
        by=cast.alice,
        signing_limit=Decimal(9),
    )
    hand_over(cast.provider, leaver=cast.alice, successor=cast.bob, by=cast.alice)
    assert not roles_of(cast.alice, cast)
    assert roles_of(cast.bob, cast) == {Role.OWNER, Role.SIGNATORY, Role.READER}
    assert held_by(cast.bob, Role.SIGNATORY).signing_limit == 9
    assert verify().problems == []


def test_whoever_takes_over_keeps_what_is_more_of_it(cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=9)
    sign = partial(join, cast.provider, role=Role.SIGNATORY, by=cast.alice)
    sign(person=cast.alice, signing_limit=Decimal(9))
    sign(person=cast.bob, signing_limit=Decimal(5), ends_on=day)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice, ends_on=day)
    hand_over(cast.provider, leaver=cast.alice, successor=cast.bob, by=cast.alice)
    assert held_by(cast.bob, Role.SIGNATORY).appointment == Appointment(
        role=Role.SIGNATORY, signing_limit=Decimal(9)
    )
    assert held_by(cast.bob, Role.OWNER).ends_on is None


def test_nobody_is_a_member_until_a_day_that_has_passed(cast: Cast) -> None:
    passed = timezone.localdate() - timedelta(days=1)
    reads = Appointment(role=Role.READER, ends_on=passed)
    with refused("PEO-96"):
        change_membership(held_by(cast.bob, Role.READER), appointment=reads, by=cast.alice)
    with refused("PEO-96"):
        invite(cast.provider, email=cast.dana.email, appointment=reads, by=cast.alice)
    today = Appointment(role=Role.READER, ends_on=timezone.localdate())
    asked = invite(cast.provider, email=cast.dana.email, appointment=today, by=cast.alice)
    with refused("PEO-96"):
        accept_invitation(asked, by=cast.dana, now=timezone.now() + timedelta(days=1))


def test_work_is_handed_to_a_member_by_an_owner(cast: Cast) -> None:
    with refused("PEO-09"):
        hand_over(cast.provider, leaver=cast.alice, successor=cast.erin, by=cast.alice)
    with refused("PEO-09"):
        hand_over(cast.provider, leaver=cast.alice, successor=cast.alice, by=cast.alice)
    with pytest.raises(NotPermitted):
        hand_over(cast.provider, leaver=cast.alice, successor=cast.bob, by=cast.bob)


def test_an_appointment_as_auditor_is_handed_to_nobody(cast: Cast) -> None:
    join(cast.auditors, person=cast.bob, role=Role.READER, by=cast.grace)
    hand_over(cast.auditors, leaver=cast.grace, successor=cast.bob, by=cast.grace)
    assert not bearing_of(cast.bob, chosen=None).audits
    assert not bearing_of(cast.grace, chosen=None).audits


def test_a_membership_is_over_after_its_last_day(cast: Cast) -> None:
    held = held_by(cast.grace, Role.AUDITOR)
    assert bearing_of(cast.grace, chosen=None).audits
    Membership.objects.filter(pk=held.pk).update(ends_on=timezone.localdate())
    assert bearing_of(cast.grace, chosen=None).audits
    for passed in (timezone.localdate() - timedelta(days=1), None):
        Membership.objects.filter(pk=held.pk).update(ends_on=passed)
        assert not bearing_of(cast.grace, chosen=None).audits


def test_the_clock_ends_what_is_over_once(cast: Cast) -> None:
    join(
        cast.provider,
        person=cast.dana,
        role=Role.EDITOR,
        by=cast.alice,
        ends_on=timezone.localdate(),
    )
    held = held_by(cast.dana, Role.EDITOR)
    Membership.objects.filter(pk=held.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert not can_act_for(cast.dana, organisation=cast.provider, right=Right.WRITE)
    assert [end_lapsed_memberships(), end_lapsed_memberships()] == [1, 0]
    again = join(cast.provider, person=cast.dana, role=Role.EDITOR, by=cast.alice)
    assert again.pk != held.pk


def test_nobody_signs_beyond_their_limit(cast: Cast) -> None:
    contract = a_settled_contract(cast)
    contract.value = Decimal(12_500)
    contract.save()
    join(
        cast.provider, person=cast.bob, role=Role.SIGNATORY, by=cast.alice,
        signing_limit=Decimal(12_500),
    )  # fmt: skip
    assert can_sign(cast.bob, contract=contract, side=Side.PROVIDER)
    contract.value = Decimal(12_501)
    contract.save()
    answer = can_sign(cast.bob, contract=contract, side=Side.PROVIDER)
    assert (answer.allowed, answer.number) == (False, "CON-19")
    client = Client()
    sign_in(client, cast.bob)
    page = client.get(reverse("sign_contract", args=[contract.reference]))
    assert page.status_code == 403
    assert "up to £12,500; this one is for £12,501" in page.content.decode()


def test_a_refusal_names_who_could_do_it_to_members_alone(cast: Cast) -> None:
    inside = can_act_for(cast.bob, organisation=cast.provider, right=Right.SIGN)
    assert inside.reason.endswith("may sign contracts. Ask Alice.")
    outside = can_act_for(cast.erin, organisation=cast.provider, right=Right.SIGN)
    assert outside.reason.endswith("may sign contracts. Ask one of them.")


def test_a_refusal_says_so_when_nobody_could(cast: Cast) -> None:
    end_membership(held_by(cast.dana, Role.ASSESSOR), by=cast.dana)
    answer = can_act_for(cast.dana, organisation=cast.assessors, right=Right.ASSESS)
    assert answer.reason.endswith("Nobody is that yet. Ask an owner to invite someone.")


def test_what_an_auditor_opens_is_noted_and_shown(cast: Cast) -> None:
    reads, owns = Client(), Client()
    sign_in(reads, cast.grace)
    sign_in(owns, cast.erin)
    for client in (reads, owns):
        client.get(reverse("promises"))
        client.get(reverse("members", args=[cast.provider.slug]))
    noted = Reading.objects.filter(path=reverse("promises"))
    assert [one.person for one in noted] == [cast.grace]
    assert not Reading.objects.exclude(person=cast.grace).exists()
    assert not Reading.objects.filter(path=reverse("members", args=[cast.provider.slug])).exists()
    page = reads.get(reverse("readings", args=[cast.auditors.slug])).content.decode()
    assert "Grace opened" in page
    assert reverse("promises") in page


def test_the_screens_change_hand_over_and_leave(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.alice)
    slug, bob = cast.provider.slug, cast.bob.public_id
    change = reverse("change_membership", args=[slug, bob, Role.READER])
    assert "checked" in client.get(change).content.decode()
    client.post(change, {"role": Role.OWNER})
    assert roles_of(cast.bob, cast) == {Role.OWNER}
    over = reverse("hand_over", args=[slug, cast.alice.public_id])
    assert "Bob" in client.get(over).content.decode()
    assert client.post(over, {}).status_code == 200
    client.post(over, {"successor": bob})
    assert not roles_of(cast.alice, cast)
    bobs = Client()
    sign_in(bobs, cast.bob)
    alone = bobs.get(reverse("hand_over", args=[slug, bob])).content.decode()
    assert "Nobody else belongs here yet" in alone
    leave = reverse("end_membership", args=[slug, bob, Role.OWNER])
    asked = bobs.get(leave).content.decode()
    assert "Leave, and be owner no more?" in asked
    assert "you are the only one" in asked
    assert reverse("invite", args=[slug]) in asked
    assert "<button" not in asked.split("<main")[1]
    assert bobs.post(leave).status_code == 409


def test_a_limit_goes_with_the_role_that_had_it(cast: Cast) -> None:
    limited = Appointment(role=Role.SIGNATORY, signing_limit=Decimal(500))
    join(cast.provider, person=cast.charlie, by=cast.alice, **vars(limited))
    client = Client()
    sign_in(client, cast.alice)
    path = reverse(
        "change_membership", args=[cast.provider.slug, cast.charlie.public_id, Role.SIGNATORY]
    )
    client.post(path, {"role": Role.READER, "signing_limit": "500.00"})
    assert roles_of(cast.charlie, cast) == {Role.READER}
    client.post(path.replace("signatory", "reader"), {"role": Role.READER, "signing_limit": "7"})
    assert (
        "A reader signs nothing."
        in client.post(
            path.replace("signatory", "reader"), {"role": Role.READER, "signing_limit": "7"}
        ).content.decode()
    )


def test_a_private_link_that_an_auditor_opens_is_not_kept(cast: Cast) -> None:
    _, secret = a_story(cast)
    reads = Client()
    sign_in(reads, cast.grace)
    assert reads.get(reverse("my_story", args=[secret])).status_code == 200
    [noted] = Reading.objects.all()
    assert noted.path == "my_story"
    page = reads.get(reverse("readings", args=[cast.auditors.slug])).content.decode()
    assert "a private link (my_story)" in page
    assert secret not in page
