"""Recording one figure at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record
from makegood.measures import rules
from makegood.measures.models import Measurement, Series
from makegood.measures.permissions import can_record
from makegood.measures.signals import announce
from makegood.measures.states import Standing
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.states import Right


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What stands for a period: a value with its parts, or the reason why there is none."""

    period: date
    standing: Standing = Standing.MEASURED
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""


def record_measurement(
    series: Series,
    *,
    period: date,
    value: float,
    numerator: float | None = None,
    denominator: float | None = None,
    stream: str,
    owed_by: Organisation | None = None,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record the value of ``series`` for a period that has none yet (MEA-04).

    ``owed_by`` is who owes this period, where whoever calls knows: its recorders may.
    """
    figure = Figure(period=period, value=value, numerator=numerator, denominator=denominator)
    return _add(
        series,
        figure=figure,
        is_correction=False,
        stream=stream,
        owed_by=owed_by,
        by=by,
        now=now,
    )


def record_gap(
    series: Series,
    *,
    period: date,
    reason: str,
    standing: Standing = Standing.NOT_AVAILABLE,
    stream: str,
    owed_by: Organisation | None = None,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record that there is no figure for a period, and why; it is not zero, nor forgotten."""
    rules.check_gap_has_a_reason(measured=standing == Standing.MEASURED, reason=reason)
    figure = Figure(period=period, standing=standing, note=reason)
    return _add(
        series,
        figure=figure,
        is_correction=False,
        stream=stream,
        owed_by=owed_by,
        by=by,
        now=now,
    )


def correct_measurement(
    series: Series,
    *,
    period: date,
    value: float,
    reason: str,
    numerator: float | None = None,
    denominator: float | None = None,
    stream: str,
    owed_by: Organisation | None = None,
    is_stood_by: bool = False,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Put a new figure in place of the one for ``period``; the old one stays on the record.

    ``is_stood_by`` says the same figure again, with the reason.
    """
    figure = Figure(
        period=period, value=value, numerator=numerator, denominator=denominator, note=reason
    )
    return _add(
        series,
        figure=figure,
        is_correction=True,
        is_stood_by=is_stood_by,
        stream=stream,
        owed_by=owed_by,
        by=by,
        now=now,
    )


@transaction.atomic
def _add(
    series: Series,
    *,
    figure: Figure,
    is_correction: bool,
    is_stood_by: bool = False,
    stream: str,
    owed_by: Organisation | None = None,
    by: Person,
    now: datetime | None,
) -> Measurement:
    now = now or timezone.now()
    may = can_act_for(by, organisation=owed_by, right=Right.RECORD) if owed_by else None
    (can_record(by, series=series) if may is None else may).require()
    Series.objects.select_for_update().get(pk=series.pk)
    versions = Measurement.objects.filter(series=series, period=figure.period).count()
    if is_correction:
        rules.check_correction_has_a_reason(version=versions + 1, reason=figure.note)
        held = Measurement.objects.filter(series=series, period=figure.period).last()
        if not is_stood_by:
            rules.check_correction_changes_something(
                held=held.value if held else None, value=figure.value
            )
    else:
        rules.check_period_is_free(figure.period, versions=versions)
    check_figure(figure, series=series, today=timezone.localdate(now))
    measurement = Measurement.objects.create(
        series=series,
        period=figure.period,
        version=versions + 1,
        standing=figure.standing,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        note=figure.note,
        recorded_by=by,
        recorded_at=now,
    )
    act = "correct_measurement" if is_correction else "record_measurement"
    record(measurement, act=act, stream=stream, by=by, now=now)
    announce(series)
    return measurement


def check_figure(figure: Figure, *, series: Series, today: date) -> None:
    """Hold a figure against the rules of its measure (MEA-01, MEA-03)."""
    rules.check_period_has_begun(figure.period, today=today)
    rules.check_series_has_begun(figure.period, from_on=series.continues_from_on)
    if figure.value is not None:
        measure = series.measure
        rules.check_value_is_within_its_measure(
            figure.value, lowest=measure.lowest, highest=measure.highest, unit=measure.unit
        )
