"""Giving the figure of a period that asks for one, or the reason why there is none."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.capture import rules
from makegood.capture.actions.force import hold_in_force
from makegood.capture.analysis import doubts_of
from makegood.capture.giving import Given, WhyNone, value_of
from makegood.capture.owing import name_span
from makegood.capture.queries import FigureDue, figures_due
from makegood.contract.models import Commitment
from makegood.measures import actions as measures
from makegood.measures.actions.measure import Figure, check_figure
from makegood.measures.models import Measurement, Series
from makegood.measures.states import MeasureKind
from makegood.people.models import Person


@transaction.atomic
def give_figure(
    commitment: Commitment,
    *,
    period: date,
    given: Given,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record what is given for a period (CAP-35 to CAP-39); the same again is recorded once.

    Where a figure looks wrong beside those before it, whoever gives it is asked, and says that it
    is right: then it is kept as it is.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    row = _row_asked(commitment, period=period, today=today)
    hold_in_force(commitment, by=by, house=row.owed_by if row else None)
    rules.check_commitment_is_in_numbers(has_series=commitment.series is not None)
    assert commitment.series
    series = (
        Series.objects.select_for_update().select_related("measure").get(pk=commitment.series.pk)
    )
    rules.check_figure_is_asked_for(is_asked=row is not None, period=name_span(period, period))
    assert row
    if given.why_none:
        return _give_none(row, series=series, given=given, by=by, now=now)
    value = value_of(given, kind=MeasureKind(series.measure.kind))
    if held := _same_already(series, period=period, value=value, given=given):
        return held
    check_figure(Figure(period=period, value=value), series=series, today=today)
    rules.check_doubts_are_answered(
        doubts=doubts_of(value, series=series, period=period), is_sure=given.is_sure
    )
    return measures.record_measurement(
        series,
        period=period,
        value=value,
        numerator=given.numerator,
        denominator=given.denominator,
        stream=commitment.contract.stream,
        owed_by=row.owed_by,
        by=by,
        now=now,
    )


def _row_asked(commitment: Commitment, *, period: date, today: date) -> FigureDue | None:
    """Return what asks for a figure of ``period``; it says who owes it."""
    rows = figures_due([commitment], today=today, with_history=True)
    return next((row for row in rows if row.kept_for == period), None)


def _give_none(
    row: FigureDue,
    *,
    series: Series,
    given: Given,
    by: Person,
    now: datetime,
) -> Measurement:
    assert given.why_none
    is_known = given.why_none is not WhyNone.OTHER
    rules.check_why_there_is_none(is_known=is_known, words=given.words)
    held = series.measurements.current().filter(period=row.kept_for).first()
    if held and held.value is None and held.note == given.reason:
        return held
    return measures.record_gap(
        series,
        period=row.kept_for,
        reason=given.reason,
        standing=given.why_none.standing,
        stream=row.commitment.contract.stream,
        owed_by=row.owed_by,
        by=by,
        now=now,
    )


def _same_already(
    series: Series, *, period: date, value: float, given: Given
) -> Measurement | None:
    """Return what stands for the period, if it is exactly what is given: a second click."""
    held = series.measurements.current().filter(period=period).first()
    if held is None or held.value != value:
        return None
    parts = (held.numerator, held.denominator)
    return held if parts == (given.numerator, given.denominator) else None
