"""What helps to write one promise, and what is kept of it: advice, power, what it may begin from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from makegood.articulate.advice import Advice, MeasureSaid, Other, Said
from makegood.articulate.models import (
    AdviceSetAside,
    MeasuredAlternative,
    Promise,
    PromisePower,
    Proposal,
)
from makegood.articulate.queries.needs import measured_of
from makegood.articulate.queries.proposals import promises_of, proposals_visible_to
from makegood.articulate.reach import reach_of
from makegood.articulate.rules import advice_on
from makegood.articulate.states import HowKnown, ProposalState
from makegood.kernel.ledger.canonical import digest
from makegood.measures.models import Measure, Series
from makegood.measures.queries import history
from makegood.people.models import Person
from makegood.people.queries import organisations_where
from makegood.people.states import Kind, Right

MOST_OTHERS = 500
"""Among how many promises of a provider, the newest, one much alike is looked for."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A piece of advice on a promise, and whether it was set aside."""

    advice: Advice
    set_aside: AdviceSetAside | None


def advice_given(promise: Promise, *, today: date) -> list[Given]:
    """Return the advice on ``promise`` as it is kept; what was set aside for what it says now, too.

    Of one that was sent, advice is as it was on that day.
    """
    return _given(
        promise,
        others=others_of(promise.proposal),
        until=compared_until(promise.proposal).get(promise.measure_id),
        today=today,
    )


def advice_by_promise(proposal: Proposal, *, promises: Iterable[Promise]) -> dict[int, list[Given]]:
    """Return the advice on each of ``promises``, by its key, without asking for more for more."""
    held = list(promises)
    others, until = others_of(proposal), compared_until(proposal)
    today = timezone.localdate()
    powers = powers_of(proposal)
    aside: dict[int, list[AdviceSetAside]] = {}
    rows = AdviceSetAside.objects.filter(promise__proposal=proposal, is_taken_up=False)
    for each in rows:
        aside.setdefault(each.promise_id, []).append(each)
    return {
        one.pk: _sorted_out(
            advice_on(
                said_of(
                    one,
                    others=others,
                    until=until.get(one.measure_id),
                    power=powers.get(one.pk),
                    today=today,
                )
            ),
            aside=aside.get(one.pk, []),
        )
        for one in held
    }


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """A promise with what helps to weigh it; ``advice`` is empty for whoever does not read it."""

    promise: Promise
    power: PromisePower | None
    is_of_other_terms: bool
    advice: list[Given]

    @property
    def not_followed(self) -> int:
        """Return how many pieces of advice were left, or set aside."""
        return len(self.advice)


def weighed(proposal: Proposal, *, person: Person | None) -> list[Weighed]:
    """Return the promises of ``proposal`` in its order, each with what helps ``person`` to weigh it."""
    promises = list(promises_of(proposal))
    powers = powers_of(proposal)
    reads = reads_advice(person, proposal=proposal)
    advice = advice_by_promise(proposal, promises=promises) if reads else {}
    return [
        Weighed(
            promise=one,
            power=(power := powers.get(one.pk)),
            is_of_other_terms=power is not None and power.terms_digest != terms_digest(one),
            advice=advice.get(one.pk, []),
        )
        for one in promises
    ]


def _given(
    promise: Promise, *, others: tuple[Other, ...], until: date | None, today: date
) -> list[Given]:
    said = said_of(promise, others=others, until=until, power=power_of(promise), today=today)
    aside = promise.advice_set_aside.filter(is_taken_up=False)
    return _sorted_out(advice_on(said), aside=list(aside))


def _sorted_out(given: list[Advice], *, aside: list[AdviceSetAside]) -> list[Given]:
    held = {(each.number, each.seen): each for each in aside}
    return [Given(advice=one, set_aside=held.get((one.number, one.seen))) for one in given]


def said_of(
    promise: Promise,
    *,
    others: tuple[Other, ...],
    until: date | None,
    power: PromisePower | None,
    today: date,
) -> Said:
    """Return what ``promise`` says, in plain values, with what stands around it."""
    sent_at = promise.proposal.submitted_at
    is_now = power is not None and power.terms_digest == terms_digest(promise)
    names = (
        "for_whom", "what_changes", "baseline", "baseline_on", "baseline_source", "alternative",
        "target", "added", "starts_on", "due_on", "how_gathered", "told_by", "told_least",
        "gathered_by", "why_believed", "evidence_level",
    )  # fmt: skip
    return Said(
        today=timezone.localdate(sent_at) if sent_at else today,
        in_numbers=promise.how_known != HowKnown.STORIES,
        in_words=promise.how_known != HowKnown.NUMBERS,
        measure=measure_said(promise.measure, has_newer_words=promise.has_newer_words),
        provider=str(promise.proposal.provider),
        compared_until=until,
        others=tuple(other for other in others if other.reference != promise.reference),
        promised=power.change if power and is_now else None,
        smallest=power.smallest_change if power and is_now else None,
        told_after=power.periods_needed if power and is_now else None,
        **{name: getattr(promise, name) for name in names},
    )


