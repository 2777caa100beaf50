"""Who may record into a series, and who may keep measures and pools."""

from makegood.kernel.refusal import Answer, no, yes
from makegood.measures.models import Measure, Series
from makegood.measures.signals import recorders_asked
from makegood.people.models import Organisation, Person
from makegood.people.permissions import can_act_for, can_decide_claims
from makegood.people.queries import organisations_recording, organisations_writing
from makegood.people.states import Right


def can_record(person: Person | None, *, series: Series) -> Answer:
    """Answer whether ``person`` may add measurements to ``series``: recorders of who owes them may.

    That is its keeper, or whoever took over the contract that asks for them.
    """
    answers = [
        can_act_for(person, organisation=each, right=Right.RECORD) for each in recorders_of(series)
    ]
    return next((answer for answer in answers if answer), answers[0])


def recorders_of(series: Series) -> list[Organisation]:
    """Return the organisations that record into ``series``."""
    said: list[tuple[object, set[int]]] = recorders_asked.send(Series, series=series)  # type: ignore[assignment]
    named = {key for _, keys in said for key in keys}
    return list(Organisation.objects.filter(pk__in=named)) or [series.keeper]


def can_keep(person: Person | None, *, keeper: Organisation) -> Answer:
    """Answer whether ``person`` may define measures, series and pools for ``keeper``."""
    return can_act_for(person, organisation=keeper, right=Right.WRITE)


def can_upload_for(person: Person | None, *, keeper: Organisation | None) -> Answer:
    """Answer whether ``person`` may send files of figures of many series that ``keeper`` keeps."""
    if keeper is None:
        return no("This file is of one series. Open it from where it was sent.")
    return can_act_for(person, organisation=keeper, right=Right.RECORD)


def can_upload_for_some(person: Person | None) -> Answer:
    """Answer whether ``person`` may send files of figures of many series for any organisation."""
    if person and organisations_recording(person).exists():
        return yes("You may record figures for an organisation.")
    return no("Only somebody who records figures for an organisation may do this.")


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
