"""Analyses by the engine."""

from django.db import models

from makegood.contract.models import Commitment
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded


class Analysis(Recorded):
    """What the engine says of a commitment, from exactly the inputs the digest stands for."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="analyses")
    made_at = models.DateTimeField()
    inputs_digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=60)
    sentence = models.TextField()
    promised_added = models.FloatField(null=True)
    effect = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    p_added = models.FloatField(null=True)
    reached = models.BooleanField(null=True)
    n_before = models.PositiveIntegerField()
    n_after = models.PositiveIntegerField()
    n_comparators = models.PositiveIntegerField()
    periods_needed = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=120)
    engine_version = models.CharField(max_length=20)

    class Meta:
        ordering = ["commitment", "pk"]
        verbose_name_plural = "analyses"

    def __str__(self) -> str:
        return f"{self.commitment}: {self.verdict}"


guard(
    Analysis, "UPDATE", message="LED-01 An analysis is never changed; a later one stands beside it."
)
