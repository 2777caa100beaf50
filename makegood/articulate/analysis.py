"""The room's door to the engine: the chart of how the alternative does."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from makegood.articulate.models import MeasuredAlternative
from makegood.kernel.period import name_month
from makegood.measures.queries import history
from makegood_engine import charts, spc


@dataclass(frozen=True, kw_only=True)
class Past:
    """The history of the alternative by a measure: a picture, what it shows, and its numbers."""

    title: str
    svg: SafeString
    sentence: str
    head: tuple[str, ...]
    rows: list[list[str]]


def past_of(measured: MeasuredAlternative) -> Past | None:
    """Draw the history of the alternative; None where none is kept."""
    series = measured.series
    values = history(series) if series else {}
    if not any(value is not None for value in values.values()):
        return None
    measure, periods = measured.measure, list(values)
    points = spc.analyse(list(values.values()), better=measure.better)
    title = f"{measure}, without a new provider"
    svg = charts.spc_chart(
        points,
        periods,
        title=title,
        unit=measure.unit,
        better=measure.better,
    )
    signals = {row.period: row.signal for row in charts.table_rows(points, periods)}
    return Past(
        title=title,
        svg=mark_safe(svg),  # our own engine's words
        sentence=charts.describe(points, periods, unit=measure.unit, target=None),
        head=("Month", measure.unit, "Signal"),
        rows=[
            [name_month(period), "" if value is None else f"{value:.15g}", signals.get(period, "")]
            for period, value in values.items()
        ],
    )
