"""The life of advice to a group that is not yet an organisation."""

from enum import StrEnum

from makegood.kernel.transition import Table, step


class AdviceState(StrEnum):
    """Advice is asked for, taken on by somebody, and ended."""

    ASKED = "asked"
    TAKEN = "taken"
    ENDED = "ended"


_EITHER = "the group or the unit, or by itself when either closes or the adviser leaves"
ADVICE = Table(
    name="advice",
    states=AdviceState,
    initial=AdviceState.ASKED,
    transitions=(
        step("take_advice", AdviceState.ASKED, AdviceState.TAKEN, who="whoever advises"),
        step("end_advice", AdviceState.ASKED, AdviceState.ENDED, who=_EITHER),
        step("end_advice", AdviceState.TAKEN, AdviceState.ENDED, who=_EITHER),
    ),
)
