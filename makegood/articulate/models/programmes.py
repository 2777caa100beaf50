"""Programmes: what support units run."""

from django.db import models

from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation


class Programme(Recorded):
    """What a support unit runs."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    run_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """Return the ledger's stream for what is promised in this programme."""
        return f"programme/{self.slug}"
