"""Invitations: an organisation asks somebody to join it, whether or not they have an account."""

import uuid

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import Appointment, InvitationState, Right, Role, roles_with


class Invitation(Recorded):
    """What somebody is asked to be in an organisation. Whom it went to stands in ``Addressee``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    signing_limit = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12,
        default=InvitationState.OPEN,
        choices=[(s.value, s.value) for s in InvitationState],
    )
    invited_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    bounds = ""
    """Where alone it will hold, in words, once somebody asked (``with_bounds``)."""

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            one_of("state", InvitationState, name="invitation_state_known"),
            one_of("role", Role, name="invitation_role_known"),
            models.CheckConstraint(
                condition=~models.Q(role=Role.AUDITOR) | models.Q(ends_on__isnull=False),
                name="invitation_audit_ends",  # PEO-06
            ),
            models.CheckConstraint(
                condition=models.Q(signing_limit__isnull=True)
                | models.Q(role__in=roles_with(Right.SIGN), signing_limit__gt=0),
                name="invitation_limit_is_for_signing",  # PEO-07
            ),
            models.CheckConstraint(
                condition=models.Q(state=InvitationState.OPEN, answered_at__isnull=True)
                | models.Q(~models.Q(state=InvitationState.OPEN), answered_at__isnull=False),
                name="invitation_open_or_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.organisation}"

    @property
    def has_ended(self) -> bool:
        """Return whether it was answered or taken back."""
        return self.answered_at is not None

    @property
    def appointment(self) -> Appointment:
        """Return what whoever accepts will be."""
        limit, ends_on = self.signing_limit, self.ends_on
        return Appointment(role=Role(self.role), signing_limit=limit, ends_on=ends_on)


class Addressee(models.Model):
    """Whom an open invitation went to; gone once it is answered, for the record keeps no addresses."""

    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, primary_key=True, related_name="addressee"
    )
    email = models.EmailField(db_index=True)

    def __str__(self) -> str:
        return self.email
