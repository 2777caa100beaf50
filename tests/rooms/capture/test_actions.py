"""Evidence follows signature; a story is read only as its teller agreed, and can be erased."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    capture_measurement,
    change_consent,
    close_story_link,
    open_story_link,
    prepare_publication,
    preview_capture,
    publish_story,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Story, StoryWords
from makegood.capture.queries import story_counts, story_with_secret, tellings
from makegood.capture.states import Consent, StoryState, ToldAs
from makegood.contract.actions import dispose_promise
from makegood.contract.models import Commitment
from makegood.contract.states import Fate
from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.people.states import Role
from tests.factories.cast import Cast
from tests.factories.joining import join
from tests.factories.loop import a_commitment, a_draft_contract, a_story, a_story_link
from tests.rules.refusing import refused

WORDS = "I sleep at night now"


def test_nothing_is_captured_before_both_have_signed(cast: Cast) -> None:
    contract = a_draft_contract(cast)
    promise = contract.proposal.promises.get()
    dispose_promise(promise, contract=contract, fate=Fate.AS_PROMISED, by=cast.erin)
    commitment = Commitment.objects.get(promise=promise)
    with refused("CAP-01"):
        capture_measurement(commitment, period=date(2024, 4, 1), value=4.0, by=cast.alice)


def test_only_the_provider_records(cast: Cast) -> None:
    commitment = a_commitment(cast)
    for other in (cast.bob, cast.erin, cast.dana, cast.charlie):
        with pytest.raises(NotPermitted):
            capture_measurement(commitment, period=date(2024, 4, 1), value=4.0, by=other)


@pytest.mark.parametrize(
    ("consent", "public_words", "public_name"),
    [
        (Consent.ASSESSOR, "", ""),
        (Consent.ANONYMOUS, WORDS, ""),
        (Consent.NAMED, WORDS, "Ann"),
        (Consent.PUBLIC, WORDS, "Ann"),
    ],
)
def test_words_are_read_as_consent_allows(
    cast: Cast, consent: Consent, public_words: str, public_name: str
) -> None:
    link = a_story_link(cast)
    story, _ = tell_story(link, words=WORDS, told_as=ToldAs.USER, consent=consent, first_name="Ann")
    if consent.is_public:
        prepare_publication(story, omissions=[], by=cast.dana)
        publish_story(story, by=cast.dana)
    for reader in (None, cast.alice, cast.erin, cast.charlie, cast.grace):
        (told,) = tellings(link.commitment, person=reader)
        assert (told.words, told.name) == (public_words, public_name)
    (assessed,) = tellings(link.commitment, person=cast.dana)
    assert assessed.words == WORDS


def test_a_name_that_was_not_given_for_showing_is_not_kept(cast: Cast) -> None:
    tell_story(
        a_story_link(cast),
        words=WORDS,
        told_as=ToldAs.USER,
        consent=Consent.ANONYMOUS,
        first_name="Ann",
    )
    assert StoryWords.objects.get().first_name == ""


def test_a_named_story_needs_a_name(cast: Cast) -> None:
    with refused("CAP-03"):
        tell_story(a_story_link(cast), words=WORDS, told_as=ToldAs.USER, consent=Consent.NAMED)


def test_a_second_click_sends_a_story_once(cast: Cast, client: Client) -> None:
    address = reverse("tell_story", args=[a_story_link(cast).token])
    key = client.get(address).context["form"].initial["key"]
    answers = {"words": WORDS, "told_as": "user", "consent": "anonymous", "key": key}
    first, again = client.post(address, answers), client.post(address, answers)
    assert first["Location"] == again["Location"]
    assert client.get(first["Location"]).status_code == 200
    assert Story.objects.count() == 1


def test_two_people_may_say_the_same(cast: Cast) -> None:
    story, _ = a_story(cast)
    _, secret = tell_story(story.link, words=WORDS, told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
    assert Story.objects.count() == 2
    assert story_with_secret(secret).get() != story


def test_the_next_person_at_the_same_page_has_a_story_of_their_own(cast: Cast) -> None:
    link, key = a_story_link(cast), "k" * 22
    told = [
        tell_story(link, words=words, told_as=ToldAs.USER, consent=Consent.ANONYMOUS, key=key)
        for words in ("First", "Second")
    ]
    assert told[0][1] == key
    assert told[1][1] != key


def test_an_assessor_of_the_provider_reads_no_more_than_others(cast: Cast) -> None:
    link = a_story_link(cast)
    tell_story(link, words=WORDS, told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    join(cast.assessors, person=cast.alice, role=Role.ASSESSOR, by=cast.dana)
    (told,) = tellings(link.commitment, person=cast.alice)
    assert told.words == ""


def test_a_story_without_a_name_cannot_become_named(cast: Cast, client: Client) -> None:
    _, secret = a_story(cast)
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert "Anyone, without my name" in page
    assert "Anyone, with my first name" not in page


def test_withdrawing_erases_the_words_and_the_ledger_still_holds(cast: Cast) -> None:
    story, _ = a_story(cast)
    salt = story.said.salt
    withdraw_story(story)
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN
    assert not StoryWords.objects.exists()
    kept = " ".join(Entry.objects.values_list("digest", flat=True)) + story.words_digest
    assert WORDS not in kept
    assert salt not in kept
    assert story_counts(story.commitment).withdrawn == 1
    assert verify().problems == []


def test_a_withdrawn_story_takes_no_other_consent(cast: Cast) -> None:
    story, _ = a_story(cast)
    withdraw_story(story)
    with pytest.raises(WrongState):
        change_consent(story, consent=Consent.ASSESSOR)


def test_consent_can_be_narrowed(cast: Cast) -> None:
    story, secret = a_story(cast)
    change_consent(story, consent=Consent.ASSESSOR)
    assert tellings(story.commitment, person=None)[0].words == ""
    assert story_with_secret(secret).get() == story
    assert not story_with_secret("another").exists()


def test_a_closed_link_takes_no_story(cast: Cast, client: Client) -> None:
    link = a_story_link(cast)
    close_story_link(link, by=cast.alice)
    with refused("CAP-02"):
        tell_story(link, words=WORDS, told_as=ToldAs.USER, consent=Consent.ANONYMOUS)
    assert client.get(reverse("tell_story", args=[link.token])).status_code == 404


def test_the_same_label_opens_one_link(cast: Cast) -> None:
    link = a_story_link(cast)
    again = open_story_link(link.commitment, label=link.label, by=cast.alice)
    assert again == link


def test_a_files_own_headings_are_no_formula_either(client: Client, cast: Cast) -> None:
    held = a_commitment(cast)
    rows = b"period,value,=cmd()\n2024-04-01,4.9,x\n2024-05-01,a lot,-1+1|cmd\n"
    shown = preview_capture(held, data=rows, file_name="a.csv", by=cast.alice)
    client.force_login(cast.alice)
    answer = client.get(reverse("rejected_rows", args=[held.reference, shown.reference]))
    assert "'=cmd()" in answer.content.decode()
    assert "'-1+1|cmd" in answer.content.decode()
