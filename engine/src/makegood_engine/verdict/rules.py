"""The verdict table: the first row that applies, and every case has exactly one."""

from dataclasses import dataclass
from enum import StrEnum
from math import isnan

from makegood_engine.effect.measure import VALID


class Finding(StrEnum):
    """Everything a verdict can say."""

    NONE = "no verdict"
    REACHED = "reached, not shown to be added"
    NOT_REACHED = "not reached, not shown to be added"
    NO_HISTORY = "not enough history"
    TOO_SOON = "too soon to tell"
    WORSE = "worse"
    DELIVERED = "delivered"
    IMPROVED = "improved, promise not ruled out"
    SHORT = "improved but short"
    NO_CHANGE = "no change shown"
    CANNOT_TELL = "cannot tell yet"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict table looks at, for one commitment.

    `effect`, `upper` and `promised_added` are in the better direction; `p_better` and `p_worse`
    one-sided; the last four are NaN where there was no test. `comparators` can be used, of
    the `pool` named. `reached` is None where no figure
    after the start is known. `needed` is how many known periods each window must hold: six, and
    nine in ten of a season (11 months of 12).
    """

    better: str
    annual: bool
    comparators: int
    pool: int
    reached: bool | None
    n_before: int
    n_after: int
    needed: int
    promised_added: float
    effect: float
    upper: float
    p_better: float
    p_worse: float


def verdict_on(facts: Facts, *, alpha: float = 0.05) -> Finding:
    """Give the first row of the verdict table that applies; `alpha` is the look's level."""
    if facts.better == "neutral":
        return Finding.NONE
    untested = facts.annual or facts.comparators < VALID
    if untested and facts.reached is not None:
        return Finding.REACHED if facts.reached else Finding.NOT_REACHED
    if facts.n_before < facts.needed:
        return Finding.NO_HISTORY
    if facts.n_after < facts.needed or isnan(facts.effect):
        return Finding.TOO_SOON
    return _on_test(facts, alpha + 1e-12)


def _on_test(facts: Facts, alpha: float) -> Finding:
    """The rows that rest on the test."""
    if facts.p_worse <= alpha:
        return Finding.WORSE
    if facts.p_better <= alpha:
        if facts.effect >= facts.promised_added:
            return Finding.DELIVERED
        return Finding.IMPROVED if facts.upper >= facts.promised_added else Finding.SHORT
    return Finding.NO_CHANGE if facts.upper < facts.promised_added else Finding.CANNOT_TELL
