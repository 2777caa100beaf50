"""PEO-78 to PEO-84, PEO-90 to PEO-92: groups in formation; and the guide to the legal forms."""

from __future__ import annotations

from datetime import date

import pytest

from makegood.people import rules
from makegood.people.legal_forms import AS_OF, GUIDES, guide_called, guide_to
from makegood.people.states import Kind, LegalForm
from tests.rules.refusing import refused

TODAY = date(2026, 11, 22)


def test_peo_90_only_a_provider_is_in_formation() -> None:
    """PEO-90"""
    rules.check_only_a_provider_is_in_formation(is_in_formation=True, kind=Kind.PROVIDER)
    rules.check_only_a_provider_is_in_formation(is_in_formation=False, kind=Kind.COMMISSIONER)
    with refused("PEO-90", saying="support unit"):
        rules.check_only_a_provider_is_in_formation(is_in_formation=True, kind=Kind.SUPPORT_UNIT)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "in formation"), ("in formation", "in formation"), ("trust", "trust"), ("trust", "")],
)
def test_peo_91_other_words_are_free(before: str, after: str) -> None:
    """PEO-91"""
    rules.check_formation_ends_by_registering(before=before, after=after, was_registered=False)


@pytest.mark.parametrize(
    ("before", "after", "was_registered", "saying"),
    [
        ("in formation", "trust", False, "We are registered now"),
        ("in formation", "", False, "We are registered now"),
        ("trust", "in formation", False, "You have a legal form"),
        ("", "in formation", True, "or had one"),
    ],
)
def test_peo_91_formation_ends_by_registering(
    before: str, after: str, was_registered: bool, saying: str
) -> None:
    """PEO-91"""
    with refused("PEO-91", saying=saying):
        rules.check_formation_ends_by_registering(
            before=before, after=after, was_registered=was_registered
        )


def test_peo_92_what_is_done_to_get_there_is_done_before() -> None:
    """PEO-92"""
    rules.check_it_is_in_formation(is_in_formation=True, organisation="The New Ones")
    with refused("PEO-92", saying="The New Ones"):
        rules.check_it_is_in_formation(is_in_formation=False, organisation="The New Ones")


def test_peo_78_whoever_is_registered_is_something() -> None:
    """PEO-78"""
    rules.check_a_registration_has_a_legal_form(LegalForm.CIO)
    for nothing in ("", LegalForm.IN_FORMATION):
        with refused("PEO-78", saying="legal form"):
            rules.check_a_registration_has_a_legal_form(nothing)


def test_peo_79_a_registration_can_be_looked_up() -> None:
    """PEO-79"""
    check = rules.check_a_registration_has_a_number_or_a_reason
    check(has_number=True, why_no_number="")
    check(has_number=False, why_no_number="An association is in no register")
    with refused("PEO-79", saying="number"):
        check(has_number=False, why_no_number="  ")


def test_peo_80_what_is_done_is_done() -> None:
    """PEO-80"""
    rules.check_a_day_is_not_to_come(TODAY, today=TODAY)
    rules.check_a_day_is_not_to_come(None, today=TODAY)
    with refused("PEO-80", saying="23 November 2026 is to come"):
        rules.check_a_day_is_not_to_come(date(2026, 11, 23), today=TODAY)


def test_peo_81_a_step_leads_there() -> None:
    """PEO-81"""
    rules.check_a_step_leads_there("fca", known={"fca"})
    with refused("PEO-81"):
        rules.check_a_step_leads_there("fca", known={"cio"})


def test_peo_82_one_advises_at_a_time() -> None:
    """PEO-82"""
    rules.check_one_advises_at_a_time(is_open=False)
    with refused("PEO-82", saying="asked already"):
        rules.check_one_advises_at_a_time(is_open=True)


def test_peo_83_an_adviser_is_one() -> None:
    """PEO-83"""
    rules.check_an_adviser_advises_there(advises=True, unit="The Unit")
    with refused("PEO-83", saying="The Unit"):
        rules.check_an_adviser_advises_there(advises=False, unit="The Unit")


def test_peo_46_advice_is_asked_where_it_is_given() -> None:
    """PEO-46"""
    rules.check_a_unit_that_advises_is_asked(advises=True, unit="The Unit")
    with refused("PEO-46", saying="Nobody advises at The Unit now"):
        rules.check_a_unit_that_advises_is_asked(advises=False, unit="The Unit")


def test_peo_84_advice_says_something() -> None:
    """PEO-84"""
    rules.check_a_note_says_something("Ring the FCA")
    with refused("PEO-84"):
        rules.check_a_note_says_something(" ")


def test_the_guide_says_all_of_each_form() -> None:
    assert LegalForm.IN_FORMATION not in GUIDES
    assert len({guide.slug for guide in GUIDES.values()}) == len(GUIDES) >= 12
    for guide in GUIDES.values():
        said = (guide.what, guide.owned_by, guide.must, guide.register_with, guide.takes)
        assert all(words.endswith(".") for words in (*said, guide.costs)), guide.slug
        assert guide.sources
        assert len({step.key for step in guide.steps}) == len(guide.steps) >= 5
        assert all(source.href.startswith("https://") for source in guide.sources)
    assert AS_OF >= 2026


def test_steps_differ_by_form() -> None:
    keys = {form: {step.key for step in guide.steps} for form, guide in GUIDES.items()}
    assert "cic_statement" in keys[LegalForm.CIC_GUARANTEE] - keys[LegalForm.CIO]
    assert "fca" in keys[LegalForm.COMMUNITY_BENEFIT] & keys[LegalForm.COOPERATIVE]
    assert "companies_house" not in keys[LegalForm.CIO] | keys[LegalForm.PARTNERSHIP]


def test_a_guide_is_found_by_its_address() -> None:
    found = guide_called("cio")
    assert found is not None
    assert guide_to(found.form) == found
    assert guide_called("nothing") is None
    assert guide_to("") is None


def test_peo_44_founders_speak_for_themselves() -> None:
    """PEO-44"""
    check = rules.check_founders_speak_for_themselves
    check(is_anothers=False, is_taken=True, shows_to_more=True)
    check(is_anothers=True, is_taken=False, shows_to_more=False)
    for wrong in ("is_taken", "shows_to_more"):
        with refused("PEO-44", saying="wrote this of themselves"):
            check(**{"is_anothers": True, "is_taken": False, "shows_to_more": False, wrong: True})
