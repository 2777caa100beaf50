"""A place that is full: what `benchmarks.pages_bench` looks at, and `tests/deep` counts queries in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from makegood.articulate.actions import start_programme
from makegood.contract.actions import ToldContract, ToldPromise, bring_in_contracts
from makegood.contract.models import Contract
from tests.factories.cast import Cast, gather
from tests.factories.many import Many

PROPOSALS, PROMISES, CONTRACTS = 12, 30, 2000
LOOKS = 5
COMPARED = f"{PROPOSALS} proposals of {PROMISES} promises"
LISTS = (
    *("contracts", "contracts_table", "needs", "needs_table", "promises", "promises_table"),
    *("portfolio", "portfolio_table", "organisations", "measures", "ledger"),
)


def compared(cast: Cast) -> tuple[str, list[str]]:
    """Fill a need with proposals; return where they are compared."""
    many = Many.of(cast, promises=PROMISES, name="Compared")
    for many.grown in range(PROPOSALS):
        many.proposal("submitted")
    return "compare", [many.need.reference]


def bring_in(cast: Cast, count: int) -> None:
    """Bring in so many contracts of one promise each, as a council does on its first day."""
    programme = start_programme(
        name=f"{count} brought in", summary="", run_by=cast.support_unit, by=cast.frank
    )
    told = [_told(number, of=count) for number in range(count)]
    bring_in_contracts(
        told, commissioner=cast.commissioner, programme=programme, assessor=cast.assessors, by=cast.erin
    )  # fmt: skip
    assert Contract.objects.filter(brought_in_at__isnull=False).count() >= count


def _told(number: int, *, of: int) -> ToldContract:
    promised = ToldPromise(
        line=number + 1, for_whom="our neighbours", what_changes=f"more of {number} are visited",
        due_on=date(2026, 3, 31),
    )  # fmt: skip
    return ToldContract(
        reference=f"VC/{of}/{number}", title=f"Visits in ward {number}", provider=f"Visitors {number % 40}",
        number="", starts_on=date(2025, 4, 1), ends_on=date(2028, 3, 31), value=None,
        decided_on=date(2025, 1, 15), promises=[promised],
    )  # fmt: skip


def queries_of(client: Client, address: str) -> int:
    """Return how often a page asks the database, once it was opened before."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def pages(cast: Cast) -> Iterator[tuple[str, str, Client, str]]:
    """Fill the place, and yield each page: its name, what it holds, who looks, and its address."""
    client = Client()
    name, arguments = compared(cast)
    client.force_login(cast.erin)
    yield name, COMPARED, client, reverse(name, args=arguments)
    bring_in(cast, CONTRACTS)
    for name in LISTS:
        yield name, f"{CONTRACTS:,} contracts here", client, reverse(name)


def look_at_all() -> None:
    """Print how long the processor is at each page, the median of a few looks, and how often it asks.

    The database is SQLite, in this process, so its time is counted too.
    """
    mail.outbox = []  # type: ignore[attr-defined]  # Django makes it in tests alone
    for name, what, client, address in pages(gather()):
        queries, taken = queries_of(client, address), []
        for _ in range(LOOKS):
            began = time.process_time()
            client.get(address)
            taken.append(time.process_time() - began)
        print(name, what, f"{sorted(taken)[LOOKS // 2] * 1000:.0f}", queries, sep="\t")
