"""The notice says what the declarations say, who answers, and which cookies there are."""

from __future__ import annotations

import csv
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from makegood.kernel.personal import personal
from makegood.web.personal import COOKIES
from tests.factories.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    return html.unescape(client.get(reverse("privacy")).content.decode())


def test_all_that_is_declared_is_said(client: Client) -> None:
    said = page(client).lower()
    for held in personal():
        assert held.basis
        wanted = [", ".join(held.words), held.about, held.why, held.kept, held.seen_by]
        wanted += [held.basis.words, held.special, held.corrected, held.stays]
        assert not [words for words in wanted if words.lower() not in said]


def test_it_says_who_answers_for_it(client: Client, settings: Any) -> None:
    settings.CONTROLLER, settings.CONTROLLER_CONTACT = "", ""
    assert "They have not yet said here who they are" in page(client)
    settings.CONTROLLER, settings.CONTROLLER_CONTACT = "Valley Council", "privacy@example.org"
    assert "Valley Council is the controller" in page(client)
    assert "Reach it at privacy@example.org." in page(client)


def test_every_page_leads_to_it(client: Client) -> None:
    assert f'href="{reverse("privacy")}"' in client.get(reverse("home")).content.decode()


def test_no_other_cookie_is_set(cast: Cast, client: Client) -> None:
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"login": cast.alice.email, "password": PASSWORD})
    client.post(reverse("end_other_sessions"))
    client.get(reverse("sign_ins"))
    assert set(client.cookies) == {cookie["name"] for cookie in COOKIES}


def test_the_record_of_processing_has_a_row_for_each_store(client: Client, settings: Any) -> None:
    settings.CONTROLLER = "=Valley Council"
    answer = client.get(reverse("record_of_processing"))
    head, *rows = csv.reader(answer.content.decode().splitlines())
    assert answer["Content-Disposition"] == 'attachment; filename="record-of-processing.csv"'
    assert [row[head.index("store")] for row in rows] == [held.name for held in personal()]
    assert {row[0] for row in rows} == {"'=Valley Council"}
    assert all(len(row) == len(head) for row in rows)


def test_the_assessment_is_filled_in_as_far_as_is_known(client: Client, settings: Any) -> None:
    settings.CONTROLLER = "Valley & Hill Council"
    said = client.get(reverse("impact_assessment")).content.decode()
    assert "- Controller: Valley & Hill Council" in said
    assert all(words in said for held in personal() for words in held.words)
