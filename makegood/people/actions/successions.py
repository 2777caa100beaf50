"""What can be done about successions: say who follows whom, take it back, and answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from makegood.kernel.ledger.append import record, take_turn
from makegood.kernel.transition import move
from makegood.people import rules
from makegood.people.actions.memberships import STREAM
from makegood.people.actions.notices import tell_members
from makegood.people.holding import hold_organisations, hold_with
from makegood.people.models import Organisation, Person, Succession
from makegood.people.permissions import (
    can_answer_succession,
    can_settle,
    can_undo_succession,
)
from makegood.people.states import STANDING_SUCCESSIONS, SUCCESSIONS, Extent, Right, SuccessionState


@dataclass(frozen=True, kw_only=True)
class Following:
    """How one organisation follows another: in how much, since which day, and how it came about."""

    extent: Extent
    since_on: date
    reason: str


@transaction.atomic
def name_successor(
    organisation: Organisation,
    *,
    successor: Organisation,
    how: Following,
    by: Person,
    now: datetime | None = None,
) -> Succession:
    """Say, for ``organisation``, who follows it; the successor is asked (PEO-65 to PEO-69)."""
    own, other = _both(organisation, other=successor, by=by)
    said = Succession(predecessor=own, successor=other)
    return _name(said, how=how, by=by, now=now or timezone.now())


@transaction.atomic
def name_predecessor(
    organisation: Organisation,
    *,
    predecessor: Organisation,
    how: Following,
    by: Person,
    now: datetime | None = None,
) -> Succession:
    """Say, for ``organisation``, whom it follows; the predecessor is asked (PEO-65 to PEO-69)."""
    own, other = _both(organisation, other=predecessor, by=by)
    said = Succession(predecessor=other, successor=own, is_said_by_successor=True)
    return _name(said, how=how, by=by, now=now or timezone.now())


@transaction.atomic
def confirm_succession(
    succession: Succession, *, by: Person, now: datetime | None = None
) -> Succession:
    """Say for the other side, or as whoever decides on claims, that it is so (PEO-70)."""
    succession = _hold(succession)
    can_answer_succession(by, succession=succession).require()
    held = _settled(succession, act="confirm_succession", by=by, now=now or timezone.now())
    _tell(held, f"It is confirmed that {held}.", to=(held.asking, held.asked), by=by)
    return held


@transaction.atomic
def decline_succession(
    succession: Succession, *, by: Person, now: datetime | None = None
) -> Succession:
    """Say for the other side, or as whoever decides on claims, that it is not so (PEO-70)."""
    succession = _hold(succession)
    can_answer_succession(by, succession=succession).require()
    held = _settled(succession, act="decline_succession", by=by, now=now or timezone.now())
    _tell(held, f"It is not confirmed that {held}.", to=(held.asking, held.asked), by=by)
    return held


@transaction.atomic
def withdraw_succession(
    succession: Succession, *, by: Person, now: datetime | None = None
) -> Succession:
    """Take back what one's own side said, while nobody has answered."""
    succession = _hold(succession)
    can_settle(by, organisation=succession.asking).require()
    held = _settled(succession, act="withdraw_succession", by=by, now=now or timezone.now())
    _tell(held, f"{held.asking} no longer says that {held}.", to=(held.asked,), by=by)
    return held


@transaction.atomic
def undo_succession(
    succession: Succession, *, reason: str, by: Person, now: datetime | None = None
) -> Succession:
    """Take off both pages what was confirmed by mistake; it can be said again (PEO-70, PEO-94)."""
    held = _hold(succession)
    can_undo_succession(by, succession=held).require()
    rules.check_an_undoing_has_a_reason(reason)
    held.undoing_reason = reason.strip()
    _settled(held, act="undo_succession", by=by, now=now or timezone.now())
    words = f"It no longer stands that {held}. {held.undoing_reason}"
    _tell(held, words, to=(held.asking, held.asked), by=by)
    return held


