"""Words that stand at a day, above a chart over time: new limits, and the start of delivery."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from makegood_engine.charts.scales import Scale, month_name
from makegood_engine.spc.points import rebase_note

LETTER = 7.4
"""About how wide a letter of these words is."""


class Mark(NamedTuple):
    """Words at a day: where they stand, on which level, and whether they lie before the day."""

    at: float
    words: str
    part: str
    level: int
    before: bool


def marks_of(
    x: Scale, rebases: Sequence[tuple[date, str]], starts_on: date | None, *, width: int
) -> tuple[list[Mark], list[str]]:
    """Place the words of rebases and of the start, each clear of those before it.

    Also gives, as sentences for the foot, the reasons that are too long to stand on the chart.
    """
    wanted = [(day, f"New limits: {why}", "rebase", why) for day, why in rebases]
    if starts_on is not None and x.low <= starts_on.toordinal() <= x.high:
        wanted.append((starts_on, "Start", "start", ""))
    marks: list[Mark] = []
    beneath = []
    taken: list[tuple[int, float, float]] = []
    for day, words, part, why in wanted:
        said = words
        at = x.at(day.toordinal())
        if LETTER * len(words) > max(width - 9 - at, at - 9):
            beneath.append(rebase_note(month_name(day), why))
            said = "New limits: see below"
        wide = LETTER * len(said) + 5
        before = at + wide > width - 4
        left = at - wide if before else at
        level = 0
        while any(k == level and left < r + 8 and left + wide + 8 > p for k, p, r in taken):
            level += 1
        taken.append((level, left, left + wide))
        marks.append(Mark(at, said, part, level, before))
    return marks, beneath
