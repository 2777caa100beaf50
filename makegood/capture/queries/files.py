"""What was added to stories, and what of it everyone sees or hears."""

from django.db.models import Prefetch, QuerySet

from makegood.capture.models import Story, StoryFile, StoryPublication
from makegood.capture.states import Consent, PublicationState, WhoElse

FILES_NOW = Prefetch(
    "files",
    queryset=StoryFile.objects.filter(removed_at__isnull=True).select_related("file", "said"),
)
"""What was added to stories and is there, read at once."""


def files_of(story: Story) -> QuerySet[StoryFile]:
    """Return what was added to ``story`` and is there, the first first."""
    return story.files.filter(removed_at__isnull=True).select_related("file", "said")


def files_shown(story: Story, *, shown: StoryPublication | None) -> list[StoryFile]:
    """Return which files of ``story`` everyone sees or hears beside its words, or will be once published."""
    named = set(shown.shown_files or ()) if shown else set()
    held = story.files.all() if named else ()
    return [
        each
        for each in held
        if str(each.public_id) in named and not each.removed_at and each.tells_no_place
    ]


def files_to_show(story: Story) -> list[StoryFile]:
    """Return which files of ``story`` may be shown to everyone: as far as rules can see."""
    if Consent(story.consent) is not Consent.PUBLIC:
        return []
    agreed = files_of(story).filter(is_for_all=True).exclude(who_else=WhoElse.NOT_ASKED)
    return [
        each
        for each in agreed
        if each.said.description and each.is_seen_or_heard and each.tells_no_place
    ]


def files_shown_of(reference: str) -> QuerySet[StoryFile]:
    """Return the files of one story that are there."""
    held = StoryFile.objects.filter(story__reference=reference, removed_at__isnull=True)
    return held.select_related("story", "file")


def is_shown_file(held: StoryFile) -> bool:
    """Return whether everyone sees or hears a file."""
    shown = held.story.publications.filter(state=PublicationState.PUBLISHED).first()
    is_named = shown is not None and str(held.public_id) in (shown.shown_files or ())
    return is_named and held.tells_no_place
