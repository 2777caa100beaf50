"""What looks wrong is asked about; what looks like the rest is not."""

from __future__ import annotations

import pytest

from makegood.capture.doubts import doubts_about

PAST = (4.2, 4.4, 4.1, 4.6, 4.3, 4.5, 4.4, 4.2)


def asked(value: float, *, past: tuple[float, ...] = PAST, **more: object) -> str:
    said = {"usual": (3.5, 5.2), "unit": "%"} | more
    return " ".join(doubts_about(value, past=past, **said))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [3.6, 4.4, 5.1])
def test_what_is_usual_is_not_asked_about(value: float) -> None:
    assert asked(value) == ""


@pytest.mark.parametrize("value", [5.3, 3.4, 9.0])
def test_what_is_outside_its_limits_is_asked_about(value: float) -> None:
    assert "outside what is usual for it: 3.5% to 5.2%" in asked(value)


def test_without_limits_nothing_is_outside_them() -> None:
    assert asked(9.0, usual=None) == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (44.0, "about ten times as much as usual (4.35%)"),
        (430.0, "about a hundred times as much as usual"),
        (0.44, "about ten times less than what it usually is"),
        (0.044, "about a hundred times less than what it usually is"),
    ],
)
def test_a_slip_of_the_decimal_point_is_asked_about_alone(value: float, words: str) -> None:
    said = asked(value)
    assert words in said
    assert "outside" not in said


def test_a_figure_that_was_there_before_is_no_slip() -> None:
    assert "decimal" not in asked(44.0, past=(*PAST, 44.0), usual=None)


def test_too_few_figures_tell_no_slip() -> None:
    assert asked(44.0, past=(4.2, 4.4, 4.1), usual=None) == ""


def test_nought_after_something_is_asked_about() -> None:
    assert "and now 0" in asked(0)
    assert asked(0, past=(4.0, 0.0), usual=None) == ""


def test_the_same_again_and_again_is_asked_about() -> None:
    assert "same as the last 3 times" in asked(4.4, past=(4.2, 4.4, 4.4, 4.4))
    assert asked(4.4, past=(4.2, 4.4, 4.4)) == ""
    assert asked(0, past=(0.0, 0.0, 0.0, 0.0), usual=None) == ""


def test_the_first_figure_of_all_is_not_asked_about() -> None:
    assert asked(4.4, past=(), usual=None) == ""
