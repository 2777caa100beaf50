"""The series that follow measures, their measurements, uploads, and pools of comparators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.merkle import leaf_hash, root_of
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models.definitions import Measure
from makegood.measures.models.digests import DIGESTED, digest_of
from makegood.measures.models.files import SentFile
from makegood.measures.states import Standing, UploadState
from makegood.people.models import Organisation, Person


class Series(Recorded):
    """The history of a measure for an organisation, place or group."""

    reference = models.CharField(max_length=12, unique=True)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="series")
    about = models.CharField(max_length=400)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="series"
    )
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="series_kept")
    source = models.CharField(max_length=200, blank=True)
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    """The series it goes on with: the one that was agreed first, however often it changed hands."""
    continues_for = models.CharField(max_length=12, blank=True)
    """The contract for which it goes on, by reference; another that asks for the first keeps it."""
    continues_from_on = models.DateField(null=True, blank=True)
    """The first period that is read in it, and no more in the one before."""

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "keeper", "about"], name="series_once_per_keeper"
            ),
            models.CheckConstraint(
                condition=Q(
                    continues__isnull=True, continues_for="", continues_from_on__isnull=True
                )
                | (
                    Q(continues__isnull=False, continues_from_on__isnull=False)
                    & ~Q(continues_for="")
                ),
                name="mea_26_goes_on_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} of {self.about}"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A series and those that go on with it for a contract, one after another: read as one."""

    first: Series
    then: tuple[Series, ...] = ()
    """What goes on with it, in order of time."""

    def __str__(self) -> str:
        return str(self.first)

    @property
    def measure(self) -> Measure:
        """Return what all of it measures."""
        return self.first.measure

    @property
    def parts(self) -> tuple[Series, ...]:
        """Return every series of it, the first first."""
        return (self.first, *self.then)

    @property
    def last(self) -> Series:
        """Return the series that goes on now."""
        return self.parts[-1]

    def at(self, period: date) -> Series:
        """Return the series in which a period is kept, and read: the last that begun by then."""
        begun = [each for each in self.then if (each.continues_from_on or period) <= period]
        return begun[-1] if begun else self.first

    @property
    def holding(self) -> Q:
        """Return what holds for the measurements of it, each of the part that its period is read in."""
        found = Q(series=self.first)
        for each in self.then:
            before = found & Q(period__lt=each.continues_from_on)
            found = before | Q(series=each, period__gte=each.continues_from_on)
        return found


def lines_for(asked: Mapping[str, Sequence[Series]]) -> dict[tuple[str, int], Line]:
    """Return the lines of the series that contracts (by reference) ask for, by contract and series."""
    keys = {one.pk for series in asked.values() for one in series}
    going_on = Series.objects.filter(continues__in=keys, continues_for__in=asked)
    going_on = going_on.select_related("measure", "keeper")
    then: dict[tuple[str, int | None], list[Series]] = {}
    for each in going_on.order_by("continues_from_on", "pk"):
        then.setdefault((each.continues_for, each.continues_id), []).append(each)
    return {
        (reference, one.pk): Line(first=one, then=tuple(then.get((reference, one.pk), ())))
        for reference, series in asked.items()
        for one in series
    }


class Upload(SentFile):
    """A file of measurements: of one series, or of many that one organisation keeps of a measure."""

    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="uploads")
    keeper = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    measure = models.ForeignKey(
        Measure, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    layout = models.JSONField(null=True)
    counted = models.JSONField(null=True)
    rows_left_out = models.PositiveIntegerField(default=0)
    rows_root = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            one_of("state", UploadState, name="upload_state_known"),
            models.CheckConstraint(
                condition=Q(series__isnull=False, keeper__isnull=True, measure__isnull=True)
                | Q(series__isnull=True, keeper__isnull=False, measure__isnull=False),
                name="upload_of_one_or_of_many",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[UploadState.READING, UploadState.STORING]),
                name="upload_under_way",
            )
        ]

    @property
    def where_it_is(self) -> str:
        """Return the state as people say it."""
        return UploadState(self.state).words.capitalize()

    def measured_root(self) -> str:
        """Return the Merkle root over the digests of the rows this upload stored, in their order."""
        order = ["period", "version"] if self.series_id else ["pk"]
        rows = self.measurements.order_by(*order).values_list(*DIGESTED)
        found = (leaf_hash(digest_of(row)) for row in rows.iterator(chunk_size=5000))
        return root_of(found).hex()

    def ledger_fault(self) -> str | None:
        """Say so when the rows that came with this upload are not those it brought."""
        if self.state == UploadState.STORED and self.rows_root != self.measured_root():
            return "its measurements are not those that were uploaded."
        return None


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    """Measurements, narrowed."""

    def along(self, read: "Series | Line") -> "MeasurementQuerySet":
        """Keep those of a series; or of a line, each part until the next begins."""
        line = read if isinstance(read, Line) else Line(first=read)
        return self.filter(line.holding)

    def current(self) -> "MeasurementQuerySet":
        """Keep what stands: the last version for each period, but for what is still being kept."""
        versions = Measurement.objects.filter(series=OuterRef("series"), period=OuterRef("period"))
        last = versions.order_by("-version").values("version")[:1]
        under_way = Upload.objects.filter(state=UploadState.STORING)
        return self.filter(version=Subquery(last)).exclude(upload__in=under_way)


