"""How many stories were told is checked and disputed too, as it stands."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    answer_dispute,
    check_stories,
    dispute_stories,
    resolve_dispute,
    withdraw_story,
)
from makegood.capture.models import Check, Dispute
from makegood.capture.queries import count_shown, story_counts
from makegood.capture.states import DisputeOutcome, Level
from makegood.contract.models import Commitment
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.states import Role
from makegood.web.queries.desk import desk_of
from tests.factories import loop
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.telling import a_disputed_count
from tests.rules.refusing import refused

HOW = "We were there when people were given the link"


def told(cast: Cast) -> Commitment:
    return loop.a_story(cast)[0].commitment


def level(commitment: Commitment) -> Level:
    return count_shown(commitment, count=story_counts(commitment).told).level


def test_a_count_is_checked_as_it_stands(cast: Cast) -> None:
    story, _ = loop.a_story(cast)
    held = story.commitment
    said = {"level": Level.VERIFIED, "how": HOW, "house": cast.assessors, "by": cast.dana}
    for counted in (0, 2):
        with refused("CAP-73"):
            check_stories(held, counted=counted, **said)
    for _ in range(2):
        check_stories(held, counted=1, **said)
    assert (Check.objects.count(), level(held)) == (1, Level.VERIFIED)
    withdraw_story(story)
    assert level(held) == Level.SELF_REPORTED
    with refused("CAP-73"):
        check_stories(held, counted=1, **said)
    assert verify().problems == []


def test_who_asked_for_stories_does_not_count_them_and_no_provider_verifies(cast: Cast) -> None:
    held = told(cast)
    join(cast.provider, person=cast.frank, role=Role.EDITOR, by=cast.alice)
    said = {"counted": 1, "how": HOW, "house": cast.provider}
    with refused("CAP-41", saying="asked for these stories"):
        check_stories(held, level=Level.CORROBORATED, by=cast.alice, **said)
    with refused("CAP-42"):
        check_stories(held, level=Level.VERIFIED, by=cast.frank, **said)
    with refused("CAP-43"):
        check_stories(held, level=Level.CORROBORATED, by=cast.frank, **said | {"how": " "})
    check_stories(held, level=Level.CORROBORATED, by=cast.frank, **said)
    for by in (cast.bob, cast.charlie, cast.grace):
        with pytest.raises(NotPermitted):
            check_stories(held, level=Level.CORROBORATED, by=by, **said)


def test_a_count_is_disputed_and_settled(cast: Cast) -> None:
    dispute = a_disputed_count(cast)
    held = dispute.commitment
    again = {"reason": dispute.reason, "house": cast.commissioner, "by": cast.erin}
    assert dispute_stories(held, **again) == dispute
    with refused("CAP-46", saying="This count of stories"):
        dispute_stories(held, **again | {"reason": "Another"})
    assert level(held) == Level.DISPUTED
    waits = [task.title for task in desk_of(cast.alice, today=loop.STARTS_ON).now()]
    assert "Answer the dispute of a count of stories" in waits
    answered = answer_dispute(dispute, words="They were not", by=cast.alice)
    done = resolve_dispute(answered, outcome=DisputeOutcome.STANDS, why="So it is", by=cast.erin)
    assert (done.ended_as, level(held)) == ("The count of stories stands", Level.SELF_REPORTED)
    assert verify().problems == []


def test_a_dispute_is_of_one_thing(cast: Cast) -> None:
    dispute = a_disputed_count(cast)
    for change in ({"stories": None}, {"stories": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.filter(pk=dispute.pk).update(**change)


def test_it_is_checked_disputed_and_read_on_its_pages(cast: Cast, client: Client) -> None:
    held = told(cast)
    page = reverse("stories_told", args=[held.reference])
    check, dispute = (
        reverse(f"{act}_stories", args=[held.reference]) for act in ("check", "dispute")
    )
    client.force_login(cast.erin)
    assert 'name="counted" value="1"' in client.get(check).content.decode()
    sent = {"level": "corroborated", "how": HOW}
    assert "Count them again" in client.post(check, sent | {"counted": "2"}).content.decode()
    assert client.post(check, sent | {"counted": "1"})["Location"] == page
    assert client.post(dispute, {"reason": "Two are one"})["Location"] == page
    client.logout()
    shown = client.get(page).content.decode()
    for words in (HOW, "Two are one", "Disputed", "The provider has not answered yet"):
        assert words in shown
    assert "Answer for the provider" not in shown
    client.force_login(cast.alice)
    assert "Answer for the provider" in client.get(page).content.decode()
    thread = client.get(held.get_absolute_url()).content.decode()
    assert "Disputed" in thread.split("1 story told.")[1].split("</p>")[0]
