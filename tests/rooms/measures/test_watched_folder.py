"""A folder for machines: each file is taken in once, moved away, and told of."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from makegood.measures.actions import folder as watched
from makegood.measures.actions import take_in_folder
from makegood.measures.models import Measurement, Upload
from makegood.measures.states import UploadState
from makegood.web.clock import watch_folder
from tests.factories.cast import Cast
from tests.factories.sending import ROWS, the_measure


@pytest.fixture
def place(cast: Cast, tmp_path: Path) -> Path:
    made = tmp_path / cast.provider.slug / the_measure(cast).slug
    made.mkdir(parents=True)
    return made


def put(place: Path, content: bytes = ROWS, *, name: str = "april.csv", age: float = 60) -> Path:
    path = place / name
    path.write_bytes(content)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def test_a_file_is_taken_in_and_told_of(cast: Cast, place: Path, tmp_path: Path) -> None:
    file = put(place)
    [words] = take_in_folder(tmp_path, by=cast.alice).values()
    assert words.startswith("3 figures are kept as U-")
    assert "1 bad rows, with their reasons" in words
    assert not file.exists()
    assert (place / "done" / "april.csv").read_bytes() == ROWS
    assert (place / "done" / "april.csv.txt").read_text().strip() == words
    assert take_in_folder(tmp_path, by=cast.alice) == {}


def test_the_same_bytes_are_never_kept_twice(cast: Cast, place: Path, tmp_path: Path) -> None:
    for _ in range(2):
        put(place)
        take_in_folder(tmp_path, by=cast.alice)
    assert Upload.objects.count() == 1
    assert Measurement.objects.count() == 3
    assert (place / "done" / "april-2.csv").exists(), "what came before is not overwritten"


def test_what_is_still_written_is_left_alone(cast: Cast, place: Path, tmp_path: Path) -> None:
    put(place, age=0)
    put(place, name=".hidden.csv")
    put(place, name="may.csv.part")
    (place / "link.csv").symlink_to(put(tmp_path, name="elsewhere.csv"))
    assert take_in_folder(tmp_path, by=cast.alice) == {}


@pytest.mark.parametrize(
    ("content", "said"), [(b"%PDF-1.7 and more", "is a PDF"), (b"", "is empty")]
)
def test_what_cannot_be_taken_fails_and_says_why(
    cast: Cast, place: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    put(place, content)
    take_in_folder(tmp_path, by=cast.alice)
    assert said in (place / "failed" / "april.csv.txt").read_text()
    assert not Upload.objects.exists()


def test_a_folder_of_nobody_and_a_person_without_the_right(
    cast: Cast, place: Path, tmp_path: Path
) -> None:
    other = tmp_path / "nobody" / "nothing"
    other.mkdir(parents=True)
    put(other)
    put(place)
    said = take_in_folder(tmp_path, by=cast.charlie)
    assert "No organisation or no measure" in said["nobody/nothing/april.csv"]
    assert not Measurement.objects.exists()
    assert (place / "failed" / "april.csv").exists()


def test_what_is_not_understood_waits_for_a_person(cast: Cast, place: Path, tmp_path: Path) -> None:
    put(place, b"colour,shade\nred,1\nblue,2\n")
    [words] = take_in_folder(tmp_path, by=cast.alice).values()
    assert "Say what its columns are" in words
    assert Upload.objects.get().state == UploadState.RECEIVED


def test_a_run_that_was_stopped_is_followed_by_another(
    cast: Cast, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place)
    for step in ("read_figures", "work_on_upload", "keep_figures", "_moved"):
        with monkeypatch.context() as patched:
            patched.setattr(watched, step, stopped)
            with pytest.raises(KeyboardInterrupt):
                take_in_folder(tmp_path, by=cast.alice)
    take_in_folder(tmp_path, by=cast.alice)
    assert Upload.objects.get().state == UploadState.STORED
    assert Measurement.objects.count() == 3


def test_a_file_that_cannot_be_read_stops_no_other(
    cast: Cast, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_out, odd, good = (
        put(place, name="a.csv"),
        put(place, name="b.csv"),
        put(place, name="c.csv"),
    )
    once = watched.digest_of_file

    def digest(path: Path) -> str:
        if path == kept_out:
            raise PermissionError(13, "Permission denied")
        if path == odd:
            raise LookupError("nobody thought of this")
        return once(path)

    monkeypatch.setattr(watched, "digest_of_file", digest)
    said = take_in_folder(tmp_path, by=cast.alice)
    assert [words.split(":")[0] for words in said.values()][:2] == [
        "The server cannot read or move this file",
        "A fault of this Makegood stopped the work. It is tried again.",
    ]
    assert kept_out.exists()
    assert odd.exists()
    assert not good.exists()
    assert Measurement.objects.count() == 3


def stopped(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_the_clock_watches_where_it_is_told_to(
    cast: Cast, place: Path, tmp_path: Path, settings: Any
) -> None:
    put(place)
    watch_folder()
    assert not Upload.objects.exists()
    settings.WATCHED_FOLDER, settings.WATCHED_BY = str(tmp_path), cast.alice.email
    watch_folder()
    assert Measurement.objects.count() == 3
