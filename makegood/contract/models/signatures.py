"""Who signed a contract for which side, and to exactly which terms."""

from django.db import models

from makegood.contract.models.contracts import IS_LOST, LOST, Contract
from makegood.contract.states import Side
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class Signature(Recorded):
    """That a person signed for a party, to exactly the terms the digest stands for."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(
        max_length=12, choices=[(s.value, s.value.replace("_", " ")) for s in Side]
    )
    signing_round = models.PositiveSmallIntegerField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    signed_at = models.DateTimeField()
    terms_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side", "signing_round"], name="con_04_each_side_signs_once"
            ),
            one_of("side", Side, name="con_04_side_known"),
            models.UniqueConstraint(
                fields=["contract", "signing_round", "signed_by"], name="con_16_one_person_one_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.contract}"


append_only(Signature)
guard(
    Signature,
    "INSERT",
    when=LOST.format(
        proposal="(SELECT proposal_id FROM contract_contract WHERE id = NEW.contract_id)",
        contract="NEW.contract_id",
    ),
    message=IS_LOST,
)
