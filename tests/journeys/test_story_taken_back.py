"""A person changes who reads their story, and takes it back, without an account."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from makegood.capture.models import Story, StoryWords
from makegood.capture.states import Consent, StoryState
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
HEAVIEST = 60_000
"""Bytes over the wire, so that the page opens where there is hardly a signal."""
WORDS = "Nobody answers at weekends"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_story_is_changed_and_taken_back(
    visitor: Callable[..., Visitor], cast: Cast, scripts: bool
) -> None:
    link = loop.a_story_link(cast)
    someone = visitor(scripts=scripts, width=320)
    sent: list[Response] = []

    def keep(response: Response) -> None:
        sent.append(response)

    someone.page.on("response", keep)
    someone.open(f"/tell/{link.token}/")
    assert 0 < sum(len(gzip.compress(each.body())) for each in sent) < HEAVIEST
    someone.page.remove_listener("response", keep)
    someone.write("What changed for you?", WORDS)
    someone.choose("Someone who uses the service")
    someone.choose("Anyone, without my name")
    someone.press("Send my story")
    someone.see(WORDS)
    someone.choose("Only the people who judge the evidence")
    someone.press("Keep this choice")
    someone.see("Kept. It counts from now on.")
    assert Story.objects.get().consent == Consent.ASSESSOR
    someone.follow("Take my story back")
    someone.press("Take it back")
    someone.see("Your story is withdrawn and its words are erased.")
    assert Story.objects.get().state == StoryState.WITHDRAWN
    assert not StoryWords.objects.exists()
