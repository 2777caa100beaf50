"""What must be true of lists of organisations: PEO-30 to PEO-35, PEO-95."""

from __future__ import annotations

from datetime import date

import pytest

from makegood.people import rules
from tests.rules.refusing import refused


def test_peo_30_lists_are_brought_in_by_operators() -> None:
    """PEO-30"""
    rules.check_an_operator_brings_in_lists(is_operator=True)
    with refused("PEO-30", saying="Only an operator"):
        rules.check_an_operator_brings_in_lists(is_operator=False)


def test_peo_31_a_row_fits_its_list() -> None:
    """PEO-31"""
    rules.check_a_row_fits_its_list(is_too_wide=False, too_long=[], is_named=True)
    with refused("PEO-31", saying="more cells"):
        rules.check_a_row_fits_its_list(is_too_wide=True, too_long=[], is_named=True)
    with refused("PEO-31", saying="no name"):
        rules.check_a_row_fits_its_list(is_too_wide=False, too_long=[], is_named=False)
    with refused("PEO-31", saying="The summary is too long"):
        rules.check_a_row_fits_its_list(is_too_wide=False, too_long=["summary"], is_named=True)


def test_peo_32_a_cell_is_understood() -> None:
    """PEO-32"""
    rules.check_a_cell_is_one_of("provider", column="kind", known={"provider"})
    with refused("PEO-32", saying="“shop” is no kind we know"):
        rules.check_a_cell_is_one_of("shop", column="kind", known={"provider"})


def test_peo_33_a_website_can_be_opened() -> None:
    """PEO-33"""
    rules.check_a_website_can_be_opened(opens=True, website="https://www.example.org")
    with refused("PEO-33", saying="“example” is no web address"):
        rules.check_a_website_can_be_opened(opens=False, website="example")


def test_peo_34_an_area_is_known() -> None:
    """PEO-34"""
    assert rules.check_an_area_is_known("Gateshead", code="E08000037") == "Gateshead"
    with refused("PEO-34", saying="“E1”"):
        rules.check_an_area_is_known(None, code="E1")


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-03-04", "20260304", "04/03/2026", "4/3/2026", "4.3.2026", "04-03-2026"),
        *("4 March 2026", "04 Mar 2026", "4-Mar-2026", "2026-03-04 00:00:00", "04/03/2026 00:00"),
    ],
)
def test_peo_95_a_day_is_read_as_britain_writes_it(cell: str) -> None:
    """PEO-95"""
    assert rules.check_a_cell_is_a_day(cell, column="closed on") == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("cell", "saying"),
    [
        ("46085", "Show the column as a date"),
        ("46085.5", "Show the column as a date"),
        ("31/03/26", "Write the year with four digits"),
        ("31-Mar-26", "Write the year with four digits"),
        ("03/31/2026", "Write the day, the month and the year"),
        ("2026-02-30", "Write the day, the month and the year"),
        ("31/03/2026 14:30", "Write the day, the month and the year"),
        ("March", "Write the day, the month and the year"),
    ],
)
def test_peo_95_what_is_no_day_says_how_to_write_it(cell: str, saying: str) -> None:
    """PEO-95"""
    assert rules.check_a_cell_is_a_day("", column="closed on") is None
    with refused("PEO-95", saying=f"“{cell}” under “closed on” is no day. {saying}"):
        rules.check_a_cell_is_a_day(cell, column="closed on")


def test_peo_35_a_row_names_one() -> None:
    """PEO-35"""
    rules.check_a_row_names_one(said="its name", found=["Hill Care (GB-CHC-1, page hill-care)"])
    with refused("PEO-35", saying="is found by its name: one; another."):
        rules.check_a_row_names_one(said="its name", found=["one", "another"])
