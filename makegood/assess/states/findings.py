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
