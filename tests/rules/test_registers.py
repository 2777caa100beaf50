"""The registers we know, and the legal forms: every one usable, none said twice."""

from __future__ import annotations

import csv

from makegood.people.registers import REGISTERS, from_one_cell
from makegood.people.states import LEGAL_FORMS, LegalForm
from tests.absent_data import SharedData


def test_every_example_of_a_register_is_one_of_its_numbers() -> None:
    for code, register in REGISTERS.items():
        for example in register.examples:
            assert from_one_cell(f"{code}-{example}") == (code, example)


def test_our_registers_are_those_of_org_id_guide(shared: SharedData) -> None:
    with shared.path("data", "reference", "org-id_lists.csv").open(encoding="utf-8") as file:
        lists = {row["code"]: row for row in csv.DictReader(file)}
    for code in REGISTERS:
        for number in lists[code]["example_identifiers"].replace(" ", "").split(","):
            assert from_one_cell(f"{code}-{number}") == (code, number)
    assert all(from_one_cell(f"{code}-1A") or code in REGISTERS for code in lists)


def test_every_legal_form_is_offered_once() -> None:
    offered = [form for forms in LEGAL_FORMS.values() for form in forms]
    assert sorted(offered) == sorted(LegalForm)
