"""What is intended, told to those not chosen, and waited for before a decision is public."""

import uuid

from django.db import models
from django.db.models import F, Q

from makegood.articulate.models import Proposal
from makegood.articulate.states import ProposalState
from makegood.contract.models.contracts import Contract, Decision, Standstill
from makegood.contract.models.signatures import Signature
from makegood.contract.states import Outcome
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import Event, append_only, guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Person


class IntendedDecision(Recorded):
    """What a commissioner means to decide on one proposal, before all are told together."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="intended")
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    reasons = models.TextField()
    strengths = models.TextField(blank=True)
    better = models.TextField(blank=True)
    by_criterion = models.JSONField(null=True)
    """What is said by each criterion, where there are any: a list of pairs of its name and the words."""
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="con_06_intended_has_reasons"),
            one_of("outcome", Outcome, name="intended_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"what is intended on {self.proposal.reference}"


class Feedback(Recorded):
    """What a provider that was not chosen is told: what was strong, and what would have been better."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="feedback")
    strengths = models.TextField(blank=True)
    better = models.TextField(blank=True)
    by_criterion = models.JSONField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_criterion__isnull=False) | (~Q(strengths="") & ~Q(better="")),
                name="con_38_feedback_says_both",
            )
        ]

    def __str__(self) -> str:
        return f"feedback on {self.decision.proposal.reference}"


class Challenge(Recorded):
    """What a provider that was not chosen says against the decision, and what is answered."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    standstill = models.ForeignKey(Standstill, on_delete=models.PROTECT, related_name="challenges")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="challenge")
    words = models.TextField()
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(default=False)
    answered_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="challenges_answered"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="con_43_challenge_says_why"),
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                    answer="",
                    is_upheld=False,
                )
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="con_44_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("raised_at")),
                name="challenge_answered_after_it_was_raised",
            ),
        ]

    def __str__(self) -> str:
        return f"challenge about {self.decision.proposal.reference}"

    @property
    def fell_away(self) -> bool:
        """Return whether it was open when another was upheld: both ended in the same moment."""
        is_aside = self.standstill.is_set_aside and not self.is_upheld
        return is_aside and self.answered_at == self.standstill.ended_at

    @property
    def outcome(self) -> str:
        """Return in words what came of it; nothing while it waits."""
        if self.answered_at is None:
            return ""
        if self.fell_away:
            return "the challenge falls away with the decision"
        return "the challenge is upheld" if self.is_upheld else "the decision stands"


UNANSWERED = (
    "EXISTS (SELECT 1 FROM contract_challenge c WHERE c.standstill_id = NEW.id "
    "AND c.answered_at IS NULL)"
)
OVER = (
    "EXISTS (SELECT 1 FROM contract_decision d JOIN contract_standstill s "
    "ON s.id = d.standstill_id WHERE d.proposal_id = NEW.id AND s.ended_at IS NOT NULL "
    "AND {aside})"
)
STANDS_STILL = "CON-41 What is chosen stands still first, and is contracted after that."
_STATE = "(SELECT p.state FROM articulate_proposal p WHERE p.id = {proposal})"
_CONTRACTED = "(SELECT c.proposal_id FROM contract_contract c WHERE c.id = NEW.contract_id)"
DECIDED = "EXISTS (SELECT 1 FROM contract_decision d WHERE d.proposal_id = NEW.proposal_id)"
CHALLENGEABLE = (
    "EXISTS (SELECT 1 FROM contract_decision d JOIN contract_standstill s "  # noqa: S608  # ours
    "ON s.id = d.standstill_id WHERE d.id = NEW.decision_id AND s.id = NEW.standstill_id "
    f"AND s.ended_at IS NULL AND d.outcome = '{Outcome.DECLINED}')"
)
_EVENTS: tuple[Event, ...] = ("INSERT", "UPDATE")

append_only(Feedback)
for _event in _EVENTS:
    guard(
        IntendedDecision,
        _event,
        when=DECIDED + (" OR OLD.proposal_id <> NEW.proposal_id" if _event == "UPDATE" else ""),
        message="CON-06 What was decided is not decided again.",
    )
guard(IntendedDecision, "DELETE", message="CON-06 What was intended is not removed.")
guard(
    Standstill,
    "UPDATE",
    when=(
        "OLD.ended_at IS NOT NULL OR NEW.need_id <> OLD.need_id OR NEW.days <> OLD.days "
        "OR NEW.ends_at <> OLD.ends_at OR NEW.began_at <> OLD.began_at"
    ),
    message="CON-42 A standstill is never changed; it ends.",
)
guard(
    Standstill,
    "UPDATE",
    label="challenged",
    when=f"NEW.ended_at IS NOT NULL AND {UNANSWERED}",
    message="CON-42 A standstill does not end while a challenge waits for its answer.",
)
guard(Standstill, "DELETE", message="CON-42 A standstill is never removed.")
guard(
    Challenge,
    "INSERT",
    when=f"NOT {CHALLENGEABLE}",
    message="CON-43 Who was not chosen challenges a decision while it stands still.",
)
guard(
    Challenge,
    "UPDATE",
    when=(
        "OLD.answered_at IS NOT NULL OR NEW.words <> OLD.words "
        "OR NEW.decision_id <> OLD.decision_id OR NEW.standstill_id <> OLD.standstill_id"
    ),
    message="CON-44 A challenge and its answer stay as they were given.",
)
guard(Challenge, "DELETE", message="CON-44 A challenge is never removed.")
for _state, _aside in (
    (ProposalState.APPROVED, "NOT s.is_set_aside"),
    (ProposalState.DECLINED, "s.is_set_aside"),
):
    guard(
        Proposal,
        "UPDATE",
        label=f"until_{_state}",
        when=(
            f"OLD.state = '{ProposalState.STANDSTILL}' AND NEW.state = '{_state}' "
            f"AND NOT {OVER.format(aside=_aside)}"
        ),
        message=STANDS_STILL,
    )
guard(
    Contract,
    "INSERT",
    label="standstill",
    when=f"{_STATE.format(proposal='NEW.proposal_id')} = '{ProposalState.STANDSTILL}'",
    message=STANDS_STILL,
)
guard(
    Signature,
    "INSERT",
    label="standstill",
    when=f"{_STATE.format(proposal=_CONTRACTED)} <> '{ProposalState.APPROVED}'",
    message=STANDS_STILL,
)
