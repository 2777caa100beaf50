"""Whoever asks is erased: from every store, for good, while what they signed stays signed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.mail import send_mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from makegood.contract.models import Signature
from makegood.kernel.ledger.verify import verify
from makegood.kernel.letters.models import Letter
from makegood.kernel.personal import AtErasure, tables_about_people
from makegood.kernel.sealing import seal
from makegood.people.actions import (
    add_contact,
    entrust,
    erase_person,
    invite,
    report_duplicate,
    welcome_person,
)
from makegood.people.models import Addressee, Membership, Person, Session
from makegood.people.permissions import can_act_for
from makegood.people.queries import example_persons, person_with_email
from makegood.people.states import Appointment, Right, Role, ShownTo
from makegood.web.clock import tick
from tests.factories.cast import PASSWORD, Cast
from tests.factories.joining import join
from tests.factories.loop import a_signed_contract
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

NAME = "Quillowen Example Vantrebbick"
ADDRESS = "quillowen.vantrebbick@zorblatt.example.org"
OTHER = "second.fennimore@zorblatt.example.org"
AGENT = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0"
UNUSUAL = ("quillowen", "vantrebbick", "zorblatt", "fennimore", "grommelstok")
"""Words that stand nowhere but in what this person wrote, in lower case."""


@pytest.fixture
def letters(tmp_path: Path, settings: Any) -> Path:
    """Write letters to files, as where no mail server is set."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def somebody(cast: Cast) -> Person:
    """Return a second owner of Alice's provider, who left traces wherever a person can."""
    person = welcome_person(email=ADDRESS, name=NAME, password=PASSWORD)
    join(cast.provider, person=person, role=Role.OWNER, by=cast.alice)
    second = EmailAddress.objects.create(user=person, email=OTHER, verified=True)
    EmailConfirmation.objects.create(email_address=second, key="grommelstok-key")
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "Grommelstok’s key"})
    account = SocialAccount.objects.create(
        user=person, provider="elsewhere", uid="grommelstok", extra_data={"name": NAME}
    )
    app = SocialApp.objects.create(
        provider="openid_connect", provider_id="x", name="x", client_id="x"
    )
    SocialToken.objects.create(account=account, app=app, token="grommelstok", token_secret="x")
    add_contact(
        cast.provider,
        name=NAME,
        job="Grommelstok",
        email=ADDRESS.upper(),
        telephone="",
        shown_to=ShownTo.EVERYONE,
        by=person,
    )
    for email in (ADDRESS, OTHER.upper()):
        asked = Appointment(role=Role.READER)
        invite(cast.stranger, email=email, appointment=asked, by=cast.charlie)
        Letter.objects.create(to=email, sealed=seal("grommelstok"))
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    report_duplicate(cast.stranger, other=cast.commissioner, words="Grommelstok", by=person)
    _log(person, by=cast.operator, about=NAME)
    _log(person, by=person, about=NAME)
    return person


def _log(person: Person, *, by: Person, about: str) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(person.pk),
        object_repr=about,
        action_flag=CHANGE,
        change_message=f"Changed {ADDRESS}",
    )


def leave_traces_by_hand(client: Client, person: Person) -> None:
    """Do by the pages what a person does: wrong words, right ones, a new name, another browser."""
    client.post(reverse("account_login"), {"login": ADDRESS, "password": "grommelstok"})
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    client.post(
        reverse("account_login"),
        {"login": ADDRESS, "password": PASSWORD},
        headers={"User-Agent": f"{AGENT} Grommelstok"},
    )
    sign_in(client, person)
    client.get(f"{reverse('promises')}?q=grommelstok")
    client.post(reverse("change_name"), {"name": NAME})
    client.get(reverse("my_data"))
    Client().post(reverse("account_login"), {"login": ADDRESS, "password": "grommelstok"})
    send_mail("Grommelstok", f"Dear {NAME}", "makegood@localhost", [ADDRESS])


def where_found() -> list[str]:
    """Return each store in which one of the unusual words stands, as far as any store can be read."""
    return [*_in_tables(), *_in_files()]


