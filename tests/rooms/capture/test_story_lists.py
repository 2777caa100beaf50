"""Stories are read a page at a time: by everyone what is shown, by those who judge each of them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from makegood.capture.models import Story
from makegood.capture.queries import story_counts
from makegood.web.queries.desk import desk_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.telling import told_at_every_stage

WAY = "Look for names in 4 stories"


def page(client: Client, story: Story, **asked: object) -> str:
    address = reverse("stories_told", args=[story.commitment.reference])
    return client.get(address, asked).content.decode()


@pytest.fixture
def story(cast: Cast) -> Story:
    """Return a story among ten, two of each kind; of two the teller took the words back."""
    told_at_every_stage(loop.a_story_link(cast), count=2, cast=cast)
    return Story.objects.all()[0]


def test_everyone_reads_what_is_shown_and_how_much_is_not(story: Story, client: Client) -> None:
    shown = page(client, story)
    assert shown.count("a name left out") == 2
    assert "Maureen" not in shown
    assert "6 more stories are read by those who judge" in shown
    assert "2 stories were withdrawn" in shown
    assert "publish it" not in shown
    assert page(client, story, standing="kept", q="Maureen").count("a name left out") == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 8),
        ({"standing": "waiting"}, 4),
        ({"standing": "published"}, 2),
        ({"standing": "kept"}, 2),
        ({"q": "told 1"}, 1),
        ({"q": "nobody said this"}, 0),
    ],
)
def test_who_judges_narrows_them(
    cast: Cast, story: Story, client: Client, asked: dict[str, str], found: int
) -> None:
    client.force_login(cast.dana)
    shown = page(client, story, **asked)
    assert shown.count("Maureen helped me") == found
    assert ("No story is like that" in shown) == (not found)


def test_a_long_list_has_pages(cast: Cast, client: Client) -> None:
    told_at_every_stage(loop.a_story_link(cast), count=6, cast=cast)
    first = Story.objects.all()[0]
    client.force_login(cast.dana)
    assert page(client, first).count("Maureen helped me") == 20
    assert page(client, first, page=2).count("Maureen helped me") == 4


def test_stories_are_counted(story: Story) -> None:
    counts = story_counts(story.commitment)
    assert (counts.told, counts.shown, counts.kept, counts.withdrawn) == (8, 2, 6, 2)


def test_stories_wait_on_the_desk_of_those_who_judge(cast: Cast, story: Story) -> None:
    today = loop.STARTS_ON
    people = (cast.alice, cast.bob, cast.charlie, cast.dana, cast.erin, cast.frank, cast.grace)
    found = [who for who in people if WAY in [t.title for t in desk_of(who, today=today).now()]]
    assert found == [cast.dana]
