"""What people add to their story is made plain, is theirs, and goes with it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from makegood.capture.actions import add_story_file, remove_story_file, withdraw_story
from makegood.capture.models import Story, StoryFile, StoryFileWords
from makegood.capture.states import WhoElse
from makegood.kernel.files.kinds import FileKind
from makegood.kernel.files.models import KeptFile
from makegood.kernel.ledger.verify import verify
from tests.factories.cast import Cast
from tests.factories.loop import a_story
from tests.factories.telling import a_sound, a_story_file
from tests.rules.refusing import refused

PLACE = "TAKEN AT 54.5N 1.2W"


def a_photo(*, size: tuple[int, int] = (3000, 1500), turned: int = 6) -> bytes:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, PLACE
    Image.new("RGB", size, "teal").save(made, "JPEG", exif=exif)
    return made.getvalue()


def add(story: Story, content: bytes, *, description: str = "My garden") -> StoryFile:
    file = ContentFile(content, name="holiday at 54.5N.jpg")
    return add_story_file(story, file=file, description=description, who_else=WhoElse.NOBODY)


def test_of_a_photo_the_picture_alone_is_kept(cast: Cast) -> None:
    story, _ = a_story(cast)
    assert PLACE.encode() in a_photo()
    kept = add(story, a_photo()).file
    assert (kept.kind, "holiday" in kept.content.name) == (FileKind.JPEG, False)
    with kept.content.open() as file:
        content = file.read()
    assert PLACE.encode() not in content
    with Image.open(BytesIO(content)) as photo:
        assert photo.size == (1000, 2000)  # turned the right way up, and made smaller
        assert not photo.getexif()
    assert verify().problems == []


@pytest.mark.parametrize(
    ("content", "saying"),
    [
        (b"MZ a program", "cannot read"),
        (b"<svg onload='x'/>", "cannot read"),
        (b"\xff\xd8\xff no photo", "cannot read"),
        (b"\x00\x00\x00\x18ftypheic and more", "HEIC"),
        (b"PK\x03\x04 no archive", "cannot read"),
    ],
)
def test_what_cannot_be_read_is_refused_plainly(cast: Cast, content: bytes, saying: str) -> None:
    story, _ = a_story(cast)
    with refused("CAP-10", saying=saying):
        add(story, content)
    assert not KeptFile.objects.exists()


def test_a_photo_of_far_too_many_pixels_is_not_opened(cast: Cast) -> None:
    made = BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG")
    with refused("CAP-10"):
        add(a_story(cast)[0], made.getvalue())


def test_the_same_file_twice_is_there_once(cast: Cast) -> None:
    story, _ = a_story(cast)
    assert add(story, a_photo()) == add(story, a_photo())
    assert StoryFile.objects.count() == 1


def test_what_is_taken_away_leaves_nothing(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    added, _ = a_story_file(cast)
    place = added.file.content.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_story_file(added)
        remove_story_file(added)
    assert not default_storage.exists(place)
    assert not StoryFileWords.objects.exists()
    kept = KeptFile.objects.get()
    assert (kept.digest, kept.content.name) == ("", "")
    assert verify().problems == []


def test_with_a_story_goes_all_that_was_added(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    added, _ = a_story_file(cast)
    place = Path(default_storage.path(added.file.content.name))
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        withdraw_story(added.story)
    assert not place.exists()
    assert not StoryFileWords.objects.exists()
    assert verify().problems == []
    with refused("CAP-09"):
        add(added.story, a_photo())


def test_the_database_keeps_files_with_their_story(cast: Cast) -> None:
    added, _ = a_story_file(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(withdrawn_at=added.added_at, state="withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryFile.objects.update(who_else=WhoElse.AGREED)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryFileWords.objects.all().delete()


def test_a_refused_file_leaves_words_and_files(cast: Cast, client: Client) -> None:
    added, secret = a_story_file(cast)
    path = reverse("add_to_story", args=[secret])
    answers = {"description": "My garden in June", "who_else": "nobody"}
    wrong = SimpleUploadedFile("film.exe", b"MZ a program")
    page = client.post(path, answers | {"file": wrong}).content.decode()
    assert "cannot read this file" in page
    assert "My garden in June" in page
    story = client.get(reverse("my_story", args=[secret])).content.decode()
    assert "I sing" in story
    assert "I sleep at night now" in story
    right = SimpleUploadedFile("garden.jpg", a_photo())
    assert client.post(path, answers | {"file": right}).status_code == 302
    assert added.story.files.count() == 2


def test_a_file_that_is_too_large_is_refused_plainly(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.STORY_FILE_MAX_BYTES = 1024 * 1024
    _, secret = a_story(cast)
    large = SimpleUploadedFile("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"x" * 1024 * 1024)
    page = client.post(
        reverse("add_to_story", args=[secret]),
        {"description": "", "who_else": "nobody", "file": large},
    ).content.decode()
    assert "larger than 1 MB" in page
    assert not KeptFile.objects.exists()


def test_a_file_is_given_to_its_teller_and_to_who_judges(cast: Cast, client: Client) -> None:
    added, secret = a_story_file(cast)
    story, file = added.story, added.public_id
    given = client.get(reverse("my_story_file", args=[secret, file]))
    assert given.content == a_sound().read()
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"
    client.force_login(cast.dana)
    told = client.get(reverse("stories_told", args=[story.commitment.reference]))
    assert reverse("told_file", args=[story.reference, file]) in told.content.decode()
    assert client.get(reverse("told_file", args=[story.reference, file])).status_code == 200
    for other in (cast.alice, cast.erin, cast.charlie):
        client.force_login(other)
        assert client.get(reverse("told_file", args=[story.reference, file])).status_code == 404
