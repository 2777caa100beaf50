"""A role that follows others is never more than one of them was: not for more, not in more, not longer."""

from __future__ import annotations

import html
import io
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions import narrow_role, start_programme
from makegood.articulate.models import Programme
from makegood.articulate.queries import programmes_given, reach_of
from makegood.contract.permissions import can_sign
from makegood.contract.states import Side
from makegood.kernel.ledger.verify import verify
from makegood.people.actions import accept_invitation, change_membership, hand_over, invite
from makegood.people.models import Invitation, Membership, Person
from makegood.people.states import INVITATION_LASTS, Appointment, InvitationState, Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.rules.refusing import refused

pytestmark = pytest.mark.django_db
LITTLE, MUCH = Decimal(10_000), Decimal(1_000_000)


@pytest.fixture
def here(cast: Cast) -> Programme:
    """The programme of every example here."""
    return start_programme(name="Here", summary="", run_by=cast.support_unit, by=cast.frank)


@pytest.fixture
def there(cast: Cast) -> Programme:
    """Another."""
    return start_programme(name="There", summary="", run_by=cast.support_unit, by=cast.frank)


def signs(
    cast: Cast, person: Person, *programmes: Programme, limit: Decimal | None, **more: object
) -> Membership:
    """Let ``person`` sign for the provider up to ``limit``, in ``programmes`` alone if any are given."""
    held = join(
        cast.provider,
        person=person,
        role=Role.SIGNATORY,
        by=cast.alice,
        signing_limit=limit,
        **more,
    )
    narrow_role(held, programmes=programmes, by=cast.alice)
    return held


def signatory(person: Person) -> tuple[Decimal | None, set[Programme]]:
    """Return up to what ``person`` signs, and in which programmes alone."""
    held = Membership.objects.current().get(person=person, role=Role.SIGNATORY)
    return held.signing_limit, set(programmes_given(held))


def test_a_limit_holds_where_its_role_holds(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    elsewhere = start_programme(name="There", summary="", run_by=cast.support_unit, by=cast.frank)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice, signing_limit=LITTLE)
    more = signs(cast, cast.bob, elsewhere, limit=MUCH)
    answer = can_sign(cast.bob, contract=contract, side=Side.PROVIDER)
    assert (answer.allowed, answer.number) == (False, "CON-19")
    assert "up to £10,000" in answer.reason
    narrow_role(more, programmes=[contract.proposal.need.programme], by=cast.alice)
    assert can_sign(cast.bob, contract=contract, side=Side.PROVIDER)


