"""Lists of measures: the one that comes with Makegood, and those that people send."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from makegood.kernel.exports import FORMULA_SIGNS, harmless, plain, table
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted, WrongState
from makegood.measures.actions import (
    MeasureWords,
    discard_measures,
    load_starter_measures,
    preview_measures,
    store_measures,
)
from makegood.measures.actions.listing import check_row
from makegood.measures.listing import (
    COLUMNS,
    STARTER,
    BadListing,
    one_line,
    read_listing,
)
from makegood.measures.models import Measure, MeasureFile
from makegood.measures.states import MeasureKind, Topic, UploadState
from makegood.people.actions import entrust
from tests.factories import loop
from tests.factories.cast import Cast
from tests.rooms.measures.test_versions import revised
from tests.rules.refusing import refused

GOOD = (
    "name,definition,unit,kind,better,source\n"
    "Hours of play,Hours in the month,hours,count,up,Ours\n"
)
HOSTILE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\x00"),
    max_size=30,
) | st.sampled_from(
    ["=1+1", "'=1", "''=1", "'", "-5", "'-5", "+5 people", "@a", "a,b", 'a"b', "%", "−3", "\t=x"]
)


@pytest.fixture
def starter() -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_listing(STARTER.read_bytes())]


def test_every_starter_measure_is_whole(starter: list[dict[str, str]]) -> None:
    assert len(starter) >= 40
    for cells in starter:
        said = check_row(cells)
        words = said.words
        assert words.topic in set(Topic), cells["name"]
        assert words.definition.endswith("."), cells["name"]
        assert words.numerator, cells["name"]
        if said.arithmetic.kind != MeasureKind.COUNT:
            assert words.denominator, cells["name"]
        if said.arithmetic.kind == MeasureKind.PERCENTAGE:
            assert (words.lowest, words.highest, said.arithmetic.unit) == (0, 100, "%")
        assert words.lowest is not None, cells["name"]


def test_every_starter_measure_is_there_once_and_under_every_topic(
    starter: list[dict[str, str]],
) -> None:
    names = [cells["name"].casefold() for cells in starter]
    assert len(set(names)) == len(names)
    assert {cells["topic"] for cells in starter} == set(Topic)


def test_the_starter_measures_load_once(cast: Cast, starter: list[dict[str, str]]) -> None:
    first = load_starter_measures(keeper=cast.support_unit, by=cast.operator)
    assert (len(first.added), first.left) == (len(starter), [])
    again = load_starter_measures(keeper=None, by=cast.operator)
    assert (len(again.kept), again.added, again.revised) == (len(starter), [], [])
    assert verify().problems == []


def test_newer_words_follow_and_words_revised_here_stay(cast: Cast, tmp_path: Path) -> None:
    load_starter_measures(keeper=cast.support_unit, by=cast.operator)
    ours = Measure.objects.get(name="Volunteer hours")
    revised(ours, by=cast.frank, definition="Hours given, to the half-hour.")
    text = STARTER.read_text("utf-8")
    newer = tmp_path / "newer.csv"
    newer.write_text(
        text.replace("Hours given by volunteers in the month.", "Hours given.")
        .replace("Contacts by mistake", "Contacts made by mistake")
        .replace("Staff vacancy rate,workforce", "Staff vacancy rate,money")
        .replace("points of 24", "points"),
        "utf-8",
    )
    loaded = load_starter_measures(keeper=None, file=newer, by=cast.operator)
    assert sorted(loaded.revised) == [
        "Questions settled at the first contact",
        "Staff vacancy rate",
    ]
    assert len(loaded.left) == 2
    ours.refresh_from_db()
    assert ours.definition == "Hours given, to the half-hour."
    assert Measure.objects.get(name="Staff vacancy rate").version == 2
    assert verify().problems == []


@pytest.mark.parametrize(
    ("cell", "written"),
    [("%", "%"), ("%0A=1", "'%0A=1"), ("'%", "''%"), ("=1", "'=1"), ("％", "％")],
)
def test_a_unit_alone_is_no_formula(cell: str, written: str) -> None:
    assert harmless(cell) == written
    assert plain(written) == cell


def test_only_whoever_looks_after_the_library_adds_them(cast: Cast) -> None:
    for person in (cast.alice, cast.frank, cast.grace):
        with pytest.raises(NotPermitted, match="entrusts"):
            load_starter_measures(keeper=cast.support_unit, by=person)
    entrust(cast.support_unit, is_entrusted=True, by=cast.operator)
    assert load_starter_measures(keeper=cast.support_unit, by=cast.frank).added


def test_the_command_says_what_it_did(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_measures", keeper=cast.support_unit.slug)
    call_command("load_measures")
    first, second = capsys.readouterr().out.splitlines()
    assert "50 added, 0 kept, 0 revised" in first
    assert "0 added, 50 kept, 0 revised" in second
    with pytest.raises(CommandError, match="no organisation nobody"):
        call_command("load_measures", keeper="nobody")


@given(st.lists(HOSTILE, min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_a_table_that_is_written_reads_back(cells: list[str]) -> None:
    written = table("measures.csv", [*COLUMNS, "page"], [cells]).content.decode()
    [row] = read_listing(written.encode())
    assert [row.cells[name] for name in COLUMNS.values()] == [one_line(cell) for cell in cells]
    for cell in next(csv.reader(io.StringIO(written.split("\n", 1)[1], newline=""))):
        assert not cell.startswith(FORMULA_SIGNS) or plain(cell) == cell


@given(HOSTILE)
def test_a_cell_on_one_line_comes_back_as_it_was(text: str) -> None:
    kept = one_line(text)
    assert plain(harmless(kept)) == kept
    assert one_line(kept) == kept


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(data: bytes) -> None:
    try:
        rows = read_listing(data)
    except BadListing as told:
        rows = [told]
    assert rows


def test_what_is_taken_away_can_be_sent_again(cast: Cast, client: Client) -> None:
    load_starter_measures(keeper=cast.support_unit, by=cast.operator)
    loop.a_measure(cast)
    table = client.get(reverse("measures_table")).content
    file = preview_measures(data=table, file_name="m.csv", keeper=cast.provider, by=cast.alice)
    assert (file.known_rows, file.good_rows, file.bad_rows) == (51, [], [])


def test_good_rows_go_in_and_bad_ones_come_back(cast: Cast) -> None:
    held = loop.a_measure(cast)
    rows = [
        "Hours of play,play,Hours in the month,hours,count,up,Ours,",
        "Hours of play,,Hours in the month,hours,count,up,Ours,",
        "Hours of rest,,Hours in the month,hours,count,sideways,Ours,",
        "Hours of work,,,hours,count,up,Ours,",
        f"{held.name},,Other words,%,percentage,down,Ours,",
        "Hours of sleep,,Hours in the month,hours,count,higher is better,Ours,lots",
        "Hours of song,community,Hours in the month,hours,count,higher is better,Ours,0",
        "Hours,,a,b,count,up,Ours,0,9,9",
    ]
    text = "name,topic,definition,unit,kind,better,source,lowest\n" + "\n".join(rows) + "\n"
    file = preview_measures(
        data=text.encode(), file_name="m.csv", keeper=cast.provider, by=cast.alice
    )
    assert [row["row"] for row in file.good_rows] == [3, 8]
    reasons = {bad["row"]: bad["reason"] for bad in file.bad_rows}
    assert sorted(reasons) == [2, 4, 5, 6, 7, 9]
    assert "none of these" in reasons[2]
    assert "up, down, neutral" in reasons[4]
    assert reasons[5].startswith("definition:")
    assert "library already" in reasons[6]
    assert "not a number" in reasons[7]
    assert "more cells than columns" in reasons[9]
    assert not Measure.objects.filter(name="Hours of play").exists()
    assert store_measures(file, by=cast.alice).rows_added == 2
    assert Measure.objects.get(name="Hours of song").lowest == 0
    with pytest.raises(WrongState):
        store_measures(file, by=cast.alice)
    assert verify().problems == []


def test_a_name_taken_meanwhile_is_left_out(cast: Cast) -> None:
    files = [
        preview_measures(data=GOOD.encode(), file_name="m.csv", keeper=cast.provider, by=cast.alice)
        for _ in range(2)
    ]
    assert [store_measures(file, by=cast.alice).rows_added for file in files] == [1, 0]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"name,unit\nA,b\n", GOOD.split("\n", maxsplit=1)[0].encode(), b"a\x00b"],
)
def test_a_file_that_is_no_list_is_refused(cast: Cast, data: bytes) -> None:
    with refused("MEA-08"):
        preview_measures(data=data, file_name="m.csv", keeper=cast.provider, by=cast.alice)


def test_a_file_thrown_away_keeps_nothing(cast: Cast) -> None:
    file = preview_measures(
        data=GOOD.encode(), file_name="m.csv", keeper=cast.provider, by=cast.alice
    )
    discard_measures(file, by=cast.alice)
    held = MeasureFile.objects.get()
    assert (held.state, held.file_name, held.good_rows) == (UploadState.DISCARDED, "", [])
    assert not Measure.objects.exists()


def test_a_file_goes_the_whole_way_on_screen(cast: Cast, client: Client) -> None:
    client.force_login(cast.alice)
    sent = SimpleUploadedFile("m.csv", (GOOD + "Play,,h,count,up,Ours\n").encode(), "text/csv")
    answers = {"keeper": cast.provider.slug, "file": sent}
    shown = client.post(reverse("import_measures"), answers, follow=True)
    address = shown.redirect_chain[-1][0]
    assert "1 new good row" in shown.content.decode()
    rejected = client.get(address + "rejected.csv").content.decode()
    assert "definition: Write something." in rejected
    assert "Play" in rejected
    kept = client.post(address, follow=True).content.decode()
    assert "1 new measure in the library" in kept
    assert MeasureWords.of(Measure.objects.get()).name == "Hours of play"
