"""What waiting would do: how many more periods would tell, or which look may."""

from collections.abc import Iterable
from datetime import date
from math import isfinite, isnan
from typing import NamedTuple

from scipy.special import stdtrit

from makegood_engine.effect.noise import settling
from makegood_engine.verdict.rules import Facts

AS_NOT = 2.0
"""An interval this many times as wide as the promise settles it about as often as not.

Where nothing was added, or just what was promised, it then holds both in 45 cases of 100.
"""


class Settling(NamedTuple):
    """What says how an interval narrows.

    Its lower end; the effect's standard error; the variance of one period's noise, NaN where
    unknown; how far that follows the last period's; and the level of this look.
    """

    lower: float
    error: float
    variance: float
    follows: float
    level: float


class Ahead(NamedTuple):
    """One look to come, at a level of its own.

    `more` periods are between this look and it, of which `gained` make the after-window longer.
    `on` is its day, None where it was not agreed.
    """

    on: date | None
    more: int
    gained: int
    level: float


class Waiting(NamedTuple):
    """What waiting would do.

    `needed` more periods would tell, None where none would for certain; `on` is the day of the
    agreed look that would, or else that may; `is_open` whether any look is to come.
    """

    needed: int | None = None
    on: date | None = None
    is_open: bool = False


def until_enough(facts: Facts, *, room: int, left: int) -> Waiting:
    """How many periods are missing after the start; none where so many cannot come.

    The due date leaves `room` for so many in all, and for `left` after the last figure.
    """
    enough = facts.n_after < facts.needed <= min(room, facts.n_after + left)
    return Waiting(facts.needed - facts.n_after) if enough else Waiting()


def outlook(facts: Facts, numbers: Settling, ahead: Iterable[Ahead]) -> Waiting:
    """What the looks to come, in order, would do for an interval that holds nothing and promise.

    It would tell once it is narrower than the promise, and may once it is at most twice as wide.
    The interval narrows as the after-window's mean settles down, and with the level of each look.
    What does not settle (units drift apart for good) is taken from the comparators, and so is how
    far one period follows the last.
    """
    width, promised = facts.upper - numbers.lower, facts.promised_added
    is_open, may = False, None
    for look in ahead:
        is_open = True
        then = width * _shrinking(facts, numbers, look) if isfinite(width) else promised
        if then < promised:
            return Waiting(look.more, look.on, is_open=True)
        if may is None and then <= AS_NOT * promised:
            may = look.on
    return Waiting(None, may, is_open)


def _shrinking(facts: Facts, numbers: Settling, look: Ahead) -> float:
    """How the interval's width at a look stands to its width now."""
    freedom = max(facts.comparators - 2, 1)
    then, now = (stdtrit(freedom, 1 - level) for level in (look.level, numbers.level))
    return float(then / now) * narrowing(facts.n_before, facts.n_after, look.gained, numbers)


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
