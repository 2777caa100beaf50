"""The life of an invitation, of a claim, and of what somebody says is here twice."""

from datetime import timedelta
from enum import StrEnum

from makegood.kernel.transition import Table, step


class InvitationState(StrEnum):
    """An invitation is open until it is answered or taken back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


INVITATIONS = Table(
    name="invitation",
    states=InvitationState,
    initial=InvitationState.OPEN,
    transitions=(
        step("send_again", InvitationState.OPEN, InvitationState.OPEN, who="owner"),
        step("accept_invitation", InvitationState.OPEN, InvitationState.ACCEPTED, who="invited"),
        step("decline_invitation", InvitationState.OPEN, InvitationState.DECLINED, who="invited"),
        step("withdraw_invitation", InvitationState.OPEN, InvitationState.WITHDRAWN, who="owner"),
    ),
)
INVITATION_LASTS = timedelta(days=14)


class ClaimState(StrEnum):
    """A claim waits for a decision, or is taken back."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


CLAIMS = Table(
    name="claim",
    states=ClaimState,
    initial=ClaimState.OPEN,
    transitions=(
        step("accept_claim", ClaimState.OPEN, ClaimState.ACCEPTED, who="whoever decides on claims"),
        step(
            "decline_claim", ClaimState.OPEN, ClaimState.DECLINED, who="whoever decides on claims"
        ),
        step("withdraw_claim", ClaimState.OPEN, ClaimState.WITHDRAWN, who="claimant"),
    ),
)
MOST_CLAIMS = 5
"""So many claims of one person wait at once."""


class DuplicateState(StrEnum):
    """That two entries are one is open until whoever decides makes them one, or leaves them two."""

    OPEN = "open"
    MERGED = "merged"
    LEFT = "left as two"


DUPLICATES = Table(
    name="duplicate",
    states=DuplicateState,
    initial=DuplicateState.OPEN,
    transitions=(
        step(
            "settle_with_merger",
            DuplicateState.OPEN,
            DuplicateState.MERGED,
            who="whoever decides on claims",
        ),
        step(
            "leave_as_two",
            DuplicateState.OPEN,
            DuplicateState.LEFT,
            who="whoever decides on claims",
        ),
    ),
)
