"""The words of a verdict carry the unit they are given, and none where none is given."""

from datetime import date

import pytest

from makegood_engine.verdict import Facts, Finding, Verdict, assess_one
from makegood_engine.verdict.rules import FINDINGS, TESTED
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


def judged(
    series: dict[date, float | None],
    comparators: dict[str, dict[date, float | None]],
    unit: str = "",
    target: float = 4.9,
) -> Verdict:
    return assess_one(
        series=series, comparators=comparators, better="down", starts_on=date(2021, 1, 1),
        due_on=date(2021, 12, 31), baseline=5.0, alternative=5.0, target=target, unit=unit,
    )  # fmt: skip


def test_the_reason_says_the_unit() -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    said = judged(dict.fromkeys(months, 4.8), {}, "%")
    assert "average was 4.8%" in said.reason
    assert "target of 4.9% was met" in said.reason


@pytest.mark.parametrize("finding", FINDINGS[TESTED:])
@pytest.mark.parametrize("reached", [True, False])
def test_every_verdict_of_the_test_gives_its_range_and_the_target(
    finding: Finding, *, reached: bool
) -> None:
    facts = Facts("up", False, 20, 20, reached, 12, 12, 11, 0.5, 0.7, 0.9, 0.01, 0.99, 0.4)
    told = sentence(
        finding, facts, mean_after=5.2, words=Words(5.0, "%"), span=Span(), waiting=Waiting()
    )
    assert "The 90% range of what the figures allow is 0.4 to 0.9 percentage points better." in told
    met = "met" if reached else "not met"
    assert f"The average was 5.2%, so the target of 5% was {met}." in told


@pytest.mark.parametrize(
    ("lower", "upper", "unit", "said"),
    [
        (-0.9, -0.4, "%", "0.9 to 0.4 percentage points worse."),
        (30.0, 40.0, "£", "£30 to £40 better."),
        (-30.0, 40.0, "£", "£30 worse to £40 better."),
    ],
)
def test_a_range_on_one_side_says_its_unit_once(
    lower: float, upper: float, unit: str, said: str
) -> None:
    facts = Facts("up", False, 20, 20, True, 12, 12, 11, 0.5, 0.0, upper, 0.2, 0.8, lower)
    told = sentence(
        Finding.CANNOT_TELL, facts, mean_after=5.2, words=Words(5.0, unit), span=Span(),
        waiting=Waiting(),
    )  # fmt: skip
    assert f"what the figures allow is {said}" in told


@pytest.mark.parametrize(("level", "said"), [(0.05, "90%"), (0.0454, "90.9%"), (0.0001, "99.98%")])
def test_a_range_says_which_it_is(level: float, said: str) -> None:
    """That of a look is wider than 90%, and is never said to be of all."""
    assert Words(4.9, "%", level).range == f"The {said} range of what the figures allow"


@pytest.mark.parametrize("figures", [0, 3])
def test_a_series_that_ended_before_its_due_date_is_told_so(figures: int) -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    others: dict[str, dict[date, float | None]] = {
        f"other {i}": {day: 5.0 + i / 10 + day.month / 50 for day in months} for i in range(24)
    }
    ended = {day: 4.8 + day.month / 100 for day in months[: 12 + figures]}
    found = judged(dict(ended), others)
    assert found.verdict == "too soon to tell"
    assert found.periods_needed == 11 - figures
    last = ("December 2020", "March 2021")[figures > 0]
    assert f"The last figure is for {last}, before the due date. Unless later" in found.reason


def test_figures_that_cannot_come_in_time_are_not_waited_for() -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    others: dict[str, dict[date, float | None]] = {
        f"other {i}": {day: 5.0 + i / 10 + day.month / 50 for day in months} for i in range(24)
    }
    gone = {date(2021, m, 1) for m in range(1, 10)}
    found = judged({d: 4.8 + d.month / 100 for d in months[:23] if d not in gone}, others)
    assert (found.verdict, found.n_after) == ("too soon to tell", 2)
    assert found.periods_needed is None
    assert "so waiting will not settle it. Find the figures that are missing." in found.reason


def test_what_was_promised_is_said_without_the_noise_of_halves() -> None:
    months = [date(2020 + m // 12, m % 12 + 1, 1) for m in range(24)]
    assert 5.0 - 4.7 != 0.3
    assert judged(dict.fromkeys(months, 4.8), {}, target=4.7).promised_added == 0.3


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (-0.4, 1.0, "allow is 0.4 percentage points worse to 1 percentage point better."),
        (-INF, 1.2, "allow goes up to 1.2 percentage points better."),
        (-0.4, INF, "allow goes from 0.4 percentage points worse on."),
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
    others: dict[str, dict[date, float | None]] = {
        f"other {i}": dict.fromkeys(months, 5.0 + i / 10) for i in range(24)
    }
    found = judged({day: 4.8 + day.month / 100 for day in months}, others)
    assert found.verdict == "not enough history"
    assert found.reason.startswith("No period before the start has a figure.")
    assert "comparators" not in found.reason


def test_a_pool_of_which_none_can_be_used_is_said_so() -> None:
    facts = Facts("up", False, 0, 24, True, 12, 12, 11, 0.5, NAN, NAN, NAN, NAN)
    told = sentence(
        Finding.REACHED, facts, mean_after=5.2, words=Words(5.0), span=Span(), waiting=Waiting()
    )
    assert "none of its 24 comparators can be used" in told
