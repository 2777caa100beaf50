"""What can be recorded for a commitment in numbers: figures, and files of figures."""

from datetime import date, datetime

from makegood.capture import rules
from makegood.capture.actions.force import hold_in_force
from makegood.capture.analysis import doubts_of
from makegood.capture.giving import Given, value_of
from makegood.contract.models import Commitment
from makegood.measures import actions as measures
from makegood.measures.models import Measurement, Series, Upload
from makegood.measures.states import MeasureKind
from makegood.people.models import Person


def capture_measurement(
    commitment: Commitment,
    *,
    period: date,
    value: float,
    numerator: float | None = None,
    denominator: float | None = None,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Record the figure of a period for ``commitment``."""
    return measures.record_measurement(
        _series(commitment, by=by),
        period=period,
        value=value,
        numerator=numerator,
        denominator=denominator,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def capture_gap(
    commitment: Commitment, *, period: date, reason: str, by: Person, now: datetime | None = None
) -> Measurement:
    """Record that a period has no figure, and why."""
    return measures.record_gap(
        _series(commitment, by=by),
        period=period,
        reason=reason,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def correct_capture(
    commitment: Commitment,
    *,
    period: date,
    value: float | None = None,
    numerator: float | None = None,
    denominator: float | None = None,
    reason: str,
    is_sure: bool = True,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Put a corrected figure, or its two parts, in place of the one recorded; both stay on the record.

    Where nobody was asked whether it is right though it looks wrong, ``is_sure`` is false, and it is
    asked (CAP-36 to CAP-38).
    """
    series = _series(commitment, by=by)
    given = Given(value=value, numerator=numerator, denominator=denominator)
    worked_out = value_of(given, kind=MeasureKind(series.measure.kind))
    doubts = [] if is_sure else doubts_of(worked_out, series=series, period=period)
    rules.check_doubts_are_answered(doubts=doubts, is_sure=is_sure)
    return measures.correct_measurement(
        series,
        period=period,
        value=worked_out,
        numerator=numerator,
        denominator=denominator,
        reason=reason,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def preview_capture(
    commitment: Commitment,
    *,
    data: bytes,
    file_name: str,
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Read a file of figures for ``commitment`` and show what is in it; nothing is kept yet."""
    return measures.preview_upload(
        _series(commitment, by=by),
        data=data,
        file_name=file_name,
        stream=commitment.contract.stream,
        by=by,
        now=now,
    )


def store_capture(
    upload: Upload, *, commitment: Commitment, by: Person, now: datetime | None = None
) -> int:
    """Keep the good rows of a previewed file; return how many figures are new."""
    _series(commitment, by=by)
    return measures.store_upload(upload, stream=commitment.contract.stream, by=by, now=now)


def discard_capture(
    upload: Upload, *, commitment: Commitment, by: Person, now: datetime | None = None
) -> None:
    """Throw a preview away."""
    _series(commitment, by=by)
    measures.discard_upload(upload, stream=commitment.contract.stream, by=by, now=now)


def _series(commitment: Commitment, *, by: Person) -> Series:
    hold_in_force(commitment, by=by)
    rules.check_commitment_is_in_numbers(has_series=commitment.series is not None)
    assert commitment.series is not None
    return commitment.series
