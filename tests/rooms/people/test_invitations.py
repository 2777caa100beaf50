"""Invitations: asked by e-mail, answered by whoever reads that address, and by nobody else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.actions import (
    accept_invitation,
    decline_invitation,
    invite,
    send_again,
    welcome_person,
    withdraw_invitation,
)
from makegood.people.models import Addressee, Invitation, Membership, Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import invitations_to
from makegood.people.states import INVITATION_LASTS, Appointment, InvitationState, Right, Role
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

SECRET = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
EDITOR = Appointment(role=Role.EDITOR)


def ask(cast: Cast, *, email: str = "", appointment: Appointment = EDITOR) -> Invitation:
    email = email or cast.charlie.email
    return invite(cast.provider, email=email, appointment=appointment, by=cast.alice)


def client_of(person: Person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def test_whoever_is_asked_joins_as_asked(cast: Cast) -> None:
    signs = Appointment(role=Role.SIGNATORY, signing_limit=Decimal(5000), ends_on=date(2099, 1, 1))
    held = accept_invitation(ask(cast, appointment=signs), by=cast.charlie)
    assert held.appointment == signs
    assert can_act_for(cast.charlie, organisation=cast.provider, right=Right.SIGN)
    assert verify().problems == []


def test_the_letter_says_who_asks_what_and_where(cast: Cast) -> None:
    asked = ask(cast, email="new@example.org")
    [letter] = mail.outbox
    assert letter.to == ["new@example.org"]
    assert letter.subject == "Moor View Care invites you to Makegood"
    link = f"http://localhost:8000/invitations/{asked.public_id}/"
    for said in (letter.body, letter.alternatives[0].content):
        assert "Alice invites you to be editor of Moor View Care" in said
        assert link in said


def test_an_organisation_cannot_forge_a_letter(cast: Cast) -> None:
    cast.provider.name = "Care\nBcc: all@example.org <script>"
    cast.provider.save()
    ask(cast)
    [letter] = mail.outbox
    assert letter.recipients() == [cast.charlie.email]
    assert "<script>" not in letter.alternatives[0].content
    assert "\n" not in letter.subject


def test_known_and_unknown_addresses_get_one_answer(cast: Cast) -> None:
    client = client_of(cast.alice)
    address = reverse("invite", args=[cast.provider.slug])
    said = []
    for email in (cast.dana.email, "nobody@example.org"):
        answer = client.post(address, {"email": email, "role": Role.READER}, follow=True)
        asked = Invitation.objects.get(state=InvitationState.OPEN)
        page = answer.content.decode().replace(email, "them").replace(str(asked.public_id), "it")
        said.append(SECRET.sub("", page))
        withdraw_invitation(asked, by=cast.alice)
    assert said[0] == said[1]
    assert len(mail.outbox) == 2


def test_asking_twice_asks_once(cast: Cast) -> None:
    assert ask(cast) == ask(cast, email=cast.charlie.email.upper())
    assert len(mail.outbox) == 1


def test_another_cannot_answer_even_with_the_link(cast: Cast) -> None:
    asked = ask(cast)
    with pytest.raises(NotPermitted, match="not yours"):
        accept_invitation(asked, by=cast.erin)
    with pytest.raises(NotPermitted):
        decline_invitation(asked, by=cast.erin)


def test_an_address_not_shown_to_be_theirs_opens_nothing(cast: Cast) -> None:
    asked = ask(cast, email="claimed@example.org")
    claimed = EmailAddress.objects.create(user=cast.erin, email="claimed@example.org")
    assert not invitations_to(cast.erin)
    with pytest.raises(NotPermitted):
        accept_invitation(asked, by=cast.erin)
    claimed.verified = True
    claimed.save()
    assert list(invitations_to(cast.erin)) == [asked]
    accept_invitation(asked, by=cast.erin)


def test_an_invitation_runs_out_and_can_be_sent_again(cast: Cast) -> None:
    asked = ask(cast)
    late = timezone.now() + INVITATION_LASTS + timedelta(minutes=1)
    with refused("PEO-08"):
        accept_invitation(asked, by=cast.charlie, now=late)
    send_again(asked, by=cast.alice, now=late)
    accept_invitation(asked, by=cast.charlie, now=late)
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
def test_an_answer_is_given_once_and_leaves_no_address(cast: Cast, answer: object) -> None:
    asked = ask(cast)
    answer(asked, by=cast.charlie)
    assert not Addressee.objects.exists()
    with pytest.raises((WrongState, NotPermitted)):
        accept_invitation(asked, by=cast.charlie)
    assert verify().problems == []


def test_an_invitation_taken_back_opens_nothing(cast: Cast) -> None:
    asked = ask(cast)
    withdraw_invitation(asked, by=cast.alice)
    asked.refresh_from_db()
    assert asked.state == InvitationState.WITHDRAWN
    with pytest.raises(NotPermitted):
        accept_invitation(asked, by=cast.charlie)
    page = Client().get(reverse("invitation", args=[asked.public_id]))
    assert page.status_code == 404
    assert "taken back" in page.content.decode()


@pytest.mark.parametrize("act", [send_again, withdraw_invitation])
def test_only_owners_ask_and_take_back(cast: Cast, act: object) -> None:
    asked = ask(cast)
    for person in (cast.bob, cast.charlie, cast.erin):
        with pytest.raises(NotPermitted):
            act(asked, by=person)
    with pytest.raises(NotPermitted):
        invite(cast.provider, email="a@example.org", appointment=EDITOR, by=cast.bob)


def test_roles_that_do_not_fit_are_refused(cast: Cast) -> None:
    with refused("PEO-05"):
        ask(cast, appointment=Appointment(role=Role.ASSESSOR))
    with refused("PEO-07"):
        ask(cast, appointment=Appointment(role=Role.EDITOR, signing_limit=Decimal(1)))


def test_an_operator_invites_auditors_and_nobody_else_does(cast: Cast) -> None:
    reads = Appointment(role=Role.AUDITOR, ends_on=timezone.localdate() + timedelta(days=30))
    for_good = Appointment(role=Role.AUDITOR)
    with refused("PEO-03"):
        invite(cast.auditors, email="a@example.org", appointment=reads, by=cast.grace)
    with refused("PEO-06"):
        invite(cast.auditors, email="a@example.org", appointment=for_good, by=cast.operator)
    invite(cast.auditors, email="a@example.org", appointment=reads, by=cast.operator)
    assert (
        client_of(cast.operator).get(reverse("invite", args=[cast.auditors.slug])).status_code
        == 200
    )


def test_a_newcomer_sees_what_they_are_asked_and_how_to_go_on(cast: Cast) -> None:
    asked = ask(cast, email="new@example.org")
    address = reverse("invitation", args=[asked.public_id])
    page = Client().get(address).content.decode()
    assert "Moor View Care invites you" in page
    assert f"?next={address}" in page
    assert "new@example.org" not in page
    assert "Alice" not in page
    newcomer = welcome_person(email="new@example.org", name="Noor")
    client = client_of(newcomer)
    desk = client.get(reverse("desk")).content.decode()
    assert f'href="{address}"' in desk
    answer = client.post(reverse("accept_invitation", args=[asked.public_id]), follow=True)
    assert "You are now editor of Moor View Care" in answer.content.decode()
    again = client.post(reverse("accept_invitation", args=[asked.public_id]), follow=True)
    assert "answered or taken back" in again.content.decode()
    assert Membership.objects.filter(person=newcomer).count() == 1


def test_the_members_page_shows_who_is_asked_to_owners_alone(cast: Cast) -> None:
    ask(cast, email="new@example.org")
    address = reverse("members", args=[cast.provider.slug])
    assert "new@example.org" in client_of(cast.alice).get(address).content.decode()
    assert "new@example.org" not in client_of(cast.bob).get(address).content.decode()


def test_a_form_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    address = reverse("invite", args=[cast.provider.slug])
    answers = {"email": "new@example.org", "role": Role.READER, "signing_limit": "500"}
    page = client_of(cast.alice).post(address, answers).content.decode()
    assert "A reader signs nothing" in page
    assert 'value="new@example.org"' in page
    assert not Invitation.objects.filter(organisation=cast.provider, role=Role.READER, state="open")


@pytest.mark.parametrize("way", ["account_signup", "account_login", "account_request_login_code"])
def test_whoever_comes_by_the_link_need_not_write_the_address_again(cast: Cast, way: str) -> None:
    asked = ask(cast, email="new@example.org")
    by_link = Client().get(reverse("invitation", args=[asked.public_id])).content.decode()
    leads = f"next={reverse('invitation', args=[asked.public_id])}"
    assert leads in by_link
    assert "new@example.org" not in by_link
    assert 'value="new@example.org"' in Client().get(f"{reverse(way)}?{leads}").content.decode()
    withdraw_invitation(asked, by=cast.alice)
    assert "new@example.org" not in Client().get(f"{reverse(way)}?{leads}").content.decode()


@pytest.mark.parametrize(
    "leads", ["", "/desk/", "/invitations/", "/invitations/x/", f"/invitations/{UUID(int=1)}/"]
)
def test_no_other_way_tells_an_address(cast: Cast, leads: str) -> None:
    ask(cast, email="new@example.org")
    shown = Client().get(reverse("account_signup"), {"next": leads}).content.decode()
    assert "new@example.org" not in shown
