"""The rules of `ptd-0.2.2` said slowly, window by window, in plain Python."""

from dataclasses import dataclass
from itertools import pairwise
from math import isnan

Value = float | None


@dataclass
class Answer:
    mean: float | None
    lower: float | None
    upper: float | None
    cause: list[str]


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


def answer(values: list[Value], *, fix_after: int | None = None, screen: bool = True) -> Answer:
    """Label one group of points."""
    base = values[: fix_after or len(values)]
    mean = exact_mean([v for v in base if v is not None])
    amr = moving_range(base, screen)
    lower = upper = near_low = near_high = None
    if mean is not None and amr is not None:
        lower, upper = mean - 2.66 * amr, mean + 2.66 * amr
        near = 2 / 3 * 2.66 * amr
        near_low, near_high = mean - near, mean + near
    sides = [side_of(v, mean) for v in values]
    beyond = [
        s != 0 and v is not None and upper is not None and lower is not None
        and (v > upper or v < lower)
        for v, s in zip(values, sides, strict=True)
    ]  # fmt: skip
    close = [
        s != 0 and not b and v is not None and near_high is not None and near_low is not None
        and (v > near_high or v < near_low)
        for v, s, b in zip(values, sides, beyond, strict=True)
    ]  # fmt: skip
    cause = shifts(sides)
    cause = [close_pair(sides, close, i) or said for i, said in enumerate(cause)]
    cause = [trend(values, i) or said for i, said in enumerate(cause)]
    for i, is_beyond in enumerate(beyond):
        if is_beyond:
            cause[i] = "Above UCL" if sides[i] > 0 else "Below LCL"
    return Answer(mean, lower, upper, cause)


def shifts(sides: list[int]) -> list[str]:
    cause = ["Common Cause"] * len(sides)
    for window in windows(len(sides), 7):
        if one_side(sides, window):
            for i in window:
                cause[i] = f"7 Points {'Above' if sides[i] > 0 else 'Below'} CL"
    return cause


def one_side(sides: list[int], window: range) -> bool:
    return len({sides[i] for i in window}) == 1 and sides[window[0]] != 0


def close_pair(sides: list[int], close: list[bool], at: int) -> str | None:
    for window in windows(len(sides), 3):
        if at in window and one_side(sides, window) and sum(close[i] for i in window) >= 2:
            return f"2 in 3 {'Above' if sides[at] > 0 else 'Below'} CL" if close[at] else None
    return None


def trend(values: list[Value], at: int) -> str | None:
    """The last trend a point belongs to: one shared by two follows the next step."""
    said = None
    for window in windows(len(values), 7):
        if at in window and rises(values, window):
            said = "7 Point Trend (Increasing)"
        elif at in window and falls(values, window):
            said = "7 Point Trend (Decreasing)"
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
