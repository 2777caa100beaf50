"""Every address stands in the guard table, and nothing else does."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.addresses import all_addresses, named
from tests.architecture.breaches import none_of
from tests.factories.examples import EXAMPLES
from tests.guard_table import PEOPLE, gone, read, rows, unguarded

HEAD = "address with who A B C D E F G\n"


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
    table = read(HEAD + "home - ok = = = = = = =")
    assert unguarded(["home", "desk", "admin:index", "unnamed c/"], table) == ["desk", "unnamed c/"]
    assert gone(["desk"], table) == ["home"]


def test_a_row_is_read() -> None:
    (row,) = read(HEAD + "POST sign contract login 404 = = = ok = 403")
    assert (row.method, row.address, row.example) == ("POST", "sign", "contract")
    assert dict(zip(PEOPLE, row.answers, strict=True)) == {
        "nobody": "login",
        "alice": "404",
        "bob": "404",
        "charlie": "404",
        "dana": "404",
        "erin": "ok",
        "frank": "ok",
        "grace": "403",
    }


@pytest.mark.parametrize("line", ["home - ok", "home - ok = = = = = = maybe"])
def test_a_row_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="home"):
        read(HEAD + line)