class Measurement(Recorded):
    """A value of a series for a period. Never changed: a correction is a later version."""

    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        related_name="measurements",
        db_index=False,  # series, period, version has it first; a second one leads SQLite astray
    )
    period = models.DateField()
    version = models.PositiveIntegerField(default=1)
    standing = models.CharField(
        max_length=16,
        default=Standing.MEASURED,
        choices=[(s.value, s.value.replace("_", " ")) for s in Standing],
    )
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    note = models.CharField(max_length=300, blank=True)
    upload = models.ForeignKey(
        Upload, null=True, on_delete=models.PROTECT, related_name="measurements"
    )
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        ordering = ["period", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period", "version"], name="measurement_once_per_version"
            ),
            models.CheckConstraint(
                condition=Q(standing=Standing.MEASURED, value__isnull=False)
                | (~Q(standing=Standing.MEASURED) & Q(value__isnull=True)),
                name="measurement_value_iff_measured",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(note=""), name="measurement_correction_has_reason"
            ),
            one_of("standing", Standing, name="measurement_standing_known"),
        ]

    def __str__(self) -> str:
        return f"{self.series.reference} {self.period:%Y-%m} version {self.version}"

    @classmethod
    def recorded_one_by_one(cls) -> models.QuerySet["Measurement"]:
        """Return the measurements typed in; uploaded ones stand under their upload's root."""
        return cls.objects.filter(upload__isnull=True).select_related("series")

    @property
    def ledger_subject(self) -> str:
        """Name an uploaded row by its place, which is known before it is stored."""
        if self.upload_id:
            return f"{self.ledger_kind()}:{self.series_id}/{self.period}/{self.version}"
        return super().ledger_subject


class Pool(Recorded):
    """The comparators agreed for a commitment."""

    reference = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=160)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="pools")
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pools_kept")
    rule = models.TextField()

    def __str__(self) -> str:
        return self.name


class Comparator(Recorded):
    """A series in a pool."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="comparators")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "series"], name="comparator_once_per_pool")
        ]

    def __str__(self) -> str:
        return f"{self.series} in {self.pool}"


_GOES_ON = ("continues_id", "continues_for", "continues_from_on")
guard(
    Series,
    "UPDATE",
    label="goes_on",
    when=" OR ".join(
        f"NEW.{name} <> OLD.{name} OR (NEW.{name} IS NULL) <> (OLD.{name} IS NULL)"
        for name in _GOES_ON
    ),
    message="MEA-26 With what a series goes on, for which contract and from when, is never changed.",
)
guard(
    Series,
    "INSERT",
    label="goes_on",
    when=(
        "NEW.continues_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM measures_series s "
        "WHERE s.id = NEW.continues_id AND s.continues_id IS NULL AND s.measure_id = NEW.measure_id)"
    ),
    message="MEA-26 A series goes on with the one that was agreed first, of the same measure.",
)
guard(Measurement, "UPDATE", message="LED-01 A measurement is never changed.")
guard(
    Measurement,
    "DELETE",
    when=(
        "NOT EXISTS (SELECT 1 FROM measures_upload u WHERE u.id = OLD.upload_id AND u.state = 'storing')"
    ),
    message="LED-01 A measurement is never removed.",
)
append_only(Comparator)
append_only(Pool)
guard(
    Upload,
    "UPDATE",
    when=f"OLD.state IN ('{UploadState.STORED}', '{UploadState.DISCARDED}')",
    message="LED-01 An upload that was stored or discarded is never changed.",
)
guard(Upload, "DELETE", message="LED-01 An upload is never removed.")
