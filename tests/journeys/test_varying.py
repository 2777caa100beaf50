"""From a signed contract to one that both sides varied, and that everyone reads: by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.contract.models import Commitment, Contract
from makegood.kernel.ledger.verify import verify
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_both_sides_vary_what_they_signed(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    contract = loop.a_signed_contract(cast)
    alice, erin = (visitor(scripts=scripts, colours=colours) for _ in range(2))
    alice.become(cast.alice)
    alice.open(f"/contracts/{contract.reference}/")
    propose(alice, contract.proposal.promises.get().reference)
    erin.become(cast.erin)
    erin.open(f"/contracts/{contract.reference}/variations/1/")
    erin.see("Target 4.8% instead of 4.5%")
    erin.follow("Ask for something else")
    erin.write("Why?", "4.7 we could do")
    erin.press("Send it back")
    alice.open(f"/contracts/{contract.reference}/variations/1/")
    alice.see("4.7 we could do")
    change(alice, contract.proposal.promises.get().reference, target="4.7")
    for somebody in (alice, erin):
        somebody.open(f"/contracts/{contract.reference}/variations/1/")
        somebody.press("Read it once more and sign")
        somebody.choose("I have read every change, and I may sign for my organisation")
        somebody.press("Sign the variation")
    read(visitor(scripts=scripts, colours=colours), contract)
    assert Commitment.objects.get().target == 4.7
    assert verify().problems == []


def propose(alice: Visitor, promise: str) -> None:
    """Begin a variation, change a target, and propose it."""
    alice.follow("Propose a variation: change a commitment, extend, or pause")
    alice.write("Why does the contract change?", "The second house opens later")
    alice.press("Keep this")
    change(alice, promise, target="4.8")


def change(alice: Visitor, promise: str, *, target: str) -> None:
    """Say another target, and propose it."""
    alice.follow(f"Change target, day or people of {promise}")
    alice.write("Target", target)
    alice.press("Keep this")
    alice.press("Propose it to the other side")
    alice.press("Propose it")


def read(nobody: Visitor, contract: Contract) -> None:
    """Everyone reads what changed, when and why."""
    nobody.open(f"/promises/{contract.proposal.promises.get().reference}/")
    nobody.see("Varied by both sides")
    nobody.see("Target 4.7% instead of 4.5%")
    nobody.see("The second house opens later")
