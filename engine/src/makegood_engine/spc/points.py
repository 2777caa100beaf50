"""From values to labelled points: one series at a time, or very many at once."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

import numpy as np
from numpy.typing import NDArray

from makegood_engine.spc.dispersion import narrow_note, sigma_z
from makegood_engine.spc.kernel import (
    Asked,
    Bytes,
    Flags,
    Floats,
    Lines,
    Longs,
    Marks,
    Rules,
    label_groups,
)
from makegood_engine.spc.rates import Rates, clipped, rate_lines
from makegood_engine.spc.rulesets import (
    ASSURANCES,
    CHARTS,
    POINT_TYPES,
    PTD,
    RuleSet,
    ruleset_named,
)
from makegood_engine.spc.runs import Runs, judge_runs
from makegood_engine.tables import out_of_reach, too_far

DIRECTIONS = {"up": 1, "down": -1, "neutral": 0}
"""The kernel's code for each direction."""
ANEW = "New limits from"
"""How a note begins that gives the reason of a rebase."""
WORTH_A_THREAD = 1 << 16
"""Points from which a second thread pays for itself."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The kernel's answers for many groups of points, flat.

    Per group (float64[g]): `mean`, `lower`, `upper` (where limits vary, those at the last known
    point). Per point ([n]): `outside` and `close` bool; `side`, `cause` and `kind` int8 codes.
    `lowers` and `uppers` float64[n] are each point's limits where any group's vary, else None.
    `runs` is what a runs rule found, else None. `sigma_z` float64[g] says how much more the points
    of p and u charts move than counts do, else None.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    outside: Flags
    side: Bytes
    close: Flags
    cause: Bytes
    kind: Bytes
    lowers: Floats | None = None
    uppers: Floats | None = None
    runs: Runs | None = None
    sigma_z: Floats | None = None


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
    rates: Rates | None = None,
) -> Labels:
    """Label many groups at once, in as many threads as there are processors.

    `values` float64[n] (for p and u groups numerator ÷ denominator × per), `starts` int64[g + 1];
    per group `better` int8, `fix_after` int64, `screen_outliers` bool (see `kernel.Asked`).
    `rates` is for groups of which some are p or u charts. No check is made.
    """
    n, g = len(values), len(starts) - 1
    lines = Lines(np.empty(g), np.empty(g), np.empty(n if rates else 0))
    marks = Marks(
        np.empty(n, np.bool_), np.empty(n, np.int8), np.empty(n, np.bool_), np.empty(n, np.int8),
        np.empty(n, np.int8),
    )  # fmt: skip
    varies = np.zeros(g, np.bool_)
    if rates is not None and ruleset.centre == "mean":
        varies = rates.varies
        rate_lines(
            rates.numerators, rates.denominators, starts, fix_after, rates.chart, rates.per, *lines
        )
    asked = Asked(better, fix_after, screen_outliers, varies)
    rules = _rules(ruleset)
    _in_threads(
        g, n, lambda low, high: label_groups(values, starts, low, high, asked, rules, lines, marks)
    )
    runs = judge_runs(starts, better, marks) if ruleset.runs else None
    lower, upper = lines.mean - lines.width, lines.mean + lines.width
    if rates is None or not varies.any():
        return Labels(lines.mean, lower, upper, *marks, runs=runs)
    of = np.repeat(np.arange(g), np.diff(starts))
    widths = np.where(varies[of], lines.widths, lines.width[of])
    lows, highs = clipped(
        lines.mean[of] - widths, lines.mean[of] + widths, rates.chart[of], rates.per[of]
    )
    lower, upper = clipped(lower, upper, rates.chart, rates.per)
    moves = sigma_z(values, starts, lines.mean, rates)
    return Labels(
        lines.mean, lower, upper, *marks, lowers=lows, uppers=highs, runs=runs, sigma_z=moves
    )


def _rules(ruleset: RuleSet) -> Rules:
    """A rule set in the kernel's numbers."""
    return Rules(
        np.nan if ruleset.limit is None else ruleset.limit,
        ruleset.near,
        ruleset.screen or 0.0,
        ruleset.shift or 0,
        ruleset.trend or 0,
        (None, "one side", "any").index(ruleset.two_in_three),
        int(ruleset.four_in_five),
        int(ruleset.centre == "median"),
    )


