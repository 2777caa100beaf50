"""A month's figure from the reminder's link: by keyboard, on a phone, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail

from makegood.capture.actions import capture_measurement, remind_of_figures
from makegood.contract.models import Commitment
from makegood.kernel.period import add_months
from makegood.measures.models import Measurement
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time, at
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
FIRST = date(2024, 4, 1)
FIGURE = "4.3"
SAID = re.compile(
    r"one link, (\d+) taps and the figure itself; by keyboard alone, (\d+) keys and the\s+figure"
)
"""How docs/figures-due.md says what a figure costs."""


def one_missing(cast: Cast) -> Commitment:
    """Return a commitment of which all figures are given but the last."""
    commitment = a_commitment_in_time(cast)
    for month in range(23):
        value = 4.0 + month % 5 / 10
        capture_measurement(commitment, period=add_months(FIRST, month), value=value, by=cast.alice)
    return commitment


def reminded(cast: Cast) -> str:
    """Return where the reminder of the last figure leads."""
    one_missing(cast)
    mail.outbox.clear()
    remind_of_figures(now=at(date(2026, 4, 14)))
    [letter] = [one for one in mail.outbox if one.to == [cast.alice.email]]
    [link] = re.findall(rf"{re.escape(settings.ADDRESS)}(/capture/\S+)", str(letter.body))
    return str(link)


def last_figure() -> float | None:
    return Measurement.objects.current().latest("period").value


def test_from_the_reminder_to_the_kept_figure_by_taps(
    visitor: Arrive, cast: Cast, root: Path
) -> None:
    alice = visitor(width=360)
    alice.become(cast.alice)
    alice.open(reminded(cast))
    taps = 0
    for place in (
        alice.field("Staff absence rate, March 2026"),
        alice.page.get_by_role("button", name="Record these figures"),
    ):
        place.click()
        taps += 1
        if taps == 1:
            alice.page.keyboard.type(FIGURE)
    alice.see("1 figure is recorded. Thank you.")
    assert last_figure() == float(FIGURE)
    assert taps == said_in_docs(root)[0]


def test_from_the_reminder_to_the_kept_figure_by_keys(
    visitor: Arrive, cast: Cast, root: Path
) -> None:
    alice = visitor(width=360)
    alice.become(cast.alice)
    alice.open(reminded(cast))
    wanted = alice.field("Staff absence rate, March 2026")
    keys = ["Tab", "Enter"]
    for key in keys:
        alice.page.keyboard.press(key)
    while not wanted.evaluate("field => field === document.activeElement"):
        alice.page.keyboard.press("Tab")
        keys.append("Tab")
        assert len(keys) < 30, "the field is not reached"
    alice.page.keyboard.type(FIGURE)
    alice.page.keyboard.press("Enter")
    keys.append("Enter")
    alice.see("1 figure is recorded. Thank you.")
    assert last_figure() == float(FIGURE)
    assert len(keys) == said_in_docs(root)[1]


def said_in_docs(root: Path) -> tuple[int, int]:
    """Return how many taps, and how many keys, the guide says a figure takes."""
    found = SAID.search((root / "docs" / "figures-due.md").read_text())
    assert found, "docs/figures-due.md says what a figure costs"
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_a_figure_that_looks_wrong_is_asked_about(
    visitor: Arrive, cast: Cast, scripts: bool, colours: str
) -> None:
    one_missing(cast)
    alice = visitor(width=360, scripts=scripts, colours=colours)
    alice.become(cast.alice)
    alice.open(f"/capture/for/{cast.provider.slug}/")
    alice.see("1 figure is missing, and late")
    alice.write("Staff absence rate, March 2026", "43")
    alice.press("Record these figures")
    alice.see("Is the decimal point in its place?")
    alice.see("43% is about ten times as much as usual (4.2%).")
    alice.write("Staff absence rate, March 2026", FIGURE)
    alice.press("Record these figures")
    alice.see("1 figure is recorded. Thank you.")
    alice.see("Nothing is due now")
    assert last_figure() == float(FIGURE)


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
