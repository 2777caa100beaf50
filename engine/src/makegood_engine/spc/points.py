"""From values to labelled points: one series at a time, or very many at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from makegood_engine.spc.kernel import Bytes, Flags, Floats, Longs, label_groups
from makegood_engine.spc.rulesets import ASSURANCES, POINT_TYPES, PTD, RuleSet, ruleset_named

DIRECTIONS = {"up": 1, "down": -1, "neutral": 0}
"""The kernel's code for each direction."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The kernel's answers for many groups of points, flat.

    Per group (float64[g]): `mean`, `lower`, `upper`. Per point ([n]): `outside` and `close`
    bool; `side`, `cause` and `kind` int8 codes.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    outside: Flags
    side: Bytes
    close: Flags
    cause: Bytes
    kind: Bytes


@dataclass(frozen=True, slots=True)
class Points:
    """One series, labelled. Arrays have one entry a value, in the order given.

    `group` int32 counts rebases from 0; `mean`, `lower`, `upper` float64 (NaN where a group is
    too short for limits); `outside`, `close` bool and `side` int8 are False and 0 where the
    value is missing. `variation` is the last known point's type; `assurance` is empty without a
    target or direction. `notes` are plain sentences, trial limits among them.
    """

    values: Floats
    group: NDArray[np.int32]
    mean: Floats
    lower: Floats
    upper: Floats
    outside: Flags
    side: Bytes
    close: Flags
    special_cause: tuple[str, ...]
    point_type: tuple[str, ...]
    variation: str
    assurance: str
    ruleset: str
    notes: tuple[str, ...]

    def __len__(self) -> int:
        """The number of values, missing ones included."""
        return len(self.values)


def label(
    values: Floats,
    starts: Longs,
    *,
    better: Bytes,
    fix_after: Longs,
    screen_outliers: Flags,
    ruleset: RuleSet = PTD,
) -> Labels:
    """Label many groups at once: the batched form (see `kernel.label_groups` for shapes)."""
    n, g = len(values), len(starts) - 1
    found = Labels(
        np.empty(g),
        np.empty(g),
        np.empty(g),
        np.empty(n, np.bool_),
        np.empty(n, np.int8),
        np.empty(n, np.bool_),
        np.empty(n, np.int8),
        np.empty(n, np.int8),
    )
    rules = np.array(
        [ruleset.limit, ruleset.near, ruleset.screen or 0.0, ruleset.shift, ruleset.trend]
    )
    label_groups(
        values, starts, better, fix_after, screen_outliers, rules,
        found.mean, found.lower, found.upper,
        found.outside, found.side, found.close, found.cause, found.kind,
    )  # fmt: skip
    return found


def analyse(
    values: Sequence[float | None] | Floats,
    *,
    better: str = "neutral",
    target: float | None = None,
    rebases: Sequence[int] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
    ruleset: str = PTD.name,
) -> Points:
    """Label the points of one series in time order.

    `values` holds numbers, NaN or None where missing; `better` is up, down or neutral; `target`
    is in the values' unit; `rebases` are positions (0 is the first value) at which a new group
    begins; `fix_after` fixes limits on the first so many points of each group (12 or more).
    Raises `ValueError` for an unknown direction or rule set, an infinity, or a bad position.
    """
    rules = ruleset_named(ruleset)
    numbers = np.array(values, dtype=np.float64)
    _check(numbers, better, rebases, fix_after)
    cuts = sorted({0, *rebases}) if len(numbers) else []
    starts = np.array([*cuts, len(numbers)], dtype=np.int64)
    groups = len(cuts)
    found = label(
        numbers,
        starts,
        better=np.full(groups, DIRECTIONS[better], np.int8),
        fix_after=np.full(groups, fix_after or 0, np.int64),
        screen_outliers=np.full(groups, screen_outliers),
        ruleset=rules,
    )
    return _points(numbers, starts, found, better=better, target=target, ruleset=rules)


def _check(numbers: Floats, better: str, rebases: Sequence[int], fix_after: int | None) -> None:
    if numbers.ndim != 1:
        raise ValueError("Values must be one list of numbers.")
    if np.isinf(numbers).any():
        raise ValueError("A value is infinite. Use None where a value is missing.")
    if better not in DIRECTIONS:
        raise ValueError(f"“{better}” is not a direction. Use up, down or neutral.")
    if any(not 0 <= place < len(numbers) for place in rebases):
        raise ValueError("A rebase lies outside the series.")
    check_fix_after(fix_after)


def check_fix_after(fix_after: int | None) -> None:
    """Refuse limits fixed on fewer than 12 points."""
    if fix_after is not None and fix_after < 12:
        raise ValueError(f"fix_after is {fix_after}. It must be 12 or more.")


def _points(
    numbers: Floats,
    starts: Longs,
    found: Labels,
    *,
    better: str,
    target: float | None,
    ruleset: RuleSet,
) -> Points:
    group = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    known = np.flatnonzero(~np.isnan(numbers))
    variation, assurance = POINT_TYPES[0], ""
    notes: tuple[str, ...] = ()
    if len(numbers):
        variation = POINT_TYPES[found.kind[known[-1]]] if len(known) else variation
        assurance = ASSURANCES[assure(found.lower[-1], found.upper[-1], target, DIRECTIONS[better])]
        in_last = int((~np.isnan(numbers[starts[-2] :])).sum())
        notes = trial_note(in_last, ruleset)
    return Points(
        numbers, group, found.mean[group], found.lower[group], found.upper[group],
        found.outside, found.side, found.close,
        tuple(ruleset.labels[code] for code in found.cause),
        tuple(POINT_TYPES[code] for code in found.kind),
        variation, assurance, ruleset.name, notes,
    )  # fmt: skip


def assure(lower: float, upper: float, target: float | None, better: int) -> int:
    """Hold the last limits against the target; the answer is a place in `ASSURANCES`."""
    if target is None or np.isnan(target) or better == 0:
        return 0
    if target < lower:
        return 2 if better > 0 else 3
    if target > upper:
        return 3 if better > 0 else 2
    return 1


def trial_note(points: int, ruleset: RuleSet) -> tuple[str, ...]:
    """Say that limits are on trial where a group holds too few points."""
    if points >= ruleset.settled:
        return ()
    said = f"Trial limits: {points} point{'' if points == 1 else 's'} so far."
    return (f"{said} They settle from {ruleset.settled}.",)
