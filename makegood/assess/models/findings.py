"""Findings by people, what they rest on, and the reply."""

from django.db import models
from django.db.models import Q

from makegood.assess.models.analyses import Analysis
from makegood.assess.states import Conclusion, FindingState
from makegood.capture.models import Story
from makegood.contract.models import Commitment
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class Finding(Recorded):
    """An assessor's conclusion on a commitment, with its reasons."""

    reference = models.CharField(max_length=16, unique=True)
    commitment = models.OneToOneField(Commitment, on_delete=models.PROTECT, related_name="finding")
    analysis = models.ForeignKey(
        Analysis, null=True, on_delete=models.PROTECT, related_name="findings"
    )
    conclusion = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Conclusion])
    reasons = models.TextField()
    why_otherwise = models.TextField(blank=True)
    """Why it is not what the numbers say, or holds though figures were found wrong."""
    figures_wrong = models.PositiveIntegerField(null=True)
    """How many of the figures it rests on were found wrong, and not corrected then; None where none was."""
    state = models.CharField(
        max_length=16,
        default=FindingState.DRAFT,
        choices=[(s.value, s.value.replace("_", " ")) for s in FindingState],
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reply_by = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="ass_02_finding_has_reasons"),
            models.CheckConstraint(
                condition=Q(state=FindingState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=FindingState.PUBLISHED) & Q(published_at__isnull=True)),
                name="finding_published_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(figures_wrong__isnull=True) | ~Q(why_otherwise=""),
                name="ass_07_wrong_figures_say_why",
            ),
            one_of("conclusion", Conclusion, name="finding_conclusion_known"),
            one_of("state", FindingState, name="finding_state_known"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def says_otherwise(self) -> bool:
        """Return whether it is not what the numbers say."""
        verdict = self.analysis.verdict if self.analysis else ""
        return not Conclusion(self.conclusion).agrees_with(verdict)


class Citation(Recorded):
    """A story that a finding rests on."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="citations")
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="citations")
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "story"], name="citation_once_per_finding")
        ]

    def __str__(self) -> str:
        return f"{self.story} in {self.finding}"


class Reply(Recorded):
    """What the provider says to a finding; it stands beside it for good."""

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="reply")
    words = models.TextField()
    replied_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    replied_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"reply to {self.finding}"

    @property
    def provider(self) -> Organisation:
        """Return who replied: who was the provider then."""
        return self.finding.commitment.contract.provider_at(self.replied_at)


SENT = (
    "commitment_id", "conclusion", "reasons", "why_otherwise", "figures_wrong", "analysis_id",
    "written_by_id",
)  # fmt: skip

append_only(Reply)
guard(
    Finding,
    "UPDATE",
    label="published",
    when=f"OLD.state = '{FindingState.PUBLISHED}'",
    message="ASS-05 A published finding is never changed.",
)
guard(
    Finding,
    "UPDATE",
    label="sent",
    when=(
        f"OLD.state <> '{FindingState.DRAFT}' AND ("
        + " OR ".join(f"NEW.{c} <> OLD.{c} OR (NEW.{c} IS NULL) <> (OLD.{c} IS NULL)" for c in SENT)
        + " OR NEW.sent_at <> OLD.sent_at OR NEW.reply_by <> OLD.reply_by)"
    ),
    message="ASS-05 What was sent stays sent: the finding is no longer a draft.",
)
guard(
    Finding,
    "UPDATE",
    label="unheard",
    when=(
        f"NEW.state = '{FindingState.PUBLISHED}' AND NOT EXISTS "
        "(SELECT 1 FROM assess_reply r WHERE r.finding_id = NEW.id) "
        # The database counts days in UTC, the action in local time: the last day is the action's.
        "AND (NEW.reply_by IS NULL OR NEW.reply_by > date(NEW.published_at))"
    ),
    message="ASS-03 The provider is heard before a finding is published.",
)
guard(
    Finding,
    "INSERT",
    when=f"NEW.state <> '{FindingState.DRAFT}'",
    message="ASS-03 A finding begins as a draft.",
)
guard(Finding, "DELETE", message="ASS-05 A finding is never removed.")
guard(
    Citation,
    "UPDATE",
    when=f"(SELECT state FROM assess_finding WHERE id = OLD.finding_id) <> '{FindingState.DRAFT}'",
    message="ASS-05 What was sent stays sent: its evidence too.",
)
guard(
    Citation,
    "INSERT",
    when=f"(SELECT state FROM assess_finding WHERE id = NEW.finding_id) <> '{FindingState.DRAFT}'",
    message="ASS-05 What was sent stays sent: its evidence too.",
)
