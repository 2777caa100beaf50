"""What an address needs to be opened: made once a test, through the platform's own actions.

    @example("promise")
    def promise(cast: Cast) -> dict[str, object]:
        return {"reference": an_approved_promise(of=cast.alice).reference}

The name is what the guard table's ``with`` column says; the answer is what ``reverse`` takes.
"""

from __future__ import annotations

from collections.abc import Callable

from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast

Maker = Callable[[Cast], dict[str, object]]
EXAMPLES: dict[str, Maker] = {}


def example(name: str) -> Callable[[Maker], Maker]:
    """Declare what addresses with this example need."""

    def keep(make: Maker) -> Maker:
        if name in EXAMPLES:
            raise ValueError(f"Two examples are called {name}.")
        EXAMPLES[name] = make
        return make

    return keep


@example("organisation")
def organisation(cast: Cast) -> dict[str, object]:
    return {"slug": cast.provider.slug}


@example("membership")
def membership(cast: Cast) -> dict[str, object]:
    return {"slug": cast.provider.slug, "person": cast.bob.public_id, "role": Role.READER}


@example("draft-need")
def draft_need(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_need(cast).reference}


@example("need")
def need(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_published_need(cast).reference}


@example("draft")
def draft(cast: Cast) -> dict[str, object]:
    return {"code": loop.a_draft_promise(cast).proposal.code}


@example("draft-promise")
def draft_promise(cast: Cast) -> dict[str, object]:
    promise = loop.a_draft_promise(cast)
    return {"code": promise.proposal.code, "position": promise.position}


@example("submitted")
def submitted(cast: Cast) -> dict[str, object]:
    return {"code": loop.a_submitted_proposal(cast).code}


@example("approved")
def approved(cast: Cast) -> dict[str, object]:
    return {"code": loop.an_approved_promise(cast).proposal.code}


@example("promise")
def promise(cast: Cast) -> dict[str, object]:
    return {"reference": loop.an_approved_promise(cast).reference}


@example("draft-contract")
def draft_contract(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_draft_contract(cast).reference}


@example("disposition")
def disposition(cast: Cast) -> dict[str, object]:
    contract = loop.a_draft_contract(cast)
    return {"reference": contract.reference, "position": 1}


@example("contract")
def contract(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_signed_contract(cast).reference}


@example("measure")
def measure(cast: Cast) -> dict[str, object]:
    return {"slug": loop.a_measure(cast).slug}
