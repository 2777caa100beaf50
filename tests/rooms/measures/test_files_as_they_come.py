"""Files as publishers and people really send them: each comes in, or says plainly why not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from django.core.files.base import ContentFile

from makegood.kernel.documents.workbook import Sheet, workbook
from makegood.measures.actions import keep_figures, read_figures, receive_figures, work_on_upload
from makegood.measures.models import Measurement, Upload
from makegood.measures.reading import (
    BadFile,
    Layout,
    RowReader,
    Yardstick,
    best_layout,
    open_source,
    sheets,
)
from tests.absent_data import SharedData
from tests.factories.cast import Cast
from tests.factories.sending import the_measure
from tests.rules.refusing import refused

SHARES = Yardstick(today=date(2026, 1, 15), unit="%", lowest=0, highest=100, is_percentage=True)
COUNTS = Yardstick(today=date(2026, 1, 15), unit="people", lowest=0)
ABSENCE, ATTENDED = "Sickness absence rate", "A&E attendances"
PUBLISHED = (
    ("sickness/england_monthly_2009-04_2025-10.csv", ABSENCE, SHARES, 1, 197, 2),
    ("sickness/sickness_rate_by_org_type_monthly.csv", ABSENCE, SHARES, 9, 1_092, 0),
    ("sickness/sickness_rate_by_region_monthly.csv", ABSENCE, SHARES, 9, 1_395, 0),
    ("sickness/sickness_rate_by_organisation_monthly_2013-04_2022-02.csv", ABSENCE, SHARES, 527, 44_914, 0),
    ("indicators/NHSRdatasets_ae_attendances.csv", ATTENDED, COUNTS, 428, 12_765, 0),
    ("indicators/NHSRdatasets_ae_attendances.csv", "A&E breaches", COUNTS, 428, 12_765, 0),
)  # fmt: skip


@pytest.mark.parametrize(("name", "measure", "measured", "series", "figures", "bad"), PUBLISHED)
def test_published_files_come_in_without_editing(  # a row of the table
    shared: SharedData, *, name: str, measure: str, measured: Yardstick, series: int, figures: int, bad: int
) -> None:  # fmt: skip
    source = open_source(shared.path("data", *name.split("/")))
    layout = best_layout(source, measure=measure)
    reader = RowReader(layout, measured)
    rows = list(source.rows(layout.sheet))[layout.header_to :]
    said = [reader.read(row) for row in rows]
    assert len(reader.names) == series
    assert sum(len(each.figures) for each in said) == figures
    assert sum(bool(each.faults) for each in said) == bad
    assert layout.is_complete(of_one=False)


def an_ods(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return a sheet as office programs other than the usual one write it."""
    cells = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Figures">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
                        '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')  # fmt: skip
        packed.writestr("content.xml", content)
    return held.getvalue()


def _ods_cell(cell: str | float) -> str:
    if isinstance(cell, str):
        words = escape(cell)
        return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    number = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {number}><text:p>{cell}</text:p></table:table-cell>"


def read(cast: Cast, content: bytes | str, *, name: str = "sent.csv") -> Upload:
    """Let Alice send a file, and read it as it was understood."""
    data = content.encode() if isinstance(content, str) else content
    upload = receive_figures(
        ContentFile(data), file_name=name, measure=the_measure(cast), keeper=cast.provider, by=cast.alice
    )  # fmt: skip
    read_figures(upload, layout=Layout.from_plain(upload.layout), by=cast.alice)
    work_on_upload(upload)
    upload.refresh_from_db()
    return upload


def kept(cast: Cast, upload: Upload) -> dict[tuple[str, str], float | None]:
    keep_figures(upload, by=cast.alice)
    work_on_upload(upload)
    rows = Measurement.objects.values_list("series__about", "period", "value")
    return {(about, f"{period:%Y-%m}"): value for about, period, value in rows}


def reasons(upload: Upload) -> dict[int, str]:
    return dict(upload.rejected.values_list("row", "reason"))


def test_an_ods_comes_in(cast: Cast) -> None:
    sheet = an_ods(
        [["Month", "Place", "Rate"], ["April 2024", "Dale", 4.1], ["May 2024", "Dale", "*"]]
    )
    upload = read(cast, sheet, name="sent.ods")
    assert kept(cast, upload) == {("Dale", "2024-04"): 4.1, ("Dale", "2024-05"): None}


def test_a_file_from_windows_with_decimal_commas(cast: Cast) -> None:
    rows = "Month;Organisation;Rate\nApr-24;Café Zoë;4,2\nMay-24;Café Zoë;4,5\n"
    upload = read(cast, rows.encode("cp1252"))
    assert kept(cast, upload) == {("Café Zoë", "2024-04"): 4.2, ("Café Zoë", "2024-05"): 4.5}


