"""A month's figure from the reminder's link: by keyboard, on a phone, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from makegood.capture.actions import capture_measurement
from makegood.kernel.period import add_months
from makegood.measures.models import Measurement
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
FIRST = date(2024, 4, 1)
MOST_KEYS = 60
"""Keys from the letter's link until the figure is kept, figures typed included."""


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_a_figure_is_given_in_few_keys(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    commitment = a_commitment_in_time(cast)
    for month in range(23):
        value = 4.0 + month % 5 / 10
        capture_measurement(commitment, period=add_months(FIRST, month), value=value, by=cast.alice)
    alice = visitor(width=360, scripts=scripts, colours=colours)
    alice.become(cast.alice)
    keys = counting(alice)
    alice.open(f"/capture/for/{cast.provider.slug}/")
    alice.see("1 figure is missing, and late")
    alice.write("Staff absence rate, March 2026", "43")
    alice.press("Record these figures")
    alice.see("Is the decimal point in its place?")
    alice.see("43% is about ten times as much as usual (4.2%).")
    alice.write("Staff absence rate, March 2026", "4.3")
    alice.press("Record these figures")
    alice.see("1 figure is recorded. Thank you.")
    alice.see("Nothing is due now")
    assert Measurement.objects.current().latest("period").value == 4.3
    assert len(keys) <= 2 * MOST_KEYS


def test_no_figure_has_its_reason(visitor: Arrive, cast: Cast) -> None:
    commitment = a_commitment_in_time(cast)
    alice = visitor()
    alice.become(cast.alice)
    alice.open(f"/capture/for/{cast.provider.slug}/")
    alice.keyboard.tab_to(alice.page.locator("summary").first, what="There is no figure")
    alice.keyboard.press("Enter")
    alice.select("Why is there none? (April 2024)", "It was not counted")
    alice.press("Record these figures")
    alice.see("1 figure is recorded. Thank you.")
    alice.follow("All figures that were due, and how they came")
    alice.see("23 of 24 figures that were due are late.")
    alice.open(f"/contracts/{commitment.contract.reference}/figures/?state=no+figure")
    alice.see("No figure: It was not counted")


def counting(alice: Visitor) -> list[str]:
    """Return a list that grows with each key pressed."""
    keys: list[str] = []
    press = alice.keyboard.press

    def pressed(key: str) -> None:
        keys.append(key)
        press(key)

    alice.keyboard.press = pressed  # type: ignore[method-assign]
    return keys
