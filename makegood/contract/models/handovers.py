"""How a contract goes to another provider: the same contract, the same promises, another party."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse

from makegood.contract.models.contracts import Contract
from makegood.contract.models.locks import HANDED, HANDED_BY_ALL, differs
from makegood.contract.models.signatures import Signature
from makegood.contract.models.variations import Variation
from makegood.contract.states import (
    OPEN_HANDOVERS,
    OPEN_VARIATIONS,
    HandoverGround,
    HandoverSide,
    HandoverState,
    Side,
)
from makegood.kernel.constraints import one_of
from makegood.kernel.ledger.guards import guard
from makegood.kernel.ledger.models import Recorded
from makegood.people.models import Organisation, Person


class Handover(Recorded):
    """That another organisation takes over a contract in force, as it stands; binding once all have signed.

    Its signatures stand in a round of their own among those of the contract. Commitments, figures,
    stories and findings stay on their rows: nothing of them is moved, so nothing is lost.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField()
    signing_round = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Side])
    """The side that proposes it."""
    outgoing = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="handovers_from"
    )
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="handovers_to"
    )
    ground = models.CharField(max_length=10, choices=[(g.value, g.words) for g in HandoverGround])
    reason = models.TextField()
    from_on = models.DateField()
    state = models.CharField(
        max_length=12,
        default=HandoverState.DRAFTING,
        choices=[(s.value, s.words) for s in HandoverState],
    )
    answer = models.TextField(blank=True)
    """What was said by whoever declined it."""
    answered_for = models.CharField(
        max_length=12, blank=True, choices=[(s.value, s.value) for s in HandoverSide]
    )
    in_force_at = models.DateTimeField(null=True)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handovers_begun")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["contract", "number"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="con_90_handover_has_reason"),
            models.CheckConstraint(
                condition=~Q(successor=models.F("outgoing")), name="con_92_another_takes_over"
            ),
            models.UniqueConstraint(fields=["contract", "number"], name="con_72_handover_once"),
            models.UniqueConstraint(
                fields=["contract", "signing_round"], name="con_91_handover_has_its_round"
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state__in=[state.value for state in OPEN_HANDOVERS]),
                name="con_72_one_handover_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=HandoverState.IN_FORCE, in_force_at__isnull=False)
                | (~Q(state=HandoverState.IN_FORCE) & Q(in_force_at__isnull=True)),
                name="con_95_in_force_says_when",
            ),
            models.CheckConstraint(
                condition=(Q(state=HandoverState.DECLINED) & ~Q(answer="") & ~Q(answered_for=""))
                | (~Q(state=HandoverState.DECLINED) & Q(answer="", answered_for="")),
                name="con_75_declined_says_why",
            ),
            one_of("side", Side, name="handover_side_known"),
            one_of("ground", HandoverGround, name="handover_ground_known"),
            one_of("state", HandoverState, name="handover_state_known"),
        ]

    def __str__(self) -> str:
        return f"handover {self.number} of {self.contract}"

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("handover", args=[self.contract.reference, self.number])

    @property
    def is_open(self) -> bool:
        """Return whether it may still come into force."""
        return HandoverState(self.state).is_open

    @property
    def proposer(self) -> Organisation:
        """Return the party that proposes it."""
        return self.party(self.side)

    @property
    def proposed_for(self) -> HandoverSide:
        """Return the side that proposes it, as one of those that sign it."""
        return HandoverSide(self.side)

    @property
    def answerer(self) -> Organisation:
        """Return who declined it."""
        return self.party(self.answered_for)

    @property
    def signers(self) -> tuple[HandoverSide, ...]:
        """Return who has to sign it: all three, or without a provider that closed."""
        is_closed = self.outgoing.closed_on is not None
        return tuple(s for s in HandoverSide if s != HandoverSide.PROVIDER or not is_closed)

    def party(self, side: str) -> Organisation:
        """Return for whom ``side`` signs it."""
        if side == HandoverSide.SUCCESSOR:
            return self.successor
        return self.outgoing if side == HandoverSide.PROVIDER else self.contract.commissioner

    def is_in_force_since(self, moment: datetime) -> bool:
        """Return whether it came into force at ``moment`` or after it."""
        return self.in_force_at is not None and self.in_force_at >= moment


