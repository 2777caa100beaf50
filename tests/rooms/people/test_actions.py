"""Organisations and memberships: who may act, and that an owner always remains."""

from __future__ import annotations

import pytest

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import (
    appoint_auditor,
    end_membership,
    register_organisation,
    welcome_person,
)
from makegood.people.models import Membership
from makegood.people.permissions import can_act_for
from makegood.people.queries import bearing_of
from makegood.people.states import Kind, Right, Role
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.rules.refusing import refused


def test_whoever_registers_an_organisation_owns_it(cast: Cast) -> None:
    assert can_act_for(cast.alice, organisation=cast.provider, right=Right.MANAGE)
    assert not can_act_for(cast.erin, organisation=cast.provider, right=Right.MANAGE)


@pytest.mark.parametrize(
    ("kind", "role", "may"),
    [
        (Kind.PROVIDER, Role.EDITOR, {Right.WRITE, Right.RECORD, Right.ANSWER}),
        (Kind.PROVIDER, Role.RECORDER, {Right.RECORD}),
        (Kind.COMMISSIONER, Role.SIGNATORY, {Right.SIGN}),
        (Kind.COMMISSIONER, Role.REVIEWER, {Right.REVIEW}),
        (Kind.ASSESSOR, Role.ASSESSOR, {Right.ASSESS}),
        (Kind.SUPPORT_UNIT, Role.ADVISER, {Right.ADVISE}),
        (Kind.SUPPORT_UNIT, Role.MODERATOR, {Right.MODERATE}),
        (Kind.SUPPORT_UNIT, Role.ORGANISER, {Right.ORGANISE}),
        (Kind.PROVIDER, Role.READER, set()),
    ],
)
def test_a_role_carries_its_rights_and_no_others(
    cast: Cast, kind: Kind, role: Role, may: set[Right]
) -> None:
    organisation = register_organisation(name="Any", kind=kind, by=cast.charlie)
    join(organisation, person=cast.bob, role=role, by=cast.charlie)
    held = {r for r in Right if can_act_for(cast.bob, organisation=organisation, right=r)}
    assert held == may


def test_a_refusal_says_who_may(cast: Cast) -> None:
    answer = can_act_for(cast.bob, organisation=cast.provider, right=Right.SIGN)
    assert not answer
    assert answer.reason == (
        "Only an owner or signatory of Moor View Care may sign contracts. Ask Alice."
    )


def test_a_stranger_adds_no_member(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        join(cast.provider, person=cast.charlie, role=Role.OWNER, by=cast.charlie)


def test_an_unknown_person_cannot_be_made_an_auditor(cast: Cast) -> None:
    name = cast.auditors.name
    with refused("PEO-02", saying="nobody@example.org"):
        appoint_auditor(email="nobody@example.org", organisation=name, by=cast.operator)


def test_joining_twice_makes_one_membership(cast: Cast) -> None:
    first = join(cast.provider, person=cast.dana, role=Role.READER, by=cast.alice)
    again = join(cast.provider, person=cast.dana, role=Role.READER, by=cast.alice)
    assert first == again


def test_the_last_owner_cannot_leave(cast: Cast) -> None:
    owner = Membership.objects.get(person=cast.alice, organisation=cast.provider, role=Role.OWNER)
    with refused("PEO-01"):
        end_membership(owner, by=cast.alice)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    end_membership(owner, by=cast.bob)
    assert not can_act_for(cast.alice, organisation=cast.provider, right=Right.WRITE)
    assert verify().problems == []


def test_an_e_mail_address_is_one_person_whatever_its_capitals(cast: Cast) -> None:
    person = welcome_person(email="New.Person@Example.org", name="New")
    assert person.email == "new.person@example.org"
    assert not person.has_usable_password()


def test_no_owner_makes_an_auditor(cast: Cast) -> None:
    with refused("PEO-05"):
        join(cast.provider, person=cast.bob, role=Role.AUDITOR, by=cast.alice)
    with refused("PEO-03"):
        register_organisation(name="All eyes", kind=Kind.AUDITOR, by=cast.alice)
    with refused("PEO-03"):
        join(cast.auditors, person=cast.bob, role=Role.AUDITOR, by=cast.grace)
    assert not bearing_of(cast.bob, chosen=None).audits


def test_an_operator_appoints_an_auditor_once(cast: Cast) -> None:
    name = cast.auditors.name
    first = appoint_auditor(email=cast.bob.email, organisation=name, by=cast.operator)
    again = appoint_auditor(email=cast.bob.email, organisation=name, by=cast.operator)
    assert first == again
    assert first.organisation == cast.auditors
    assert bearing_of(cast.bob, chosen=None).audits
    with refused("PEO-03"):
        appoint_auditor(email=cast.bob.email, organisation=name, by=cast.grace)


def test_a_membership_ends_once(cast: Cast) -> None:
    held = Membership.objects.get(person=cast.bob, organisation=cast.provider)
    end_membership(held, by=cast.alice)
    entries = Entry.objects.count()
    end_membership(Membership.objects.get(pk=held.pk), by=cast.alice)
    assert Entry.objects.count() == entries


def test_organisations_of_one_name_have_their_own_addresses(cast: Cast) -> None:
    made = [
        register_organisation(name=name, kind=Kind.PROVIDER, is_another=True, by=cast.alice)
        for name in ("New", "日本", "中国", "Moor View Care")
    ]
    slugs = {organisation.slug for organisation in made}
    assert len(slugs) == 4
    assert not slugs & {"new", "", cast.provider.slug}
