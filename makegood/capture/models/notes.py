"""What the public ledger holds of what is nobody's business: that something was noted, on which day."""

from typing import Self

from django.db import models

from makegood.kernel.ledger.guards import append_only
from makegood.kernel.ledger.models import Recorded


class PrivateNote(Recorded):
    """A line for a row of which the ledger is to say nothing: neither what it is nor of which contract.

    It holds the digest of that row as it stood. One is written with every story, and stands for
    nothing unless its teller is afraid.
    """

    what = models.CharField(max_length=60, blank=True)
    """The kind of row it stands for; empty where it stands for nothing."""
    row = models.PositiveBigIntegerField(null=True)
    row_digest = models.CharField(max_length=64, blank=True)
    noted_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["what", "row"], name="private_note_of_row")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what="", row__isnull=True, row_digest="")
                | (~models.Q(what="") & models.Q(row__isnull=False) & ~models.Q(row_digest="")),
                name="private_note_whole_or_empty",
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"

    def ledger_fault(self) -> str | None:
        """Say so when the row it stands for is not as it was noted last."""
        if not self.what:
            return None
        if PrivateNote.objects.filter(what=self.what, row=self.row, pk__gt=self.pk).exists():
            return None
        kinds = {each.ledger_kind(): each for each in NotedPrivately.__subclasses__()}
        row = kinds[self.what].with_key(self.row or 0) if self.what in kinds else None
        if row is None:
            return "what it stands for was removed behind the application's back."
        if row.ledger_digest() != self.row_digest:
            return "what it stands for was changed behind the application's back."
        return row.ledger_fault()


class NotedPrivately(Recorded):
    """A row that stands in the ledger by private notes alone; one without a note is a fault."""

    class Meta:
        abstract = True

    @classmethod
    def recorded_one_by_one(cls) -> models.QuerySet[Self]:
        """Return the rows without a note: they should have an entry of their own."""
        noted = PrivateNote.objects.filter(what=cls.ledger_kind()).values("row")
        return cls._base_manager.exclude(pk__in=noted)


append_only(PrivateNote)
