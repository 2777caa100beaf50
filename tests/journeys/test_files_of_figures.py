"""A file of many series as a trust publishes it, sent from a phone by keyboard, with scripts and without."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from makegood.measures.actions import open_series
from makegood.measures.models import Measurement, Series, Upload
from makegood.measures.states import Standing, UploadState
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time
from tests.factories.sending import the_measure
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
PUBLISHED = """Staff absence rate by site (made up),,,
,,,
Site,Apr-24,May-24,Jun-24
Moor,4.1,4.3,*
Dale,3.9,lots,4.4
Fell,4.0,4.2,4.1
Total,4.0,4.2,4.2
,,,
* fewer than five people,,,
"""
MENDED = PUBLISHED.replace("lots", "4.0")


@pytest.mark.parametrize(("scripts", "colours"), [(True, "dark"), (False, "light")])
def test_a_file_is_sent_put_right_kept_and_its_bad_row_sent_again(
    visitor: Arrive, cast: Cast, tmp_path: Path, scripts: bool, colours: str
) -> None:
    known = open_series(
        measure=the_measure(cast), keeper=cast.provider, about="Moor House", by=cast.alice
    )
    alice = visitor(width=360, scripts=scripts, colours=colours)
    alice.become(cast.alice)
    alice.open("/figures/")
    alice.see("No files yet")
    send(alice, tmp_path, PUBLISHED)
    put_the_columns_right(alice)
    say_whose_they_are(alice)
    bad = take_the_bad_row(alice, tmp_path)
    assert [bad["Site"], bad["May-24"], bad["row"]] == ["Dale", "lots", "5"]
    assert "“lots” is not a number" in bad["what is wrong"]
    assert not Measurement.objects.exists()
    alice.press("Keep the good figures")
    alice.see("5 figures kept on")
    assert moor(known) == {"04": 4.1, "05": 4.3, "06": None}
    assert Measurement.objects.get(value=None).standing == Standing.SUPPRESSED
    send_it_mended(alice, tmp_path)
    assert Series.objects.get(about="Dale").measurements.count() == 3
    assert not Series.objects.filter(about="Fell").exists()
    assert moor(known) == {"04": 4.1, "05": 4.3, "06": None}


def send(alice: Visitor, folder: Path, content: str) -> None:
    """Send a file by the form, whose keeper is chosen already: there is one."""
    file = folder / "absence.csv"
    file.write_text(content)
    alice.open("/figures/")
    alice.press("Send a file of figures")
    alice.press("Look into the file")
    alice.see("Choose a file.")
    alice.select("What do they measure?", "Staff absence rate")
    alice.attach("File", file)
    alice.press("Look into the file")
    assert alice.heading() == "How is this file read?"


def put_the_columns_right(alice: Visitor) -> None:
    """See what was guessed, say what “*” means, and have it read."""
    alice.see("Staff absence rate by site (made up)")
    assert alice.field("A column for each period: each row says whose").is_checked()
    alice.select("Site", "Whose figure it is, or where")
    alice.select("What does “*” mean?", "Held back (suppressed)")
    alice.press("Read the file")
    alice.see("Nothing is kept yet. 8 new good figures of 3 series")
    alice.see("Row 5: May-24: “lots” is not a number")


def say_whose_they_are(alice: Visitor) -> None:
    """Name one series that is known, let one become new and leave one out."""
    alice.see("3 names will become new series.")
    alice.follow("Say whose figures they are")
    alice.select("Moor", "Moor House")
    alice.select("Dale", "A new series")
    alice.select("Fell", "Leave it out")
    alice.press("Keep these answers")
    alice.see("Kept. The next file with these names is matched the same way.")
    alice.see("1 name will become new series. 1 is left out, with 3 of the good figures.")


def take_the_bad_row(alice: Visitor, folder: Path) -> dict[str, str]:
    """Take the rows to mend as a file, and return the one there is."""
    alice.tab_to("link", "CSV")
    with alice.page.expect_download() as taken:
        alice.keyboard.press("Enter")
    taken.value.save_as(folder / "bad.csv")
    with (folder / "bad.csv").open(newline="", encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    return row


def send_it_mended(alice: Visitor, folder: Path) -> None:
    """Send the mended file: it is read as before, and adds only what is new."""
    send(alice, folder, MENDED)
    alice.press("Read the file")
    alice.see("4 new good figures of 3 series, 5 on the record already, 0 bad rows, 0 empty cells.")
    alice.see("0 names will become new series. 1 is left out, with 3 of the good figures.")
    alice.press("Keep the good figures")
    alice.see("1 figure kept on")
    alice.follow("Files of figures")
    alice.see("2 files")


def moor(known: Series) -> dict[str, float | None]:
    return {f"{one.period:%m}": one.value for one in known.measurements.order_by("period")}


def test_a_file_is_thrown_away_and_nothing_of_it_is_kept(
    visitor: Arrive, cast: Cast, tmp_path: Path
) -> None:
    the_measure(cast)
    alice = visitor(width=360)
    alice.become(cast.alice)
    send(alice, tmp_path, PUBLISHED)
    alice.press("Read the file")
    alice.press("Throw this file away")
    alice.see("The file was thrown away. No figure was kept.")
    assert Upload.objects.get().state == UploadState.DISCARDED
    assert not Measurement.objects.exists()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_due_is_taken_along_filled_in_and_brought_back(
    visitor: Arrive, cast: Cast, tmp_path: Path, scripts: bool
) -> None:
    commitment = a_commitment_in_time(cast)
    alice = visitor(width=360, scripts=scripts)
    alice.become(cast.alice)
    alice.open(f"/capture/for/{cast.provider.slug}/")
    alice.follow("Give them in a file instead")
    alice.tab_to("link", "CSV")
    with alice.page.expect_download() as taken:
        alice.keyboard.press("Enter")
    taken.value.save_as(tmp_path / "due.csv")
    with (tmp_path / "due.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rows[0]["figure"], rows[1]["figure"] = "4.4", "104"
    with (tmp_path / "due.csv").open("w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, fieldnames=list(rows[0]))
        lines.writeheader()
        lines.writerows(rows)
    alice.attach("The file, filled in", tmp_path / "due.csv")
    alice.press("Record these figures")
    alice.see("1 figure is recorded. What stands here is not.")
    alice.write("Staff absence rate, May 2024", "4.6")
    alice.press("Record these figures")
    alice.see("22 figures are missing, all of them late")
    kept = Measurement.objects.filter(series=commitment.series).values_list("value", flat=True)
    assert list(kept) == [4.4, 4.6]
