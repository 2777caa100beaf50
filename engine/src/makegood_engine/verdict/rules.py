"""The verdict table: the first row that applies, and every case has exactly one."""

from enum import StrEnum
from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from makegood_engine.effect.measure import ALPHA, SLACK, VALID


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


FINDINGS = tuple(Finding)
"""Findings by the code that `findings_on` gives them."""
TESTED = FINDINGS.index(Finding.WORSE)
"""Codes from this on rest on the test."""


class Facts(NamedTuple):
    """What the verdict table looks at, for one commitment.

    `effect`, `upper` and `promised_added` are in the better direction; `p_better` and `p_worse`
    one-sided; `lower` is the interval's other end; all five are NaN where there was no test.
    `comparators` can be used, of the `pool` named. `reached` is None where no figure
    after the start is known. `needed` is how many known periods each window must hold: six, and
    nine in ten of a season (11 months of 12). `still` is whether the provider's own figure is the
    same again and again in a window, so that no test can be made.
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
    lower: float = nan
    still: bool = False


def findings_on(
    *,
    neutral: ArrayLike,
    annual: ArrayLike,
    comparators: ArrayLike,
    pool: ArrayLike,
    reached: ArrayLike,
    n_before: ArrayLike,
    n_after: ArrayLike,
    needed: ArrayLike,
    promised_added: ArrayLike,
    effect: ArrayLike,
    upper: ArrayLike,
    p_better: ArrayLike,
    p_worse: ArrayLike,
    alpha: ArrayLike,
    still: ArrayLike = False,
) -> NDArray[np.int64]:
    """Give the first row of the verdict table that applies to each of C commitments.

    Arrays [C] (or single values) as in `Facts`, but `reached` is 1, 0 or NaN; `alpha` is each
    look's level. Answers int64[C], places in `FINDINGS`.
    """
    level = np.asarray(alpha) + SLACK
    promised, reached = np.asarray(promised_added), np.asarray(reached, dtype=np.float64)
    short = np.asarray(n_before) < needed
    # where the pool named would do, the provider's own history is what is missing
    alone = (np.asarray(comparators) < VALID) | np.asarray(still)
    alone &= ~(short & (np.asarray(pool) >= VALID))
    target_only = (np.asarray(annual) | alone) & ~np.isnan(reached)
    better = np.asarray(p_better) <= level
    rows = (
        (np.asarray(neutral), Finding.NONE),
        (target_only & (reached == 1), Finding.REACHED),
        (target_only, Finding.NOT_REACHED),
        (short, Finding.NO_HISTORY),
        (np.asarray(n_after) < needed, Finding.TOO_SOON),
        (np.asarray(p_worse) <= level, Finding.WORSE),
        (better & (effect >= promised), Finding.DELIVERED),
        (better & (upper >= promised), Finding.IMPROVED),
        (better, Finding.SHORT),
        (np.asarray(upper) < promised, Finding.NO_CHANGE),
    )
    return np.select(
        [holds for holds, _ in rows],
        [FINDINGS.index(said) for _, said in rows],
        FINDINGS.index(Finding.CANNOT_TELL),
    )


def verdict_on(facts: Facts, *, alpha: float = ALPHA) -> Finding:
    """Give the first row of the verdict table that applies; `alpha` is the look's level."""
    said = facts._asdict()
    said["neutral"] = said.pop("better") == "neutral"
    said["reached"] = np.nan if facts.reached is None else float(facts.reached)
    del said["lower"]
    return FINDINGS[int(findings_on(**said, alpha=alpha))]
