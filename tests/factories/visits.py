"""Somebody at a browser for whom every address is as it was at first, whatever they asked before."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from makegood.people.models import Person
from tests.factories.sign_in import sign_in
from tests.guard_table import Row


class Visit:
    """Somebody at a browser, or nobody; what they do is undone."""

    def __init__(self, person: Person | None = None) -> None:
        client = Client()
        if person:
            sign_in(client, person)
        self.cookies = client.cookies

    def ask(self, row: Row, path: str, **how: Any) -> HttpResponseBase:
        """Open an address the way the guard table says."""
        client = Client()
        client.cookies = copy(self.cookies)
        with transaction.atomic():
            answer = client.post(path, **how) if row.method == "POST" else client.get(path, **how)
            transaction.set_rollback(True)
        return answer
