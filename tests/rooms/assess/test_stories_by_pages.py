"""Whoever judges reads stories a page at a time, and what was chosen on another page comes along."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from makegood.assess.models import Finding
from makegood.capture.actions import tell_story
from makegood.capture.models import StoryLink
from makegood.capture.states import Consent, ToldAs
from makegood.kernel.filters import PAGE
from tests.factories.cast import Cast
from tests.factories.loop import a_story_link

ANSWERS = {"conclusion": "partly delivered", "reasons": "They say so"}


def told(link: StoryLink, *, count: int) -> list[str]:
    """Tell so many stories; return their references, the newest first."""
    stories = [
        tell_story(link, words=f"Better, {number}", told_as=ToldAs.USER, consent=Consent.ASSESSOR)[
            0
        ]
        for number in range(count)
    ]
    return [story.reference for story in reversed(stories)]


def cited() -> set[str]:
    citations = Finding.objects.get().citations.filter(is_withdrawn=False)
    return set(citations.values_list("story__reference", flat=True))


def test_twenty_stand_on_a_page_and_the_form_shows_them(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    references = told(link, count=PAGE + 2)
    client.force_login(cast.dana)
    path = reverse("assess", args=[link.commitment.reference])
    first = client.get(path).content.decode()
    assert f'value="{references[0]}"' in first
    assert f'value="{references[-1]}"' not in first
    assert "Better, 0<" not in first
    assert "Before you turn the page" in first
    second = client.get(path, {"page": "2"}).content.decode()
    assert f'value="{references[-1]}"' in second
    assert "Better, 0" in second


def test_what_was_chosen_on_another_page_comes_along(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    references = told(link, count=PAGE + 2)
    client.force_login(cast.dana)
    path = reverse("assess", args=[link.commitment.reference])
    assert client.post(path, ANSWERS | {"stories": [references[0]]}).status_code == 302
    second = client.get(path, {"page": "2"})
    assert f'value="{references[0]}"' in second.content.decode()
    both = {"stories": [references[0], references[-1]]}
    assert client.post(f"{path}?page=2", ANSWERS | both).status_code == 302
    assert cited() == {references[0], references[-1]}


def test_few_stories_have_no_pages(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    told(link, count=1)
    client.force_login(cast.dana)
    page = client.get(reverse("assess", args=[link.commitment.reference])).content.decode()
    assert "Before you turn the page" not in page
    assert "Pages of this list" not in page
