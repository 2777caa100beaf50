"""On a telephone, without scripts: a person tells for their child, adds a photo, and says they are afraid."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from makegood.capture.models import Concern, Story, StoryFile
from makegood.capture.states import Basis
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "She does not sleep at home"


def test_a_parent_tells_adds_a_photo_and_is_heard(
    visitor: Callable[..., Visitor], cast: Cast, tmp_path: Path
) -> None:
    link = loop.a_story_link(cast)
    someone = visitor(scripts=False, width=320)
    someone.open(f"/tell/{link.token}/")
    someone.write("What changed for you?", WORDS)
    someone.choose("Someone who cares for a person who uses it")
    someone.choose("A child’s, and I answer for the child")
    someone.choose("Only the people who judge the evidence")
    someone.press("Send my story")
    someone.see("Say what lets you agree for them")
    someone.choose("I have parental responsibility for the child")
    someone.write("Who are you to them?", "her father")
    someone.press("Send my story")
    someone.see(WORDS)
    assert Story.objects.get().basis == Basis.PARENT
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    photo = tmp_path / "room.png"
    photo.write_bytes(made.getvalue())
    someone.press("Add a photo, sound, film or document")
    someone.attach("Photo, sound, film or document", photo)
    someone.write("What does it show or say?", "Her room")
    someone.choose("Nobody else")
    someone.press("Add it")
    someone.see("Her room")
    assert StoryFile.objects.count() == 1
    someone.follow("Somebody is harmed, or I am afraid")
    someone.press("Tell them")
    someone.see("They are told. If anyone is in danger now, ring 999.")
    erin = visitor()
    erin.become(cast.erin)
    erin.open("/desk/")
    erin.follow("Somebody may be harmed")
    erin.see(WORDS)
    erin.choose("I told the council’s safeguarding team")
    erin.press("Keep this")
    assert Concern.objects.get().steps.get().taken_by == cast.erin
