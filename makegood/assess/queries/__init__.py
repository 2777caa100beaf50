"""What was analysed and found, and who may see it."""

from makegood.assess.queries.findings import (
    PROGRAMME,
    assessments_visible_to,
    findings_open_at,
    findings_visible_to,
    judgement_so_far,
    latest_analysis,
    may_be_published,
    stories_cited,
    tellings_cited,
    withdrawn_since,
)

__all__ = [
    "PROGRAMME",
    "assessments_visible_to",
    "findings_open_at",
    "findings_visible_to",
    "judgement_so_far",
    "latest_analysis",
    "may_be_published",
    "stories_cited",
    "tellings_cited",
    "withdrawn_since",
]
