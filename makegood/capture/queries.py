"""What was captured, what is due, and what of it may be read."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from makegood.articulate.permissions import can_act_in
from makegood.articulate.queries import reach_of
from makegood.capture.models import Story, StoryLink
from makegood.capture.states import Consent, StoryState, ToldAs
from makegood.contract.models import Commitment
from makegood.contract.queries import commitments_visible_to, ever_delivered_by, rests_of
from makegood.kernel.period import Frequency, add_months, first_day, periods
from makegood.measures.models import Measurement, Upload
from makegood.people.models import Person
from makegood.people.queries import belongs_to
from makegood.people.states import Right

Rests = Mapping[int, list[tuple[date, date]]]
"""From when until when contracts rest, by their keys."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """A story as one reader may see it: ``words`` is empty where the consent does not reach."""

    reference: str
    told_on: date
    told_as: str
    consent: str
    words: str
    name: str


def secret_digest(secret: str) -> str:
    """Return what is kept of a story's private link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_link(token: str) -> QuerySet[StoryLink]:
    """Return the link with ``token``, if it still takes stories."""
    return StoryLink.objects.filter(token=token, closed_at__isnull=True).select_related(
        "commitment__contract__proposal__provider", "commitment__contract__taken_over_by"
    )


def story_with_secret(secret: str) -> QuerySet[Story]:
    """Return the story whose private link holds ``secret``."""
    return Story.objects.filter(secret_digest=secret_digest(secret)).select_related(
        "commitment__contract__proposal__provider", "commitment__contract__taken_over_by", "said"
    )


def captures_visible_to(person: Person | None) -> QuerySet[Commitment]:
    """Return the commitments of providers ``person`` belongs to: what they capture for.

    Who handed a contract over reads on, and records nothing more.
    """
    own = ever_delivered_by(reach_of(person), contract="contract__")
    return commitments_visible_to(person).filter(own)


def uploads_for(commitment: Commitment) -> QuerySet[Upload]:
    """Return the files of figures sent for ``commitment``, whoever delivered it then."""
    found = Upload.objects.filter(series=commitment.series_id)
    return found.select_related("series__measure", "uploaded_by").order_by("-uploaded_at")


def stories_told(commitment: Commitment) -> QuerySet[Story]:
    """Return the stories for ``commitment`` that stand, the newest first."""
    return commitment.stories.filter(state=StoryState.TOLD)


def withdrawn_count(commitment: Commitment) -> int:
    """Return how many stories for ``commitment`` were withdrawn."""
    return commitment.stories.filter(state=StoryState.WITHDRAWN).count()


def tellings(commitment: Commitment, *, person: Person | None) -> Sequence[Telling]:
    """Return the stories for ``commitment`` as ``person`` may read them: first those with words."""
    contract = commitment.contract
    house, programme = contract.assessor, contract.proposal.need.programme_id
    judges = can_act_in(person, programme=programme, organisation=house, right=Right.ASSESS)
    of_provider = any(belongs_to(person, organisation=each) for each in contract.providers)
    assessor = bool(judges) and not of_provider
    told = [
        telling(story, is_assessor=assessor)
        for story in stories_told(commitment).select_related("said")
    ]
    return sorted(told, key=lambda one: not one.words)


def telling(story: Story, *, is_assessor: bool) -> Telling:
    """Return one story as a reader may see it."""
    consent = Consent(story.consent)
    may_read = consent.is_public or is_assessor
    return Telling(
        reference=story.reference,
        told_on=timezone.localdate(story.told_at),
        told_as=ToldAs(story.told_as).words,
        consent=consent.words,
        words=story.said.words if may_read else "",
        name=story.said.first_name if consent is Consent.NAMED else "",
    )


def periods_without_figure(commitment: Commitment, *, today: date) -> list[date]:
    """Return the periods that ask for a figure: from a year before the start until now or due."""
    if commitment.series is None:
        return []
    held = set(commitment.series.measurements.values_list("period", flat=True))
    rests = rests_of([commitment.contract_id]).get(commitment.contract_id, [])
    owed = _periods_owed(commitment, today=today, rests=rests)
    return [period for period in owed if period not in held]


def figures_owed(
    commitments: Iterable[Commitment], *, today: date, rests: Rests | None = None
) -> dict[int, int]:
    """Return how many periods of each commitment ask for a figure, by its key.

    What is owed no more asks for none, nor does a period all through which the contract rests, nor one
    after its last day: ``rests`` says when it rests, where that is known.
    """
    measured = [one for one in commitments if one.series_id and not one.is_released]
    rests = rests_of({one.contract_id for one in measured}) if rests is None else rests
    series = {commitment.series_id for commitment in measured}
    rows = Measurement.objects.filter(series__in=series).values_list("series_id", "period")
    held = set(rows)
    return {
        commitment.pk: sum(
            (commitment.series_id, period) not in held
            for period in _periods_owed(
                commitment, today=today, rests=rests.get(commitment.contract_id, [])
            )
        )
        for commitment in measured
    }


def _periods_owed(
    commitment: Commitment, *, today: date, rests: Iterable[tuple[date, date]]
) -> list[date]:
    if commitment.series is None:
        return []
    every = Frequency(commitment.series.measure.frequency)
    start = add_months(first_day(commitment.starts_on), -12)
    over = min(commitment.due_on, commitment.contract.ends_on)
    last = min(add_months(first_day(today), -every.months), first_day(over))
    return [
        period
        for period in periods(start, last, every=every)
        if not any(_covers(rest, period=period, every=every) for rest in rests)
    ]


def _covers(rest: tuple[date, date], *, period: date, every: Frequency) -> bool:
    """Return whether a contract rests from the first to the last day of ``period``."""
    begun, until = rest
    return begun <= period and add_months(period, every.months) <= until + timedelta(days=1)
