"""The rules of every rule set said slowly, window by window, in plain Python."""

from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import comb, isnan, log2, sqrt
from statistics import median

Value = float | None
COMMON = "Common Cause"


@dataclass
class Answer:
    mean: float | None
    lower: list[Value]
    upper: list[Value]
    cause: list[str] = field(default_factory=list)


@dataclass
class Placed:
    """Each point's side (0 on the line), and how far out it lies: 0 to 3 zones."""

    side: list[int]
    zone: list[int]


def answer(
    values: list[Value],
    *,
    ruleset: str = "ptd-0.2.2",
    fix_after: int | None = None,
    screen: bool = True,
) -> Answer:
    """Label one group of points of an XmR chart."""
    base = values[: fix_after or len(values)]
    known = [v for v in base if v is not None]
    if ruleset == "anhoej":
        middle = median(known) if known else None
        nothing: list[Value] = [None] * len(values)
        return Answer(middle, nothing, nothing, runs([side_of(v, middle) for v in values]))
    mean = exact_mean(known)
    amr = moving_range(base, screen and ruleset == "ptd-0.2.2")
    width = None if amr is None else 2.66 * amr
    return judged(values, mean, [width] * len(values), ruleset)


def rate_answer(
    tops: list[Value],
    bottoms: list[float],
    *,
    chart: str,
    per: float,
    ruleset: str = "ptd-0.2.2",
    fix_after: int | None = None,
) -> Answer:
    """Label one group of points of a p or u chart; a point without a numerator is missing."""
    values = [None if t is None else per * (t / b) for t, b in zip(tops, bottoms, strict=True)]
    if ruleset == "anhoej":
        return answer(values, ruleset=ruleset, fix_after=fix_after)
    base = list(zip(tops, bottoms, strict=True))[: fix_after or len(tops)]
    above = sum_left([t for t, _ in base if t is not None])
    below = sum_left([b for t, b in base if t is not None])
    if not below:
        return judged(values, None, [None] * len(values), ruleset)
    level = above / below
    spread = level * (1 - level) if chart == "p" else level
    said = judged(values, per * level, [per * 3 * sqrt(spread / b) for b in bottoms], ruleset)
    said.lower = [None if low is None else max(low, 0.0) for low in said.lower]
    if chart == "p":
        said.upper = [None if high is None else min(high, per) for high in said.upper]
    return said


def judged(values: list[Value], mean: Value, widths: list[Value], ruleset: str) -> Answer:
    """Hold values against a mean and the widths from it to the limits at each point."""
    placed = Placed([side_of(v, mean) for v in values], [0] * len(values))
    lower: list[Value] = [None] * len(values)
    upper: list[Value] = [None] * len(values)
    for i, (value, width) in enumerate(zip(values, widths, strict=True)):
        if mean is None or width is None or isnan(width):
            continue
        lower[i], upper[i] = mean - width, mean + width
        if value is not None and placed.side[i] != 0:
            placed.zone[i] = zone_of(value, mean, width)
    rules = {"ptd-0.2.2": (7, 7), "mdc-excel": (7, 6), "western-electric": (8, None)}
    shift, steps = rules[ruleset]
    cause = shifts(placed.side, shift)
    here = range(len(values))
    if ruleset == "western-electric":
        cause = [
            zones(values, placed, i, enough=4, of=5, zone=1) or said for i, said in enumerate(cause)
        ]
        cause = [
            zones(values, placed, i, enough=2, of=3, zone=2) or said for i, said in enumerate(cause)
        ]
    else:
        cause = [close_pair(placed, i) or said for i, said in enumerate(cause)]
    if steps:
        cause = [trend(values, i, steps) or said for i, said in enumerate(cause)]
    for i in here:
        if placed.zone[i] == 3:
            cause[i] = "Above UCL" if placed.side[i] > 0 else "Below LCL"
    return Answer(mean, lower, upper, cause)


def zone_of(value: float, mean: float, width: float) -> int:
    if value > mean + width or value < mean - width:
        return 3
    near = 2 / 3 * width
    if value > mean + near or value < mean - near:
        return 2
    return 1 if abs(value - mean) > width / 3 else 0


