"""What goes along when one entry merges into another; each row that moves or ends is recorded."""

from collections.abc import Iterable
from datetime import datetime

from makegood.kernel.ledger.append import record
from makegood.people.actions.formations import close_advice
from makegood.people.actions.memberships import STREAM
from makegood.people.models import (
    Advice,
    Claim,
    Contact,
    DpuloStatement,
    Formation,
    Founder,
    Identifier,
    MotiveAnswer,
    Offer,
    Organisation,
    Person,
    StepTaken,
    Workplace,
)
from makegood.people.states import AdviceState

Said = Identifier | Workplace | Offer | DpuloStatement | StepTaken | MotiveAnswer
"""What an organisation says once: the same from two entries is kept from one."""
Held = Said | Contact | Claim | Founder | Advice
"""What moves to the entry that stays."""


def carry_what_is_said(goes: Organisation, *, to: Organisation, by: Person, now: datetime) -> None:
    """Carry what stands; what stays has already is ended, and stays on the record of what goes."""
    own = {"organisation": goes}
    numbers = Identifier.objects.standing().filter(**own)
    known = Identifier.objects.standing().filter(organisation=to)
    for number in numbers:
        same = known.filter(scheme=number.scheme, value=number.value).exists()
        _move_or_end(number, "removed_at", same=same, to=to, by=by, now=now)
    there = Workplace.objects.filter(organisation=to, ended_at=None)
    for place in Workplace.objects.filter(**own, ended_at=None):
        same = there.filter(area=place.area_id).exists()
        _move_or_end(place, "ended_at", same=same, to=to, by=by, now=now)
    open_there = Offer.objects.filter(organisation=to, closed_at=None)
    for offer in Offer.objects.filter(**own, closed_at=None):
        same = open_there.filter(side=offer.side, words__iexact=offer.words).exists()
        _move_or_end(offer, "closed_at", same=same, to=to, by=by, now=now)
    stated = DpuloStatement.objects.filter(organisation=to, superseded_at=None)
    for statement in DpuloStatement.objects.filter(**own, superseded_at=None):
        same = stated.exists()
        _move_or_end(statement, "superseded_at", same=same, to=to, by=by, now=now)
    move_rows(Contact.objects.filter(**own, removed_at=None), to=to, by=by, now=now)


def carry_formation(goes: Organisation, *, to: Organisation, by: Person, now: datetime) -> None:
    """Carry a group's plan, founders, steps and adviser, so that nothing personal is left out of reach.

    A plan that stands on the other side already stays, and with it the other is kept as recorded.
    """
    begun = Formation.objects.filter(organisation=goes).first()
    if begun and not Formation.objects.filter(organisation=to).exists():
        begun.organisation = to
        begun.parent = None if begun.parent_id == to.pk else begun.parent
        begun.save(update_fields=["organisation", "parent"])
        record(begun, act="move_with_merger", stream=STREAM, by=by, now=now)
    move_rows(Founder.objects.filter(organisation=goes, removed_at=None), to=to, by=by, now=now)
    there = StepTaken.objects.filter(organisation=to, superseded_at=None)
    for taken in StepTaken.objects.filter(organisation=goes, superseded_at=None):
        same = there.filter(step=taken.step).exists()
        _move_or_end(taken, "superseded_at", same=same, to=to, by=by, now=now)
    _carry_advice(goes, to=to, by=by, now=now)


def _carry_advice(goes: Organisation, *, to: Organisation, by: Person, now: datetime) -> None:
    """Carry advice with its notes; to a group that has an adviser, or is one no more, it ends.

    What was asked of a support unit that goes, or is given there, is the other unit's from now on.
    """
    waits = Advice.objects.exclude(state=AdviceState.ENDED)
    is_free = to.is_in_formation and not waits.filter(organisation=to).exists()
    for advice in waits.filter(organisation=goes):
        if not is_free:
            why = f"{goes} is one with {to} now."
            close_advice(advice, because=why, by=by, now=now)
    move_rows(Advice.objects.filter(organisation=goes), to=to, by=by, now=now)
    for advice in waits.filter(unit=goes):
        advice.unit = to
        advice.save(update_fields=["unit"])
        record(advice, act="move_with_merger", stream=STREAM, by=by, now=now)


def carry_motives(goes: Organisation, *, to: Organisation, by: Person, now: datetime) -> None:
    """Carry why it was wanted, unless the other has said why: one organisation counts once."""
    same = MotiveAnswer.objects.filter(organisation=to, superseded_at=None).exists()
    for answer in MotiveAnswer.objects.filter(organisation=goes, superseded_at=None):
        _move_or_end(answer, "superseded_at", same=same, to=to, by=by, now=now)


def _move_or_end(
    row: Said,
    ended: str,
    *,
    same: bool,
    to: Organisation,
    by: Person,
    now: datetime,
) -> None:
    if not same:
        move_rows([row], to=to, by=by, now=now)
        return
    setattr(row, ended, now)
    row.save(update_fields=[ended])
    record(row, act="end_with_merger", stream=STREAM, by=by, now=now)


def move_rows(rows: Iterable[Held], *, to: Organisation, by: Person, now: datetime) -> None:
    """Let rows belong to the entry that stays; each keeps its key."""
    for row in rows:
        row.organisation = to
        row.save(update_fields=["organisation"])
        record(row, act="move_with_merger", stream=STREAM, by=by, now=now)
