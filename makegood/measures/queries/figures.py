"""What was measured, and whose figures it is compared with."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, QuerySet

from makegood.measures.models import Measure, Measurement, Pool, Series, Upload
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


def current_measurements(series: Series) -> QuerySet[Measurement]:
    """Return what stands for each period of ``series``, in order of time."""
    return series.measurements.current().select_related("upload", "recorded_by").order_by("period")


def versions_of(series: Series, *, period: date) -> QuerySet[Measurement]:
    """Return every version of the figure for ``period``, the first one first."""
    return series.measurements.filter(period=period).order_by("version")


def history(series: Series) -> History:
    """Return the values that stand for ``series``."""
    return dict(current_measurements(series).values_list("period", "value"))


def histories(
    pool: Pool, *, besides: Sequence[Organisation] = (), column: str = "value"
) -> dict[str, History]:
    """Return what stands for every comparator of ``pool``, by series reference.

    Series about ``besides`` are left out; ``column`` is value or denominator.
    """
    found: dict[str, dict[date, float | None]] = {}
    rows = (
        Measurement.objects.current()
        .filter(series__in=pool.comparators.values("series"))
        .order_by("series__reference", "period")
    )
    others = rows.exclude(series__organisation__in=besides) if besides else rows
    for reference, period, value in others.values_list("series__reference", "period", column):
        found.setdefault(reference, {})[period] = value
    return dict(found)


def denominators(series: Series) -> History:
    """Return what the values that stand for ``series`` were measured out of, where that is known."""
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
