"""The widths of the gap's bars, from the values of its steps."""

from collections.abc import Iterable, Mapping
from typing import Any

FULL_WIDTH = 1000


def gap_bars(steps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add to each step the width of its bar and of the bar before it, out of 1000.

    The widest value fills the width. A step without `shown` shows its value; where a value is a
    range, `up_to` is its far end.
    """
    given = [dict(step) for step in steps]
    largest = max((float(step.get("up_to", step["value"])) for step in given), default=0.0)
    before = 0
    for step in given:
        step.setdefault("shown", step["value"])
        share = float(step["value"]) / largest if largest else 0.0
        step["width"] = round(FULL_WIDTH * share)
        step["before_width"] = max(before, step["width"])
        if largest and "up_to" in step:
            step["up_to_width"] = round(FULL_WIDTH * float(step["up_to"]) / largest)
        before = step["width"]
    return given
