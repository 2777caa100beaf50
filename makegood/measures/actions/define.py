"""Defining what is measured, for whom, and against whom."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.period import Frequency, add_months, first_day, name_month
from makegood.kernel.references import new_reference, unused
from makegood.measures import rules
from makegood.measures.actions.versions import STREAM, enter_measure
from makegood.measures.actions.words import Arithmetic, MeasureWords
from makegood.measures.models import Comparator, Measure, Measurement, Pool, Series
from makegood.measures.permissions import can_keep
from makegood.measures.states import Better, MeasureKind, Topic
from makegood.people.models import Organisation, Person


class Details(TypedDict, total=False):
    """What a definition may say besides; see ``MeasureWords``."""

    numerator: str
    denominator: str
    exclusions: str
    source_url: str
    published: str
    topic: Topic | str
    lowest: float | None
    highest: float | None


@transaction.atomic
def define_measure(
    *,
    name: str,
    unit: str,
    kind: MeasureKind,
    better: Better,
    definition: str,
    source: str,
    keeper: Organisation,
    frequency: Frequency = Frequency.MONTH,
    by: Person,
    now: datetime | None = None,
    **details: Unpack[Details],
) -> Measure:
    """Add a definition to the shared library of measures; ``keeper`` looks after its words."""
    can_keep(by, keeper=keeper).require()
    take_turn(STREAM)
    return enter_measure(
        MeasureWords(name=name, definition=definition, source=source, **details),
        arithmetic=Arithmetic(unit=unit, kind=kind, better=better, frequency=frequency),
        keeper=keeper,
        by=by,
        now=now or timezone.now(),
    )


@transaction.atomic
def open_series(
    *,
    measure: Measure,
    keeper: Organisation,
    organisation: Organisation | None = None,
    about: str = "",
    source: str = "",
    by: Person,
    now: datetime | None = None,
) -> Series:
    """Start following ``measure``, for an organisation or for what ``about`` names; once each."""
    can_keep(by, keeper=keeper).require()
    about = about or (organisation.name if organisation else keeper.name)
    return _open(
        Series(
            measure=measure, keeper=keeper, organisation=organisation, about=about, source=source
        ),
        by=by,
        now=now,
    )


@transaction.atomic
def open_agreed_series(
    *,
    measure: Measure,
    organisation: Organisation,
    group: str,
    by: Person,
    now: datetime | None = None,
) -> Series:
    """Open the series a contract obliges ``organisation`` to keep for ``group``; once each."""
    about = f"{organisation.name}: {group}"
    series = Series(measure=measure, keeper=organisation, organisation=organisation, about=about)
    return _open(series, by=by, now=now)


@transaction.atomic
def continue_series(
    series: Series,
    *,
    keeper: Organisation,
    after: Sequence[Series],
    stands_for: str,
    group: str,
    from_on: date,
    stream: str,
    by: Person | None,
    now: datetime,
) -> Series:
    """Let ``keeper`` go on with an agreed series for one contract (``stands_for``), in one of its own.

    It is read from the first period that ends on ``from_on`` or later; later still where the series
    before it (the last of ``after``) holds figures of that time already: those stay as they are.
    """
    months = Frequency(series.measure.frequency).months
    begins = add_months(first_day(from_on), 1 - months)
    held = (
        Measurement.objects.filter(series=after[-1], period__gte=begins).order_by("period").last()
    )
    if held:
        begins = add_months(held.period, months)
    reference, about = _unused_reference(), f"{keeper.name}: {group}, {stands_for}"
    about += f" from {name_month(begins)}"
    if Series.objects.filter(measure=series.measure, keeper=keeper, about=about).exists():
        about += f" ({reference})"  # it took over, handed over and took over again in one month
    made = Series.objects.create(
        reference=reference,
        measure=series.measure,
        about=about,
        organisation=keeper,
        keeper=keeper,
        continues=series,
        continues_for=stands_for,
        continues_from_on=begins,
    )
    record(made, act="continue_series", stream=stream, by=by, now=now)
    return made


def _unused_reference() -> str:
    return unused(
        lambda: new_reference("S", length=8),
        taken=lambda reference: Series.objects.filter(reference=reference).exists(),
    )


def _open(series: Series, *, by: Person, now: datetime | None) -> Series:
    take_turn(STREAM)
    held = Series.objects.filter(
        measure=series.measure, keeper=series.keeper, about=series.about
    ).first()
    if held:
        return held
    series.reference = _unused_reference()
    series.save()
    record(series, act="open_series", stream=STREAM, by=by, now=now or timezone.now())
    return series


@transaction.atomic
def form_pool(
    *,
    name: str,
    measure: Measure,
    series: Sequence[Series],
    keeper: Organisation,
    rule: str,
    by: Person,
    now: datetime | None = None,
) -> Pool:
    """Gather comparators (MEA-06, MEA-10, MEA-11); ``rule`` says in words how they were chosen."""
    now = now or timezone.now()
    can_keep(by, keeper=keeper).require()
    rules.check_pool_compares_with_somebody(comparators=len(series))
    rules.check_pool_follows_one_measure(
        measures={one.measure_id for one in series}, measure=measure.pk
    )
    take_turn(STREAM)
    same = Pool.objects.filter(measure=measure, keeper=keeper, name__iexact=name)
    rules.check_pool_is_new(exists=same.exists(), name=name)
    reference = unused(
        lambda: new_reference("L"),
        taken=lambda reference: Pool.objects.filter(reference=reference).exists(),
    )
    pool = Pool.objects.create(
        reference=reference, name=name, measure=measure, keeper=keeper, rule=rule
    )
    record(pool, act="form_pool", stream=STREAM, by=by, now=now)
    for one in series:
        comparator = Comparator.objects.create(pool=pool, series=one)
        record(comparator, act="add_comparator", stream=STREAM, by=by, now=now)
    return pool
