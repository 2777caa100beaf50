"""On a telephone, without scripts: somebody asks to be called in BSL, and their story comes of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from makegood.capture.models import CallWords, Story
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The nurse signs with me now"


def test_a_story_is_signed_typed_in_and_found_again(
    visitor: Callable[..., Visitor], cast: Cast
) -> None:
    link = loop.a_story_link(cast)
    someone = visitor(scripts=False, width=320)
    someone.open(f"/tell/{link.token}/")
    someone.follow("Ask us to call you")
    someone.choose("By telephone")
    someone.write("Your telephone number", "joel@example.org")
    someone.write("When is a good time?", "After five")
    someone.choose(f"{cast.assessors}, who judge the service and do not deliver it")
    someone.press("Ask for the call")
    someone.see("Write your telephone number with its area code")
    someone.choose("By video, in British Sign Language")
    someone.press("Ask for the call")
    someone.see("They are told, and will call you.")
    someone.see("joel@example.org")
    dana = visitor()
    dana.become(cast.dana)
    dana.open("/desk/")
    dana.follow("Call somebody who wants to tell a story")
    dana.see("joel@example.org")
    dana.choose("I did not reach them")
    dana.press("Keep this")
    dana.press("Type in what they tell")
    dana.write("What changed for you?", WORDS)
    dana.choose("Someone who uses the service")
    dana.choose("Only the people who judge the evidence")
    dana.choose("I read it back to them, with who may read it, and they agreed")
    dana.press("Keep this story")
    dana.see("Their number is erased")
    assert Story.objects.get().said.words == WORDS
    assert not CallWords.objects.exists()
    someone.open(someone.page.url)
    someone.see(WORDS)


def test_a_complaint_is_answered_on_a_private_page(
    visitor: Callable[..., Visitor], cast: Cast
) -> None:
    _, secret = loop.a_story(cast)
    someone = visitor(scripts=False, width=320)
    someone.open(f"/my-story/{secret}/")
    someone.follow("Complain about the service, or about how your story was treated")
    someone.choose("How my story was asked for, shown or treated")
    someone.choose(f"{cast.commissioner}, who buy it and answer for it")
    someone.write("What went wrong?", "Nobody told me who calls")
    someone.press("Make the complaint")
    someone.see("answers by")
    erin = visitor()
    erin.become(cast.erin)
    erin.open("/desk/")
    erin.follow("Answer a complaint")
    erin.write("Your answer", "The page says it from today.")
    erin.press("Send the answer")
    someone.open(someone.page.url)
    someone.see("The page says it from today.")
