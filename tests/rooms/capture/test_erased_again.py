"""What was taken back stays taken back, whichever backup is restored."""

from __future__ import annotations

import json
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from makegood.capture.actions import (
    change_consent,
    end_publication,
    erase_again,
    note_what_was_erased,
    prepare_publication,
    publish_story,
    remove_story_file,
    remove_version,
    tell_story,
    withdraw_story,
)
from makegood.capture.models import Story, StoryFileWords, StoryVersionWords, StoryWords
from makegood.capture.states import Consent, PublicationState, StoryState, ToldAs
from makegood.kernel.erasures import erasures_noted, note_erasure
from makegood.kernel.ledger.verify import verify
from makegood.people.actions import erase_people_again, erase_person, note_people_erased
from makegood.people.models import Person
from tests.factories.cast import Cast
from tests.factories.loop import a_shown_story, a_story
from tests.factories.telling import a_story_file, a_version


def restored(act: Any, *, committed: Any) -> None:
    """Do ``act`` and put the database back as it was: the notes outside it stay, as on a real day."""
    backup = transaction.savepoint()
    with committed() as callbacks:
        act()
    noted = [each for each in callbacks if each.__module__.endswith("erasures")]
    transaction.savepoint_rollback(backup)
    assert noted
    for note in noted:
        note()


def test_what_was_taken_back_is_taken_back_again(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    added, _ = a_story_file(cast)
    story = added.story
    restored(lambda: withdraw_story(story), committed=django_capture_on_commit_callbacks)
    assert StoryWords.objects.filter(story=story).exists()
    said = StringIO()
    call_command("erase_again", stdout=said)
    assert said.getvalue().startswith("1 taken back again")
    assert not StoryWords.objects.exists()
    assert not StoryFileWords.objects.exists()
    assert Story.objects.get().state == StoryState.WITHDRAWN
    assert verify().problems == []
    assert erase_again() == 0


def test_a_file_alone_is_taken_away_again(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    added, _ = a_story_file(cast)
    restored(lambda: remove_story_file(added), committed=django_capture_on_commit_callbacks)
    assert StoryFileWords.objects.exists()
    assert erase_again() == 1
    assert not StoryFileWords.objects.exists()
    assert StoryWords.objects.exists()
    assert verify().problems == []
    assert erase_again() == 0


def test_what_nobody_took_back_stays(cast: Cast) -> None:
    a_story(cast)
    assert erase_again() == 0
    assert StoryWords.objects.exists()


def test_a_note_holds_a_reference_alone_and_survives_a_line_cut_short(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    story, _ = a_story(cast)
    notes = Path(settings.ERASURES)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(story)
    assert story.reference in notes.read_text()
    assert "sleep" not in notes.read_text()
    with notes.open("a") as file:
        file.write('{"at": "2026')
    with django_capture_on_commit_callbacks(execute=True):
        note_erasure("story", key="T-AFTER", at=timezone.now())
    assert {story.reference, "T-AFTER"} <= set(erasures_noted("story"))


def test_a_person_who_was_erased_is_erased_again(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    name = cast.bob.name
    restored(lambda: erase_person(by=cast.bob), committed=django_capture_on_commit_callbacks)
    assert Person.objects.get(pk=cast.bob.pk).name == name
    said = StringIO()
    call_command("erase_again", stdout=said)
    assert "1 people erased again" in said.getvalue()
    assert Person.objects.get(pk=cast.bob.pk).erased_at
    assert str(cast.bob.public_id) not in erase_people_again()[1]
    assert verify().problems == []


def test_who_owns_alone_in_the_backup_is_named(cast: Cast, settings: Any) -> None:
    with Path(settings.ERASURES).open("a") as notes:
        notes.write(json.dumps({"what": "person", "key": str(cast.alice.public_id)}) + "\n")
    assert str(cast.alice.public_id) in erase_people_again()[1]
    assert not Person.objects.get(pk=cast.alice.pk).erased_at


def test_what_fewer_may_read_is_narrowed_again_and_shown_to_nobody(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    story, _ = a_shown_story(cast)
    narrow = partial(change_consent, story, consent=Consent.ASSESSOR)
    restored(narrow, committed=django_capture_on_commit_callbacks)
    assert story.publications.get().state == PublicationState.PUBLISHED
    assert note_what_was_erased() == 0
    assert erase_again() == 2
    assert Story.objects.get().consent == Consent.ASSESSOR
    assert story.publications.get().state == PublicationState.ENDED
    assert verify().problems == []
    assert erase_again() == 0


def test_what_is_shown_no_more_is_ended_again_and_what_was_shown_anew_stays(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    story, _ = a_shown_story(cast)
    end = partial(end_publication, story, by=cast.dana)
    restored(end, committed=django_capture_on_commit_callbacks)
    assert erase_again() == 1
    prepare_publication(story, omissions=[], by=cast.dana)
    publish_story(story, by=cast.dana)
    assert erase_again() == 0


def test_a_wider_consent_given_later_is_not_narrowed(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    story, _ = a_story(cast)
    with django_capture_on_commit_callbacks(execute=True):
        change_consent(story, consent=Consent.ASSESSOR)
        change_consent(story, consent=Consent.ANONYMOUS)
    assert erase_again() == 0
    assert Story.objects.get().consent == Consent.ANONYMOUS


def test_other_words_are_taken_away_again(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    version = a_version(a_story(cast)[0], by=cast.dana)
    remove = partial(remove_version, version, by=cast.dana)
    restored(remove, committed=django_capture_on_commit_callbacks)
    assert erase_again() == 1
    assert not StoryVersionWords.objects.exists()


def test_what_a_server_did_not_come_to_note_the_clock_notes(
    cast: Cast, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.ERASURES = str(tmp_path / "erasures")
    story, _ = a_shown_story(cast)
    change_consent(story, consent=Consent.ASSESSOR)  # nothing is noted: it is never committed here
    withdraw_story(a_story_beside(story))
    erase_person(by=cast.bob)
    assert not list(erasures_noted("story"))
    with django_capture_on_commit_callbacks(execute=True):
        assert note_what_was_erased() == 3
        assert note_people_erased() == 1
    assert note_what_was_erased() == 0
    assert note_people_erased() == 0
    assert list(erasures_noted("consent to a story")) == [f"{story.reference} assessor"]


def a_story_beside(story: Story) -> Story:
    return tell_story(story.link, words="Another", told_as=ToldAs.USER, consent=Consent.ASSESSOR)[0]
