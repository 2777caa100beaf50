"""What is asked oddly gets one clear answer, and no fault of ours."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.cast import Cast
from tests.factories.loop import an_approved_promise


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["needs", "measures", "programmes", "organisations", "promises", "portfolio", "contracts"],
)
def test_signs_that_no_text_has_are_refused(client: Client, address: str) -> None:
    answer = client.get(reverse(address), {"q": "care\x00"})
    assert answer.status_code == 400
    assert "We could not read that" in answer.content.decode()


@pytest.mark.parametrize("name", ["step", "provider", "commissioner", "aim", "order"])
def test_a_filter_that_is_not_understood_is_left_out_and_said(
    client: Client, cast: Cast, name: str
) -> None:
    promise = an_approved_promise(cast)
    page = client.get(reverse("promises"), {name: "bogus"}).content.decode()
    assert "Choose one of the answers in the list." in page
    assert "left out, for the answer is not in the list" in page
    assert promise.reference in page
    assert client.get(reverse("promises_table"), {name: "bogus"}).status_code == 400


@pytest.mark.parametrize("person", ["abc", "", "\x00"])
def test_to_be_nobody_is_no_fault(client: Client, cast: Cast, settings: Any, person: str) -> None:
    settings.DEMO = True
    assert client.post(reverse("demo_sign_in"), {"person": person}).status_code == 404


def test_the_frameworks_words_are_not_ours(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    answers = {"name": "n" * 200, "kind": "bogus", "legal_form": ""}
    page = client.post(reverse("register_organisation"), answers).content.decode()
    assert "Use at most 160 characters. You used 200." in page
    assert "Choose one of the answers given." in page
    assert "Select a valid choice" not in page
    assert "Ensure this value" not in page
    member = {"email": "nobody", "role": "reader"}
    page = client.post(reverse("invite", args=[cast.provider.slug]), member).content.decode()
    assert "Write an e-mail address, like name@example.org." in page


@pytest.mark.django_db
def test_search_engines_are_asked_to_stay_away_from_what_is_private(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert {"Disallow: /my-story/", "Disallow: /tell/", "Disallow: /admin/"} <= set(lines)
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
