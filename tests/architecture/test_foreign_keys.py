"""Relations point back, never forward."""

from __future__ import annotations

import pytest
from django.apps import apps

from tests.architecture.breaches import none_of
from tests.architecture.foreign_keys import forward, relations
from tests.architecture.sources import room_layers


def test_relations_point_back() -> None:
    none_of(forward(relations(apps.get_models(include_auto_created=True)), layers=room_layers()))


def test_relations_are_read_from_the_models() -> None:
    assert relations(apps.get_models()), "no relation was found, so nothing was checked"


@pytest.mark.parametrize(("room", "other"), [("people", "contract"), ("fund", "events")])
def test_a_relation_that_points_forward_is_found(room: str, other: str) -> None:
    assert forward([(room, other, "Thing.other")], layers=room_layers())


@pytest.mark.parametrize(("room", "other"), [("contract", "people"), ("web", "web")])
def test_a_relation_that_points_back_is_let_be(room: str, other: str) -> None:
    assert not forward([(room, other, "Thing.other")], layers=room_layers())