def carry_successions(goes: Organisation, *, to: Organisation, by: Person, now: datetime) -> None:
    """Let what is said of ``goes`` be said of the organisation it merges into.

    Where that is said already, or cannot be, what waits is taken back and what stands stays.
    """
    standing = Succession.objects.filter(state__in=STANDING_SUCCESSIONS)
    for each in standing.filter(Q(predecessor=goes) | Q(successor=goes)):
        before = to if each.predecessor_id == goes.pk else each.predecessor
        after = to if each.successor_id == goes.pk else each.successor
        is_said = standing.filter(predecessor=before, successor=after).exists()
        if before != after and not is_said and before.pk not in _followers_of(after):
            each.predecessor, each.successor = before, after
            each.save(update_fields=["predecessor", "successor"])
            record(each, act="move_with_merger", stream=STREAM, by=by, now=now)
        elif each.state == SuccessionState.NAMED:
            _settled(each, act="withdraw_succession", by=by, now=now)


def _both(
    own: Organisation, *, other: Organisation, by: Person
) -> tuple[Organisation, Organisation]:
    """Hold both; who was merged meanwhile is who stayed, and nobody speaks for what went."""
    stayed = Organisation.objects.values_list("merged_into", flat=True).get(pk=other.pk)
    held = hold_organisations({own.pk, other.pk, stayed or other.pk})
    can_settle(by, organisation=held[own.pk]).require()
    rules.check_it_stands_where_it_stood(was_moved=held[other.pk].merged_into_id != stayed)
    return held[own.pk], held[stayed or other.pk]


def _hold(succession: Succession) -> Succession:
    return hold_with(succession, "predecessor", "successor")


def _name(said: Succession, *, how: Following, by: Person, now: datetime) -> Succession:
    take_turn(STREAM)
    _check(said, how=how, today=timezone.localdate(now))
    said.extent, said.since_on, said.reason = how.extent, how.since_on, how.reason.strip()
    said.named_by, said.named_at = by, now
    said.save()
    record(said, act="name_succession", stream=STREAM, by=by, now=now)
    _tell(said, f"{said.asking} says that {said}. Is that so?", to=(said.asked,), by=by)
    return said


def _check(said: Succession, *, how: Following, today: date) -> None:
    before, after = said.predecessor, said.successor
    names = {"predecessor": str(before), "successor": str(after)}
    rules.check_nobody_follows_themselves(is_same=before == after)
    rules.check_a_succession_is_not_foretold(since_on=how.since_on, today=today)
    rules.check_a_succession_has_a_reason(how.reason)
    standing = Succession.objects.filter(state__in=STANDING_SUCCESSIONS)
    is_said = standing.filter(predecessor=before, successor=after).exists()
    rules.check_a_succession_is_said_once(is_said=is_said, **names)
    rules.check_succession_runs_one_way(leads_back=before.pk in _followers_of(after), **names)


def _followers_of(organisation: Organisation) -> set[int]:
    """Return the keys of all that follow ``organisation``, directly or through others."""
    found: set[int] = set()
    latest = {organisation.pk}
    while latest:
        standing = Succession.objects.filter(state__in=STANDING_SUCCESSIONS)
        after = standing.filter(predecessor__in=latest).values_list("successor", flat=True)
        latest = set(after) - found
        found |= latest
    return found


def _settled(held: Succession, *, act: str, by: Person, now: datetime) -> Succession:
    move(held, table=SUCCESSIONS, act=act)
    held.settled_by, held.settled_at = by, now
    held.save(update_fields=["state", "undoing_reason", "settled_by", "settled_at"])
    record(held, act=act, stream=STREAM, by=by, now=now)
    return held


def _tell(succession: Succession, words: str, *, to: tuple[Organisation, ...], by: Person) -> None:
    """Tell those who settle it for each side, where they answer it, or where it stands."""
    is_open = succession.settled_at is None
    at = succession.settled_at or succession.named_at
    for each in to:
        path = (
            reverse("settle_succession", args=[succession.public_id])
            if is_open
            else reverse("organisation", args=[each.slug])
        )
        tell_members(each, right=Right.SETTLE, words=words, path=path, by=by, now=at)
