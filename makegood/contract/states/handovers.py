"""How a contract goes to another provider: who signs, why, and how far it is."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition, step

_PROPOSER = "the side that proposes"


class HandoverSide(StrEnum):
    """Those who sign a handover: the two parties, and who takes over from the provider."""

    COMMISSIONER = "commissioner"
    PROVIDER = "provider"
    SUCCESSOR = "successor"


class HandoverGround(StrEnum):
    """Why a contract goes to another provider, by kind."""

    MOVES = "moves"
    CHANGES = "changes"
    CANNOT = "cannot"
    OTHER = "other"

    @property
    def words(self) -> str:
        """Return the ground as people say it."""
        return {
            "moves": "The service moves to another organisation, with its staff",
            "changes": "The provider merges, or changes its form",
            "cannot": "The provider can no longer go on",
            "other": "Another ground, given in the reason",
        }[self.value]


class HandoverState(StrEnum):
    """A handover is written, proposed, signed by everyone it concerns, and in force from its day.

    It is cancelled if the contract is ended before that day.
    """

    DRAFTING = "drafting"
    PROPOSED = "proposed"
    PART_SIGNED = "part_signed"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"

    @property
    def words(self) -> str:
        """Return how it stands."""
        return {
            "drafting": "being written",
            "proposed": "proposed",
            "part_signed": "signed by some",
            "signed": "signed, and waits for its day",
            "in_force": "in force",
            "declined": "declined",
            "withdrawn": "withdrawn",
            "cancelled": "cancelled",
        }[self.value]

    @property
    def is_open(self) -> bool:
        """Return whether it may still come into force."""
        return self in OPEN_HANDOVERS

    @property
    def waits_for_signatures(self) -> bool:
        """Return whether it is read, and can be signed or declined."""
        return self in {HandoverState.PROPOSED, HandoverState.PART_SIGNED}


SENT_HANDOVERS = (HandoverState.PROPOSED, HandoverState.PART_SIGNED, HandoverState.SIGNED)
"""From when on a successor reads the contract, until it stands on its side."""
OPEN_HANDOVERS = (HandoverState.DRAFTING, *SENT_HANDOVERS)

HANDOVERS = Table(
    name="handover",
    states=HandoverState,
    initial=HandoverState.DRAFTING,
    transitions=(
        step(
            "revise_handover",
            HandoverState.DRAFTING,
            HandoverState.DRAFTING,
            who=_PROPOSER,
        ),
        step(
            "propose_handover",
            HandoverState.DRAFTING,
            HandoverState.PROPOSED,
            who=_PROPOSER,
        ),
        Transition(
            act="decline_handover",
            sources=frozenset({HandoverState.PROPOSED, HandoverState.PART_SIGNED}),
            target=HandoverState.DECLINED,
            who="the other side, or the successor",
        ),
        Transition(
            act="withdraw_handover",
            sources=frozenset(
                {HandoverState.DRAFTING, HandoverState.PROPOSED, HandoverState.PART_SIGNED}
            ),
            target=HandoverState.WITHDRAWN,
            who=_PROPOSER,
        ),
        Transition(
            act="sign_handover",
            sources=frozenset({HandoverState.PROPOSED, HandoverState.PART_SIGNED}),
            target=HandoverState.PART_SIGNED,
            who="signatory of a party, or of the successor",
        ),
        step(
            "complete_handover",
            HandoverState.PART_SIGNED,
            HandoverState.SIGNED,
            who="whoever signs last",
        ),
        step("begin_delivering", HandoverState.SIGNED, HandoverState.IN_FORCE, who="the clock"),
        step(
            "cancel_handover",
            HandoverState.SIGNED,
            HandoverState.CANCELLED,
            who="whoever ends the contract before its day",
        ),
    ),
)
