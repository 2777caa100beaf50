"""The room's door to the engine: what is usual for a series, and its small chart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.utils.safestring import SafeString, mark_safe

from makegood.capture.doubts import doubts_about
from makegood.contract.models import Commitment
from makegood.kernel.period import name_month
from makegood.measures.models import Line, Measure
from makegood.measures.queries import history
from makegood_engine import charts, sampling, spc

ENOUGH = 12
"""The fewest figures that tell between which limits chance keeps a series."""
LAST = 24
"""How many figures a small chart shows, and limits are taken from."""
NARROW = 360


@dataclass(frozen=True, kw_only=True)
class SmallChart:
    """What a series was lately: a picture, a sentence, and its numbers."""

    title: str
    svg: SafeString
    sentence: str
    head: tuple[str, str]
    rows: list[list[str]]


def usual_range(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the limits between which chance keeps a series by its own history; None if it is short."""
    lately = list(values)[-LAST:]
    if len(lately) < ENOUGH:
        return None
    try:
        points = spc.analyse(lately)
    except ValueError:  # too far apart to be compared
        return None
    low, high = float(points.lower[-1]), float(points.upper[-1])
    return None if np.isnan(low) or np.isnan(high) else (low, high)


ONE_LINE = "all"
"""All figures of a contract stand in one line, whoever recorded them."""
HOW_DRAWN = sampling.ALGORITHM
"""How a sample is drawn, in words enough to draw it again."""


def draw_from(
    names: Sequence[str], *, providers: Sequence[str] | None = None, seed: str, size: int
) -> list[str]:
    """Return which of ``names`` are drawn by ``seed``: whoever has both draws the same.

    ``providers`` says beside each name who gave it: so many are drawn from each as its share is.
    """
    lines = providers or [ONE_LINE] * len(names)
    return [one.item for one in sampling.draw_sample(names, lines, seed=seed, size=size)]


def bound_on(found: Sequence[tuple[int, int, int]]) -> sampling.Bound:
    """Return the most that may be wrong among all, given (captured, drawn, wrong) of each provider."""
    return sampling.error_bound(found)


def said_of(bound: sampling.Bound, *, unknown: int) -> str:
    """Return what a sample shows, in counts: ``1 of 12 figures drawn was found wrong``, and the bound.

    ``unknown`` of them nobody could tell: they count as wrong, and are not said to be found wrong.
    """
    wrong = f"{bound.wrong:,} of" if bound.wrong else "None of"
    was = "was" if bound.wrong <= 1 else "were"
    found = "not found right" if unknown else "found wrong"
    are = "is" if bound.most_wrong == 1 else "are"
    return (
        f"{wrong} {bound.drawn:,} figures drawn {was} {found}. Of all {bound.items:,} figures, "
        f"at most {bound.most_wrong:,} {are} wrong, {100 * bound.confidence:.12g}% sure."
    )


def enough_drawn(sizes: Mapping[str, int]) -> int:
    """Return how many have to be drawn and right for at most one in ten to be wrong, 95% sure.

    ``sizes`` says how many figures came of each provider; one of each is drawn at least.
    """
    return max(sampling.sample_size(sizes), len(sizes)) if sizes else 0


def doubts_of(value: float, *, line: Line, period: date) -> list[str]:
    """Return what looks wrong about a value beside those of the periods before it."""
    values = history(line).items()
    past = [each for day, each in values if day < period and each is not None]
    return doubts_about(value, past=past, usual=usual_range(past), unit=line.measure.unit)


def doubts_in(commitment: Commitment, *, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what looks wrong about rows of a file beside what stands and the rows before, by month."""
    line, found = commitment.line, []
    if line is None:
        return []
    known = {day: value for day, value in history(line).items() if value is not None}
    read = [(_day(row), row["value"]) for row in rows if row["value"] is not None]
    for day, value in sorted(read):
        past = [known[each] for each in sorted(known) if each < day]
        usual, unit = usual_range(past), line.measure.unit
        doubts = doubts_about(value, past=past, usual=usual, unit=unit)
        found += [f"{name_month(day)}: {words}" for words in doubts]
        known[day] = value
    return found


def _day(row: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(row["period"]))


def small_charts(
    commitments: Iterable[Commitment],
    *,
    pasts: Mapping[int, Mapping[date, float | None]],
    wrong: Mapping[int, Collection[date]],
) -> dict[int, SmallChart | None]:
    """Return what the series of each commitment was lately, by its key; ``wrong`` were found wrong."""
    return {
        one.pk: _small_chart(
            pasts.get(one.pk, {}),
            commitment=one,
            measure=one.measure,
            wrong=wrong.get(one.pk, ()),
        )
        for one in commitments
        if one.measure
    }


def _small_chart(
    values: Mapping[date, float | None],
    *,
    commitment: Commitment,
    measure: Measure,
    wrong: Collection[date],
) -> SmallChart | None:
    """Draw the last figures of a series; None where there is none."""
    target, starts_on = commitment.target, commitment.starts_on
    lately = dict(list(values.items())[-LAST:])
    if not any(value is not None for value in lately.values()):
        return None
    periods = list(lately)
    try:
        points = spc.analyse(list(lately.values()), better=measure.better, target=target)
    except ValueError:
        return None
    begins = starts_on if periods[0] <= starts_on <= periods[-1] else None
    title, shown = f"{measure}, lately", [day for day in periods if day in wrong]
    svg = charts.spc_chart(
        points, periods, title=title, unit=measure.unit, better=measure.better, target=target,
        starts_on=begins, wrong=shown, width=NARROW,
    )  # fmt: skip
    return SmallChart(
        title=title,
        svg=mark_safe(svg),  # our own engine's words
        sentence=charts.describe(
            points, periods, unit=measure.unit, target=target, beside_chart=True, wrong=shown
        ),
        head=("Month", measure.unit),
        rows=[
            [name_month(day), _shown(value, is_wrong=day in shown)] for day, value in lately.items()
        ],
    )


def _shown(value: float | None, *, is_wrong: bool) -> str:
    if value is None:
        return "no figure"
    return f"{value:.10g}, found wrong" if is_wrong else f"{value:.10g}"
