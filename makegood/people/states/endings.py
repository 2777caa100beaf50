"""How one organisation follows another: in how much, and who has said so."""

from enum import StrEnum

from makegood.kernel.transition import Table, step


class Extent(StrEnum):
    """How much of what an organisation did goes on with another."""

    WHOLE = "whole"
    PART = "part"


class SuccessionState(StrEnum):
    """A succession is said by one side, and stands once the other says so too, unless it is undone."""

    NAMED = "named"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"


_ASKED = "owner of the other, or whoever decides on claims"
_OUTSIDE = "whoever decides on claims, and belongs to neither"
SUCCESSIONS = Table(
    name="succession",
    states=SuccessionState,
    initial=SuccessionState.NAMED,
    transitions=(
        step("confirm_succession", SuccessionState.NAMED, SuccessionState.CONFIRMED, who=_ASKED),
        step("decline_succession", SuccessionState.NAMED, SuccessionState.DECLINED, who=_ASKED),
        step("withdraw_succession", SuccessionState.NAMED, SuccessionState.WITHDRAWN, who="owner"),
        step("undo_succession", SuccessionState.CONFIRMED, SuccessionState.UNDONE, who=_OUTSIDE),
    ),
)
STANDING_SUCCESSIONS = (SuccessionState.NAMED, SuccessionState.CONFIRMED)
