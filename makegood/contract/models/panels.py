"""Who weighs the proposals for a need, by which criteria, with which interests, and how they score."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import NeedState
from makegood.contract.models.standstills import DECIDED
from makegood.contract.states import MOST_POINTS
from makegood.kernel.ledger.guards import Event, append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class Criterion(Recorded):
    """One thing by which proposals for a need are weighed, and how much it counts, in hundredths."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField()
    is_struck_out = models.BooleanField(default=False)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["need", "position"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "position"],
                condition=Q(is_struck_out=False),
                name="con_45_criterion_once",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100) & ~Q(name=""),
                name="con_45_criterion_counts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PanelMember(Recorded):
    """Somebody who weighs the proposals for a need; they declare their interests first."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panels")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    """When their scores were sent; before, they read nobody else’s."""
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "person"],
                condition=Q(left_at__isnull=True),
                name="panel_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("named_at")),
                name="panel_member_leaves_after_being_named",
            ),
        ]

    def __str__(self) -> str:
        return f"member of the panel of need {self.need.reference}"

    @property
    def declared(self) -> "Interest | None":
        """Return what they declared, if they did."""
        return getattr(self, "interest", None)

    @property
    def weighs(self) -> bool:
        """Return whether they declared that they have no interest, and so may read and score."""
        return self.declared is not None and not self.declared.has_interest

    @property
    def stands_aside(self) -> bool:
        """Return whether they declared an interest, and so give no scores."""
        return self.declared is not None and self.declared.has_interest


class Interest(Recorded):
    """That a member of a panel has an interest, or none; which, in words, stands apart."""

    member = models.OneToOneField(PanelMember, on_delete=models.PROTECT, related_name="interest")
    has_interest = models.BooleanField()
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(has_interest=False, proposal__isnull=True)
                | Q(has_interest=True, proposal__isnull=False),
                name="con_46_interest_names_its_proposal",
            )
        ]

    def __str__(self) -> str:
        return f"interest declared, {self.member}"


class InterestWords(models.Model):
    """What an interest is, in the words of whoever declared it; gone when they are erased."""

    interest = models.OneToOneField(
        Interest, on_delete=models.CASCADE, primary_key=True, related_name="told"
    )
    words = models.TextField()

    def __str__(self) -> str:
        return f"words of an interest, {self.pk}"


class Score(Recorded):
    """How well one proposal does by one criterion, as one member of the panel sees it, and why."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="scores")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "proposal", "criterion"], name="con_47_scored_once"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=MOST_POINTS),
                name="con_47_points_up_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"score of {self.proposal.reference} by {self.criterion}"


class Moderation(Recorded):
    """That a score was changed after it was sent, and why; what it was stays beside it."""

    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="moderations")
    was = models.PositiveSmallIntegerField()
    becomes = models.PositiveSmallIntegerField()
    reason = models.TextField()
    moderated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moderated_at = models.DateTimeField()

    class Meta:
        ordering = ["moderated_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(was=F("becomes")) & Q(becomes__lte=MOST_POINTS),
                name="con_49_changed_score_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.score}, {self.was} to {self.becomes}"


_WEIGHS = (
    "EXISTS (SELECT 1 FROM contract_panelmember m JOIN contract_interest i ON i.member_id = m.id "
    "WHERE m.id = NEW.member_id AND m.left_at IS NULL AND NOT i.has_interest)"
)
_SENT = "(SELECT m.sent_at FROM contract_panelmember m WHERE m.id = NEW.member_id) IS NOT NULL"
_MODERATED = (
    "(NEW.words = OLD.words AND NEW.points = (SELECT r.becomes FROM contract_moderation r "
    "WHERE r.id = (SELECT MAX(q.id) FROM contract_moderation q WHERE q.score_id = NEW.id)))"
)
_EVENTS: tuple[Event, ...] = ("INSERT", "UPDATE")
append_only(Interest)
append_only(Moderation)
for _event in _EVENTS:
    guard(
        Criterion,
        _event,
        when=(
            "(SELECT n.state FROM articulate_need n WHERE n.id = NEW.need_id) "  # noqa: S608
            f"= '{NeedState.CLOSED}'"
        ),
        message="CON-45 Criteria are set before the need closes, and stay.",
    )
    guard(
        Score,
        _event,
        label="interest",
        when=f"NOT {_WEIGHS}",
        message="CON-46 Who has an interest, or has not said so yet, gives no scores.",
    )
    guard(
        Score,
        _event,
        label="decided",
        when=DECIDED,
        message="CON-47 What was decided is not scored any more.",
    )
guard(Criterion, "DELETE", message="CON-45 A criterion is never removed; it is struck out.")
guard(
    PanelMember,
    "UPDATE",
    when=(
        "OLD.left_at IS NOT NULL OR NEW.person_id <> OLD.person_id OR NEW.need_id <> OLD.need_id "
        "OR (OLD.sent_at IS NOT NULL AND (NEW.sent_at IS NULL OR NEW.sent_at <> OLD.sent_at))"
    ),
    message="CON-48 Who weighs, and when they sent their scores, is never rewritten.",
)
guard(PanelMember, "DELETE", message="CON-48 That somebody weighed is never removed.")
guard(
    Score,
    "INSERT",
    label="sent",
    when=_SENT,
    message="CON-48 Scores that were sent stay as they were sent.",
)
guard(
    Score,
    "UPDATE",
    label="sent",
    when=f"{_SENT} AND NOT {_MODERATED}",
    message="CON-49 A score that was sent is changed with a reason, and what it was stays.",
)
guard(Score, "DELETE", message="CON-48 A score is never removed.")
