"""CAP: what must be true of what is captured."""

from __future__ import annotations

import pytest

from makegood.capture import rules
from tests.rules.refusing import refused


def test_cap_01_capture_follows_signature() -> None:
    """CAP-01"""
    rules.check_contract_is_in_force(in_force=True)
    with refused("CAP-01", saying="not signed by both sides"):
        rules.check_contract_is_in_force(in_force=False)


def test_cap_02_a_closed_link_takes_no_story() -> None:
    """CAP-02"""
    rules.check_story_link_is_open(is_open=True)
    with refused("CAP-02", saying="Nothing you wrote was sent"):
        rules.check_story_link_is_open(is_open=False)


@pytest.mark.parametrize("first_name", ["", "  "])
def test_cap_03_a_name_is_given_to_be_shown(first_name: str) -> None:
    """CAP-03"""
    rules.check_named_story_has_a_name(is_named=True, first_name="Ann")
    rules.check_named_story_has_a_name(is_named=False, first_name=first_name)
    with refused("CAP-03"):
        rules.check_named_story_has_a_name(is_named=True, first_name=first_name)


def test_cap_04_figures_belong_to_a_measure() -> None:
    """CAP-04"""
    rules.check_commitment_is_in_numbers(has_series=True)
    with refused("CAP-04"):
        rules.check_commitment_is_in_numbers(has_series=False)
