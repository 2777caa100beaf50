"""Measures, and every version of their words.

The row of a measure holds what stands now. Each version is kept beside it, never changed, and
whoever relies on a definition points to the version they read.
"""

from django.db import models
from django.db.models import F, Q

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.kernel.period import Frequency
from makegood.measures.states import Better, MeasureKind, Topic
from makegood.people.models import Organisation, Person

WORDS = (
    "name", "definition", "numerator", "denominator", "exclusions", "topic", "lowest", "highest",
    "source", "source_url", "published",
)  # fmt: skip
"""What a revision may change; each version keeps all of it."""
ARITHMETIC = ("unit", "kind", "better", "frequency")
"""What never changes: with another of these, it is another measure."""


class Words(models.Model):
    """What a definition says, as a measure and each of its versions hold it."""

    name = models.CharField(max_length=120)
    numerator = models.CharField(max_length=160, blank=True)
    denominator = models.CharField(max_length=160, blank=True)
    exclusions = models.CharField(max_length=300, blank=True)
    definition = models.TextField()
    source = models.CharField(max_length=200)
    source_url = models.CharField(max_length=300, blank=True)
    published = models.CharField(max_length=10, blank=True)
    topic = models.CharField(max_length=12, blank=True, choices=[(t.value, t.words) for t in Topic])
    lowest = models.FloatField(null=True, blank=True)
    highest = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_ours(self) -> bool:
        """Return whether it was made here, and is not the definition of a publication."""
        return self.source.casefold().startswith("ours")


class Measure(Words, Recorded):
    """A definition that many promises share, as it stands."""

    slug = models.SlugField(max_length=80, unique=True)
    unit = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MeasureKind])
    better = models.CharField(max_length=8, choices=[(b.value, b.words) for b in Better])
    frequency = models.CharField(
        max_length=8, default=Frequency.MONTH, choices=[(f.value, f.adverb) for f in Frequency]
    )
    keeper = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="measures_kept"
    )
    version = models.PositiveIntegerField(null=True)
    """The number of the version that stands; none yet for what is older than versions are."""
    retired_at = models.DateTimeField(null=True)
    retired_because = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest__isnull=True)
                | Q(highest__isnull=True)
                | Q(lowest__lt=F("highest")),
                name="measure_range_runs_upward",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_because="")
                | (Q(retired_at__isnull=False) & ~Q(retired_because="")),
                name="mea_20_retired_with_a_reason",
            ),
            one_of("kind", MeasureKind, name="measure_kind_known"),
            one_of("better", Better, name="measure_better_known"),
            one_of("frequency", Frequency, name="measure_frequency_known"),
            models.CheckConstraint(
                condition=Q(topic__in=["", *(topic.value for topic in Topic)]),
                name="measure_topic_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def ledger_fault(self) -> str | None:
        """Say so when its words are not those of its last version."""
        last = self.versions.order_by("-number").first() if self.version else None
        if self.version and (last is None or last.number != self.version or not last.says(self)):
            return "its words are not those of its last version."
        return None


class MeasureVersion(Words, Recorded):
    """What a measure said from a time on, who said it so, and why. Never changed."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    is_from_starter = models.BooleanField(default=False)
    """Whether the words are those that come with Makegood; its newer words then replace them."""
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["measure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="measure_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="mea_12_revision_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="measure_version_counts_from_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    def says(self, other: Words) -> bool:
        """Return whether ``other`` holds the same words."""
        return all(getattr(self, name) == getattr(other, name) for name in WORDS)


def _same(name: str) -> str:
    if name in {"lowest", "highest"}:
        return (
            f"coalesce(v.{name}, 0) = coalesce(NEW.{name}, 0) "
            f"AND (v.{name} IS NULL) = (NEW.{name} IS NULL)"
        )
    return f"v.{name} = NEW.{name}"


_NEWER = (
    "SELECT 1 FROM measures_measureversion w WHERE w.measure_id = NEW.id AND w.number > v.number"
)
_STANDS = (
    "SELECT 1 FROM measures_measureversion v WHERE v.measure_id = NEW.id "
    "AND v.number = NEW.version AND "
)
_SAME = " AND ".join(_same(name) for name in WORDS)

append_only(MeasureVersion)
guard(
    MeasureVersion,
    "INSERT",
    label="next",
    when=(
        "NEW.number <> 1 + (SELECT count(*) FROM measures_measureversion v "
        "WHERE v.measure_id = NEW.measure_id)"
    ),
    message="MEA-15 A version follows the one that stands.",
)
guard(
    Measure,
    "UPDATE",
    label="arithmetic",
    when=" OR ".join(f"NEW.{name} <> OLD.{name}" for name in ARITHMETIC),
    message="MEA-13 A measure keeps its arithmetic: with another unit, kind, direction or "
    "frequency it is a new measure.",
)
guard(
    Measure,
    "UPDATE",
    label="words",
    when=f"NOT EXISTS ({_STANDS}{_SAME} AND NOT EXISTS ({_NEWER}))",
    message="MEA-15 A measure says what its last version says.",
)
guard(Measure, "DELETE", message="MEA-20 A measure is never removed. Retire it.")
