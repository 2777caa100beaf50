"""ART: what must be true of aims, and of what promises are tagged with."""

from __future__ import annotations

import pytest

from makegood.articulate import rules
from makegood.articulate.frameworks import FRAMEWORKS, NAMES
from tests.rules.refusing import refused

OBJECTIVE = {"objective": "Care closer to home", "objective_of": "The department", "source": "Plan"}


@pytest.mark.parametrize("missing", OBJECTIVE)
def test_art_31_an_aim_serves_an_objective(missing: str) -> None:
    """ART-31"""
    rules.check_aim_serves_an_objective(**OBJECTIVE)
    with refused("ART-31"):
        rules.check_aim_serves_an_objective(**(OBJECTIVE | {missing: " "}))


def test_art_32_to_34_aims_that_promises_rest_on() -> None:
    """ART-32 ART-33 ART-34"""
    rules.check_nothing_sent_rests_on_the_aim(promises=0)
    rules.check_aim_ends_once_with_a_reason(has_ended=False, reason="Reached")
    rules.check_tags_are_there_to_choose(strange=[])
    with refused("ART-32"):
        rules.check_nothing_sent_rests_on_the_aim(promises=1)
    with refused("ART-33"):
        rules.check_aim_ends_once_with_a_reason(has_ended=False, reason=" ")
    with refused("ART-33"):
        rules.check_aim_ends_once_with_a_reason(has_ended=True, reason="Reached")
    with refused("ART-34", saying="sdg/99"):
        rules.check_tags_are_there_to_choose(strange=["sdg/99"])


def test_each_framework_says_whose_it_is_which_edition_and_where() -> None:
    assert len(FRAMEWORKS["sdg"].codes) == 17
    for framework in FRAMEWORKS.values():
        assert all((framework.name, framework.owner, framework.edition, framework.published_on))
        assert framework.source.startswith("https://")
        codes = [code for code, _ in framework.codes]
        assert len(set(codes)) == len(codes)
    assert len(NAMES) == sum(len(framework.codes) for framework in FRAMEWORKS.values())
    assert NAMES["sdg/3"].endswith("3 Good health and well-being")
