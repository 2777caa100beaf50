"""What stands beside a promise as it is written."""

from dataclasses import dataclass
from math import floor, log10

from makegood_engine.tables.figures import difference_in


@dataclass(frozen=True, slots=True)
class Said:
    """What the words speak of.

    `pace` is month, quarter, week, day or period; `way` is rise, fall or change; `unit` that
    of the measure.
    """

    pace: str
    way: str
    unit: str

    def amount(self, value: float) -> str:
        """Say a difference: 0.5 percentage points, 30 hours."""
        return difference_in(value, self.unit)

    def span(self, periods: int) -> str:
        """Say a length of time: 12 months, two years."""
        if self.pace == "month" and periods in {24, 36, 48, 60}:
            return f"{_YEARS[periods]} years"
        return f"{periods} {self.pace}{'' if periods == 1 else 's'}"


_YEARS = {24: "two", 36: "three", 48: "four", 60: "five"}
_ADJECTIVES = {"month": "monthly", "quarter": "quarterly", "day": "daily", "week": "weekly"}


def _rough(value: float, *, up: bool = False) -> float:
    """Two figures are all that noise allows; `up` never says less than there is."""
    near = float(f"{value:.2g}")
    if up and near < value:
        near += 10.0 ** (floor(log10(value)) - 1)
    return float(f"{near:.2g}")


def sentences(
    said: Said,
    *,
    noise: float,
    smallest: float | None,
    change: float | None,
    needed: int | None,
    chance: float | None,
    periods: int,
    least: int,
    power: float,
) -> str:
    """Say what could be told, and what of the promise, in two or three short sentences."""
    kind = _ADJECTIVES.get(said.pace)
    figures = f"{kind} figures that move" if kind else "figures that move"
    if smallest is None:
        return f"At least {said.span(least)} after the start are needed; {periods} are too few."
    least_told = said.amount(_rough(smallest, up=True))
    first = (
        f"With {figures} by about {said.amount(_rough(noise))}, {said.span(periods)} would show "
        f"a {said.way} of {least_told} or more, {100 * power:.6g} times in 100."
    )
    if change is None:
        return first
    return f"{first} {_of_promise(said, change, smallest=smallest, needed=needed, chance=chance)}"


def _of_promise(
    said: Said, change: float, *, smallest: float, needed: int | None, chance: float | None
) -> str:
    lead = f"A {said.way} of {said.amount(change)}"
    if needed is not None:
        return f"{lead} would be told after {said.span(needed)}."
    if change >= smallest:
        return f"{lead} would be told only by the end."
    return f"{lead} would be told only {100 * (chance or 0.0):.0f} times in 100."


FEW = ", and in trials with so few comparators it was up to {}"
MORE = ((3.0, "a third more often"), (float("inf"), "nearly twice as often"))
"""By the most that a measure moves, how far the number was exceeded in trials."""


def of_restless(times: float, by_chance: float, *, few: bool) -> str:
    """Say that a measure moves much more than its comparators, and what the test makes of it.

    With `few` comparators (judged by prediction-t) the number is too low: `power.reach` says by how
    much in trials.
    """
    worst = next(said for most, said in MORE if times <= most)
    more = FEW.format(worst) if few else ""
    return (
        f" It moves {times:.1f} times as much as its comparators, which is counted in. Beside them "
        f"mere chance would be called added value {100 * by_chance:.0f} times in 100{more}: "
        "choose comparators that move as it does."
    )
