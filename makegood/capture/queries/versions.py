"""Stories in other words, as each reader may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from makegood.capture.models import Story, StoryPublication, StoryVersion
from makegood.capture.states import LANGUAGES, PublicationState, VersionKind

VERSIONS_NOW = Prefetch(
    "versions",
    queryset=StoryVersion.objects.filter(removed_at__isnull=True).select_related("said"),
)
"""The other words in which stories are kept, read at once."""


@dataclass(frozen=True, kw_only=True)
class VersionRead:
    """A story in other words, as it is shown."""

    public_id: UUID
    title: str
    language: str
    words: str
    made: str
    checked: str
    is_shown: bool
    """Whether everyone reads it, as long as the story is shown as it is."""


def versions_of_story(story: Story) -> list[VersionRead]:
    """Return all the other words in which ``story`` is kept, for its teller and those who judge."""
    held = story.versions.filter(removed_at__isnull=True)
    return [
        _read(each, is_shown=_stands(each.publication))
        for each in held.select_related("said", "publication")
    ]


def versions_read(
    story: Story, *, shown: StoryPublication | None, is_assessor: bool
) -> list[VersionRead]:
    """Return what a reader may read: everyone what was checked with what is shown of the story now."""
    held: Iterable[StoryVersion] = story.versions.all()
    now = shown.pk if shown is not None and _stands(shown) else None
    return [
        _read(each, is_shown=now is not None and each.publication_id == now)
        for each in held
        if is_assessor or (now is not None and each.publication_id == now)
    ]


def _stands(shown: StoryPublication | None) -> bool:
    return shown is not None and shown.state == PublicationState.PUBLISHED


def _read(each: StoryVersion, *, is_shown: bool) -> VersionRead:
    language = LANGUAGES.get(each.language, each.language)
    is_easy = each.kind == VersionKind.EASY_READ
    checked = "Not checked yet"
    if each.checked_at:
        checked = f"checked on {timezone.localdate(each.checked_at):%-d %B %Y}"
    return VersionRead(
        public_id=each.public_id,
        title=f"Easy Read, in {language}" if is_easy else f"In {language}",
        language=each.language,
        words=each.said.words,
        made=each.get_made_how_display(),
        checked=checked,
        is_shown=is_shown,
    )
