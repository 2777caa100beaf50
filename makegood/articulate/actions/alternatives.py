"""What can be done about how the alternative does: by measure, with its history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from makegood.articulate import rules
from makegood.articulate.actions.needs import keep_first_version, keep_version
from makegood.articulate.actions.telling import tell_those_concerned
from makegood.articulate.models import MeasuredAlternative, Need
from makegood.articulate.permissions import can_change_need
from makegood.articulate.states import NeedState
from makegood.kernel.ledger.append import record
from makegood.measures.actions import (
    correct_measurement,
    discard_upload,
    open_series,
    pin_measure,
    preview_upload,
    record_measurement,
    store_upload,
)
from makegood.measures.models import Measure, Measurement, MeasureVersion, Series, Upload
from makegood.people.models import Person


@dataclass(frozen=True, kw_only=True)
class AlternativeFigures:
    """How the alternative does by a measure, in its unit: now, and by a day."""

    measure: Measure
    baseline: float
    reaches: float
    by_on: date
    source: str

    def check(self) -> None:
        """Hold the figures against what the measure can be (ART-07)."""
        rules.check_figures_are_within_their_measure(
            {"figure now": self.baseline, "figure it would reach": self.reaches},
            lowest=self.measure.lowest,
            highest=self.measure.highest,
        )


@transaction.atomic
def measure_alternative(
    need: Need,
    *,
    figures: AlternativeFigures,
    reason: str = "",
    by: Person,
    now: datetime | None = None,
) -> MeasuredAlternative:
    """Say how the alternative does by a measure, once for each; once published, with a reason.

    It relies on the words its measure has now (MEA-16).
    """
    now = now or timezone.now()
    held = _held(need, reason=reason, by=by, now=now)
    figures.check()
    same = held.measured.filter(measure=figures.measure, is_struck_out=False)
    rules.check_it_is_said_once(exists=same.exists(), what="measure of the alternative")
    relied_on = pin_measure(figures.measure, by=by, now=now)
    made = _written(held, figures=figures, version=relied_on, series=None, by=by, now=now)
    _published(held, reason=reason, by=by, now=now)
    return made


@transaction.atomic
def revise_alternative(
    measured: MeasuredAlternative,
    *,
    figures: AlternativeFigures,
    reason: str = "",
    by: Person,
    now: datetime | None = None,
) -> MeasuredAlternative:
    """Put other figures in the place of these; what was published stays in the need's versions."""
    now = now or timezone.now()
    held = _held(measured.need, reason=reason, by=by, now=now)
    figures.check()
    standing = held.measured.select_for_update().get(pk=measured.pk)
    rules.check_promise_stands(is_struck_out=standing.is_struck_out)
    names = ("baseline", "reaches", "by_on", "source")
    is_same = all(getattr(standing, name) == getattr(figures, name) for name in names)
    rules.check_change_of_a_need_changes_something(is_same=is_same)
    _strike_out(standing, by=by, now=now)
    relied_on, series = standing.measure_version, standing.series
    made = _written(held, figures=figures, version=relied_on, series=series, by=by, now=now)
    _published(held, reason=reason, by=by, now=now)
    return made


@transaction.atomic
def strike_out_alternative(
    measured: MeasuredAlternative, *, reason: str = "", by: Person, now: datetime | None = None
) -> None:
    """Say no more how the alternative does by a measure; once published, with a reason."""
    now = now or timezone.now()
    held = _held(measured.need, reason=reason, by=by, now=now)
    standing = held.measured.select_for_update().get(pk=measured.pk)
    if not standing.is_struck_out:
        _strike_out(standing, by=by, now=now)
        _published(held, reason=reason, by=by, now=now)


