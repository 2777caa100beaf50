"""Organisations: who promises, buys, supports, judges and audits."""

from django.db import models
from django.utils import timezone

from makegood.kernel.ledger.models import Recorded
from makegood.people.states import Kind, LegalForm


class Organisation(Recorded):
    """A provider, commissioner, support unit, assessor or auditor."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=[(k.value, k.words) for k in Kind])
    legal_form = models.CharField(
        max_length=60, blank=True, choices=[(f.value, f.value) for f in LegalForm]
    )
    summary = models.TextField(blank=True)
    website = models.URLField(blank=True)
    is_example = models.BooleanField(default=False)
    registered_at = models.DateTimeField(default=timezone.now)
    is_entrusted = models.BooleanField(default=False)
    """Whether an operator lets this support unit decide on claims."""

    closed_on = models.DateField(null=True, blank=True)
    """The day it closed; from then on it takes no new acts."""
    closing_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    """The same organisation under the entry that stayed, where it was here twice."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(Kind)), name="organisation_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(legal_form__in=["", *(form.value for form in LegalForm)]),
                name="organisation_legal_form_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_entrusted=False) | models.Q(kind=Kind.SUPPORT_UNIT),
                name="organisation_entrusted_is_support_unit",  # PEO-55
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, closing_reason="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(closing_reason="")),
                name="organisation_closed_with_a_reason",  # PEO-61
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | (models.Q(closed_on__isnull=False) & ~models.Q(merged_into=models.F("pk"))),
                name="organisation_merged_is_closed",  # PEO-71, PEO-77
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_formation(self) -> bool:
        """Return whether it is a group that is not yet an organisation in law."""
        return self.legal_form == LegalForm.IN_FORMATION
