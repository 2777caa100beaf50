"""Claims: somebody says that an organisation is theirs to look after."""

import uuid

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import ClaimState


class Claim(Recorded):
    """That somebody claims an organisation, and what was decided. What they show stands in ``Proof``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claims")
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="claims")
    claimed_at = models.DateTimeField()
    state = models.CharField(
        max_length=12,
        default=ClaimState.OPEN,
        choices=[(s.value, s.value) for s in ClaimState],
    )
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_settled"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["claimed_at", "pk"]
        constraints = [
            one_of("state", ClaimState, name="claim_state_known"),
            models.UniqueConstraint(
                fields=["organisation", "claimed_by"],
                condition=models.Q(state=ClaimState.OPEN),
                name="claim_open_once",  # PEO-50
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=ClaimState.OPEN, settled_by__isnull=True, settled_at__isnull=True
                )
                | models.Q(
                    ~models.Q(state=ClaimState.OPEN),
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                ),
                name="claim_open_or_settled",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[ClaimState.ACCEPTED, ClaimState.DECLINED])
                | (~models.Q(reason="") & ~models.Q(settled_by=models.F("claimed_by"))),
                name="claim_decided_by_another_with_a_reason",  # PEO-53, PEO-54
            ),
        ]

    def __str__(self) -> str:
        return f"claim to {self.organisation}"


class Proof(models.Model):
    """What somebody shows for a claim; gone with the claim's time, for the record keeps none of it."""

    claim = models.OneToOneField(
        Claim, on_delete=models.CASCADE, primary_key=True, related_name="proof"
    )
    position = models.CharField(max_length=160)
    domain = models.CharField(max_length=255, blank=True)
    """The domain of the organisation's website, at which the claimant reads e-mail; else empty."""
    link = models.URLField(blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.position
