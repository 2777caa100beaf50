"""Samples of figures: what they are drawn from, what was drawn, and what was found. Nobody draws twice."""

from collections import Counter

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from makegood.articulate.models import Programme
from makegood.capture.states import Found, SampleState
from makegood.contract.models import Commitment, Contract
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models import Measurement
from makegood.people.models import Organisation, Person


class Sample(Recorded):
    """Figures of a contract, or of a whole programme, drawn to be checked, and what came of it."""

    reference = models.CharField(max_length=12, unique=True)
    contract = models.ForeignKey(
        Contract, null=True, on_delete=models.PROTECT, related_name="samples"
    )
    programme = models.ForeignKey(
        Programme, null=True, on_delete=models.PROTECT, related_name="samples"
    )
    """Where it is drawn from all contracts of a programme."""
    state = models.CharField(
        max_length=10,
        default=SampleState.ANNOUNCED,
        choices=[(s.value, s.value) for s in SampleState],
    )
    drawn_from = models.JSONField()
    """The names of all figures that could be drawn, written down before anybody knew the seed."""
    providers = models.JSONField(null=True)
    """Over a programme, beside each name who gave the figure: so many are drawn from each."""
    size = models.PositiveIntegerField()
    drawn_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    announced_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="samples_announced"
    )
    announced_at = models.DateTimeField()
    tree_size = models.PositiveBigIntegerField(null=True)
    """How large the ledger’s tree was when its root, the seed, took in that this sample was announced."""
    seed = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    wrong = models.PositiveIntegerField(null=True)
    unknown = models.PositiveIntegerField(null=True)
    most_wrong = models.PositiveIntegerField(null=True)
    """The most that may be wrong among all, as sure as ``sentence`` says."""
    sentence = models.CharField(max_length=300, blank=True)
    why_not_whole = models.TextField(blank=True)
    closed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="samples_closed"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-announced_at", "-pk"]
        constraints = [
            one_of("state", SampleState, name="sample_state_known"),
            models.CheckConstraint(condition=Q(size__gte=1), name="cap_49_sample_has_a_size"),
            models.CheckConstraint(
                condition=Q(
                    state=SampleState.ANNOUNCED,
                    seed="",
                    tree_size__isnull=True,
                    drawn_at__isnull=True,
                )
                | (
                    ~Q(state=SampleState.ANNOUNCED)
                    & ~Q(seed="")
                    & Q(tree_size__isnull=False, drawn_at__gte=F("announced_at"))
                ),
                name="sample_drawn_by_a_seed",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state=SampleState.CLOSED)
                    & Q(sentence="", most_wrong__isnull=True, closed_at__isnull=True)
                    & Q(closed_by__isnull=True, wrong__isnull=True, unknown__isnull=True)
                )
                | (
                    Q(state=SampleState.CLOSED, most_wrong__isnull=False, closed_at__isnull=False)
                    & Q(closed_by__isnull=False, wrong__isnull=False, unknown__isnull=False)
                    & ~Q(sentence="")
                ),
                name="sample_closed_says_what_it_shows",
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=~Q(state=SampleState.CLOSED),
                name="cap_48_one_sample_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=~Q(state=SampleState.CLOSED),
                name="cap_48_one_of_a_programme",
            ),
            models.CheckConstraint(
                condition=Q(contract__isnull=False, programme__isnull=True, providers__isnull=True)
                | Q(contract__isnull=True, programme__isnull=False, providers__isnull=False),
                name="sample_is_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the page of the sample."""
        return reverse("sample", args=[self.reference])

    @property
    def of(self) -> Contract | Programme:
        """Return what it is drawn from: a contract, or a programme."""
        found = self.contract or self.programme
        assert found
        return found

    @property
    def named(self) -> str:
        """Return the name of what it is drawn from."""
        return self.of.name

    @property
    def stream(self) -> str:
        """Return the stream of the ledger in which it stands."""
        return self.of.stream

    @property
    def sizes(self) -> dict[str, int]:
        """Return from how many figures of each provider it is drawn; of a contract, from one line."""
        return dict(Counter(self.providers or [""] * len(self.drawn_from)))

    @property
    def is_closed(self) -> bool:
        """Return whether what it shows is worked out."""
        return self.state == SampleState.CLOSED

    @property
    def is_drawn(self) -> bool:
        """Return whether it can be worked through."""
        return self.state == SampleState.DRAWN


class SampleItem(Recorded):
    """One figure that was drawn, and what was found of it."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="+")
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="drawn")
    found = models.CharField(max_length=12, blank=True, choices=[(f.value, f.words) for f in Found])
    true_value = models.FloatField(null=True)
    note = models.TextField(blank=True)
    found_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="drawn_figures_checked"
    )
    found_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sample", "place"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="sample_place_once"),
            models.UniqueConstraint(fields=["sample", "name"], name="drawn_once"),
            models.CheckConstraint(
                condition=Q(found__in=["", *(f.value for f in Found)]), name="found_known"
            ),
            models.CheckConstraint(
                condition=Q(found="", found_by__isnull=True, found_at__isnull=True)
                | (~Q(found="") & Q(found_by__isnull=False, found_at__isnull=False)),
                name="found_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(found=Found.WRONG) | Q(true_value__isnull=False),
                name="cap_51_wrong_says_what_is_true",
            ),
            models.CheckConstraint(
                condition=~Q(found=Found.UNKNOWN) | ~Q(note=""), name="cap_51_unknown_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """Return the kind of status as which what was found is shown."""
        return Found(self.found).kind if self.found else "wait"

    @classmethod
    def recorded_one_by_one(cls) -> models.QuerySet["SampleItem"]:
        """Return those of which somebody said something; what is drawn, the seed says."""
        return cls.objects.exclude(found="")


guard(Sample, "DELETE", message="LED-01 A sample is never removed.")
guard(
    Sample,
    "UPDATE",
    label="drawn",
    when=(
        " OR ".join(
            f"NEW.{name} <> OLD.{name}"
            for name in ("reference", "size", "drawn_for_id", "announced_at")
        )
        + " OR COALESCE(NEW.contract_id, 0) <> COALESCE(OLD.contract_id, 0)"
        + " OR COALESCE(NEW.programme_id, 0) <> COALESCE(OLD.programme_id, 0)"
        + " OR CAST(NEW.drawn_from AS text) <> CAST(OLD.drawn_from AS text)"
        + " OR COALESCE(CAST(NEW.providers AS text), '') "
        + "<> COALESCE(CAST(OLD.providers AS text), '')"
        + " OR (OLD.seed <> '' AND NEW.seed <> OLD.seed)"
    ),
    message="CAP-48 Nobody draws again: what a sample is drawn from, and by which seed, stays.",
)
guard(
    Sample,
    "UPDATE",
    label="closed",
    when=f"OLD.state = '{SampleState.CLOSED}'",
    message="LED-01 A closed sample is never changed.",
)
guard(SampleItem, "DELETE", message="LED-01 What was drawn is never removed.")
guard(
    SampleItem,
    "UPDATE",
    when=(
        "NEW.sample_id <> OLD.sample_id OR NEW.measurement_id <> OLD.measurement_id "
        "OR NEW.name <> OLD.name OR NEW.place <> OLD.place "
        "OR (SELECT state FROM capture_sample WHERE id = OLD.sample_id) <> 'drawn'"
    ),
    message="CAP-48 What was drawn stays; what is found is said until the sample closes.",
)