def _in_threads(groups: int, points: int, work: Callable[[int, int], None]) -> None:
    """Share the groups out among threads; each group is labelled by itself, so none can differ."""
    threads = max(1, min(cpu_count() or 1, points // WORTH_A_THREAD, groups))
    cuts = [groups * k // threads for k in range(threads + 1)]
    if threads == 1:
        work(0, groups)
        return
    work(0, 0)  # compiles here if it must: Ctrl-C is not heard in threads
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, cuts[:-1], cuts[1:]))


def analyse(
    values: Sequence[float | None] | Floats = (),
    *,
    better: str = "neutral",
    target: float | None = None,
    rebases: Sequence[int] | Mapping[int, str] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
    ruleset: str = PTD.name,
    chart: str = "xmr",
    numerators: Sequence[float | None] | Floats = (),
    denominators: Sequence[float | None] | Floats = (),
    per: float = 1,
) -> Points:
    """Label the points of one series in time order.

    `values` holds numbers, NaN or None where missing; `better` is up, down or neutral; `target`
    is in the values' unit; `rebases` are positions (0 is the first value) at which a new group
    begins, each with its reason if they are a mapping; `fix_after` fixes limits on the first so
    many points of each group (12 or more). `chart` is xmr (single values), p (proportions) or u
    (rates); for the last two give `numerators` and `denominators` in place of values, and what
    they are said `per` (100 for per cent). `screen_outliers` is for rule sets that screen.
    Raises `ValueError` for an unknown direction, chart or rule set, an infinity, a figure too large
    or too small to compare, a bad position, or a numerator or denominator that cannot be.
    """
    rules = ruleset_named(ruleset)
    _check(better, target, fix_after, chart, per)
    tops, bottoms = _numbers(numerators), _numbers(denominators)
    if chart == "xmr":
        numbers = _numbers(values)
    else:
        check_rates(tops, bottoms, chart)
        numbers = per * (tops / bottoms)
        _check_reach(numbers)
    reasons = rebases if isinstance(rebases, Mapping) else dict.fromkeys(rebases, "")
    if any(not 0 <= place < len(numbers) for place in reasons):
        raise ValueError("A rebase lies outside the series.")
    cuts = sorted({0, *reasons}) if len(numbers) else []
    starts = np.array([*cuts, len(numbers)], dtype=np.int64)
    groups = len(cuts)
    code = np.full(groups, CHARTS[chart], np.int8)
    found = label(
        numbers,
        starts,
        better=np.full(groups, DIRECTIONS[better], np.int8),
        fix_after=np.full(groups, fix_after or 0, np.int64),
        screen_outliers=np.full(groups, screen_outliers),
        ruleset=rules,
        rates=None if chart == "xmr" else Rates(tops, bottoms, code, np.full(groups, float(per))),
    )
    said = [rebase_note(f"point {at + 1}", why) for at, why in sorted(reasons.items()) if why]
    return _points(
        numbers, starts, found, better=better, target=target, fix_after=fix_after or 0,
        ruleset=rules, notes=tuple(said),
    )  # fmt: skip


def _numbers(values: Sequence[float | None] | Floats) -> Floats:
    numbers = np.array(values, dtype=np.float64)
    if numbers.ndim != 1:
        raise ValueError("Values must be one list of numbers.")
    if np.isinf(numbers).any():
        raise ValueError("A value is infinite. Use None where a value is missing.")
    _check_reach(numbers)
    return numbers


def _check_reach(numbers: Floats) -> None:
    """Refuse numbers too large or too small to compare, naming the first."""
    far = np.flatnonzero(out_of_reach(numbers))
    if far.size:
        raise ValueError(f"Point {far[0] + 1}: {too_far(float(numbers[far[0]]))}")


def _check(
    better: str, target: float | None, fix_after: int | None, chart: str, per: float
) -> None:
    if better not in DIRECTIONS:
        raise ValueError(f"“{better}” is not a direction. Use up, down or neutral.")
    if chart not in CHARTS:
        raise ValueError(f"“{chart}” is not a chart. Use {', '.join(CHARTS)}.")
    if target is not None and np.isinf(target):
        raise ValueError("The target is infinite. Use None where there is none.")
    if target is not None and (said := too_far(target)):
        raise ValueError(f"The target: {said}")
    if not 0 < per < np.inf:
        raise ValueError(f"per is {per}. It must be above 0, like 100 for per cent.")
    if said := too_far(per):
        raise ValueError(f"per: {said}")
    check_fix_after(fix_after)


def check_rates(numerators: Floats, denominators: Floats, chart: str) -> None:
    """Refuse numerators and denominators that a p or u chart cannot hold, naming the first.

    A point is missing where its numerator is.
    """
    if len(numerators) != len(denominators):
        raise ValueError(
            f"There are {len(numerators)} numerators but {len(denominators)} denominators."
        )
    known = ~np.isnan(numerators)
    wrong = {
        "has no denominator above 0": known & ~(denominators > 0),
        "has a numerator below 0": numerators < 0,
    }
    if chart == "p":
        wrong["has a numerator above its denominator"] = numerators > denominators
    for said, where in wrong.items():
        if where.any():
            raise ValueError(f"Point {int(np.flatnonzero(where)[0]) + 1} {said}.")


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
    fix_after: int,
    ruleset: RuleSet,
    notes: tuple[str, ...],
) -> Points:
    group = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    known = np.flatnonzero(~np.isnan(numbers))
    variation, assurance = POINT_TYPES[0], ""
    if len(numbers):
        variation = POINT_TYPES[found.kind[known[-1]]] if len(known) else variation
        aim = target if ruleset.limit else None
        assurance = ASSURANCES[assure(found.lower[-1], found.upper[-1], aim, DIRECTIONS[better])]
        in_last = int((~np.isnan(numbers[starts[-2] :])).sum())
        notes = (
            *trial_note(in_last, ruleset),
            *fixed_note(fix_after, len(numbers) - int(starts[-2]), ruleset), *runs_note(found.runs, -1),
            *narrow_note(found.sigma_z, -1), *notes,
        )  # fmt: skip
    return Points(
        numbers, group, found.mean[group],
        found.lower[group] if found.lowers is None else found.lowers,
        found.upper[group] if found.uppers is None else found.uppers,
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
    """Say that an answer is on trial where a group holds too few points."""
    if points >= ruleset.settled:
        return ()
    what = "Trial limits" if ruleset.limit else "On trial"
    said = f"{what}: {points} point{'' if points == 1 else 's'} so far."
    return (f"{said} They settle from {ruleset.settled}.",)


def fixed_note(fix_after: int, periods: int, ruleset: RuleSet) -> tuple[str, ...]:
    """Say that lines are fixed on the first periods of a group, where it has gone on beyond them."""
    if not 0 < fix_after < periods:
        return ()
    lines = "average and limits are those" if ruleset.limit else "median is that"
    return (f"Fixed: the {lines} of the first {fix_after} periods.",)


def runs_note(runs: Runs | None, g: int) -> tuple[str, ...]:
    """Say what a runs rule found in group `g`, where it is a signal."""
    return (runs.said(g),) if runs is not None and runs.signal(g) else ()


def rebase_note(when: str, reason: str) -> str:
    """Say why limits begin anew at a date or point."""
    return f"{ANEW} {when}: {reason}."
