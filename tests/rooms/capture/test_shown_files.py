"""Photos, films and sounds are shown by the act that publishes the words, where their giver agreed."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from makegood.capture.actions import (
    add_story_file,
    change_consent,
    end_publication,
    prepare_publication,
    publish_story,
    remove_story_file,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Story, StoryFile, StoryPublication
from makegood.capture.queries import files_to_show, tellings
from makegood.capture.states import Consent, ToldAs, WhoElse
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.films import PLACE, mp4_with_place
from tests.factories.loop import a_story_link
from tests.factories.telling import a_shown_file, a_sound
from tests.rules.refusing import refused


def a_public_story(cast: Cast) -> Story:
    story, _ = tell_story(
        a_story_link(cast),
        words="I sing again",
        told_as=ToldAs.USER,
        consent=Consent.PUBLIC,
        first_name="Dot",
    )
    return story


def added_to(story: Story, **more: object) -> StoryFile:
    said = {"file": a_sound(), "description": "I sing", "who_else": WhoElse.NOBODY}
    return add_story_file(story, **(said | {"is_for_all": True} | more))  # type: ignore[arg-type]


def publish_as_read(story: Story, *, client: Client) -> None:
    path = reverse("publish_story", args=[story.reference])
    assert client.post(path, {"read": client.get(path).context["form"].now}).status_code == 302


def path_of(held: StoryFile) -> str:
    return reverse("shown_file", args=[held.story.reference, held.public_id])


def test_everyone_hears_it_beside_the_words(cast: Cast, client: Client) -> None:
    held, _ = a_shown_file(cast)
    (told,) = tellings(held.story.commitment, person=None)
    assert told.shown_files == [held]
    page = client.get(reverse("stories_told", args=[held.story.commitment.reference]))
    assert path_of(held) in page.content.decode()
    assert 'aria-label="I sing"' in page.content.decode()
    answer = client.get(path_of(held))
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert verify().problems == []


@pytest.mark.parametrize("how", ["narrowed", "ended", "removed", "withdrawn"])
def test_it_is_shown_no_longer_than_the_words(how: str, cast: Cast, client: Client) -> None:
    held, _ = a_shown_file(cast)
    story = held.story
    {
        "narrowed": lambda: change_consent(story, consent=Consent.NAMED),
        "ended": lambda: end_publication(story, by=cast.dana),
        "removed": lambda: remove_story_file(held),
        "withdrawn": lambda: withdraw_story(story),
    }[how]()
    assert client.get(path_of(held)).status_code == 404
    assert not any(told.shown_files for told in tellings(story.commitment, person=None))
    assert verify().problems == []


@pytest.mark.parametrize(
    "more", [{"is_for_all": False}, {"who_else": WhoElse.NOT_ASKED}, {"description": ""}]
)
def test_what_nobody_agreed_to_is_neither_offered_nor_shown(
    more: dict[str, object], cast: Cast
) -> None:
    story = a_public_story(cast)
    held = added_to(story, **more)
    assert files_to_show(story) == []
    with refused("CAP-72"):
        prepare_publication(story, omissions=[], files=[held], by=cast.dana)


def test_a_document_is_never_shown(cast: Cast) -> None:
    story = a_public_story(cast)
    held = added_to(story, file=ContentFile(b"%PDF-1.7 a letter", name="letter.pdf"))
    assert files_to_show(story) == []
    with refused("CAP-72"):
        prepare_publication(story, omissions=[], files=[held], by=cast.dana)


def test_a_narrower_consent_shows_words_alone(cast: Cast) -> None:
    story = a_public_story(cast)
    held = added_to(story)
    story = change_consent(story, consent=Consent.NAMED)
    assert files_to_show(story) == []
    with refused("CAP-72"):
        prepare_publication(story, omissions=[], files=[held], by=cast.dana)
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    assert StoryPublication.objects.get().shown_files is None


def test_those_who_judge_choose_on_the_page(cast: Cast, client: Client) -> None:
    story = a_public_story(cast)
    held = added_to(story)
    client.force_login(cast.dana)
    path = reverse("prepare_story", args=[story.reference])
    assert "Show these beside the words" in client.get(path).content.decode()
    answers = {"others": "", "shown": [str(held.public_id)]}
    page = client.post(path, answers, follow=True).content.decode()
    assert "Beside it" in page
    assert Client().get(path_of(held)).status_code == 404
    publish_as_read(story, client=client)
    assert Client().get(path_of(held)).status_code == 200


def test_the_teller_says_so_with_the_file(cast: Cast, client: Client) -> None:
    _, secret = tell_story(
        a_story_link(cast), words="I sing", told_as=ToldAs.USER, consent=Consent.ANONYMOUS
    )
    path = reverse("add_to_story", args=[secret])
    answers = {"file": a_sound(), "description": "I sing", "who_else": "nobody", "is_for_all": "on"}
    assert client.post(path, answers).status_code == 302
    assert StoryFile.objects.get().is_for_all


def test_a_film_is_kept_without_its_place_and_one_that_cannot_be_is_shown_to_nobody(
    cast: Cast, client: Client
) -> None:
    story = a_public_story(cast)
    film = added_to(story, file=ContentFile(mp4_with_place(), name="film.mp4"))
    with film.file.content.open() as kept:
        assert PLACE not in kept.read()
    assert film.tells_no_place
    sound = added_to(story, file=ContentFile(b"OggS" + PLACE, name="sound.ogg"))
    assert files_to_show(story) == [film]
    with refused("CAP-74"):
        prepare_publication(story, omissions=[], files=[sound], by=cast.dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryFile.objects.filter(pk=sound.pk).update(is_plain=True)
    assert verify().problems == []


def test_the_teller_is_told_why_a_sound_is_not_shown(cast: Cast, client: Client) -> None:
    _, secret = tell_story(
        a_story_link(cast), words="I sing", told_as=ToldAs.USER, consent=Consent.ANONYMOUS
    )
    file = ContentFile(b"OggS and a sound", name="sound.ogg")
    answers = {"file": file, "description": "I sing", "who_else": "nobody", "is_for_all": "on"}
    said = client.post(reverse("add_to_story", args=[secret]), answers, follow=True)
    assert "for those who judge alone" in said.content.decode()


def test_the_database_shows_nothing_that_nobody_agreed_to(cast: Cast) -> None:
    held, _ = a_shown_file(cast)
    for change in (
        lambda: StoryPublication.objects.update(shown_files=["another"]),
        lambda: StoryPublication.objects.update(shown_files=None),
        lambda: StoryFile.objects.update(is_for_all=False),
        lambda: Story.objects.update(consent=Consent.NAMED),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    end_publication(held.story, by=cast.dana)
    change_consent(held.story, consent=Consent.NAMED)
    prepared = prepare_publication(held.story, omissions=[], by=cast.dana)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryPublication.objects.filter(pk=prepared.pk).update(shown_files=[str(held.public_id)])


def test_a_sound_is_given_in_parts(cast: Cast, client: Client) -> None:
    held, _ = a_shown_file(cast)
    whole = client.get(path_of(held)).content
    part = client.get(path_of(held), headers={"Range": "bytes=2-5"})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 2-5/{len(whole)}"
    assert b"".join(part) == whole[2:6]
    assert client.get(path_of(held), headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
