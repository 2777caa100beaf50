"""What an organisation says of being led by disabled people: each statement stays, one is current."""

from django.db import models
from django.utils import timezone

from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.models import Recorded
from makegood.people.models.organisations import Organisation
from makegood.people.states import DpuloResult, DpuloTest


class DpuloStatement(Recorded):
    """What the answers of a day came to, and whether everyone may see the result."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="dpulo_statements"
    )
    result = models.CharField(max_length=10, choices=[(r.value, r.words) for r in DpuloResult])
    reason = models.TextField()
    is_shown = models.BooleanField(default=False)
    stated_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("result", DpuloResult, name="dpulo_result_known"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(superseded_at__isnull=True),
                name="dpulo_statement_one_current",
            ),
        ]

    def __str__(self) -> str:
        return DpuloResult(self.result).words


class DpuloAnswer(Recorded):
    """The answer to one test: how many people, how many disabled people, and how that is known."""

    statement = models.ForeignKey(DpuloStatement, on_delete=models.PROTECT, related_name="answers")
    test = models.CharField(max_length=10, choices=[(t.value, t.value) for t in DpuloTest])
    people = models.PositiveIntegerField()
    disabled = models.PositiveIntegerField()
    evidence = models.CharField(max_length=500, blank=True)
    towards_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("test", DpuloTest, name="dpulo_test_known"),
            models.UniqueConstraint(fields=["statement", "test"], name="dpulo_test_answered_once"),
            models.CheckConstraint(
                condition=models.Q(disabled__lte=models.F("people")), name="dpulo_share_within_all"
            ),
        ]

    def __str__(self) -> str:
        return self.test