def exact_mean(values: list[float]) -> float | None:
    if not values:
        return None
    rough = sum_left(values) / len(values)
    return rough + sum_left([v - rough for v in values]) / len(values)


def sum_left(values: list[float]) -> float:
    total = 0.0
    for value in values:
        total = total + value
    return total


def moving_range(values: list[Value], screen: bool) -> float | None:
    pairs = pairwise(values)
    steps = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    if not steps:
        return None
    average = sum_left(steps) / len(steps)
    kept = [step for step in steps if step < 3.267 * average] if screen else steps
    return sum_left(kept) / len(kept) if kept else 0.0


def windows(count: int, width: int) -> list[range]:
    return [range(first, first + width) for first in range(count - width + 1)]


def shifts(sides: list[int], length: int) -> list[str]:
    cause = [COMMON] * len(sides)
    for window in windows(len(sides), length):
        if one_side(sides, window):
            for i in window:
                cause[i] = f"{length} Points {'Above' if sides[i] > 0 else 'Below'} CL"
    return cause


def one_side(sides: list[int], window: range) -> bool:
    return len({sides[i] for i in window}) == 1 and sides[window[0]] != 0


def close_pair(placed: Placed, at: int) -> str | None:
    sides, close = placed.side, [zone == 2 for zone in placed.zone]
    for window in windows(len(sides), 3):
        if at in window and one_side(sides, window) and sum(close[i] for i in window) >= 2:
            return f"2 in 3 {'Above' if sides[at] > 0 else 'Below'} CL" if close[at] else None
    return None


def zones(
    values: list[Value], placed: Placed, at: int, *, enough: int, of: int, zone: int
) -> str | None:
    """So many of so many in a zone or beyond on the point's own side, the point among them."""
    for window in windows(len(values), of):
        there = [i for i in window
                 if placed.zone[i] >= zone and placed.side[i] == placed.side[at]]  # fmt: skip
        whole = all(values[i] is not None for i in window)
        if whole and at in there and len(there) >= enough:
            return f"{enough} in {of} {'Above' if placed.side[at] > 0 else 'Below'} CL"
    return None


def trend(values: list[Value], at: int, length: int) -> str | None:
    """The last trend a point belongs to: one shared by two follows the next step."""
    said = None
    for window in windows(len(values), length):
        if at in window and rises(values, window):
            said = f"{length} Point Trend (Increasing)"
        elif at in window and falls(values, window):
            said = f"{length} Point Trend (Decreasing)"
    return said


def side_of(value: Value, mean: float | None) -> int:
    if value is None or mean is None or isnan(value):
        return 0
    if abs(value - mean) <= 1e-12 * max(abs(value), abs(mean)):
        return 0
    return 1 if value > mean else -1


def rises(values: list[Value], window: range) -> bool:
    pairs = [(values[i], values[i + 1]) for i in window[:-1]]
    return all(a is not None and b is not None and b > a for a, b in pairs)


def falls(values: list[Value], window: range) -> bool:
    pairs = [(values[i], values[i + 1]) for i in window[:-1]]
    return all(a is not None and b is not None and b < a for a, b in pairs)


def runs(sides: list[int]) -> list[str]:
    """Anhøj's rules: the points of each run that is too long, or all where crossings are few."""
    cause = [COMMON] * len(sides)
    useful = [i for i, side in enumerate(sides) if side != 0]
    if not useful:
        return cause
    parts = [list(part) for _, part in groupby(useful, key=lambda i: sides[i])]
    few = len(parts) - 1 < fewest_crossings(len(useful))
    most = round(log2(len(useful)) + 3)
    for part in parts:
        for i in part:
            way = "Above" if sides[i] > 0 else "Below"
            if len(part) > most:
                cause[i] = f"Long Run {way} CL"
            elif few:
                cause[i] = f"Few Crossings {way} CL"
    return cause


def fewest_crossings(useful: int) -> int:
    """The least k so that k heads or fewer come in one of twenty goes of n - 1 fair tosses."""
    tosses, seen = useful - 1, 0
    for k in range(tosses + 1):
        seen += comb(tosses, k)
        if 20 * seen >= 2**tosses:
            return k
    return 0
