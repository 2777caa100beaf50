"""The pages by which a file of many series comes in, each form sent as a browser fills it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from makegood.contract.models import Commitment
from makegood.kernel.documents.workbook import Sheet, workbook
from makegood.kernel.period import add_months, name_month
from makegood.measures.actions import (
    keep_figures,
    match_names,
    read_figures,
    receive_figures,
    work_on_upload,
)
from makegood.measures.models import Measurement, Upload, UploadWork
from makegood.measures.reading import Layout
from makegood.measures.states import Matched
from makegood.measures.views import figures
from tests.factories.cast import Cast
from tests.factories.loop import a_signed_contract
from tests.factories.sending import ROWS, a_figure_file, a_figure_file_read, the_measure
from tests.factories.sign_in import sign_in
from tests.hostile.forms import forms_of

HEAD = "period,series,value,numerator,denominator,note"


def filled(client: Client, path: str) -> dict[str, str]:
    """Return what the last form of a page holds, as it is shown."""
    page = client.get(path)
    assert page.status_code == 200
    fields = forms_of(page.content.decode())[-1].fields.values()
    return {one.name: one.held for one in fields if one.kind != "checkbox" or one.held}


def test_a_file_is_sent_understood_checked_and_kept(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    file = SimpleUploadedFile("figures.csv", ROWS)
    answers = {"keeper": cast.provider.slug, "measure": the_measure(cast).slug, "file": file}
    sent = client.post(reverse("send_figures"), answers)
    upload = Upload.objects.get()
    columns = reverse("figure_columns", args=[upload.reference])
    assert sent["Location"] == columns
    read = client.post(columns, filled(client, columns))
    shown = reverse("figure_file", args=[upload.reference])
    assert read["Location"] == shown
    page = client.get(shown).content.decode()
    assert "3 new good figures of 2 series" in page
    assert "“lots” is not a number" in page
    names = reverse("figure_names", args=[upload.reference])
    assert client.post(names, filled(client, names))["Location"] == shown
    returned = client.get(reverse("rejected_figures", args=[upload.reference]))
    assert "lots" in b"".join(returned.streaming_content).decode()
    book = client.get(reverse("rejected_figures_workbook", args=[upload.reference]))
    assert book.content.startswith(b"PK")
    client.post(shown, {"keep": "yes"})
    assert Measurement.objects.count() == 3
    assert "3 figures kept" in client.get(shown).content.decode()
    assert "figures.csv" in client.get(reverse("figure_files")).content.decode()


def test_a_file_that_is_no_table_keeps_the_other_answers(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    file = SimpleUploadedFile("figures.csv", b"%PDF-1.7 and more")
    answers = {"keeper": cast.provider.slug, "measure": the_measure(cast).slug, "file": file}
    said = client.post(reverse("send_figures"), answers)
    assert said.status_code == 200
    assert "The file is a PDF" in said.content.decode()
    assert not Upload.objects.exists()


def test_pages_of_files_ask_no_more_for_more(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, cast.alice)
    for count in (2, 12):
        rows = "".join(f"Apr-24,Place {n},{n}\nMay-24,Place {n},lots\n" for n in range(count))
        upload = a_figure_file(cast, f"month,organisation,rate\n{rows}".encode())
        read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice)
        work_on_upload(upload)
        for name, arguments in (
            ("figure_files", []),
            ("figure_file", [upload.reference]),
            ("figure_names", [upload.reference]),
            ("figure_columns", [upload.reference]),
            ("rejected_figures", [upload.reference]),
        ):
            address = reverse(name, args=arguments)
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


def test_nothing_to_keep_is_said_on_the_page(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    upload = a_figure_file_read(cast)
    address = reverse("figure_file", args=[upload.reference])
    assert client.post(address, {"names": "left_out"}).status_code == 302
    said = client.post(address, {"keep": "yes"})
    assert said.status_code == 200
    assert "There is a problem" in said.content.decode()
    assert not Measurement.objects.exists()


def test_a_file_that_waits_stands_on_the_desk(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    a_figure_file_read(cast)
    a_figure_file(cast)
    desk = client.get(reverse("desk")).content.decode()
    assert "Keep the figures of a file" in desk
    assert "Say what the columns of a file are" in desk


def test_a_table_has_a_row_for_each_period_that_lacks_a_figure(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    upload = a_figure_file_read(cast)
    keep_figures(upload, by=cast.alice)
    work_on_upload(upload)
    address = reverse("figures_template", args=[the_measure(cast).slug])
    assert client.get(address).content.decode().splitlines() == [HEAD]
    page = client.get(reverse("figure_file", args=[upload.reference])).content.decode()
    assert f"{address}?for={cast.provider.slug}" in page
    head, *rows = client.get(address, {"for": cast.provider.slug}).content.decode().splitlines()
    assert head == HEAD
    over = add_months(timezone.localdate(), -1)
    newest = [row for row in rows if row.startswith(name_month(over))]
    assert newest == [f"{name_month(over)},Dale,,,,", f"{name_month(over)},Moor,,,,"]
    assert max(Counter(row.split(",")[1] for row in rows).values()) == 24
    filled_in = f"{head}\n{newest[0].replace(',,,,', ',4.5,,,')}\n".encode()
    back = a_figure_file(cast, filled_in)
    read_figures(back, layout=Layout.from_plain(back.layout), by=cast.alice)
    work_on_upload(back)
    assert [name.series.about for name in back.names.all()] == ["Dale"]
    other = client.get(address, {"for": cast.stranger.slug}).content.decode().splitlines()
    assert other == [HEAD]


def test_a_name_that_was_left_out_is_left_out_of_the_next_file(cast: Cast) -> None:
    first = a_figure_file_read(cast)
    [moor] = first.names.filter(name="Moor")
    match_names(first, answers={moor.pk: (Matched.LEFT_OUT, None)}, by=cast.alice)
    keep_figures(first, by=cast.alice)
    work_on_upload(first)
    rows = b"month,organisation,rate\nJun-24,Dale,4.1\nJun-24,Moor,5\nJun-24,Fell,5\n"
    later = a_figure_file(cast, rows)
    read_figures(later, layout=Layout.from_plain(later.layout), by=cast.alice)
    work_on_upload(later)
    said = dict(later.names.values_list("name", "matched"))
    assert said == {"Dale": Matched.KNOWN, "Moor": Matched.LEFT_OUT, "Fell": Matched.NEW}


def test_another_sheet_without_headings_is_told_and_breaks_nothing(
    client: Client, cast: Cast
) -> None:
    sign_in(client, cast.alice)
    rows = [["month", "organisation", "rate"], ["2024-04-01", "Dale", 4.1]]
    book = workbook([Sheet(name="Figures", rows=rows), Sheet(name="Cover", rows=[["Contents"]])])
    upload = a_figure_file(cast, book)
    address = reverse("figure_columns", args=[upload.reference])
    said = client.get(address, {"sheet": "Cover", "header_from": 1, "header_to": 1})
    assert said.status_code == 200
    assert "There is a problem" in said.content.decode()
    beyond = client.get(address, {"sheet": "Figures", "header_from": 300, "header_to": 400})
    assert beyond.status_code == 200


def test_a_name_that_a_contract_asks_for_is_told_and_refused_on_the_page(
    client: Client, cast: Cast
) -> None:
    contract = a_signed_contract(cast)
    owed = Commitment.objects.get(contract=contract).series
    rows = f"month,organisation,rate\nJul-24,{owed.about},4\nJul-24,Elsewhere,5\n"
    upload = receive_figures(
        ContentFile(rows.encode()),
        file_name="all.csv",
        measure=owed.measure,
        keeper=owed.keeper,
        by=cast.alice,
    )
    read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice)
    work_on_upload(upload)
    sign_in(client, cast.alice)
    page = client.get(reverse("figure_file", args=[upload.reference])).content.decode()
    assert f"Contracts ask for the figures of {owed.about}." in page
    names = reverse("figure_names", args=[upload.reference])
    answers = dict.fromkeys(filled(client, names), "new")
    said = client.post(names, answers)
    assert said.status_code == 200
    assert "A contract asks for the figures of" in said.content.decode()


def test_what_stops_is_said_on_its_page_with_a_way_out(client: Client, cast: Cast) -> None:
    sign_in(client, cast.alice)
    upload = a_figure_file_read(cast)
    keep_figures(upload, by=cast.alice)
    shown = reverse("figure_file", args=[upload.reference])
    assert "Throw this file away" not in client.get(shown).content.decode()
    UploadWork.objects.update(fault="A fault stopped it.")
    page = client.get(shown).content.decode()
    assert "A fault stopped it." in page
    assert "Throw this file away" in page
    assert client.post(shown, {"discard": "yes"})["Location"] == reverse("figure_files")
    assert not Measurement.objects.exists()


def test_very_many_bad_rows_are_written_while_they_are_sent(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, cast.alice)
    rows = "".join(f"Apr-24,Place {n},=lots\n" for n in range(30))
    good = "".join(f"Apr-24,Site {n},4\n" for n in range(50))
    upload = a_figure_file(cast, f"month,organisation,rate\n{good}{rows}".encode())
    read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice)
    work_on_upload(upload)
    monkeypatch.setattr(figures, "MOST_IN_A_BOOK", 29)
    book = client.get(reverse("rejected_figures_workbook", args=[upload.reference]))
    table = reverse("rejected_figures", args=[upload.reference])
    assert book["Location"] == table
    page = client.get(reverse("figure_file", args=[upload.reference])).content.decode()
    assert table in page
    assert "rejected.xlsx" not in page
    given = client.get(table)
    assert given.streaming
    lines = b"".join(given.streaming_content).decode().splitlines()
    assert lines[0] == "month,organisation,rate,row,what is wrong"
    assert len(lines) == 31
    assert lines[1].startswith("Apr-24,Place 0,'=lots,52,")
    assert given["Content-Disposition"] == f'attachment; filename="{upload.reference}-rejected.csv"'
