"""A rule set says what counts as a signal. There are four; each answer names the one it used."""

from pathlib import Path

import numpy as np
import pytest

from makegood_engine.charts.words import signal_words
from makegood_engine.spc import RULESETS, analyse, differences

LEVEL = [10.0, 11.0] * 6
"""Mean 10.5, every step 1, so the limits are 10.5 ± 2.66 and a third of that is 0.887."""
DOCS = Path(__file__).resolve().parents[3] / "docs" / "engine.md"


def causes(tail: list[float | None], ruleset: str) -> list[str]:
    """What is said of points after twelve that fix the limits."""
    said = analyse([*LEVEL, *tail], fix_after=12, ruleset=ruleset)
    return list(said.special_cause[12:])


def test_six_rising_points_are_a_trend_to_the_spreadsheet_tool_alone() -> None:
    """Six points, each above the last, make a trend in mdc-excel; ptd-0.2.2 asks for seven."""
    rising: list[float | None] = [9.6, 9.9, 10.2, 10.6, 10.8, 11.0]
    assert causes(rising, "mdc-excel") == ["6 Point Trend (Increasing)"] * 6
    assert set(causes(rising, "ptd-0.2.2")) == {"Common Cause"}
    assert set(causes(rising, "western-electric")) == {"Common Cause"}


def test_the_spreadsheet_tool_keeps_every_moving_range() -> None:
    """One wild value widens the limits of mdc-excel; ptd-0.2.2 leaves its steps out."""
    values = [*LEVEL, 60.0, *LEVEL]
    assert analyse(values).upper[0] - analyse(values).mean[0] == pytest.approx(2.66)
    kept = analyse(values, ruleset="mdc-excel")
    assert kept.upper[0] - kept.mean[0] == pytest.approx(2.66 * (22 + 49 + 50) / 24)


def test_two_of_three_may_have_one_on_the_other_side() -> None:
    """Western Electric lets the third point lie anywhere, and counts points beyond a limit."""
    tail: list[float | None] = [12.4, 10.0, 12.5, 10.0]
    found = ["2 in 3 Above CL", "Common Cause", "2 in 3 Above CL", "Common Cause"]
    assert causes(tail, "western-electric") == found
    assert set(causes(tail, "ptd-0.2.2")) == {"Common Cause"}
    beyond: list[float | None] = [10.4, 14.0, 12.4]
    assert causes(beyond, "western-electric") == ["Common Cause", "Above UCL", "2 in 3 Above CL"]
    assert causes(beyond, "ptd-0.2.2") == ["Common Cause", "Above UCL", "Common Cause"]


def test_four_of_five_beyond_a_third_of_the_way() -> None:
    """Four of five points beyond a third of the way to one limit are a signal; three are not."""
    tail: list[float | None] = [9.5, 9.4, 11.0, 9.5, 9.4, 11.0]
    marked = ["4 in 5 Below CL"] * 2 + ["Common Cause"] + ["4 in 5 Below CL"] * 2
    assert causes(tail, "western-electric")[:5] == marked
    assert set(causes([9.5, 9.4, 11.0, 9.5, 10.0], "western-electric")) == {"Common Cause"}
    assert set(causes(tail, "ptd-0.2.2")) == {"Common Cause"}


def test_eight_in_a_row_on_one_side() -> None:
    """Eight points in a row on one side are a shift to Western Electric; seven are not."""
    tail: list[float | None] = [10.0, *[10.6, 10.7] * 4]
    assert causes(tail, "western-electric")[1:] == ["8 Points Above CL"] * 8
    assert set(causes(tail[:8], "western-electric")) == {"Common Cause"}


def test_a_missing_value_breaks_the_zones_too() -> None:
    """A missing value breaks the three and the five neighbours a zone rule looks at."""
    assert set(causes([12.4, None, 12.5, 10.0], "western-electric")) == {"Common Cause"}


def test_runs_rules_hold_points_against_the_median() -> None:
    """Anhøj's rules draw the median and no limits, and mark a run that is too long."""
    values = [5.0, 1.0, 6.0, 2.0, 7.0, 1.0, *[4.5] * 8, 1.0, 5.0, 2.0, 1.0, 3.0, 1.5]
    said = analyse(values, better="down", ruleset="anhoej")
    assert said.mean[0] == 4.5
    assert np.isnan(said.lower).all()
    long = analyse([*range(8), *[20.0 + i % 3 for i in range(8)]], better="up", ruleset="anhoej")
    assert long.special_cause[:8] == ("Long Run Below CL",) * 8
    assert long.variation == "special_cause_improvement"
    assert long.notes == ("Longest run 8, at most 7 by chance; crossings 1, at least 4 by chance.",)


def test_too_few_crossings_mark_every_useful_point() -> None:
    """Where the line crosses the median too seldom, every point off it is marked."""
    values = [float(level) for level in [1] * 6 + [9] * 6 + [1] * 6 + [9] * 6]
    said = analyse(values, better="up", ruleset="anhoej")
    assert set(said.special_cause) == {"Few Crossings Below CL", "Few Crossings Above CL"}
    assert "crossings 3, at least 8 by chance" in said.notes[0]


def test_points_on_the_median_neither_count_nor_break_a_run() -> None:
    """A point on the median is left out: runs go on past it."""
    values: list[float | None] = [1, 1, 1, 1, 5, 1, 1, 1, 1, 9, 9, 9, 9, None, 9, 9, 9, 9]
    said = analyse(values, ruleset="anhoej")
    assert said.mean[0] == 5
    assert said.special_cause[4] == said.special_cause[13] == "Common Cause"
    assert said.special_cause[3] == "Long Run Below CL"


def test_without_limits_a_target_cannot_be_held_against_them() -> None:
    """The runs rules have no limits, so they give no assurance."""
    assert analyse([1.0, 2.0] * 12, better="up", target=0.5, ruleset="anhoej").assurance == ""


def test_every_answer_names_its_rules() -> None:
    """The name of the rule set stands on every answer."""
    assert [analyse([1.0, 2.0], ruleset=name).ruleset for name in RULESETS] == list(RULESETS)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("4 in 5 Above CL", "4 of 5 far above the average"),
        ("2 in 3 Below CL", "2 of 3 far below the average"),
        ("Long Run Above CL", "a run too long above the median"),
        ("Few Crossings Below CL", "too few crossings of the median, below it"),
        ("6 Point Trend (Increasing)", "6 or more in a row rising"),
    ],
)
def test_signals_in_plain_words(cause: str, words: str) -> None:
    """Every signal has plain words for a chart."""
    assert signal_words(cause) == words


def test_the_table_of_differences_is_current() -> None:
    """The manual's table of how the rule sets differ is the one the code makes."""
    assert differences() in DOCS.read_text(encoding="utf-8")
    assert "| Trend | 7 points" in differences()
