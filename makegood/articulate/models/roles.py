"""In which programmes a role of a member holds, where it does not hold in all."""

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models.programmes import Programme
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Invitation, Membership, Person
from makegood.people.states import Role


class ProgrammeRole(Recorded):
    """A programme in which a role holds; a role that has none of these holds in every programme."""

    membership = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="programme_roles"
    )
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.PROTECT, related_name="programme_roles"
    )
    """For whoever accepts it."""
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="roles")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme__name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, invitation__isnull=True)
                | Q(membership__isnull=True, invitation__isnull=False),
                name="programme_role_of_one",
            ),
            models.UniqueConstraint(
                fields=["membership", "programme"],
                condition=Q(ended_at__isnull=True),
                name="programme_role_once",
            ),
            models.UniqueConstraint(
                fields=["invitation", "programme"],
                condition=Q(ended_at__isnull=True),
                name="programme_role_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
                name="programme_role_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"in {self.programme}"


guard(
    ProgrammeRole,
    "INSERT",
    when=f"(SELECT role FROM people_membership WHERE id = NEW.membership_id) = '{Role.OWNER}'",
    message="ART-11 An owner is an owner in every programme.",
)
guard(
    ProgrammeRole,
    "UPDATE",
    when="OLD.ended_at IS NOT NULL OR NEW.programme_id <> OLD.programme_id "
    "OR COALESCE(NEW.membership_id, 0) <> COALESCE(OLD.membership_id, 0) "
    "OR COALESCE(NEW.invitation_id, 0) <> COALESCE(OLD.invitation_id, 0)",
    message="ART-16 Where a role held is not rewritten; it ends.",
)
guard(ProgrammeRole, "DELETE", message="ART-16 Where a role held is never removed.")
