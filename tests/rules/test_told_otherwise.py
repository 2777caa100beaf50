"""CAP-65 to CAP-72: calls, complaints, stories in other words, and what is shown beside them."""

from __future__ import annotations

import pytest

from makegood.capture import rules
from tests.rules.refusing import refused


@pytest.mark.parametrize("reach", ["01632 960 001", "+44 1632 960001", "(01632) 960-001"])
def test_cap_65_a_number_has_its_area_code(reach: str) -> None:
    """CAP-65"""
    rules.check_call_reaches_somebody(reach=reach, is_video=False)


@pytest.mark.parametrize("reach", ["", "  ", "960 001", "ring me", "joel@example.org"])
def test_cap_65_what_reaches_nobody_is_refused(reach: str) -> None:
    """CAP-65"""
    with refused("CAP-65", saying="area code"):
        rules.check_call_reaches_somebody(reach=reach, is_video=False)


def test_cap_65_a_video_call_goes_to_an_address_too() -> None:
    """CAP-65"""
    rules.check_call_reaches_somebody(reach="joel@example.org", is_video=True)
    with refused("CAP-65"):
        rules.check_call_reaches_somebody(reach=" ", is_video=True)


def test_cap_66_what_was_told_is_read_back() -> None:
    """CAP-66"""
    rules.check_it_was_read_back(is_read_back=True)
    with refused("CAP-66", saying="read it back"):
        rules.check_it_was_read_back(is_read_back=False)


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_cap_67_a_complaint_says_what_is_wrong(words: str) -> None:
    """CAP-67"""
    rules.check_complaint_says_something(words="Nobody came")
    with refused("CAP-67"):
        rules.check_complaint_says_something(words=words)


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_cap_68_an_answer_says_what_was_found(words: str) -> None:
    """CAP-68"""
    rules.check_answer_says_something(words="We found a gap")
    with refused("CAP-68"):
        rules.check_answer_says_something(words=words)


def test_cap_69_other_words_go_with_the_story() -> None:
    """CAP-69"""
    rules.check_version_is_of_what_stands(is_standing=True)
    with refused("CAP-69"):
        rules.check_version_is_of_what_stands(is_standing=False)


def test_cap_70_a_version_says_it_otherwise() -> None:
    """CAP-70"""
    rules.check_version_is_another(is_translation=True, is_english=False, is_there=False)
    rules.check_version_is_another(is_translation=False, is_english=True, is_there=False)
    with refused("CAP-70", saying="Choose the language"):
        rules.check_version_is_another(is_translation=True, is_english=True, is_there=False)
    with refused("CAP-70", saying="Take it away first"):
        rules.check_version_is_another(is_translation=True, is_english=False, is_there=True)


def test_cap_71_two_people_answer_for_a_version() -> None:
    """CAP-71"""
    rules.check_version_is_checked_by_another(is_same=False)
    with refused("CAP-71"):
        rules.check_version_is_checked_by_another(is_same=True)


@pytest.mark.parametrize(
    ("held", "saying"),
    [
        ({"is_agreed": False}, "lets only those who judge"),
        ({"has_others": True}, "were not asked"),
        ({"is_told": False}, "in words"),
    ],
)
def test_cap_72_what_was_added_is_shown_where_its_giver_agreed(
    held: dict[str, bool], saying: str
) -> None:
    """CAP-72"""
    right = {"is_agreed": True, "has_others": False, "is_told": True}
    rules.check_file_may_be_shown(**right)
    with refused("CAP-72", saying=saying):
        rules.check_file_may_be_shown(**(right | held))
