"""Every address stands in the guard table, and nothing else does."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from makegood.people.states import Kind, Right, Role
from tests.addresses import all_addresses, named
from tests.architecture.breaches import none_of
from tests.factories.examples import EXAMPLES
from tests.guard_table import OTHERS, gone, read, rows, unguarded, ways_in

HEAD = "address with right who N A B D d E e F f G g C X Y Z\n"
ALL = " ok" + " =" * 15


def test_every_address_is_guarded() -> None:
    none_of(unguarded(all_addresses(), rows()))


def test_every_guard_has_its_address() -> None:
    none_of(gone(all_addresses(), rows()))


def test_every_example_exists() -> None:
    assert not {row.example for row in rows()} - set(EXAMPLES) - {"-"}


def test_no_address_is_guarded_twice_with_one_example() -> None:
    told = [(row.method, row.address, row.example) for row in rows()]
    assert len(told) == len(set(told))


def test_addresses_are_read_with_their_spaces() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    inner = ([path("b/", view, name="b"), path("c/", view)], "room")
    assert list(named([path("a/", view, name="a"), path("r/", include(inner))])) == [
        "a",
        "room:b",
        "room:unnamed c/",
    ]


def test_an_unguarded_address_is_found() -> None:
    table = read(HEAD + "home - -" + ALL)
    assert unguarded(["home", "desk", "admin:index", "unnamed c/"], table) == ["desk", "unnamed c/"]
    assert gone(["desk"], table) == ["home"]


def test_a_row_is_read() -> None:
    (row,) = read(HEAD + "POST sign contract sign in 404 ok 403 404 = ok 403 404 = = = = = = 403")
    assert (row.method, row.address, row.example, row.right) == (
        "POST",
        "sign",
        "contract",
        Right.SIGN,
    )
    told = {
        name: row.answer(name) for name in ("nobody", "nia", "alice", "dan", "erin", "ed", "zoe")
    }
    assert list(told.values()) == ["in", "404", "ok", "404", "ok", "403", "403"]


def test_a_role_gets_what_its_rights_say() -> None:
    (row,) = read(HEAD + "POST sign contract sign in 404 ok 403 404 = ok 403 404 = = = = = = 403")
    assert row.answer_for(Role.SIGNATORY, kind=Kind.PROVIDER) == "ok"
    assert row.answer_for(Role.RECORDER, kind=Kind.PROVIDER) == "403"
    assert row.answer_for(Role.EDITOR, kind=Kind.COMMISSIONER) == "403"
    (anybody,) = read(HEAD + "contract contract -" + ALL)
    assert anybody.answer_for(Role.READER, kind=Kind.SUPPORT_UNIT) == "ok"


@pytest.mark.parametrize("line", ["home - - ok", "home - -" + ALL[:-1] + "maybe"])
def test_a_row_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="home"):
        read(HEAD + line)


def test_every_way_in_has_its_address_and_each_of_others_its_row() -> None:
    told = {address for _, address in ways_in()}
    addresses = {a for a in all_addresses() if a.startswith(tuple(OTHERS))}
    assert told == {a for a in addresses if not a.startswith("admin:")}
    assert {("POST", name) for name in ("account_logout", "mfa_authenticate")} <= set(ways_in())


def test_a_way_in_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="account_login"):
        ways_in("address who N L\naccount_login ok on")
