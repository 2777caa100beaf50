"""PEO: what must be true of organisations and their members."""

from __future__ import annotations

from makegood.people import rules
from tests.rules.refusing import refused


def test_peo_01_an_owner_remains() -> None:
    """PEO-01"""
    rules.check_an_owner_remains(owners_left=1)
    with refused("PEO-01", saying="Make someone else owner"):
        rules.check_an_owner_remains(owners_left=0)


def test_peo_02_a_member_is_known() -> None:
    """PEO-02"""
    rules.check_a_person_is_known("Ann", email="ann@example.org")
    with refused("PEO-02", saying="ann@example.org"):
        rules.check_a_person_is_known(None, email="ann@example.org")


def test_peo_03_auditors_are_appointed() -> None:
    """PEO-03"""
    rules.check_an_operator_appoints_auditors(is_auditing=False, is_operator=False)
    rules.check_an_operator_appoints_auditors(is_auditing=True, is_operator=True)
    with refused("PEO-03", saying="Only an operator"):
        rules.check_an_operator_appoints_auditors(is_auditing=True, is_operator=False)
