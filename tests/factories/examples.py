"""What an address needs to be opened: made once a test, through the platform's own actions.

    @example("promise")
    def promise(cast: Cast) -> dict[str, object]:
        return {"reference": an_approved_promise(of=cast.alice).reference}

The name is what the guard table's ``with`` column says; the answer is what ``reverse`` takes.
"""

from __future__ import annotations

from collections.abc import Callable

from makegood.people.states import Role
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
