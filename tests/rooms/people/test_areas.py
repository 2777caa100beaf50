"""Areas: loaded from a file, kept up to date, and said to be where an organisation works."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.kernel.refusal import NotPermitted
from makegood.people.actions import Loaded, add_area, load_areas, remove_area
from makegood.people.models import Area, Workplace
from makegood.people.queries import areas_matching
from makegood.people.states import AreaKind
from tests.absent_data import SharedData
from tests.factories.cast import Cast
from tests.rules.refusing import refused

HEAD = "code,name,kind,parent,nhs_code,since,until\n"
LAND = "E92000001,England,country,,,,\n"


def a_file(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "areas.csv"
    file.write_text(head + "".join(rows), encoding="utf-8")
    return file


def gateshead() -> Area:
    return Area.objects.get(code="E08000037")


@pytest.mark.django_db
def test_our_areas_are_loaded_once() -> None:
    first, again = load_areas(), load_areas()
    assert first.added == Area.objects.count() == 404
    assert again == Loaded(added=0, changed=0, ended=0)
    assert gateshead().within == "North East, England"
    assert gateshead().larger == ["K02000001", "E92000001", "E12000001"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "boards"), [(date(2022, 12, 1), 42), (date(2023, 12, 1), 42), (date(2026, 5, 1), 36)]
)
def test_care_boards_that_were_merged_have_ended(day: date, boards: int) -> None:
    load_areas()
    stands = Q(until_on__isnull=True) | Q(until_on__gte=day)
    found = Area.objects.filter(stands, kind=AreaKind.ICB, since_on__lte=day)
    assert found.count() == len({board.name for board in found}) == boards
    assert all(board.nhs_code for board in found.filter(since_on__lt=date(2026, 1, 1)))


@pytest.mark.django_db
def test_our_areas_are_those_of_the_lookups(shared: SharedData) -> None:
    load_areas()
    held = {area.code: area for area in Area.objects.all()}
    for name, own, larger in (
        ("lookup_ltla23_region23.csv", "ltla23", "region23"),
        ("lookup_ltla23_utla23.csv", "ltla23", "utla23"),
    ):
        with shared.path("data", "reference", name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                area = held[row[f"{own}_code"]]
                assert area.name == row[f"{own}_name"]
                assert row[f"{larger}_code"] in area.path.split("/")
                assert held[row[f"{larger}_code"]].name == row[f"{larger}_name"]


@pytest.mark.django_db
def test_what_changed_and_what_ended_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (LAND, "E10000006,Cumbria,county,E92000001,,,\n", "E06000001,Hartlepol,council,,,,\n")
    call_command("load_areas", file=a_file(tmp_path, *rows))
    assert capsys.readouterr().out == "Areas: 3 added, 0 changed, of which 0 ended.\n"
    rows = (
        LAND,
        "E10000006,Cumbria,county,E92000001,,,2023-03-31\n",
        "E06000001,Hartlepool,council,E92000001,,,\n",
    )
    call_command("load_areas", file=a_file(tmp_path, *rows))
    assert capsys.readouterr().out == "Areas: 0 added, 2 changed, of which 1 ended.\n"
    assert [area.name for area in areas_matching("cumbria")] == []
    assert [area.name for area in areas_matching("hartlepool")] == ["Hartlepool"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "saying"),
    [
        ("E06000001,Hartlepool,hamlet,,,,\n", "Line 3: 'hamlet'"),
        ("E06000001,Hartlepool,council,E12000001,,,\n", "Line 3: 'E12000001'"),
        ("E06000001,Hartlepool,council,,,soon,\n", "Line 3: Invalid isoformat"),
        ("E92000001,England,country,,,,\n", "stands twice"),
        ("E06000001\n", "Line 3"),
    ],
)
def test_a_bad_file_is_refused_by_its_line(tmp_path: Path, row: str, saying: str) -> None:
    with pytest.raises(CommandError, match=saying):
        call_command("load_areas", file=a_file(tmp_path, LAND, row))
    with pytest.raises(CommandError, match="'code'"):
        call_command("load_areas", file=a_file(tmp_path, "England\n", head="name\n"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_areas", file=tmp_path / "none.csv")
    assert not Area.objects.exists()


def test_an_owner_chooses_areas(cast: Cast, client: Client) -> None:
    load_areas()
    client.force_login(cast.alice)
    address = reverse("choose_areas", args=[cast.provider.slug])
    assert "Add<span class" in client.get(address).content.decode()
    shown = client.get(address, {"q": "gatesh"}).content.decode()
    assert "North East, England" in shown
    for _ in range(2):
        client.post(reverse("add_area", args=[cast.provider.slug, "E08000037"]))
    assert Entry.objects.filter(act="add_area").count() == 1
    profile = reverse("organisation", args=[cast.provider.slug])
    assert "Gateshead" in Client().get(profile).content.decode()
    for _ in range(2):
        client.post(reverse("remove_area", args=[cast.provider.slug, "E08000037"]))
    assert Entry.objects.filter(act="remove_area").count() == 1
    assert "Gateshead" not in Client().get(profile).content.decode()
    assert verify().sound


def test_nobody_begins_to_work_in_an_area_that_is_no_more(cast: Cast, client: Client) -> None:
    load_areas()
    Area.objects.filter(code="E08000037").update(until_on="2020-03-31")
    with refused("PEO-23"):
        add_area(cast.provider, area=gateshead(), by=cast.alice)
    client.force_login(cast.alice)
    address = reverse("add_area", args=[cast.provider.slug, "E08000037"])
    answer = client.post(address, follow=True).content.decode()
    assert "Gateshead came to an end on 31 March 2020." in answer


def test_who_may_not_write_chooses_no_area(cast: Cast) -> None:
    load_areas()
    for act in (add_area, remove_area):
        with pytest.raises(NotPermitted):
            act(cast.provider, area=gateshead(), by=cast.bob)
    assert not Workplace.objects.exists()


def test_the_database_itself_keeps_areas_straight(cast: Cast) -> None:
    load_areas()
    Workplace.objects.create(organisation=cast.provider, area=gateshead())
    with pytest.raises(IntegrityError), transaction.atomic():
        Workplace.objects.create(organisation=cast.provider, area=gateshead())
    for wrong in ({"path": "E92000001"}, {"since_on": "2024-01-02", "until_on": "2024-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Area.objects.filter(code="E08000037").update(**wrong)
