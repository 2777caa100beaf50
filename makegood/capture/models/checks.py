"""How far figures and documents are checked: who looked, how, and what was disputed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from makegood.capture.models.documents import Document
from makegood.capture.states import CHECKS, DisputeOutcome, DisputeState, Evidence
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models import Measurement
from makegood.people.models import Organisation, Person

OF_ONE_THING = (
    Q(measurement__isnull=False, document__isnull=True, stories__isnull=True)
    | Q(measurement__isnull=True, document__isnull=False, stories__isnull=True)
    | Q(measurement__isnull=True, document__isnull=True, stories__isnull=False)
)


class Check(Recorded):
    """That somebody looked at a figure or a document, and says how far it holds and how they know."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="checks")
    measurement = models.ForeignKey(
        Measurement, null=True, on_delete=models.PROTECT, related_name="checks"
    )
    """The version that was looked at: a correction is checked anew."""
    document = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="checks"
    )
    stories = models.PositiveIntegerField(null=True)
    """How many stories of the commitment stood and were counted."""
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
            models.UniqueConstraint(
                fields=["document", "level", "made_by"], name="document_checked_once_by_each"
            ),
            models.UniqueConstraint(
                fields=["commitment", "stories", "level", "made_by"],
                name="stories_counted_once_by_each",
            ),
            models.CheckConstraint(condition=OF_ONE_THING, name="check_is_of_one_thing"),
        ]

    def __str__(self) -> str:
        counted = self.stories and f"{self.stories} stories"
        return f"{self.document or self.measurement or counted}, {self.level}"


class Dispute(Recorded):
    """That somebody says a figure or a document is not right: why, the provider’s answer, and how it ends."""

    reference = models.CharField(max_length=12, unique=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="disputes")
    measurement = models.ForeignKey(
        Measurement, null=True, on_delete=models.PROTECT, related_name="disputes"
    )
    document = models.ForeignKey(
        Document, null=True, on_delete=models.PROTECT, related_name="disputes"
    )
    stories = models.PositiveIntegerField(null=True)
    """How many stories stood when their count was disputed."""
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
            models.UniqueConstraint(
                fields=["document"],
                condition=~Q(state=DisputeState.RESOLVED),
                name="cap_46_one_open_of_a_document",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=~Q(state=DisputeState.RESOLVED) & Q(stories__isnull=False),
                name="cap_46_one_open_of_stories",
            ),
            models.CheckConstraint(condition=OF_ONE_THING, name="dispute_is_of_one_thing"),
            one_of("state", DisputeState, name="dispute_state_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Return the page of what is disputed."""
        if self.document:
            return self.document.get_absolute_url()
        if self.stories is not None:
            return reverse("stories_told", args=[self.commitment.reference])
        month = f"{self.figure.period:%Y-%m}"
        return reverse("figure", args=[self.commitment.reference, month])

    @property
    def figure(self) -> Measurement:
        """Return the figure that is disputed; only where it is one."""
        assert self.measurement
        return self.measurement

    @property
    def what(self) -> Evidence:
        """Return what is disputed."""
        if self.stories is not None:
            return Evidence.STORIES
        return Evidence.DOCUMENT if self.document_id else Evidence.FIGURE

    @property
    def of_what(self) -> str:
        """Return what is disputed by name: ``Staff turnover, April 2024``; a document by its reference."""
        if self.document:
            return f"Document {self.document}"
        if self.stories is not None:
            return f"{self.stories} stories told"
        return f"{self.commitment.measure}, {self.figure.period:%B %Y}"

    @property
    def ended_as(self) -> str:
        """Return how it ended, in words."""
        return DisputeOutcome(self.outcome).words_of(self.what) if self.outcome else ""

    @property
    def answering(self) -> Organisation:
        """Return who answers it: who owes or gave it, or who delivers now where that one closed."""
        if self.document:
            house = self.document.added_for
        elif self.stories is not None:
            house = self.commitment.contract.provider
        else:
            house = self.commitment.owed_by(self.figure.period)
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
        f"COALESCE(NEW.{name}, {empty}) <> COALESCE(OLD.{name}, {empty})"
        for name, empty in (
            *(("reference", "''"), ("reason", "''")),
            *((f"{key}_id", 0) for key in ("commitment", "measurement", "document", "opened_by")),
            ("stories", -1),
        )
    ),
    message="LED-01 Why something is disputed, and what, is never changed.",
)
guard(
    Dispute,
    "UPDATE",
    label="resolved",
    when=f"OLD.state = '{DisputeState.RESOLVED}' OR (OLD.answer <> '' AND NEW.answer <> OLD.answer)",
    message="LED-01 What was answered or resolved is never changed.",
)
