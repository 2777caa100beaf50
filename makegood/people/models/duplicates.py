"""Duplicates: somebody says that two entries are one organisation."""

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import DuplicateState

OPEN = models.Q(state=DuplicateState.OPEN)


class Duplicate(Recorded):
    """That somebody says so, and what was decided. How they know stands in ``Grounds``."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="duplicates"
    )
    """The entry on whose page it was said."""
    other = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="other_duplicates"
    )
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duplicates_said")
    said_at = models.DateTimeField()
    state = models.CharField(
        max_length=12,
        default=DuplicateState.OPEN,
        choices=[(s.value, s.value) for s in DuplicateState],
    )
    settled_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates_settled"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            one_of("state", DuplicateState, name="duplicate_state_known"),
            models.CheckConstraint(
                condition=~models.Q(organisation=models.F("other")),
                name="duplicate_of_another",  # PEO-71
            ),
            models.CheckConstraint(
                condition=(
                    OPEN & models.Q(settled_by__isnull=True, settled_at__isnull=True, reason="")
                )
                | (
                    ~OPEN
                    & models.Q(settled_by__isnull=False, settled_at__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="duplicate_open_or_settled_with_a_reason",  # PEO-76, PEO-36
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} and {self.other} are one"


class Grounds(models.Model):
    """How somebody knows that two entries are one; gone some time after it was decided."""

    duplicate = models.OneToOneField(
        Duplicate, on_delete=models.CASCADE, primary_key=True, related_name="grounds"
    )
    words = models.TextField()

    def __str__(self) -> str:
        return self.words
