"""What can be done about a need that nobody wants any more, before anybody else relies on it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from makegood.articulate.actions.invitations import withdraw_need_invitation
from makegood.articulate.models import Need
from makegood.articulate.permissions import can_change_need
from makegood.articulate.queries import invited_to_answer
from makegood.articulate.states import NEEDS
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right


@transaction.atomic
def discard_need(need: Need, *, by: Person, now: datetime | None = None) -> Need:
    """Throw a draft away (ART-64): nobody reads it any more, and its title is free again.

    Those who were to be invited are so no more; no address of theirs is kept.
    """
    now = now or timezone.now()
    can_change_need(by, need=need).require()
    held = Need.objects.select_for_update().get(pk=need.pk)
    move(held, table=NEEDS, act="discard_need")
    for invitation in invited_to_answer(held):
        withdraw_need_invitation(invitation, by=by, now=now)
    held.save(update_fields=["state"])
    record(held, act="discard_need", stream=held.programme.stream, by=by, now=now)
    tell_members(
        held.commissioner,
        right=Right.WRITE,
        words=f"The draft “{held.title}” was thrown away.",
        path=reverse("needs"),
        by=by,
        now=now,
    )
    return held
