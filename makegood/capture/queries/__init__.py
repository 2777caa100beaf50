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
    open_link,
    secret_digest,
    stories_told,
    story_with_secret,
    telling,
    tellings,
    withdrawn_count,
)

__all__ = [
    "Rests",
    "Telling",
    "captures_visible_to",
    "figures_owed",
    "open_link",
    "periods_without_figure",
    "secret_digest",
    "stories_told",
    "story_with_secret",
    "telling",
    "tellings",
    "uploads_for",
    "withdrawn_count",
]
