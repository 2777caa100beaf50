"""Registering beside one of the same name: who is here is shown first, and nobody is stopped."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.people.actions import (
    Merger,
    add_identifier,
    close_organisation,
    import_organisations,
    merge_organisations,
    register_organisation,
)
from makegood.people.likeness import likeness
from makegood.people.lists import read_list
from makegood.people.models import Organisation
from makegood.people.queries import organisations_like
from makegood.people.states import Kind
from tests.factories.cast import Cast
from tests.factories.sign_in import sign_in
from tests.rules.refusing import refused

ANSWERS = {"name": "MOOR VIEW CARE, Ltd.", "kind": "provider", "summary": "We visit."}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Moor View Care",
            "moor view care",
            "MOOR-VIEW CARE",
            "Moorview Care",
            "The Moor View Care",
        ),
        *("Moor View Care Ltd", "Moor View Care Ltd.", "Moor View Care Limited"),
        *(
            "Moor View Care CIC",
            "Moor View Care C.I.C.",
            "Moor View Care Community Interest Company",
        ),
        *("Moor View Care (CIO)", "Móor View  Care"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(name: str) -> None:
    assert likeness(name) == "moorviewcare"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moor View Care", "Moor View Homes"),
        ("Moor View Care", "Moor View Care North"),
        ("Theatre Trust", "Atre Trust"),
        ("Limited Editions", "Unlimited Editions"),
        ("Ltd", "CIC"),
        ("日本", "中国"),
    ],
)
def test_another_name_is_another(one: str, other: str) -> None:
    assert likeness(one) != likeness(other)


def test_and_is_a_sign_too() -> None:
    assert likeness("St. John’s & St Mary's") == likeness("St Johns and St Marys")


@pytest.fixture
def nia(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.charlie)
    return client


def press(client: Client, **more: str) -> str:
    answer = client.post(reverse("register_organisation"), ANSWERS | more, follow=True)
    return unescape(answer.content.decode())


@pytest.mark.django_db
def test_who_is_here_is_shown_before_anything_is_registered(cast: Cast, nia: Client) -> None:
    add_identifier(cast.provider, scheme="GB-COH", value="9506232", by=cast.alice)
    count = Organisation.objects.count()
    shown = press(nia)
    assert Organisation.objects.count() == count
    assert "Is it here already?" in shown
    assert f'href="{reverse("organisation", args=[cast.provider.slug])}"' in shown
    assert "GB-COH-09506232" in shown
    assert "Ask an owner to invite you" in shown
    assert reverse("claim_organisation", args=[cast.provider.slug]) in shown
    assert "We visit." in shown
    assert 'name="another" value="MOOR VIEW CARE, Ltd."' in shown


@pytest.mark.django_db
def test_peo_43_whoever_registers_has_seen_who_has_the_name(cast: Cast) -> None:
    """PEO-43"""
    register_organisation(name="Fell Care", kind=Kind.PROVIDER, by=cast.alice)
    with refused("PEO-43", saying="Fell Care may be it already."):
        register_organisation(name="The Fell-Care Ltd", kind=Kind.PROVIDER, by=cast.alice)
    register_organisation(name="Fell Care", kind=Kind.PROVIDER, is_another=True, by=cast.bob)
    assert Organisation.objects.filter(name="Fell Care").count() == 2


@pytest.mark.django_db
def test_the_second_press_registers_it(cast: Cast, nia: Client) -> None:
    assert "is registered. You are its owner." in press(nia, another=ANSWERS["name"])
    assert Organisation.objects.filter(name=ANSWERS["name"]).exists()


@pytest.mark.django_db
def test_another_name_is_looked_up_anew(cast: Cast, nia: Client) -> None:
    shown = press(nia, name="Valley council", another=ANSWERS["name"])
    assert "Is it here already?" in shown
    assert f'href="{reverse("organisation", args=[cast.commissioner.slug])}"' in shown


@pytest.mark.django_db
def test_a_name_nobody_has_is_registered_at_once(cast: Cast, nia: Client) -> None:
    assert "is registered. You are its owner." in press(nia, name="Fell Care")


@pytest.mark.django_db
def test_one_that_nobody_looks_after_or_that_closed_says_so(cast: Cast, nia: Client) -> None:
    listed = b"name,kind\nHill Care,provider\n"
    import_organisations(read_list(listed), by=cast.operator)
    shown = press(nia, name="Hill Care CIC")
    assert "Nobody looks after it yet." in shown
    gone = register_organisation(name="Old Care", kind=Kind.PROVIDER, by=cast.alice)
    today = timezone.localdate()
    close_organisation(gone, closed_on=today, reason="Done", by=cast.alice)
    shown = press(nia, name="Old Care")
    assert f"It closed on {today:%-d %B %Y}." in shown
    assert reverse("claim_organisation", args=[gone.slug]) not in shown


@pytest.mark.django_db
def test_what_was_merged_leads_to_what_stayed(cast: Cast) -> None:
    gone = register_organisation(name="Dale Care", kind=Kind.PROVIDER, by=cast.dana)
    merger = Merger(goes=gone, stays=cast.provider, reason="One number.", members_join=False)
    merge_organisations(merger, by=cast.operator)
    assert organisations_like("dale care ltd") == [cast.provider]
