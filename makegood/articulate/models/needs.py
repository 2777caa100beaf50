"""Needs, with their alternative."""

from django.db import models

from makegood.articulate.models.programmes import Programme
from makegood.articulate.states import NeedState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class Need(Recorded):
    """A service a commissioner wants, with the alternative: what happens otherwise, and how well."""

    reference = models.CharField(max_length=12, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="needs")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needs")
    title = models.CharField(max_length=160)
    description = models.TextField()
    alternative = models.TextField()
    state = models.CharField(
        max_length=12,
        default=NeedState.DRAFT,
        choices=[(s.value, s.value.replace("_", " ")) for s in NeedState],
    )
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "commissioner", "title"], name="art_08_need_once"
            ),
            one_of("state", NeedState, name="need_state_known"),
        ]

    def __str__(self) -> str:
        return self.title
