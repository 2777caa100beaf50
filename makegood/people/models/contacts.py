"""Contacts: whom to write to at an organisation, and who may see that."""

import uuid

from django.db import models
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.states import ShownTo


class Contact(Recorded):
    """Somebody, or a desk, to reach at an organisation.

    One that is removed keeps its row, without its words and with a new salt: no digest leads back
    to them.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(max_length=120, blank=True)
    job = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    shown_to = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ShownTo])
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "added_at"]
        constraints = [
            one_of("shown_to", ShownTo, name="contact_shown_to_known"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True)
                | models.Q(name="", job="", email="", telephone=""),
                name="contact_removed_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "A contact that was removed"
