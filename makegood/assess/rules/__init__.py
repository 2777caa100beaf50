"""What must be true of findings."""

from makegood.assess.rules.findings import (
    check_assessor_is_independent,
    check_finding_against_evidence_says_why,
    check_finding_cites_evidence,
    check_finding_has_reasons,
    check_finding_is_a_draft,
    check_provider_was_heard,
    check_story_may_be_cited,
)

__all__ = [
    "check_assessor_is_independent",
    "check_finding_against_evidence_says_why",
    "check_finding_cites_evidence",
    "check_finding_has_reasons",
    "check_finding_is_a_draft",
    "check_provider_was_heard",
    "check_story_may_be_cited",
]
