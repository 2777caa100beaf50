"""Who may record into a series, and who may keep measures and pools."""

from makegood.kernel.refusal import Answer, no, yes
from makegood.measures.models import Series
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for
from makegood.people.queries import organisations_writing
from makegood.people.states import Right


def can_record(person: Person | None, *, series: Series) -> Answer:
    """Answer whether ``person`` may add measurements to ``series``: its keeper's recorders may."""
    return can_act_for(person, organisation=series.keeper, right=Right.RECORD)


def can_keep(person: Person | None, *, keeper: Organisation) -> Answer:
    """Answer whether ``person`` may define measures, series and pools for ``keeper``."""
    return can_act_for(person, organisation=keeper, right=Right.WRITE)


def can_keep_for_some(person: Person | None) -> Answer:
    """Answer whether ``person`` may define measures, series and pools for any organisation."""
    if person and organisations_writing(person).exists():
        return yes("You may write for an organisation.")
    return no("Only somebody who writes for an organisation may do this. Register yours first.")
