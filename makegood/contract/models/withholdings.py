"""What of a contract is not shown for a while, with its reason; that it exists is never hidden."""

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models import Withheld
from makegood.contract.models.contracts import Contract
from makegood.contract.states import Part
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard


class Withholding(Withheld):
    """A part of a contract that only its parties, its assessor and auditors read until a day."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="withholdings")
    part = models.CharField(max_length=12, choices=[(p.value, p.words) for p in Part])

    class Meta:
        ordering = ["withheld_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="con_50_withheld_with_reason"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("withheld_at")),
                name="withholding_lifted_after_it_began",
            ),
            one_of("part", Part, name="withholding_part_known"),
        ]

    def __str__(self) -> str:
        return f"{Part(self.part).words} of {self.contract}"


guard(
    Withholding,
    "UPDATE",
    when=(
        "OLD.lifted_at IS NOT NULL OR NEW.until_on <> OLD.until_on OR NEW.reason <> OLD.reason "
        "OR NEW.part <> OLD.part OR NEW.contract_id <> OLD.contract_id"
    ),
    message="CON-51 A withholding is never changed; it is lifted, or ends by itself.",
)
guard(Withholding, "DELETE", message="CON-51 A withholding is never removed.")
