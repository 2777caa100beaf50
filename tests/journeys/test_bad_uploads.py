"""A bad file gets one clear message; good rows are kept, bad ones come back, nothing is lost."""

from __future__ import annotations

import csv
import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from makegood.capture.actions import capture_measurement
from makegood.contract.models import Commitment
from makegood.measures.models import Measurement, Upload
from tests.factories import loop
from tests.factories.cast import Cast
from tests.journeys.visitor import Visitor

Arrive = Callable[..., Visitor]
HEAD = "period,value\n"
REFUSED: dict[str, tuple[bytes, str]] = {
    "a column missing": (
        b"place,value\nLeeds,4\n",
        "No column of periods, or none of figures, can be found. Call them period and value.",
    ),
    "nothing at all": (
        b"",
        "The file is empty. Choose one with a heading row and at least one figure.",
    ),
    "headings alone": (HEAD.encode(), "The file has columns but no rows of figures."),
    "a PDF by another name": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
        "The file is a PDF. Send a table: CSV, XLSX, ODS or Parquet.",
    ),
}
ROWS = (
    ("2024-04-01,5.9", "period: There is a figure for April 2024 already."),
    ("2024-05-01,4.8", ""),
    ("1 June 2024,4.7", ""),
    ("17 June 2024,4.7", "period: “17 June 2024” is a day within a month. Use the first day"),
    ('2024-07-01,"4,7"', "value: “4,7” has a comma in it."),
    ("2024-08-01,4,7", "The row has 3 cells, but only 2 columns have a name."),
    ("2024-09-01,104", "value: 104 is above 100, the highest possible (%)."),
    ("2024-12-01,4.9", "period: December 2024 is there twice, with different figures."),
    ("2024-12-01,4.8", "period: December 2024 is there twice, with different figures."),
    ("2024-10-01,4.6", ""),
    ("2024-11-01,=1+1", "value: “=1+1” is a formula."),
)


@pytest.fixture
def held(cast: Cast) -> Commitment:
    """A commitment with one figure on the record."""
    commitment = loop.a_commitment(cast)
    capture_measurement(commitment, period=loop.STARTS_ON, value=4.9, by=cast.alice)
    return commitment


def send(alice: Visitor, held: Commitment, file: Path) -> None:
    alice.open(f"/capture/{held.reference}/upload/")
    alice.attach("File", file)
    alice.press("Check the file")


def is_unchanged(held: Commitment) -> bool:
    return list(held.series.measurements.values_list("period", "value")) == [(loop.STARTS_ON, 4.9)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_of_no_use_is_refused_in_one_message(
    visitor: Arrive, cast: Cast, held: Commitment, tmp_path: Path, scripts: bool
) -> None:
    alice = visitor(scripts=scripts)
    alice.become(cast.alice)
    for content, said in REFUSED.values():
        file = tmp_path / "figures.csv"
        file.write_bytes(content)
        send(alice, held, file)
        summary = alice.page.get_by_role("alert").get_by_role("listitem").all_inner_texts()
        assert len(summary) == 1, summary
        assert said in summary[0]
    assert is_unchanged(held)
    assert not Upload.objects.exists()


def test_good_rows_are_kept_and_bad_rows_come_back(
    visitor: Arrive, cast: Cast, held: Commitment, tmp_path: Path
) -> None:
    alice = visitor()
    alice.become(cast.alice)
    file = tmp_path / "figures.csv"
    file.write_text(HEAD + "".join(f"{row}\n" for row, _ in ROWS))
    send(alice, held, file)
    bad = [(number, row, said) for number, (row, said) in enumerate(ROWS, start=2) if said]
    for number, _, said in bad:
        alice.see(f"Row {number}: {said}")
    alice.see(f"Nothing is kept yet. 3 new good rows, {len(bad)} bad.")
    alice.screenshot("upload-errors")
    assert is_unchanged(held)
    returned = download(alice, tmp_path)
    assert returned[0] == ["period", "value", "cell 3", "row", "what is wrong"]
    assert [int(line[3]) for line in returned[1:]] == [number for number, _, _ in bad]
    for line, (_, row, said) in zip(returned[1:], bad, strict=True):
        typed = next(csv.reader([row]))
        assert [cell.lstrip("'") for cell in line[:3] if cell] == typed
        assert line[4].startswith(said)
    alice.press("Keep the good rows")
    alice.see("3 new figures kept.")
    kept = Measurement.objects.filter(series=held.series).values_list("period", "value")
    assert {f"{period:%Y-%m}": value for period, value in kept} == {
        "2024-04": 4.9,
        "2024-05": 4.8,
        "2024-06": 4.7,
        "2024-10": 4.6,
    }


def download(alice: Visitor, folder: Path) -> list[list[str]]:
    """Take the bad rows as a file and return its lines."""
    alice.tab_to("link", "Download the bad rows with their reasons (CSV)")
    with alice.page.expect_download() as taken:
        alice.keyboard.press("Enter")
    taken.value.save_as(folder / "rejected.csv")
    with (folder / "rejected.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("megabytes", [11, 200])
def test_a_file_too_large_is_refused_without_being_kept(
    visitor: Arrive, cast: Cast, held: Commitment, tmp_path: Path, megabytes: int
) -> None:
    alice = visitor()
    alice.become(cast.alice)
    file = tmp_path / "everything.csv"
    with file.open("wb") as sparse:
        sparse.write(HEAD.encode())
        sparse.truncate(megabytes * 2**20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    send(alice, held, file)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    alice.see("everything.csv is larger than 10 MB. Split it and send the parts.")
    assert grown < 60 * 1024, f"taking {megabytes} MB in cost {grown / 1024:.0f} MB of memory"
    assert is_unchanged(held)
    assert not Upload.objects.exists()
