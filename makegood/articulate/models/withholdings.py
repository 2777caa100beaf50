"""What of a proposal is not shown for a while, with its reason; that it exists is never hidden."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models.proposals import Proposal
from makegood.articulate.states import ProposalPart
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class Withheld(Recorded):
    """A part of something that only those inside read, until a day and for a reason all can read."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.TextField()
    until_on = models.DateField()
    withheld_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def said(self) -> str:
        """Return what is said in its place."""
        return f"withheld until {self.until_on:%-d %B %Y}, because: {self.reason}"


class ProposalWithholding(Withheld):
    """A part of a proposal that only its parties and auditors read until a day."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="withholdings")
    part = models.CharField(max_length=12, choices=[(p.value, p.words) for p in ProposalPart])

    class Meta:
        ordering = ["withheld_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="art_13_withheld_with_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("withheld_at")),
                name="proposal_withholding_lifted_after_it_began",
            ),
            one_of("part", ProposalPart, name="proposal_part_known"),
        ]

    def __str__(self) -> str:
        return f"{ProposalPart(self.part).words} of {self.proposal.reference}"


guard(
    ProposalWithholding,
    "UPDATE",
    when=(
        "OLD.lifted_at IS NOT NULL OR NEW.until_on <> OLD.until_on OR NEW.reason <> OLD.reason "
        "OR NEW.part <> OLD.part OR NEW.proposal_id <> OLD.proposal_id"
    ),
    message="ART-14 A withholding is never changed; it is lifted, or ends by itself.",
)
guard(ProposalWithholding, "DELETE", message="ART-14 A withholding is never removed.")
