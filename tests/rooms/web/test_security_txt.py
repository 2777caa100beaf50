"""Whoever finds a weakness is told whom to tell (RFC 9116)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

ADDRESS = "/.well-known/security.txt"


def test_there_is_none_where_nobody_was_named(client: Client, db: None, settings: Any) -> None:
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("https://example.org/tell", "https://example.org/tell"),
        ("mailto:s@example.org", "mailto:s@example.org"),
    ],
)
def test_it_says_whom_and_until_when(
    client: Client, settings: Any, contact: str, said: str
) -> None:
    settings.SECURITY_CONTACT = contact
    settings.ADDRESS = "https://makegood.example.org"
    answer = client.get(f"{ADDRESS}?else=x", headers={"host": "localhost"}, secure=True)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert told["Contact"] == said
    assert told["Canonical"] == f"https://makegood.example.org{ADDRESS}"
    ahead = datetime.fromisoformat(told["Expires"]) - timezone.now()
    assert timedelta(days=30) < ahead < timedelta(days=365)
