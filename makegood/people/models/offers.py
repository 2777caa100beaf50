"""Offers and needs: what an organisation could give others, and what it looks for."""

import uuid

from django.db import models
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.states import OfferKind, OfferSide


class Offer(Recorded):
    """Something offered or needed, in the organisation's own words; open until it is closed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="offers")
    side = models.CharField(max_length=5, choices=[(s.value, s.value) for s in OfferSide])
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in OfferKind])
    words = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-side", "made_at", "pk"]
        constraints = [
            one_of("side", OfferSide, name="offer_side_known"),
            one_of("kind", OfferKind, name="offer_kind_known"),
        ]

    def __str__(self) -> str:
        return self.words
