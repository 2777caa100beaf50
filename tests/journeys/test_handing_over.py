"""From a signed contract to one that another provider delivers, and that everyone reads: by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.contract.models import Contract
from makegood.kernel.ledger.verify import verify
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
WHY = "The nurses founded an organisation of their own"


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_a_contract_goes_to_another_provider(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    contract = loop.a_signed_contract(cast)
    alice, erin, charlie = (visitor(scripts=scripts, colours=colours) for _ in range(3))
    alice.become(cast.alice)
    alice.open(f"/contracts/{contract.reference}/")
    propose(alice)
    charlie.become(cast.charlie)
    charlie.open("/desk/")
    charlie.follow(f"Sign or decline the handover of “{contract.name}”")
    charlie.see("Nothing that is owed changes")
    charlie.follow("Read the whole contract")
    charlie.see(contract.reference)
    erin.become(cast.erin)
    for somebody in (charlie, erin, alice):
        somebody.open(f"/contracts/{contract.reference}/handovers/1/")
        somebody.press("Read it once more and sign")
        somebody.choose("I have read what is handed over, and I may sign for my organisation")
        somebody.press("Sign the handover")
    assert Contract.objects.get().provider == cast.stranger
    deliver(charlie, contract)
    read(visitor(scripts=scripts, colours=colours), contract)
    assert verify().problems == []


def propose(alice: Visitor) -> None:
    """Say who takes over, why and from when, and propose it."""
    alice.follow("Hand the contract to another provider")
    alice.select("Who takes over?", "Somebody Else")
    alice.choose("The service moves to another organisation, with its staff")
    alice.write("Why does another organisation take over?", WHY)
    alice.press("Keep this")
    alice.press("Propose it to the others")
    alice.see("Propose that Somebody Else takes over?")
    alice.press("Propose it")


def deliver(charlie: Visitor, contract: Contract) -> None:
    """Who took over records figures for what another promised."""
    charlie.open(f"/capture/{contract.commitments.get().reference}/")
    charlie.see("Add a figure")


def read(nobody: Visitor, contract: Contract) -> None:
    """Everyone reads who promised, who delivers, and why."""
    for path in (
        f"/promises/{contract.proposal.promises.get().reference}/",
        f"/contracts/{contract.reference}/",
        f"/contracts/{contract.reference}/schedule/",
    ):
        nobody.open(path)
        nobody.see("delivered by Somebody Else")
        nobody.see(WHY)
