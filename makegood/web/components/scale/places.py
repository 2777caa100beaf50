"""Where the marks of a scale stand, from their figures: further right is better."""

from collections.abc import Iterable, Mapping
from typing import Any

MARKS = ("baseline", "alternative", "target")
EDGE = 4.0
"""How many hundredths of the width stay free at each end, so that no mark is cut."""


def scale_places(rows: Iterable[Mapping[str, Any]], *, better: str) -> list[dict[str, Any]]:
    """Add to each row the places of its marks, in hundredths of the width, and of what is added.

    All rows share one scale. It runs from the worst figure among them to the best: to the right is
    better; where neither way is (``neutral``), to the right is more.
    """
    given = [dict(row) for row in rows]
    figures = [row[mark] for row in given for mark in MARKS if row.get(mark) is not None]
    low, high = (min(figures), max(figures)) if figures else (0.0, 0.0)
    for row in given:
        for mark in MARKS:
            row[f"{mark}_at"] = _place(row.get(mark), low=low, high=high, better=better)
        over = row["alternative_at"] if row["alternative_at"] is not None else row["baseline_at"]
        to = row["target_at"]
        if over is not None and to is not None:
            row["added_from"] = min(over, to)
            row["added_width"] = 0 if better == "neutral" else round(abs(to - over), 2)
            row["is_short"] = to < over
    return given


def _place(figure: float | None, *, low: float, high: float, better: str) -> float | None:
    if figure is None:
        return None
    if high == low:
        return 50.0
    share = (figure - low) / (high - low)
    share = 1 - share if better == "down" else share
    return round(EDGE + share * (100 - 2 * EDGE), 2)
