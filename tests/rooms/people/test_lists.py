"""Lists of organisations: good rows go in, bad rows come back, and twice is as good as once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from makegood.kernel.ledger.models import Entry
from makegood.kernel.ledger.verify import verify
from makegood.people.actions import (
    Merger,
    add_identifier,
    import_organisations,
    load_areas,
    merge_organisations,
    register_organisation,
)
from makegood.people.lists import MOST_ROWS, BadList, read_list
from makegood.people.models import Identifier, Membership, Organisation
from makegood.people.states import Became, Kind, Role
from tests.factories.cast import Cast
from tests.rules.refusing import refused

HEAD = "name,kind,legal form,summary,website,identifiers,area codes,owner\n"
GOOD = "Hill Care,provider,Charity,Cares,https://hill.example.org,GB-CHC-1090095;GB-NHS-RAX,E08000037,\n"


def a_list(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "list.csv"
    file.write_text(head + "".join(rows), encoding="utf-8")
    return file


def became(*rows: str, cast: Cast, is_rehearsal: bool = False) -> list[tuple[Became, str]]:
    listed = read_list((HEAD + "".join(rows)).encode())
    found = import_organisations(listed, is_rehearsal=is_rehearsal, by=cast.operator)
    return [(each.became, each.reason) for each in found]


def test_a_good_row_goes_in_once(cast: Cast) -> None:
    load_areas()
    assert became(GOOD, cast=cast) == [(Became.NEW, "")]
    held = Organisation.objects.get(name="Hill Care")
    assert (held.legal_form, held.summary) == ("charity", "Cares")
    assert {str(number) for number in held.identifiers.all()} == {"GB-CHC-1090095", "GB-NHS-RAX"}
    assert [work.area.name for work in held.workplaces.all()] == ["Gateshead"]
    entries = Entry.objects.count()
    renamed = GOOD.replace("Hill Care", "Hill Care Ltd")
    assert became(GOOD, renamed, cast=cast) == [(Became.THERE, "")] * 2
    assert Entry.objects.count() == entries
    assert verify().sound


def test_the_same_name_is_the_same_organisation(cast: Cast) -> None:
    assert became("MOOR VIEW CARE,provider,,,,,,\n", cast=cast) == [(Became.THERE, "")]
    assert became("Moor View Care,commissioner,,,,,,\n", cast=cast) == [(Became.NEW, "")]


def test_of_two_of_one_name_it_is_asked_which(cast: Cast) -> None:
    """PEO-35"""
    twin = register_organisation(
        name="Moor View Care", kind=Kind.PROVIDER, is_another=True, by=cast.dana
    )
    add_identifier(twin, scheme="GB-CHC", value="1090095", by=cast.dana)
    plain, numbered = "moor view care,provider,,,,,,\n", "Moor View,provider,,,,GB-CHC-1090095,,\n"
    [(told, reason)] = became(plain, cast=cast)
    assert told == Became.REFUSED
    assert "Moor View Care (no number, page moor-view-care)" in reason
    assert f"Moor View Care (GB-CHC-1090095, page {twin.slug})" in reason
    assert became(numbered, cast=cast) == [(Became.THERE, "")]
    add_identifier(cast.provider, scheme="GB-NHS", value="RAX", by=cast.alice)
    [(told, reason)] = became("X,provider,,,,GB-CHC-1090095;GB-NHS-RAX,,\n", cast=cast)
    assert (told, "found by its numbers" in reason) == (Became.REFUSED, True)
    merger = Merger(goes=twin, stays=cast.provider, reason="One", members_join=False)
    merge_organisations(merger, by=cast.operator)
    assert became(plain, cast=cast) == [(Became.THERE, "")]


def test_a_rehearsal_keeps_nothing(cast: Cast) -> None:
    load_areas()
    entries = Entry.objects.count()
    assert became(GOOD, GOOD, cast=cast, is_rehearsal=True) == [
        (Became.NEW, ""), (Became.THERE, ""),
    ]  # fmt: skip
    assert not Organisation.objects.filter(name="Hill Care").exists()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("row", "saying"),
    [
        (",provider,,,,,,\n", "no name"),
        ("Hill,shop,,,,,,\n", "“shop” is no kind we know"),
        ("Hill,provider,guild,,,,,\n", "“guild” is no legal form we know"),
        ("Hill,provider,,,ftp://x.example,,,\n", "no web address"),
        ("Hill,provider,,,,GB-CHC-12,,\n", "not an identifier we can read"),
        ("Hill,provider,,,,,E1,\n", "No area has the code “E1”"),
        ("Hill,provider,,,,,,x@example.org\n", "Nobody signs in with x@example.org"),
        ("Hill,provider,,,,,,,too,many\n", "more cells than there are columns"),
        (f"{'H' * 161},provider,,,,,,\n", "The name is too long"),
        (f"Hill,provider,,,https://x.example/{'a' * 200},,,\n", "The website is too long"),
    ],
)
def test_a_bad_row_comes_back_and_stops_no_other(cast: Cast, row: str, saying: str) -> None:
    load_areas()
    before = Organisation.objects.count()
    (first, reason), second = became(row, GOOD, cast=cast)
    assert first == Became.REFUSED
    assert saying in reason
    assert second == (Became.NEW, "")
    assert Organisation.objects.count() == before + 1


def test_half_a_row_leaves_nothing(cast: Cast) -> None:
    load_areas()
    Identifier.objects.create(
        organisation=cast.provider, scheme="GB-NHS", value="RAX", is_parents=True
    )
    numbers = "GB-NHS-RAX;GB-NHS-rax"
    assert became(f"Hill,provider,,,,{numbers},,\n", cast=cast)[0][0] == Became.REFUSED
    assert not Organisation.objects.filter(name="Hill").exists()


def test_an_unclaimed_organisation_is_given_an_owner_once(cast: Cast) -> None:
    row = "Hill,provider,,,,,,{}\n"
    assert became(row.format(""), cast=cast)[0][0] == Became.NEW
    hill = Organisation.objects.get(name="Hill")
    page = reverse("organisation", args=[hill.slug])
    assert "Nobody looks after this page yet" in Client().get(page).content.decode()
    assert became(row.format(cast.bob.email), cast=cast)[0][0] == Became.CLAIMED
    assert became(row.format(cast.charlie.email), cast=cast)[0][0] == Became.THERE
    owners = Membership.objects.filter(organisation=hill)
    assert [(owner.person, owner.role) for owner in owners] == [(cast.bob, Role.OWNER)]
    assert "Nobody looks after" not in Client().get(page).content.decode()


def test_only_an_operator_brings_in_lists(cast: Cast) -> None:
    with refused("PEO-30"):
        import_organisations(read_list((HEAD + GOOD).encode()), by=cast.frank)


def test_the_command_tells_what_became_of_each_row(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load_areas()
    bad = tmp_path / "bad.csv"
    file = a_list(tmp_path, GOOD, '=cmd(),"shop",,,,,,\n')
    for extra, told in (
        (
            {"dry_run": True},
            "2 rows: 1 new, 0 here already, 0 given an owner, 1 refused. Nothing was",
        ),
        ({"rejected": bad}, "2 rows: 1 new, 0 here already, 0 given an owner, 1 refused.\n"),
        ({}, "2 rows: 0 new, 1 here already, 0 given an owner, 1 refused.\n"),
    ):
        call_command("import_organisations", file, by=cast.operator.email, **extra)
        said = capsys.readouterr().out
        assert "Line 3, =cmd(): “shop” is no kind we know." in said
        assert told in said
    (row,) = csv.DictReader(bad.read_text(encoding="utf-8").splitlines())
    assert row["name"] == "'=cmd()"
    assert row["what is wrong"].startswith("“shop” is no kind")
    assert row["line"] == "3"


def test_the_directorys_own_table_can_be_brought_in(cast: Cast) -> None:
    table = Client().get(reverse("organisations_table")).content
    found = import_organisations(read_list(table), by=cast.operator)
    assert {each.became for each in found} == {Became.THERE}


def test_what_is_no_list_is_refused_whole(cast: Cast, tmp_path: Path) -> None:
    for data, saying in (
        (HEAD.encode("utf-16"), "not text in UTF-8"),
        (b"name,kind\n\x00", "not a table in CSV"),
        (b"", "no column “name”"),
        (b"name\n", "no column “kind”"),
        (b"name,kind\n" + b"a,b\n" * (MOST_ROWS + 1), "Split it"),
        (b"name,kind\n" + b"a" * 200_000, "cannot be read after line"),
    ):
        with pytest.raises(BadList, match=saying):
            read_list(data)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_organisations", tmp_path / "none.csv", by=cast.operator.email)
    with pytest.raises(CommandError, match="Nobody signs in with"):
        call_command("import_organisations", a_list(tmp_path, GOOD), by="x@example.org")
    with pytest.raises(CommandError, match="Only an operator"):
        call_command("import_organisations", a_list(tmp_path, GOOD), by=cast.frank.email)


def test_one_that_closed_comes_in_closed(cast: Cast) -> None:
    head = b"name,kind,closed on,why it closed\n"
    rows = b"Hill,provider,31/03/2026,It merged.\nDale,provider,1 April 2026,\nVale,provider,,Why\n"
    import_organisations(read_list(head + rows), by=cast.operator)
    came = Organisation.objects.filter(name__in=("Hill", "Dale", "Vale"))
    assert {each.name: (str(each.closed_on), each.closing_reason) for each in came} == {
        "Hill": ("2026-03-31", "It merged."),
        "Dale": ("2026-04-01", "It closed before it came here. The list does not say why."),
        "Vale": ("None", ""),
    }
    again = import_organisations(read_list(head + rows), by=cast.operator)
    assert {each.became for each in again} == {Became.THERE}
    for cell, number in (("03/31/2026", "is no day"), ("1/1/2999", "That day is to come")):
        row = head + f"Fell,provider,{cell},\n".encode()
        [told] = import_organisations(read_list(row), by=cast.operator)
        assert (told.became, number in told.reason) == (Became.REFUSED, True)
    table = Client().get(reverse("organisations_table")).content.decode()
    assert "2026-03-31,It merged.," in table
