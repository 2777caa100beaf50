"""Who may record into a series, and who may keep measures and pools."""

from makegood.kernel.refusal import Answer, no, yes
from makegood.measures.models import Measure, Series
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for, can_decide_claims
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


def can_look_after_library(person: Person | None) -> Answer:
    """Answer whether ``person`` may look after what nobody else keeps: operators, entrusted units."""
    if can_decide_claims(person):
        return yes("You look after the library of measures.")
    return no(
        "Only an operator of this Makegood does this, or a support unit that one entrusts. Ask one."
    )


def can_revise(person: Person | None, *, measure: Measure) -> Answer:
    """Answer whether ``person`` may revise or retire ``measure``: its keeper's writers may.

    Where nobody keeps it, or its keeper closed, whoever looks after the library may.
    """
    keeper = measure.keeper
    if keeper is None or keeper.closed_on or keeper.merged_into_id:
        return can_look_after_library(person)
    return can_keep(person, keeper=keeper)
