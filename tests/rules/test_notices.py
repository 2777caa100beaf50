"""CON: what must be true of published indicators, and of notices of how they do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.contract import rules
from makegood.contract.states import NOTICES, NoticeState, Rating
from tests.rules.refusing import refused

ORDER = [Rating.GOOD, Rating.APPROACHING, Rating.IMPROVEMENT, Rating.INADEQUATE]


def check(**said: object) -> None:
    whole: dict[str, object] = {
        "is_kpi": True,
        "better": "down",
        "target": 4.0,
        "approaching": 4.5,
        "improvement": 5.0,
    }
    rules.check_indicator_has_thresholds(**whole | said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        {"approaching": None},
        {"improvement": None},
        {"approaching": 3.9},
        {"improvement": 4.4},
        {"approaching": 4.0},
        {"better": "up"},
        {"better": "neutral"},
        {"target": None},
        {"is_kpi": False},
    ],
)
def test_an_indicator_has_its_thresholds(said: dict[str, object]) -> None:
    """CON-84."""
    check()
    check(better="up", approaching=3.5, improvement=3.0)
    check(is_kpi=False, approaching=None, improvement=None)
    with refused("CON-84"):
        check(**said)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 3, 31), date(2024, 9, 30)),
        (date(2024, 9, 30), date(2024, 9, 30)),
        (date(2024, 7, 1), date(2025, 1, 1)),
        (date(2024, 7, 1), date(2024, 12, 1)),
    ],
)
def test_a_notice_is_of_a_time_that_is_past(first: date, last: date) -> None:
    """CON-85."""
    begun, over = date(2024, 4, 1), date(2024, 11, 30)
    within = {"starts_on": begun, "ends_on": over, "today": date(2025, 1, 1), "taken_over": []}
    rules.check_notice_has_its_period(from_on=begun, until_on=over, **within)  # type: ignore[arg-type]
    with refused("CON-85", saying="that is over"):
        rules.check_notice_has_its_period(from_on=first, until_on=last, **within)  # type: ignore[arg-type]


def test_a_notice_of_a_time_until_today_waits_until_tomorrow() -> None:
    """CON-85."""
    day = date(2024, 9, 30)
    said = {"from_on": date(2024, 7, 1), "until_on": day, "taken_over": []}
    days = {"starts_on": date(2024, 4, 1), "ends_on": date(2026, 3, 31)}
    rules.check_notice_has_its_period(**said, **days, today=date(2024, 10, 1))  # type: ignore[arg-type]
    with refused("CON-85", saying="before today"):
        rules.check_notice_has_its_period(**said, **days, today=day)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "is_fine"),
    [
        (date(2024, 7, 1), True),
        (date(2024, 7, 2), False),
        (date(2024, 9, 30), False),
        (date(2024, 10, 1), True),
    ],
)
def test_a_notice_rates_one_provider(day: date, is_fine: bool) -> None:
    """CON-85."""
    said = {"from_on": date(2024, 7, 1), "until_on": date(2024, 9, 30)}
    days = {"starts_on": date(2024, 4, 1), "ends_on": date(2026, 3, 31), "today": date(2025, 1, 1)}
    taken_over = [(day, "Northern Home Support")]
    if is_fine:
        rules.check_notice_has_its_period(**said, **days, taken_over=taken_over)
        return
    with refused("CON-85", saying="Northern Home Support took over on"):
        rules.check_notice_has_its_period(**said, **days, taken_over=taken_over)


def test_a_rating_has_its_reason() -> None:
    """CON-86."""
    rules.check_rating_has_its_reason(rating="good", proposed="good", reason="")
    rules.check_rating_has_its_reason(rating="good", proposed="inadequate", reason="A slip")
    for rating in ("other", "inadequate"):
        with refused("CON-86"):
            rules.check_rating_has_its_reason(
                rating=rating, proposed="other" if rating == "other" else "good", reason=" "
            )


def test_what_was_sent_stays() -> None:
    """CON-87."""
    rules.check_notice_is_a_draft(is_draft=True)
    with refused("CON-87"):
        rules.check_notice_is_a_draft(is_draft=False)


def test_the_provider_is_told_first() -> None:
    """CON-88."""
    day = date(2025, 1, 14)
    rules.check_provider_was_told(has_reply=True, reply_by=day, today=date(2025, 1, 2))
    rules.check_provider_was_told(has_reply=False, reply_by=day, today=date(2025, 1, 15))
    for reply_by in (day, None):
        with refused("CON-88"):
            rules.check_provider_was_told(has_reply=False, reply_by=reply_by, today=day)


def test_a_notice_is_of_something() -> None:
    """CON-89."""
    rules.check_contract_has_indicators(count=1)
    with refused("CON-89"):
        rules.check_contract_has_indicators(count=0)


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_a_better_figure_is_never_rated_worse(one: float, other: float) -> None:
    said = {"target": 4.0, "approaching": 3.0, "improvement": 2.0}
    low, high = sorted((one, other))
    ratings = [rules.rate(figure, better="up", **said) for figure in (high, low)]
    assert ORDER.index(ratings[0]) <= ORDER.index(ratings[1])


def test_a_figure_on_the_threshold_is_rated_by_it() -> None:
    said = {"better": "down", "target": 4.0, "approaching": 4.5, "improvement": 5.0}
    found = [rules.rate(each, **said) for each in (4.0, 4.5, 5.0, 5.1, None)]  # type: ignore[arg-type]
    assert found == [*ORDER, Rating.OTHER]


@pytest.mark.parametrize(
    ("value", "count", "is_said"),
    [(None, 0, False), (5_000_000, 0, False), (5_000_001, 2, True), (5_000_001, 3, False)],
)
def test_the_law_is_a_hint(value: int | None, count: int, is_said: bool) -> None:
    told = rules.hint_of_indicators(value=value if value is None else Decimal(value), count=count)
    assert bool(told) == is_said


def test_nothing_leads_out_of_what_is_published() -> None:
    assert NOTICES.acts_from(NoticeState.PUBLISHED) == ()