def _in_tables() -> Iterator[str]:
    """Yield each column of each table of the database, the cache's too, that holds one."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            for column in (described.name for described in columns):
                cursor.execute(f'SELECT CAST("{column}" AS text) FROM "{table}"')
                held = " ".join(str(row[0]) for row in cursor.fetchall()).lower()
                yield from (f"{table}.{column}: {word}" for word in UNUSUAL if word in held)


def _in_files() -> Iterator[str]:
    """Yield each file that holds one: the database's own, letters, uploads, and what is put aside."""
    folders = [
        Path(settings.EMAIL_FILE_PATH),
        Path(settings.STORAGES["default"]["OPTIONS"]["location"]),
    ]
    files = [file for folder in folders for file in folder.rglob("*")]
    files += Path(tempfile.gettempdir()).glob("*.upload*")
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        files += database.parent.glob(f"{database.name}*")
    for file in filter(Path.is_file, files):
        held = file.read_bytes().lower()
        yield from (f"{file.name}: {word}" for word in UNUSUAL if word.encode() in held)


@pytest.mark.django_db(transaction=True)
def test_no_store_holds_a_word_of_theirs(
    cast: Cast, client: Client, letters: Path, caplog: pytest.LogCaptureFixture
) -> None:
    person = somebody(cast)
    leave_traces_by_hand(client, person)
    assert {line.partition(":")[0] for line in where_found()} >= {
        "people_person.name", "people_person.email", "account_emailaddress.email",
        "mfa_authenticator.data", "socialaccount_socialaccount.extra_data",
        "socialaccount_socialtoken.token", "django_admin_log.object_repr",
        *(file.name for file in letters.glob("*") if ADDRESS in file.read_text().lower()),
    }  # fmt: skip
    answer = client.post(reverse("erase_me"), {"agrees": "on"})
    assert "Your account is erased" in answer.content.decode()
    tick()
    assert where_found() == []
    assert verify().problems == []
    assert not [word for word in UNUSUAL if word in caplog.text.lower()]


@pytest.mark.django_db(transaction=True)
def test_letters_to_others_stay(cast: Cast, client: Client, letters: Path) -> None:
    person = somebody(cast)
    for address in (cast.bob.email, ADDRESS.upper()):
        send_mail("Hello", "A letter", "makegood@localhost", [address])
    assert _all_of(letters).count("A letter") == 2
    erase_person(by=person)
    assert _all_of(letters).count("A letter") == 1
    assert cast.bob.email in _all_of(letters)


def test_an_address_they_did_not_show_to_be_theirs_leads_nowhere(cast: Cast, letters: Path) -> None:
    """Whoever adds another's address and then erases themselves takes nothing of that other's."""
    EmailAddress.objects.create(user=cast.bob, email="Info@valley.example", verified=False)
    contact = add_contact(
        cast.provider, name="Info", email="info@valley.example", shown_to=ShownTo.EVERYONE,
        by=cast.alice,
    )  # fmt: skip
    asked = Appointment(role=Role.READER)
    invitation = invite(
        cast.stranger, email="info@valley.example", appointment=asked, by=cast.charlie
    )
    _log(cast.alice, by=cast.operator, about="info@valley.example")
    Letter.objects.create(to="info@valley.example", sealed=seal("a code"))
    send_mail("Hello", "A letter", "makegood@localhost", ["info@valley.example"])
    erase_person(by=cast.bob)
    contact.refresh_from_db()
    assert contact.email == "info@valley.example"
    assert Addressee.objects.get(invitation=invitation).email == "info@valley.example"
    assert Letter.objects.filter(to="info@valley.example").exists()
    assert "info@valley.example" in _all_of(letters)
    assert LogEntry.objects.filter(object_repr="info@valley.example").exists()


def test_the_operators_log_keeps_what_was_done_and_to_others(cast: Cast) -> None:
    """Nobody clears the log by calling themselves what stands in it, nor by having kept it."""
    cast.bob.name = "Changed"
    cast.bob.save()
    _log(cast.alice, by=cast.operator, about="Alice")
    _log(cast.bob, by=cast.operator, about="Changed")
    erase_person(by=cast.bob)
    said = {entry.object_repr: entry.change_message for entry in LogEntry.objects.all()}
    assert said == {"Alice": f"Changed {ADDRESS}", "a former member": f"a former member {ADDRESS}"}
    erase_person(by=cast.operator)
    assert [str(entry.user) for entry in LogEntry.objects.all()] == ["a former member"] * 2


