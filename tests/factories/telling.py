"""Stories on their way to everyone, as addresses need them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from makegood.capture.actions import add_story_file, prepare_publication, raise_concern
from makegood.capture.models import Concern, StoryFile
from makegood.capture.states import WhoElse
from tests.factories import loop
from tests.factories.cast import Cast

Maker = Callable[[Cast], dict[str, object]]


def told(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_story(cast)[0].reference}


def told_for(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_story(cast)[0].commitment.reference}


def prepared(cast: Cast) -> dict[str, object]:
    story, _ = loop.a_story(cast)
    prepare_publication(story, omissions=[], by=cast.dana)
    return {"reference": story.reference}


def shown(cast: Cast) -> dict[str, object]:
    return {"reference": loop.a_shown_story(cast)[0].reference}


def story(cast: Cast) -> dict[str, object]:
    return {"secret": loop.a_story(cast)[1]}


def story_page(cast: Cast) -> dict[str, object]:
    return {"token": loop.a_story_link(cast).token}


def a_sound(name: str = "sound.mp3") -> ContentFile[bytes]:
    return ContentFile(b"ID3 nothing but a beginning", name=name)


def a_story_file(cast: Cast) -> tuple[StoryFile, str]:
    """Return what was added to a story, and the secret of its teller."""
    story, secret = loop.a_story(cast)
    added = add_story_file(story, file=a_sound(), description="I sing", who_else=WhoElse.NOBODY)
    return added, secret


def story_file(cast: Cast) -> dict[str, object]:
    added, secret = a_story_file(cast)
    return {"secret": secret, "file": added.public_id}


def told_file(cast: Cast) -> dict[str, object]:
    added, _ = a_story_file(cast)
    return {"reference": added.story.reference, "file": added.public_id}


def a_concern(cast: Cast) -> Concern:
    story, _ = loop.a_story(cast)
    return raise_concern(story)


def concern(cast: Cast) -> dict[str, object]:
    return {"concern": a_concern(cast).public_id}


TELLING: dict[str, Maker] = {
    "story": story,
    "story-file": story_file,
    "told-file": told_file,
    "concern": concern,
    "story-page": story_page,
    "told": told,
    "told-for": told_for,
    "prepared-story": prepared,
    "shown-story": shown,
}
