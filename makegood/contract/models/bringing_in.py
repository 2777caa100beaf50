"""What providers say to contracts that were brought in for them."""

from django.db import models
from django.db.models import Q

from makegood.contract.models.contracts import Contract
from makegood.contract.states import BroughtInAnswer
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class ProviderWord(Recorded):
    """That the provider confirms, or disputes in words, what was brought in for it; the last one stands."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="provider_words")
    answer = models.CharField(max_length=10, choices=[(a.value, a.value) for a in BroughtInAnswer])
    words = models.TextField(blank=True)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=BroughtInAnswer.CONFIRMED) | ~Q(words=""),
                name="con_30_dispute_has_words",
            ),
            one_of("answer", BroughtInAnswer, name="provider_word_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.answer}"

    @property
    def provider(self) -> Organisation:
        """Return for whom it was said: who was the provider then."""
        return self.contract.provider_at(self.said_at)


append_only(ProviderWord)
guard(
    ProviderWord,
    "INSERT",
    when="(SELECT brought_in_at FROM contract_contract WHERE id = NEW.contract_id) IS NULL",
    message="CON-31 A provider confirms or disputes what was brought in, and nothing else.",
)
