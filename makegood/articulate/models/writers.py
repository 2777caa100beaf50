"""Who writes one proposal without belonging to its provider: invited, writing, ended."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models.proposals import Proposal
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class ProposalWriter(Recorded):
    """Somebody who is invited to write one proposal. Whom it went to stands in ``WriterAddressee``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="writers")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, accepted_at__isnull=True)
                | Q(person__isnull=False, accepted_at__isnull=False),
                name="proposal_writer_accepted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["proposal", "person"],
                condition=Q(ended_at__isnull=True),
                name="proposal_writer_once",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="proposal_writer_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"a writer of {self.proposal.reference}"

    def has_run_out(self, *, now: datetime) -> bool:
        """Return whether nobody accepted it in time."""
        return self.accepted_at is None and self.expires_at <= now


class WriterAddressee(models.Model):
    """Whom an open invitation to write went to; gone once it is answered or taken back."""

    writer = models.OneToOneField(
        ProposalWriter, on_delete=models.CASCADE, primary_key=True, related_name="addressee"
    )
    email = models.EmailField(db_index=True)

    def __str__(self) -> str:
        return self.email


guard(
    ProposalWriter,
    "UPDATE",
    when=(
        "OLD.ended_at IS NOT NULL OR OLD.proposal_id <> NEW.proposal_id "
        "OR (OLD.person_id IS NOT NULL AND NEW.person_id <> OLD.person_id)"
    ),
    message="ART-52 What ended stays ended. Invite them again.",
)
guard(ProposalWriter, "DELETE", message="ART-52 That somebody was invited is never removed.")
