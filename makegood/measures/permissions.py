"""Who may record into a series, and who may keep measures and pools."""

from makegood.kernel.refusal import Answer
from makegood.measures.models import Series
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.states import Right


def can_record(person: Person | None, *, series: Series) -> Answer:
    """Answer whether ``person`` may add measurements to ``series``: its keeper's recorders may."""
    return can_act_for(person, organisation=series.keeper, right=Right.RECORD)


def can_keep(person: Person | None, *, keeper: Organisation) -> Answer:
    """Answer whether ``person`` may define measures, series and pools for ``keeper``."""
    return can_act_for(person, organisation=keeper, right=Right.WRITE)
