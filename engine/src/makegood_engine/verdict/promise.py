"""One commitment as written, and what its terms come to."""

from datetime import date
from typing import NamedTuple

from makegood_engine.effect import ALPHA, Look, Windows, agreed_looks
from makegood_engine.spc.points import DIRECTIONS

NO_ALTERNATIVE = "No alternative was given, so the baseline stands for it."
NO_BASELINE = "No alternative or baseline was given, so the average before the start stands for it."
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
    def dates(self) -> tuple[date | str | None, ...]:
        """All that fixes its windows and looks, beside the figures there are."""
        return (
            self.starts_on, self.due_on, self.before_from, self.after_from, self.look, self.looks,
        )  # fmt: skip

    @property
    def sign(self) -> int:
        """1 where up is better (or nothing is), -1 where down is."""
        return DIRECTIONS[self.better] or 1

    def instead(self, before: float) -> float:
        """What would have been without the promise: the alternative, else the baseline, else `before`."""
        if self.alternative is not None:
            return self.alternative
        return before if self.baseline is None else self.baseline

    def added(self, before: float) -> float:
        """What was promised over the alternative, in the better direction.

        To twelve figures: 5.3 − 5 is 0.3, and not 0.2999999999999998.
        """
        return float(f"{self.sign * (self.target - self.instead(before)):.12g}")

    @property
    def notes(self) -> tuple[str, ...]:
        """What was taken for granted because it was not given."""
        if self.alternative is not None:
            return ()
        return (NO_BASELINE,) if self.baseline is None else (NO_ALTERNATIVE,)

    def agreed(self, windows: Windows) -> tuple[Look, ...]:
        """The looks agreed beforehand, the due date last, each with its level."""
        if not self.looks:
            return (Look(self.due_on, 1, ALPHA),)
        return agreed_looks(
            tuple(date.fromisoformat(day) for day in self.looks.split(";") if day),
            windows,
            starts_on=self.starts_on,
            due_on=self.due_on,
            after_from=self.after_from,
        )
