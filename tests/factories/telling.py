"""Stories on their way to everyone, as addresses need them."""

from __future__ import annotations

from collections.abc import Callable

from makegood.capture.actions import prepare_publication
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


TELLING: dict[str, Maker] = {
    "story": story,
    "story-page": story_page,
    "told": told,
    "told-for": told_for,
    "prepared-story": prepared,
    "shown-story": shown,
}
