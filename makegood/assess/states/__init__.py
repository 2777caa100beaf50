"""What a finding may conclude, and how it gets from an assessor to the public."""

from makegood.assess.states.findings import (
    FINDINGS,
    SAID,
    SAYS_NOTHING,
    Conclusion,
    FindingState,
)

__all__ = ["FINDINGS", "SAID", "SAYS_NOTHING", "Conclusion", "FindingState"]
