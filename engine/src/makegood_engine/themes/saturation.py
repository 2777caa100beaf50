"""Saturation: how little the last stories added.

Source: Guest, Namey and Chen (2020), *A simple method to assess and report thematic saturation
in qualitative research*, PLoS ONE 15(5).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """One run of stories: from `first` to `last` (counted from 1), and what it added.

    `new_codes` were in no story before the run; `ratio` is these over the codes of the base.
    """

    first: int
    last: int
    new_codes: int
    ratio: float


@dataclass(frozen=True, slots=True)
class Saturation:
    """Whether, and after how many stories, a run added no more than the threshold.

    `reached_at` counts the stories before the first such run, so that `reached_at` + `run_length`
    stories show it; None where no run did, and `reason` says why. `new_codes` counts, story by
    story, the codes first met there.
    """

    base_size: int
    run_length: int
    threshold: float
    base_codes: int
    reached_at: int | None
    runs: list[Run]
    new_codes: list[int]
    reason: str


def saturation(
    stories: Sequence[set[str]],
    *,
    base_size: int = 4,
    run_length: int = 2,
    threshold: float = 0.05,
) -> Saturation:
    """Assess saturation over the codes of `stories`, in the order in which they were read.

    The base is the first `base_size` stories. Each run is `run_length` stories and starts one
    story after the run before it; its new codes are those in no story before the run.
    Raises `ValueError` unless both sizes are 1 or more and the threshold is 0 or more.
    """
    if base_size < 1 or run_length < 1 or threshold < 0:
        raise ValueError("sizes must be 1 or more, and the threshold 0 or more")
    base = len(set().union(*stories[:base_size]))
    reason = _reason(len(stories), base, base_size + run_length)
    runs = []
    for start in [] if reason else range(base_size, len(stories) - run_length + 1):
        before = set().union(*stories[:start])
        new = len(set().union(*stories[start : start + run_length]) - before)
        runs.append(Run(start + 1, start + run_length, new, new / base))
    quiet = [run for run in runs if run.ratio <= threshold]
    if runs and not quiet:
        reason = f"Not reached: the last run still added {runs[-1].ratio:.0%} to the base."
    return Saturation(
        base_size, run_length, threshold, base,
        quiet[0].first - 1 if quiet else None, runs, _first_met(stories), reason,
    )  # fmt: skip


def _reason(stories: int, base: int, needed: int) -> str:
    if stories < needed:
        return f"Cannot be told: it takes {needed} stories or more, and there are {stories}."
    if base == 0:
        return "Cannot be told: the base stories have no theme at all."
    return ""


def _first_met(stories: Sequence[set[str]]) -> list[int]:
    met: set[str] = set()
    found = []
    for codes in stories:
        found.append(len(codes - met))
        met |= codes
    return found
