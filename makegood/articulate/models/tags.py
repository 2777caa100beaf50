"""What a promise is tagged with: aims of its programme, and codes of frameworks."""

from django.db import models
from django.db.models import Q

from makegood.articulate.frameworks import NAMES
from makegood.articulate.models.programmes import Aim
from makegood.articulate.models.proposals import Promise
from makegood.articulate.states import ProposalState
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded


class PromiseTag(Recorded):
    """That a promise serves an aim, or falls under a code such as ``sdg/3``; part of what is promised."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="tags")
    aim = models.ForeignKey(Aim, null=True, on_delete=models.PROTECT, related_name="tags")
    code = models.CharField(max_length=40, blank=True)
    is_struck_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["aim__position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(aim__isnull=False, code="") | (Q(aim__isnull=True) & ~Q(code="")),
                name="promise_tag_of_one_kind",
            ),
            models.UniqueConstraint(
                fields=["promise", "aim"],
                condition=Q(aim__isnull=False),
                name="promise_tag_once_per_aim",
            ),
            models.UniqueConstraint(
                fields=["promise", "code"],
                condition=Q(aim__isnull=True),
                name="promise_tag_once_per_code",
            ),
        ]

    def __str__(self) -> str:
        return "what a promise is tagged with"

    @property
    def words(self) -> str:
        """Return the aim, or what the code is called; the code itself where we know it no more."""
        return str(self.aim) if self.aim else NAMES.get(self.code, self.code)


def _is_sent(promise: str) -> str:
    state = (
        "(SELECT proposal.state FROM articulate_promise promise "  # noqa: S608  # ours
        "JOIN articulate_proposal proposal ON proposal.id = promise.proposal_id "
        f"WHERE promise.id = {promise})"
    )
    return f"{state} <> '{ProposalState.DRAFT}'"


_LOST = "ART-05 A promise stays as it was proposed, with what it is tagged with."
guard(PromiseTag, "INSERT", when=_is_sent("NEW.promise_id"), message=_LOST)
guard(
    PromiseTag,
    "UPDATE",
    when=f"{_is_sent('OLD.promise_id')} OR OLD.promise_id <> NEW.promise_id "
    "OR OLD.code <> NEW.code OR COALESCE(OLD.aim_id, 0) <> COALESCE(NEW.aim_id, 0)",
    message=_LOST,
)
guard(PromiseTag, "DELETE", message="ART-05 A tag is never removed. It is left out of a draft.")
