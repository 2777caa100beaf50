"""The schedule of a contract as it was signed: every version of the document, never changed."""

from django.db import models
from django.db.models import Q

from makegood.contract.models.contracts import Contract
from makegood.contract.models.locks import HELD
from makegood.contract.states import ContractState
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded


class Schedule(Recorded):
    """What both sides signed, as the document that they signed says it.

    ``data`` is all that the document says; ``data_digest`` is of it as canonical JSON, ``pdf_digest``
    of the PDF that ``set_with`` makes of it.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="schedules")
    number = models.PositiveIntegerField()
    data = models.JSONField()
    data_digest = models.CharField(max_length=64)
    pdf_digest = models.CharField(max_length=64)
    set_with = models.CharField(max_length=40)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="con_66_schedule_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="con_66_counts_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.contract}, schedule {self.number}"


append_only(Schedule)
guard(
    Schedule,
    "INSERT",
    label="unsigned",
    when=(f"{HELD.format(row='NEW')} <> '{ContractState.IN_FORCE}'"),
    message="CON-66 A schedule is kept once both sides have signed.",
)
guard(
    Schedule,
    "INSERT",
    label="next",
    when=(
        "NEW.number <> 1 + (SELECT count(*) FROM contract_schedule s "
        "WHERE s.contract_id = NEW.contract_id)"
    ),
    message="CON-66 A schedule follows the last one.",
)
