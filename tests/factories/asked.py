"""What is asked of others: that an organisation is one's own, or who follows it."""

from __future__ import annotations

from datetime import date

from makegood.people.actions import Following, Shown, claim_organisation, name_successor
from makegood.people.models import Claim, Organisation, Person, Succession
from makegood.people.states import Extent


def a_claim(of: Organisation, *, by: Person) -> Claim:
    """Say that an organisation is one's own."""
    shown = Shown(position="Manager", words="Ring our front desk")
    return claim_organisation(of, shown=shown, by=by)


def a_succession(*, before: Organisation, after: Organisation, by: Person) -> Succession:
    """Say, for the one before, who follows it."""
    how = Following(extent=Extent.WHOLE, since_on=date(2026, 4, 1), reason="They merged")
    return name_successor(before, successor=after, how=how, by=by)
