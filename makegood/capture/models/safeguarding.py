"""Who is told when somebody may be harmed, that it was said, and what was done. No word of it."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.capture.models.notes import NotedPrivately
from makegood.capture.models.stories import Story
from makegood.capture.states import Taken
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class NamedPerson(Recorded):
    """Who is told at once for an organisation, from when until when."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="named_persons"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="named_for")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["named_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_at__isnull=True),
                name="named_person_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("named_at")),
                name="named_person_ended_after_named",
            ),
        ]

    def __str__(self) -> str:
        return f"named person of {self.organisation_id}"


class Concern(NotedPrivately):
    """That it was said with a story that somebody is harmed, or afraid."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="concerns")
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"concern {self.public_id}"


class ConcernStep(NotedPrivately):
    """What a named person did about a concern, for their organisation."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="steps")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    taken = models.CharField(max_length=10, choices=[(t.value, t.words) for t in Taken])
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [one_of("taken", Taken, name="concern_step_known")]

    def __str__(self) -> str:
        return f"step on {self.concern_id}"


append_only(Concern)
append_only(ConcernStep)
guard(NamedPerson, "DELETE", message="LED-01 Who was named is never removed.")
guard(
    NamedPerson,
    "UPDATE",
    when="NEW.organisation_id <> OLD.organisation_id OR NEW.person_id <> OLD.person_id",
    message="LED-01 Who was named stays on the record. Name another.",
)
