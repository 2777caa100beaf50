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
    """Whether, and after how many stories, the rest added no more than the threshold.

    `reached_at` counts the stories before the first run from which on every run is within the
    threshold; None where there is none. `first_quiet` counts those before the first such run
    whatever came later, at which someone who stops at the first would have stopped. `new_codes`
    counts, story by story, the codes first met there. `sentence` says what was found. Where themes are
    hidden, counts are None or empty: see `saturation_shown`.
    """

    base_size: int
    run_length: int
    threshold: float
    base_codes: int | None
    reached_at: int | None
    first_quiet: int | None
    runs: list[Run]
    new_codes: list[int]
    sentence: str


def saturation(
    stories: Sequence[set[str]],
    *,
    base_size: int = 4,
    run_length: int = 2,
    threshold: float = 0.05,
) -> Saturation:
    """Assess saturation over the codes of `stories`, in the order in which they were read.

    The base is the first `base_size` stories. Each run is `run_length` stories and starts one
    story after the run before it; its new codes are those in no story before the run. The source
    stops at the first run within the threshold; as all stories are known here, every later run
    must be within it too. Raises `ValueError` unless both sizes are 1 or more and the threshold is
    0 or more.
    """
    if base_size < 1 or run_length < 1 or threshold < 0:
        raise ValueError("sizes must be 1 or more, and the threshold 0 or more")
    base = len(set().union(*stories[:base_size]))
    needed = base_size + run_length
    met = _first_met(stories)
    runs = []
    for start in range(base_size, len(stories) - run_length + 1) if base else []:
        new = sum(met[start : start + run_length])
        runs.append(Run(start + 1, start + run_length, new, new / base))
    before = [run.first - 1 for run in runs if run.ratio <= threshold]
    loud = max((run.first for run in runs if run.ratio > threshold), default=0)
    reached = next((at for at in before if at >= loud), None)
    if len(stories) < needed:
        said = f"Cannot be told: it takes {needed} stories or more, and there are fewer."
    elif base == 0:
        said = "Cannot be told: the base stories have no theme at all."
    elif reached is not None:
        said = _reached(reached, met, run_length, threshold)
    else:
        said = _not_reached(runs[-1], before, met)
    return Saturation(
        base_size, run_length, threshold, base, reached, before[0] if before else None, runs, met,
        said,
    )  # fmt: skip


def _reached(at: int, met: list[int], length: int, threshold: float) -> str:
    new, rest = sum(met[at:]), len(met) - at
    if not new:
        return f"Reached after {at} stories: the {rest} read after them brought no new theme."
    return (
        f"Reached after {at} stories: of the {rest} read after them, no {length} in a row brought more new "
        f"themes than {threshold:.3g} of those in the base; together they brought {new}."
    )


def _not_reached(last: Run, before: list[int], met: list[int]) -> str:
    length = last.last - last.first + 1
    said = (
        f"Not reached: the last {length} stories still brought {_themes(last.new_codes)}, "
        f"{last.ratio:.0%} of those in the base."
    )
    if before:
        later = sum(met[before[0] + length :])
        said += (
            f" After {before[0]} stories the next {length} brought hardly any, but later ones brought "
            f"{_themes(later)}."
        )
    return said


def _themes(many: int) -> str:
    return f"{many} new theme" if many == 1 else f"{many} new themes"


def _first_met(stories: Sequence[set[str]]) -> list[int]:
    met: set[str] = set()
    found = []
    for codes in stories:
        found.append(len(codes - met))
        met |= codes
    return found
