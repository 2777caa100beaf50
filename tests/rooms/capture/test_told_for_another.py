"""Who tells for a child, or for an adult who cannot decide alone, says what lets them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import Whose, tell_story, withdraw_story
from makegood.capture.models import Story, StoryLink, StoryWords
from makegood.capture.queries import widest_consent
from makegood.capture.states import Basis, Consent, ToldAs, ToldFor
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.loop import a_story, a_story_link
from tests.rules.refusing import refused

HERS = Whose(told_for=ToldFor.CHILD, basis=Basis.PARENT, relation="her father")
BEST = Whose(told_for=ToldFor.ADULT, basis=Basis.BEST_INTERESTS, relation="his sister")


def tell(link: StoryLink, *, whose: Whose, consent: Consent = Consent.ANONYMOUS) -> Story:
    story, _ = tell_story(
        link,
        words="She goes to school again",
        told_as=ToldAs.CARER,
        consent=consent,
        first_name="Ann",
        whose=whose,
    )
    return story


def test_whose_it_is_stands_on_the_record_and_who_tells_it_with_the_words(cast: Cast) -> None:
    story = tell(a_story_link(cast), whose=HERS)
    assert (story.told_for, story.basis) == (ToldFor.CHILD, Basis.PARENT)
    assert story.said.relation == "her father"
    assert verify().problems == []
    withdraw_story(story)
    assert not StoryWords.objects.exists()
    assert verify().problems == []


@pytest.mark.parametrize(
    "whose",
    [
        Whose(told_for=ToldFor.CHILD, relation="her father"),
        Whose(told_for=ToldFor.CHILD, basis=Basis.ATTORNEY, relation="her father"),
        Whose(told_for=ToldFor.ADULT, basis=Basis.PARENT, relation="his mother"),
        Whose(told_for=ToldFor.ADULT, basis=Basis.DEPUTY, relation=" "),
    ],
)
def test_a_basis_that_does_not_fit_is_refused(cast: Cast, whose: Whose) -> None:
    with refused("CAP-05"):
        tell(a_story_link(cast), whose=whose)
    assert not Story.objects.exists()


def test_best_interests_alone_show_no_name(cast: Cast) -> None:
    link = a_story_link(cast)
    with refused("CAP-06"):
        tell(link, whose=BEST, consent=Consent.NAMED)
    story = tell(link, whose=BEST)
    assert widest_consent(story) is Consent.ANONYMOUS


def test_the_database_refuses_a_basis_that_does_not_fit(cast: Cast) -> None:
    story, _ = a_story(cast)
    wrong = [
        {"told_for": ToldFor.CHILD, "basis": ""},
        {"told_for": "", "basis": Basis.PARENT},
        {"told_for": ToldFor.CHILD, "basis": Basis.BEST_INTERESTS},
        {"told_for": ToldFor.ADULT, "basis": Basis.BEST_INTERESTS, "consent": Consent.NAMED},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=story.pk).update(**columns)


def test_an_own_story_keeps_nothing_of_another(cast: Cast) -> None:
    story = tell(a_story_link(cast), whose=Whose(basis=Basis.PARENT, relation="a friend"))
    assert (story.told_for, story.basis, story.said.relation) == ("", "", "")


def test_a_refused_page_keeps_every_word_and_shows_what_is_missing(
    cast: Cast, client: Client
) -> None:
    path = reverse("tell_story", args=[a_story_link(cast).token])
    answers = {
        "words": "She goes to school again",
        "told_as": "carer",
        "told_for": "child",
        "consent": "anonymous",
    }
    page = client.post(path, answers).content.decode()
    assert "what lets you agree" in page
    assert "She goes to school again" in page
    assert "<details" in page
    assert " open>" in page
    answers |= {"basis": "parent", "relation": "her father"}
    assert client.post(path, answers).status_code == 302
    assert Story.objects.get().basis == Basis.PARENT


def test_every_consent_says_what_comes_of_it(cast: Cast, client: Client) -> None:
    page = client.get(reverse("tell_story", args=[a_story_link(cast).token])).content.decode()
    for each in Consent:
        assert each.words in page
        assert each.example in page
    assert len(page.encode()) < 60_000
