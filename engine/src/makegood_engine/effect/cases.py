"""What the compiled pass of `measure` takes and writes, and what is made of it: all by name."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from makegood_engine.effect.pool import REASONS

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Cases(NamedTuple):
    """Commitments as the compiled pass takes them, C of them.

    `provider` int64[C] is a row of the values; `members` int64[M] rows of comparators, those of
    case c being members[offsets[c]:offsets[c + 1]]; `windows` int64[C, 5] is before first, end,
    after first, end, step; `sign` float64[C] is 1 where up is better, -1 where down is.
    `alpha` float64[C] is the level of each one-sided test, so the interval is one of
    1 - 2 × `alpha`; `as_rate` bool[C] asks for counts on a log scale.
    """

    provider: Longs
    members: Longs
    offsets: Longs
    windows: Longs
    sign: Floats
    alpha: Floats
    as_rate: Flags


class Figures(NamedTuple):
    """Figures float64[S, T], their denominators and counts.

    `weighted` and `counted` say whether denominators and counts were given, `sized` bool[S] which
    series have denominators of their own.
    """

    values: Floats
    weights: Floats
    weighted: bool
    sized: Flags
    counts: Floats
    counted: bool


class Found(NamedTuple):
    """What the compiled pass writes of C cases, each thing in an array of its own, as `Effects`.

    `tested` float64[C, 8] is what `placebo.judge` writes.
    """

    n_before: Longs
    n_after: Longs
    before: Floats
    after: Floats
    judged_after: Floats
    by_rank: Flags
    left_out: Longs
    still: Flags
    variance: Floats
    follows: Floats
    events: Floats
    restless: Floats
    size: Floats
    tested: Floats


def nothing_yet(c: int) -> Found:
    """Room for what will be found of C cases."""
    known, flags = np.zeros((2, c), np.int64), np.zeros((3, c), np.bool_)
    numbers = np.full((8, c), np.nan)
    return Found(
        n_before=known[0], n_after=known[1],
        before=numbers[0], after=numbers[1], judged_after=numbers[2],
        by_rank=flags[0], left_out=np.zeros((c, len(REASONS)), np.int64), still=flags[1:].T,
        variance=numbers[3], follows=numbers[4], events=numbers[5],
        restless=numbers[6], size=numbers[7],
        tested=np.full((c, 8), np.nan),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effects:
    """What was found for each of C commitments; in the better direction unless said otherwise.

    `provider`, `n_before`, `n_after`, `comparators` int64[C], the first being rows of the values.
    `before`, `after` float64[C] are the provider's window means in the measure's own direction
    and unit: its known periods, weighted by their denominators where there are any (so a rate's is
    all events over all denominators). Where periods are missing, and only there, what the
    comparators show those periods to differ by is made good. `judged_after` is the after-mean
    that effects are told from: for a rate with half an event added, else `after`.

    `effect`, `lower`, `upper`, `p_better`, `p_worse`, `p_t`
    float64[C], NaN where there was no test; `by_rank` bool[C]; `left_out` int64[C, 6] counts
    the pool's members by `pool.REASONS`; `still` bool[C, 2] says whether the provider's own
    figures are frozen, before and after. `error` float64[C] is the standard error of one unit's
    effect; `variance` and `follows` the variance of one period's noise, and how far it follows
    the last period's (a correlation), as the comparators show them. `events` float64[C] is, where
    events are counted, the fewest in a window: the provider's, or of half its comparators.
    `restless` float64[C] is how many times as much as its comparators the provider moves from one
    period to the next before the start; `size` its denominators over theirs, where the test
    knows them and does not weigh by them.
    """

    provider: Longs
    n_before: Longs
    n_after: Longs
    comparators: Longs
    before: Floats
    after: Floats
    judged_after: Floats
    effect: Floats
    lower: Floats
    upper: Floats
    p_better: Floats
    p_worse: Floats
    p_t: Floats
    by_rank: Flags
    left_out: Longs
    still: Flags
    error: Floats
    variance: Floats
    follows: Floats
    events: Floats
    restless: Floats
    size: Floats
