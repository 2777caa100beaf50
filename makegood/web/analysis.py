"""The pages' door to the engine: the chart of a measure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from makegood.contract.models import Commitment
from makegood.measures.models import Line
from makegood.measures.queries import History, histories
from makegood_engine import charts, spc

ENOUGH = 12
"""Periods before the start that can fix the limits, as the rule set asks."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A picture, and the sentence that says what it shows."""

    svg: SafeString
    sentence: str
    signals: dict[str, str]


def chart_of(
    commitment: Commitment, *, line: Line, values: History, wrong: Collection[date]
) -> Chart | None:
    """Draw ``values`` of ``line`` with limits, target, start of delivery and comparators.

    Figures of the periods ``wrong`` were found wrong: they are crossed, and said.
    """
    if not values:
        return None
    measure, periods = line.measure, list(values)
    points = spc.analyse(
        list(values.values()),
        better=measure.better,
        target=commitment.target,
        fix_after=_baseline(periods, starts_on=commitment.starts_on),
    )
    comparators = list(histories(commitment.pool).values()) if commitment.pool else []
    svg = charts.spc_chart(
        points,
        periods,
        title=str(line),
        unit=measure.unit,
        better=measure.better,
        target=commitment.target,
        starts_on=commitment.starts_on,
        comparator=charts.comparator_of(comparators, periods) if comparators else None,
        wrong=wrong,
    )
    sentence = charts.describe(
        points,
        periods,
        unit=measure.unit,
        target=commitment.target,
        beside_chart=True,
        wrong=wrong,
    )
    rows = charts.table_rows(points, periods)
    signals = {row.period.isoformat(): row.signal for row in rows}
    return Chart(svg=mark_safe(svg), sentence=sentence, signals=signals)  # our own engine's words


def _baseline(periods: list[date], *, starts_on: date) -> int | None:
    """Return how many periods before the start fix the limits; None if too few for that."""
    before = sum(period < starts_on for period in periods)
    return before if before >= ENOUGH else None
