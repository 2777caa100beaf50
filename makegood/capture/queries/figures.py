"""What is owed and sent in numbers, and by whom."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from makegood.articulate.queries import reach_of
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to, ever_delivered_by, rests_of
from makegood.kernel.period import Frequency, add_months, first_day, periods
from makegood.measures.models import Measurement, Upload
from makegood.people.models import Person

Rests = Mapping[int, list[tuple[date, date]]]
"""From when until when contracts rest, by their keys."""


def captures_visible_to(person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments of providers ``person`` belongs to: what they capture for.

    Who handed a contract over reads on, and records nothing more.
    """
    own = ever_delivered_by(reach_of(person), contract="contract__")
    return commitments_visible_to(person).filter(own)


def uploads_for(commitment: Commitment) -> QuerySet[Upload]:
    """Return the files of figures sent for ``commitment``, whoever delivered it then."""
    found = Upload.objects.filter(series=commitment.series_id)
    return found.select_related("series__measure", "uploaded_by").order_by("-uploaded_at")


def periods_without_figure(commitment: Commitment, *, today: date) -> list[date]:
    """Return the periods that ask for a figure: from a year before the start until now or due."""
    if commitment.series is None:
        return []
    held = set(commitment.series.measurements.values_list("period", flat=True))
    rests = rests_of([commitment.contract_id]).get(commitment.contract_id, [])
    owed = _periods_owed(commitment, today=today, rests=rests)
    return [period for period in owed if period not in held]


def figures_owed(
    commitments: Iterable[Commitment], *, today: date, rests: Rests | None = None
) -> dict[int, int]:
    """Return how many periods of each commitment ask for a figure, by its key.

    What is owed no more asks for none, nor does a period all through which the contract rests, nor one
    after its last day: ``rests`` says when it rests, where that is known.
    """
    measured = [one for one in commitments if one.series_id and not one.is_released]
    rests = rests_of({one.contract_id for one in measured}) if rests is None else rests
    series = {commitment.series_id for commitment in measured}
    rows = Measurement.objects.filter(series__in=series).values_list("series_id", "period")
    held = set(rows)
    return {
        commitment.pk: sum(
            (commitment.series_id, period) not in held
            for period in _periods_owed(
                commitment, today=today, rests=rests.get(commitment.contract_id, [])
            )
        )
        for commitment in measured
    }


def _periods_owed(
    commitment: Commitment, *, today: date, rests: Iterable[tuple[date, date]]
) -> list[date]:
    if commitment.series is None:
        return []
    every = Frequency(commitment.series.measure.frequency)
    start = add_months(first_day(commitment.starts_on), -12)
    over = min(commitment.due_on, commitment.contract.ends_on)
    last = min(add_months(first_day(today), -every.months), first_day(over))
    return [
        period
        for period in periods(start, last, every=every)
        if not any(_covers(rest, period=period, every=every) for rest in rests)
    ]


def _covers(rest: tuple[date, date], *, period: date, every: Frequency) -> bool:
    """Return whether a contract rests from the first to the last day of ``period``."""
    begun, until = rest
    return begun <= period and add_months(period, every.months) <= until + timedelta(days=1)
