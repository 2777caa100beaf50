"""What was captured, what is due, and what of it may be read."""

from makegood.capture.queries.figures import (
    Rests,
    captures_visible_to,
    figures_owed,
    periods_without_figure,
    uploads_for,
)
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
    told_to_judge,
    widest_consent,
    withdrawn_count,
)

__all__ = [
    "Rests",
    "Telling",
    "captures_visible_to",
    "figures_owed",
    "files_of",
    "judged_by",
    "open_link",
    "periods_without_figure",
    "publication_of",
    "secret_digest",
    "shown_as",
    "stories_told",
    "story_with_secret",
    "suggested_for",
    "telling",
    "tellings",
    "told_to_judge",
    "uploads_for",
    "widest_consent",
    "withdrawn_count",
]
