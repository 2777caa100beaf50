"""What waits to be decided for a need, what is intended, and what stands still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from makegood.articulate.models import Need, Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models import Challenge, IntendedDecision, Standstill
from makegood.contract.queries.panels import criteria_of
from makegood.contract.states import Outcome
from makegood.kernel.ledger.canonical import digest
from makegood.kernel.working_days import last_working_day


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A proposal that waits for its decision, and what is intended so far."""

    proposal: Proposal
    intended: IntendedDecision | None
    criteria: Sequence[str] = ()
    """The names of the criteria of its need, of each of which its provider is told something."""

    @property
    def is_chosen(self) -> bool:
        """Return whether it is meant to be approved."""
        return self.intended is not None and self.intended.outcome == Outcome.APPROVED

    @property
    def lacks_feedback(self) -> bool:
        """Return whether it is not to be chosen, and what its provider should be told is missing."""
        held = self.intended
        return held is not None and held.outcome == Outcome.DECLINED and not self._is_told(held)

    def _is_told(self, held: IntendedDecision) -> bool:
        if not self.criteria:
            return bool(held.strengths.strip() and held.better.strip())
        told = dict(held.by_criterion or ())
        return all(told.get(name, "").strip() for name in self.criteria)

    @property
    def is_ready(self) -> bool:
        """Return whether all is written that its provider is told."""
        return self.intended is not None and not self.lacks_feedback

    @property
    def is_kept_back(self) -> bool:
        """Return whether it is to be chosen, and words for not choosing it are kept and not told."""
        held = self.intended
        if held is None or not self.is_chosen:
            return False
        words = (held.strengths, held.better, *dict(held.by_criterion or ()).values())
        return any(each.strip() for each in words)


def proposals_waiting(need: Need) -> QuerySet[Proposal]:
    """Return the proposals for ``need`` that wait for a decision."""
    found = Proposal.objects.filter(need=need, state=ProposalState.PROPOSED)
    return found.select_related("provider", "need__commissioner").order_by("title", "code")


def rivals_of(proposal: Proposal) -> QuerySet[Proposal]:
    """Return what else waits for a decision on the same need."""
    return proposals_waiting(proposal.need).exclude(pk=proposal.pk)


def what_is_intended(need: Need) -> list[Waiting]:
    """Return each proposal that waits, beside what is intended, by title."""
    held = {
        each.proposal_id: each
        for each in IntendedDecision.objects.filter(proposal__in=proposals_waiting(need))
    }
    criteria = [criterion.name for criterion in criteria_of(need)]
    return [
        Waiting(proposal=proposal, intended=held.get(proposal.pk), criteria=criteria)
        for proposal in proposals_waiting(need)
    ]


def intentions_digest(waiting: Sequence[Waiting]) -> str:
    """Return a digest of all that would be told, so that nobody confirms what they did not read."""
    return digest(
        {
            each.proposal.code: [
                getattr(each.intended, name, "")
                for name in ("outcome", "reasons", "strengths", "better", "by_criterion")
            ]
            for each in waiting
        }
    )


def standstill_of(need: Need) -> Standstill | None:
    """Return the standstill of ``need`` that has not ended; None where nothing stands still."""
    return need.standstills.filter(ended_at=None).select_related("need").first()


def standstill_to_come(need: Need, *, now: datetime) -> date | None:
    """Return the last day on which what is chosen ``now`` would stand still; None: it would not.

    The first working day is the one on which all are told (Procurement Act 2023, section 51).
    """
    if not need.standstill_days:
        return None
    return last_working_day(timezone.localdate(now), days=need.standstill_days)


def standstills_due(*, now: datetime) -> QuerySet[Standstill]:
    """Return the standstills whose time is over and in which no challenge waits for an answer."""
    unanswered = Challenge.objects.filter(standstill=OuterRef("pk"), answered_at=None)
    return Standstill.objects.filter(~Exists(unanswered), ended_at=None, ends_at__lte=now)


def challenges_of(need: Need) -> QuerySet[Challenge]:
    """Return what was said against decisions on ``need``, in the order in which it was."""
    found = Challenge.objects.filter(standstill__need=need)
    return found.select_related("decision__proposal__provider", "standstill__need__commissioner")
