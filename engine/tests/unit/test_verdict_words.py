"""The words of a verdict carry the unit they are given, and none where none is given."""

from datetime import date

import pytest

from makegood_engine.verdict import Facts, Finding, assess_one
from makegood_engine.verdict.waiting import Waiting
from makegood_engine.verdict.words import Span, Words, sentence

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("unit", "figure", "difference"),
    [
        ("%", "4.9%", "0.7 percentage points"),
        ("hours", "4.9 hours", "0.7 hours"),
        ("£", "£4.9", "£0.7"),
        ("", "4.9", "0.7"),
    ],
)
def test_a_figure_and_a_difference_are_said_in_their_unit(
    unit: str, figure: str, difference: str
) -> None:
    words = Words(4.9, unit)
    assert words.figure(4.9) == figure
    assert words.difference(0.7) == difference


def test_the_reason_says_the_unit() -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    said = assess_one(
        series=dict.fromkeys(months, 4.8),
        comparators={},
        better="down",
        starts_on=date(2021, 1, 1),
        due_on=date(2021, 12, 31),
        baseline=5.0,
        alternative=5.0,
        target=4.9,
        unit="%",
    )
    assert "average was 4.8%" in said.reason
    assert "target of 4.9% was met" in said.reason


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (-0.4, 1.0, "from 0.4 percentage points worse to 1 percentage point better."),
        (-INF, 1.2, "anything up to 1.2 percentage points better."),
        (-0.4, INF, "anything from 0.4 percentage points worse on."),
        (-INF, INF, "set it no bounds."),
    ],
)
@pytest.mark.parametrize(
    ("waiting", "ending"),
    [
        (Waiting(), "Waiting longer will not settle it."),
        (Waiting(is_open=True), "Waiting longer is unlikely to settle it."),
        (Waiting(on=date(2017, 12, 31), is_open=True), "The look on 31 December 2017 may tell."),
        (Waiting(1, is_open=True), "About 1 period more would tell."),
        (
            Waiting(4, date(2017, 12, 31), is_open=True),
            "About 4 periods more would tell, at the look on 31 December 2017.",
        ),
    ],
)
def test_cannot_tell_gives_the_interval_whether_waiting_helps_or_not(
    lower: float, upper: float, said: str, waiting: Waiting, ending: str
) -> None:
    facts = Facts("up", False, 20, 20, True, 12, 12, 11, 0.5, 0.3, upper, 0.2, 0.8, lower)
    told = sentence(
        Finding.CANNOT_TELL, facts, mean_after=5.0, words=Words(5.0, "%"), span=Span(),
        waiting=waiting,
    )  # fmt: skip
    assert said in told
    assert told.endswith(ending)


def test_a_provider_without_a_past_is_told_that_not_that_its_pool_is_empty() -> None:
    months = [date(2021, m, 1) for m in range(1, 13)]
    others = {f"other {i}": dict.fromkeys(months, 5.0 + i / 10) for i in range(24)}
    found = assess_one(
        series={day: 4.8 + day.month / 100 for day in months},
        comparators=others,
        better="down",
        starts_on=date(2021, 1, 1),
        due_on=date(2021, 12, 31),
        baseline=5.0,
        alternative=5.0,
        target=4.9,
    )
    assert found.verdict == "not enough history"
    assert found.reason.startswith("No period before the start has a figure.")
    assert "comparators" not in found.reason


def test_a_pool_of_which_none_can_be_used_is_said_so() -> None:
    facts = Facts("up", False, 0, 24, True, 12, 12, 11, 0.5, NAN, NAN, NAN, NAN)
    told = sentence(
        Finding.REACHED, facts, mean_after=5.2, words=Words(5.0), span=Span(), waiting=Waiting()
    )
    assert "none of its 24 comparators can be used" in told