def _all_of(folder: Path) -> str:
    return "".join(file.read_text() for file in folder.glob("*"))


def test_what_they_signed_stays_signed_by_a_former_member(cast: Cast, client: Client) -> None:
    contract = a_signed_contract(cast)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    kept = cast.alice.public_id
    erase_person(by=cast.alice)
    signature = Signature.objects.get(contract=contract, signed_by=cast.alice.pk)
    assert str(signature.signed_by) == "a former member"
    assert signature.signed_by.public_id == kept
    page = client.get(reverse("contract", args=[contract.reference])).content.decode()
    assert "A former member signed for the provider" in page
    assert cast.alice.email not in page
    assert verify().sound


def test_memberships_end_and_nothing_lets_them_in(cast: Cast, client: Client) -> None:
    sign_in(client, cast.bob)
    erase_person(by=cast.bob)
    assert not Membership.objects.current().filter(person=cast.bob).exists()
    assert not Session.objects.filter(person=cast.bob).exists()
    assert client.get(reverse("desk")).status_code == 302
    client.post(reverse("account_login"), {"login": "bob@example.org", "password": PASSWORD})
    assert client.get(reverse("desk")).status_code == 302
    husk = Person.objects.get(pk=cast.bob.pk)
    assert not can_act_for(husk, organisation=cast.provider, right=Right.RECORD)
    assert person_with_email(husk.email) is None
    assert husk not in example_persons()
    assert (husk.name, husk.has_usable_password(), husk.last_login) == ("", False, None)


def test_what_is_declared_as_deleted_is(cast: Cast) -> None:
    person = somebody(cast)
    held = [one for one in tables_about_people() if one.at_erasure is AtErasure.DELETED]
    assert [one.name for one in held if one.rows_of(person).exists()]
    erase_person(by=person)
    assert not [one.name for one in held if one.rows_of(person).exists()]


def test_an_erased_person_is_nobody_even_by_raw_writing(cast: Cast) -> None:
    erase_person(by=cast.bob)
    for wrong in ({"name": "Bob"}, {"is_active": True}, {"is_staff": True}):
        with pytest.raises(IntegrityError, match="person_erased"), transaction.atomic():
            Person.objects.filter(pk=cast.bob.pk).update(**wrong)


def test_the_only_owner_hands_over_first(cast: Cast, client: Client) -> None:
    with refused("PEO-40", saying="Moor View Care"):
        erase_person(by=cast.alice)
    sign_in(client, cast.alice)
    page = client.get(reverse("erase_me")).content.decode()
    assert "Hand over first" in page
    assert reverse("members", args=[cast.provider.slug]) in page
    client.post(reverse("erase_me"), {"agrees": "on"})
    assert Person.objects.get(pk=cast.alice.pk).erased_at is None
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    page = client.get(reverse("erase_me")).content.decode()
    assert "What stays, and why" in page
    client.post(reverse("erase_me"), {"agrees": "on"})
    assert Person.objects.get(pk=cast.alice.pk).erased_at is not None


def test_they_are_asked_who_they_are_and_then_erased(cast: Cast, client: Client) -> None:
    sign_in(client, cast.bob, minutes_ago=16)
    asked = client.post(reverse("erase_me"), {"agrees": "on"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Person.objects.get(pk=cast.bob.pk).erased_at is None
    done = client.post(asked["Location"], {"password": PASSWORD})
    assert "Your account is erased" in done.content.decode()
    assert Person.objects.get(pk=cast.bob.pk).erased_at is not None
    assert client.get(reverse("desk")).status_code == 302


def test_who_has_not_read_it_is_not_erased(cast: Cast, client: Client) -> None:
    sign_in(client, cast.bob)
    page = client.post(reverse("erase_me"), {"agrees": ""}).content.decode()
    assert "Tick the box to be erased." in page
    assert Person.objects.get(pk=cast.bob.pk).erased_at is None


def test_erasing_twice_changes_nothing(cast: Cast) -> None:
    first = erase_person(by=cast.bob)
    again = erase_person(by=cast.bob)
    assert first.erased_at == again.erased_at


def test_the_address_is_free_again(cast: Cast) -> None:
    erase_person(by=cast.bob)
    assert welcome_person(email="bob@example.org", name="Bob").pk != cast.bob.pk
