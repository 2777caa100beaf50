"""The room's door to the engine: how an alternative does, and what of a promise could be told from chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from makegood.articulate import rules
from makegood.articulate.models import MeasuredAlternative, Promise, PromisePower
from makegood.kernel.period import Frequency, first_day_of_quarter, name_month, periods
from makegood.measures.models import Measure
from makegood.measures.queries import history
from makegood.measures.states import MeasureKind
from makegood_engine import __version__ as engine_version
from makegood_engine import charts, power, spc, tables

__all__ = [
    "Past",
    "chart_of",
    "engine_version",
    "past_of",
    "power_from",
    "read_figures",
]


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
    measure = measured.measure
    return _drawn(values, measure=measure, title=f"{measure}, without a new provider", target=None)


def chart_of(found: PromisePower, *, promise: Promise) -> Past | None:
    """Draw the history that power was worked out from, with what is promised."""
    measure = promise.measure
    if measure is None:
        return None
    values = {date.fromisoformat(day): value for day, value in sorted(found.history.items())}
    title = f"{measure}, before the start"
    return _drawn(values, measure=measure, title=title, target=promise.target)


def _drawn(
    values: Mapping[date, float | None], *, measure: Measure, title: str, target: float | None
) -> Past:
    days = list(values)
    points = spc.analyse(list(values.values()), better=measure.better, target=target)
    svg = charts.spc_chart(
        points, days, title=title, unit=measure.unit, better=measure.better, target=target
    )
    signals = {row.period: row.signal for row in charts.table_rows(points, days)}
    return Past(
        title=title,
        svg=mark_safe(svg),  # our own engine's words
        sentence=charts.describe(points, days, unit=measure.unit, target=target, beside_chart=True),
        head=("Month", measure.unit, "Signal"),
        rows=[
            [name_month(day), "" if value is None else f"{value:.15g}", signals.get(day, "")]
            for day, value in values.items()
        ],
    )


def power_from(
    values: Mapping[date, float | None],
    *,
    measure: Measure,
    starts_on: date,
    due_on: date,
    change: float | None,
) -> power.Power:
    """Say what could be told from chance by ``due_on``, by the figures before ``starts_on``.

    ``change`` is what is promised, in the measure’s unit. Refused (ART-61, ART-62) where the figures are
    too few, or do not move.
    """
    before = {day: value for day, value in values.items() if day < starts_on}
    known = [day for day, value in before.items() if value is not None]
    rules.check_history_is_long_enough(points=len(known))
    every = Frequency(measure.frequency)
    rules.check_history_can_be_used(fault=_out_of_step(known, every=every))
    try:
        return power.power_of(
            before,
            starts_on=starts_on,
            periods=len(list(periods(starts_on, due_on, every=every))),
            change=change,
            better=measure.better,
            unit=measure.unit,
            name="",
        )
    except tables.TableError as unusable:
        rules.check_history_can_be_used(fault=str(unusable))
        raise


def _out_of_step(days: list[date], *, every: Frequency) -> str:
    for day in days:
        begins = first_day_of_quarter(day) if every == Frequency.QUARTER else day.replace(day=1)
        if day != begins:
            return (
                f"The measure is taken {every.adverb}. Give each figure with the first day of its "
                f"{every.value}; {day:%-d %B %Y} is none."
            )
    return ""


def read_figures(data: bytes, *, measure: Measure) -> dict[date, float]:
    """Read a history that was typed or sent; refused (ART-62) where a line of it is bad."""
    try:
        read = tables.read_history(
            data,
            name="",
            lowest=measure.lowest,
            highest=measure.highest,
            as_percentage=measure.kind == MeasureKind.PERCENTAGE,
        )
    except tables.TableError as unreadable:
        rules.check_history_can_be_used(fault=str(unreadable))
        raise
    for row, _, reason in read.rejected[:1]:
        rules.check_history_can_be_used(fault=f"Line {row}: {reason}")
    return {row.period: row.value for row in read.rows if row.value is not None}
