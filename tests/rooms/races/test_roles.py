"""While a role changes, ends or is narrowed: nothing is done with what it was a moment ago."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

from makegood.articulate.actions import narrow_role, start_programme, write_need
from makegood.articulate.models import Programme
from makegood.articulate.queries import programmes_given
from makegood.contract.actions import revise_contract, sign_contract
from makegood.contract.models import Contract, Signature
from makegood.contract.states import Side
from makegood.kernel.refusal import Refused
from makegood.people.actions import (
    accept_invitation,
    change_membership,
    end_membership,
    erase_person,
    invite,
)
from makegood.people.models import Membership, Organisation, Person
from makegood.people.states import Appointment, Role
from tests.factories.cast import Cast
from tests.factories.crowd import newcomer
from tests.factories.joining import join
from tests.factories.loop import a_need, a_settled_contract
from tests.factories.racing import overtaking

pytestmark = pytest.mark.django_db(transaction=True)
SIGNS = Appointment(role=Role.SIGNATORY, signing_limit=Decimal(1_000_000))


def current(person: Person, organisation: Organisation) -> list[Membership]:
    return list(Membership.objects.current().filter(person=person, organisation=organisation))


def another_programme(cast: Cast) -> Programme:
    return start_programme(name="Another", summary="", run_by=cast.support_unit, by=cast.frank)


def told(outcome: object) -> str:
    """Return the number under which somebody was refused."""
    assert isinstance(outcome, Refused), outcome
    return outcome.number


@pytest.mark.parametrize("leaves", ["leaving", "erased"])
def test_peo_38_who_just_left_is_not_made_owner(cast: Cast, leaves: str) -> None:
    """PEO-38"""
    held = Membership.objects.get(person=cast.bob, organisation=cast.provider)
    goes = {
        "leaving": partial(end_membership, held, by=cast.bob),
        "erased": partial(erase_person, by=cast.bob),
    }[leaves]
    owner = Appointment(role=Role.OWNER)
    outcome = overtaking(
        goes, second=partial(change_membership, held, appointment=owner, by=cast.alice)
    )
    assert told(outcome) == "PEO-38"
    assert current(cast.bob, cast.provider) == []


def test_who_is_just_erased_accepts_nothing(cast: Cast) -> None:
    owner = Appointment(role=Role.OWNER)
    pat = newcomer("pat")
    asked = invite(cast.provider, email=pat.email, appointment=owner, by=cast.alice)
    outcome = overtaking(
        partial(erase_person, by=pat), second=partial(accept_invitation, asked, by=pat)
    )
    assert isinstance(outcome, Refused), outcome
    assert current(pat, cast.provider) == []


def test_art_18_what_is_just_accepted_is_not_narrowed_as_an_invitation(cast: Cast) -> None:
    """ART-18"""
    here = another_programme(cast)
    editor = Appointment(role=Role.EDITOR)
    asked = invite(cast.provider, email=cast.charlie.email, appointment=editor, by=cast.alice)
    outcome = overtaking(
        partial(accept_invitation, asked, by=cast.charlie),
        second=partial(narrow_role, asked, programmes=[here], by=cast.alice),
    )
    assert told(outcome) == "ART-18"
    [joined] = current(cast.charlie, cast.provider)
    assert not programmes_given(joined)


def test_art_18_a_role_that_just_changed_is_not_narrowed_as_it_was(cast: Cast) -> None:
    """ART-18"""
    here = another_programme(cast)
    [reads] = current(cast.bob, cast.provider)
    recorder = Appointment(role=Role.RECORDER)
    outcome = overtaking(
        partial(change_membership, reads, appointment=recorder, by=cast.alice),
        second=partial(narrow_role, reads, programmes=[here], by=cast.alice),
    )
    assert told(outcome) == "ART-18"


def test_what_is_just_narrowed_stays_narrow_when_it_changes(cast: Cast) -> None:
    here = another_programme(cast)
    [reads] = current(cast.bob, cast.provider)
    recorder = Appointment(role=Role.RECORDER)
    changed = overtaking(
        partial(narrow_role, reads, programmes=[here], by=cast.alice),
        second=partial(change_membership, reads, appointment=recorder, by=cast.alice),
    )
    assert isinstance(changed, Membership), changed
    assert list(programmes_given(changed)) == [here]


def test_art_16_who_was_just_narrowed_signs_nothing_elsewhere(cast: Cast) -> None:
    """ART-16"""
    contract, here = a_settled_contract(cast), another_programme(cast)
    held = join(cast.provider, person=cast.bob, by=cast.alice, **vars(SIGNS))
    outcome = overtaking(
        partial(narrow_role, held, programmes=[here], by=cast.alice),
        second=partial(sign_contract, contract, side=Side.PROVIDER, by=cast.bob),
    )
    assert told(outcome) == "ART-16"
    assert not Signature.objects.exists()


def test_con_19_whose_limit_was_just_lowered_signs_nothing_beyond_it(cast: Cast) -> None:
    """CON-19"""
    contract = a_settled_contract(cast)
    held = join(cast.provider, person=cast.bob, by=cast.alice, **vars(SIGNS))
    lower = Appointment(role=Role.SIGNATORY, signing_limit=Decimal(5))
    outcome = overtaking(
        partial(change_membership, held, appointment=lower, by=cast.alice),
        second=partial(sign_contract, contract, side=Side.PROVIDER, by=cast.bob),
    )
    assert told(outcome) == "CON-19"
    assert not Signature.objects.exists()


def test_art_16_who_was_just_narrowed_writes_nothing_elsewhere(cast: Cast) -> None:
    """ART-16"""
    here, there = another_programme(cast), a_need(cast).programme
    held = join(cast.commissioner, person=cast.bob, role=Role.EDITOR, by=cast.erin)
    outcome = overtaking(
        partial(narrow_role, held, programmes=[here], by=cast.erin),
        second=partial(
            write_need,
            programme=there,
            commissioner=cast.commissioner,
            title="Elsewhere",
            description="x",
            alternative="y",
            by=cast.bob,
        ),
    )
    assert told(outcome) == "ART-16"


def test_con_19_nobody_signs_what_was_just_raised_beyond_their_limit(cast: Cast) -> None:
    """CON-19"""
    contract = a_settled_contract(cast)
    join(cast.provider, person=cast.bob, by=cast.alice, **vars(SIGNS))
    outcome = overtaking(
        partial(
            revise_contract,
            contract,
            assessor=contract.assessor,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
            value=Decimal(2_000_000),
            by=cast.erin,
        ),
        second=partial(
            sign_contract,
            Contract.objects.get(pk=contract.pk),
            side=Side.PROVIDER,
            by=cast.bob,
        ),
    )
    assert told(outcome) == "CON-19"
    assert not Signature.objects.exists()