LOCKED = "CON-94 What was proposed stays as it was read."
ONE = "CON-72 One change at a time: a variation or a handover is open already."
DRAFTING = f"'{HandoverState.DRAFTING}'"
BOUND = f"('{HandoverState.SIGNED}', '{HandoverState.IN_FORCE}')"
FINAL = (
    f"('{HandoverState.IN_FORCE}', '{HandoverState.DECLINED}', '{HandoverState.WITHDRAWN}', "
    f"'{HandoverState.CANCELLED}')"
)
CANCELLED = (
    f"(OLD.state = '{HandoverState.SIGNED}' AND NEW.state = '{HandoverState.CANCELLED}' "
    "AND EXISTS (SELECT 1 FROM contract_ending e WHERE e.contract_id = NEW.contract_id "
    "AND e.ends_on < NEW.from_on))"
)
"""A handover that all signed is cancelled: the contract was ended before its day."""
ASKED = f"('{HandoverState.PROPOSED}', '{HandoverState.PART_SIGNED}')"
KEPT = [
    field.attname
    for field in Handover._meta.local_concrete_fields
    if field.attname not in {"state", "answer", "answered_for", "in_force_at"}
]


def _open(table: str, states: tuple[str, ...]) -> str:
    among = ", ".join(f"'{state}'" for state in states)
    return (
        f"EXISTS (SELECT 1 FROM {table} o WHERE o.contract_id = NEW.contract_id "
        f"AND (o.state IN ({among}) OR o.signing_round = NEW.signing_round))"
    )


guard(
    Handover,
    "INSERT",
    label="begun",
    when=(
        f"NEW.state <> {DRAFTING} OR NOT EXISTS (SELECT 1 FROM contract_contract k "
        "JOIN articulate_proposal p ON p.id = k.proposal_id WHERE k.id = NEW.contract_id "
        "AND k.state = 'in_force' AND NEW.signing_round > k.signing_round "
        "AND NEW.outgoing_id = coalesce(k.taken_over_by_id, p.provider_id))"
    ),
    message="CON-91 A handover begins as a draft, from who delivers a contract in force.",
)
guard(
    Handover,
    "INSERT",
    label="alone",
    when=_open("contract_variation", OPEN_VARIATIONS),
    message=ONE,
)
guard(
    Variation,
    "INSERT",
    label="alone",
    when=_open("contract_handover", OPEN_HANDOVERS),
    message=ONE,
)
guard(
    Handover,
    "UPDATE",
    label="final",
    when=f"OLD.state IN {FINAL}",
    message="CON-94 A handover that is in force, declined or withdrawn stays as it is.",
)
guard(
    Handover,
    "UPDATE",
    label="locked",
    when=(
        f"(OLD.state <> {DRAFTING} AND (NEW.state = {DRAFTING} OR {' OR '.join(map(differs, KEPT))})) "
        f"OR (OLD.state = '{HandoverState.SIGNED}' AND NEW.state <> '{HandoverState.IN_FORCE}' "
        f"AND NOT {CANCELLED}) "
        f"OR (NEW.state = '{HandoverState.CANCELLED}' AND NOT {CANCELLED}) "
        "OR NEW.contract_id <> OLD.contract_id OR NEW.outgoing_id <> OLD.outgoing_id"
    ),
    message=LOCKED,
)
guard(
    Handover,
    "UPDATE",
    label="unsigned",
    when=f"NEW.state IN {BOUND} AND NOT {HANDED_BY_ALL.format(h='NEW')}",
    message=HANDED,
)
guard(
    Handover,
    "UPDATE",
    label="not_applied",
    when=(
        f"NEW.state = '{HandoverState.IN_FORCE}' AND NOT EXISTS (SELECT 1 FROM contract_contract k "
        "WHERE k.id = NEW.contract_id AND k.taken_over_by_id = NEW.successor_id)"
    ),
    message="CON-91 A handover is in force once the contract has its new provider.",
)
guard(Handover, "DELETE", message="CON-94 A handover is never removed.")
_ROUND = (
    "EXISTS (SELECT 1 FROM contract_handover h WHERE h.contract_id = NEW.contract_id "
    "AND h.signing_round = NEW.signing_round{and_})"
)
guard(
    Signature,
    "INSERT",
    label="successor",
    when=f"NEW.side = '{HandoverSide.SUCCESSOR}' AND NOT {_ROUND.format(and_='')}",
    message="CON-91 A successor signs a handover, and nothing else.",
)
guard(
    Signature,
    "INSERT",
    label="handover_not_asked",
    when=_ROUND.format(and_=f" AND h.state NOT IN {ASKED}"),
    message="CON-94 A handover is signed while it is proposed.",
)
