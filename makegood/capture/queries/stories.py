"""What was told, and what of it may be read by whom."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from makegood.articulate.permissions import can_act_in
from makegood.capture.models import Story, StoryLink
from makegood.capture.states import Consent, StoryState, ToldAs
from makegood.contract.models import Commitment
from makegood.people.models import Person
from makegood.people.queries import belongs_to
from makegood.people.states import Right


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
