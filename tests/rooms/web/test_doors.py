"""The doors of the house: policies on every answer, late forms, commands, the demonstration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from makegood.measures.models import Pool, Series
from makegood.measures.queries import history
from makegood.people.queries import person_with_email
from tests.factories.cast import PASSWORD, Cast
from tests.factories.loop import a_measure
from tests.factories.sign_in import sign_in_operator

TABLE = "series,period,value\na,2020-01-01,4.1\na,2020-02-01,4.2\nb,2020-01-01,3\n"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "account_login", "ledger"])
def test_every_answer_carries_the_strict_policy(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_late_form_gives_back_what_was_typed(cast: Cast) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(cast.erin)
    typed = {"title": "Care <b>at home</b>", "password": PASSWORD}
    answer = careful.post(reverse("write_need"), typed)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Care &lt;b&gt;at home&lt;/b&gt;" in page
    assert PASSWORD not in page


@pytest.mark.django_db
def test_nobody_signs_in_by_a_button_outside_the_demonstration(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.DEMO = False
    assert client.get(reverse("demo_sign_in")).status_code == 404
    person = {"person": str(cast.alice.public_id)}
    assert client.post(reverse("demo_sign_in"), person).status_code == 404
    assert "_auth_user_id" not in client.session


def test_only_example_people_can_be_chosen(client: Client, cast: Cast, settings: Any) -> None:
    settings.DEMO = True
    person = {"person": str(cast.alice.public_id)}
    assert client.post(reverse("demo_sign_in"), person).status_code == 404
    assert "_auth_user_id" not in client.session


def test_sign_in_by_e_mail_and_password(client: Client, cast: Cast) -> None:
    answers = {"login": cast.alice.email, "password": PASSWORD}
    answer = client.post(reverse("account_login"), answers)
    assert answer["Location"] == reverse("desk")
    assert client.get(reverse("desk")).status_code == 200


def _load(file: Path, cast: Cast, **options: str) -> None:
    given = {"measure": a_measure(cast).slug, "keeper": cast.provider.slug, "by": cast.alice.email}
    call_command("load_series", str(file), **(given | options))


def test_comparators_come_from_a_table(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text(TABLE)
    _load(file, cast, pool="Like services", rule="All there are")
    assert Pool.objects.get().comparators.count() == 2
    assert list(history(Series.objects.get(about="a")).values()) == [4.1, 4.2]


def test_a_bad_table_keeps_nothing(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    file.write_text(TABLE + "b,2020-13-01,3\n")
    with pytest.raises(CommandError, match="Row 5, period"):
        _load(file, cast)
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("options", "saying"),
    [
        ({"measure": "nothing"}, "No such measure"),
        ({"keeper": "nobody"}, "No such measure, keeper"),
        ({"pool": "P"}, "--rule"),
    ],
)
def test_a_table_needs_its_place(
    cast: Cast, tmp_path: Path, options: dict[str, str], saying: str
) -> None:
    file = tmp_path / "all.csv"
    file.write_text(TABLE)
    with pytest.raises(CommandError, match=saying):
        _load(file, cast, **options)


@pytest.mark.django_db
def test_an_operator_is_made_with_a_good_password(monkeypatch: pytest.MonkeyPatch) -> None:
    place = "makegood.web.management.commands.create_operator.getpass"
    monkeypatch.setattr(place, lambda prompt: "short")
    with pytest.raises(CommandError, match="too short"):
        call_command("create_operator", "ops@example.org")
    assert person_with_email("ops@example.org") is None
    monkeypatch.setattr(place, lambda prompt: PASSWORD)
    call_command("create_operator", "ops@example.org", name="Opal")
    operator = person_with_email("ops@example.org")
    assert operator is not None
    assert (operator.is_staff, operator.name) == (True, "Opal")
    with pytest.raises(CommandError, match="already"):
        call_command("create_operator", "OPS@example.org")


def test_the_admin_only_looks(client: Client, cast: Cast) -> None:
    cast.frank.is_staff = cast.frank.is_superuser = True
    cast.frank.save()
    sign_in_operator(client, cast.frank)
    listing = client.get("/admin/people/organisation/")
    assert listing.status_code == 200
    assert client.get("/admin/people/organisation/add/").status_code == 403
    key = cast.provider.pk
    assert client.post(f"/admin/people/organisation/{key}/change/", {}).status_code == 403
    assert client.post(f"/admin/people/organisation/{key}/delete/", {}).status_code == 403