def test_a_byte_order_mark_is_no_part_of_a_name(cast: Cast) -> None:
    rows = "\ufeffMonth,Organisation,Rate\nApr-24,Dale,4.2\n"
    assert kept(cast, read(cast, rows)) == {("Dale", "2024-04"): 4.2}


def test_a_provider_under_two_regions_with_two_figures_comes_back(cast: Cast) -> None:
    head = "month,region,org_code,organisation,rate\n"
    rows = "2024-04,North,RX1,Dale,4.1\n2024-04,South,RX1,Dale,5.2\n2024-04,South,RX2,Moor,3\n"
    rows += "2024-05,North,RX1,Dale,4\n2024-05,South,RX1,Dale,4\n"
    upload = read(cast, head + rows)
    assert set(reasons(upload)) == {2, 3}
    assert "April 2024 is there twice, with different figures" in reasons(upload)[2]
    figures = kept(cast, upload)
    assert sorted((month, value) for (_, month), value in figures.items()) == [
        ("2024-04", 3),
        ("2024-05", 4),
    ], "the same figure twice is one"


def test_days_both_ways_round_are_not_guessed(cast: Cast) -> None:
    rows = "date,organisation,rate\n01/04/2024,Dale,4\n31/05/2024,Dale,5\n06/30/2024,Dale,6\n"
    upload = read(cast, rows)
    assert set(reasons(upload)) == {2}
    assert "could be two days" in reasons(upload)[2]


def test_days_are_held_against_all_of_the_file_and_not_its_beginning(cast: Cast) -> None:
    early = "".join(f"01/0{m}/20{y},Dale,4\n" for y in range(10, 24) for m in (1, 2, 3))
    rows = f"date,organisation,rate\n{early}04/30/2024,Dale,6\n"
    assert read(cast, rows).layout["order"] == "month"


def test_formulas_and_totals_are_no_figures(cast: Cast) -> None:
    rows = (
        "month,organisation,rate\nApr-24,Dale,=4+1\nApr-24,Moor,4\nMay-24,Moor,5\nApr-24,Total,9\n"
    )
    upload = read(cast, rows)
    assert "is a formula" in reasons(upload)[2]
    assert upload.counted["a total"] == 1
    assert set(kept(cast, upload)) == {("Moor", "2024-04"), ("Moor", "2024-05")}


def test_the_bad_rows_sent_back_mended_add_only_what_is_new(cast: Cast) -> None:
    rows = "month,organisation,rate\nApr-24,Dale,4.1\nMay-24,Dale,many\n"
    kept(cast, read(cast, rows))
    mended = read(cast, rows.replace("many", "4.4"))
    assert (mended.counted["good"], mended.counted["known"]) == (1, 1)
    assert len(kept(cast, mended)) == 2


def test_a_damaged_workbook_leaves_nothing(cast: Cast) -> None:
    sheet = an_ods([["Month", "Place", "Rate"], ["April 2024", "Dale", 4.1]])
    with refused("MEA-08", saying="cannot be read as a workbook"):
        read(cast, sheet[: len(sheet) // 2], name="sent.ods")
    assert not Upload.objects.exists()


def damaged(path: Path) -> Path:
    """Write a workbook the sheet of which breaks off, though its archive is whole."""
    held = io.BytesIO(workbook([Sheet(name="A", rows=[["month", "place", "rate"]] * 3)]))
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            is_sheet = each.filename.endswith("sheet1.xml")
            new.writestr(each.filename, content[:-40] + b"</x>" if is_sheet else content)
    return path


def test_a_sheet_that_breaks_off_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    path = damaged(tmp_path / "sent.xlsx")
    with refused("MEA-08", saying="cannot be read as a workbook"):
        read(cast, path.read_bytes(), name="sent.xlsx")
    assert not Upload.objects.exists()
    with pytest.raises(BadFile, match="cannot be read as a workbook"):
        list(open_source(path, is_known=True).rows())


def test_words_merged_over_one_another_again_and_again_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [["a title"], *[["month", "place", "rate"]] * 9]
    path = tmp_path / "sent.xlsx"
    path.write_bytes(workbook([Sheet(name="A", rows=rows, merged=["A1:C10"] * 3)]))
    assert list(open_source(path).rows())[9] == ["a title"] * 3
    monkeypatch.setattr(sheets, "MOST_CELLS", 89)
    with pytest.raises(BadFile):
        list(open_source(path).rows())
