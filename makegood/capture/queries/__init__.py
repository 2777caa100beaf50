"""What was captured, what is due, and what of it may be read."""

from makegood.capture.queries.asking import (
    USUAL,
    asked_for_by,
    prompts_now,
    qr_of,
    questions_now,
)
from makegood.capture.queries.figures import (
    Rests,
    captures_visible_to,
    figures_owed,
    periods_without_figure,
    uploads_for,
)
from makegood.capture.queries.safeguarding import (
    concerns_told_to,
    concerns_waiting,
    named_person,
)
from makegood.capture.queries.since import Happening, what_happened
from makegood.capture.queries.stories import (
    Telling,
    files_of,
    judged_by,
    open_link,
    publication_of,
    secret_digest,
    shown_as,
    stories_told,
    story_with_secret,
    suggested_for,
    telling,
    tellings,
    told_to,
    told_to_judge,
    widest_consent,
    withdrawn_count,
)

__all__ = [
    "USUAL",
    "Happening",
    "Rests",
    "Telling",
    "asked_for_by",
    "captures_visible_to",
    "concerns_told_to",
    "concerns_waiting",
    "figures_owed",
    "files_of",
    "judged_by",
    "named_person",
    "open_link",
    "periods_without_figure",
    "prompts_now",
    "publication_of",
    "qr_of",
    "questions_now",
    "secret_digest",
    "shown_as",
    "stories_told",
    "story_with_secret",
    "suggested_for",
    "telling",
    "tellings",
    "told_to",
    "told_to_judge",
    "uploads_for",
    "what_happened",
    "widest_consent",
    "withdrawn_count",
]