def test_the_largest_limit_counts_and_none_is_larger_than_any(cast: Cast, here: Programme) -> None:
    def limit() -> Decimal | None:
        where = {"organisation": cast.provider.pk, "programme": here.pk}
        return reach_of(cast.bob).signing_limit(**where)

    own = partial(join, cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    signs(cast, cast.bob, limit=LITTLE)
    assert limit() == LITTLE
    own(signing_limit=MUCH)
    assert limit() == MUCH
    own()
    assert limit() is None


def test_peo_37_no_role_that_is_handed_over_goes_further_and_lasts_longer_than_either(
    cast: Cast,
) -> None:
    """PEO-37"""
    pat, day = newcomer("pat"), timezone.localdate() + timedelta(days=9)
    signs(cast, pat, limit=MUCH, ends_on=day)
    signs(cast, cast.bob, limit=LITTLE)
    with refused("PEO-37", saying="Bob"):
        hand_over(cast.provider, leaver=pat, successor=cast.bob, by=cast.alice)
    assert signatory(cast.bob) == (LITTLE, set())
    assert signatory(pat) == (MUCH, set())


def test_art_17_no_role_that_is_handed_over_is_worth_more_in_more_programmes(
    cast: Cast, here: Programme
) -> None:
    """ART-17"""
    pat = newcomer("pat")
    signs(cast, pat, here, limit=MUCH)
    signs(cast, cast.bob, limit=LITTLE)
    with refused("ART-17", saying="Bob"):
        hand_over(cast.provider, leaver=pat, successor=cast.bob, by=cast.alice)
    with refused("ART-17", saying="Pat"):
        hand_over(cast.provider, leaver=cast.bob, successor=pat, by=cast.alice)
    assert signatory(cast.bob) == (LITTLE, set())
    assert signatory(pat) == (MUCH, {here})


def test_art_17_nor_is_one_that_somebody_accepts(cast: Cast, here: Programme) -> None:
    """ART-17"""
    signs(cast, cast.bob, limit=LITTLE)
    asked = Appointment(role=Role.SIGNATORY, signing_limit=MUCH)
    sent = invite(
        cast.provider, email=cast.bob.email, appointment=asked, bounds=[here.slug], by=cast.alice
    )
    with refused("ART-17"):
        accept_invitation(sent, by=cast.bob)
    assert signatory(cast.bob) == (LITTLE, set())


def test_art_17_nor_is_one_that_another_is_changed_to(cast: Cast, here: Programme) -> None:
    """ART-17"""
    signs(cast, cast.bob, limit=LITTLE)
    reads = Membership.objects.get(person=cast.bob, role=Role.READER)
    narrow_role(reads, programmes=[here], by=cast.alice)
    with refused("ART-17"):
        change_membership(
            reads, appointment=Appointment(role=Role.SIGNATORY, signing_limit=MUCH), by=cast.alice
        )
    assert signatory(cast.bob) == (LITTLE, set())


def test_what_is_more_in_every_way_is_what_stays(
    cast: Cast, here: Programme, there: Programme
) -> None:
    pat = newcomer("pat")
    signs(cast, pat, here, there, limit=MUCH)
    signs(cast, cast.bob, here, limit=LITTLE)
    hand_over(cast.provider, leaver=pat, successor=cast.bob, by=cast.alice)
    assert signatory(cast.bob) == (MUCH, {here, there})
    sam = newcomer("sam")
    signs(cast, sam, there, limit=LITTLE)
    hand_over(cast.provider, leaver=sam, successor=cast.bob, by=cast.alice)
    assert signatory(cast.bob) == (MUCH, {here, there})


def test_what_is_for_as_much_is_for_the_programmes_of_both(
    cast: Cast, here: Programme, there: Programme
) -> None:
    pat = newcomer("pat")
    signs(cast, pat, here, limit=MUCH)
    signs(cast, cast.bob, there, limit=MUCH)
    hand_over(cast.provider, leaver=pat, successor=cast.bob, by=cast.alice)
    assert signatory(cast.bob) == (MUCH, {here, there})
    assert verify().problems == []


def ask(cast: Cast, *, limit: Decimal | None = MUCH, bounds: tuple[str, ...] = ()) -> Invitation:
    asked = Appointment(role=Role.SIGNATORY, signing_limit=limit)
    email = cast.charlie.email
    return invite(cast.provider, email=email, appointment=asked, bounds=bounds, by=cast.alice)


def test_who_is_asked_again_for_less_is_asked_for_less_alone(cast: Cast, here: Programme) -> None:
    first = ask(cast)
    lower = ask(cast, limit=LITTLE)
    narrower = ask(cast, limit=LITTLE, bounds=(here.slug,))
    assert len({first.pk, lower.pk, narrower.pk}) == len(mail.outbox) == 3
    assert list(Invitation.objects.filter(state=InvitationState.OPEN, role=Role.SIGNATORY)) == [
        narrower
    ]
    for old in (first, lower):
        old.refresh_from_db()
        assert old.state == InvitationState.WITHDRAWN
    accept_invitation(narrower, by=cast.charlie)
    assert signatory(cast.charlie) == (LITTLE, {here})
    assert verify().problems == []


def test_who_is_asked_the_same_again_is_asked_once(cast: Cast, here: Programme) -> None:
    assert ask(cast, bounds=(here.slug,)) == ask(cast, bounds=(here.slug,))
    assert len(mail.outbox) == 1


def test_who_is_asked_again_once_it_ran_out_gets_another_letter(cast: Cast) -> None:
    first = ask(cast)
    Invitation.objects.filter(pk=first.pk).update(expires_at=first.sent_at)
    second = ask(cast)
    assert second != first
    assert second.expires_at >= first.sent_at + INVITATION_LASTS
    assert len(mail.outbox) == 2


def test_the_screen_asks_anew_for_what_was_changed(cast: Cast, here: Programme) -> None:
    client = Client()
    client.force_login(cast.alice)
    address = reverse("invite", args=[cast.provider.slug])
    answers: dict[str, object] = {"email": "charlie@example.org", "role": "signatory"}
    client.post(address, answers)
    said = client.post(
        address, answers | {"signing_limit": "500", "bounds": [here.slug]}, follow=True
    )
    [asked] = Invitation.objects.filter(organisation=cast.provider, state=InvitationState.OPEN)
    assert (asked.signing_limit, list(programmes_given(asked))) == (500, [here])
    assert "An invitation is on its way" in html.unescape(said.content.decode())


def test_the_command_says_what_an_auditor_appointed_again_reads(
    cast: Cast, here: Programme
) -> None:
    said = io.StringIO()
    who = (cast.grace.email, cast.auditors.name)
    call_command("appoint_auditor", *who, programme=[here.slug], stdout=said)
    call_command("appoint_auditor", *who, stdout=said)
    first, again, wider = said.getvalue().splitlines()
    assert "reads everything in Here, for" in first
    assert "reads everything in Here, for" in again
    assert wider.endswith(reverse("members", args=[cast.auditors.slug]))
    held = Membership.objects.current().get(person=cast.grace, role=Role.AUDITOR)
    assert list(programmes_given(held)) == [here]
