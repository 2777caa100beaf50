"""Memberships: who belongs to which organisation, as what."""

from django.db import models
from django.utils import timezone

from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import STAYS_WHEN_CLOSED, Appointment, Right, Role, roles_with


def _past() -> models.Q:
    """A last day that has passed; an auditor's that was never given has (PEO-06)."""
    unbounded = models.Q(role=Role.AUDITOR, ends_on__isnull=True)
    return models.Q(ends_on__lt=timezone.localdate()) | unbounded


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed."""

    def current(self) -> "MembershipQuerySet":
        """Keep those that have not ended, and whose last day has not passed."""
        return self.filter(ended_at__isnull=True).exclude(_past())

    def lapsed(self) -> "MembershipQuerySet":
        """Keep those whose last day has passed, and that were not ended yet."""
        return self.filter(_past(), ended_at__isnull=True)

    def carrying(self, right: Right) -> "MembershipQuerySet":
        """Keep those whose role carries ``right``; a closed organisation's members only end what it began."""
        held = self.filter(role__in=roles_with(right))
        if right in STAYS_WHEN_CLOSED:
            return held
        return held.filter(organisation__closed_on__isnull=True)

    def worn_by(self, person: Person | None) -> "MembershipQuerySet":
        """Keep those ``person`` acts in: all of theirs, or those in the organisation they chose."""
        held = self.filter(person=person)
        if person is None or person.hat is None:
            return held
        return held.filter(organisation=person.hat.organisation)


class Membership(Recorded):
    """A person's role in an organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    signing_limit = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    """The largest value of a contract they may sign, in pounds; none: whatever its value."""
    ends_on = models.DateField(null=True, blank=True)
    """The last day they belong, where that is known beforehand."""
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    bounds = ""
    """Where alone it holds, in words, once somebody asked (``with_bounds``)."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=list(Role)), name="membership_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(signing_limit__isnull=True)
                | models.Q(role__in=roles_with(Right.SIGN), signing_limit__gt=0),
                name="membership_limit_is_for_signing",  # PEO-07
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def has_ended(self) -> bool:
        """Return whether the person left, or is something else now."""
        return self.ended_at is not None

    @property
    def appointment(self) -> Appointment:
        """Return what the person is here."""
        limit, ends_on = self.signing_limit, self.ends_on
        return Appointment(role=Role(self.role), signing_limit=limit, ends_on=ends_on)
