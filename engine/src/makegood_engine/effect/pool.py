"""Who may serve as a comparator, and how comparators are chosen before anything is signed."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from makegood_engine.effect.windows import COMPLETE, LEAST

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

ELIGIBLE, ITSELF, ABSENT, INCOMPLETE, FROZEN, COPY = range(6)
REASONS = (
    "eligible",
    "the provider itself",
    "no figures",
    "less than 90% complete",
    "frozen: the same figure again and again",
    "the provider's own figures",
)
"""What is said of a comparator, by code."""

STILL = 0.75
"""A window is frozen where this part of its steps, or more, does not move at all."""
ENDS = (0.0, 1.0, 100.0)
"""Figures that may stay the same and be true: none, and all of them (as a share or in per cent)."""
KINDS = 3
"""Different figures without which two units may well be alike by chance: 0, 0, 1, 0 …"""
TINY = 1e-24
"""Added to a square before its log is taken, for figures that do not move at all."""
CHOICE_RULE = "nearest-level-and-movement-2"
"""The name of the rule `choose` follows, recorded with every choice."""


@njit(cache=True, nogil=True)
def standing(values: Floats, first: int, end: int, step: int, complete: float) -> int:
    """Judge one unit in one window of its row `values` float64[T]: a place in `REASONS`."""
    expected, known, steps, still = 0, 0, 0, 0
    last = np.nan
    for column in range(first, end, step):
        expected += 1
        value = values[column] if 0 <= column < values.size else np.nan
        if np.isnan(value):
            continue
        known += 1
        if not np.isnan(last):
            steps += 1
            still += int(value == last and value not in ENDS)
        last = value
    if expected == 0:
        return ELIGIBLE
    if known == 0:
        return ABSENT
    if known < complete * expected:
        return INCOMPLETE
    if steps >= 5 and still >= STILL * steps:
        return FROZEN
    return ELIGIBLE


@njit(cache=True, nogil=True)
def alike(one: Floats, other: Floats, first: int, end: int, step: int) -> int:
    """How many periods two rows both know in a window, if they are the same in all; else -1."""
    both = 0
    for column in range(max(first, first % step), min(end, one.size), step):
        if np.isnan(one[column]) or np.isnan(other[column]):
            continue
        if abs(one[column] - other[column]) > 1e-9 * abs(one[column]):
            return -1
        both += 1
    return both


@njit(cache=True, nogil=True)
def kinds_in(row: Floats, first: int, end: int, step: int) -> int:
    """How many different figures a row has in a window, counted no further than `KINDS`."""
    kinds, seen = 0, np.empty(KINDS)
    for column in range(max(first, first % step), min(end, row.size), step):
        if kinds < KINDS and not np.isnan(row[column]) and row[column] not in seen[:kinds]:
            seen[kinds] = row[column]
            kinds += 1
    return kinds


@njit(cache=True, nogil=True)
def standing_in_pool(
    values: Floats,
    row: int,
    provider: int,
    window: Longs,
    may_stand_still: bool,  # noqa: FBT001  compiled: by place
) -> int:
    """Judge one member of a pool over both windows (before first, end, after first, end, step)."""
    if row == provider:
        return ITSELF
    code = ELIGIBLE
    for k in range(2):
        if code == ELIGIBLE:
            code = standing(values[row], window[2 * k], window[2 * k + 1], window[4], COMPLETE)
        if code == FROZEN and may_stand_still:
            code = ELIGIBLE
    if code == ELIGIBLE and _is_copy(values[provider], values[row], window):
        code = COPY
    return code


@njit(cache=True, nogil=True)
def _is_copy(own: Floats, other: Floats, window: Longs) -> bool:
    """Whether another has just the provider's figures in both windows, and not by chance."""
    before = alike(own, other, window[0], window[1], window[4])
    after = alike(own, other, window[2], window[3], window[4]) if before >= 0 else -1
    if after < 0 or before + after < LEAST:
        return False
    early = kinds_in(own, window[0], window[1], window[4])
    return max(early, kinds_in(own, window[2], window[3], window[4])) >= KINDS


@dataclass(frozen=True, slots=True)
class Choice:
    """Comparators chosen for one provider: rows in order of likeness, and the rule's record."""

    rows: tuple[int, ...]
    rule: str
    seed: int
    considered: int
    left_out: dict[str, int]


def choose(
    before: Floats, provider: int, *, count: int, seed: int, after: Floats | None = None
) -> Choice:
    """Choose the `count` units most like the provider in level and movement before the start.

    `before` float64[S, n] holds each candidate's before-window, a row a unit, NaN where missing;
    `provider` is the provider's row. Only eligible rows are considered; give `after` to drop
    those that do not last. A row with the provider's own figures, if they move, is no comparator.

    Likeness is the sum of two standardised distances: between the means, and between the logs of
    how much figures move from one period to the next (the root mean square of their steps). A
    provider whose figures move much is so held against others whose figures do; a likeness of
    the movements themselves would set the calm beside the restless, and call chance a success.
    Ties fall by a shuffle seeded with `seed`.
    """
    codes = np.array([_standing_of(before[i], after, i) for i in range(len(before))])
    moves = kinds_in(before[provider], 0, before.shape[1], 1) >= KINDS
    for i in np.flatnonzero(codes == ELIGIBLE):
        if moves and alike(before[provider], before[i], 0, before.shape[1], 1) >= LEAST:
            codes[i] = COPY
    codes[provider] = ITSELF
    rows = np.flatnonzero(codes == ELIGIBLE)
    distance = _unlikeness(before[rows], before[provider])
    shuffle = np.random.default_rng(seed).permutation(len(rows))
    order = np.lexsort((shuffle, distance))[:count]
    tally = {REASONS[code]: int((codes == code).sum()) for code in range(1, len(REASONS))}
    return Choice(
        tuple(int(rows[i]) for i in order),
        CHOICE_RULE,
        seed,
        len(rows),
        {reason: many for reason, many in tally.items() if many},
    )


def _unlikeness(others: Floats, own: Floats) -> Floats:
    """How far each row lies from `own`; 0 for all where nothing is known of it."""
    if np.isnan(own).all() or not len(others):
        return np.zeros(len(others))
    level = np.abs(np.nanmean(others, axis=1) - np.nanmean(own))
    moves = np.abs(_log_movement(others) - _log_movement(own[None, :]))
    return _standard(level) + _standard(np.nan_to_num(moves))


def _log_movement(rows: Floats) -> Floats:
    """Log of the root mean square step of each row between known neighbours; NaN without any."""
    steps = np.diff(rows, axis=1)
    known = ~np.isnan(steps)
    squares = np.where(known, steps * steps, 0.0).sum(axis=1)
    many = known.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(many > 0, 0.5 * np.log(squares / np.maximum(many, 1) + TINY), np.nan)


def _standing_of(before: Floats, after: Floats | None, row: int) -> int:
    code = standing(before, 0, len(before), 1, COMPLETE)
    if code == ELIGIBLE and after is not None:
        code = standing(after[row], 0, after.shape[1], 1, COMPLETE)
    return int(code)


def _standard(distance: Floats) -> Floats:
    spread = float(np.sqrt(np.mean(distance * distance))) if len(distance) else 0.0
    return distance / spread if spread > 0 else distance
