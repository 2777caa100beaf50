"""Who says that they are harmed or afraid is heard at once, by people who are named and answer for it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    act_on_concern,
    answer_complaint,
    complain,
    end_names_left_behind,
    name_safeguarding_person,
    open_story_link,
    raise_concern,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Concern, ConcernStep, NamedPerson
from makegood.capture.queries import complaints_waiting, concerns_waiting, named_person
from makegood.capture.states import ComplaintAbout, ComplaintTo, Consent, Taken, ToldAs
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import end_membership
from makegood.people.models import Membership, Notice
from tests.factories.cast import Cast
from tests.factories.loop import a_commitment, a_story, a_story_link
from tests.factories.telling import a_concern
from tests.rules.refusing import refused

WORDS = "He hits me when nobody is here"


def test_nobody_is_asked_before_somebody_is_named(cast: Cast) -> None:
    commitment = a_commitment(cast)
    with refused("CAP-15"):
        open_story_link(commitment, label="People", by=cast.alice)
    name_safeguarding_person(cast.provider, person=cast.bob, by=cast.alice)
    open_story_link(commitment, label="People", by=cast.alice)


def test_who_manages_members_names_one_of_them(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        name_safeguarding_person(cast.provider, person=cast.bob, by=cast.bob)
    with refused("CAP-16"):
        name_safeguarding_person(cast.provider, person=cast.erin, by=cast.alice)
    first = name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    assert name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice) == first
    name_safeguarding_person(cast.provider, person=cast.bob, by=cast.alice)
    now = named_person(cast.provider)
    assert now is not None
    assert now.person == cast.bob
    assert NamedPerson.objects.count() == 2
    assert verify().problems == []


def test_both_are_told_at_once_and_no_word_goes_out(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    link = a_story_link(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        story, _ = tell_story(
            link, words=WORDS, told_as=ToldAs.USER, consent=Consent.ASSESSOR, is_afraid=True
        )
        raise_concern(story)
    letters = [letter for letter in mail.outbox if "harmed" in letter.subject]
    assert sorted(letter.to[0] for letter in letters) == [cast.alice.email, cast.erin.email]
    for letter in letters:
        assert WORDS not in letter.body
        assert story.reference not in letter.body
        assert reverse("concern", args=[Concern.objects.get().public_id]) in letter.body
    assert verify().problems == []


def test_it_waits_on_both_desks_until_each_says_what_was_done(cast: Cast, client: Client) -> None:
    raised = a_concern(cast)
    act_on_concern(raised, taken=Taken.COUNCIL, by=cast.alice)
    act_on_concern(raised, taken=Taken.COUNCIL, by=cast.alice)
    assert ConcernStep.objects.count() == 1
    assert not concerns_waiting(cast.alice).exists()
    assert concerns_waiting(cast.erin).get() == raised
    client.force_login(cast.erin)
    assert "Somebody may be harmed" in client.get(reverse("desk")).content.decode()
    path = reverse("concern", args=[raised.public_id])
    page = client.get(path).content.decode()
    assert raised.story.said.words in page
    assert "I told the council’s safeguarding team" in page
    assert client.post(path, {"taken": "spoke"}).status_code == 302
    assert not concerns_waiting(cast.erin).exists()
    assert verify().problems == []


def test_nobody_else_reads_it_or_acts_on_it(cast: Cast, client: Client) -> None:
    raised = a_concern(cast)
    path = reverse("concern", args=[raised.public_id])
    for other in (cast.bob, cast.dana, cast.frank, cast.grace, cast.charlie):
        with pytest.raises(NotPermitted):
            act_on_concern(raised, taken=Taken.SPOKE, by=other)
        client.force_login(other)
        assert client.get(path).status_code == 404
    client.logout()
    page = client.get(raised.story.commitment.get_absolute_url()).content.decode()
    assert "afraid" not in page


def test_whoever_told_it_sees_that_it_was_taken_up_and_not_what_was_done(
    cast: Cast, client: Client
) -> None:
    story, secret = a_story(cast)
    path = reverse("raise_concern", args=[secret])
    assert "ring 999" in client.get(path).content.decode()
    client.post(path)
    act_on_concern(Concern.objects.get(), taken=Taken.EMERGENCY, by=cast.alice)
    page = client.get(reverse("my_story", args=[secret])).content.decode()
    assert f"{cast.provider} took it up" in page
    assert "I called the police" not in page
    withdraw_story(story)
    client.force_login(cast.alice)
    page = client.get(reverse("concern", args=[Concern.objects.get().public_id])).content.decode()
    assert "Its words are erased" in page
    with refused("CAP-17"):
        raise_concern(story)


def test_it_can_be_said_again_once_somebody_took_it_up(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: object
) -> None:
    story, secret = a_story(cast)
    first = raise_concern(story)
    mine, path = reverse("my_story", args=[secret]), reverse("raise_concern", args=[secret])
    assert path not in client.get(mine).content.decode()
    act_on_concern(first, taken=Taken.NO_MORE, by=cast.alice)
    act_on_concern(first, taken=Taken.NO_MORE, by=cast.erin)
    assert path in client.get(mine).content.decode()
    assert "told at once, again" in client.get(path).content.decode()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(path)
        client.post(path)
    assert len(mail.outbox) == 2
    again = Concern.objects.exclude(pk=first.pk).get()
    assert concerns_waiting(cast.erin).get() == again
    assert client.get(mine).content.decode().count("two people were told at once") == 2
    assert verify().problems == []


def test_before_a_story_is_taken_back_it_is_said_that_those_told_of_harm_lose_it(
    cast: Cast, client: Client
) -> None:
    story, secret = a_story(cast)
    path = reverse("withdraw_story", args=[secret])
    assert "lose your words" not in client.get(path).content.decode()
    raise_concern(story)
    page = client.get(path).content.decode()
    assert "lose your words" in page
    assert "photos, sounds, films" in page


def test_what_was_feared_and_done_stays_on_the_record(cast: Cast) -> None:
    raised = a_concern(cast)
    act_on_concern(raised, taken=Taken.SPOKE, by=cast.alice)
    for rows in (Concern.objects.all(), ConcernStep.objects.all(), NamedPerson.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernStep.objects.update(taken=Taken.NO_MORE)
    with pytest.raises(IntegrityError), transaction.atomic():
        NamedPerson.objects.update(person=cast.bob)


def test_without_a_named_person_the_commissioners_managers_are_told(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    link = open_story_link(a_commitment(cast), label="People", by=cast.alice)
    story, _ = tell_story(link, words=WORDS, told_as=ToldAs.USER, consent=Consent.ASSESSOR)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        raise_concern(story)
    told = {letter.to[0] for letter in mail.outbox if "harmed" in letter.subject}
    assert told == {cast.alice.email, cast.erin.email}


def leave(cast: Cast) -> None:
    """Let Bob, who was named for the provider, leave it."""
    [held] = Membership.objects.current().filter(person=cast.bob, organisation=cast.provider)
    end_membership(held, by=cast.alice)


def test_who_left_reads_no_concern_and_no_complaint(cast: Cast, client: Client) -> None:
    raised = a_concern(cast)
    link, about, to = raised.story.link, ComplaintAbout.SERVICE, ComplaintTo.PROVIDER
    made, _ = complain(link, about=about, made_to=to, words="Too late")
    name_safeguarding_person(cast.provider, person=cast.bob, by=cast.alice)
    paths = [
        reverse("concern", args=[raised.public_id]),
        reverse("complaint", args=[made.public_id]),
    ]
    client.force_login(cast.bob)
    assert [client.get(path).status_code for path in paths] == [200, 200]
    leave(cast)
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert not concerns_waiting(cast.bob).exists()
    assert not complaints_waiting(cast.bob).exists()
    assert named_person(cast.provider) is None
    with pytest.raises(NotPermitted):
        act_on_concern(raised, taken=Taken.SPOKE, by=cast.bob)
    with pytest.raises(NotPermitted):
        answer_complaint(made, words="Who are you?", by=cast.bob)


def test_leaving_ends_the_naming_and_the_organisation_is_asked_for_another(cast: Cast) -> None:
    link = a_story_link(cast)
    name_safeguarding_person(cast.provider, person=cast.bob, by=cast.alice)
    assert end_names_left_behind() == 0
    leave(cast)
    with refused("CAP-15"):
        open_story_link(link.commitment, label="Another", by=cast.alice)
    assert end_names_left_behind() == 1
    assert end_names_left_behind() == 0
    assert NamedPerson.objects.get(person=cast.bob).ended_at
    assert "Nobody is named now" in Notice.objects.filter(person=cast.alice).latest("pk").words
    name_safeguarding_person(cast.provider, person=cast.alice, by=cast.alice)
    assert verify().problems == []


def test_what_is_said_after_who_was_named_left_goes_to_whoever_is_left(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    story, _ = a_story(cast)
    name_safeguarding_person(cast.provider, person=cast.bob, by=cast.alice)
    name_safeguarding_person(cast.commissioner, person=cast.erin, by=cast.erin)
    leave(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        raise_concern(story)
    told = {letter.to[0] for letter in mail.outbox if "harmed" in letter.subject}
    assert told == {cast.alice.email, cast.erin.email}
