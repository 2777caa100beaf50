"""How many more periods would tell, if any would."""

from math import inf, isnan
from typing import NamedTuple

from makegood_engine.effect.noise import settling
from makegood_engine.verdict.rules import Facts, Finding
from makegood_engine.verdict.words import Span


class Settling(NamedTuple):
    """What says how an interval narrows.

    Its lower end; the effect's standard error; the variance of one period's noise, NaN where
    unknown; and how far that follows the last period's.
    """

    lower: float
    error: float
    variance: float
    follows: float


def periods_needed(finding: Finding, facts: Facts, numbers: Settling, *, span: Span) -> int | None:
    """How many more periods after the start would tell; None where waiting would not.

    The interval narrows as the after-window's mean settles down. What does not settle (units
    drift apart for good) is taken from the comparators, and so is how far one period follows
    the last. Only periods that the after-window can still take in by the due date count.
    """
    if finding is Finding.TOO_SOON:
        enough = facts.n_after < facts.needed <= span.room
        return facts.needed - facts.n_after if enough else None
    width = facts.upper - numbers.lower
    if finding is not Finding.CANNOT_TELL or not 0 < width < inf or facts.promised_added <= 0:
        return None
    for more in range(1, span.to_come + 1):
        if width * narrowing(facts.n_before, facts.n_after, more, numbers) < facts.promised_added:
            return more
    return None


def narrowing(before: int, after: int, more: int, numbers: Settling) -> float:
    """How the interval's width with `more` periods after the start stands to its width now.

    Where the noise is unknown it is taken to be independent from period to period.
    """
    if isnan(numbers.variance):
        return float(((1 / before + 1 / (after + more)) / (1 / before + 1 / after)) ** 0.5)
    now, then = (
        numbers.variance * (settling(numbers.follows, before) + settling(numbers.follows, n))
        for n in (after, after + more)
    )
    lasting = max(numbers.error**2 - now, 0.0)
    return float(((lasting + then) / (lasting + now)) ** 0.5)
