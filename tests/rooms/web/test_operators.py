"""Operators look at everything and change nothing by hand; their commands say what was done."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from makegood.capture.models import Story, StoryLink
from makegood.kernel.ledger.models import Entry
from makegood.kernel.letters.post import deliver_due
from makegood.kernel.personal import all_held
from makegood.people.actions import let_in_again
from makegood.people.models import Organisation
from makegood.people.queries import memberships_of, person_with_email
from makegood.web.cli import named
from tests.architecture.breaches import none_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.examples import a_claim
from tests.factories.sign_in import sign_in, sign_in_operator, with_second_step
from tests.rules.refusing import refused

ASKED = "makegood.web.management.commands.create_owner.getpass"


@pytest.fixture
def olive(cast: Cast) -> Client:
    loop.a_published_finding(cast)
    client = Client()
    sign_in_operator(client, cast.operator)
    return client


def test_operators_look_and_change_nothing(olive: Client) -> None:
    found = []
    for model in admin.site._registry:
        name = model._meta.label_lower
        assert name.split(".")[0] in {app.label for app in apps.get_app_configs()}
        base = f"admin:{name.replace('.', '_')}"
        found += [f"{name} is not listed"] * (
            olive.get(reverse(f"{base}_changelist")).status_code != 200
        )
        posts = [reverse(f"{base}_add")]
        row = model._default_manager.first()
        if row:
            found += _row_faults(olive, base, row.pk)
            posts += [reverse(f"{base}_{act}", args=[row.pk]) for act in ("change", "delete")]
        action = {"action": "delete_selected", "_selected_action": [row.pk if row else 1]}
        count = model._default_manager.count()
        answers = {path: olive.post(path, {"name": "x"}).status_code for path in posts}
        olive.post(reverse(f"{base}_changelist"), action | {"post": "yes"})
        found += [f"{path}: {status}" for path, status in answers.items() if status != 403]
        found += [f"{name}: rows came or went"] * (model._default_manager.count() != count)
    none_of(found)


def _row_faults(olive: Client, base: str, pk: object) -> list[str]:
    answer = olive.get(reverse(f"{base}_change", args=[pk]))
    return [f"{base}: a row is not shown"] * (answer.status_code != 200)


def test_no_page_of_theirs_shows_what_is_secret(olive: Client, cast: Cast) -> None:
    kept = with_all_that_is_secret(cast)
    found, seen = [], 0
    for model in admin.site._registry:
        base = f"admin:{model._meta.label_lower.replace('.', '_')}"
        for row in model._default_manager.all()[:20]:
            page = olive.get(reverse(f"{base}_change", args=[row.pk])).content.decode()
            found += [f"{base} shows {what}" for what, held in kept.items() if held in page]
            seen += 1
    none_of(found)
    assert seen > 30


def with_all_that_is_secret(cast: Cast) -> dict[str, str]:
    """Return of each kind of secret that there is one, as it is kept."""
    with_second_step(cast.alice)
    return {
        "a password's scramble": cast.alice.password,
        "a link for stories": StoryLink.objects.get().token,
        "a scramble of a private link": Story.objects.first().secret_digest,
        "an app's secret": Authenticator.objects.get(user=cast.alice, type="totp").data["secret"],
    }


def test_whoever_is_told_of_knows_that_operators_see_it() -> None:
    """What stands in the admin is said to be seen by whoever runs this Makegood, or by everyone."""
    declared = {held.store: held for held in all_held()}
    shown = [declared[model] for model in admin.site._registry if declared[model].is_personal]
    assert len(shown) > 10
    everyone = ("Everyone, without",)
    none_of(
        f"{held.name}: {held.seen_by}"
        for held in shown
        if "runs this Makegood" not in held.seen_by and not held.seen_by.startswith(everyone)
    )


def test_an_operator_without_a_second_step_is_led_to_one(cast: Cast) -> None:
    Authenticator.objects.filter(user=cast.operator).delete()
    client = Client()
    sign_in(client, cast.operator)
    decides = reverse("decide_claim", args=[a_claim(cast.stranger, by=cast.bob).public_id])
    shut = (reverse("admin:index"), reverse("admin:people_person_changelist"), decides)
    for path in (*shut, reverse("desk"), reverse("home")):
        for answer in (client.get(path), client.post(path, {})):
            assert answer.status_code == 403
            said = answer.content.decode()
            assert "A password alone" in said
            assert f'href="{reverse("mfa_activate_totp")}"' in said
            assert f'href="{reverse("mfa_add_webauthn")}"' in said
    for path in ("mfa_activate_totp", "mfa_add_webauthn", "account_email", "account_logout"):
        assert client.get(reverse(path)).status_code == 200
    Authenticator.objects.create(
        user=cast.operator, type=Authenticator.Type.RECOVERY_CODES, data={}
    )
    assert client.get(reverse("admin:index")).status_code == 403, (
        "codes on paper are no second step"
    )


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_an_operator_with_one_comes_in_and_is_asked_again(cast: Cast, kind: str) -> None:
    Authenticator.objects.filter(user=cast.operator).delete()
    Authenticator.objects.create(user=cast.operator, type=kind, data={})
    client = Client()
    path = reverse("admin:people_person_changelist")
    sign_in(client, cast.operator, minutes_ago=14)
    assert client.get(path).status_code == 200
    sign_in(client, cast.operator, minutes_ago=16)
    for answer in (client.get(path), client.post(path, {})):
        assert answer.status_code == 302
        assert "/reauthenticate/?next=" in answer["Location"]


def test_the_demonstration_shows_its_operator_in(cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    client.force_login(cast.operator)
    assert client.get(reverse("admin:index")).status_code == 200


def test_who_is_no_operator_is_turned_away_without_a_word(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.frank)
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_an_audit_tells_all_that_a_person_did(cast: Cast) -> None:
    loop.a_signed_contract(cast)
    lines = StringIO()
    call_command("audit", cast.erin.email.upper(), json=True, stdout=lines)
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    done = Entry.objects.filter(actor=str(cast.erin.public_id)).order_by("id")
    assert [(each["act"], each["subject"]) for each in told] == [
        (entry.act, entry.subject) for entry in done
    ]
    assert {"write_need", "sign_contract"} <= {each["act"] for each in told}
    plain = StringIO()
    call_command("audit", cast.erin.email, stdout=plain)
    lines = plain.getvalue().splitlines()
    assert lines[0].split("  ")[0] == "When"
    assert re.search(r"^\d+ \w+ \d{4}, \d\d:\d\d  Sign first +contract: C-", lines[-2])
    assert lines[0].index("What") == lines[-2].index("Sign first")
    assert lines[-1] == f"{len(told)} acts of Erin, {cast.erin.email}."
    assert len(lines) == len(told) + 2
    with pytest.raises(CommandError, match=r"Nobody signs in with nobody@example\.org\."):
        call_command("audit", "nobody@example.org")


def test_an_owner_is_made_with_the_organisation(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ASKED, lambda _: "12345678")
    with pytest.raises(CommandError, match="too short"):
        call_command("create_owner", "nia@example.org", "Night Owls")
    assert person_with_email("nia@example.org") is None
    monkeypatch.setattr(ASKED, lambda _: "a long enough sentence")
    call_command("create_owner", "nia@example.org", "Night Owls", kind="commissioner")
    (held,) = memberships_of(person_with_email("nia@example.org"))
    assert (held.role, held.organisation.name) == ("owner", "Night Owls")
    assert held.organisation.kind == "commissioner"
    with pytest.raises(CommandError, match="already"):
        call_command("create_owner", "nia@example.org", "Night Owls")
    with pytest.raises(CommandError):
        call_command("create_owner", "other@example.org", "The Auditors", kind="auditor")
    assert person_with_email("other@example.org") is None
    assert not Organisation.objects.filter(name="The Auditors").exists()


@pytest.mark.parametrize("typed", ["createowner", "create-owner", "create_owner"])
def test_a_command_is_found_however_it_is_hyphened(typed: str) -> None:
    assert named(typed) == "create_owner"
    assert named("no-such") == "no_such"


def test_who_lost_both_is_let_in_again(cast: Cast) -> None:
    with_second_step(cast.alice)
    SocialAccount.objects.create(user=cast.alice, provider="elsewhere", uid="1")
    client = Client()
    sign_in(client, cast.alice)
    call_command("let_in_again", cast.alice.email, address="Alice@new.example", stdout=StringIO())
    cast.alice.refresh_from_db()
    assert cast.alice.email == "alice@new.example"
    assert list(EmailAddress.objects.filter(user=cast.alice).values_list("email", "verified")) == [
        ("alice@new.example", True)
    ]
    assert not Authenticator.objects.filter(user=cast.alice).exists()
    assert not SocialAccount.objects.filter(user=cast.alice).exists()
    assert client.get(reverse("desk")).status_code == 302
    deliver_due()
    assert {letter.to[0] for letter in mail.outbox} == {"alice@example.org", "alice@new.example"}
    for letter in mail.outbox:
        for said in (letter.body, letter.alternatives[0].content):
            assert "Your account is now at another e-mail address." in said
            assert "accounts elsewhere that signed you in" in said
            assert "alice@new.example" not in said, "the old address may be another's by now"


def test_whoever_is_let_in_again_is_told_at_every_address_of_theirs(cast: Cast) -> None:
    for email, verified in (("Second@Example.org", True), ("not-shown@example.org", False)):
        EmailAddress.objects.create(user=cast.alice, email=email, verified=verified)
    hers = {"alice@example.org", "second@example.org"}
    for address, new in (("", set()), ("alice@new.example", {"alice@new.example"})):
        mail.outbox.clear()
        let_in_again(cast.alice, address=address, by=cast.operator)
        deliver_due()
        assert {to for letter in mail.outbox for to in letter.to} == hers | new
        assert len(mail.outbox) == len(hers | new)


def test_who_let_somebody_in_again_is_noted(cast: Cast, olive: Client) -> None:
    for moved in ("", "alice@new.example"):
        let_in_again(cast.alice, address=moved, by=cast.operator)
    noted = list(LogEntry.objects.order_by("pk"))
    assert [(entry.user, entry.get_edited_object()) for entry in noted] == [
        (cast.operator, cast.alice)
    ] * 2
    said = [entry.change_message for entry in noted]
    assert said == ["Let in again.", "Let in again, at another address."]
    history = olive.get(reverse("admin:people_person_history", args=[cast.alice.pk]))
    assert "Let in again, at another address." in history.content.decode()


def test_nobody_is_let_in_elsewhere(cast: Cast) -> None:
    with_second_step(cast.alice)
    with pytest.raises(CommandError, match="Somebody else signs in with that address"):
        call_command("let_in_again", cast.alice.email, address=cast.bob.email.upper())
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("let_in_again", cast.alice.email, address="nowhere")
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("let_in_again", "nobody@example.org")
    with refused("PEO-97"):
        let_in_again(cast.alice, by=cast.frank)
    assert Authenticator.objects.filter(user=cast.alice).exists()
