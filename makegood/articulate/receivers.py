"""What articulate does when it hears of memberships, and of measures that say something else now.

A role stays within its programmes. Whoever drafts with a measure is told.
"""

from collections.abc import Sequence
from datetime import datetime

from django.dispatch import receiver

from makegood.articulate.actions import carry_programmes, narrow_role, tell_drafters
from makegood.articulate.queries import bounds_in_words, programmes, programmes_given
from makegood.measures.models import Measure
from makegood.measures.signals import words_changed
from makegood.people.models import Invitation, Membership, Person
from makegood.people.signals import appointed, asked_again, bounds_asked, bounds_offered, invited


@receiver(appointed)
def carry_on(
    *,
    membership: Membership,
    comes_from: Sequence[Membership | Invitation],
    takes_in: Sequence[Membership | Invitation],
    by: Person,
    now: datetime,
    **_: object,
) -> None:
    """Let a role hold where what it follows held."""
    carry_programmes(membership, comes_from=comes_from, takes_in=takes_in, by=by, now=now)


@receiver(bounds_offered)
def offer_programmes(**_: object) -> list[tuple[str, str]]:
    """Offer every programme to bound a role by."""
    return [(each.slug, str(each)) for each in programmes()]


@receiver(invited)
def bound_what_is_asked(
    *, invitation: Invitation, bounds: Sequence[str], by: Person, now: datetime, **_: object
) -> None:
    """Let what somebody is asked to be hold in the programmes that were chosen; none: in all."""
    if bounds:
        chosen = [programmes().get(slug=each) for each in bounds]
        narrow_role(invitation, programmes=chosen, by=by, now=now)


@receiver(asked_again)
def holds_elsewhere(*, invitation: Invitation, bounds: Sequence[str], **_: object) -> bool:
    """Return whether what somebody is asked to be would hold in other programmes than were chosen."""
    return {each.slug for each in programmes_given(invitation)} != set(bounds)


@receiver(bounds_asked)
def say_bounds(
    *, roles: Sequence[Membership | Invitation], **_: object
) -> dict[Membership | Invitation, str]:
    """Say of each role in which programmes alone it holds."""
    return bounds_in_words(roles)


@receiver(words_changed)
def tell_of_new_words(
    *, measure: Measure, is_retired: bool, by: Person, now: datetime, **_: object
) -> None:
    """Tell whoever has a draft with the measure."""
    tell_drafters(measure, is_retired=is_retired, by=by, now=now)