@transaction.atomic
def record_alternative(
    measured: MeasuredAlternative,
    *,
    period: date,
    value: float,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Add a figure to the history of the alternative; a period has one (MEA-04)."""
    now = now or timezone.now()
    stream = measured.need.programme.stream
    series = _series(measured, by=by, now=now)
    return record_measurement(series, period=period, value=value, stream=stream, by=by, now=now)


@transaction.atomic
def correct_alternative(
    measured: MeasuredAlternative,
    *,
    period: date,
    value: float,
    reason: str,
    by: Person,
    now: datetime | None = None,
) -> Measurement:
    """Put a right figure of the history in place of a wrong one; both stay (MEA-02)."""
    now = now or timezone.now()
    stream = measured.need.programme.stream
    series = _series(measured, by=by, now=now)
    return correct_measurement(
        series, period=period, value=value, reason=reason, stream=stream, by=by, now=now
    )


@transaction.atomic
def preview_alternative(
    measured: MeasuredAlternative,
    *,
    data: bytes,
    file_name: str,
    by: Person,
    now: datetime | None = None,
) -> Upload:
    """Read a file of the alternative's history without keeping any figure yet (MEA-08)."""
    now = now or timezone.now()
    stream = measured.need.programme.stream
    series = _series(measured, by=by, now=now)
    return preview_upload(series, data=data, file_name=file_name, stream=stream, by=by, now=now)


def store_alternative(
    upload: Upload, *, measured: MeasuredAlternative, by: Person, now: datetime | None = None
) -> int:
    """Keep the good rows of a file; return how many are new."""
    can_change_need(by, need=measured.need).require()
    return store_upload(upload, stream=measured.need.programme.stream, by=by, now=now)


def discard_alternative(
    upload: Upload, *, measured: MeasuredAlternative, by: Person, now: datetime | None = None
) -> None:
    """Throw a file away."""
    can_change_need(by, need=measured.need).require()
    discard_upload(upload, stream=measured.need.programme.stream, by=by, now=now)


def _held(need: Need, *, reason: str, by: Person, now: datetime) -> Need:
    """Return ``need`` as it stands, once nobody else can change it; a published one needs a reason."""
    can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    rules.check_need_was_not_thrown_away(is_discarded=held.state == NeedState.DISCARDED)
    rules.check_need_has_not_closed(closed_at=held.closing_told(now=now))
    if held.state == NeedState.PUBLISHED:
        rules.check_change_of_a_need_has_a_reason(reason=reason)
        keep_first_version(held, by=by)
    return held


def _published(need: Need, *, reason: str, by: Person, now: datetime) -> None:
    """Keep a version of a published need and tell those concerned; of a draft, nobody is told."""
    if need.state == NeedState.PUBLISHED:
        keep_version(need, reason=reason, by=by, now=now)
        words = f"{need.commissioner} changed “{need.title}”. {reason.strip()}"
        tell_those_concerned(need, words=words, by=by, now=now)


def _written(
    need: Need,
    *,
    figures: AlternativeFigures,
    version: MeasureVersion | None,
    series: Series | None,
    by: Person,
    now: datetime,
) -> MeasuredAlternative:
    made = MeasuredAlternative.objects.create(
        need=need,
        measure=figures.measure,
        measure_version=version,
        baseline=figures.baseline,
        reaches=figures.reaches,
        by_on=figures.by_on,
        source=figures.source,
        series=series,
        written_by=by,
        written_at=now,
    )
    record(made, act="measure_alternative", stream=need.programme.stream, by=by, now=now)
    return made


def _strike_out(measured: MeasuredAlternative, *, by: Person, now: datetime) -> None:
    measured.is_struck_out = True
    measured.save(update_fields=["is_struck_out"])
    stream = measured.need.programme.stream
    record(measured, act="strike_out_alternative", stream=stream, by=by, now=now)


def _series(measured: MeasuredAlternative, *, by: Person, now: datetime) -> Series:
    """Return the series of the alternative's history, opened when its first figure comes."""
    need = measured.need
    can_change_need(by, need=need).require()
    held = MeasuredAlternative.objects.select_for_update().get(pk=measured.pk)
    if held.series:
        return held.series
    held.series = open_series(
        measure=held.measure,
        keeper=need.commissioner,
        organisation=need.commissioner,
        about=f"The alternative to need {need.reference}",
        source=held.source[:200],
        by=by,
        now=now,
    )
    held.save(update_fields=["series"])
    record(held, act="follow_alternative", stream=need.programme.stream, by=by, now=now)
    return held.series
