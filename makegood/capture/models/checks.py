"""How far figures are checked: who looked, how, and what was disputed. Nothing of it is ever changed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from makegood.capture.states import CHECKS, DisputeOutcome, DisputeState
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models import Measurement
from makegood.people.models import Organisation, Person


class Check(Recorded):
    """That somebody looked at a figure and found that it holds: how far, and how they know."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="checks")
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="checks")
    """The version that was looked at: a correction is checked anew."""
    level = models.CharField(max_length=14, choices=[(c.value, c.value) for c in CHECKS])
    how = models.TextField()
    made_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="figures_checked")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(how=""), name="cap_43_check_says_how"),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in CHECKS]), name="check_level_known"
            ),
            models.UniqueConstraint(
                fields=["commitment", "measurement", "level", "made_by"],
                name="checked_once_by_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measurement}, {self.level}"


class Dispute(Recorded):
    """That somebody says a figure is not right: why, what the provider answers, and how it ends."""

    reference = models.CharField(max_length=12, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="disputes")
    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="disputes")
    state = models.CharField(
        max_length=10,
        default=DisputeState.OPEN,
        choices=[(s.value, s.value) for s in DisputeState],
    )
    reason = models.TextField()
    opened_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="disputes_opened")
    opened_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="disputes_answered"
    )
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=8, blank=True, choices=[(o.value, o.words) for o in DisputeOutcome]
    )
    why = models.TextField(blank=True)
    resolved_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="disputes_resolved"
    )
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="cap_45_dispute_has_reason"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="dispute_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(state=DisputeState.RESOLVED)
                    & Q(outcome="", why="", resolved_by__isnull=True, resolved_at__isnull=True)
                )
                | (
                    Q(state=DisputeState.RESOLVED, outcome__in=[o.value for o in DisputeOutcome])
                    & ~Q(why="")
                    & Q(resolved_by__isnull=False, resolved_at__isnull=False)
                ),
                name="cap_45_resolved_says_why",
            ),
            models.UniqueConstraint(
                fields=["commitment", "measurement"],
                condition=~Q(state=DisputeState.RESOLVED),
                name="cap_46_one_open_dispute",
            ),
            one_of("state", DisputeState, name="dispute_state_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the page of the figure that is disputed."""
        month = f"{self.measurement.period:%Y-%m}"
        return reverse("figure", args=[self.commitment.reference, month])

    @property
    def answering(self) -> Organisation:
        """Return who answers it: who owes the figure, or who delivers now where that one closed."""
        house = self.commitment.owed_by(self.measurement.period)
        return self.commitment.contract.provider if house.closed_on else house

    @property
    def is_settled(self) -> bool:
        """Return whether it is resolved."""
        return self.state == DisputeState.RESOLVED


append_only(Check)
guard(Dispute, "DELETE", message="LED-01 A dispute is never removed; it is resolved.")
guard(
    Dispute,
    "UPDATE",
    label="opened",
    when=" OR ".join(
        f"NEW.{name} <> OLD.{name}"
        for name in ("reference", "commitment_id", "measurement_id", "reason", "opened_by_id")
    ),
    message="LED-01 Why a figure is disputed is never changed.",
)
guard(
    Dispute,
    "UPDATE",
    label="resolved",
    when=f"OLD.state = '{DisputeState.RESOLVED}' OR (OLD.answer <> '' AND NEW.answer <> OLD.answer)",
    message="LED-01 What was answered or resolved is never changed.",
)
