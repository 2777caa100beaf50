"""Areas: councils, counties, regions, countries and integrated care boards, and who works where."""

from django.db import models
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.states import AreaKind


class Area(models.Model):
    """A place with a code of the Office for National Statistics.

    ``path`` holds the codes of the areas it lies in, the largest first, and its own last.
    ``within`` says the same in names, for people.
    """

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(k.value, k.words) for k in AreaKind])
    path = models.CharField(max_length=80, db_index=True)
    within = models.CharField(max_length=160, blank=True)
    nhs_code = models.CharField(max_length=5, blank=True)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            one_of("kind", AreaKind, name="area_kind_known"),
            models.CheckConstraint(
                condition=models.Q(path__endswith=models.F("code")), name="area_path_ends_in_it"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True)
                | models.Q(since_on__isnull=True)
                | models.Q(until_on__gte=models.F("since_on")),
                name="area_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def larger(self) -> list[str]:
        """Return the codes of the areas it lies in, the largest first."""
        return self.path.split("/")[:-1]


class Workplace(Recorded):
    """An area that an organisation works in."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="workplaces"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="workplaces")
    since_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["area__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area"],
                condition=models.Q(ended_at__isnull=True),
                name="workplace_once",
            )
        ]

    def __str__(self) -> str:
        return f"area {self.area_id}"
