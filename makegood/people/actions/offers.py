"""What can be done about offers and needs: make, close and reopen them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.people.actions.descriptions import hold_to_describe
from makegood.people.actions.memberships import STREAM
from makegood.people.models import Offer, Organisation, Person
from makegood.people.rules import check_an_offer_is_made_once
from makegood.people.states import OfferKind, OfferSide


@transaction.atomic
def make_offer(
    organisation: Organisation,
    *,
    side: OfferSide,
    kind: OfferKind,
    words: str,
    by: Person,
    now: datetime | None = None,
) -> Offer:
    """Say what an organisation offers to others, or needs from them (PEO-25)."""
    now = now or timezone.now()
    hold_to_describe(organisation, by=by)
    take_turn(STREAM)
    same = Offer.objects.filter(organisation=organisation, side=side, words__iexact=words)
    check_an_offer_is_made_once(is_open=same.filter(closed_at__isnull=True).exists(), side=side)
    offer = Offer.objects.create(
        organisation=organisation, side=side, kind=kind, words=words, made_at=now
    )
    record(offer, act="make_offer", stream=STREAM, by=by, now=now)
    return offer


@transaction.atomic
def close_offer(offer: Offer, *, by: Person, now: datetime | None = None) -> None:
    """Say that an offer or need is met, or stands no more."""
    now = now or timezone.now()
    _stand(offer, closed_at=now, act="close_offer", by=by, now=now)


@transaction.atomic
def reopen_offer(offer: Offer, *, by: Person, now: datetime | None = None) -> None:
    """Say that an offer or need stands again."""
    _stand(offer, closed_at=None, act="reopen_offer", by=by, now=now or timezone.now())


def _stand(
    offer: Offer, *, closed_at: datetime | None, act: str, by: Person, now: datetime
) -> None:
    hold_to_describe(offer.organisation, by=by)
    held = Offer.objects.select_for_update().get(pk=offer.pk)
    if bool(held.closed_at) == bool(closed_at):
        return
    held.closed_at = closed_at
    held.save(update_fields=["closed_at"])
    record(held, act=act, stream=STREAM, by=by, now=now)
