"""MEA: what must be true of the words of a measure, and of taking it out of use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.measures import rules
from tests.rules.refusing import refused

LIMIT = st.none() | st.floats(-1e6, 1e6)


def test_mea_12_a_revision_says_why() -> None:
    """MEA-12"""
    rules.check_revision_says_why(reason="The publication changed")
    with refused("MEA-12", saying="Say why"):
        rules.check_revision_says_why(reason=" \n")


def test_mea_13_a_measure_keeps_its_arithmetic() -> None:
    """MEA-13"""
    rules.check_arithmetic_stays(changed=[])
    with refused("MEA-13", saying="unit and the kind"):
        rules.check_arithmetic_stays(changed=["unit", "kind"])
    with refused("MEA-13", saying="makes a new measure"):
        rules.check_arithmetic_stays(changed=["frequency"])


def test_mea_14_a_revision_changes_something() -> None:
    """MEA-14"""
    rules.check_revision_changes_something(changes=True)
    with refused("MEA-14"):
        rules.check_revision_changes_something(changes=False)


def test_mea_15_a_revision_is_of_what_stands() -> None:
    """MEA-15"""
    rules.check_revision_is_of_what_stands(read=2, standing=2)
    with refused("MEA-15", saying="version 3"):
        rules.check_revision_is_of_what_stands(read=2, standing=3)


def test_mea_16_a_retired_measure_takes_no_new_promise() -> None:
    """MEA-16"""
    rules.check_measure_is_in_use(is_retired=False, name="Absence")
    with refused("MEA-16", saying="Absence"):
        rules.check_measure_is_in_use(is_retired=True, name="Absence")


@given(LIMIT, LIMIT, LIMIT, LIMIT, st.floats(-1e6, 1e6))
def test_mea_17_what_was_possible_stays_possible(
    lowest: float | None,
    highest: float | None,
    low: float | None,
    high: float | None,
    value: float,
) -> None:
    """MEA-17"""
    try:
        rules.check_range_only_widens(old=(lowest, highest), new=(low, high))
    except rules.RuleBroken:
        return
    was_possible = _holds(value, lowest, highest)
    assert not was_possible or _holds(value, low, high)


def test_mea_17_a_range_that_narrows_is_refused() -> None:
    rules.check_range_only_widens(old=(0, 100), new=(None, None))
    for new in ((1, 100), (0, 99)):
        with refused("MEA-17", saying="wider"):
            rules.check_range_only_widens(old=(0, 100), new=new)
    with refused("MEA-17"):
        rules.check_range_only_widens(old=(None, None), new=(0, None))


@pytest.mark.parametrize("published", ["", "2024", "2024-03", "2024-03-01"])
@pytest.mark.parametrize("url", ["", "https://www.example.org/a-b?c=d", "http://example.org"])
def test_mea_18_a_publication_may_have_an_address_and_a_date(url: str, published: str) -> None:
    """MEA-18"""
    rules.check_source_is_published_or_ours(source="A table", url=url, published=published)


@pytest.mark.parametrize(
    ("source", "url", "published"),
    [
        (" ", "", ""),
        ("Ours", "https://example.org", ""),
        ("ours, for the valley", "", "2024"),
        ("A table", "javascript:alert(1)//a.b", ""),
        ("A table", "https://a b.org", ""),
        ("A table", "example.org", ""),
        ("A table", "", "2024-13"),
        ("A table", "", "2024-3-1"),
        ("A table", "", "20240301"),
        ("A table", "", "1 March"),
        ("A table", "", "٢٠٢٤"),
    ],
)
def test_mea_18_what_is_neither_is_refused(source: str, url: str, published: str) -> None:
    with refused("MEA-18"):
        rules.check_source_is_published_or_ours(source=source, url=url, published=published)


def test_mea_19_a_range_runs_upward() -> None:
    """MEA-19"""
    rules.check_range_runs_upward(lowest=0, highest=None)
    rules.check_range_runs_upward(lowest=0, highest=1)
    with refused("MEA-19", saying="below"):
        rules.check_range_runs_upward(lowest=1, highest=1)


def test_mea_20_a_retirement_says_why() -> None:
    """MEA-20"""
    rules.check_retirement_says_why(reason="Nobody counts it so any more")
    with refused("MEA-20"):
        rules.check_retirement_says_why(reason="")


@pytest.mark.parametrize("is_retired", [True, False])
def test_mea_21_a_measure_is_retired_once(is_retired: bool) -> None:
    """MEA-21"""
    rules.check_measure_is_retired_once(is_retired=is_retired, retires=not is_retired)
    with refused("MEA-21"):
        rules.check_measure_is_retired_once(is_retired=is_retired, retires=is_retired)


def _holds(value: float, lowest: float | None, highest: float | None) -> bool:
    return (lowest is None or value >= lowest) and (highest is None or value <= highest)
