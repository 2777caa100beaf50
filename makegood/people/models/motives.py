"""Why an organisation wants to be one: each answer stays, one of each moment is current."""

from django.db import models

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.models.persons import Person
from makegood.people.states import Moment, Motive


class MotiveAnswer(Recorded):
    """What an organisation said at one moment, in its own words; its motives stand beside it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="motive_answers"
    )
    moment = models.CharField(max_length=12, choices=[(m.value, m.value) for m in Moment])
    words = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="motive_answers")
    answered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    """When its members were told that a year has passed."""

    class Meta:
        ordering = ["answered_at", "pk"]
        constraints = [
            one_of("moment", Moment, name="motive_moment_known"),
            models.UniqueConstraint(
                fields=["organisation", "moment"],
                condition=models.Q(superseded_at__isnull=True),
                name="motive_answer_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"why {self.organisation}, {self.moment}"


class NamedMotive(Recorded):
    """One motive that an answer names."""

    answer = models.ForeignKey(MotiveAnswer, on_delete=models.PROTECT, related_name="motives")
    motive = models.CharField(max_length=20, choices=[(m.value, m.words) for m in Motive])
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            one_of("motive", Motive, name="motive_known"),
            models.UniqueConstraint(fields=["answer", "motive"], name="motive_named_once"),
            models.UniqueConstraint(
                fields=["answer"], condition=models.Q(is_main=True), name="motive_one_is_main"
            ),  # PEO-86
        ]

    def __str__(self) -> str:
        return Motive(self.motive).words
