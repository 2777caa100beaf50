"""Every table says what it holds about people, and leaves out no field that could tell of one."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import models

from makegood.kernel.personal import (
    Basis,
    Held,
    all_held,
    may_tell_of_people,
    personal,
    tables_about_people,
)
from makegood.people.models import Membership, Person
from tests.architecture.breaches import none_of

SAID = ("heading", "about", "why", "basis", "kept", "seen_by", "corrected")


def undeclared(tables: Iterable[type[models.Model]], found: Iterable[Held]) -> list[str]:
    """Return each table that is not declared once, by its name."""
    stores = [held.store for held in found]
    return [table._meta.label for table in tables if stores.count(table) != 1]


def gaps(held: Held) -> list[str]:
    """Return what a declaration leaves out, or names that is not there."""
    named = {*held.holds, *held.secret, *held.plain}
    faults = [f"{held.name} does not say: {name}" for name in SAID if not getattr(held, name)]
    if not held.is_personal:
        faults = []
    if isinstance(held.store, str):
        return faults
    fields = {each.name for each in held.store._meta.local_fields}
    wanted = may_tell_of_people(held.store) - {held.whose}
    faults += [f"{held.name}.{name} is not declared" for name in sorted(wanted - named)]
    faults += [f"{held.name}.{name} is no field" for name in sorted(named - fields)]
    twice = len(held.holds) + len(held.secret) + len(held.plain) - len(named)
    return [*faults, *([f"{held.name} declares {twice} twice"] if twice else [])]


def test_every_table_is_declared_once() -> None:
    none_of(undeclared(apps.get_models(), all_held()))


def test_no_declaration_leaves_anything_out() -> None:
    none_of(fault for held in all_held() for fault in gaps(held))


def test_what_stays_says_why() -> None:
    none_of(held.name for held in personal() if held.at_erasure != "deleted" and not held.stays)


def test_every_lookup_leads_to_persons() -> None:
    person = Person(pk=1)
    assert all(str(held.rows_of(person).query) for held in tables_about_people())


def test_a_table_that_nobody_declared_is_found() -> None:
    found = [held for held in all_held() if held.store is not Membership]
    assert undeclared(apps.get_models(), found) == ["people.Membership"]
    twice = [*all_held(), Held(store=Membership)]
    assert undeclared(apps.get_models(), twice) == ["people.Membership"]


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (Held(store=Person, plain=("name", "public_id", "password")), "people.person.email is not"),
        (Held(store=Membership), "people.membership.person is not declared"),
        (Held(store=Membership, whose="person", plain=("nickname",)), "nickname is no field"),
        (Held(store="files", holds={"a": "b"}), "files does not say: basis"),
        (Held(store=Membership, holds={"role": "r"}, plain=("role",)), "declares 1 twice"),
    ],
)
def test_a_gap_is_found(held: Held, fault: str) -> None:
    assert any(fault in found for found in gaps(held)), gaps(held)


def test_every_basis_has_its_article() -> None:
    assert all("Article 6(1)(" in basis.words for basis in Basis)


def test_whoever_stands_in_a_row_finds_it() -> None:
    """Each column that points to a person leads there, or the row is nobody's but the first one's."""
    none_of(
        f"{held.name}.{each.name} leads to nobody"
        for held in personal()
        if not isinstance(held.store, str)
        for each in held.store._meta.local_fields
        if each.related_model is Person and each.name not in held.lookups
    )
