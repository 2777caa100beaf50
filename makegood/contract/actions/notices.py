"""What can be done about notices of how indicators do: write, rate, send, reply, publish."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from makegood.contract import rules
from makegood.contract.models import Commitment, Contract, IndicatorRating, Notice
from makegood.contract.permissions import can_reply_to_notice, can_write_notice
from makegood.contract.queries import (
    figure_within,
    indicators_of,
    ratings_of,
    target_on,
    why_no_target,
)
from makegood.contract.states import NOTICES, ContractState, NoticeState, Rating
from makegood.kernel.ledger.append import record
from makegood.kernel.transition import move
from makegood.people.actions import tell_members
from makegood.people.models import Person
from makegood.people.states import Right

REPLY_TIME = timedelta(days=14)


@transaction.atomic
def begin_notice(
    contract: Contract, *, from_on: date, until_on: date, by: Person, now: datetime | None = None
) -> Notice:
    """Write how each indicator did in a time, rated as its figure says (CON-85, CON-89)."""
    now = now or timezone.now()
    can_write_notice(by, contract=contract).require()
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    rules.check_contract_is_in_force(is_in_force=contract.state == ContractState.IN_FORCE)
    rules.check_notice_has_its_period(
        from_on=from_on,
        until_on=until_on,
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        today=timezone.localdate(now),
        taken_over=[(each.from_on, str(each.successor)) for each in contract.handed_over],
    )
    indicators = list(indicators_of(contract))
    rules.check_contract_has_indicators(count=len(indicators))
    notice = Notice.objects.create(
        contract=contract,
        number=contract.notices.count() + 1,
        from_on=from_on,
        until_on=until_on,
        written_by=by,
        written_at=now,
    )
    record(notice, act="begin_notice", stream=contract.stream, by=by, now=now)
    for commitment in indicators:
        rating = _rated(commitment, notice=notice)
        rating.save()
        record(rating, act="propose_rating", stream=contract.stream, by=by, now=now)
    return notice


@transaction.atomic
def rate_indicator(
    rating: IndicatorRating,
    *,
    chosen: Rating,
    reason: str = "",
    by: Person,
    now: datetime | None = None,
) -> IndicatorRating:
    """Decide how an indicator did; if not as its figure says, say why (CON-86)."""
    now = now or timezone.now()
    notice = _hold(rating.notice, by=by)
    rules.check_notice_is_a_draft(is_draft=notice.state == NoticeState.DRAFT)
    held = IndicatorRating.objects.select_for_update().get(pk=rating.pk)
    rules.check_rating_has_its_reason(rating=chosen, proposed=held.proposed, reason=reason)
    held.rating, held.reason = chosen, reason.strip()
    held.save(update_fields=["rating", "reason"])
    record(held, act="rate_indicator", stream=notice.contract.stream, by=by, now=now)
    return held


@transaction.atomic
def send_notice(notice: Notice, *, by: Person, now: datetime | None = None) -> Notice:
    """Send a notice to the provider before anybody else reads it; from then on it stays (CON-86, CON-87)."""
    now = now or timezone.now()
    held = _hold(notice, by=by)
    move(held, table=NOTICES, act="send_notice")
    for rating in ratings_of(held):
        rules.check_rating_has_its_reason(
            rating=rating.rating, proposed=rating.proposed, reason=rating.reason
        )
    held.sent_at = now
    held.reply_by = timezone.localdate(now + REPLY_TIME)
    held.save(update_fields=["state", "sent_at", "reply_by"])
    contract = held.contract
    record(held, act="send_notice", stream=contract.stream, by=by, now=now)
    day = f"{held.reply_by:%-d %B %Y}"
    words = f"{contract.commissioner} rated how “{contract.name}” does. Reply by {day}."
    _tell(held, words=words, by=by, now=now)
    return held


@transaction.atomic
def withdraw_notice(notice: Notice, *, by: Person, now: datetime | None = None) -> Notice:
    """Withdraw a notice that nobody else has read, and begin anew; its number is not used again."""
    now = now or timezone.now()
    held = _hold(notice, by=by)
    move(held, table=NOTICES, act="withdraw_notice")
    held.save(update_fields=["state"])
    record(held, act="withdraw_notice", stream=held.contract.stream, by=by, now=now)
    return held


@transaction.atomic
def reply_to_notice(
    notice: Notice, *, words: str, by: Person, now: datetime | None = None
) -> Notice:
    """Reply for the provider, once; the reply stands beside the ratings."""
    now = now or timezone.now()
    can_reply_to_notice(by, notice=notice).require()
    rules.check_answer_has_words(words=words)
    held = Notice.objects.select_for_update().get(pk=notice.pk)
    move(held, table=NOTICES, act="reply_to_notice")
    held.reply, held.replied_by, held.replied_at = words.strip(), by, now
    held.save(update_fields=["state", "reply", "replied_by", "replied_at"])
    record(held, act="reply_to_notice", stream=held.contract.stream, by=by, now=now)
    tell_members(
        held.contract.commissioner,
        right=Right.WRITE,
        words=f"{notice.provider} replied to your notice of “{held.contract.name}”.",
        path=held.get_absolute_url(),
        by=by,
        now=now,
    )
    return held


@transaction.atomic
def publish_notice(notice: Notice, *, by: Person, now: datetime | None = None) -> Notice:
    """Publish a notice once the provider replied, or its time to reply is over (CON-88)."""
    now = now or timezone.now()
    held = _hold(notice, by=by)
    move(held, table=NOTICES, act="publish_notice")
    rules.check_provider_was_told(
        has_reply=bool(held.reply), reply_by=held.reply_by, today=timezone.localdate(now)
    )
    held.published_at = now
    held.save(update_fields=["state", "published_at"])
    record(held, act="publish_notice", stream=held.contract.stream, by=by, now=now)
    words = f"A notice of how “{held.contract.name}” does is published."
    _tell(held, words=words, by=by, now=now)
    return held


def _hold(notice: Notice, *, by: Person) -> Notice:
    can_write_notice(by, contract=notice.contract).require()
    return Notice.objects.select_for_update().get(pk=notice.pk)


def _rated(commitment: Commitment, *, notice: Notice) -> IndicatorRating:
    """Return an indicator rated as the stated rule rates its last figure; never by hand."""
    found = figure_within(commitment, first=notice.from_on, last=notice.until_on)
    target = target_on(commitment, day=notice.until_on)
    approaching, improvement = commitment.thresholds_at(target)
    proposed = rules.rate(
        found.value if found else None,
        better=commitment.measure.better if commitment.measure else "",
        target=target,
        approaching=approaching,
        improvement=improvement,
    )
    return IndicatorRating(
        notice=notice,
        commitment=commitment,
        figure=found.value if found else None,
        period_on=found.period if found else None,
        target=target,
        proposed=proposed,
        rating=proposed,
        reason="" if target is not None else why_no_target(commitment),
    )


def _tell(notice: Notice, *, words: str, by: Person, now: datetime) -> None:
    tell_members(
        notice.provider,
        right=Right.ANSWER,
        words=words,
        path=notice.get_absolute_url(),
        by=by,
        now=now,
    )
