"""Names in addresses, amounts of money, and cells in files that others open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from makegood.kernel.exports import harmless
from makegood.kernel.money import NotMoney, parse_pounds
from makegood.kernel.references import unused, unused_slug


def test_a_taken_reference_is_not_used_again() -> None:
    offered = iter(["A", "B", "C"])
    assert unused(lambda: next(offered), taken={"A", "B"}.__contains__) == "C"


def test_references_that_never_run_free_are_said() -> None:
    with pytest.raises(RuntimeError, match="No free reference"):
        unused(lambda: "A", taken={"A"}.__contains__)


@pytest.mark.parametrize(
    ("name", "slug"), [("Care at home", "care-at-home"), ("日本", "measure"), ("A" * 200, "a" * 70)]
)
def test_every_name_has_an_address(name: str, slug: str) -> None:
    assert unused_slug(name, otherwise="measure", taken=lambda _: False) == slug


@pytest.mark.parametrize("name", ["New", "Taken"])
def test_an_address_that_means_something_else_gets_a_code(name: str) -> None:
    slug = unused_slug(name, otherwise="measure", taken=lambda slug: slug == "taken")
    assert slug.startswith(f"{name.lower()}-")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("£12,500", "12500"),
        ("12 500.50", "12500.50"),
        (" 0 ", "0"),
        ("100000000000", "1E11"),
        ("1.10000", "1.1"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert parse_pounds(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["1e30", "1_000", "-5", "−5", "NaN", "1,2,3", "٣", "1.005", "100000000000.01", "9" * 400],
)
def test_what_is_not_an_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotMoney):
        parse_pounds(typed)


@pytest.mark.parametrize(
    "cell",
    ["=1+1", " =1", "\n=1", "\x00=1", "+44 x", "-1+1|cmd", "−cmd", "@cmd", "\t@x", "%x", "＝1+1"],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell).startswith("'")
    assert "\n" not in harmless(cell)


@pytest.mark.parametrize("cell", ["4.2", "2024-04-01", "-4.2", "−4.2", "+3", "Care at home"])
def test_a_plain_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_a_number_is_written_plainly_and_nothing_as_nothing() -> None:
    assert [harmless(0.1), harmless(None), harmless(-2.0)] == ["0.1", "", "-2"]
