"""What a room names as its own is there: a name that leads nowhere fails only where it is used."""

from __future__ import annotations

import importlib
import pkgutil

import makegood


def test_every_name_that_is_given_away_is_there() -> None:
    rooms = [
        found.name
        for found in pkgutil.walk_packages(makegood.__path__, "makegood.")
        if ".migrations" not in found.name and ".management" not in found.name
    ]
    given = {name: importlib.import_module(name) for name in rooms}
    lost = [
        f"{name}: {each}"
        for name, room in given.items()
        for each in getattr(room, "__all__", ())
        if not hasattr(room, each)
    ]
    assert lost == []
    assert sum(hasattr(room, "__all__") for room in given.values()) > 10
