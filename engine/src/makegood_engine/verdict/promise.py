"""One commitment as written, and what its terms come to."""

from datetime import date
from typing import NamedTuple

from makegood_engine.effect import ALPHA, Look, schedule
from makegood_engine.spc.points import DIRECTIONS

NO_ALTERNATIVE = "No alternative was given, so the baseline stands for it."
NO_BASELINE = "No baseline was given, so the average before the start stands for it."
RATE = "rate"
"""The scale on which counts are judged; the other is level."""


class Promise(NamedTuple):
    """One commitment as written; see the commitments table for the columns of these names."""

    commitment: str
    better: str
    starts_on: date
    due_on: date
    baseline: float | None
    alternative: float | None
    target: float
    before_from: date | None = None
    after_from: date | None = None
    look: date | None = None
    looks: str | None = None
    scale: str | None = None
    unit: str | None = ""

    @property
    def sign(self) -> int:
        """1 where up is better (or nothing is), -1 where down is."""
        return DIRECTIONS[self.better] or 1

    def instead(self, before: float) -> float:
        """What would have been without the promise: the alternative, else the baseline, else `before`."""
        if self.alternative is not None:
            return self.alternative
        return before if self.baseline is None else self.baseline

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for granted because it was not given."""
        if self.alternative is not None:
            return ()
        return (NO_ALTERNATIVE,) if self.baseline is not None else (NO_ALTERNATIVE, NO_BASELINE)

    def level(self, shortest: int) -> tuple[float, bool]:
        """The level of each one-sided test at this look, and whether the look was agreed.

        The only look there is, where none were agreed, is on the due date. One that was not
        agreed is judged at the level of the next that was. `shortest` is how many days after
        the start a verdict can first be had.
        """
        days = tuple(date.fromisoformat(day) for day in (self.looks or "").split(";") if day)
        if not days:
            return ALPHA, self.look is None or self.look >= self.due_on
        agreed = schedule(days, starts_on=self.starts_on, due_on=self.due_on, shortest=shortest)
        return _level_on(agreed, self.look)


def _level_on(agreed: tuple[Look, ...], day: date | None) -> tuple[float, bool]:
    """The level of the look on a day (None: the last), and whether it was agreed."""
    coming = [look for look in agreed if day is not None and look.on >= day]
    if not coming:
        return agreed[-1].level, True
    return coming[0].level, coming[0].on == day