def measure_said(measure: Measure | None, *, has_newer_words: bool) -> MeasureSaid | None:
    """Return what advice must know of ``measure``."""
    if measure is None:
        return None
    return MeasureSaid(
        name=measure.name,
        better=measure.better,
        is_retired=measure.retired_at is not None,
        has_newer_words=has_newer_words,
    )


def others_of(proposal: Proposal) -> tuple[Other, ...]:
    """Return what the provider of ``proposal`` promises in it, and promised in others that stand."""
    gone = (ProposalState.WITHDRAWN, ProposalState.DECLINED)
    rows = Promise.objects.filter(proposal__provider=proposal.provider_id, is_struck_out=False)
    before = ~Q(proposal__state__in=(ProposalState.DRAFT, *gone))
    if proposal.submitted_at:
        before &= Q(proposal__submitted_at__lt=proposal.submitted_at)
    either = Q(proposal=proposal) | before
    found = rows.filter(either).order_by("-pk")[:MOST_OTHERS]
    return tuple(
        Other(reference=reference, for_whom=whom, what_changes=what, is_here=key == proposal.pk)
        for reference, whom, what, key in found.values_list(
            "reference", "for_whom", "what_changes", "proposal"
        )
    )


def compared_until(proposal: Proposal) -> dict[int | None, date]:
    """Return the day for which the need says what its alternative reaches, by the key of each measure."""
    measured = MeasuredAlternative.objects.filter(need=proposal.need_id, is_struck_out=False)
    return dict(measured.values_list("measure", "by_on"))


def power_of(promise: Promise) -> PromisePower | None:
    """Return what was last found of the power of ``promise``, if it was asked for."""
    return promise.powers.select_related("series").order_by("pk").last()


def powers_of(proposal: Proposal) -> dict[int, PromisePower]:
    """Return what was last found of the power of each promise of ``proposal``, by its key."""
    rows = PromisePower.objects.filter(promise__proposal=proposal).order_by("pk")
    return {each.promise_id: each for each in rows}


def terms_digest(promise: Promise) -> str:
    """Return what tells the terms that power rests on from others."""
    measure = promise.measure.slug if promise.measure else ""
    terms = ("baseline", "alternative", "target", "starts_on", "due_on")
    return digest({"measure": measure} | {name: getattr(promise, name) for name in terms})


def is_stale(power: PromisePower, *, promise: Promise) -> bool:
    """Return whether ``power`` is of other terms than ``promise`` has, or of fewer figures."""
    if power.terms_digest != terms_digest(promise):
        return True
    if power.series is None:
        return False
    before = {day: value for day, value in history(power.series).items() if day < promise.starts_on}
    return bool(power.history != {day.isoformat(): value for day, value in before.items()})


def own_series(promise: Promise) -> QuerySet[Series]:
    """Return the series of the promise’s measure that its provider keeps, or that are about it."""
    provider = promise.proposal.provider_id
    theirs = Q(keeper=provider) | Q(organisation=provider)
    found = Series.objects.filter(theirs, measure=promise.measure_id, measurements__isnull=False)
    return found.distinct().order_by("about", "pk")


def alternative_series(promise: Promise) -> Series | None:
    """Return the history of how the alternative does by the promise’s measure, where there is one."""
    measured = measured_of(promise.proposal.need).filter(measure=promise.measure_id).first()
    return measured.series if measured else None


def promises_to_copy(person: Person, *, into: Proposal) -> QuerySet[Promise]:
    """Return the promises the provider of ``into`` made elsewhere and ``person`` may read, newest first."""
    theirs = proposals_visible_to(person).filter(provider=into.provider_id).exclude(pk=into.pk)
    found = Promise.objects.filter(proposal__in=theirs, is_struck_out=False)
    return found.select_related("measure", "proposal__need").order_by("-pk")


def promises_matching(promises: QuerySet[Promise], *, text: str) -> QuerySet[Promise]:
    """Keep the promises that hold every word of ``text``."""
    for word in text.split():
        promises = promises.filter(
            Q(for_whom__icontains=word)
            | Q(what_changes__icontains=word)
            | Q(measure__name__icontains=word)
            | Q(proposal__title__icontains=word)
        )
    return promises


def drafts_to_promise_in(person: Person) -> QuerySet[Proposal]:
    """Return the drafts that ``person`` may write in, the newest first."""
    reach, theirs = reach_of(person), Q(pk__in=())
    for house in organisations_where(person, right=Right.WRITE, kind=Kind.PROVIDER):
        where = reach.where(Right.WRITE, houses=[house], programme="need__programme")
        theirs |= Q(provider=house) & where
    drafts = Proposal.objects.filter(theirs, state=ProposalState.DRAFT)
    return drafts.select_related("need__commissioner", "provider").order_by("-pk")


def was_set_aside(promise: Promise, *, number: str) -> bool:
    """Return whether advice of this number was ever set aside on ``promise``."""
    return promise.advice_set_aside.filter(number=number).exists()


def reads_advice(person: Person | None, *, proposal: Proposal) -> bool:
    """Return whether ``person`` reads the advice on a proposal: its parties and auditors do."""
    houses = (proposal.provider_id, proposal.need.commissioner_id)
    return reach_of(person).is_inside(houses, programme=proposal.need.programme_id)
