"""Every list asks the database as little when it holds 2,000 as when it holds two."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from benchmarks.full_pages import CONTRACTS, LISTS, bring_in, queries_of
from tests.factories.cast import Cast

MOST = 12
pytestmark = pytest.mark.django_db


def asked(client: Client) -> dict[str, int]:
    return {name: queries_of(client, reverse(name)) for name in LISTS}


def test_lists_ask_no_more_for_two_thousand_than_for_two(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.erin)
    bring_in(cast, 2)
    few = asked(client)
    bring_in(cast, CONTRACTS)
    many = asked(client)
    assert {name: count for name, count in many.items() if count > few[name]} == {}
    assert {name: count for name, count in many.items() if count > MOST} == {}
