"""A role that follows others is never more than one of them was: not for more, not in more, not longer."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from makegood.articulate.actions import narrow_role, start_programme
from makegood.articulate.models import Programme
from makegood.articulate.queries import programmes_given, reach_of
from makegood.contract.permissions import can_sign
from makegood.contract.states import Side
from makegood.people.models import Membership, Person
from makegood.people.states import Role
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join

pytestmark = pytest.mark.django_db
LITTLE, MUCH = Decimal(10_000), Decimal(1_000_000)


@pytest.fixture
def here(cast: Cast) -> Programme:
    """The programme of every example here."""
    return start_programme(name="Here", summary="", run_by=cast.support_unit, by=cast.frank)


@pytest.fixture
def there(cast: Cast) -> Programme:
    """Another."""
    return start_programme(name="There", summary="", run_by=cast.support_unit, by=cast.frank)


def signs(
    cast: Cast, person: Person, *programmes: Programme, limit: Decimal | None, **more: object
) -> Membership:
    """Let ``person`` sign for the provider up to ``limit``, in ``programmes`` alone if any are given."""
    held = join(
        cast.provider,
        person=person,
        role=Role.SIGNATORY,
        by=cast.alice,
        signing_limit=limit,
        **more,
    )
    narrow_role(held, programmes=programmes, by=cast.alice)
    return held


def signatory(person: Person) -> tuple[Decimal | None, set[Programme]]:
    """Return up to what ``person`` signs, and in which programmes alone."""
    held = Membership.objects.current().get(person=person, role=Role.SIGNATORY)
    return held.signing_limit, set(programmes_given(held))


def test_a_limit_holds_where_its_role_holds(cast: Cast) -> None:
    contract = loop.a_settled_contract(cast)
    elsewhere = start_programme(name="There", summary="", run_by=cast.support_unit, by=cast.frank)
    join(cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice, signing_limit=LITTLE)
    more = signs(cast, cast.bob, elsewhere, limit=MUCH)
    answer = can_sign(cast.bob, contract=contract, side=Side.PROVIDER)
    assert (answer.allowed, answer.number) == (False, "CON-19")
    assert "up to £10,000" in answer.reason
    narrow_role(more, programmes=[contract.proposal.need.programme], by=cast.alice)
    assert can_sign(cast.bob, contract=contract, side=Side.PROVIDER)


def test_the_largest_limit_counts_and_none_is_larger_than_any(cast: Cast, here: Programme) -> None:
    def limit() -> Decimal | None:
        where = {"organisation": cast.provider.pk, "programme": here.pk}
        return reach_of(cast.bob).signing_limit(**where)

    own = partial(join, cast.provider, person=cast.bob, role=Role.OWNER, by=cast.alice)
    signs(cast, cast.bob, limit=LITTLE)
    assert limit() == LITTLE
    own(signing_limit=MUCH)
    assert limit() == MUCH
    own()
    assert limit() is None
