"""Everyone who opens the page plays the film and hears the sound: nothing of ours forbids it."""

from __future__ import annotations

import wave
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from makegood.capture.actions import (
    add_story_file,
    prepare_publication,
    publish_story,
    tell_story,
)
from makegood.capture.states import Consent, ToldAs, WhoElse
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.films import MP4, WEBM
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PLAYED = """async (held) => {
    held.muted = true;
    await held.play();
    return [held.readyState >= held.HAVE_CURRENT_DATA, held.error === null];
}"""


def a_wav() -> bytes:
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16_000))
    return made.getvalue()


def test_films_and_sounds_play(visitor: Callable[..., Visitor], cast: Cast) -> None:
    story, _ = tell_story(
        loop.a_story_link(cast),
        words="I sign",
        told_as=ToldAs.USER,
        consent=Consent.PUBLIC,
        first_name="Dot",
    )
    files = [
        add_story_file(
            story,
            file=ContentFile(content, name="held"),
            description=f"I sign {number}",
            who_else=WhoElse.NOBODY,
            is_for_all=True,
        )
        for number, content in enumerate((MP4, WEBM, a_wav()))
    ]
    prepare_publication(story, omissions=[], files=files, by=cast.dana)
    publish_story(story, by=cast.dana)
    someone = visitor()
    someone.open(reverse("stories_told", args=[story.commitment.reference]))
    held = someone.page.locator("video, audio").all()
    assert [each.evaluate(PLAYED) for each in held] == [[True, True]] * 3
