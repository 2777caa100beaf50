"""Anhøj's runs rules: a run too long, or too few crossings, for so many points.

A useful point is a known one off the centre line. The longest run may hold log2(n) + 3 points,
rounded; there must be as many crossings as the lower 5% point of a binomial of n - 1 fair tosses.
Source: Anhøj & Olesen (2014), PLOS ONE 9(11): e113825.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr, bdtrik

from makegood_engine.spc.kernel import Bytes, Longs, Marks, count_runs, mark_runs


@dataclass(frozen=True, slots=True)
class Runs:
    """What the runs rules found, per group, int64[g].

    `useful` points, the `longest` run and the most it may be (`longest_most`), the `crossings` of
    the centre line and the fewest there may be (`crossings_least`).
    """

    useful: Longs
    longest: Longs
    crossings: Longs
    longest_most: Longs
    crossings_least: Longs

    def signal(self, g: int) -> bool:
        """Whether group `g` does not vary by chance alone."""
        long = self.longest[g] > self.longest_most[g]
        return bool(long or self.crossings[g] < self.crossings_least[g])

    def said(self, g: int) -> str:
        """Say the counts of group `g` beside what chance allows."""
        return (
            f"Longest run {self.longest[g]}, at most {self.longest_most[g]} by chance; "
            f"crossings {self.crossings[g]}, at least {self.crossings_least[g]} by chance."
        )


def judge_runs(starts: Longs, better: Bytes, marks: Marks) -> Runs:
    """Count the runs of every group, and mark the points of those with a signal.

    `starts` int64[g + 1]; `better` int8[g]; `marks` has each point's side and gets its cause and
    kind. A run that is too long is marked whole; with too few crossings, every useful point.
    """
    groups = len(starts) - 1
    useful, longest, crossings = (np.zeros(groups, np.int64) for _ in range(3))
    count_runs(marks.side, starts, useful, longest, crossings)
    most, least = run_limits(useful)
    mark_runs(marks, starts, better, crossings, most, least)
    return Runs(useful, longest, crossings, most, least)


def run_limits(useful: Longs) -> tuple[Longs, Longs]:
    """Longest run and fewest crossings that chance allows among so many useful points."""
    each, place = np.unique(useful, return_inverse=True)
    most = np.rint(np.log2(np.maximum(each, 1)) + 3).astype(np.int64)
    tosses = np.maximum(each - 1, 0)
    least = np.zeros(len(each))
    some = tosses > 0
    rough = np.ceil(bdtrik(0.05, tosses[some], 0.5))
    below = np.maximum(rough - 1, 0)
    least[some] = np.where(bdtr(below, tosses[some], 0.5) >= 0.05, below, rough)
    return most[place], least.astype(np.int64)[place]
