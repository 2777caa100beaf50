"""What is agreed of a commitment besides its figures: how it is known, judged, and what follows."""

from datetime import date
from enum import StrEnum

from django.db import models
from django.db.models import Q

from makegood.contract.states import Consequence, Verification, Whom
from makegood.kernel.period import Frequency

Step = dict[str, str | float]
"""One step of a trajectory as it is kept: ``on`` which day, and the ``target`` by then."""


class Arrangement(models.Model):
    """What both sides agree before they sign. What is empty is not said.

    Steps and looks are kept in the row, for they are signed, varied and read with it alone.
    """

    whom = models.CharField(max_length=12, blank=True, choices=[(w.value, w.value) for w in Whom])
    """Whom it is for, where not for those to whom it was promised."""
    baseline_period = models.CharField(max_length=60, blank=True)
    baseline_source = models.CharField(max_length=160, blank=True)
    frequency = models.CharField(
        max_length=8, blank=True, choices=[(f.value, f.adverb) for f in Frequency]
    )
    """How often figures are given; each comes ``within_days`` after its period ends."""
    within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    trajectory = models.JSONField(null=True, blank=True)
    looks_on = models.JSONField(null=True, blank=True)
    stories_least = models.PositiveSmallIntegerField(null=True, blank=True)
    stories_from = models.CharField(max_length=240, blank=True)
    documents = models.CharField(max_length=300, blank=True)
    verification = models.CharField(
        max_length=14, blank=True, choices=[(v.value, v.words) for v in Verification]
    )
    sample = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence_required = models.TextField(blank=True)
    no_pool_because = models.TextField(blank=True)
    follows = models.CharField(
        max_length=8, blank=True, choices=[(c.value, c.words) for c in Consequence]
    )
    payment_share = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    payment_pounds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    consequence = models.TextField(blank=True)
    is_kpi = models.BooleanField(default=False)
    """Whether how it does is published while the contract runs."""
    kpi_approaching = models.FloatField(null=True, blank=True)
    """The figure up to which it still approaches its target."""
    kpi_improvement = models.FloatField(null=True, blank=True)
    """The figure up to which it requires improvement; beyond, it is inadequate."""

    class Meta:
        abstract = True

    @property
    def steps(self) -> list[tuple[date, float]]:
        """Return the steps of the trajectory: by which day, how far."""
        kept: list[Step] = self.trajectory or []
        return [(date.fromisoformat(str(one["on"])), float(one["target"])) for one in kept]

    @property
    def looks(self) -> list[date]:
        """Return the days agreed on which it is judged before it is due."""
        return [date.fromisoformat(day) for day in self.looks_on or []]

    @property
    def figures_are_given(self) -> str:
        """Return how often figures are given, and how soon; "" where that is not said."""
        if not self.frequency or self.within_days is None:
            return ""
        days = f"{self.within_days} day{'' if self.within_days == 1 else 's'}"
        return f"every {self.frequency}, within {days} of its end"


def _empty_or(field: str, known: type[StrEnum]) -> models.CheckConstraint:
    words = ["", *(word.value for word in known)]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": words}), name=f"commitment_{field}_known"
    )


AGREED_WHOLE = [
    _empty_or("whom", Whom),
    _empty_or("frequency", Frequency),
    _empty_or("verification", Verification),
    _empty_or("follows", Consequence),
    models.CheckConstraint(
        condition=Q(baseline_period="", baseline_source="")
        | (~Q(baseline_period="") & ~Q(baseline_source="")),
        name="con_54_baseline_has_period_and_source",
    ),
    models.CheckConstraint(
        condition=Q(frequency="", within_days__isnull=True)
        | (~Q(frequency="") & Q(within_days__isnull=False, within_days__gte=1)),
        name="con_55_figures_have_their_day",
    ),
    models.CheckConstraint(
        condition=Q(stories_least__isnull=True, stories_from="")
        | (Q(stories_least__isnull=False, stories_least__gte=1) & ~Q(stories_from="")),
        name="con_58_stories_say_how_many_from_whom",
    ),
    models.CheckConstraint(
        condition=Q(sample__isnull=True) | Q(verification=Verification.VERIFIED, sample__gte=1),
        name="con_59_a_sample_is_verified",
    ),
    models.CheckConstraint(
        condition=Q(no_pool_because="") | Q(pool__isnull=True),
        name="con_69_compared_or_not_both",
    ),
    models.CheckConstraint(
        condition=(
            Q(follows=Consequence.SHARE, payment_share__isnull=False, payment_pounds__isnull=True)
            & Q(payment_share__gt=0, payment_share__lte=100)
        )
        | (
            Q(follows=Consequence.POUNDS, payment_share__isnull=True, payment_pounds__isnull=False)
            & Q(payment_pounds__gt=0)
        )
        | (
            ~Q(follows__in=[Consequence.SHARE, Consequence.POUNDS])
            & Q(payment_share__isnull=True, payment_pounds__isnull=True)
        ),
        name="con_60_consequence_is_whole",
    ),
    models.CheckConstraint(
        condition=Q(is_kpi=False, kpi_approaching__isnull=True, kpi_improvement__isnull=True)
        | Q(is_kpi=True, kpi_approaching__isnull=False, kpi_improvement__isnull=False),
        name="con_84_indicator_has_thresholds",
    ),
]
"""What the database refuses of an arrangement that is said by half."""
