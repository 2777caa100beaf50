"""CAP: what must be true of what is captured."""

from __future__ import annotations

import pytest

from makegood.capture import rules
from makegood.capture.states import Consent
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


def test_cap_05_who_agrees_for_another_says_why_they_may() -> None:
    """CAP-05"""
    rules.check_basis_fits(is_for_another=False, fits=False, is_related=False)
    rules.check_basis_fits(is_for_another=True, fits=True, is_related=True)
    with refused("CAP-05", saying="what lets you agree"):
        rules.check_basis_fits(is_for_another=True, fits=False, is_related=True)
    with refused("CAP-05", saying="who you are to them"):
        rules.check_basis_fits(is_for_another=True, fits=True, is_related=False)


def test_cap_06_best_interests_show_no_name() -> None:
    """CAP-06"""
    rules.check_consent_fits_basis(is_wider=False)
    with refused("CAP-06", saying="without my name"):
        rules.check_consent_fits_basis(is_wider=True)


def test_consents_stand_from_the_fewest_readers_to_the_most() -> None:
    pairs = zip(Consent, list(Consent)[1:], strict=False)
    assert all(one.is_narrower_than(other) for one, other in pairs)
    assert not Consent.PUBLIC.is_narrower_than(Consent.PUBLIC)
