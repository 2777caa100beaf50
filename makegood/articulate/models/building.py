"""What helps to write a promise and is kept with it: advice set aside, and its power."""

from django.db import models
from django.db.models import Q

from makegood.articulate.models.proposals import Promise
from makegood.articulate.states import HistoryFrom, ProposalState
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.measures.models import Series
from makegood.people.models import Person


class AdviceSetAside(Recorded):
    """That a provider does not follow a piece of advice, and why; whoever decides reads it.

    ``seen`` is what the advice said. Where it says something else later, it is given anew.
    """

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="advice_set_aside")
    number = models.CharField(max_length=6)
    seen = models.TextField()
    reason = models.TextField()
    is_taken_up = models.BooleanField(default=False)
    """Whether it was taken up again, or gave way to newer advice."""
    set_aside_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField()

    class Meta:
        ordering = ["promise", "number", "pk"]
        verbose_name = "advice set aside"
        verbose_name_plural = "advice set aside"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="art_55_advice_set_aside_with_reason"
            ),
            models.UniqueConstraint(
                fields=["promise", "number"],
                condition=Q(is_taken_up=False),
                name="art_56_advice_set_aside_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} on {self.promise.reference}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[AdviceSetAside]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("promise")


class PromisePower(Recorded):
    """What could be told from chance within a promise’s time, by a history; the newest row stands.

    Changes are in the measure’s unit. ``history`` are the figures it was worked out from, by the first day
    of their period, so that anyone can do it again with the same ``engine``.
    """

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="powers")
    origin = models.CharField(max_length=12, choices=[(h.value, h.words) for h in HistoryFrom])
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=240)
    history = models.JSONField()
    terms_digest = models.CharField(max_length=64)
    inputs_digest = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    known = models.PositiveIntegerField()
    periods = models.PositiveIntegerField()
    smallest_change = models.FloatField(null=True)
    change = models.FloatField(null=True)
    chance = models.FloatField(null=True)
    periods_needed = models.PositiveIntegerField(null=True)
    noise = models.FloatField()
    sentence = models.TextField()
    notes = models.JSONField()
    worked_out_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worked_out_at = models.DateTimeField()

    class Meta:
        ordering = ["promise", "pk"]
        verbose_name = "power of a promise"
        verbose_name_plural = "powers of promises"
        constraints = [one_of("origin", HistoryFrom, name="promise_power_origin_known")]

    def __str__(self) -> str:
        return f"power of {self.promise.reference}"

    @classmethod
    def recorded_one_by_one(cls) -> "models.QuerySet[PromisePower]":
        """Return all rows, each with what its name in the ledger is made of."""
        return cls.objects.select_related("promise")

    @property
    def can_be_told(self) -> bool | None:
        """Return whether the promised change could most likely be told in its time; None if not known."""
        if self.change is None or self.smallest_change is None:
            return None
        return self.periods_needed is not None or self.change >= self.smallest_change


def _is_sent(promise: str) -> str:
    state = (
        "(SELECT proposal.state FROM articulate_promise promise "  # noqa: S608  # ours
        "JOIN articulate_proposal proposal ON proposal.id = promise.proposal_id "
        f"WHERE promise.id = {promise})"
    )
    return f"{state} <> '{ProposalState.DRAFT}'"


_SENT = "ART-05 What was said with a promise stays as it was proposed."
guard(AdviceSetAside, "INSERT", when=_is_sent("NEW.promise_id"), message=_SENT)
guard(
    AdviceSetAside,
    "UPDATE",
    when=f"{_is_sent('OLD.promise_id')} OR OLD.is_taken_up OR OLD.promise_id <> NEW.promise_id "
    "OR OLD.number <> NEW.number OR OLD.seen <> NEW.seen OR OLD.reason <> NEW.reason",
    message="ART-55 What was said of advice is not rewritten; it is taken up again.",
)
guard(AdviceSetAside, "DELETE", message="ART-55 What was said of advice is never removed.")
guard(PromisePower, "INSERT", label="sent", when=_is_sent("NEW.promise_id"), message=_SENT)
append_only(PromisePower)
