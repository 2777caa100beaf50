"""Figures are filled in elsewhere: a file has a row for each that is missing, and is brought back."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from makegood.contract.models import Commitment
from makegood.kernel.documents.workbook import Sheet, workbook
from makegood.kernel.ledger.models import Entry
from makegood.measures.models import Measurement
from makegood.measures.states import Standing
from tests.factories.cast import Cast
from tests.factories.due import a_commitment_in_time

Rows = list[dict[str, str]]


@pytest.fixture
def owed(cast: Cast, client: Client) -> Commitment:
    """Let Alice be signed in, and her provider owe 24 figures and the year before."""
    client.force_login(cast.alice)
    return a_commitment_in_time(cast)


def figures(commitment: Commitment) -> dict[str, float | None]:
    rows = Measurement.objects.filter(series=commitment.series).current()
    return {f"{row.period:%Y-%m}": row.value for row in rows}


def taken(client: Client, cast: Cast) -> Rows:
    answer = client.get(reverse("figures_to_fill", args=[cast.provider.slug]))
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def as_file(rows: Rows, *, separator: str = ",") -> SimpleUploadedFile:
    written = io.StringIO()
    lines = csv.DictWriter(written, fieldnames=list(rows[0]), delimiter=separator)
    lines.writeheader()
    lines.writerows(rows)
    return SimpleUploadedFile("figures.csv", written.getvalue().encode("utf-8-sig"))


def brought(client: Client, cast: Cast, file: SimpleUploadedFile) -> str:
    address = reverse("bring_figures_back", args=[cast.provider.slug])
    return client.post(address, {"file": file}, follow=True).content.decode()


def test_a_row_stands_for_each_figure_that_is_missing(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    rows = taken(client, cast)
    assert len(rows) == 24 + 12
    assert [rows[0][name] for name in ("promise", "period", "due by", "figure", "row")] == [
        owed.name,
        "April 2024",
        "2024-05-20",
        "",
        f"{owed.reference}-2024-04",
    ]
    assert rows[24]["period"] == "April 2023"
    assert rows[24]["due by"] == "the year before"


def test_what_is_filled_in_is_kept_and_the_rest_stays_due(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    rows = taken(client, cast)
    rows[0]["figure"], rows[1]["figure"], rows[24]["figure"] = "4.4", "*", "5.1"
    rows[2]["why there is none"] = "it was not counted"
    rows[3]["why there is none"] = "The payroll moved"
    for separator in ",;\t":
        said = brought(client, cast, as_file(rows, separator=separator))
        assert "5 figures are recorded" in said
    kept = {"2023-04": 5.1, "2024-04": 4.4, "2024-05": None, "2024-06": None, "2024-07": None}
    assert figures(owed) == kept
    suppressed = Measurement.objects.get(period=date(2024, 5, 1))
    assert suppressed.standing == Standing.SUPPRESSED
    assert Measurement.objects.get(period=date(2024, 6, 1)).note == "It was not counted"
    assert Measurement.objects.get(period=date(2024, 7, 1)).note == "The payroll moved"
    assert Entry.objects.filter(act="record_measurement").count() == 5
    assert len(taken(client, cast)) == 36 - 5


def test_what_is_wrong_stands_on_the_page_as_it_was_filled_in(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    rows = taken(client, cast)
    rows[0]["figure"], rows[1]["figure"], rows[24]["figure"] = "4.4", "lots", "many"
    rows[2]["figure"], rows[2]["row"] = "4", "C-0000-01-2024-06"
    said = brought(client, cast, as_file(rows))
    assert "1 figure is recorded. What stands here is not." in said
    assert 'value="lots"' in said
    assert "1 row of the file is of no figure that you are asked for: C-0000-01-2024-06" in said
    assert "23 figures are missing" in said
    address = reverse("give_figures", args=[cast.provider.slug])
    assert f'action="{address}"' in said
    answers = {f"{owed.reference}-2024-05-value": "4.5", f"{owed.reference}-2023-04-value": "5"}
    assert client.post(address, answers).status_code == 302
    assert figures(owed) == {"2023-04": 5.0, "2024-04": 4.4, "2024-05": 4.5}


def test_only_strange_rows_leave_the_page_as_it_was(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    rows = taken(client, cast)[:1]
    rows[0] |= {"row": "somewhere", "figure": "4"}
    said = brought(client, cast, as_file(rows))
    assert "of no figure that you are asked for: somewhere" in said
    assert f'name="{owed.reference}-2024-04-value"' in said
    assert not Measurement.objects.exists()


def test_the_workbook_says_the_same_and_comes_back(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    answer = client.get(reverse("figures_to_fill_workbook", args=[cast.provider.slug]))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    head, first, *_ = rows.to_python()
    assert dict(zip(head, first, strict=True)) == taken(client, cast)[0]
    first[head.index("figure")] = 4.25
    book = workbook([Sheet(name="Figures", rows=[head, first])])
    brought(client, cast, SimpleUploadedFile("figures.xlsx", book))
    assert figures(owed) == {"2024-04": 4.25}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a,b\n1,2\n", "There is no column"),
        (b"row,figure\nC-1-2024-04,\n", "No row holds a figure"),
        (b"%PDF-1.7 \xff", "The file is not text"),
        (b"", "empty"),
        (b"row,figure\n" + b"".join(b"r%d,1\n" % n for n in range(501)), "Send 500 at a time"),
    ],
)
def test_another_file_is_told_what_it_lacks(
    cast: Cast, client: Client, owed: Commitment, content: bytes, why: str
) -> None:
    said = brought(client, cast, SimpleUploadedFile("figures.csv", content))
    assert "There is a problem" in said
    assert why in said
    assert not Measurement.objects.filter(series=owed.series).exists()


def test_a_file_for_one_promise_has_its_periods_filled_in(
    cast: Cast, client: Client, owed: Commitment
) -> None:
    answer = client.get(reverse("periods_to_fill", args=[owed.reference]))
    head, first, *more = answer.content.decode().splitlines()
    assert (head, first, len(more)) == ("period,value,note", "April 2023,,", 35)
    rows = f"{head}\nApril 2023,5.1,\nMay 2023,,The payroll was down\n"
    address = reverse("upload_figures", args=[owed.reference])
    file = SimpleUploadedFile("figures.csv", rows.encode())
    shown = client.post(address, {"file": file}, follow=True)
    client.post(shown.redirect_chain[-1][0], {"store": "yes"})
    assert figures(owed) == {"2023-04": 5.1, "2023-05": None}
    book = client.get(reverse("periods_to_fill_workbook", args=[owed.reference]))
    assert book.content.startswith(b"PK")
