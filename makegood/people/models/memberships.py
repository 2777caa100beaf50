"""Memberships: who belongs to which organisation, as what."""

from django.db import models
from django.utils import timezone

from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import Right, Role, roles_with


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, narrowed."""

    def current(self) -> "MembershipQuerySet":
        """Keep those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def carrying(self, right: Right) -> "MembershipQuerySet":
        """Keep those whose role carries ``right``."""
        return self.filter(role__in=roles_with(right))

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
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"
