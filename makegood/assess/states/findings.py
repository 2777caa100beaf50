"""What a finding may conclude, and how it gets from an assessor to the public."""

from enum import StrEnum

from makegood.kernel.transition import Table, Transition, step


class Conclusion(StrEnum):
    """What an assessor finds, numbers and words together."""

    DELIVERED = "delivered"
    PARTLY = "partly delivered"
    NOT_SHOWN = "not shown"
    NOT_DELIVERED = "not delivered"
    CANNOT_TELL = "cannot tell yet"
    TOO_SOON = "too soon to tell"

    def agrees_with(self, verdict: str) -> bool:
        """Return whether it says what the numbers say; where they say nothing, anything does."""
        return verdict in SAYS_NOTHING or self in SAID.get(verdict, ())


SAYS_NOTHING = frozenset({"", "no verdict", "not enough history"})
"""Verdicts of the engine that no finding differs from."""
SAID: dict[str, tuple[Conclusion, ...]] = {
    "delivered": (Conclusion.DELIVERED,),
    "improved, promise not ruled out": (Conclusion.PARTLY,),
    "improved but short": (Conclusion.PARTLY,),
    "no change shown": (Conclusion.NOT_SHOWN, Conclusion.NOT_DELIVERED),
    "worse": (Conclusion.NOT_DELIVERED,),
    "reached, not shown to be added": (Conclusion.NOT_SHOWN,),
    "not reached, not shown to be added": (Conclusion.NOT_SHOWN, Conclusion.NOT_DELIVERED),
    "cannot tell yet": (Conclusion.CANNOT_TELL,),
    "too soon to tell": (Conclusion.TOO_SOON,),
}
"""What a finding says that goes with a verdict of the engine."""


class FindingState(StrEnum):
    """A finding is written, put to the provider, answered, and published."""

    DRAFT = "draft"
    WITH_PROVIDER = "with_provider"
    REPLIED = "replied"
    PUBLISHED = "published"


FINDINGS = Table(
    name="finding",
    states=FindingState,
    initial=FindingState.DRAFT,
    transitions=(
        step("revise_finding", FindingState.DRAFT, FindingState.DRAFT, who="assessor"),
        step("send_finding", FindingState.DRAFT, FindingState.WITH_PROVIDER, who="assessor"),
        step("reply_to_finding", FindingState.WITH_PROVIDER, FindingState.REPLIED, who="provider"),
        Transition(
            act="publish_finding",
            sources=frozenset({FindingState.WITH_PROVIDER, FindingState.REPLIED}),
            target=FindingState.PUBLISHED,
            who="assessor",
        ),
    ),
)
