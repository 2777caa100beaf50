"""MEA: what must be true of pools of comparators."""

from __future__ import annotations

from makegood.measures import rules
from tests.rules.refusing import refused


def test_mea_10_a_pool_compares_with_somebody() -> None:
    """MEA-10"""
    rules.check_pool_compares_with_somebody(comparators=1)
    with refused("MEA-10", saying="at least one series"):
        rules.check_pool_compares_with_somebody(comparators=0)


def test_mea_11_a_pool_is_formed_once() -> None:
    """MEA-11"""
    rules.check_pool_is_new(exists=False, name="Like services")
    with refused("MEA-11", saying="Like services"):
        rules.check_pool_is_new(exists=True, name="Like services")
