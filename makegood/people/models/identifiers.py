"""Identifiers: by which number which register knows an organisation."""

from django.db import models
from django.utils import timezone

from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.registers import LONGEST, REGISTERS, Identified, address_of

STANDING = models.Q(removed_at__isnull=True)


class IdentifierQuerySet(models.QuerySet["Identifier"]):
    """Identifiers, narrowed."""

    def standing(self) -> "IdentifierQuerySet":
        """Keep those that were not removed."""
        return self.filter(STANDING)


class Identifier(Recorded):
    """A number in a register, as org-id.guide writes it.

    ``is_parents`` says it is the number of the larger body this organisation is part of.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="identifiers"
    )
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=LONGEST)
    is_parents = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = IdentifierQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                condition=STANDING & models.Q(is_parents=False),
                name="identifier_one_organisations_own",
            ),
            models.UniqueConstraint(
                fields=["organisation", "scheme", "value"],
                condition=STANDING,
                name="identifier_given_once",
            ),
        ]

    def __str__(self) -> str:
        return str(Identified(self.scheme, self.value))

    @property
    def register(self) -> str:
        """Return what people call the register, or its code where we do not know it."""
        known = REGISTERS.get(self.scheme)
        return known.name if known else self.scheme

    @property
    def address(self) -> str:
        """Return where the public register shows it, "" where no address can be built."""
        return address_of(self.scheme, value=self.value)
