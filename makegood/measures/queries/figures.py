"""What was measured, and whose figures it is compared with."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, When

from makegood.measures.models import Comparator, Line, Measure, Measurement, Pool, Series, Upload
from makegood.people.models import Organisation, Person
from makegood.people.queries import organisations_of

History = Mapping[date, float | None]
"""The values of a series by the first day of their period; None where there is no value."""


def pools_for(measure: Measure | None) -> QuerySet[Pool]:
    """Return the pools of comparators for ``measure``, by name; none for no measure."""
    found = Pool.objects.filter(measure=measure).select_related("keeper")
    return found.annotate(size=Count("comparators")).order_by("name")


def pools_of(keeper: Organisation) -> QuerySet[Pool]:
    """Return the pools that ``keeper`` keeps, by name."""
    return Pool.objects.filter(keeper=keeper).order_by("name")


def series_kept_of_others(keeper: Organisation) -> QuerySet[Series]:
    """Return the series that ``keeper`` keeps and that are not its own figures."""
    return Series.objects.filter(keeper=keeper).exclude(organisation=keeper)


def series_following(measure: Measure) -> QuerySet[Series]:
    """Return every series that follows ``measure``, whoever keeps it."""
    return Series.objects.filter(measure=measure).select_related("keeper").order_by("about", "pk")


def series_of(organisation: Organisation, *, measure: Measure) -> QuerySet[Series]:
    """Return the series that follow ``measure`` for ``organisation``."""
    return Series.objects.filter(organisation=organisation, measure=measure)


def current_measurements(series: Series | Line) -> QuerySet[Measurement]:
    """Return what stands for each period of a series, or along a line of them, in order of time."""
    found = Measurement.objects.current().along(series)
    return found.select_related("series", "upload", "recorded_by").order_by("period")


def versions_of(series: Series | Line, *, period: date) -> QuerySet[Measurement]:
    """Return every version of the figure for ``period``, the first one first."""
    return Measurement.objects.along(series).filter(period=period).order_by("version")


def history(series: Series | Line) -> History:
    """Return the values that stand for a series, or along a line of them."""
    return dict(current_measurements(series).values_list("period", "value"))


def histories(
    pool: Pool, *, besides: Sequence[Organisation] = (), column: str = "value"
) -> dict[str, History]:
    """Return what stands for every comparator of ``pool``, by series reference.

    Series about ``besides`` are left out; ``column`` is value or denominator. Where one series alone
    goes on with a comparator, it is read on in that one, for the periods that it has none of its own.
    """
    found: dict[str, dict[date, float | None]] = {}
    agreed = pool.comparators.values("series")
    rows = Measurement.objects.current().filter(series__in=_compared(agreed).values("pk"))
    rows = rows.exclude(series__continues_from_on__gt=F("period"))
    others = rows.exclude(series__organisation__in=besides) if besides else rows
    named = Case(
        When(series__in=agreed, then="series__reference"), default="series__continues__reference"
    )
    told = others.annotate(named=named, is_agreed=Q(series__in=agreed))
    columns = told.order_by("named", "-is_agreed", "period").values_list("named", "period", column)
    for reference, period, value in columns:
        found.setdefault(reference, {}).setdefault(period, value)
    return {reference: dict(sorted(values.items())) for reference, values in found.items()}


def _compared(agreed: QuerySet[Comparator, Any]) -> QuerySet[Series]:
    """Return the series agreed as comparators, and each that alone goes on with one of them."""
    others = Series.objects.filter(continues__in=agreed).exclude(pk__in=agreed)
    alone = others.order_by().values("continues").annotate(count=Count("pk")).filter(count=1)
    goes_on = others.filter(continues__in=alone.values("continues"))
    return Series.objects.filter(Q(pk__in=agreed) | Q(pk__in=goes_on.values("pk")))


def denominators(series: Series | Line) -> History:
    """Return what the values that stand for a series were measured out of, where that is known."""
    return dict(
        current_measurements(series)
        .filter(denominator__isnull=False)
        .values_list("period", "denominator")
    )


def uploads_visible_to(person: Person) -> QuerySet[Upload]:
    """Return the uploads into series that organisations of ``person`` keep."""
    found = Upload.objects.filter(series__keeper__in=organisations_of(person))
    return found.select_related("series__measure", "series__keeper", "uploaded_by").order_by(
        "-uploaded_at"
    )


def columns_rejected(upload: Upload) -> list[str]:
    """Return the columns of a file, and after them the names of cells that stood beyond them."""
    beyond = {name: None for bad in upload.bad_rows for name in bad["cells"]}
    return [*upload.columns, *(name for name in beyond if name.startswith("cell "))]
