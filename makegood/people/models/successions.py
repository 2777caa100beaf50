"""Successions: which organisation follows which."""

import uuid

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import STANDING_SUCCESSIONS, Extent, SuccessionState

OPEN = models.Q(state=SuccessionState.NAMED)
UNDONE = models.Q(state=SuccessionState.UNDONE)


class Succession(Recorded):
    """That one organisation follows another: one side says so, and the other confirms it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="followed_by"
    )
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="follows")
    is_said_by_successor = models.BooleanField(default=False)
    """Which of the two said so, on whose behalf ``named_by`` acted; the other answers."""
    extent = models.CharField(max_length=5, choices=[(e.value, e.value) for e in Extent])
    since_on = models.DateField()
    reason = models.TextField()
    state = models.CharField(
        max_length=12,
        default=SuccessionState.NAMED,
        choices=[(s.value, s.value) for s in SuccessionState],
    )
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="successions_named")
    named_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="successions_settled"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    undoing_reason = models.TextField(blank=True)
    """Why it was not so after all, where both sides had said it was."""

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            one_of("state", SuccessionState, name="succession_state_known"),
            one_of("extent", Extent, name="succession_extent_known"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")),
                name="succession_of_another",  # PEO-65
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=models.Q(state__in=STANDING_SUCCESSIONS),
                name="succession_said_once",  # PEO-67
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="succession_has_a_reason",  # PEO-68
            ),
            models.CheckConstraint(
                condition=(OPEN & models.Q(settled_by__isnull=True, settled_at__isnull=True))
                | (~OPEN & models.Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="succession_open_or_settled",
            ),
            models.CheckConstraint(
                condition=(UNDONE & ~models.Q(undoing_reason=""))
                | (~UNDONE & models.Q(undoing_reason="")),
                name="succession_undone_with_a_reason",  # PEO-94
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} follows {self.predecessor}"

    @property
    def is_partial(self) -> bool:
        """Return whether only a part of what the predecessor did goes on with the successor."""
        return self.extent == Extent.PART

    @property
    def asking(self) -> Organisation:
        """Return the side that said so."""
        return self.successor if self.is_said_by_successor else self.predecessor

    @property
    def asked(self) -> Organisation:
        """Return the side that answers."""
        return self.predecessor if self.is_said_by_successor else self.successor
